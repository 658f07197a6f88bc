package generator

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"vitrine/generator/internal/content"
	"vitrine/generator/internal/ledger"
)

// memory is what the last build saw, and where this one writes down what it
// sees. It spares work and decides nothing: without it everything is read.
// One without a folder remembers nothing.
type memory struct {
	dir    string // of the state; empty for none
	began  time.Time
	old    *ledger.Ledger // nil where there is none, or none of use
	file   *os.File
	out    *ledger.Writer
	others []ledger.Seen // files outside fonds/

	pictured bool   // the images have been looked at
	unnamed  []byte // what no published text names, see names; nil where that is not known
	ending   []byte // how the build ended, if it came to an end
}

const seenName = "seen"

func newMemory(dir string) *memory { return &memory{dir: dir, began: time.Now()} }

// look notes the files outside fonds/ before anything is read, so that one
// that changes meanwhile is not taken for the one that was read.
func (m *memory) look(t *content.Tree) {
	if m.dir == "" {
		return
	}
	names, _ := t.Names(".") // whoever reads a folder reports that it cannot
	for _, name := range names {
		if name == "fonds" {
			continue
		}
		for stat, err := range t.Stats(name) {
			if err == nil {
				m.others = append(m.others, seenOf(stat))
			}
		}
	}
}

// begin opens what the last build saw, if it read by the same rules, and a new
// ledger beside it.
func (m *memory) begin(rules string) error {
	if m.dir == "" {
		return nil
	}
	about := sha256.Sum256([]byte(program() + "\x00" + rules))
	m.recall(about[:])
	var err error
	if m.file, err = os.Create(filepath.Join(m.dir, seenName+".new")); err != nil {
		return err
	}
	m.out = ledger.NewWriter(m.file)
	return m.out.Add(ledger.KindAbout, "state", about[:])
}

// recall opens the old ledger. One that is damaged, foreign, or of other rules
// is as good as none.
func (m *memory) recall(about []byte) {
	old, err := ledger.Open(filepath.Join(m.dir, seenName))
	if err != nil {
		return
	}
	for row, err := range old.Rows(ledger.KindAbout) {
		if err == nil && string(row.Data) == string(about) {
			m.old = old
			return
		}
	}
	old.Close()
}

// note writes down a file below fonds/.
func (m *memory) note(s ledger.Seen) error {
	if m.out == nil {
		return nil
	}
	if err := m.noteOthers("fonds"); err != nil {
		return err
	}
	return m.out.AddSeen(s)
}

// noteOthers writes down the files that come before a path; all where it is empty.
func (m *memory) noteOthers(until string) error {
	for len(m.others) > 0 && (until == "" || ledger.Compare(m.others[0].Path, until) < 0) {
		s := m.others[0]
		s.Settle(m.began)
		if err := m.out.AddSeen(s); err != nil {
			return err
		}
		m.others = m.others[1:]
	}
	return nil
}

// keep makes what this build saw the memory of the next.
func (m *memory) keep() error {
	if m.out == nil {
		return nil
	}
	err := first(m.noteOthers(""), m.copyPictures())
	if err == nil && m.unnamed != nil {
		err = m.out.Add(ledger.KindUnnamed, "texts", m.unnamed)
	}
	if err == nil && m.ending != nil {
		err = m.out.Add(ledger.KindEnd, "report", m.ending)
	}
	err = first(err, m.out.Close(), m.file.Close())
	m.forget()
	if err == nil {
		err = os.Rename(m.file.Name(), filepath.Join(m.dir, seenName))
	}
	if err == nil {
		m.file = nil // its name may be that of a later reading's before this one is closed
	}
	return err
}

// copyPictures takes over what the last build made of images, where this one
// was stopped before it came to them.
func (m *memory) copyPictures() error {
	if m.pictured || m.old == nil {
		return nil
	}
	for row, err := range m.old.Rows(ledger.KindThumbs) {
		if err := first(err, m.out.Add(ledger.KindThumbs, row.Path, row.Data)); err != nil {
			return err
		}
	}
	return nil
}

// wereUnnamed is what no published text of the last build named, nil where that is not
// known.
func (m *memory) wereUnnamed() []byte {
	if m.old == nil {
		return nil
	}
	for row, err := range m.old.Rows(ledger.KindUnnamed) {
		if err == nil {
			return bytes.Clone(row.Data)
		}
	}
	return nil
}

// forget closes the old ledger.
func (m *memory) forget() {
	if m.old != nil {
		m.old.Close()
		m.old = nil
	}
}

// close gives up what was not kept.
func (m *memory) close() {
	m.forget()
	if m.file != nil {
		_ = m.file.Close()
		_ = os.Remove(m.file.Name())
	}
}

// rows is a cursor over what the last build saw.
type rows struct {
	row  ledger.Seen
	ok   bool
	next func() (ledger.Seen, error, bool)
	stop func()
}

func (m *memory) rows() *rows {
	seq := func(func(ledger.Seen, error) bool) {}
	if m.old != nil {
		seq = m.old.Seen()
	}
	r := &rows{}
	r.next, r.stop = iter.Pull2(seq)
	r.advance()
	return r
}

func (r *rows) advance() {
	var err error
	r.row, err, r.ok = r.next()
	r.ok = r.ok && err == nil
}

// compare looks a file up; files of the last build before it are gone.
func (r *rows) compare(now ledger.Seen, gone func(string)) (known, same bool) {
	for ; r.ok && ledger.Compare(r.row.Path, now.Path) < 0; r.advance() {
		gone(r.row.Path)
	}
	if !r.ok || r.row.Path != now.Path {
		return false, false
	}
	same = r.row.Same(now)
	r.advance()
	return true, same
}

// leave passes the rows of a folder that are left: their files are gone.
func (r *rows) leave(dir string, gone func(string)) {
	for ; r.ok && (ledger.Compare(r.row.Path, dir) < 0 || strings.HasPrefix(r.row.Path, dir+"/")); r.advance() {
		gone(r.row.Path)
	}
}

// find returns the row of a path. Paths are asked for in order.
func (r *rows) find(path string) (ledger.Seen, bool) {
	for r.ok && ledger.Compare(r.row.Path, path) < 0 {
		r.advance()
	}
	return r.row, r.ok && r.row.Path == path
}

// program names the program that runs: the SHA-256 of its file. Whatever it
// makes, another might make in another way. Where its file cannot be read the
// name is never the same again.
var program = sync.OnceValue(func() string {
	sum, err := programSum()
	if err != nil {
		return fmt.Sprint(err, time.Now().UnixNano())
	}
	return sum
})

func programSum() (string, error) {
	name, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}
