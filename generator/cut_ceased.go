package generator

import (
	"os"

	"vitrine/generator/internal/edition"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/plan"
)

// ceased are the addresses for programs at which nothing is from now on: those that go
// with the record and, where the site has an address, those that an edition released
// and that went before. What cannot be read of the ledger the next build tells of.
func (s *surgery) ceased(content string, hasAddress bool) (gone []string, err error) {
	root, err := os.OpenRoot(content)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	shelf, _ := edition.Read(root.FS())
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
		if !plan.ForPrograms(w.Path) {
			continue
		}
		before(w.Path)
		if released.ok && released.now.Path == w.Path {
			released.advance()
		}
		if s.cut.Gone(w.Path) {
			gone = append(gone, w.Path)
		}
	}
	before("")
	return gone, nil
}
