package content

import (
	"vitrine/generator/diag"
	"vitrine/generator/internal/record"

	"gopkg.in/yaml.v3"
)

// empties are the keys of a decision that were left empty. In a draft they wait for what
// is to come; in one that was signed an end that was forgotten would let everything out
// for ever. The date of review alone may wait: it opens nothing and closes nothing.
func (t *Tree) empties(c *record.Clearance, p Piece) (out []diag.Diagnostic) {
	if d := c.Decision; d.Number.V == "" && d.Date.IsZero() && d.Signatory.V == "" {
		return nil
	}
	room := nodeRooms.Get().(*nodeRoom)
	defer room.release()
	if n, _ := parse(c.File, p, room); n != nil {
		d := t.decoder(c.File, p.Line)
		d.empties(n)
		out = d.ds
	}
	return out
}

func (d *decoder) empties(n *yaml.Node) {
	for i := 0; i+1 < len(n.Content) && n.Kind == yaml.MappingNode; i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		switch list := v.Kind == yaml.SequenceNode || v.Kind == yaml.MappingNode; {
		case list && len(v.Content) > 0:
			d.empties(v)
		case (list || isEmpty(v)) && k.Value != "review_by":
			d.left(k)
		}
	}
	for _, v := range n.Content {
		if n.Kind == yaml.SequenceNode && isEmpty(v) {
			d.errorf(v, "value-empty", "giá trị để trống", "the value is empty").
				Hint = diag.T("ghi giá trị hoặc bỏ mục này", "give it a value or leave the item out")
		}
	}
}

// left reports a key that was left empty.
func (d *decoder) left(k *yaml.Node) {
	d.errorf(k, "value-empty", "khoá %q để trống", "the key %q is left empty", k.Value).
		Hint = diag.T("ghi giá trị hoặc bỏ cả dòng", "give it a value or leave the line out")
}
