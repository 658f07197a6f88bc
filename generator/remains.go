package generator

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vitrine/generator/internal/excise"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/location"
	"vitrine/generator/internal/manifest"
	"vitrine/generator/internal/record"
)

// maxRemains is how many files are named that still hold something of a
// withdrawn record.
const maxRemains = 20

// remains searches the output folder once more, files that are not the
// site's included, for the id and the titles of the record. Only its own
// notices may hold them, and the lists of files. What a cut kept as it lay it has
// searched itself, so that is passed over.
func (o WithdrawOptions) remains(ctx context.Context, u *record.Unit, cut bool) (out []string, err error) {
	c, root := excise.New(cmp.Or(o.known, o.ID)), location.Real(o.Out)
	if err := readFrames(c, root); err != nil {
		return nil, userError(err)
	}
	c.Seek(titlesOf(u)...)
	kept := func(string) bool { return false }
	if cut {
		state, err := ledger.Open(filepath.Join(vitrineDir(o.Out), filepath.Base(root), location.Ledger))
		if err != nil {
			return nil, userError(err)
		}
		defer state.Close()
		site := pull(state.Written())
		defer site.stop()
		kept = func(file string) bool { return keptPage(site, file) }
	}
	files := func(yield func(string, error) bool) {
		err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return err
			}
			rel, err := filepath.Rel(root, name)
			if file := filepath.ToSlash(rel); err == nil && o.searched(file) && !kept(file) && !yield(file, nil) {
				return filepath.SkipAll
			}
			return err
		})
		if err != nil {
			yield("", err)
		}
	}
	err = holding(ctx, o.workers(), root, files, c.Holds, func(file string) error {
		if out = append(out, file); len(out) == maxRemains {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return out, err
}

// keptPage reports whether a file is a page that a cut left as it was. Files are
// asked for in the order of a walk. What was cut has no key.
func keptPage(site *pulled[ledger.Written], file string) bool {
	for site.ok && ledger.Compare(site.now.Path, file) < 0 {
		site.advance()
	}
	return site.ok && site.now.Path == file && site.now.Key != ledger.Hash{}
}

// holding searches files below a folder with several workers and hands those to
// take, in their order, that are as match says. One that is not there any more
// is none of them.
func holding(ctx context.Context, workers int, root string, files iter.Seq2[string, error], match func(file string, data []byte) bool, take func(file string) error) error {
	type sought struct {
		file  string
		holds bool
		err   error
	}
	jobs := func(yield func(sought) bool) {
		for file, err := range files {
			if !yield(sought{file: file, err: err}) {
				return
			}
		}
	}
	look := func(s sought) sought {
		if s.err != nil {
			return s
		}
		data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(s.file)))
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			s.err = err
		default:
			s.holds = match(s.file, data)
		}
		return s
	}
	return inOrder(ctx, workers, jobs, look, func(s sought) error {
		if s.err != nil || !s.holds {
			return s.err
		}
		return take(s.file)
	})
}

var errEnough = errors.New("enough was found")

// searched reports whether a file may hold nothing of the record, and can be
// looked into.
func (o WithdrawOptions) searched(file string) bool {
	if isPicture(file) || strings.HasPrefix(file, "assets/") || excise.IsOwn(file, o.ID) || excise.IsOwn(file, cmp.Or(o.known, o.ID)) || file == manifest.Name || slices.Contains(serverFiles, file) {
		return false
	}
	return legible(file)
}

// titlesOf are the titles of a record in all languages, and those by which it is known too.
func titlesOf(u *record.Unit) (out []string) {
	for _, title := range append([]record.Text{u.Title}, u.OtherTitles...) {
		for _, l := range title.Langs {
			text, _ := title.In(l.Lang)
			out = append(out, only(title, l.Lang), text)
		}
	}
	return out
}
