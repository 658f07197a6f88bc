package recording

import (
	"encoding/binary"
	"io"
)

// source is a file that is read here and there, mostly forward, through a window.
type source struct {
	r    io.ReaderAt
	size int64
	err  error // of r, the first

	window []byte
	from   int64 // where the window begins in the file
}

// Sizes in bytes of what is held of a file at a time.
const (
	windowSize = 64 << 10
	maxTable   = 64 << 20 // of the tables of an MP4 file
	maxComment = 8 << 20  // of the comments of Ogg, with their pictures
)

// bytes are n bytes at an offset, nil if they are not all there. They stay as
// they are until the next call.
func (s *source) bytes(at, n int64) []byte {
	if at < 0 || n < 0 || at > s.size || n > s.size-at || s.err != nil {
		return nil
	}
	if n > windowSize {
		return s.read(make([]byte, n), at)
	}
	if at < s.from || at+n > s.from+int64(len(s.window)) {
		if cap(s.window) < windowSize {
			s.window = make([]byte, windowSize)
		}
		s.from = at
		s.window = s.read(s.window[:min(windowSize, s.size-at)], at)
		if s.window == nil {
			return nil
		}
	}
	return s.window[at-s.from : at-s.from+n]
}

func (s *source) read(b []byte, at int64) []byte {
	n, err := s.r.ReadAt(b, at)
	if n < len(b) {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF // it is shorter than it was
		}
		s.err = err
		return nil
	}
	return b
}

// number is an unsigned number of n bytes, the highest first. ok is false where
// it is not all there.
func (s *source) number(at, n int64) (v uint64, ok bool) {
	b := s.bytes(at, n)
	for _, c := range b {
		v = v<<8 | uint64(c)
	}
	return v, b != nil && n <= 8
}

var le, be = binary.LittleEndian, binary.BigEndian
