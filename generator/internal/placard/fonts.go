package placard

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Fonts are the typefaces of a placard. They are safe for concurrent use.
type Fonts struct{ title, label, text *face }

// Load reads the typefaces from the folder of what comes from npm. Where they are not
// there the error is [fs.ErrNotExist].
func Load(fsys fs.FS) (*Fonts, error) {
	var f Fonts
	for _, x := range []struct {
		to   **face
		name string
	}{{&f.title, "source-serif-4-%s-600-normal"}, {&f.label, "be-vietnam-pro-%s-600-normal"}, {&f.text, "be-vietnam-pro-%s-400-normal"}} {
		var err error
		if *x.to, err = loadFace(fsys, x.name); err != nil {
			return nil, err
		}
	}
	return &f, nil
}

// Sets reports whether every letter of a text can be set.
func (f *Fonts) Sets(text string) bool {
	for _, r := range text {
		if r == ' ' || r == '\u00a0' || r == '\n' {
			continue
		}
		for _, face := range []*face{f.title, f.label, f.text} {
			if at, _ := face.find(r); at == nil {
				return false
			}
		}
	}
	return true
}

// face is a typeface in parts, each with some letters: the subsets in which pages load it.
type face struct{ parts []*part }

type part struct {
	font *sfnt.Font
	mu   sync.Mutex // guards the buffer
	buf  sfnt.Buffer
}

func loadFace(fsys fs.FS, name string) (*face, error) {
	out := &face{}
	for _, subset := range []string{"latin", "vietnamese"} {
		file := fmt.Sprintf(name, subset) + ".woff"
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, err
		}
		plain, err := unpack(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		parsed, err := sfnt.Parse(plain)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		out.parts = append(out.parts, &part{font: parsed})
	}
	return out, nil
}

// find is the part of a typeface that has a letter, and its number there; nil where none has.
func (f *face) find(r rune) (*part, sfnt.GlyphIndex) {
	for _, p := range f.parts {
		p.mu.Lock()
		at, err := p.font.GlyphIndex(&p.buf, r)
		p.mu.Unlock()
		if err == nil && at != 0 {
			return p, at
		}
	}
	return nil, 0
}

// placed is a letter of a line, at a place in pixels from its beginning.
type placed struct {
	part *part
	at   sfnt.GlyphIndex
	x    float32
}

// set places the letters of a line at a size in pixels and gives its width. apart is what is
// put between letters, in pixels.
func (f *face) set(line string, size, apart float32) (out []placed, width float32) {
	ppem := fixed.Int26_6(size * 64)
	var last placed
	for _, r := range line {
		if r == '\u00a0' {
			r = ' '
		}
		p, at := f.find(r)
		if p == nil {
			continue
		}
		p.mu.Lock()
		if last.part == p {
			if k, err := p.font.Kern(&p.buf, last.at, at, ppem, font.HintingNone); err == nil {
				width += float32(k) / 64
			}
		}
		advance, err := p.font.GlyphAdvance(&p.buf, at, ppem, font.HintingNone)
		p.mu.Unlock()
		if err != nil {
			continue
		}
		last = placed{p, at, width}
		out = append(out, last)
		width += float32(advance)/64 + apart
	}
	return out, max(width-apart, 0)
}

// errWOFF says that a file is no font as WOFF has it.
var errWOFF = errors.New("no font in WOFF 1.0")

// mostTable is the longest table of a font that is unpacked.
const mostTable = 4 << 20

// unpack turns a font as WOFF 1.0 (W3C, section 4) into one as OpenType has it: the same
// tables, of which each may be compressed by itself.
func unpack(data []byte) ([]byte, error) {
	const header, entry = 44, 20
	if len(data) < header || string(data[:4]) != "wOFF" {
		return nil, errWOFF
	}
	n := int(binary.BigEndian.Uint16(data[12:]))
	if len(data) < header+n*entry {
		return nil, errWOFF
	}
	head := make([]byte, 12+16*n)
	copy(head, data[4:8]) // flavour
	binary.BigEndian.PutUint16(head[4:], uint16(n))
	var body []byte
	for i := range n {
		e := data[header+i*entry:]
		from, packed, full := binary.BigEndian.Uint32(e[4:]), binary.BigEndian.Uint32(e[8:]), binary.BigEndian.Uint32(e[12:])
		if uint64(from)+uint64(packed) > uint64(len(data)) || full > mostTable || packed > full {
			return nil, errWOFF
		}
		table := data[from : from+packed]
		if packed < full {
			z, err := zlib.NewReader(bytes.NewReader(table))
			if err != nil {
				return nil, errWOFF
			}
			table = make([]byte, full)
			if _, err := io.ReadFull(z, table); err != nil {
				return nil, errWOFF
			}
		}
		h := head[12+16*i:]
		copy(h, e[:4])        // tag
		copy(h[4:], e[16:20]) // checksum
		binary.BigEndian.PutUint32(h[8:], uint32(len(head)+len(body)))
		binary.BigEndian.PutUint32(h[12:], full)
		body = append(body, table...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	return append(head, body...), nil
}
