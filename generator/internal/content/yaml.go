package content

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"vitrine/generator/diag"

	goccy "github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
	"gopkg.in/yaml.v3"
)

// parse turns a piece into the node of its top mapping. It returns nil and a
// diagnostic when the piece is no YAML or no mapping.
func parse(file string, p Piece) (*yaml.Node, []diag.Diagnostic) {
	at := diag.Pos{File: file, Line: p.Line, Col: 1}
	if len(p.Text) > maxPiece {
		return nil, []diag.Diagnostic{diag.Errorf("yaml-size", at, "bản ghi dài quá %d MB", "the record is longer than %d MB", maxPiece>>20)}
	}
	var doc yaml.Node
	if err := unmarshal(p.Text, &doc); err != nil {
		return nil, []diag.Diagnostic{syntaxError(file, p, err)}
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, []diag.Diagnostic{diag.Errorf("yaml-kind", at, "bản ghi phải gồm các dòng «khoá: giá trị»", "a record must consist of «key: value» lines")}
	}
	return doc.Content[0], nil
}

// unmarshal guards against panics of the parser on hostile input.
func unmarshal(text string, doc *yaml.Node) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: %v", r)
		}
	}()
	return yaml.Unmarshal([]byte(text), doc)
}

// syntaxError finds the place of an error. yaml.v3 names the line after or
// before for some errors and never a column, so the place comes from goccy
// where it agrees that there is an error.
func syntaxError(file string, p Piece, err error) diag.Diagnostic {
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	pos := diag.Pos{File: file, Line: p.Line}
	var line int
	if n, _ := fmt.Sscanf(msg, "line %d:", &line); n == 1 {
		pos.Line = p.Line + line - 1
		_, msg, _ = strings.Cut(msg, ": ")
	}
	var se *goccy.SyntaxError
	if gerr := goccyError(p.Text); errors.As(gerr, &se) && se.Token != nil && se.Token.Position != nil {
		pos.Line, pos.Col = p.Line+se.Token.Position.Line-1, se.Token.Position.Column
		msg = se.Message
	}
	return diag.Errorf("yaml-syntax", pos, "YAML sai cú pháp: %s", "not valid YAML: %s", msg).
		WithHint("kiểm tra dấu nháy, dấu hai chấm và khoảng thụt đầu dòng; giá trị có dấu : hoặc # phải đặt trong dấu nháy",
			"check quotation marks, colons and indentation; a value that holds : or # must stand in quotation marks")
}

// maxExplained is the longest piece in which the place of an error is looked
// for, in bytes.
const maxExplained = 256 << 10

func goccyError(text string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = nil
		}
	}()
	if len(text) > maxExplained {
		return nil
	}
	_, err = parser.ParseBytes([]byte(text), 0) // not decoded: aliases are never expanded
	return err
}

// take removes a key from a mapping and returns its value.
func take(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			v := n.Content[i+1]
			n.Content = append(n.Content[:i:i], n.Content[i+2:]...)
			return v
		}
	}
	return nil
}

// has reports whether a mapping has a key.
func has(n *yaml.Node, key string) bool {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return true
		}
	}
	return false
}

func (t *Tree) decoder(file string, line int) *decoder {
	return &decoder{file: file, line: line - 1, langs: t.langs, forms: t.forms}
}

// Read decodes every piece of a file into a T and hands it on, nil where the
// piece is no mapping. T is a struct of package record.
func Read[T any](t *Tree, file string, each func(v *T, p Piece, ds []diag.Diagnostic)) {
	text, ds, ok := t.readText(file)
	if !ok {
		each(nil, Piece{}, ds)
		return
	}
	for _, p := range split(text) {
		v, more := decodePiece[T](t, file, p)
		each(v, p, append(ds, more...))
		ds = nil
	}
}

func decodePiece[T any](t *Tree, file string, p Piece) (*T, []diag.Diagnostic) {
	n, ds := parse(file, p)
	if n == nil {
		return nil, ds
	}
	d := t.decoder(file, p.Line)
	v := new(T)
	d.structure(n, reflect.ValueOf(v).Elem(), 0)
	return v, d.ds
}

// Decode decodes the YAML of a block in a Markdown text, which starts at pos.
func Decode[T any](t *Tree, pos diag.Pos, text string) (*T, []diag.Diagnostic) {
	return decodePiece[T](t, pos.File, Piece{Text: text, Line: pos.Line})
}
