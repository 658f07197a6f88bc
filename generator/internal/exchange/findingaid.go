package exchange

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/exchange/ead"
	"vitrine/generator/internal/exchange/elements"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
	"vitrine/generator/page"

	"gopkg.in/yaml.v3"
)

// A finding aid is taken for a sheet: a component is a row, an element is a column. So all that
// holds for sheets holds for it – what opens and closes, what is refused and kept, what an
// earlier import wrote – and a map may say what an element is.

// ImportEAD turns a finding aid, in EAD 2002 or EAD3, into the records of a fonds. Errors are as those of
// ImportCSV.
func ImportEAD(ctx context.Context, o Options) (*Report, error) {
	return run(ctx, o, (*importer).readFindingAid)
}

func (im *importer) readFindingAid(context.Context) error {
	data, err := readLimited(im.o.File, maxSheet)
	if err != nil {
		return err
	}
	doc, err := ead.Parse(bytes.NewReader(im.withoutControls(data)))
	var bad *elements.SyntaxError
	if errors.As(err, &bad) {
		im.rep.add(diag.Errorf("aid-syntax", diag.Pos{File: im.rep.file, Line: bad.Line, Col: bad.Col}, "không phải công cụ tra cứu EAD đọc được: %v", "this is no finding aid in EAD that can be read: %v", bad.Err).
			WithHint("xuất lại từ phần mềm nguồn dưới dạng EAD 2002 hoặc EAD3, hoặc sửa XML tại chỗ này", "export it again as EAD 2002 or EAD3, or mend the XML in this place"))
		return ErrRefused
	}
	if err != nil {
		return err
	}
	a := &aid{im: im, doc: doc, sheet: &sheet{file: im.rep.file, marked: true}, rules: map[*column]rule{}, keys: make([]string, len(doc.Components)), closing: map[*column]bool{}, cells: map[*column]*strings.Builder{}}
	a.identify()
	for i := range doc.Components {
		a.row(i)
	}
	im.sheet = a.sheet
	im.rep.Rows = len(a.sheet.rows)
	for _, name := range slices.Sorted(maps.Keys(doc.Unplaced)) {
		im.rep.add(diag.Warnf("aid-unplaced", diag.Pos{File: im.rep.file}, "<%s> không thuộc mô tả, không nhập (%d phần tử)", "<%s> is no part of the description and is not taken (%d elements)", name, doc.Unplaced[name]))
	}
	if err := im.mapped(a); err != nil {
		return err
	}
	return im.describeFonds(a.top, doc.Components[0].Level == "collection", func() diag.Diagnostic { return im.allShut(a) })
}

// withoutControls tells of characters that XML may not hold, and takes them out.
func (im *importer) withoutControls(data []byte) []byte {
	out, n := elements.WithoutControls(data)
	if n > 0 {
		im.rep.add(diag.Warnf("control-characters", diag.Pos{File: im.rep.file}, "bỏ %d ký tự điều khiển mà XML không cho phép", "%d control characters were removed, which XML does not allow", n))
	}
	return out
}

// mapped reads the map, and gives the elements that it does not name what they are in EAD.
func (im *importer) mapped(a *aid) error {
	text, err := im.mapText()
	if err != nil {
		return err
	}
	im.m = mapping{rules: map[*column]rule{}, separator: ";"}
	if text != "" {
		var ok bool
		if im.m, ok = readMapping(filepath.ToSlash(im.o.MapFile), []byte(text), a.sheet, im.rep); !ok {
			return ErrRefused
		}
	}
	for c, r := range a.rules {
		if said := im.m.rules[c]; said.given {
			r.to, r.role, r.values, r.given = said.to, said.role, said.values, true
		}
		im.m.rules[c] = r
	}
	im.m.id = idRule{column: a.id}
	im.begin()
	for c := range a.rules {
		if strings.Contains(c.header, ead.Restriction) || c.header == restElements {
			im.gate.speaking[c] = true // whatever stands there
		}
		if strings.Contains(c.header, ead.StatusOfText) {
			im.gate.asking[c] = true
		}
	}
	a.tellShut()
	return nil
}

// shut closes a component that the house which described it does not show.
func (a *aid) shut(r *row, c ead.Read) {
	for _, w := range c.Closed {
		col := a.put(w.Element, "access.state", w.Says)
		rule := a.rules[col]
		if rule.values == nil {
			rule.values = map[string]string{}
		}
		rule.values[foldName(w.Says)] = "restricted"
		a.rules[col] = rule
		a.closing[col] = true
	}
}

// tellShut tells how many components came in closed, and by what. Of one for all, describeFonds tells.
func (a *aid) tellShut() {
	for _, r := range a.sheet.rows {
		for c := range a.closing {
			if r.value(c) != "" && !a.im.m.rules[c].given {
				a.im.rep.each("aid-closed", a.sheet.cell(r, c), "nơi mô tả không cho bạn đọc xem; bản ghi vào với access.state: restricted", "that house does not show it to readers; the record comes in with access.state: restricted")
			}
		}
	}
}

// describeFonds takes what a row says, which is no row of the sheet, for the description of a new fonds; shut says why it
// cannot be opened by the command where it is closed.
func (im *importer) describeFonds(top *row, collection bool, shut func() diag.Diagnostic) error {
	d := newDraft(top)
	if !im.fillDraft(d, im.dateRules()) { // what closes the whole closes what is beneath it
		im.tellFaulty()
		return ErrRefused
	}
	if closes(d.unit().Access.State.V) && (im.o.State != "" || im.o.Clearance != "") {
		im.rep.add(shut())
		return ErrRefused
	}
	if !im.newFonds {
		im.rep.add(diag.Warnf("aid-unplaced", diag.Pos{File: im.rep.file, Line: top.line}, "phông %s đã có; phần mô tả cả phông trong tệp không được nhập", "the fonds %s exists; what the file says of the whole is not taken", im.o.FondsID))
		return nil
	}
	im.joinSpan(d)
	u := d.unit()
	u.Access, u.Clearance, u.ID, u.Parent = record.Access{}, record.Str{}, record.Str{}, record.Str{}
	if u.Level.V = ""; collection {
		u.Level.V = "collection"
	}
	if im.o.Title != "" {
		u.Title = im.text(im.o.Title)
	}
	im.fondsNo = u.Reference.FondsNo.V
	im.fillReference(u)
	node := encoder{im.lang}.unit(u)
	if node == nil {
		return nil
	}
	if im.m.fonds != nil { // what the map says of the fonds stands
		pairs(im.m.fonds, func(k, v *yaml.Node) { set(node, k.Value, v) })
	}
	im.m.fonds = node
	return nil
}

// allShut says why a finding aid that is closed as a whole cannot be opened by the command.
func (im *importer) allShut(a *aid) diag.Diagnostic {
	w := ead.Closing{Element: "@audience", Says: "restricted", Line: a.top.line}
	for _, c := range a.doc.Components[0].Closed {
		if col := a.sheet.column(c.Element); col == nil || !im.m.rules[col].given {
			w = c
			break
		}
	}
	said := fmt.Sprintf("<%s>: %q", w.Element, w.Says)
	if w.Element == "@audience" {
		said = `audience="internal"`
	}
	return diag.Errorf("access-unexplained", diag.Pos{File: im.rep.file, Line: w.Line}, "%s: nơi mô tả chỉ để cán bộ xem cả công cụ tra cứu này; không mở được bằng --state hay --clearance", "%s: the whole finding aid is for staff alone; --state and --clearance cannot open it", said).
		WithHint("nhập không kèm --state và --clearance, rồi ghi access của từng bản ghi sau khi đã xét; nơi ấy chỉ chưa đưa lên mạng thì ghi trong tệp ánh xạ (--map): columns: {%q: extra}",
			"import it without --state and --clearance, and give records their access once they were reviewed; if that house has merely not put it online, say so in the map (--map): columns: {%q: extra}", w.Element)
}

// aid is a finding aid on its way to a sheet.
type aid struct {
	im    *importer
	doc   *ead.Document
	sheet *sheet
	top   *row // of the whole; it is no row of the sheet
	rules map[*column]rule
	keys  []string // of components: their ids
	id    *column

	closing map[*column]bool             // by which components are closed
	cells   map[*column]*strings.Builder // of the row in the making
}

// identify gives each component an id: its own where that is one and no other has it, else one that is made of what it
// says, so that it stays when others come in before it. Of those that share an id none keeps it: which of them comes first may
// change.
func (a *aid) identify() {
	own, sharing := make([]string, len(a.doc.Components)), map[string]int{}
	for i, c := range a.doc.Components {
		own[i] = ownID(c)
		if i == 0 {
			own[i] = a.im.o.FondsID
		}
		sharing[own[i]]++
	}
	alike := map[string][]int{} // by what components say
	taken := map[string]bool{}
	for id := range sharing {
		taken[id] = true
	}
	for i, c := range a.doc.Components {
		if a.keys[i] = own[i]; i == 0 || sharing[own[i]] == 1 && vi.ValidID(own[i], page.Reserved()...) == nil {
			continue
		}
		a.im.madeUp = true
		said := a.signOf(c, 0)
		n := len(alike[said])
		id := a.im.o.FondsID + "-" + a.signOf(c, n)
		for ; taken[id]; id = a.im.o.FondsID + "-" + a.signOf(c, n) {
			n++
		}
		alike[said] = append(alike[said], i)
		taken[id], a.keys[i] = true, id
	}
	for _, list := range alike {
		for _, i := range list {
			if len(list) > 1 {
				a.im.alike[a.keys[i]] = len(list)
			}
		}
	}
}

// ownID is the id that a component gives itself.
func ownID(c ead.Read) string {
	id := shape(c.ID)
	for _, t := range c.Told {
		if t.Key == "id" {
			id = shape(t.Text)
		}
	}
	return id
}

// isMadeUp reports whether an id may be one that was made of what a component says.
func (im *importer) isMadeUp(id string) bool {
	rest, ok := strings.CutPrefix(id, im.o.FondsID+"-")
	return ok && len(rest) == signLength && strings.Trim(rest, "abcdefghijklmnopqrstuvwxyz234567") == ""
}

// signLength is how many letters tell a component from others.
const signLength = 8

// signOf tells a component from others by what it says; n tells those apart that say the same.
func (a *aid) signOf(c ead.Read, n int) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%d", a.keys[max(c.Parent, 0)], n)
	for _, t := range c.Told {
		if slices.Contains([]string{"title", "unitid", "reference.unit_no", "dates", "dates.as_written"}, t.Key) {
			fmt.Fprintf(h, "\x00%s\x00%s", t.Key, t.Text)
		}
	}
	return strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil)[:5]))
}

// row makes a row of a component.
func (a *aid) row(i int) {
	c := a.doc.Components[i]
	r := &row{line: c.Line, number: i}
	if i == 0 {
		a.top = r
	} else {
		a.sheet.rows = append(a.sheet.rows, r)
	}
	a.id = a.put("id", "id", a.keys[i])
	if i > 0 && c.Parent > 0 {
		a.put("parent", "parent", a.keys[c.Parent])
	}
	a.put("level", "level", levelOfAid(c, i))
	a.shut(r, c)
	said := map[string]bool{} // fields that have a value in the first language
	for _, t := range c.Told {
		said[t.Key] = said[t.Key] || t.Lang == "" || t.Lang == a.im.lang
	}
	for _, t := range c.Told {
		if t.Element == "did/abstract" && slices.ContainsFunc(c.Told, func(t ead.Told) bool { return t.Element == "scopecontent" }) {
			t.Key = "" // it says less of the same
		}
		switch {
		case t.Key == "extent.text" && said["quantity"] && t.Lang != "" && t.Lang != a.im.lang: // the same in another language
			continue
		case t.Value != nil && t.Key == "extent" && !said["quantity"]:
			said["quantity"] = true
			r.also = append(r.also, func(u *record.Unit) { a.extent(u, *t.Value) })
			continue
		case t.Value != nil && t.Key == "extent":
			t.Text = strings.TrimSpace(t.Value.Quantity + " " + t.Value.Words[0].Text)
		}
		a.tell(r, t, said[t.Key])
	}
	a.fill(r)
}

func (a *aid) extent(u *record.Unit, v ead.Value) {
	u.Extent.Quantity.V = v.Quantity
	if unit := v.Words[0].Text; unit != "" {
		u.Extent.Unit.Langs = []record.LangText{{Lang: a.im.lang, V: asMarkdown(unit)}}
	}
}

// aidPaths are the fields that an element is where its name is another here; "" where it is
// worked out anew, so that nothing is taken.
var aidPaths = map[string]string{
	"id": "", "reference": "", "dates.words": "", "creators.history": "", "objects": "", "objects.manifest": "", "access": "", "reference.repository": "", "rights": "", "body": "notes",
	"unitid": "reference.unit_no", "dates": "dates.created", "extent": "extent", "extent.text": "extent", "languages": "languages[]", "scripts": "scripts[]", "creators": "creators[]", "agents": "agents[]",
	"places": "places[]", "events": "keywords[]", "subjects": "keywords[]", "keywords": "keywords[]", "publications": "publications[]", "physical": "physical.note", "originals": "originals.note",
	"rights.holder": "rights.holder", "special_value": "notes", "digitisation": "digitisation.note", "description_control": "description_control.by", "sources": "notes", "status": "notes", "related": "notes",
	"former_ids": "former_ids[]", "reference.former": "reference.former[]", "other_titles": "other_titles[]", "doc.addressees": "notes", "photo.persons": "agents[]", "av.speakers": "av.speakers[]", "form": "keywords[]",
	"doc.secrecy_as_marked": "extra", "form.id": "form",
}

// tell puts what a component says into the row.
func (a *aid) tell(r *row, t ead.Told, first bool) {
	to, known := aidPaths[t.Key]
	switch {
	case t.Key == "":
		to = pathExtra
	case !known:
		to = t.Key
	case to == "":
		return
	}
	if t.Key == "originals.words" {
		a.originals(r, t)
		return
	}
	if t.Key == "unitid" && r == a.top {
		to = "reference.fonds_no"
	}
	text, header := t.Text, t.Element
	list := strings.HasSuffix(to, "[]")
	if list {
		text = strings.Join(strings.Fields(text), " ")
	}
	if first && t.Lang != "" && t.Lang != a.im.lang {
		header += " @" + t.Lang
		if to += "." + t.Lang; list || !isText(to) {
			to = pathExtra
		}
	}
	a.put(header, to, text)
}

// originals puts what is said of the original: terms of the model, which say whether this is one, and words.
func (a *aid) originals(r *row, t ead.Told) {
	for text := range strings.SplitSeq(t.Text, "\n\n") {
		if key, err := term("copy_status", text); err == nil {
			a.put(t.Element+" (status)", "originals.status", key)
			continue
		}
		t.Key, t.Text = "originals", text
		a.tell(r, t, true)
	}
}

func isText(path string) bool {
	t, ok := resolve(path)
	return ok && t.lang != ""
}

// levelOfAid is the level of a component as the model has it; empty where what is beneath it tells.
func levelOfAid(c ead.Read, i int) string {
	switch level := strings.ToLower(c.Level); {
	case i == 0:
		return ""
	case record.LevelRank(level) > record.LevelRank("collection"), level == "part":
		return level
	case level == "fonds", level == "collection", level == "recordgrp", level == "subgrp", level == "recordgroup", level == "subgroup":
		return "subfonds"
	case level == "class":
		return "series"
	}
	return ""
}
