package content

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// Replacement are words of a transcript and what stands in their place.
type Replacement struct{ Old, New string }

// transcripts are the keys of an object that hold the text of its picture.
var transcripts = []string{"transcript", "translation"}

// words plans the replacements in the transcripts of an object.
func (e *coverer) words(root, item *yaml.Node, of Redaction) {
	text := e.place.Piece.Text
	for _, key := range transcripts {
		value := valueOf(item, key)
		if value == nil {
			continue
		}
		end := len(text)
		if next := following(root, value); next != nil {
			end = offsetOf(text, next.Line, next.Column)
		}
		for at := offsetOf(text, value.Line, value.Column); at < end; {
			r, found := standing(text[at:end], of.Words)
			if !found {
				at++
				continue
			}
			e.changes = append(e.changes, splice{at, at + len(r.Old), r.New})
			e.replaced[Replaced{of.Object, r.Old}]++
			at += len(r.Old)
		}
	}
}

// standing is the first of the words with which a text begins.
func standing(text string, words []Replacement) (Replacement, bool) {
	for _, r := range words {
		if strings.HasPrefix(text, r.Old) {
			return r, true
		}
	}
	return Replacement{}, false
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

// replacer is how words are replaced in a text; where several might be, the
// first of the list is.
func replacer(words []Replacement) *strings.Replacer {
	var pairs []string
	for _, r := range words {
		pairs = append(pairs, r.Old, r.New)
	}
	return strings.NewReplacer(pairs...)
}

// replacedIn is a YAML value with the words replaced in all its texts.
func replacedIn(v any, words []Replacement) any {
	switch v := v.(type) {
	case string:
		return replacer(words).Replace(v)
	case map[string]any:
		for key, value := range v {
			v[key] = replacedIn(value, words)
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
	for text := string(raw); text != ""; {
		if r, found := standing(text, words); found {
			e.Replaced[Replaced{Words: r.Old}]++
			e.now = append(e.now, r.New...)
			text = text[len(r.Old):]
			continue
		}
		e.now = append(e.now, text[0])
		text = text[1:]
	}
	return e, nil
}

// Describing are the texts that belong to a record, by file: its description as
// it now stands, what is written beside it, and the text files of its objects.
// Those that cannot be read are left out.
func (t *Tree) Describing(p *Place) map[string]string {
	out := map[string]string{}
	names := t.BodyNames(p.File, p.Unit.ID.V)
	for _, o := range p.Unit.Objects {
		for _, name := range o.Files() {
			if name != o.File.V || o.Kind.V == "text" {
				names = append(names, MediaPath(p.File.Owner, name))
			}
		}
	}
	for _, name := range names {
		if !t.HasFile(name) {
			continue
		}
		if text, _, ok := t.readText(name); ok {
			out[name] = text
		}
	}
	return out
}
