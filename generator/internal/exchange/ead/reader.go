package ead

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"vitrine/generator/internal/exchange/elements"
)

// Document is a finding aid as it was read.
type Document struct {
	Components []Read         // in their order; the first is what the whole describes
	Ours       bool           // this package wrote it
	Unplaced   map[string]int // elements around the components that nothing is made of → how many
}

// Read is one component.
type Read struct {
	Line   int
	ID     string    // the attribute, any text
	Level  string    // of EAD; what otherlevel says; empty where nothing does
	Parent int       // number of the component that it stands in; -1 for the first
	Closed []Closing // why it, or one in which it stands, is not for readers of that house
	Told   []Told

	size int // of the texts told, in bytes
}

// Told is one thing that a component says.
type Told struct {
	Key     string // of the field of the model that it is; empty where the model has none
	Element string // its path beneath the component, with what tells it from others of that name
	Line    int
	Words          // Lang is empty where the element does not say it; paragraphs are parted by a blank line
	Value   *Value // of a creator, a point of access or an extent
}

var (
	errNotEAD = errors.New("the outermost element is not <ead>, or there is no <archdesc> in it")
	errMany   = errors.New("there are too many components, or too many elements in one")
	errLong   = errors.New("a component says more than a record can hold, 4 MB")
)

// Limits of a document.
const (
	maxComponents = 1 << 20
	maxTold       = 5000    // by one component
	maxText       = 4 << 20 // bytes told by one component; a longer record could not be read back
)

// Parse reads a finding aid in EAD 2002, by its DTD or its schema, or in EAD3. An error is an
// *elements.SyntaxError.
func Parse(r io.Reader) (*Document, error) {
	p := &parser{in: elements.NewReader(r), doc: &Document{Unplaced: map[string]int{}}}
	root, err := p.in.Root()
	if err == nil && root.Name.Local != "ead" {
		err = errNotEAD
	}
	if err == nil {
		p.whole = closedAt(nil, root.Attr, p.in.Line())
		err = p.around()
	}
	if err == nil && len(p.doc.Components) == 0 {
		err = errNotEAD
	}
	if err != nil {
		return nil, p.in.At(err)
	}
	p.doc.Components[0].Closed = append(p.doc.Components[0].Closed, p.whole...)
	p.doc.inherit()
	return p.doc, nil
}

type parser struct {
	in    *elements.Reader
	doc   *Document
	whole []Closing // what closes all of it
}

// around reads what stands around the components.
func (p *parser) around() error {
	return p.in.Inside(func(s xml.StartElement) error {
		if s.Name.Local == "archdesc" {
			return p.component(s, -1, 0, nil)
		}
		n, err := p.in.Node(s)
		if err != nil {
			return err
		}
		if n.Name == "control" {
			p.whole = append(p.whole, statuses(n)...)
		}
		if p.doc.Ours = p.doc.Ours || n.Name == "control" && isOurs(n); !p.doc.Ours {
			p.doc.Unplaced[n.Name]++
		}
		return nil
	})
}

// isOurs reports whether a control names this program as what wrote the document.
func isOurs(n *elements.Node) bool {
	if n.Name == "agent" {
		return elements.OneLine(n) == agentName
	}
	return slices.ContainsFunc(n.Elements(), isOurs)
}

var isComponent = regexp.MustCompile(`^c(?:0[1-9]|1[0-2])?$`)

// component reads a component and those in it; around is what closes the group in which it stands.
func (p *parser) component(s xml.StartElement, parent, depth int, around []Closing) error {
	if depth > elements.MaxDepth {
		return elements.ErrDeep
	}
	at := len(p.doc.Components)
	if at >= maxComponents {
		return errMany
	}
	c := Read{Line: p.in.Line(), ID: elements.Attr(s.Attr, "id"), Level: elements.Attr(s.Attr, "level"), Parent: parent}
	c.Closed = closedAt(around, s.Attr, c.Line)
	if c.Level == "otherlevel" {
		c.Level = elements.Attr(s.Attr, "otherlevel")
	}
	p.doc.Components = append(p.doc.Components, c)
	return p.in.Inside(func(s xml.StartElement) error { return p.part(s, at, depth, nil) })
}

// part reads an element of a component; around is what closes the group in which it stands.
func (p *parser) part(s xml.StartElement, at, depth int, around []Closing) error {
	closed := closedAt(around, s.Attr, p.in.Line())
	switch name := s.Name.Local; {
	case isComponent.MatchString(name):
		return p.component(s, at, depth+1, closed)
	case name == "dsc":
		return p.in.Inside(func(s xml.StartElement) error {
			if isComponent.MatchString(s.Name.Local) {
				return p.component(s, at, depth+1, closed)
			}
			if s.Name.Local == Restriction {
				return p.part(s, at, depth+1, closed)
			}
			p.doc.Unplaced["dsc/"+s.Name.Local]++
			return p.in.Skip()
		})
	case depth > elements.MaxDepth:
		return elements.ErrDeep
	case name == "descgrp": // EAD 2002: a group of what may stand here
		return p.in.Inside(func(s xml.StartElement) error { return p.part(s, at, depth+1, closed) })
	}
	n, err := p.in.Node(s)
	if err != nil {
		return err
	}
	c := &p.doc.Components[at]
	whole := &elements.Node{In: []*elements.Node{n}}
	for _, w := range statuses(whole) {
		c.Closed = closeFor(c.Closed, w)
	}
	if len(whole.In) == 0 {
		return nil // nothing else was said
	}
	aside := apart(n, "")
	for _, t := range append(meaning(n), aside...) {
		if p.doc.Ours {
			t = t.asWritten()
		}
		if len(closed) > 0 {
			t.close()
		}
		if t.Text == "" && t.Value == nil {
			continue
		}
		if c.Told = append(c.Told, t); len(c.Told) > maxTold {
			return errMany
		}
		if c.size += len(t.Text); c.size > maxText {
			return errLong
		}
	}
	return nil
}

// apart takes the elements that are for the staff of the archive alone, or that restrict access, out of a node, and is
// what they say.
func apart(n *elements.Node, path string) (out []Told) {
	path = strings.TrimPrefix(path+"/"+n.Name, "/")
	n.In = slices.DeleteFunc(n.In, func(c *elements.Node) bool {
		switch {
		case c.Name == "":
			return false
		case restricts(c):
			out = append(out, restricted(c, path+"/"+c.Name))
			return true
		case !isClosed(c.Attrs):
			out = append(out, apart(c, path)...)
			return false
		}
		t := Told{Element: path + "/" + c.Name, Line: c.Line, Words: Words{Text: elements.Flow(c)}}
		t.close()
		out = append(out, t)
		return true
	})
	return out
}

// close makes what is told something that no field takes.
func (t *Told) close() { t.Key, t.Value, t.Element = "", nil, t.Element+" (internal)" }
