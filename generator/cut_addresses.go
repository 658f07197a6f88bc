package generator

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"vitrine/generator/internal/edition"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/plan"
)

// addresses goes through the ledger of released addresses beside the files of the site.
// It returns the addresses for programs at which nothing is from now on: those that go
// with the record and, where the site has an address, those that went before. And it
// notes the pages that go, such as that of a person whom the record alone named, and
// whose address stays. What cannot be read of the ledger the next build tells of.
func (s *surgery) addresses(content string, hasAddress bool) (gone []string, err error) {
	root, err := os.OpenRoot(content)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	shelf, _ := edition.Read(root.FS())
	s.kept = map[string]bool{}
	released := pull(shelf.Addresses())
	defer released.stop()
	before := func(until string) {
		for ; released.ok && (until == "" || ledger.Compare(released.now.Path, until) < 0); released.advance() {
			if file := released.now.Path; hasAddress && plan.ForPrograms(file) {
				gone = append(gone, file)
			}
		}
	}
	for w, err := range s.target.Owned() {
		if err != nil {
			return nil, err
		}
		if !plan.IsAddress(w.Path) {
			continue
		}
		before(w.Path)
		stood := released.ok && released.now.Path == w.Path
		if stood {
			released.advance()
		}
		switch {
		case !s.cut.Gone(w.Path):
		case plan.ForPrograms(w.Path):
			gone = append(gone, w.Path)
		case stood && path.Ext(w.Path) == ".html" && !s.cut.Holds(w.Path, nil): // its name is no word of the record
			s.kept[w.Path] = true
		}
	}
	before("")
	return gone, nil
}

// replace stages a notice in the place of a page that goes.
func (s *surgery) replace(file string) error {
	data, err := os.ReadFile(filepath.Join(s.out, filepath.FromSlash(file)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		data, err = s.cut.Replace(data)
	}
	if err != nil {
		return err
	}
	s.report.Notices = append(s.report.Notices, file)
	return s.stage.Write(file, data)
}
