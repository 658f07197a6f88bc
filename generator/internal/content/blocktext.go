package content

import (
	"vitrine/generator/diag"
)

// LangOf is the language of a Markdown file by its name: that in its ending,
// or the site's first.
func (t *Tree) LangOf(file string) string {
	if lang := langOf(file); lang != "" {
		return lang
	}
	return t.langs[0]
}

// DecodeIn decodes the YAML of a block in a Markdown text that starts at pos.
// A plain string in it is in the language of the file.
func DecodeIn[T any](t *Tree, lang string, pos diag.Pos, text string) (*T, []diag.Diagnostic) {
	in := &Tree{root: t.root, fsys: t.fsys, langs: []string{lang}}
	return decodePiece[T](in, pos.File, Piece{Text: text, Line: pos.Line})
}

// Transcript reads a text file that lies beside the images of a fonds.
func (t *Tree) Transcript(file string) (string, []diag.Diagnostic) {
	text, ds, ok := t.readText(file)
	if !ok {
		return "", ds
	}
	text, more, _ := cleanValue(diag.Pos{File: file, Line: 1, Col: 1}, text)
	return text, append(ds, more...)
}
