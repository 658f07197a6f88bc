package content

import (
	"maps"
	"path"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
)

// Revise returns the tree with some files of records to be read again; their
// units will be kept in memory. Everything else is as t has it, and so are
// these files to those who go on reading t. One of the two is to be closed.
func (t *Tree) Revise(files ...string) *Tree {
	out := *t
	out.revised = map[string]*spool{}
	maps.Copy(out.revised, t.revised)
	for _, f := range files {
		out.revised[f] = newSpool(nil)
	}
	out.last = nil
	if len(files) == 1 {
		out.last = t.last.next(files[0])
	}
	return &out
}

// kept is where the units of a file are kept.
func (t *Tree) kept(file string) *spool {
	if s, ok := t.revised[file]; ok {
		return s
	}
	return t.spool
}

// rereading is the file that was read again last, with what came of each of its
// pieces. Who mends a record saves it more than once, and the others in its
// file are as they were: a piece with the same text at the same line says the
// same, unless other files have a say in it too.
type rereading struct {
	file     string
	old, now map[placed]reread
}

// placed is a piece in its place.
type placed struct {
	text string
	line int
}

type reread struct {
	unit *record.Unit // never changed
	ds   []diag.Diagnostic
}

// next is the rereading after r, which may be nil.
func (r *rereading) next(file string) *rereading {
	out := &rereading{file: file, now: map[placed]reread{}}
	if r != nil && r.file == file {
		out.old = r.now
	}
	return out
}

// examined reads a unit and checks it.
func (t *Tree) examined(f File, p Piece) (*record.Unit, []diag.Diagnostic) {
	at := placed{p.Text, p.Line}
	if t.last == nil || t.last.file != f.Path {
		return t.examine(f, p)
	}
	known, ok := t.last.old[at]
	if !ok {
		known.unit, known.ds = t.examine(f, p)
	}
	if known.unit != nil && len(known.unit.Objects) == 0 && !t.markdownIn(path.Dir(f.Path)) {
		t.last.now[at] = known
	}
	return known.unit, known.ds
}

func (t *Tree) examine(f File, p Piece) (*record.Unit, []diag.Diagnostic) {
	u, ds := t.unit(f, p)
	if u != nil {
		ds = append(ds, t.checkUnit(f, u)...)
	}
	return u, ds
}
