package publish

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"sync"

	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/location"
	"vitrine/generator/internal/lock"
)

// Options of a target. The zero value is right for a build.
type Options struct {
	Adopt    bool // take over a folder that Vitrine did not write
	Distrust bool // compare files of the last build by their bytes, not by size and time alone
	FS       FS   // nil for the file system of the machine

	// Mark tells files of a site from any others, by their paths and the
	// beginning of their bytes, where the ledger is lost; nil where none is marked.
	Mark func(path string, head []byte) bool
}

// Target is an output folder and its state. It belongs to one process at a
// time. Its methods are for one goroutine; those of a [Stage] for many.
type Target struct {
	out   string // absolute
	state string // absolute
	fs    *gate
	adopt bool // files in the way may be overwritten
	mark  func(path string, head []byte) bool
	doubt bool // size and time prove nothing
	lock  *lock.Lock
	freed sync.Once      // the lock
	old   *ledger.Ledger // nil if there is none
	stage *Stage
	notes []Message

	looking sync.Mutex
	survey  *Survey // of t.old; nil before anybody asked
}

// stateRoot is the folder beside an output folder that holds its state.
const stateRoot = ".vitrine"

// Open takes the lock of the output folder out, finishes a commit that was
// interrupted and reads the ledger of the last build. The errors are
// [ErrLocked] if another build runs and [ErrForeign] if the folder has files
// in it but none of them are known to be ours. The folder need not exist.
func Open(out string, opts Options) (*Target, error) {
	t := &Target{fs: &gate{FS: opts.FS}, adopt: opts.Adopt, doubt: opts.Distrust, mark: opts.Mark}
	if opts.FS == nil {
		t.fs.FS = OS{}
	}
	if err := t.locate(out); err != nil {
		return nil, err
	}
	if err := mkdirAll(t.fs, t.state); err != nil {
		return nil, errIO("tạo", "create", t.state, err)
	}
	location.Shut(filepath.Dir(t.state))
	var err error
	if t.lock, err = takeLock(t.in("lock"), t.out); err != nil {
		return nil, err
	}
	if err := t.ready(); err != nil {
		t.Close()
		return nil, err
	}
	return t, nil
}

// locate finds the absolute places of the output folder and its state. A link
// is followed, because a rename works only beside the real folder.
func (t *Target) locate(out string) error {
	abs, err := filepath.Abs(out)
	if err != nil {
		return errIO("tìm", "find", out, err)
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	info, err := os.Stat(abs)
	if err == nil && !info.IsDir() {
		return errIO("dùng", "use", abs, errors.New("not a folder"))
	}
	if filepath.Dir(abs) == abs || filepath.Base(abs) == stateRoot {
		return errIO("dùng", "use", abs, errors.New("not a folder for a site"))
	}
	t.out = abs
	t.state = filepath.Join(filepath.Dir(abs), stateRoot, filepath.Base(abs))
	return nil
}

// Interrupted reports whether a commit into a folder was cut off, so that it
// waits for the next Open to finish or undo it.
func Interrupted(out string) bool {
	t := &Target{}
	if t.locate(out) != nil {
		return false
	}
	_, err := os.Stat(t.in("journal"))
	return err == nil
}

// ready brings the target to the state between two builds.
func (t *Target) ready() error {
	if err := t.recover(); err != nil {
		return err
	}
	if t.old == nil {
		if err := t.load(); err != nil {
			return err
		}
	}
	if t.old != nil {
		return nil
	}
	empty, err := Empty(t.out)
	if err != nil || empty {
		return err
	}
	if !t.adopt {
		ours, err := t.whole()
		if err == nil && !ours {
			err = errForeign(t.out)
		}
		if err != nil {
			return err
		}
	}
	return t.salvage()
}

// recover finishes a commit whose journal is complete, and clears whatever
// else an earlier build left in work/.
func (t *Target) recover() error {
	var err error
	for _, err = range readJournal(t.in("journal")) {
		if err != nil {
			break
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return t.clear()
	case errors.Is(err, errJournal):
		t.note(noteClean("nhật ký bị hỏng", "the journal is damaged"))
		t.adopt = true // we wrote here, though we do not know what
		if err := t.fs.Remove(t.in("journal")); err != nil {
			return errIO("xoá", "remove", t.in("journal"), err)
		}
		return t.clear()
	case err != nil:
		return errIO("đọc", "read", t.in("journal"), err)
	}
	swapping.Lock()
	err = t.finish()
	swapping.Unlock()
	if err != nil {
		return err
	}
	t.note(noteRecovered(t.out))
	return nil
}

// clear empties work/.
func (t *Target) clear() error {
	if err := t.fs.RemoveAll(t.in("work")); err != nil {
		return errIO("xoá", "remove", t.in("work"), err)
	}
	return nil
}

// load opens the ledger. One that cannot be trusted is noted and counts as
// none, but it proves that the folder is ours.
func (t *Target) load() error {
	t.unload()
	l, err := ledger.Open(t.in("ledger"))
	var bad *ledger.Unusable
	switch {
	case errors.As(err, &bad):
		t.note(noteClean(bad.Vi, bad.En))
		t.adopt = true
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return errIO("đọc", "read", t.in("ledger"), err)
	}
	t.old = l
	return nil
}

func (t *Target) unload() {
	if t.old != nil {
		t.old.Close()
		t.old, t.survey = nil, nil
	}
}

// Owned iterates over the files of the last build, in the order of
// ledger.Compare.
func (t *Target) Owned() iter.Seq2[ledger.Written, error] {
	if t.old == nil {
		return func(func(ledger.Written, error) bool) {}
	}
	return t.old.Written()
}

// Rows iterates over a section of the ledger of the last build.
func (t *Target) Rows(kind ledger.Kind) iter.Seq2[ledger.Row, error] {
	if t.old == nil {
		return func(func(ledger.Row, error) bool) {}
	}
	return t.old.Rows(kind)
}

// Intact reports whether a file of the last build still has the size and time
// with which it was written, and with [Options.Distrust] its bytes.
func (t *Target) Intact(w ledger.Written) bool {
	info, err := os.Lstat(t.at(w.Path))
	if err != nil || !intact(w, info) {
		return false
	}
	if !t.doubt {
		return true
	}
	sum, err := hashFile(t.at(w.Path))
	return err == nil && sum == w.Hash
}

func intact(w ledger.Written, info fs.FileInfo) bool {
	return info.Mode().IsRegular() && info.Size() == w.Size && info.ModTime().UnixNano() == w.ModTime
}

// Notes returns what Open found out that people should know.
func (t *Target) Notes() []Message { return t.notes }

// StateDir returns the absolute path of the folder that holds the state.
func (t *Target) StateDir() string { return t.state }

// Close gives up the lock. What has been staged and not committed is removed.
func (t *Target) Close() error {
	var err error
	if t.stage != nil {
		err = t.stage.Abort()
	}
	t.unload()
	if cerr := t.free(); err == nil {
		err = cerr
	}
	return err
}

// Forsake takes the output folder from whoever is at work on it with t and may
// never end: nothing is changed through t any more, the error of each try is
// [ErrForsaken], and another can Open the folder, which finishes or undoes a
// commit that was cut off here. It may be called while other methods run.
func (t *Target) Forsake() error {
	t.fs.shut()
	return t.free()
}

// free gives up the lock, once.
func (t *Target) free() (err error) {
	t.freed.Do(func() {
		if rerr := t.lock.Release(); rerr != nil {
			err = errIO("đóng", "close", t.in("lock"), rerr)
		}
	})
	return err
}

func (t *Target) note(m Message) { t.notes = append(t.notes, m) }

// in returns the place of a file of the state, at that of a file of the site.
func (t *Target) in(name string) string { return filepath.Join(t.state, filepath.FromSlash(name)) }
func (t *Target) at(path string) string { return filepath.Join(t.out, filepath.FromSlash(path)) }
