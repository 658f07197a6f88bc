package content

import (
	"reflect"
	"strings"

	"vitrine/generator/diag"

	"gopkg.in/yaml.v3"
)

// Withdrawal is what is written into a record that is taken off the site; the
// keys are those of record.Withdrawal. Empty values are left out.
type Withdrawal struct {
	Date, Reason, Decision, PublicNote, Level string
}

// Withdraw writes a withdrawal into the description at a place: it adds the key
// withdrawn and sets the state of the access block, and leaves every other
// byte, comment and line end of the file as it was. The error is an [*Unsafe]
// where that cannot be done with certainty; then nothing was written.
func (t *Tree) Withdraw(p *Place, w Withdrawal) error {
	raw, err := t.readFile(p.File.Path, maxText)
	if err != nil {
		return err
	}
	edited, err := withdraw(p, raw, w)
	if err != nil {
		return err
	}
	return t.replace(p.File.Path, raw, edited)
}

// withdraw edits the bytes of a file.
func withdraw(p *Place, raw []byte, w Withdrawal) ([]byte, error) {
	text, err := p.fresh(raw)
	if err != nil {
		return nil, err
	}
	e := editor{place: p, lines: w.lines()}
	if err := e.plan(); err != nil {
		return nil, err
	}
	if err := e.proved(); err != nil {
		return nil, err
	}
	return p.edited(raw, text, e.changes), nil
}

// lines are the block as it is written, without its indentation.
func (w Withdrawal) lines() []string {
	out := []string{"withdrawn:"}
	for _, kv := range [][2]string{{"date", w.Date}, {"reason", w.Reason}, {"decision", w.Decision}, {"public_note", w.PublicNote}, {"level", w.Level}} {
		if kv[1] == "" {
			continue
		}
		value := kv[1]
		if kv[0] != "reason" && kv[0] != "level" {
			value = quoted(value)
		}
		out = append(out, "  "+kv[0]+": "+value)
	}
	return out
}

// editor plans the changes to one piece. Places are bytes of its text.
type editor struct {
	place   *Place
	lines   []string
	changes []splice // from the first to the last
	indent  string
}

// unsafe refuses at a node, and says what to write by hand.
func (e *editor) unsafe(n *yaml.Node, vi, en string) error {
	block := strings.Join(e.lines, "\n    ")
	return &Unsafe{At: e.place.at(n.Line, n.Column), Msg: diag.Text{Vi: vi, En: en},
		Hint: diag.T("tự ghi vào bản ghi, rồi gọi lại lệnh này:\n    %[1]s\n    access: {state: withdrawn}", "write this into the record by hand, then call the command again:\n    %[1]s\n    access: {state: withdrawn}", block)}
}

func (e *editor) plan() error {
	var doc yaml.Node
	if err := unmarshal(e.place.Piece.Text, &doc); err != nil || len(doc.Content) == 0 {
		return e.unsafe(&yaml.Node{Line: 1, Column: 1}, "không đọc được bản ghi này", "this record cannot be read")
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode || root.Style&yaml.FlowStyle != 0 || len(root.Content) == 0 {
		return e.unsafe(root, "bản ghi viết trong ngoặc {…} nên không sửa tự động được", "the record is written in braces {…}, which is not edited automatically")
	}
	if k := keyNode(root, "withdrawn"); k != nil {
		return e.unsafe(k, "bản ghi đã có khối withdrawn", "the record has a withdrawn block already")
	}
	if root.Column > 1 {
		e.indent = strings.Repeat(" ", root.Column-1)
	}
	access := keyNode(root, "access")
	if access == nil {
		second := root.Content[min(2, len(root.Content)-2)] // above the first there may stand what the file is about
		return e.add(second, append(e.lines, "access: {state: withdrawn}"))
	}
	if err := e.add(access, e.lines); err != nil {
		return err
	}
	return e.state(access, valueOf(root, "access"))
}

// add inserts lines above a key of the record, and above the comment that
// belongs to the key.
func (e *editor) add(key *yaml.Node, lines []string) error {
	text := e.place.Piece.Text
	at := offsetOf(text, key.Line, 1)
	if !strings.HasPrefix(text[at:], e.indent+key.Value) {
		return e.unsafe(key, "khoá này viết theo kiểu không sửa tự động được", "this key is written in a way that is not edited automatically")
	}
	for at > 0 {
		above := strings.LastIndexByte(text[:at-1], '\n') + 1
		if !strings.HasPrefix(text[above:], e.indent+"#") { // deeper, it might be part of a text
			break
		}
		at = above
	}
	with := ""
	for _, l := range lines {
		with += e.indent + l + "\n"
	}
	e.changes = append(e.changes, splice{at, at, with})
	return nil
}

// state sets the state of the access block.
func (e *editor) state(key, access *yaml.Node) error {
	state := valueOf(access, "state")
	if state == nil || state.Kind != yaml.ScalarNode || state.Anchor != "" {
		return e.unsafe(key, "khối access không có state để đổi", "the access block has no state to change")
	}
	text := e.place.Piece.Text
	from := offsetOf(text, state.Line, state.Column)
	for _, mark := range []string{`"`, "'", ""} {
		if token := mark + state.Value + mark; state.Value != "" && strings.HasPrefix(text[from:], token) {
			e.changes = append(e.changes, splice{from, from + len(token), "withdrawn"})
			return nil
		}
	}
	return e.unsafe(state, "giá trị này viết theo kiểu không sửa tự động được", "this value is written in a way that is not edited automatically")
}

// proved reads the edited record again: it must say what it said before but
// for the two things that were changed.
func (e *editor) proved() error {
	text := spliced(e.place.Piece.Text, e.changes)
	before, err := keyed(e.place.Piece.Text)
	after, err2 := keyed(text)
	_, written := after["withdrawn"]
	access, _ := after["access"].(map[string]any)
	ok := err == nil && err2 == nil && written && access["state"] == "withdrawn"
	if was, _ := before["access"].(map[string]any); was == nil {
		delete(after, "access")
	} else {
		access["state"] = was["state"]
	}
	delete(after, "withdrawn")
	if ok && reflect.DeepEqual(before, after) {
		return nil
	}
	return e.unsafe(&yaml.Node{Line: 1, Column: 1}, "không chắc sửa được mà không làm hỏng bản ghi này", "it is not certain that this record can be edited without harm")
}
