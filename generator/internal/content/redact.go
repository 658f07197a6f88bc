package content

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"vitrine/generator/diag"

	"gopkg.in/yaml.v3"
)

// Redaction is what is written into a record of an object whose picture was
// covered; the keys are those of record.Redaction.
type Redaction struct {
	Object      int    // number of the object in the record
	File        string // of the picture, below the media folder
	Label       string // of the object, if it is added; may be empty
	Count       int    // of covered places; 0 for a page of a document on which nothing was covered
	Grounds     []string
	By, Date    string
	DerivedFrom string // hash of the master
	Words       []Replacement
}

// line is the block as it is written.
func (r Redaction) line() string {
	return fmt.Sprintf("redaction: {count: %d, grounds: [%s], by: %s, date: %s, derived_from_sha256: %s}",
		r.Count, strings.Join(r.Grounds, ", "), quoted(r.By), quoted(r.Date), quoted(r.DerivedFrom))
}

// Replaced are words of a transcript that were replaced: of an object of a record,
// or, with the number 0, in a file of its own.
type Replaced struct {
	Object int
	Words  string
}

// Edit is a change to one file of the content that was found safe and not yet made.
type Edit struct {
	File     string
	Replaced map[Replaced]int // how often words are
	was, now []byte
	covered  []splice // what is taken away, in the text of the file
	whole    bool     // the file is written anew, and nothing of what it was stays
	unplaced bool     // the places of its lines were left out
}

// Apply makes the change, at once; it is an [*Unsafe] if the file has changed since.
func (t *Tree) Apply(e *Edit) error { return t.replace(e.File, e.was, e.now) }

// Redact finds out how the description at a place is edited so that objects of it,
// each given once, name covered pictures: those that are there get the file and the
// block redaction, and the others are added behind them, in the order of the list.
// Every other byte, comment and line end of the file stays. The error is an
// [*Unsafe] where that cannot be done with certainty. Nothing is written.
func (t *Tree) Redact(p *Place, list []Redaction) (*Edit, error) {
	raw, err := t.readFile(p.File.Path, maxText)
	if err != nil {
		return nil, err
	}
	text, err := p.fresh(raw)
	if err != nil {
		return nil, err
	}
	e := coverer{place: p, replaced: map[Replaced]int{}}
	if err := e.plan(list); err != nil {
		return nil, err
	}
	if err := e.proved(); err != nil {
		return nil, err
	}
	edit := &Edit{File: p.File.Path, Replaced: e.replaced, was: raw, now: p.edited(raw, text, e.changes)}
	for _, s := range e.changes {
		edit.covered = append(edit.covered, splice{p.Piece.Offset + s.from, p.Piece.Offset + s.to, s.with})
	}
	return edit, nil
}

// coverer plans the changes to one piece.
type coverer struct {
	place   *Place
	changes []splice
	changed map[int]Redaction // by the index of the object that was there
	added   []Redaction

	replaced map[Replaced]int
	stuck    []*yaml.Node // values out of which words cannot be taken with certainty
}

// unsafe refuses at a node, and says what to write by hand.
func (e *coverer) unsafe(n *yaml.Node, vi, en string) error {
	return &Unsafe{At: e.place.at(n.Line, n.Column), Msg: diag.Text{Vi: vi, En: en},
		Hint: diag.T("sửa chỗ ấy rồi gọi lại lệnh; đối tượng số phải gồm các khoá viết từng dòng, như kind, seq, file; chữ phải che trong bản chép viết liền, không ngắt giữa từ", "mend that place and call the command again; a digital object must be keys on lines of their own, such as kind, seq and file, and the words to cover are written in the transcript without a break inside a word")}
}

func (e *coverer) plan(list []Redaction) error {
	var doc yaml.Node
	if err := unmarshal(e.place.Piece.Text, &doc); err != nil || len(doc.Content) == 0 {
		return e.unsafe(&yaml.Node{Line: 1, Column: 1}, "không đọc được bản ghi này", "this record cannot be read")
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode || root.Style&yaml.FlowStyle != 0 {
		return e.unsafe(root, "bản ghi viết trong ngoặc {…} nên không sửa tự động được", "the record is written in braces {…}, which is not edited automatically")
	}
	key, objects := keyNode(root, "objects"), valueOf(root, "objects")
	indent, heading := "  ", "objects:\n"
	if key != nil {
		if objects.Kind != yaml.SequenceNode || objects.Style&yaml.FlowStyle != 0 || len(objects.Content) == 0 {
			return e.unsafe(key, "objects không viết thành danh sách từng dòng nên không sửa tự động được", "objects is no list of lines, and is not edited automatically")
		}
		indent, heading = strings.Repeat(" ", objects.Column-1), ""
		if err := e.changeAll(root, objects, list); err != nil {
			return err
		}
	}
	var lines strings.Builder
	for _, r := range list {
		if !e.isChanged(r.Object) {
			e.added = append(e.added, r)
			lines.WriteString(r.object(indent))
		}
	}
	if len(e.added) > 0 {
		e.append(root, key, heading+lines.String())
	}
	slices.SortStableFunc(e.changes, func(a, b splice) int { return a.from - b.from })
	return e.stuckWords()
}

// changeAll changes the objects that are there.
func (e *coverer) changeAll(root, objects *yaml.Node, list []Redaction) error {
	e.changed = map[int]Redaction{}
	for i, item := range objects.Content {
		for _, r := range list {
			if objectNumber(item, i) != r.Object || e.isChanged(r.Object) {
				continue
			}
			e.changed[i] = r
			if err := e.change(root, item, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// isChanged reports whether an object of this number was there.
func (e *coverer) isChanged(number int) bool {
	for _, r := range e.changed {
		if r.Object == number {
			return true
		}
	}
	return false
}

// objectNumber is seq of an object, or else its place among the others, from 1.
func objectNumber(item *yaml.Node, i int) int {
	if seq := valueOf(item, "seq"); seq != nil {
		var n int
		if seq.Decode(&n) != nil {
			return 0
		}
		if n != 0 {
			return n
		}
	}
	return i + 1
}

// object are the lines of an object that is added.
func (r Redaction) object(indent string) string {
	lines := []string{"- kind: page", fmt.Sprintf("  seq: %d", r.Object)}
	if r.Label != "" {
		lines = append(lines, "  label: "+quoted(r.Label))
	}
	lines = append(lines, "  file: "+quoted(r.File))
	if r.Count > 0 {
		lines = append(lines, "  "+r.line())
	}
	return indent + strings.Join(lines, "\n"+indent) + "\n"
}

// append adds lines behind the value of a key of the record, or behind all.
func (e *coverer) append(root, key *yaml.Node, lines string) {
	text, at := e.place.Piece.Text, len(e.place.Piece.Text)
	for i := 0; key != nil && i+3 < len(root.Content); i += 2 {
		if root.Content[i] == key {
			at = offsetOf(text, root.Content[i+2].Line, 1)
		}
	}
	for at > 0 && at <= len(text) { // above comments and empty lines, which belong to what follows
		above := strings.LastIndexByte(text[:at-1], '\n') + 1
		if line := text[above:at]; strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "#") || above == 0 {
			break
		}
		at = above
	}
	if at > 0 && text[at-1] != '\n' {
		lines = "\n" + lines
	}
	e.changes = append(e.changes, splice{at, at, lines})
}

// describes are keys of an object that say something of its file, and would be
// wrong of another.
var describes = []string{"sha256", "bytes", "mime", "width", "height", "ppi", "derived_from_sha256"}

// change gives an object its covered picture.
func (e *coverer) change(root, item *yaml.Node, r Redaction) error {
	file := valueOf(item, "file")
	if file == nil || file.Kind != yaml.ScalarNode {
		return e.unsafe(item, "đối tượng số thiếu khoá file", "the digital object lacks the key file")
	}
	for _, k := range describes {
		if n := keyNode(item, k); n != nil {
			return e.unsafe(n, "khoá "+k+" tả tệp cũ, không đúng với bản che; bỏ dòng ấy", "the key "+k+" describes the old file and not the covered one; take the line out")
		}
	}
	from, to, ok := tokenOf(e.place.Piece.Text, file)
	if !ok {
		return e.unsafe(file, "giá trị này viết theo kiểu không sửa tự động được", "this value is written in a way that is not edited automatically")
	}
	name := splice{from, to, quoted(r.File)}
	block, err := e.block(item, &name, r)
	if err != nil {
		return err
	}
	e.changes = append(append(e.changes, name), block...)
	e.words(root, item, r)
	return nil
}

// block writes redaction behind the name of the file, or in place of an earlier one.
func (e *coverer) block(item *yaml.Node, name *splice, r Redaction) ([]splice, error) {
	text := e.place.Piece.Text
	key := keyNode(item, "redaction")
	switch {
	case key != nil && r.Count == 0:
		return nil, e.unsafe(key, "trang này đã che, mà lần này không có ô nào cho nó; nếu đúng thế, bỏ dòng redaction", "this page was covered, and this time there is no box for it; if that is right, take the line out")
	case key != nil:
		value := valueOf(item, "redaction")
		end, ok := bracesEnd(text, offsetOf(text, value.Line, value.Column))
		if !ok {
			return nil, e.unsafe(value, "khối redaction cũ không viết trên một dòng trong ngoặc {…}", "the earlier redaction is not on one line in braces {…}")
		}
		return []splice{{offsetOf(text, key.Line, key.Column), end, r.line()}}, nil
	case r.Count == 0:
		return nil, nil
	case item.Style&yaml.FlowStyle != 0:
		name.with += ", " + r.line()
		return nil, nil
	}
	line := strings.Repeat(" ", item.Column-1) + r.line()
	if next := strings.IndexByte(text[name.to:], '\n'); next >= 0 {
		at := name.to + next + 1
		return []splice{{at, at, line + "\n"}}, nil
	}
	return []splice{{len(text), len(text), "\n" + line}}, nil
}

// tokenOf is where a scalar on one line stands.
func tokenOf(text string, n *yaml.Node) (from, to int, ok bool) {
	from = offsetOf(text, n.Line, n.Column)
	for _, mark := range []string{`"`, "'", ""} {
		if token := mark + n.Value + mark; n.Value != "" && strings.HasPrefix(text[from:], token) {
			return from, from + len(token), true
		}
	}
	return 0, 0, false
}

// bracesEnd is the end of a mapping in braces that stands on one line.
func bracesEnd(text string, from int) (int, bool) {
	if !strings.HasPrefix(text[from:], "{") {
		return 0, false
	}
	line, _, _ := strings.Cut(text[from:], "\n")
	for i := range len(line) {
		if line[i] != '}' {
			continue
		}
		if _, err := keyed(line[:i+1]); err == nil { // one in quotation marks leaves the quotation open
			return from + i + 1, true
		}
	}
	return 0, false
}

// proved reads the edited record again: it must say what it said before but for
// the files and the redactions of the objects, and for those that were added.
func (e *coverer) proved() error {
	before, err := keyed(e.place.Piece.Text)
	after, err2 := keyed(spliced(e.place.Piece.Text, e.changes))
	was, _ := before["objects"].([]any)
	is, _ := after["objects"].([]any)
	if err == nil && err2 == nil && len(is) == len(was)+len(e.added) {
		proved := true
		for i, r := range e.changed {
			proved = proved && r.shown(is[i], was[i])
		}
		for i, r := range e.added {
			proved = proved && r.shown(is[len(was)+i], nil)
		}
		after["objects"], before["objects"] = is[:len(was):len(was)], append([]any{}, was...)
		if proved && reflect.DeepEqual(before, after) {
			return nil
		}
	}
	return e.unsafe(&yaml.Node{Line: 1, Column: 1}, "không chắc sửa được mà không làm hỏng bản ghi này", "it is not certain that this record can be edited without harm")
}

// shown reports whether an object shows the redaction. Then it makes of the object
// and of what it was, if it was there, what they must have in common.
func (r Redaction) shown(is, was any) bool {
	object, _ := is.(map[string]any)
	var want any
	if r.Count > 0 {
		block, err := keyed(r.line())
		if err != nil {
			return false
		}
		want = block["redaction"]
	}
	if object["file"] != r.File || !reflect.DeepEqual(object["redaction"], want) {
		return false
	}
	if old, _ := was.(map[string]any); old != nil {
		object["file"] = old["file"]
		delete(object, "redaction")
		delete(old, "redaction")
		for _, key := range transcripts {
			if v, given := old[key]; given {
				old[key] = replacedIn(v, r.Words)
			}
		}
	}
	return true
}
