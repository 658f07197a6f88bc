package generator

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/filetext"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/vi"
)

// rendered finds words that readers see in what a file of Markdown or YAML says, though
// no search of the file finds them all: between their letters stand addresses, titles
// or notes that are longer, or nest deeper, than a [vi.Wording] passes over. Each block
// is searched as it is shown, by what the order makes of the file, and told with its
// first line.
func (m *mentions) rendered(file string, t filetext.Text) (out []diag.Diagnostic) {
	if !t.Plain {
		return nil
	}
	text := t.Text
	for _, e := range m.edits[file] {
		if e.Whole() {
			return nil // it is no Markdown
		}
		text = e.Now()
	}
	lines := &lineCounter{text: text}
	for _, b := range blocksOf(file, text) {
		shown := markup.Plain(b.text)
		for _, w := range m.words {
			if !m.own[file] && file != m.place.File.Path && w.stays(file) || same(w, shown) <= same(w, b.text) {
				continue
			}
			d, _ := mention(lines.pos(file, b.at), w, vi.Same, diag.T("như trang hiện ra", "as the page shows it"), "", m.own[file])
			d.Excerpt = lineAt(text, b.at)
			out = append(out, d)
		}
	}
	return out
}

// same counts how often words stand in a text with certainty.
func same(w sought, text string) (n int) {
	for _, at := range w.In(text) {
		if at.Likeness == vi.Same {
			n++
		}
	}
	return n
}

// block is a text that is shown by itself, and where it begins in its file.
type block struct {
	text string
	at   int
}

var paragraphEnd = regexp.MustCompile(`\n[ \t]*\n\s*`)

// blocksOf are the values of a file that describes, and the paragraphs of Markdown.
func blocksOf(file, text string) (out []block) {
	switch ending := strings.ToLower(path.Ext(file)); {
	case slices.Contains([]string{".yaml", ".yml"}, ending):
		content.Values(text, func(string) bool { return true }, func(v content.Value) {
			out = append(out, block{v.Text, v.Offset})
		})
	case ending == ".md":
		at := 0
		for _, end := range append(paragraphEnd.FindAllStringIndex(text, -1), []int{len(text), len(text)}) {
			out = append(out, block{text[at:end[0]], at})
			at = end[1]
		}
	}
	return out
}
