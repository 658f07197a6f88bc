package pdfclean

import (
	"bytes"
	"fmt"
	"strconv"
)

// document are the objects of a file.
type document struct {
	objects  map[ref]any
	root     any
	unpacked int // bytes, so far
}

// read reads a file as PDFium saves it: its objects one after the other, then the
// table and the trailer.
func read(data []byte) (*document, error) {
	d := &document{objects: map[ref]any{}}
	l := &lexer{data: data}
	for !l.failed {
		l.skip()
		w := l.regular()
		switch {
		case w == "xref":
			return d, d.trailer(l)
		case !isNumber(w):
			return nil, damaged()
		}
		n, _ := strconv.Atoi(w)
		o, ok := l.indirect()
		if !ok {
			return nil, damaged()
		}
		d.objects[ref(n)] = o
	}
	return nil, damaged()
}

// indirect reads an object behind its number.
func (l *lexer) indirect() (o any, ok bool) {
	l.skip()
	l.regular() // its generation
	l.skip()
	if !l.has("obj") {
		return nil, false
	}
	o = l.object(true, 0)
	l.skip()
	if of, is := o.(dict); is && l.has("stream") {
		if !l.has("\r\n") && !l.has("\n") {
			return nil, false
		}
		w, _ := of["Length"].(word)
		n, err := strconv.Atoi(string(w))
		if err != nil || n < 0 || n > len(l.data)-l.at {
			return nil, false
		}
		o = &stream{of, l.data[l.at : l.at+n]}
		l.at += n
		l.skip()
		if !l.has("endstream") {
			return nil, false
		}
		l.skip()
	}
	return o, l.has("endobj") && !l.failed
}

// trailer finds the root behind the table.
func (d *document) trailer(l *lexer) error {
	at := bytes.Index(l.data[l.at:], []byte("trailer"))
	if at < 0 {
		return damaged()
	}
	l.at += at + len("trailer")
	of, ok := l.object(true, 0).(dict)
	if !ok {
		return damaged()
	}
	if of["Encrypt"] != nil {
		return fault("PDF được mã hoá", "the PDF is encrypted")
	}
	d.root = of["Root"]
	return nil
}

// at is what an object is, or what it refers to.
func (d *document) at(o any) any {
	for range maxDepth {
		r, ok := o.(ref)
		if !ok {
			return o
		}
		o = d.objects[r]
	}
	return nil
}

func (d *document) dictAt(o any) dict {
	switch o := d.at(o).(type) {
	case dict:
		return o
	case *stream:
		return o.dict
	}
	return nil
}

// header begins a file; the second line says that it is not all text.
const header = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"

// assemble writes numbered objects, the first of which is the root.
func assemble(objects []any) []byte {
	var b, table bytes.Buffer
	b.WriteString(header)
	fmt.Fprintf(&table, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for i, o := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", i+1)
		write(&b, o)
		b.WriteString("\nendobj\n")
	}
	start := b.Len()
	b.Write(table.Bytes())
	fmt.Fprintf(&b, "trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}
