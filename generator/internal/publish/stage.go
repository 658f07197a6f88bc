package publish

import (
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"vitrine/generator/internal/ledger"
)

// Stage collects the files of the next site. Write, WriteKey, Create, Link and
// Keep may be called from many goroutines. A stage on which one of them failed
// cannot be committed: a site lacks no page silently.
type Stage struct {
	t      *Target
	root   string // folder of the staged files
	claims claims
	kept   bits // rows of the last build that are claimed as they are
	done   atomic.Bool
	also   []section

	mu     sync.Mutex
	failed error             // the first failure
	odd    map[string]string // folded → as staged, of paths that folding changes
}

// Stage begins a new site. An earlier stage of this target is aborted.
func (t *Target) Stage() (*Stage, error) {
	if t.stage != nil {
		t.stage.done.Store(true)
		t.stage = nil
	}
	if err := t.recover(); err != nil {
		return nil, err
	}
	s := &Stage{t: t, root: t.in("work/site"), odd: map[string]string{}}
	s.claims = claims{fs: t.fs, dir: t.in("work/runs")}
	if t.old != nil {
		s.kept = newBits(t.old.Len(ledger.KindWritten))
	}
	if err := mkdirAll(t.fs, s.root); err != nil {
		return nil, errIO("tạo", "create", s.root, err)
	}
	t.stage = s
	return s, nil
}

// Write stages a file. The path is slash-separated and relative to the output
// folder. It does not keep data.
func (s *Stage) Write(path string, data []byte) error {
	return s.WriteKey(path, ledger.Hash{}, "", data)
}

// WriteKey stages a file and remembers with it the key of everything it shows
// and what the key was made from, which the next build finds by
// [Target.Survey].
func (s *Stage) WriteKey(path string, key ledger.Hash, from string, data []byte) error {
	w := ledger.Written{Path: path, Size: int64(len(data)), Key: key, From: from, Hash: sha256.Sum256(data)}
	return s.fail(s.write(w, data))
}

func (s *Stage) write(w ledger.Written, data []byte) error {
	f, err := s.create(w.Path)
	if err != nil {
		return err
	}
	if n, err := f.Write(data); err != nil || n < len(data) {
		f.Close()
		return errIO("ghi", "write", w.Path, errors.Join(err, io.ErrShortWrite))
	}
	return s.claimFile(w, f)
}

// claimFile closes a staged file and claims it with its time and size.
func (s *Stage) claimFile(w ledger.Written, f File) error {
	info, err := f.Stat()
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil && info.Size() != w.Size {
		err = io.ErrShortWrite
	}
	if err != nil {
		return errIO("ghi", "write", w.Path, err)
	}
	w.ModTime = info.ModTime().UnixNano()
	return s.claim(w)
}

func (s *Stage) claim(w ledger.Written) error {
	var room [80]byte
	return s.claims.add(w.Path, w.AppendData(room[:0]))
}

// create opens a new file of the stage.
func (s *Stage) create(path string) (f File, err error) {
	if err := s.admit(path); err != nil {
		return nil, err
	}
	name := s.at(path)
	err = withDir(s.t.fs, name, func() (err error) { f, err = s.t.fs.Create(name); return err })
	if err != nil {
		return nil, s.inTheWay(path, err)
	}
	return f, nil
}

// inTheWay words the error of a file that could not be created.
func (s *Stage) inTheWay(path string, err error) error {
	if errors.Is(err, fs.ErrExist) {
		return errTwice(path, path)
	}
	for p := range prefixes(dirOf(path)) {
		if info, serr := os.Lstat(s.at(p)); serr == nil && !info.IsDir() {
			return errTwice(p, p)
		}
	}
	return errIO("ghi", "write", path, err)
}

// Create stages a file that is written piece by piece, for those too large to
// be held in memory. The file is staged when it is closed without an error.
func (s *Stage) Create(path string) (io.WriteCloser, error) {
	return s.CreateKey(path, ledger.Hash{}, "")
}

// CreateKey is Create for a file with a key, as [Stage.WriteKey] has it.
func (s *Stage) CreateKey(path string, key ledger.Hash, from string) (io.WriteCloser, error) {
	f, err := s.create(path)
	if err != nil {
		return nil, s.fail(err)
	}
	return &writing{s: s, f: f, sum: sha256.New(), w: ledger.Written{Path: path, Key: key, From: from}}, nil
}

// writing is a staged file being written.
type writing struct {
	s   *Stage
	f   File
	sum hash.Hash
	w   ledger.Written
}

// Write writes a piece.
func (w *writing) Write(b []byte) (int, error) {
	n, err := w.f.Write(b)
	w.sum.Write(b[:n])
	w.w.Size += int64(n)
	if err != nil {
		return n, w.s.fail(errIO("ghi", "write", w.w.Path, err))
	}
	return n, nil
}

// Close stages the file.
func (w *writing) Close() error {
	w.sum.Sum(w.w.Hash[:0])
	return w.s.fail(w.s.claimFile(w.w, w.f))
}

// Link stages a file that exists elsewhere, such as a thumbnail kept between
// builds: as a second name for it, or as a copy where that is impossible (on
// another disk, or not readable by a web server). The file must not change
// afterwards.
func (s *Stage) Link(path, src string) error { return s.fail(s.link(path, src)) }

func (s *Stage) link(path, src string) error {
	if err := s.admit(path); err != nil {
		return err
	}
	info, err := os.Lstat(src)
	if err != nil {
		return errIO("đọc", "read", src, err)
	}
	const readable = 0o044
	if !info.Mode().IsRegular() || info.Mode().Perm()&readable != readable {
		return s.copy(path, src)
	}
	name := s.at(path)
	err = withDir(s.t.fs, name, func() error { return s.t.fs.Link(src, name) })
	if errors.Is(err, fs.ErrExist) {
		return errTwice(path, path)
	} else if err != nil {
		return s.copy(path, src)
	}
	w := ledger.Written{Path: path, Size: info.Size(), ModTime: info.ModTime().UnixNano()}
	if w.Hash, err = hashFile(src); err != nil {
		return err
	}
	return s.claim(w)
}

func (s *Stage) copy(path, src string) error {
	in, err := os.Open(src)
	if err != nil {
		return errIO("đọc", "read", src, err)
	}
	defer in.Close()
	out, err := s.Create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if cerr := out.Close(); err == nil {
		err = cerr
	}
	return err
}

// Keep claims a file of the last build as it is. The error is [ErrStale] if
// it was not intact when the output folder was surveyed.
func (s *Stage) Keep(path string) error { return s.fail(s.keep(path)) }

func (s *Stage) keep(path string) error {
	if err := s.admit(path); err != nil {
		return err
	}
	survey, err := s.t.Survey(1)
	if err != nil {
		return err
	}
	n, ok := survey.Find(path)
	if !ok {
		return errStale(path)
	}
	if !s.kept.set(n) {
		return errTwice(path, path)
	}
	return nil
}

// section is more that the next ledger holds.
type section struct {
	kind ledger.Kind
	rows iter.Seq2[ledger.Row, error]
}

// Remember puts a section into the next ledger, behind the files: a kind that
// comes after [ledger.KindWritten], with rows in order. They are asked for
// when the stage is committed.
func (s *Stage) Remember(kind ledger.Kind, rows iter.Seq2[ledger.Row, error]) {
	s.also = append(s.also, section{kind, rows})
}

// admit checks a path before it is claimed.
func (s *Stage) admit(path string) error {
	if s.done.Load() {
		return ErrFinished
	}
	if err := checkPath(path); err != nil {
		return err
	}
	if folded(path) {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for p := range prefixes(path) {
		if other, ok := s.odd[fold(p)]; ok && other != p {
			return errTwice(p, other)
		}
		if !folded(p) {
			s.odd[fold(p)] = p
		}
	}
	return nil
}

// fail remembers the first failure.
func (s *Stage) fail(err error) error {
	if err == nil || err == ErrFinished {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed == nil {
		s.failed = err
	}
	return err
}

func (s *Stage) failure() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed
}

// Abort gives the stage up and removes what was staged. After Commit it does
// nothing, so it can be deferred.
func (s *Stage) Abort() error {
	if s.done.Swap(true) {
		return nil
	}
	s.t.stage = nil
	return s.t.clear()
}

func (s *Stage) at(path string) string { return filepath.Join(s.root, filepath.FromSlash(path)) }
