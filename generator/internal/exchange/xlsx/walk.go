package xlsx

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html/charset"
)

// maxDepth is how deep elements may nest.
const maxDepth = 64

var (
	errDeep = errors.New("elements nest too deeply")
	errCut  = errors.New("the part ends before its last element does")
)

// walker goes through the elements of a part. It holds none of them: names are known
// by themselves, without their namespaces, which differ between two forms of the format.
type walker struct {
	xml   *xml.Decoder
	depth int
}

// element is one that begins.
type element struct {
	name  string
	attrs []xml.Attr
	depth int // of what is in it
}

func (e element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// number is -1 where there is none.
func (e element) number(name string) int {
	n, err := strconv.Atoi(e.attr(name))
	if err != nil || n < 0 {
		return -1
	}
	return n
}

func isTrue(s string) bool { return s == "1" || s == "true" || s == "on" }

// each hands on the elements of a part in their order.
func (b *Book) each(part string, limit int64, f func(d *walker, e element) error) error {
	file := b.parts[part]
	if file == nil {
		return &PartError{part, 0, errCut}
	}
	if file.UncompressedSize64 > uint64(limit) {
		return ErrTooLarge
	}
	r, err := file.Open()
	if err != nil {
		return &PartError{part, 0, err}
	}
	defer r.Close()
	in := &io.LimitedReader{R: r, N: limit + 1} // what the directory says of its size may be untrue
	d := &walker{xml: xml.NewDecoder(in)}
	d.xml.CharsetReader = charset.NewReaderLabel
	err = d.walk(f)
	switch {
	case err == nil:
		return nil
	case in.N <= 0:
		return ErrTooLarge
	case errors.Is(err, ErrTooLarge):
		return err
	}
	line, _ := d.xml.InputPos()
	return &PartError{part, line, err}
}

func (d *walker) walk(f func(d *walker, e element) error) error {
	for {
		t, err := d.next()
		switch {
		case err == io.EOF && d.depth == 0:
			return nil
		case err == io.EOF:
			return errCut
		case err != nil:
			return err
		}
		if s, ok := t.(xml.StartElement); ok {
			if err := f(d, element{s.Name.Local, s.Attr, d.depth}); err != nil {
				return err
			}
		}
	}
}

// next is the next token. It checks less than the decoder could, and keeps no list of what is open.
func (d *walker) next() (xml.Token, error) {
	t, err := d.xml.RawToken()
	switch t.(type) {
	case xml.StartElement:
		if d.depth++; d.depth > maxDepth {
			return nil, errDeep
		}
	case xml.EndElement:
		if d.depth--; d.depth < 0 {
			return nil, errCut
		}
	}
	return t, err
}

// escaped is a character that XML cannot hold, as these files write it.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// text is all that an element says to readers, and goes to its end: runs are joined, signs of how a
// word is read are left out.
func (d *walker) text(e element) (string, error) {
	var b strings.Builder
	aside, inText := 0, false
	for d.depth >= e.depth {
		t, err := d.next()
		if err == io.EOF {
			err = errCut
		}
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "rPh" {
				aside++
			}
			inText = t.Name.Local == "t" && aside == 0
		case xml.EndElement:
			if t.Name.Local == "rPh" {
				aside--
			}
			inText = false
		case xml.CharData:
			if inText || e.name == "v" {
				b.Write(t)
			}
		}
	}
	s := b.String()
	if strings.Contains(s, "_x") {
		s = escaped.ReplaceAllStringFunc(s, func(x string) string {
			n, _ := strconv.ParseUint(x[2:6], 16, 32)
			return string(rune(n))
		})
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"), nil
}
