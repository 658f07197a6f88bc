package content

import (
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"

	"gopkg.in/yaml.v3"
)

// Place is where the description of a record stands.
type Place struct {
	File  File
	Piece Piece
	Unit  *record.Unit

	Faulty bool // the description has errors, so no build publishes anything
}

// Locate finds the description of a record by its id, whatever is wrong with
// the others; a nil Place says that there is none, or several. Files that might
// hold it and cannot be read, pieces of them that are not YAML, and the second
// of two descriptions with that id are reported.
func (t *Tree) Locate(id string) (*Place, []diag.Diagnostic) {
	var found *Place
	twice := false
	var ds []diag.Diagnostic
	for f, err := range t.Files("fonds") {
		if err != nil {
			ds = append(ds, unreadable(f.Path, err))
			continue
		}
		if f.Kind != KindFonds && f.Kind != KindRecords {
			continue
		}
		places, more := t.holding(f, id)
		ds = append(ds, more...)
		for i := range places {
			if found != nil {
				ds = append(ds, diag.Errorf("id-duplicate", diag.Pos{File: f.Path, Line: places[i].Piece.Line}, "mã %q đã dùng ở %s:%d", "the id %q is already used in %s:%d", id, found.File.Path, found.Piece.Line))
				twice = true
				continue
			}
			found = &places[i]
		}
	}
	if twice {
		return nil, ds
	}
	return found, ds
}

// Places are all descriptions of a record, in the order of their files, where several have
// its id.
func (t *Tree) Places(id string) (out []Place) {
	for f, err := range t.Files("fonds") {
		if err == nil && (f.Kind == KindFonds || f.Kind == KindRecords) {
			places, _ := t.holding(f, id)
			out = append(out, places...)
		}
	}
	return out
}

// holding are the pieces of a file that describe the record.
func (t *Tree) holding(f File, id string) (out []Place, ds []diag.Diagnostic) {
	text, ds, ok := t.readText(f.Path)
	if !ok || !strings.Contains(text, id) {
		return nil, ds
	}
	for _, p := range split(text) {
		if !strings.Contains(p.Text, id) {
			continue
		}
		n, more := parse(f.Path, p, nil)
		if n == nil {
			ds = append(ds, more...)
			continue
		}
		if v := valueOf(n, "id"); v != nil && v.Value == id {
			u, more := t.unit(f, p)
			faulty := slices.ContainsFunc(more, func(d diag.Diagnostic) bool { return d.Severity == diag.Error })
			out = append(out, Place{f, p, u, faulty})
		}
	}
	return out, ds
}

// valueOf is the value of a key of a mapping, nil where it has none.
func valueOf(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n != nil && n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}
