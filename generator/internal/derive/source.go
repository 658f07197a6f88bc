package derive

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
)

// source is an open master. It remembers the first true reading error, so that a failing
// disk is not reported as a damaged scan, and stops every reader when ctx ends.
type source struct {
	ctx  context.Context
	r    io.ReaderAt
	size int64
	err  error
}

var _ io.ReaderAt = (*source)(nil)

// newSource reads f through io.ReaderAt where it can, else from memory.
func newSource(ctx context.Context, f fs.File, size int64) (*source, error) {
	if r, ok := f.(io.ReaderAt); ok {
		return &source{ctx: ctx, r: r, size: size}, nil
	}
	if size > defaultLimit {
		return nil, errors.New("derive: the file system cannot read large files in pieces")
	}
	b, err := io.ReadAll(io.LimitReader(f, size))
	if err != nil {
		return nil, err
	}
	return &source{ctx: ctx, r: bytes.NewReader(b), size: int64(len(b))}, nil
}

// ReadAt implements io.ReaderAt.
func (s *source) ReadAt(p []byte, off int64) (int, error) {
	if err := s.ctx.Err(); err != nil {
		s.err = err
		return 0, err
	}
	n, err := s.r.ReadAt(p, off)
	if err != nil && err != io.EOF && s.err == nil && s.inside(off, int64(len(p))) {
		s.err = err
	}
	return n, err
}

// all reads the master from its beginning.
func (s *source) all() *io.SectionReader { return io.NewSectionReader(s, 0, s.size) }

// inside reports whether n bytes at off lie within the file.
func (s *source) inside(off, n int64) bool {
	return off >= 0 && n >= 0 && off <= s.size && n <= s.size-off
}

// bytes reads n bytes at off; nil if they are not all there.
func (s *source) bytes(off, n int64) []byte {
	if !s.inside(off, n) {
		return nil
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(io.NewSectionReader(s, off, n), b); err != nil {
		return nil
	}
	return b
}

// opening is a TIFF file as if the page whose directory lies at a place were its first:
// the decoder reads no other.
func (s *source) opening(directory int64) *source {
	head := s.bytes(0, 8)
	if head == nil {
		return s
	}
	var order binary.ByteOrder = binary.LittleEndian
	if head[0] == 'M' {
		order = binary.BigEndian
	}
	order.PutUint32(head[4:], uint32(directory))
	return &source{ctx: s.ctx, r: &reopened{s, head}, size: s.size}
}

// reopened has another beginning than the file it reads.
type reopened struct {
	io.ReaderAt
	head []byte
}

// ReadAt implements io.ReaderAt.
func (r *reopened) ReadAt(p []byte, off int64) (int, error) {
	n, err := r.ReaderAt.ReadAt(p, off)
	if off >= 0 && off < int64(len(r.head)) {
		copy(p[:n], r.head[off:])
	}
	return n, err
}
