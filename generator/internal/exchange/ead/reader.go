package ead

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"
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
	ID     string // the attribute, any text
	Level  string // of EAD; what otherlevel says; empty where nothing does
	Parent int    // number of the component that it stands in; -1 for the first
	Told   []Told
}

// Told is one thing that a component says.
type Told struct {
	Key     string // of the field of the model that it is; empty where the model has none
	Element string // its path beneath the component, with what tells it from others of that name
	Line    int
	Words          // Lang is empty where the element does not say it; paragraphs are parted by a blank line
	Value   *Value // of a creator, a point of access or an extent
}

// SyntaxError says where a document is not the XML that it should be.
type SyntaxError struct {
	Line, Col int
	Err       error
}

// Error implements error.
func (e *SyntaxError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap returns what is wrong.
func (e *SyntaxError) Unwrap() error { return e.Err }

var (
	errNotEAD = errors.New("the outermost element is not <ead>, or there is no <archdesc> in it")
	errDeep   = errors.New("elements nest too deeply")
	errMany   = errors.New("there are too many components")
)

// Limits of a document.
const (
	maxDepth      = 200
	maxComponents = 1 << 20
)

// Parse reads a finding aid in EAD 2002, by its DTD or its schema, or in EAD3. Nothing outside the
// document is read, and no entity but those of characters is replaced.
func Parse(r io.Reader) (*Document, error) {
	p := &parser{xml: xml.NewDecoder(r), doc: &Document{Unplaced: map[string]int{}}}
	p.xml.Entity, p.xml.CharsetReader = xml.HTMLEntity, charset.NewReaderLabel
	root, err := p.root()
	if err == nil && root.Name.Local != "ead" {
		err = errNotEAD
	}
	if err == nil {
		err = p.around()
	}
	if err == nil && len(p.doc.Components) == 0 {
		err = errNotEAD
	}
	if err != nil {
		line, col := p.xml.InputPos()
		return nil, &SyntaxError{line, col, err}
	}
	return p.doc, nil
}

type parser struct {
	xml *xml.Decoder
	doc *Document
}

// root is the outermost element.
func (p *parser) root() (xml.StartElement, error) {
	for {
		t, err := p.xml.Token()
		if err != nil {
			return xml.StartElement{}, err
		}
		if s, ok := t.(xml.StartElement); ok {
			return s, nil
		}
	}
}

// inside hands on each element within the one that was just begun, up to its end.
func (p *parser) inside(each func(xml.StartElement) error) error {
	for {
		t, err := p.xml.Token()
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

// around reads what stands around the components.
func (p *parser) around() error {
	return p.inside(func(s xml.StartElement) error {
		if s.Name.Local == "archdesc" {
			return p.component(s, -1, 0)
		}
		n, err := p.node(s, 0)
		if err != nil {
			return err
		}
		if p.doc.Ours = p.doc.Ours || n.name == "control" && isOurs(n); !p.doc.Ours {
			p.doc.Unplaced[n.name]++
		}
		return nil
	})
}

// isOurs reports whether a control names this program as what wrote the document.
func isOurs(n *node) bool {
	if n.name == "agent" {
		return line(n) == agentName
	}
	return slices.ContainsFunc(n.elements(), isOurs)
}

var isComponent = regexp.MustCompile(`^c(?:0[1-9]|1[0-2])?$`)

// component reads a component and those in it.
func (p *parser) component(s xml.StartElement, parent, depth int) error {
	if depth > maxDepth {
		return errDeep
	}
	at := len(p.doc.Components)
	if at >= maxComponents {
		return errMany
	}
	line, _ := p.xml.InputPos()
	c := Read{Line: line, ID: attr(s.Attr, "id"), Level: attr(s.Attr, "level"), Parent: parent}
	if c.Level == "otherlevel" {
		c.Level = attr(s.Attr, "otherlevel")
	}
	p.doc.Components = append(p.doc.Components, c)
	return p.inside(func(s xml.StartElement) error { return p.part(s, at, depth) })
}

// part reads an element of a component.
func (p *parser) part(s xml.StartElement, at, depth int) error {
	switch name := s.Name.Local; {
	case isComponent.MatchString(name):
		return p.component(s, at, depth+1)
	case name == "dsc":
		return p.inside(func(s xml.StartElement) error {
			if isComponent.MatchString(s.Name.Local) {
				return p.component(s, at, depth+1)
			}
			p.doc.Unplaced["dsc/"+s.Name.Local]++
			return p.xml.Skip()
		})
	case name == "descgrp": // EAD 2002: a group of what may stand here
		return p.inside(func(s xml.StartElement) error { return p.part(s, at, depth) })
	}
	n, err := p.node(s, 0)
	if err != nil {
		return err
	}
	c := &p.doc.Components[at]
	for _, t := range meaning(n) {
		if p.doc.Ours {
			t = t.asWritten()
		}
		if t.Text != "" || t.Value != nil {
			c.Told = append(c.Told, t)
		}
	}
	return nil
}

// node is an element with all that is in it.
type node struct {
	name  string // empty for text
	text  string
	attrs []xml.Attr
	line  int
	in    []*node
}

func (p *parser) node(s xml.StartElement, depth int) (*node, error) {
	if depth > maxDepth {
		return nil, errDeep
	}
	line, _ := p.xml.InputPos()
	n := &node{name: s.Name.Local, attrs: s.Attr, line: line}
	for {
		t, err := p.xml.Token()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return n, nil
		case xml.CharData:
			n.in = append(n.in, &node{text: string(t), line: line})
		case xml.StartElement:
			child, err := p.node(t, depth+1)
			if err != nil {
				return nil, err
			}
			n.in = append(n.in, child)
		}
	}
}

// attr is an attribute by its name, in whatever namespace; empty where it is not there.
func attr(list []xml.Attr, name string) string {
	for _, a := range list {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

func (n *node) attr(name string) string { return attr(n.attrs, name) }

// elements are those in a node, by their names; all where none is given.
func (n *node) elements(names ...string) (out []*node) {
	for _, c := range n.in {
		if c.name == "" {
			continue
		}
		for _, name := range append(names, c.name)[:max(len(names), 1)] {
			if c.name == name {
				out = append(out, c)
				break
			}
		}
	}
	return out
}
