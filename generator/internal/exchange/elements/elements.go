// Package elements reads parts of XML documents that people write texts in: finding aids,
// authority records. Nothing outside a document is read, and no entity but those of characters is
// replaced.
package elements

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/language"
)

// SyntaxError says where a document is not the XML that it should be.
type SyntaxError struct {
	Line, Col int
	Err       error
}

// Error implements error.
func (e *SyntaxError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap returns what is wrong.
func (e *SyntaxError) Unwrap() error { return e.Err }

// ErrDeep is that elements nest more than MaxDepth deep.
var ErrDeep = errors.New("elements nest too deeply")

// MaxDepth is how deep elements may nest in a node.
const MaxDepth = 200

// Reader reads a document element by element.
type Reader struct{ xml *xml.Decoder }

// NewReader returns a reader of a document.
func NewReader(r io.Reader) *Reader {
	d := xml.NewDecoder(r)
	d.Entity, d.CharsetReader = xml.HTMLEntity, charset.NewReaderLabel
	return &Reader{d}
}

// At is an error in the place that was read last.
func (r *Reader) At(err error) *SyntaxError {
	line, col := r.xml.InputPos()
	return &SyntaxError{line, col, err}
}

// Line is where the element that was begun last stands.
func (r *Reader) Line() int {
	line, _ := r.xml.InputPos()
	return line
}

// Root begins the outermost element.
func (r *Reader) Root() (xml.StartElement, error) {
	for {
		t, err := r.xml.Token()
		if err != nil {
			return xml.StartElement{}, err
		}
		if s, ok := t.(xml.StartElement); ok {
			return s, nil
		}
	}
}

// Inside hands on each element within the one that was just begun, up to its end; each reads it to its
// end, as Node and Skip do.
func (r *Reader) Inside(each func(xml.StartElement) error) error {
	for {
		t, err := r.xml.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := each(t); err != nil {
				return err
			}
		}
	}
}

// Skip reads the element that was just begun to its end.
func (r *Reader) Skip() error { return r.xml.Skip() }

// Node is an element with all that is in it.
type Node struct {
	Name  string // empty for text
	Text  string
	Attrs []xml.Attr
	Line  int
	In    []*Node
}

// Node reads the element that was just begun to its end.
func (r *Reader) Node(s xml.StartElement) (*Node, error) { return r.node(s, 0) }

func (r *Reader) node(s xml.StartElement, depth int) (*Node, error) {
	if depth > MaxDepth {
		return nil, ErrDeep
	}
	n := &Node{Name: s.Name.Local, Attrs: s.Attr, Line: r.Line()}
	for {
		t, err := r.xml.Token()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return n, nil
		case xml.CharData:
			n.In = append(n.In, &Node{Text: string(t), Line: n.Line})
		case xml.StartElement:
			child, err := r.node(t, depth+1)
			if err != nil {
				return nil, err
			}
			n.In = append(n.In, child)
		}
	}
}

// Attr is an attribute by its name, in whatever namespace; empty where it is not there.
func Attr(list []xml.Attr, name string) string {
	for _, a := range list {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// Attr is an attribute of a node.
func (n *Node) Attr(name string) string { return Attr(n.Attrs, name) }

// Elements are those in a node, by their names; all where none is given.
func (n *Node) Elements(names ...string) (out []*Node) {
	for _, c := range n.In {
		if c.Name != "" && (len(names) == 0 || slices.Contains(names, c.Name)) {
			out = append(out, c)
		}
	}
	return out
}

// First is the first element of a path within a node, nil where there is none.
func (n *Node) First(path ...string) *Node {
	for _, name := range path {
		list := n.Elements(name)
		if len(list) == 0 {
			return nil
		}
		n = list[0]
	}
	return n
}

// bibliographic are the codes of ISO 639-2/B that differ from those of terminology.
var bibliographic = map[string]string{"alb": "sq", "arm": "hy", "baq": "eu", "bur": "my", "chi": "zh", "cze": "cs", "dut": "nl", "fre": "fr", "geo": "ka", "ger": "de", "gre": "el", "ice": "is",
	"mac": "mk", "mao": "mi", "may": "ms", "per": "fa", "rum": "ro", "slo": "sk", "tib": "bo", "wel": "cy"}

// Language is a code of ISO 639-2 or 639-3 as BCP 47 has it, “vi” for “vie”; a code that is none stays as it is.
func Language(code string) string {
	if tag, ok := bibliographic[code]; ok {
		return tag
	}
	if base, err := language.ParseBase(code); err == nil {
		return base.String()
	}
	return code
}
