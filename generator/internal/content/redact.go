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
	File        string // of the covered picture, below the media folder
	Count       int
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

// Edit is a change to one file of the content that was found safe and not yet made.
type Edit struct {
	File     string
	Replaced map[string]int // how often words of a transcript are, by what they were
	was, now []byte
}

// Apply makes the change, at once; it is an [*Unsafe] if the file has changed since.
func (t *Tree) Apply(e *Edit) error { return t.replace(e.File, e.was, e.now) }

// Redact finds out how the description at a place is edited so that an object
// of it names a covered picture: one that is there gets the file and the block
// redaction, or else an object is added behind the others. Every other byte,
// comment and line end of the file stays. The error is an [*Unsafe] where that
// cannot be done with certainty. Nothing is written.
func (t *Tree) Redact(p *Place, r Redaction) (*Edit, error) {
	raw, err := t.readFile(p.File.Path, maxText)
	if err != nil {
		return nil, err
	}
	text, err := p.fresh(raw)
	if err != nil {
		return nil, err
	}
	e := coverer{place: p, r: r, item: -1, replaced: map[string]int{}}
	if err := e.plan(); err != nil {
		return nil, err
	}
	if err := e.proved(); err != nil {
		return nil, err
	}
	return &Edit{File: p.File.Path, Replaced: e.replaced, was: raw, now: p.edited(raw, text, e.changes)}, nil
}

// coverer plans the changes to one piece.
type coverer struct {
	place   *Place
	r       Redaction
	changes []splice
	item    int // index of the object that was there, or -1

	replaced map[string]int
}

// unsafe refuses at a node, and says what to write by hand.
func (e *coverer) unsafe(n *yaml.Node, vi, en string) error {
	return &Unsafe{At: e.place.at(n.Line, n.Column), Msg: diag.Text{Vi: vi, En: en},
		Hint: diag.T("sửa chỗ ấy rồi gọi lại lệnh; đối tượng số phải gồm các khoá viết từng dòng, như kind, seq, file; chữ phải che không được ngắt qua hai dòng", "mend that place and call the command again; a digital object must be keys on lines of their own, such as kind, seq and file, and words to cover may not run over the end of a line")}
}

func (e *coverer) plan() error {
	var doc yaml.Node
	if err := unmarshal(e.place.Piece.Text, &doc); err != nil || len(doc.Content) == 0 {
		return e.unsafe(&yaml.Node{Line: 1, Column: 1}, "không đọc được bản ghi này", "this record cannot be read")
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode || root.Style&yaml.FlowStyle != 0 {
		return e.unsafe(root, "bản ghi viết trong ngoặc {…} nên không sửa tự động được", "the record is written in braces {…}, which is not edited automatically")
	}
	key, objects := keyNode(root, "objects"), valueOf(root, "objects")
	switch {
	case key == nil:
		return e.append(root, nil, "objects:\n"+e.object("  "))
	case objects.Kind != yaml.SequenceNode || objects.Style&yaml.FlowStyle != 0 || len(objects.Content) == 0:
		return e.unsafe(key, "objects không viết thành danh sách từng dòng nên không sửa tự động được", "objects is no list of lines, and is not edited automatically")
	}
	for i, item := range objects.Content {
		if objectNumber(item, i) == e.r.Object {
			e.item = i
			return e.change(root, item)
		}
	}
	return e.append(root, key, e.object(strings.Repeat(" ", objects.Column-1)))
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
func (e *coverer) object(indent string) string {
	return fmt.Sprintf("%[1]s- kind: page\n%[1]s  seq: %[2]d\n%[1]s  file: %[3]s\n%[1]s  %[4]s\n", indent, e.r.Object, quoted(e.r.File), e.r.line())
}

// append adds lines behind the value of a key of the record, or behind all.
func (e *coverer) append(root, key *yaml.Node, lines string) error {
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
	return nil
}

// describes are keys of an object that say something of its file, and would be
// wrong of another.
var describes = []string{"sha256", "bytes", "mime", "width", "height", "ppi", "derived_from_sha256"}

// change gives an object its covered picture.
func (e *coverer) change(root, item *yaml.Node) error {
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
	e.changes = append(e.changes, splice{from, to, quoted(e.r.File)})
	if err := e.block(item, file, to); err != nil {
		return err
	}
	e.words(root, item)
	slices.SortFunc(e.changes, func(a, b splice) int { return a.from - b.from })
	return nil
}

// block writes redaction behind the file, or in place of an earlier one.
func (e *coverer) block(item, file *yaml.Node, behind int) error {
	text := e.place.Piece.Text
	if key := keyNode(item, "redaction"); key != nil {
		value := valueOf(item, "redaction")
		end, ok := bracesEnd(text, offsetOf(text, value.Line, value.Column))
		if !ok {
			return e.unsafe(value, "khối redaction cũ không viết trên một dòng trong ngoặc {…}", "the earlier redaction is not on one line in braces {…}")
		}
		e.changes = append(e.changes, splice{offsetOf(text, key.Line, key.Column), end, e.r.line()})
		return nil
	}
	if item.Style&yaml.FlowStyle != 0 {
		e.changes[0].with += ", " + e.r.line()
		return nil
	}
	line := strings.Repeat(" ", item.Column-1) + e.r.line()
	if next := strings.IndexByte(text[behind:], '\n'); next >= 0 {
		at := behind + next + 1
		e.changes = append(e.changes, splice{at, at, line + "\n"})
		return nil
	}
	e.changes = append(e.changes, splice{len(text), len(text), "\n" + line})
	return nil
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
// the file and the redaction of one object.
func (e *coverer) proved() error {
	before, err := keyed(e.place.Piece.Text)
	after, err2 := keyed(spliced(e.place.Piece.Text, e.changes))
	want, err3 := keyed(e.r.line())
	was, _ := before["objects"].([]any)
	is, _ := after["objects"].([]any)
	at := e.item
	if at < 0 {
		at = len(was)
	}
	if err == nil && err2 == nil && err3 == nil && at < len(is) {
		object, _ := is[at].(map[string]any)
		ok := object["file"] == e.r.File && reflect.DeepEqual(object["redaction"], want["redaction"])
		if e.item < 0 {
			after["objects"] = is[:at:at]
			before["objects"] = append([]any{}, was...)
		} else if old, _ := was[at].(map[string]any); old != nil {
			object["file"] = old["file"]
			delete(object, "redaction")
			delete(old, "redaction")
			for _, key := range transcripts {
				if v, given := old[key]; given {
					old[key] = replacedIn(v, e.r.Words)
				}
			}
		}
		if ok && reflect.DeepEqual(before, after) {
			return nil
		}
	}
	return e.unsafe(&yaml.Node{Line: 1, Column: 1}, "không chắc sửa được mà không làm hỏng bản ghi này", "it is not certain that this record can be edited without harm")
}
