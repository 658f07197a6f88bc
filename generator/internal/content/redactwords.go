package content

import (
	"slices"
	"strings"

	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"

	"gopkg.in/yaml.v3"
)

// Replacement are words of a transcript and what stands in their place.
type Replacement struct {
	Old, New string
	wording  vi.Wording
}

// Replace reads words to be replaced, however a text writes them.
func Replace(old, with string) Replacement {
	return Replacement{Old: old, New: with, wording: vi.NewWording(old)}
}

// transcripts are the keys of an object that hold the text of its picture.
var transcripts = []string{"transcript", "translation"}

// standing is a place of a text where words are replaced.
type standing struct {
	splice
	old string
}

// standings are where words stand in a text; where several might be replaced, the
// first are, and of those that begin together the first of the list. Words that
// bear other marks stay: they are other words.
func standings(text string, words []Replacement) (out []standing) {
	for _, r := range words {
		for _, m := range r.wording.In(text) {
			if m.Likeness == vi.Near {
				continue
			}
			with := r.New
			for _, k := range m.Kept {
				with += text[k[0]:k[1]] + r.New
			}
			out = append(out, standing{splice{m.From, m.To, with}, r.Old})
		}
	}
	slices.SortStableFunc(out, func(a, b standing) int { return a.from - b.from })
	end := 0
	return slices.DeleteFunc(out, func(s standing) bool {
		over := s.from < end
		if !over {
			end = s.to
		}
		return over
	})
}

// replacedText is a text with the words replaced.
func replacedText(text string, words []Replacement) string {
	var changes []splice
	for _, s := range standings(text, words) {
		changes = append(changes, s.splice)
	}
	return spliced(text, changes)
}

// words plans the replacements in the transcripts of an object.
func (e *coverer) words(root, item *yaml.Node, of Redaction) {
	for _, key := range transcripts {
		e.wordsIn(root, valueOf(item, key), of)
	}
}

// wordsIn plans the replacements in a text and its versions in other languages. A
// file stays, for its name leads to it.
func (e *coverer) wordsIn(root, n *yaml.Node, of Redaction) {
	switch {
	case n == nil:
	case n.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value != "file" {
				e.wordsIn(root, n.Content[i+1], of)
			}
		}
	case n.Kind == yaml.ScalarNode:
		e.wordsOf(root, n, of)
	}
}

// wordsOf plans the replacements in a scalar. One without quotation marks gets
// them: the mark of a covering would be taken for a list.
func (e *coverer) wordsOf(root, n *yaml.Node, of Redaction) {
	text := e.place.Piece.Text
	if from, to, ok := tokenOf(text, n); ok && n.Style == 0 {
		if now := replacedText(n.Value, of.Words); now != n.Value {
			e.changes = append(e.changes, splice{from, to, quoted(now)})
			e.count(of, n.Value)
		}
		return
	}
	at, end := offsetOf(text, n.Line, n.Column), len(text)
	if next := following(root, n); next != nil {
		end = offsetOf(text, next.Line, next.Column)
	}
	for _, s := range standings(text[at:end], of.Words) {
		e.changes = append(e.changes, splice{at + s.from, at + s.to, s.with})
	}
	e.count(of, text[at:end])
}

func (e *coverer) count(of Redaction, text string) {
	for _, s := range standings(text, of.Words) {
		e.replaced[Replaced{of.Object, s.old}]++
	}
}

// following is the node that begins after a node and all within it, nil where
// there is none.
func following(root, n *yaml.Node) *yaml.Node {
	seen := false
	var find func(at *yaml.Node) *yaml.Node
	find = func(at *yaml.Node) *yaml.Node {
		if at == n {
			seen = true
			return nil
		}
		if seen {
			return at
		}
		for _, c := range at.Content {
			if next := find(c); next != nil {
				return next
			}
		}
		return nil
	}
	return find(root)
}

// replacedIn is a YAML value with the words replaced in all its texts.
func replacedIn(v any, words []Replacement) any {
	switch v := v.(type) {
	case string:
		return replacedText(v, words)
	case map[string]any:
		for key, value := range v {
			if key != "file" {
				v[key] = replacedIn(value, words)
			}
		}
	}
	return v
}

// RedactFile finds out how the words are replaced in a text file beside the
// pictures. Nothing is written.
func (t *Tree) RedactFile(file string, words []Replacement) (*Edit, error) {
	raw, err := t.readFile(file, maxText)
	if err != nil {
		return nil, err
	}
	e := &Edit{File: file, Replaced: map[Replaced]int{}, was: raw}
	var changes []splice
	for _, s := range standings(string(raw), words) {
		e.Replaced[Replaced{Words: s.old}]++
		changes = append(changes, s.splice)
	}
	e.now = []byte(spliced(string(raw), changes))
	if text, _, ok := cleanText(file, raw); ok {
		for _, s := range standings(text, words) {
			e.covered = append(e.covered, s.splice)
		}
	}
	return e, nil
}

// Covers reports whether an edit takes away what stands between two bytes of the
// text of its file.
func (e *Edit) Covers(from, to int) bool {
	return slices.ContainsFunc(e.covered, func(s splice) bool { return s.from <= from && to <= s.to })
}

// BesideOf are the files that belong to a record besides its description: its
// Markdown and those that its objects name as words.
func (t *Tree) BesideOf(p *Place) []string {
	names := t.BodyNames(p.File, p.Unit.ID.V)
	for _, o := range p.Unit.Objects {
		for _, name := range o.Files() {
			if name != o.File.V || o.Kind.V == "text" {
				names = append(names, MediaPath(p.File.Owner, name))
			}
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { return !t.HasFile(name) })
}

// Text is the text of a file, and whether it can be read.
func (t *Tree) Text(file string) (string, bool) {
	text, _, ok := t.readText(file)
	return text, ok
}

// MarkedIn reports whether a transcript in a file bears the mark of a ground.
func (t *Tree) MarkedIn(file, ground string) bool {
	text, ok := t.Text(file)
	return ok && strings.Contains(text, record.CoverMark(ground))
}
