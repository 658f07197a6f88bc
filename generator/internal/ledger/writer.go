package ledger

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"io"
)

const (
	magic      = "vitrine ledger "
	header     = magic + "3\n"
	sectionLen = 1 + 3*8
)

// Kind names a section of a ledger by a letter.
type Kind byte

// The sections, in the order in which they stand.
const (
	KindAbout   Kind = 'a' // what the rows are good for
	KindSeen    Kind = 's' // what the build read
	KindThumbs  Kind = 't' // what it made of images
	KindUnnamed Kind = 'u' // what its texts do not name
	KindWritten Kind = 'w' // what it wrote
	KindAnswers Kind = 'x' // what its pages were told
	KindEnd     Kind = 'z' // what it told people
)

type section struct {
	kind           Kind
	off, len, rows uint64
}

// Writer writes a ledger as a stream; it keeps one row in memory. To replace a
// ledger, write to a temporary file, sync it and rename it.
type Writer struct {
	w        *bufio.Writer
	sum      hash.Hash
	n        uint64 // bytes so far
	sections []section
	last     []byte // path of the row before
	head     []byte
	data     []byte
	err      error
}

// NewWriter returns a Writer that has written the header to w.
func NewWriter(w io.Writer) *Writer {
	lw := &Writer{w: bufio.NewWriterSize(w, 64<<10), sum: sha256.New()}
	lw.put([]byte(header))
	return lw
}

// Add adds a row. Sections come in the order of their kinds, the rows of a
// section strictly in the order of [Compare]; anything else is an error, for a
// merge would go wrong silently.
func (w *Writer) Add(kind Kind, path string, data []byte) error {
	if n := len(w.sections); n == 0 || w.sections[n-1].kind < kind {
		w.sections = append(w.sections, section{kind: kind, off: w.n})
	} else if w.sections[n-1].kind > kind {
		return fmt.Errorf("ledger: section %q after section %q", kind, w.sections[n-1].kind)
	} else if Compare(path, string(w.last)) <= 0 {
		return fmt.Errorf("ledger: %q does not follow %q", path, w.last)
	}
	w.last = append(w.last[:0], path...)
	w.head = binary.AppendUvarint(w.head[:0], uint64(len(path)))
	w.head = append(w.head, path...)
	w.head = binary.AppendUvarint(w.head, uint64(len(data)))
	w.put(w.head)
	w.put(data)
	s := &w.sections[len(w.sections)-1]
	s.rows++
	s.len = w.n - s.off
	return w.err
}

// Close writes the table of sections and the checksum and flushes. It does not
// close the underlying writer.
func (w *Writer) Close() error {
	var tail []byte
	for _, s := range w.sections {
		tail = append(tail, byte(s.kind))
		tail = binary.BigEndian.AppendUint64(tail, s.off)
		tail = binary.BigEndian.AppendUint64(tail, s.len)
		tail = binary.BigEndian.AppendUint64(tail, s.rows)
	}
	w.put(append(tail, byte(len(w.sections))))
	w.put(w.sum.Sum(nil))
	if w.err != nil {
		return w.err
	}
	return w.w.Flush()
}

func (w *Writer) put(b []byte) {
	if w.err != nil {
		return
	}
	w.sum.Write(b)
	w.n += uint64(len(b))
	_, w.err = w.w.Write(b)
}
