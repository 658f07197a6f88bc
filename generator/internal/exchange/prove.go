package exchange

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/record"

	"gopkg.in/yaml.v3"
)

// round is what becomes of the sheet in one go.
type round struct {
	drafts      []*draft
	ids         map[string]bool // of drafts
	media       media
	asObjects   map[string]bool // names of files that are objects; nil before anybody asked
	fillers     []*filler
	undatedRows int
	plan        []staged
	opensSome   bool // the sheet opens a record
	legacy      bool // text in an old encoding was met: nothing is taken
	mapBroken   bool // a constant or default of the map cannot be

	faulty map[*row][]diag.Diagnostic // rows that no build would take, and why
}

// maxRounds is how often rows are left out and all is made anew. One round finds
// the faults of every row; a second is needed where rows hung on others.
const maxRounds = 5

// make makes the files, without the rows that no build would take: what a build
// says of a record is only known when it stands as it will be read.
func (im *importer) make(ctx context.Context) error {
	im.rep.finish()
	before := *im.rep
	for range maxRounds {
		*im.rep, im.round = before, round{faulty: map[*row][]diag.Diagnostic{}}
		im.rep.Notes = slices.Clone(before.Notes)
		if err := steps(ctx, im.passes()...); err != nil {
			im.tellFaulty() // of the rows too of which nothing is left
			return err
		}
		if len(im.faulty) == 0 {
			return nil
		}
		for r, why := range im.faulty {
			im.unfit[r] = why
		}
	}
	im.tellFaulty()
	return ErrRefused
}

// passes are the steps from rows to files.
func (im *importer) passes() []func(context.Context) error {
	if im.back {
		return []func(context.Context) error{im.convertBack, im.guard, im.layBack, im.proveBack}
	}
	if im.desk != nil {
		return []func(context.Context) error{im.convert, im.relate, im.findMedia, im.adopt, im.complete, im.mergeDesk, im.guard, im.layDesk, im.proveBack}
	}
	return []func(context.Context) error{im.convert, im.relate, im.findMedia, im.complete, im.guard, im.lay, im.prove}
}

func (im *importer) tellFaulty() {
	for _, why := range im.faulty {
		im.rep.Notes = append(im.rep.Notes, why...)
	}
}

var errPieces = errors.New("the records that were written are not those that would be read")

// prove reads the planned files as a build will. A record that has an error is
// noted as faulty, with the cell it came from.
func (im *importer) prove(context.Context) error {
	files := map[string]string{}
	for _, s := range im.plan {
		files[s.to] = s.text
	}
	ids := map[string]bool{}
	for _, d := range im.drafts {
		ids[d.id] = true
	}
	trial, left, broken := im.tree.With(files), im.drafts, false
	for _, s := range im.plan {
		f, ok := content.Classify(s.to)
		if !ok || s.gone {
			continue // it is a file of media, or none
		}
		trial.Units(f, func(u *record.Unit, loc record.Loc, ds []diag.Diagnostic) {
			ds = slices.DeleteFunc(append(ds, im.unreadable(u, ids)...), func(d diag.Diagnostic) bool { return !wrong(d, u) })
			switch {
			case u != nil && im.lying.kept[u.ID.V]: // it stood there before
			case f.Kind == content.KindFonds:
				im.blameMap(s.text, ds)
				broken = broken || len(ds) > 0
			case len(left) == 0 || u != nil && u.ID.V != left[0].id:
				broken = true
			default:
				im.blameRow(left[0], s.text, loc, ds)
				left = left[1:]
			}
		})
	}
	switch {
	case im.rep.Errors() == 0 && broken, len(left) > 0:
		return errPieces
	case broken:
		return ErrRefused
	}
	return nil
}

// wrong tells the errors of what the sheet says from the fields that it lacks:
// those are for people to fill in.
func wrong(d diag.Diagnostic, u *record.Unit) bool {
	lacking := d.Code == "field-missing" && u != nil && d.Pos.Line == int(u.At.Line) && d.Pos.Col == int(u.At.Col)
	return d.Severity == diag.Error && !lacking
}

// unreadable finds in a unit what is an error only when its page is made: texts
// that cannot be shown, and records it names that there are neither in the archive
// nor, by ids, in the sheet.
func (im *importer) unreadable(u *record.Unit, ids map[string]bool) []diag.Diagnostic {
	if u == nil {
		return nil
	}
	var ds []diag.Diagnostic
	texts(reflect.ValueOf(u).Elem(), func(t record.LangText) {
		ds = append(ds, unshown(t.V, t.At.In(u.File))...)
	})
	for _, r := range u.Related {
		if im.existing[r.ID.V] == "" && !ids[r.ID.V] {
			ds = append(ds, diag.Errorf("ref-unknown", r.ID.At.In(u.File), "không có bản ghi %q", "there is no record %q", r.ID.V))
		}
	}
	return ds
}

// unshown are the errors of a text for which a page would be refused, be it
// shown as a paragraph or as a title. Whether its links lead anywhere is not
// known yet.
func unshown(text string, at diag.Pos) []diag.Diagnostic {
	src := markup.Source{Text: text, Pos: at}
	anywhere := func(string) (string, diag.Text, bool) { return "#", diag.Text{}, true }
	harmless := func(d diag.Diagnostic) bool { return d.Severity != diag.Error }
	_, ds := markup.Render(src, anywhere)
	if ds = slices.DeleteFunc(ds, harmless); len(ds) > 0 {
		return ds
	}
	_, ds = markup.Inline(src, anywhere)
	return slices.DeleteFunc(ds, harmless)
}

// texts hands on every text of a unit.
func texts(v reflect.Value, each func(record.LangText)) {
	switch p := v.Interface().(type) {
	case record.Text:
		for _, l := range p.Langs {
			each(l)
		}
		return
	case record.Date:
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			texts(v.Elem(), each)
		}
	case reflect.Slice:
		for i := range v.Len() {
			texts(v.Index(i), each)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			texts(v.Field(i), each)
		}
	}
}

// blameRow notes what is wrong with a record, at the cells it came from, for
// its row and for those that add pages to it.
func (im *importer) blameRow(d *draft, file string, loc record.Loc, ds []diag.Diagnostic) {
	if len(ds) == 0 {
		return
	}
	text := file[loc.Offset : loc.Offset+loc.Len]
	for _, fault := range ds {
		fault.Pos.Line -= loc.Line - 1
		keys := keysAt(text, fault.Pos)
		fault.Msg.Vi += "; hàng không được nhận"
		fault.Msg.En += "; the row is not taken"
		if c := im.columnOf(d.row, keys); c != nil {
			at := im.sheet.cell(d.row, c)
			fault.Pos = at.pos()
			fault = at.named(fault)
		} else {
			fault.Pos = im.rowPos(d)
			fault = within(fault, diag.T("hàng %d, khoá %q: ", "row %d, key %q: ", d.row.number, keys))
		}
		im.faulty[d.row] = append(im.faulty[d.row], fault)
	}
	for _, r := range d.pages {
		im.faulty[r] = append(im.faulty[r], im.alsoLeftOut(d, r))
	}
}

// columnOf is the column that filled the value beneath keys, nil where none did:
// it comes from the map, or from several cells.
func (im *importer) columnOf(r *row, keys string) *column {
	for _, c := range im.sheet.cols {
		path := strings.ReplaceAll(im.m.rules[c].to.path, "[]", "")
		if path == pathExtra {
			path += "." + c.key
		}
		if trim(r.value(c)) != "" && (keys == path || strings.HasPrefix(keys, path+".") || strings.HasPrefix(path, keys+".")) {
			return c
		}
	}
	return nil
}

// blameMap reports what is wrong with the description of a new fonds, where the
// map says it.
func (im *importer) blameMap(text string, ds []diag.Diagnostic) {
	for _, fault := range ds {
		keys := keysAt(text, fault.Pos)
		fault.Pos = diag.Pos{File: im.sheet.file}
		if im.m.fonds != nil {
			pairs(im.m.fonds, func(k, _ *yaml.Node) {
				if keys == k.Value || strings.HasPrefix(keys, k.Value+".") {
					fault.Pos = diag.Pos{File: filepath.ToSlash(im.o.MapFile), Line: k.Line, Col: k.Column}
				}
			})
		}
		im.rep.add(within(fault, diag.T("mô tả phông, khoá %q: ", "the description of the fonds, key %q: ", keys)))
	}
}

// within puts words before the message of a fault.
func within(d diag.Diagnostic, place diag.Text) diag.Diagnostic {
	d.Msg = diag.Text{Vi: place.Vi + d.Msg.Vi, En: place.En + d.Msg.En}
	return d
}

// keysAt are the keys, with dots between them, above the value that begins at a
// place of a YAML document or last before it; of a key at the top it is that key.
func keysAt(text string, at diag.Pos) (keys string) {
	offset := 0
	for range at.Line - 1 {
		offset += strings.IndexByte(text[offset:], '\n') + 1
	}
	line, _, _ := strings.Cut(text[offset:], "\n")
	chars := []rune(line)
	offset += len(string(chars[:max(0, min(at.Col-1, len(chars)))]))
	content.Values(text, func(string) bool { return true }, func(v content.Value) {
		if !v.Comment && v.Offset <= offset {
			keys = orElse(v.Path, v.Text)
		}
	})
	return keys
}
