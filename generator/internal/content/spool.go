package content

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"hash/maphash"
	"os"
	"path/filepath"
	"sync"

	"vitrine/generator/internal/pack"
	"vitrine/generator/internal/record"
)

// spool keeps the units that were read, decoded, in a file without a name:
// YAML takes ten times as long to read again. A page is then made of the
// very text that was judged.
//
// An entry is the length and the CRC-32 of what follows (four bytes each,
// little-endian), the offset of the unit in its source, and the unit as
// putUnit writes it. Memory: about 25 bytes a unit for the index, and the
// buffer.
type spool struct {
	file *os.File // nil where all is kept in the buffer
	name string   // where the file still has one
	seed maphash.Seed

	mu    sync.RWMutex
	index map[uint64]int64 // hash of path and offset → where the entry begins
	buf   []byte           // entries that are not yet in the file
	start int64            // where buf belongs in the file
	full  bool             // the disk took no more
}

const (
	spoolBuffer = 256 << 10
	spoolName   = "vitrine-units-*.tmp"
	entryHead   = 8
	entryGuess  = 4 << 10 // nearly every entry is shorter
)

// Spool lets the tree keep every unit it reads, decoded, in a file in dir, so
// that Unit need not parse it again. Where that file cannot be made or grows
// too large for the disk, units are parsed again. Close removes it.
func (t *Tree) Spool(dir string) {
	for _, left := range leftSpools(dir) {
		_ = os.Remove(left) // one in use cannot be removed
	}
	f, err := os.CreateTemp(dir, spoolName)
	if err != nil {
		return
	}
	s := newSpool(f)
	s.name = f.Name()
	if os.Remove(s.name) == nil {
		s.name = ""
	}
	t.closeSpool()
	t.spool = s
}

func newSpool(f *os.File) *spool {
	return &spool{file: f, seed: maphash.MakeSeed(), index: map[uint64]int64{}}
}

// leftSpools are files of runs that were killed on systems where an open file
// keeps its name.
func leftSpools(dir string) []string {
	names, _ := filepath.Glob(filepath.Join(dir, spoolName))
	return names
}

func (t *Tree) closeSpool() {
	if s := t.spool; s != nil {
		_ = s.file.Close()
		if s.name != "" {
			_ = os.Remove(s.name)
		}
		t.spool = nil
	}
}

func (s *spool) key(loc record.Loc) uint64 {
	var h maphash.Hash
	h.SetSeed(s.seed)
	_, _ = h.WriteString(loc.File)
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(loc.Offset))
	_, _ = h.Write(b[:])
	return h.Sum64()
}

var entryBuffers = sync.Pool{New: func() any { return new([]byte) }}

// add keeps a unit. A nil spool keeps nothing.
func (s *spool) add(loc record.Loc, u *record.Unit) {
	if s == nil {
		return
	}
	room := entryBuffers.Get().(*[]byte)
	defer entryBuffers.Put(room)
	b := append((*room)[:0], make([]byte, entryHead)...)
	b = binary.AppendUvarint(b, uint64(loc.Offset))
	b = putUnit(b, u)
	*room = b
	binary.LittleEndian.PutUint32(b, uint32(len(b)-entryHead))
	binary.LittleEndian.PutUint32(b[4:], crc32.ChecksumIEEE(b[entryHead:]))
	s.append(s.key(loc), b)
}

func (s *spool) append(key uint64, entry []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.buf)+len(entry) > spoolBuffer {
		s.flush()
	}
	if s.full {
		delete(s.index, key) // an older state of the unit must not come back
		return
	}
	s.index[key] = s.start + int64(len(s.buf))
	s.buf = append(s.buf, entry...)
}

// flush writes the buffer; the caller holds the lock. What could not be
// written stays in the buffer and is served from there.
func (s *spool) flush() {
	if s.file == nil || s.full || len(s.buf) == 0 {
		return
	}
	if _, err := s.file.WriteAt(s.buf, s.start); err != nil {
		s.full = true
		return
	}
	s.start += int64(len(s.buf))
	s.buf = s.buf[:0]
}

// unit returns a unit that was kept, or nil if it was not. An entry that
// cannot be read back is an error: half a record may not become a page.
func (s *spool) unit(loc record.Loc) (*record.Unit, error) {
	if s == nil {
		return nil, nil
	}
	room := entryBuffers.Get().(*[]byte)
	defer entryBuffers.Put(room)
	entry, found, err := s.entry(s.key(loc), room)
	if err != nil || !found {
		return nil, err
	}
	r := pack.Reader[string]{Rest: string(entry)}
	offset := r.Uvarint()
	u := takeUnit(&r)
	if r.Bad || len(r.Rest) > 0 {
		return nil, errSpool
	}
	if u.File != loc.File || offset != uint64(loc.Offset) {
		return nil, nil // two units of the same hash
	}
	return u, nil
}

var errSpool = fmt.Errorf("a record kept on disk during the build cannot be read back")

// entry reads what was kept under a key. It is valid until room is used again.
func (s *spool) entry(key uint64, room *[]byte) (entry []byte, found bool, err error) {
	s.mu.RLock()
	at, found := s.index[key]
	inBuffer := found && at >= s.start
	if inBuffer {
		*room = append((*room)[:0], s.buf[at-s.start:]...)
	}
	s.mu.RUnlock()
	if !found {
		return nil, false, nil
	}
	b := *room
	if !inBuffer {
		if b, err = s.read(at, room); err != nil {
			return nil, true, err
		}
	}
	entry, ok := checked(b)
	if !ok {
		return nil, true, errSpool
	}
	return entry, true, nil
}

// read reads an entry of the file, in one call if it is of the usual length.
func (s *spool) read(at int64, room *[]byte) ([]byte, error) {
	b := grown(room, entryGuess)
	n, err := s.file.ReadAt(b, at)
	if n < entryHead {
		return nil, fmt.Errorf("%w: %w", errSpool, err)
	}
	need := entryHead + int(binary.LittleEndian.Uint32(b))
	if need <= n {
		return b, nil
	}
	b = grown(room, need)
	if _, err := s.file.ReadAt(b, at); err != nil {
		return nil, fmt.Errorf("%w: %w", errSpool, err)
	}
	return b, nil
}

func grown(room *[]byte, n int) []byte {
	if cap(*room) < n {
		*room = make([]byte, n)
	}
	*room = (*room)[:n]
	return *room
}

// checked is the entry at the start of b, if it is whole.
func checked(b []byte) ([]byte, bool) {
	if len(b) < entryHead {
		return nil, false
	}
	n, sum := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:])
	if uint64(len(b)-entryHead) < uint64(n) {
		return nil, false
	}
	b = b[entryHead:][:n]
	return b, crc32.ChecksumIEEE(b) == sum
}
