package publish

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"vitrine/generator/internal/ledger"
)

// Result counts what a commit did.
type Result struct {
	Written   int   // files that are new or changed
	Unchanged int   // files that were there already, with the same bytes or kept
	Removed   int   // files of the last build that nothing claims any more
	Bytes     int64 // size of the written files
}

// Commit puts the staged site into the output folder and removes what the last
// build wrote and this one does not claim. If it fails before the journal
// stands, or ctx ends before, the output folder has not been touched. If it
// fails after that, the next Open or Stage finishes it.
func (s *Stage) Commit(ctx context.Context) (Result, error) {
	if s.done.Swap(true) {
		return Result{}, ErrFinished
	}
	t := s.t
	t.stage = nil
	p, err := s.plan(ctx)
	if err != nil {
		return Result{}, errors.Join(err, t.clear())
	}
	if p.journal.steps == 0 {
		err = t.keepSite(p.rows)
	} else {
		err = t.swap()
	}
	if err != nil {
		return Result{}, err
	}
	return p.res, nil
}

// swapping is held while sites change from one state to the next. It is one for
// the process, since it is the process that ends.
var swapping sync.Mutex

// Settle waits until every output folder is whole, and lets no commit begin any
// more: for a process that ends at once, whatever else is running in it. It is
// called once.
func Settle() { swapping.Lock() }

// swap decides for the new site and puts it in place.
func (t *Target) swap() error {
	swapping.Lock()
	defer swapping.Unlock()
	if err := t.decide(); err != nil {
		return err
	}
	return t.finish()
}

// plan writes the next ledger and the journal, both complete and synced, into
// work/.
func (s *Stage) plan(ctx context.Context) (*plan, error) {
	if err := s.failure(); err != nil {
		return nil, err
	}
	next, err := newDurable(s.t.fs, s.t.in("work/ledger"))
	if err != nil {
		return nil, err
	}
	defer next.close()
	steps, err := newDurable(s.t.fs, s.t.in("work/journal"))
	if err != nil {
		return nil, err
	}
	defer steps.close()
	p := &plan{t: s.t, ledger: ledger.NewWriter(next), journal: newJournal(steps)}
	for q, err := range s.pairs() {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = p.step(q)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := p.end(s.also); err != nil {
		return nil, err
	}
	if err := errors.Join(p.ledger.Close(), p.journal.end()); err != nil {
		return nil, errIO("ghi", "write", s.t.in("work"), err)
	}
	return p, errors.Join(next.seal(), steps.seal(), ctx.Err())
}

// keepSite ends a commit that changes no file: only the ledger may be new.
func (t *Target) keepSite(newRows bool) error {
	if newRows || t.old == nil {
		if err := t.turn(); err != nil {
			return err
		}
	}
	return t.clear()
}

// decide renames the journal into place, after which the new site is owed. If
// that cannot be made durable it is taken back.
func (t *Target) decide() error {
	err := t.fs.SyncDir(t.in("work"))
	if err == nil {
		err = t.fs.Rename(t.in("work/journal"), t.in("journal"))
	}
	if err == nil {
		err = t.fs.SyncDir(t.state)
	}
	if err == nil {
		return nil
	}
	err = errIO("ghi", "write", t.in("journal"), err)
	if rerr := t.fs.Remove(t.in("journal")); rerr != nil && !errors.Is(rerr, fs.ErrNotExist) {
		return errUnfinished(t.out, err) // the journal may stand: leave work/ to the next Open
	}
	return errors.Join(err, t.clear())
}

// finish does the steps of the journal. It may be called again after it was
// interrupted anywhere.
func (t *Target) finish() error {
	for _, do := range []func() error{t.removals, t.moves, t.turn} {
		if err := do(); err != nil {
			return errUnfinished(t.out, err)
		}
	}
	if err := t.fs.Remove(t.in("journal")); err != nil {
		return errUnfinished(t.out, err)
	}
	_ = t.clear() // the site is whole; the next Open clears what is left
	return nil
}

// turn makes the next ledger the ledger.
func (t *Target) turn() error {
	t.unload() // Windows does not replace an open file
	err := t.fs.Rename(t.in("work/ledger"), t.in("ledger"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // absent: done before
		return errIO("ghi", "write", t.in("ledger"), err)
	}
	if err := t.fs.SyncDir(t.state); err != nil {
		return errIO("ghi", "write", t.state, err)
	}
	return t.load()
}

// removals removes files and then the folders that this leaves empty.
func (t *Target) removals() error {
	dir := "." // of the last removal
	for s, err := range readJournal(t.in("journal")) {
		if err != nil {
			return err
		}
		if s.do != stepRemove {
			continue
		}
		if d := dirOf(s.path); d != dir {
			if err := t.prune(dir); err != nil {
				return err
			}
			dir = d
		}
		if err := t.removeFile(s.path); err != nil {
			return err
		}
	}
	return t.prune(dir)
}

func (t *Target) removeFile(path string) error {
	info, err := os.Lstat(t.at(path))
	if absent(err) || err == nil && !info.Mode().IsRegular() {
		return nil
	}
	if err == nil {
		err = t.fs.Remove(t.at(path))
	}
	if err != nil && !absent(err) {
		return errIO("xoá", "remove", path, err)
	}
	return nil
}

// prune removes a folder and those above it as long as they are empty. That a
// folder is not empty is the common case and no error.
//
// The folder may be gone, and a new file may bear its name, when an interrupted
// commit is finished: hence the look before the removal.
func (t *Target) prune(dir string) error {
	for ; dir != "."; dir = dirOf(dir) {
		info, err := os.Lstat(t.at(dir))
		if absent(err) {
			continue
		}
		if err != nil || !info.IsDir() {
			return nil
		}
		if err := t.fs.Remove(t.at(dir)); err != nil {
			if entries, rerr := os.ReadDir(t.at(dir)); rerr == nil && len(entries) == 0 {
				return errIO("xoá", "remove", dir, err)
			}
			return nil
		}
	}
	return nil
}

// moves renames the staged files and folders into place.
func (t *Target) moves() error {
	for s, err := range readJournal(t.in("journal")) {
		if err == nil && s.do == stepMove {
			err = t.move(filepath.Join(t.in("work/site"), filepath.FromSlash(s.path)), t.at(s.path))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// move renames src to dst. If src is gone it was moved before. A folder that
// cannot be renamed as a whole, because something has come to stand in its
// place or a program holds a file in it, is moved entry by entry.
func (t *Target) move(src, dst string) error {
	info, err := os.Lstat(src)
	if absent(err) {
		return nil
	}
	if err == nil {
		err = withDir(t.fs, dst, func() error { return t.fs.Rename(src, dst) })
	}
	if err == nil {
		return nil
	}
	if info == nil || !info.IsDir() {
		return errIO("ghi", "write", dst, err)
	}
	if err := mkdirAll(t.fs, dst); err != nil {
		return errIO("tạo", "create", dst, err)
	}
	entries, err := os.ReadDir(src)
	if err != nil {
		return errIO("đọc", "read", src, err)
	}
	for _, e := range entries {
		if err := t.move(filepath.Join(src, e.Name()), filepath.Join(dst, e.Name())); err != nil {
			return err
		}
	}
	return nil
}
