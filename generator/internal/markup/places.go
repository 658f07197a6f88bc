package markup

import (
	"bytes"
	"unicode/utf8"

	"vitrine/generator/diag"
)

// index finds the place of a byte without counting from the beginning of the
// text each time: a text may have a fault in every word.
type index struct{ every []place }

// place is the line, from 0, and the character in it, from 0.
type place struct{ line, chars int }

// placesApart is how many bytes lie between two places that are kept.
const placesApart = 1024

// of is the place of a byte.
func (p *index) of(text []byte, offset int) place {
	offset = max(0, min(offset, len(text)))
	if p.every == nil {
		p.every = append(p.every, place{})
		for at := placesApart; at <= len(text); at += placesApart {
			p.every = append(p.every, p.every[len(p.every)-1].after(text[at-placesApart:at]))
		}
	}
	kept := offset / placesApart
	return p.every[kept].after(text[kept*placesApart : offset])
}

// after is the place behind some more bytes. A character is counted with its first.
func (p place) after(text []byte) place {
	if last := bytes.LastIndexByte(text, '\n'); last >= 0 {
		p.line, p.chars = p.line+bytes.Count(text, []byte("\n")), 0
		text = text[last+1:]
	}
	for _, b := range text {
		if utf8.RuneStart(b) {
			p.chars++
		}
	}
	return p
}

// at is the place in the file of a byte of the text.
func (c *checker) at(offset int) diag.Pos { return c.src.pos(c.places.of(c.source, offset)) }

// at is the place in the file of a byte of the text, counted from its beginning.
func (s Source) at(offset int) diag.Pos {
	return s.pos(place{}.after([]byte(s.Text[:max(0, min(offset, len(s.Text)))])))
}

// pos is the place in the file of one in the text.
func (s Source) pos(p place) diag.Pos {
	pos := s.Pos
	if pos.Line == 0 {
		return pos
	}
	if p.line == 0 {
		pos.Col += p.chars
		return pos
	}
	pos.Line += p.line
	pos.Col = 1 + s.Indent + p.chars
	return pos
}

// enough reports whether findings of a kind were told so often that one more says
// nothing: a file of one fault in every word would fill the memory with them.
func (c *checker) enough(d diag.Diagnostic) bool {
	kind := d.Severity.String() + d.Code
	c.told[kind]++
	return c.told[kind] > maxTold
}

// maxTold is how many findings of a kind are told of a text.
const maxTold = 1000
