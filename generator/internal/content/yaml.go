package content

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode/utf8"

	"vitrine/generator/diag"

	goccy "github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
	"gopkg.in/yaml.v3"
)

// parse turns a piece into the node of its top mapping. It returns nil and a
// diagnostic when the piece is no YAML or no mapping. The nodes last as long as
// the room, which may be nil.
func parse(file string, p Piece, room *nodeRoom) (*yaml.Node, []diag.Diagnostic) {
	at := diag.Pos{File: file, Line: p.Line, Col: 1}
	switch {
	case len(p.Text) > MaxRecord:
		return nil, []diag.Diagnostic{diag.Errorf("yaml-size", at, "bản ghi dài quá %d MB", "the record is longer than %d MB", MaxRecord>>20)}
	case crowded(p.Text):
		return nil, []diag.Diagnostic{diag.Errorf("yaml-size", at, "bản ghi có quá nhiều khoá và giá trị", "the record has too many keys and values")}
	}
	if i := strings.IndexAny(p.Text, "\u0085\u2028\u2029"); i >= 0 {
		return nil, []diag.Diagnostic{hiddenBreak(file, p, i)}
	}
	if room != nil {
		if n := readPlain(p.Text, room); n != nil {
			return n, nil
		}
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

// maxMarks bounds the values of a record, each of which takes a mark of YAML to part
// it from the next, and some 200 bytes of memory to read it.
const maxMarks = 400_000

// crowded reports whether a text may hold more values than a record has room for.
func crowded(text string) bool {
	marks := 0
	for i := 0; i < len(text) && len(text) > maxMarks; i++ {
		switch text[i] {
		case ',', ':', '-', '?', '[', '{', '\n':
			marks++
		}
	}
	return marks > maxMarks
}

// hiddenBreak refuses a character that ends a line for YAML and for no editor: all
// behind it would stand at other lines than people see.
func hiddenBreak(file string, p Piece, i int) diag.Diagnostic {
	before := p.Text[:i]
	char, _ := utf8.DecodeRuneInString(p.Text[i:])
	at := diag.Pos{File: file, Line: p.Line + strings.Count(before, "\n"), Col: 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])}
	return diag.Errorf("yaml-break", at, "có ký tự ngắt dòng ẩn (%U)", "there is a hidden line break (%U)", char).
		WithHint("xoá ký tự ấy, thường do dán từ Word hay trang web; muốn ngắt dòng thì xuống dòng bằng phím Enter", "delete the character, which came with text from a word processor or a web page; press Enter where a line should end")
}

// unmarshal reads a piece, all of it: yaml.v3 by itself stops without a word
// where a line is indented less than the first, and what stands behind it, be it
// a withdrawal, would be lost. It guards against panics of the parser on hostile
// input.
func unmarshal(text string, doc *yaml.Node) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: %v", r)
		}
	}()
	d := yaml.NewDecoder(strings.NewReader(text))
	if err := d.Decode(doc); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if err = d.Decode(new(yaml.Node)); err == nil {
		err = errors.New("yaml: " + beyond)
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// beyond is in the complaint of yaml.v3 about what stands behind the end of a
// piece. The line it names is the one before.
const beyond = "<document start>"

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
	outside := strings.Contains(msg, beyond)
	if outside {
		pos.Line++
	}
	var se *goccy.SyntaxError
	if gerr := goccyError(p.Text); errors.As(gerr, &se) && se.Token != nil && se.Token.Position != nil {
		pos.Line, pos.Col = p.Line+se.Token.Position.Line-1, se.Token.Position.Column
		if !outside {
			msg = se.Message
		}
	}
	pos = within(p, pos)
	words := diag.Text{Vi: msg, En: msg}
	for _, w := range syntaxWords {
		if strings.Contains(msg, w.in) {
			words = w.Text
			break
		}
	}
	return diag.Errorf("yaml-syntax", pos, "YAML sai cú pháp: %[1]s", "not valid YAML: %[2]s", words.Vi, words.En).
		WithHint("kiểm tra dấu nháy, dấu hai chấm và khoảng thụt đầu dòng; giá trị có dấu : hoặc # phải đặt trong dấu nháy",
			"check quotation marks, colons and indentation; a value that holds : or # must stand in quotation marks")
}

// within brings a place that a parser names into the piece: some name the line
// behind its end.
func within(p Piece, pos diag.Pos) diag.Pos {
	rows := strings.Split(strings.TrimSuffix(p.Text, "\n"), "\n")
	pos.Line = max(p.Line, min(pos.Line, p.Line+len(rows)-1))
	pos.Col = max(1, min(pos.Col, 1+utf8.RuneCountInString(rows[pos.Line-p.Line])))
	return pos
}

// syntaxWords say in plain words what the parsers complain of most.
var syntaxWords = []struct {
	in string
	diag.Text
}{
	{"double-quoted", diag.Text{Vi: "dấu nháy kép mở mà không đóng", En: "a double quotation mark opens and does not close"}},
	{"single-quoted", diag.Text{Vi: "dấu nháy đơn mở mà không đóng", En: "a single quotation mark opens and does not close"}},
	{"']' not found", diag.Text{Vi: "dấu [ mở mà không đóng", En: "a [ opens and does not close"}},
	{"'}' not found", diag.Text{Vi: "dấu { mở mà không đóng", En: "a { opens and does not close"}},
	{"cannot start any token", diag.Text{Vi: "ký tự không thể đứng đầu giá trị, thường là phím Tab ở đầu dòng", En: "a character that cannot begin a value, most often a tab at the head of a line"}},
	{beyond, diag.Text{Vi: "từ dòng này không còn thuộc bản ghi: các khoá của một bản ghi phải thụt đầu dòng như nhau", En: "from this line on nothing belongs to the record any more: the keys of a record must be indented alike"}},
	{"mapping value", diag.Text{Vi: "dấu hai chấm không được phép ở đây", En: "a colon may not stand here"}},
	{"control characters", diag.Text{Vi: "có ký tự điều khiển", En: "there are control characters"}},
}

// Limits of a piece in which the place of an error is looked for: the time
// that takes grows with the square of the depth, and a hostile file is deep.
const (
	maxExplained = 16 << 10 // bytes
	maxBrackets  = 500
)

func goccyError(text string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = nil
		}
	}()
	if len(text) > maxExplained || strings.Count(text, "[")+strings.Count(text, "{") > maxBrackets {
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

// keyNode is where a mapping has a key, nil where it has not.
func keyNode(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i]
		}
	}
	return nil
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
	room := nodeRooms.Get().(*nodeRoom)
	defer room.release()
	n, ds := parse(file, p, room)
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
