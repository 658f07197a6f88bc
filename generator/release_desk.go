package generator

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/edition"
	"vitrine/generator/internal/publish"
)

// The files of an edition wait in a hidden folder beside the others until its
// site is in place, and are renamed then: the two ledgers first, last the file
// about the edition. So at any moment it can be told how far a release came
// that was cut off:
//
//	no file about the edition    it never came to its site: rubbish
//	all three                    the manifest of the site decides
//	a ledger is missing          the site was in place: the rest is owed
//
// Every step may be done twice.

// desk is the folder content/editions with what waits in it.
type desk struct {
	disk publish.FS
	dir  string // absolute
}

const deskName = ".dang-phat-hanh"

// deskFile is a file that waits, by its path in the content folder.
func deskFile(name string) string { return path.Join(edition.Dir, deskName, name) }

func (d desk) at(name string) string    { return filepath.Join(d.dir, name) }
func (d desk) waits(name string) string { return filepath.Join(d.dir, deskName, name) }

type deskState int

const (
	deskEmpty   deskState = iota
	deskRubbish           // of a release that never came to its site
	deskWritten           // complete
	deskBegun             // the edition is being put beside the others
)

// plain refuses a folder of editions that is a link: what is written there must
// stay in the content folder.
func (d desk) plain() error {
	for _, name := range []string{d.dir, d.waits("")} {
		info, err := os.Lstat(name)
		if err == nil && !info.IsDir() {
			return &UserError{Msg: diag.T("%s phải là một thư mục, không phải liên kết", "%s must be a folder and no link", name)}
		}
	}
	return nil
}

// deskOf says how far a release came that was cut off, of which edition, and
// the SHA-256 of its manifest. fsys is the content folder.
func deskOf(fsys fs.FS) (name, sum string, s deskState) {
	entries, err := fs.ReadDir(fsys, path.Join(edition.Dir, deskName))
	if err != nil {
		return "", "", deskEmpty
	}
	have := map[string]bool{}
	for _, e := range entries {
		have[e.Name()] = true
		if n, ok := strings.CutSuffix(e.Name(), ".yaml"); ok {
			name = n
		}
	}
	if name == "" {
		return "", "", deskRubbish
	}
	raw, err := fs.ReadFile(fsys, deskFile(name+".yaml"))
	if err != nil {
		return "", "", deskRubbish
	}
	e, err := edition.Parse(name, raw)
	switch {
	case err != nil:
		return "", "", deskRubbish
	case have[edition.AddressesName] && have[edition.StatesName]:
		return name, e.Manifest, deskWritten
	}
	return name, e.Manifest, deskBegun
}

// open empties the desk.
func (d desk) open() error {
	if err := d.clear(); err != nil {
		return err
	}
	return d.fault(publish.MkdirAll(d.disk, d.waits("")))
}

func (d desk) clear() error { return d.fault(d.disk.RemoveAll(d.waits(""))) }

func (d desk) fault(err error) error {
	if err == nil {
		return nil
	}
	return cannotWrite(d.dir, err)
}

// seal puts a ledger onto the desk and returns its seal.
func (d desk) seal(name string, fill func(io.Writer) error) (seal edition.Seal, err error) {
	err = d.write(name, func(w io.Writer) error {
		s := edition.NewSealer(w)
		defer func() { seal = s.Seal() }()
		return fill(s)
	})
	return seal, err
}

// write puts a file onto the desk.
func (d desk) write(name string, fill func(io.Writer) error) error {
	return writeWhole(d.disk, d.waits(name), fill)
}

// writeWhole writes a new file and makes it durable.
func writeWhole(disk publish.FS, name string, fill func(io.Writer) error) error {
	f, err := disk.Create(name)
	if err != nil {
		return cannotWrite(name, err)
	}
	w := bufio.NewWriterSize(f, 64<<10)
	err = fill(w)
	var fault *edition.Fault
	if errors.As(err, &fault) {
		f.Close()
		return err
	}
	if err := first(err, w.Flush(), f.Sync()); err != nil {
		f.Close()
		return cannotWrite(name, err)
	}
	return first(f.Close(), disk.SyncDir(filepath.Dir(name)))
}

// settle puts the edition beside the others.
func (d desk) settle(name string) error {
	for _, file := range []string{edition.AddressesName, edition.StatesName, name + ".yaml"} {
		err := d.disk.Rename(d.waits(file), d.at(file))
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // absent: done before
			return d.unfinished(err)
		}
		if err := d.disk.SyncDir(d.dir); err != nil {
			return d.unfinished(err)
		}
	}
	return d.clear()
}

func (d desk) unfinished(err error) error {
	return &UserError{Msg: diag.T("trang đã đưa ra nhưng chưa ghi xong vào %s", "the site is in place, but its edition is not yet written to %s", d.dir), Err: err,
		Hint: diag.T("sửa lỗi ổ đĩa rồi chạy lại «vitrine release» để hoàn tất", "mend what is wrong with the disk, then run «vitrine release» again to finish")}
}
