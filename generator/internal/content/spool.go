package content

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"sync"

	"vitrine/generator/internal/pack"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/scratch"
)

// spool keeps the units that were read, decoded, in a file without a name:
// YAML takes ten times as long to read again. A page is then made of the
// very text that was judged.
//
// An entry is the length and the CRC-32 of what follows (four bytes each,
// little-endian), the offset of the unit in its source, and the unit as
// putUnit writes it. It begins at a multiple of entryStep, so that four bytes
// say where: whoever wants the unit back brings them (record.Kept). Memory: the
// buffer.
type spool struct {
	file *scratch.File // nil where all is kept in the buffer

	mu    sync.RWMutex
	buf   []byte // entries that are not yet in the file
	start int64  // where buf belongs in the file
	full  bool   // the disk took no more, or the numbers are used up
}

const (
	spoolBuffer = 256 << 10
	spoolName   = "vitrine-units"
	entryHead   = 8
	entryStep   = 16
	entryGuess  = 4 << 10 // nearly every entry is shorter
)

// Spool lets the tree keep every unit it reads, decoded, in a file in dir, so
// that Unit need not parse it again. Where that file cannot be made or grows
// too large for the disk, units are parsed again. Close removes it.
func (t *Tree) Spool(dir string) {
	f, err := scratch.New(dir, spoolName)
	if err != nil {
		return
	}
	t.closeSpool()
	t.spool = newSpool(f)
}

func newSpool(f *scratch.File) *spool { return &spool{file: f} }

func (t *Tree) closeSpool() {
	if t.spool != nil {
		_ = t.spool.file.Close()
		t.spool = nil
	}
}

var entryBuffers = sync.Pool{New: func() any { return new([]byte) }}

// add keeps a unit and says where. A nil spool keeps nothing.
func (s *spool) add(loc record.Loc, u *record.Unit) record.Kept {
	if s == nil {
		return 0
	}
	room := entryBuffers.Get().(*[]byte)
	defer entryBuffers.Put(room)
	b := append((*room)[:0], make([]byte, entryHead)...)
	b = binary.AppendUvarint(b, uint64(loc.Offset))
	b = putUnit(b, u)
	binary.LittleEndian.PutUint32(b, uint32(len(b)-entryHead))
	binary.LittleEndian.PutUint32(b[4:], crc32.ChecksumIEEE(b[entryHead:]))
	b = append(b, make([]byte, -len(b)&(entryStep-1))...)
	*room = b
	return s.append(b)
}

func (s *spool) append(entry []byte) record.Kept {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.buf)+len(entry) > spoolBuffer {
		s.flush()
	}
	at := s.start + int64(len(s.buf))
	if s.full = s.full || at/entryStep >= math.MaxUint32; s.full {
		return 0
	}
	s.buf = append(s.buf, entry...)
	return record.Kept(at/entryStep + 1)
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
	if s == nil || loc.Kept == 0 {
		return nil, nil
	}
	room := entryBuffers.Get().(*[]byte)
	defer entryBuffers.Put(room)
	entry, err := s.entry(int64(loc.Kept-1)*entryStep, room)
	if err != nil {
		return nil, err
	}
	r := pack.Reader[string]{Rest: string(entry)}
	offset := r.Uvarint()
	u := takeUnit(&r)
	if r.Bad || len(r.Rest) > 0 {
		return nil, errSpool
	}
	if u.File != loc.File || offset != uint64(loc.Offset) {
		return nil, errSpool
	}
	return u, nil
}

var errSpool = fmt.Errorf("a record kept on disk during the build cannot be read back")

// entry reads what was kept somewhere. It is valid until room is used again.
func (s *spool) entry(at int64, room *[]byte) (entry []byte, err error) {
	s.mu.RLock()
	inBuffer := at >= s.start
	if inBuffer {
		*room = append((*room)[:0], s.buf[min(at-s.start, int64(len(s.buf))):]...)
	}
	s.mu.RUnlock()
	b := *room
	if !inBuffer {
		if b, err = s.read(at, room); err != nil {
			return nil, err
		}
	}
	entry, ok := checked(b)
	if !ok {
		return nil, errSpool
	}
	return entry, nil
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
