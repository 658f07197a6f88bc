package content

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"path"
	"reflect"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"

	"gopkg.in/yaml.v3"
)

// maxErrors is how many errors in one file of records are told.
const maxErrors = 10_000

// Units reads every unit of a fonds.yaml or of a file of records and returns
// the SHA-256 of the file.
func (t *Tree) Units(f File, each func(u *record.Unit, loc record.Loc, ds []diag.Diagnostic)) (sum [sha256.Size]byte) {
	raw, err := t.readFile(f.Path, maxText)
	if err != nil {
		each(nil, record.Loc{File: f.Path}, []diag.Diagnostic{unreadable(f.Path, err)})
		return sum
	}
	sum = sha256.Sum256(raw)
	text, ds, ok := cleanText(f.Path, raw)
	if !ok {
		each(nil, record.Loc{File: f.Path}, ds)
		return sum
	}
	disk := cursor{raw: raw, text: text}
	errors := 0
	for _, p := range split(text) {
		if errors > maxErrors {
			each(nil, record.Loc{File: f.Path}, []diag.Diagnostic{diag.Errorf("yaml-faults", diag.Pos{File: f.Path, Line: p.Line, Col: 1},
				"tệp có hơn %d lỗi; từ dòng này không đọc nữa", "the file has more than %d faults; from this line on it is not read", maxErrors)})
			break
		}
		loc := record.Loc{File: f.Path, Line: p.Line, Offset: disk.offset(p.Offset)}
		loc.Len = disk.offset(p.Offset+len(p.Text)) - loc.Offset
		u, more := t.examined(f, p)
		if u != nil {
			loc.Kept = t.kept(f.Path).add(loc, u)
		}
		ds = append(ds, more...)
		for _, d := range ds {
			if d.Severity == diag.Error {
				errors++
			}
		}
		each(u, loc, ds)
		ds = nil
	}
	return sum
}

// Unit reads one unit again, from the spool if it is there. Its diagnostics
// were reported when it was first read.
func (t *Tree) Unit(f File, loc record.Loc) (*record.Unit, error) {
	if u, err := t.kept(loc.File).unit(loc); u != nil || err != nil {
		return u, err
	}
	p, err := t.piece(loc)
	if err != nil {
		return nil, err
	}
	u, _ := t.unit(f, p)
	if u == nil {
		return nil, fmt.Errorf("%s:%d: the record changed while it was being read", loc.File, loc.Line)
	}
	return u, nil
}

func (t *Tree) piece(loc record.Loc) (Piece, error) {
	f, err := t.fsys.open(loc.File)
	if err != nil {
		return Piece{}, err
	}
	defer f.Close()
	buf := make([]byte, loc.Len)
	if _, err := f.ReadAt(buf, int64(loc.Offset)); err != nil {
		return Piece{}, err
	}
	text, _, _ := cleanText(loc.File, buf)
	return Piece{Text: text, Line: loc.Line}, nil
}

// cursor finds the bytes of a file from which a text was made by cleanText.
// It only moves forward.
type cursor struct {
	raw         []byte
	text        string
	inRaw, done int
}

// offset is the byte of the file where byte n of the text came from.
func (c *cursor) offset(n int) int {
	if len(c.raw) == len(c.text) {
		return n
	}
	if c.inRaw == 0 {
		c.inRaw = len(c.raw) - len(bytes.TrimPrefix(c.raw, []byte("\ufeff"))) // the byte order mark
	}
	for ; c.done < n; c.done++ {
		if bytes.HasPrefix(c.raw[c.inRaw:], []byte("\r\n")) {
			c.inRaw++
		}
		c.inRaw++
	}
	return c.inRaw
}

func (t *Tree) unit(f File, p Piece) (*record.Unit, []diag.Diagnostic) {
	room := nodeRooms.Get().(*nodeRoom)
	defer room.release()
	n, ds := parse(f.Path, p, room)
	if n == nil {
		return nil, ds
	}
	u := &record.Unit{File: f.Path}
	d := t.decoder(f.Path, p.Line)
	if f.Kind == KindFonds {
		d.checkDefaults(take(n, "defaults"))
	} else {
		t.applyDefaults(f.Owner, u)
	}
	d.structure(n, reflect.ValueOf(u).Elem(), 0)
	bodies, more := t.unitBodies(f, u)
	u.Bodies = bodies
	u.Sum = t.sum(f, p, bodies)
	return u, append(append(ds, d.ds...), more...)
}

// sum tells two states of a unit apart: its text, the defaults of its fonds
// and its bodies.
func (t *Tree) sum(f File, p Piece, bodies []record.Body) (out record.Sum) {
	h := sha256.New()
	part := func(s string) { fmt.Fprintf(h, "%d\x00%s", len(s), s) }
	part(p.Text)
	if f.Kind != KindFonds {
		part(t.DefaultsText(f.Owner))
	}
	for _, b := range bodies {
		part(b.Lang)
		part(b.Text)
	}
	copy(out[:], h.Sum(nil))
	return out
}

// DefaultsText is what a fonds supplies to its records, as YAML in the order
// of its keys; empty where it supplies nothing.
func (t *Tree) DefaultsText(fonds string) string {
	if text, ok := t.defaults.text(fonds); ok {
		return text
	}
	var text []byte
	if n := t.readDefaults(fonds); n != nil {
		text, _ = yaml.Marshal(n) // a node that was parsed can be written
	}
	return t.defaults.keep(fonds, string(text))
}

func (t *Tree) unitBodies(f File, u *record.Unit) ([]record.Body, []diag.Diagnostic) {
	if f.Kind != KindFonds && (!safeID(u.ID.V) || !t.markdownIn(path.Dir(f.Path))) {
		return nil, nil
	}
	return t.bodies(bodyStem(f, u.ID.V))
}

// bodyStem begins the names of the Markdown files of a unit.
func bodyStem(f File, id string) string {
	if f.Kind == KindFonds {
		id = "fonds"
	}
	return path.Join(path.Dir(f.Path), id)
}

// BodyNames are the files in which the longer description of a unit may stand.
func (t *Tree) BodyNames(f File, id string) []string {
	out := make([]string, len(t.langs))
	for i := range t.langs {
		out[i] = t.bodyName(bodyStem(f, id), i)
	}
	return out
}

// withheldDefaults are the keys that no default may supply: openness never
// inherits, and an id is one record's own.
var withheldDefaults = []string{"id", "parent", "access", "clearance", "withdrawn", "objects"}

func (d *decoder) checkDefaults(n *yaml.Node) {
	if n == nil {
		return
	}
	for _, key := range withheldDefaults {
		if k := keyNode(n, key); k != nil {
			d.errorf(k, "defaults-key", "defaults không được chứa khoá %q", "defaults may not hold the key %q", key).
				Hint = diag.T("ghi khoá này trong từng bản ghi", "write this key in each record")
		}
	}
	var u record.Unit
	d.structure(n, reflect.ValueOf(&u).Elem(), 0)
}

// applyDefaults decodes the defaults of the fonds into u, to be overwritten
// by what the record states itself. Values of a default have no place in the
// record's file.
func (t *Tree) applyDefaults(fonds string, u *record.Unit) {
	n := t.defaults.node(t.DefaultsText(fonds), func() *yaml.Node { return t.readDefaults(fonds) })
	if n == nil {
		return
	}
	d := &decoder{langs: t.langs, forms: t.forms, nowhere: true}
	d.structure(n, reflect.ValueOf(u).Elem(), 0)
}

func (t *Tree) readDefaults(fonds string) *yaml.Node {
	text, _, ok := t.readText(path.Join("fonds", fonds, "fonds.yaml"))
	if !ok {
		return nil
	}
	for _, p := range split(text) {
		if n, _ := parse("", p, nil); n != nil {
			if node := take(n, "defaults"); node != nil && node.Kind == yaml.MappingNode {
				for _, key := range withheldDefaults {
					for take(node, key) != nil { // it may be written twice
					}
				}
				return node
			}
		}
	}
	return nil
}

// HasMarkdown reports whether a folder of records is known to hold Markdown, or
// is found to now.
func (t *Tree) HasMarkdown(dir string) bool { return t.markdownIn(dir) }

// markdownIn reports whether a folder holds any Markdown, so that a folder of
// 100,000 records without any is not asked 200,000 times.
func (t *Tree) markdownIn(dir string) bool {
	if v, ok := t.markdown.Load(dir); ok {
		return v.(bool)
	}
	found := false
	if f, err := t.fsys.open(dir); err == nil {
		defer f.Close()
		names, _ := f.Readdirnames(-1)
		for _, name := range names {
			found = found || strings.HasSuffix(name, ".md")
		}
	}
	t.markdown.Store(dir, found)
	return found
}
