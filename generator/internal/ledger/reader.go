package ledger

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
)

// Row is one row of a section.
type Row struct {
	Path string
	Data []byte // valid until the next row is read

	off uint64 // where it begins in the file
}

// Ledger is a ledger on disk whose checksum has been found right.
type Ledger struct {
	f        *os.File
	sections []section
}

// Unusable says why a ledger cannot be trusted. Whoever receives it goes on
// without a ledger and tells the reader why.
type Unusable struct {
	Vi, En string // the reason, a sentence without a full stop
}

// Error returns the English reason.
func (u *Unusable) Error() string { return u.En }

var (
	errForeign = &Unusable{"tệp này không phải sổ của Vitrine", "this file is not a ledger of Vitrine"}
	errVersion = &Unusable{"sổ do một phiên bản khác của Vitrine ghi", "the ledger was written by another version of Vitrine"}
	errShort   = &Unusable{"sổ bị cắt ngắn", "the ledger is cut short"}
	errSum     = &Unusable{"sổ bị hỏng: mã kiểm tra không khớp", "the ledger is damaged: its checksum does not match"}
)

// Open opens the ledger at path and reads it through once to check it. The
// error is an [*Unusable] if the file is not a whole ledger of this version,
// one for which errors.Is(err, fs.ErrNotExist) holds if there is none, or
// another error if it could not be read.
func Open(path string) (*Ledger, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	l := &Ledger{f: f}
	if err := l.check(); err != nil {
		f.Close()
		return nil, err
	}
	return l, nil
}

func (l *Ledger) check() error {
	info, err := l.f.Stat()
	if err != nil {
		return err
	}
	if err := checkHeader(l.f); err != nil {
		return err
	}
	body := info.Size() - sha256.Size
	if body < int64(len(header))+1 {
		return errShort
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(l.f, 0, body)); err != nil {
		return err
	}
	want := make([]byte, sha256.Size)
	if _, err := l.f.ReadAt(want, body); err != nil && err != io.EOF {
		return err
	}
	if !bytes.Equal(sum.Sum(nil), want) {
		return errSum
	}
	return l.readSections(body - 1)
}

func checkHeader(r io.ReaderAt) error {
	head := make([]byte, len(header))
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return err
	}
	got := string(head[:n])
	switch {
	case got == header:
		return nil
	case strings.HasPrefix(header, got):
		return errShort
	case strings.HasPrefix(got, magic):
		return errVersion
	}
	return errForeign
}

// readSections reads the table whose count stands at offset end.
func (l *Ledger) readSections(end int64) error {
	count := make([]byte, 1)
	if _, err := l.f.ReadAt(count, end); err != nil {
		return err
	}
	table := make([]byte, int(count[0])*sectionLen)
	start := end - int64(len(table))
	if start < int64(len(header)) {
		return errSum
	}
	if _, err := l.f.ReadAt(table, start); err != nil {
		return err
	}
	for ; len(table) > 0; table = table[sectionLen:] {
		s := section{
			kind: Kind(table[0]),
			off:  binary.BigEndian.Uint64(table[1:]),
			len:  binary.BigEndian.Uint64(table[9:]),
			rows: binary.BigEndian.Uint64(table[17:]),
		}
		if s.off > uint64(start) || s.len > uint64(start)-s.off {
			return errSum
		}
		l.sections = append(l.sections, s)
	}
	return nil
}

// Len returns the number of rows of a section.
func (l *Ledger) Len(kind Kind) int { return int(l.section(kind).rows) }

func (l *Ledger) section(kind Kind) section {
	for _, s := range l.sections {
		if s.kind == kind {
			return s
		}
	}
	return section{}
}

// Rows iterates over a section in the order of [Compare]. Several iterations
// may run at the same time. It ends after the first error.
func (l *Ledger) Rows(kind Kind) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		s := l.section(kind)
		r := bufio.NewReaderSize(io.NewSectionReader(l.f, int64(s.off), int64(s.len)), 64<<10)
		var path, data []byte
		for off := s.off; off < s.off+s.len; {
			var err error
			begin := off
			if path, err = readField(r, path, s.len, &off); err == nil {
				data, err = readField(r, data, s.len, &off)
			}
			if err != nil {
				yield(Row{}, fmt.Errorf("ledger: %w", err))
				return
			}
			if !yield(Row{Path: string(path), Data: data, off: begin}, nil) {
				return
			}
		}
	}
}

// readField reads a length and that many bytes, at most limit, into buf, and
// moves off behind them.
func readField(r *bufio.Reader, buf []byte, limit uint64, off *uint64) ([]byte, error) {
	n, err := readUvarint(r, off)
	if err != nil {
		return nil, err
	}
	if n > limit {
		return nil, errSum
	}
	if uint64(cap(buf)) < n {
		buf = make([]byte, n)
	}
	buf = buf[:n]
	_, err = io.ReadFull(r, buf)
	*off += n
	return buf, err
}

// readUvarint is binary.ReadUvarint that counts what it read.
func readUvarint(r *bufio.Reader, off *uint64) (n uint64, err error) {
	head, err := r.Peek(binary.MaxVarintLen64)
	n, w := binary.Uvarint(head)
	if w <= 0 {
		return 0, cmp.Or(err, io.ErrUnexpectedEOF)
	}
	*off += uint64(w)
	_, err = r.Discard(w)
	return n, err
}

// Close closes the file.
func (l *Ledger) Close() error { return l.f.Close() }
