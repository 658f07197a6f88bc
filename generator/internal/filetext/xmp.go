package filetext

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

// xmp reads a packet of XMP: every text and every attribute, by the property it
// stands in. What is no XML is read as text.
func (f *file) xmp(b []byte) {
	if len(b) == 0 {
		return
	}
	packet := b
	if text, ok := plainText(b); ok {
		packet = []byte(text)
	}
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimRight(packet, "\x00")))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it was decoded above
	var property []string
	for {
		token, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			return
		case err != nil || !f.step():
			f.tell("XMP", b)
			return
		}
		property = f.xmpToken(token, property)
	}
}

// xmpToken tells the texts of a token and returns the properties that are open.
func (f *file) xmpToken(token xml.Token, property []string) []string {
	switch t := token.(type) {
	case xml.StartElement:
		for _, a := range t.Attr {
			f.tell("XMP "+nameOf(a.Name), []byte(a.Value))
		}
		name := nameOf(t.Name)
		if t.Name.Space == "rdf" && len(property) > 0 {
			name = property[len(property)-1] // a list or an item of one
		}
		return append(property, name)
	case xml.EndElement:
		return property[:max(0, len(property)-1)]
	case xml.CharData:
		name := "XMP"
		if len(property) > 0 {
			name += " " + property[len(property)-1]
		}
		f.tell(name, t)
	case xml.Comment:
		f.tell("XMP", t)
	case xml.Directive:
		f.tell("XMP", t)
	}
	return property
}

func nameOf(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}
