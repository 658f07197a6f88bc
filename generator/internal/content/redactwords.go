package content

import (
	"slices"
	"strings"

	"vitrine/generator/diag"
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
	found := standings(text[at:end], of.Words)
	for _, s := range found {
		e.changes = append(e.changes, splice{at + s.from, at + s.to, s.with})
	}
	if value := standings(n.Value, of.Words); len(value) != len(found) || n.Style == 0 && len(value) > 0 && value[0].from == 0 {
		e.stuck = append(e.stuck, n)
	}
	e.count(of, text[at:end])
}

// stuckWords refuses values in whose lines the words are not as they are read, such
// as a word that is broken over two of them, or that would begin with the mark of
// a covering and have no quotation marks. All of them are named.
func (e *coverer) stuckWords() error {
	if len(e.stuck) == 0 {
		return nil
	}
	u := &Unsafe{At: e.place.at(e.stuck[0].Line, e.stuck[0].Column),
		Msg:  diag.T("không lấy được chữ phải che ra khỏi lời chép này", "the words to cover cannot be taken out of this text"),
		Hint: diag.T("viết lời ấy thành khối sau dấu «|», mỗi từ trọn trên một dòng, rồi gọi lại lệnh", "write the text as a block behind «|», each word whole on its line, and call the command again")}
	for _, n := range e.stuck[1:] {
		u.Also = append(u.Also, e.place.at(n.Line, n.Column))
	}
	return u
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

// Planned are the files as they will be, once edits are made.
func Planned(edits []*Edit) map[string]string {
	out := map[string]string{}
	for _, e := range edits {
		out[e.File] = string(e.now)
	}
	return out
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
