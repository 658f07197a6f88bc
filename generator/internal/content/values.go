package content

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// Value is a value, a key or a comment of a YAML file.
type Value struct {
	Text    string
	Path    string // the keys above it with dots between them: "access.note"
	Offset  int    // byte of the file's text where it begins, quotation marks included
	Piece   int    // line of the document it belongs to, as record.Loc has it; 0 for none
	Comment bool   // it is a comment, or looks like one in a block of text
	Key     bool   // it is a key, Path that of the mapping it stands in
}

// Values hands on every value, key and comment in the text of a YAML file, whose
// lines end in "\n". A document that is no YAML is handed on as it stands, for
// it may say anything. One that is not wanted, by its text, is not read but for
// its comments.
func Values(text string, wanted func(document string) bool, each func(Value)) {
	pieces := split(text)
	for _, p := range pieces {
		if !wanted(p.Text) {
			continue
		}
		var doc yaml.Node
		if len(p.Text) > MaxRecord || crowded(p.Text) || unmarshal(p.Text, &doc) != nil {
			each(Value{Text: p.Text, Offset: p.Offset, Piece: p.Line})
			continue
		}
		v := &values{piece: p, starts: lineStarts(p.Text), each: each}
		v.node(&doc, "", 0)
	}
	comments(text, pieces, each)
}

// values walks the nodes of one document.
type values struct {
	piece  Piece
	starts []int // of the lines
	deep   bool  // it nests deeper than any record, and was handed on as it stands
	each   func(Value)
}

func (v *values) node(n *yaml.Node, path string, depth int) {
	switch {
	case depth > 4*maxDepth:
		if !v.deep {
			v.deep = true
			v.each(Value{Text: v.piece.Text, Offset: v.piece.Offset, Piece: v.piece.Line})
		}
	case n.Kind == yaml.ScalarNode:
		v.each(Value{Text: n.Value, Path: path, Offset: v.piece.Offset + v.offset(n), Piece: v.piece.Line})
	case n.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			k := n.Content[i]
			v.key(k, path, depth+1)
			v.node(n.Content[i+1], strings.TrimPrefix(path+"."+k.Value, "."), depth+1)
		}
	default:
		for _, c := range n.Content { // of an alias there is none: it repeats what was read
			v.node(c, path, depth+1)
		}
	}
}

func (v *values) key(n *yaml.Node, path string, depth int) {
	if n.Kind != yaml.ScalarNode {
		v.node(n, path, depth)
		return
	}
	v.each(Value{Text: n.Value, Path: path, Offset: v.piece.Offset + v.offset(n), Piece: v.piece.Line, Key: true})
}

// offset is the byte of the document at which a node begins.
func (v *values) offset(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(v.starts) {
		return 0
	}
	at := v.starts[n.Line-1]
	for range n.Column - 1 {
		_, size := utf8.DecodeRuneInString(v.piece.Text[at:])
		at += size
	}
	return at
}

func lineStarts(text string) []int {
	out := []int{0}
	for i := range len(text) {
		if text[i] == '\n' {
			out = append(out, i+1)
		}
	}
	return out
}

// comments hands on what may be a comment: what stands behind a # at the
// beginning of a line or after a blank. In a block of text that is no comment,
// and was handed on before.
func comments(text string, pieces []Piece, each func(Value)) {
	at := 0
	for line := range strings.Lines(text) {
		for len(pieces) > 0 && at >= pieces[0].Offset+len(pieces[0].Text) {
			pieces = pieces[1:]
		}
		piece := 0
		if len(pieces) > 0 && at >= pieces[0].Offset {
			piece = pieces[0].Line
		}
		for i := range len(line) {
			if line[i] == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t') {
				each(Value{Text: strings.TrimSuffix(line[i:], "\n"), Offset: at + i, Piece: piece, Comment: true})
				break
			}
		}
		at += len(line)
	}
}

// Unescaped is a text of YAML in which the escapes of double-quoted values are resolved,
// wherever they stand: what a value holds stands in it, or in the text as it lies, though
// between the lines of YAML. It is for those who ask whether a text is worth being read.
// Where no escape but that of the quotation mark stands in it, it is given back as it is.
func Unescaped(text string) string {
	at := strings.IndexByte(text, '\\')
	if at < 0 || strings.Count(text, `\`) == strings.Count(text, `\"`) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for ; at >= 0; at = strings.IndexByte(text, '\\') {
		b.WriteString(text[:at])
		char, rest := escape(text[at+1:])
		b.WriteString(char)
		text = rest
	}
	b.WriteString(text)
	return b.String()
}

// escape resolves what stands behind a backslash (YAML 1.2, 5.7).
func escape(s string) (char, rest string) {
	if s == "" {
		return "", ""
	}
	digits := 0
	switch s[0] {
	case '\n':
		return "", strings.TrimLeft(s[1:], " \t")
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	case '0', 'a', 'b', 'v', 'f', 'e', 'N': // controls, which values lose
		return "", s[1:]
	case 't', '\t', 'n', 'r', ' ', '_', 'L', 'P':
		return " ", s[1:]
	default: // quotation marks, solidi, and what is no escape
		_, size := utf8.DecodeRuneInString(s)
		return s[:size], s[size:]
	}
	code, err := strconv.ParseUint(s[1:min(len(s), 1+digits)], 16, 32)
	if err != nil || len(s) < 1+digits {
		return s[:1], s[1:]
	}
	return string(rune(code)), s[1+digits:]
}
