package exchange

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/vi"
)

// perFile is how many records stand in one file, so that people can open it.
const perFile = 1000

// staged is a file to be written: a text, or a copy of another file. Paths
// are relative to the content folder.
type staged struct {
	to   string
	text string
	in   fs.FS  // where from lies, nil for a text
	from string // in the folder of media
	gone bool   // nothing is written, and what stands there is taken away
}

// stem is the name of the files of records: that of the sheet.
func (im *importer) stem() string {
	name := baseName(im.sheetFile())
	return orElse(vi.Slug(strings.TrimSuffix(name, path.Ext(name))), "records")
}

func (im *importer) sheetFile() string { return im.rep.file }

// recordsFile is the path of the i-th file of records out of n.
func (im *importer) recordsFile(i, n int) string {
	name := im.stem()
	if n > 1 {
		name = fmt.Sprintf("%s-%04d", name, i+1)
	}
	return path.Join("fonds", im.o.FondsID, "records", name+".yaml")
}

// overwrites reports whether a file is one that this import would write, as
// an earlier import of the same sheet did.
func (im *importer) overwrites(file string) bool {
	dir, name := path.Split(file)
	if im.back || im.desk != nil {
		f, ok := content.Classify(file)
		return ok && f.Kind == content.KindRecords && f.Owner == im.o.FondsID
	}
	if !im.o.Force || dir != path.Join("fonds", im.o.FondsID, "records")+"/" {
		return false
	}
	rest, ok := strings.CutPrefix(strings.TrimSuffix(name, ".yaml"), im.stem())
	return ok && (rest == "" || len(rest) == 5 && rest[0] == '-' && strings.Trim(rest[1:], "0123456789") == "")
}

// write makes all files aside and puts them in place only when all are made.
func (im *importer) write(ctx context.Context) error {
	root := im.tree.Root()
	if err := im.compare(root); err != nil {
		return err
	}
	aside := ".import-" + strings.ToLower(rand.Text()[:12])
	if err := root.Mkdir(aside, 0o755); err != nil {
		return err
	}
	defer root.RemoveAll(aside)
	if err := im.stage(ctx, root, aside); err != nil {
		return err
	}
	if err := commit(root, aside, im.plan); err != nil {
		return err
	}
	for _, s := range im.plan {
		if !s.gone {
			im.rep.Written = append(im.rep.Written, s.to)
		}
	}
	im.rep.Records = max(im.rep.Records, len(im.drafts))
	return nil
}

// lay plans the files: the description of a new fonds, the records, the copies.
func (im *importer) lay(context.Context) error {
	if err := im.layFonds(); err != nil {
		return err
	}
	n := (len(im.drafts) + perFile - 1) / perFile
	for i := range n {
		part := im.drafts[i*perFile : min((i+1)*perFile, len(im.drafts))]
		text, err := im.records(part)
		if err != nil {
			return err
		}
		file := im.recordsFile(i, n)
		kept, _ := im.keptIn(file, false)
		im.plan = append(im.plan, staged{to: file, text: text + kept})
	}
	im.layRest()
	im.layCopies()
	return nil
}

// layFonds plans the description of a fonds that is new.
func (im *importer) layFonds() error {
	if im.newFonds {
		text, err := im.fondsFile()
		if err != nil {
			return err
		}
		im.plan = append(im.plan, staged{to: path.Join("fonds", im.o.FondsID, "fonds.yaml"), text: text})
	}
	return nil
}

// fillLacking gives a record what it lacks.
func (im *importer) fillLacking(d *draft) {
	for _, f := range im.fillers {
		if (f.itemsOnly || !im.newFonds) && f.needed(d.unit()) {
			f.fill(d.unit())
		}
	}
}

func (im *importer) layCopies() {
	for _, c := range im.media.copies {
		im.plan = append(im.plan, staged{to: content.MediaPath(im.o.FondsID, c.to), in: c.in, from: c.from})
	}
}

func (im *importer) records(drafts []*draft) (string, error) {
	var b strings.Builder
	for i, d := range drafts {
		if i > 0 {
			b.WriteString("---\n")
		}
		im.fillLacking(d)
		text, err := im.recordText(d)
		if err != nil {
			return "", err
		}
		b.WriteString(text)
		d.letGo()
	}
	return b.String(), nil
}

func (im *importer) recordText(d *draft) (string, error) {
	text, err := document(encoder{im.lang}.unit(d.unit()))
	if err != nil {
		return "", fmt.Errorf("write record %s: %w", d.id, err)
	}
	return text, nil
}

// compare leaves out what is there already with the same content, and
// refuses to overwrite anything else without Force.
func (im *importer) compare(root *os.Root) error {
	kept := im.plan[:0]
	refused := false
	for _, s := range im.plan {
		if s.gone {
			kept = append(kept, s)
			continue
		}
		same, exists, err := s.same(root)
		switch {
		case err != nil:
			return err
		case same:
			im.rep.Unchanged++
			continue
		case exists && (im.uncovers(s) || im.ofAnother(s)):
			refused = true
		case exists && !im.o.Force:
			refused = true
			im.rep.add(diag.Errorf("file-exists", diag.Pos{File: s.to}, "tệp đã có và khác với bản nhập", "the file exists and differs from what is imported").
				WithHint("dùng --force để ghi đè, hoặc đổi tên tệp", "use --force to overwrite it, or rename the file"))
		}
		kept = append(kept, s)
	}
	im.plan = kept
	if refused {
		return ErrRefused
	}
	return nil
}

func (s staged) same(root *os.Root) (same, exists bool, err error) {
	info, err := root.Stat(s.to)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, false, nil
	case err != nil:
		return false, false, err
	case !info.Mode().IsRegular():
		return false, true, nil // a pipe would not end
	}
	f, err := root.Open(s.to)
	if err != nil {
		return false, false, err
	}
	defer f.Close()
	have, err := digest(f)
	if err != nil {
		return false, true, err
	}
	want, err := s.digest()
	return have == want, true, err
}

func (s staged) digest() (string, error) {
	f, err := s.open()
	if err != nil {
		return "", err
	}
	defer f.Close()
	return digest(f)
}

func digest(r io.Reader) (string, error) {
	h := sha256.New()
	_, err := io.Copy(h, r)
	return hex.EncodeToString(h.Sum(nil)), err
}

// stage writes every file of the plan into the folder aside.
func (im *importer) stage(ctx context.Context, root *os.Root, aside string) error {
	total := len(im.media.copies)
	for i, s := range im.plan {
		if err := ctx.Err(); err != nil {
			return err
		}
		if s.gone {
			continue
		}
		if err := s.write(root, path.Join(aside, "new", s.to)); err != nil {
			return err
		}
		if s.in != nil {
			im.rep.Copied++
		}
		if im.o.Progress != nil && total > 0 {
			im.o.Progress(min(i+1, total), total)
		}
	}
	return nil
}

func (s staged) write(root *os.Root, to string) error {
	if err := root.MkdirAll(path.Dir(to), 0o755); err != nil {
		return err
	}
	out, err := root.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	in, err := s.open()
	if err == nil {
		_, err = io.Copy(out, in)
		in.Close()
	}
	return errors.Join(err, out.Sync(), out.Close())
}

func (s staged) open() (io.ReadCloser, error) {
	if s.in == nil {
		return io.NopCloser(strings.NewReader(s.text)), nil
	}
	return s.in.Open(s.from)
}

// commit moves the new files into place. What stood there is kept aside until
// all have moved, and put back when one cannot.
func commit(root *os.Root, aside string, plan []staged) (err error) {
	var done []staged
	var made []string
	defer func() {
		if err != nil {
			err = errors.Join(err, rollback(root, aside, done))
			for _, dir := range slices.Backward(made) {
				_ = root.Remove(dir) // only if nothing else came into it
			}
		}
	}()
	for _, s := range plan {
		if made, err = makeDirs(root, path.Dir(s.to), made); err != nil {
			return err
		}
		old := path.Join(aside, "old", s.to)
		if _, statErr := root.Lstat(s.to); statErr == nil {
			if err := root.MkdirAll(path.Dir(old), 0o755); err != nil {
				return err
			}
			if err := root.Rename(s.to, old); err != nil {
				return err
			}
		}
		done = append(done, s)
		if s.gone {
			continue
		}
		if err := root.Rename(path.Join(aside, "new", s.to), s.to); err != nil {
			return err
		}
	}
	return nil
}

// makeDirs makes a folder with those above it and remembers which are new.
func makeDirs(root *os.Root, dir string, made []string) ([]string, error) {
	if _, err := root.Lstat(dir); err == nil || dir == "." {
		return made, nil
	}
	made, err := makeDirs(root, path.Dir(dir), made)
	if err != nil {
		return made, err
	}
	return append(made, dir), root.Mkdir(dir, 0o755)
}

func rollback(root *os.Root, aside string, done []staged) error {
	var errs []error
	for _, s := range done {
		if err := root.Remove(s.to); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
		old := path.Join(aside, "old", s.to)
		if _, err := root.Lstat(old); err == nil {
			errs = append(errs, root.Rename(old, s.to))
		}
	}
	return errors.Join(errs...)
}
