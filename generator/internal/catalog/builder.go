package catalog

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/record"
)

// Builder gathers summaries. Authorities must be added before the units that
// name them. It is used by one goroutine.
type Builder struct {
	langs []string
	gate  *access.Gate

	rows  table[entry] // as read; once frozen, those of the catalog and then the hidden ones
	text  arena
	parts []string // those of the last entry
	file  string   // that of the last entry, which stands in the text at
	at    uint32
	forms []string
	form  map[string]uint16

	parents     []string         // ids of parents; the rows bear their numbers until all are known
	parent      map[string]int32 // id → number
	otherTitles []former         // see otherTitles
	placed      []int32          // where the rows stand once they are frozen, as they were read

	authorities map[string]int32                      // id → row, of all kinds but units
	persons     map[string]person                     // by their ids
	otherNames  []former                              // see OtherNames
	barred      map[access.Personal]map[string]string // see bars
	links       table[Link]                           // between rows of the builder
	pending     []pending                             // links whose target may come later
	inherits    inheritTable
	former      []former                 // ids by which rows were known
	cleared     map[int32]clearedObjects // of rows with objects that name a decision of their own
	found       diag.List

	shown      int32          // rows of the catalog, once they are frozen
	behind     map[int32]bool // rows without a page that another without a page names
	sortHidden sync.Once
	hidden     []int32 // rows of units without a page, by id; see Why

	guesses  map[guess]string // of ids that lead nowhere
	compared int              // ids compared for them
}

// Role is how a record is tied to an authority.
type Role uint8

// The roles.
const (
	RoleCreator   Role = iota
	RoleSubject        // it is about the agent or subject
	RoleCreation       // it was made at the place
	RoleMentioned      // the place stands in it
	RoleEvent
	RoleShown   // an exhibition shows the unit
	RoleOther   // from an authority to another
	RoleBroader // from a subject to the one above it
	RoleDecided // it decided; it must exist, and is tied to nothing by that
	roleCount
)

// pending is a link by id.
type pending struct {
	from int32
	id   string
	file string
	at   record.At
	role Role
	kind Kind // required of the target; kindCount is any
}

// NewBuilder makes an empty builder for a site in the given languages.
func NewBuilder(langs []string, gate *access.Gate) *Builder {
	return &Builder{langs: langs, gate: gate, form: map[string]uint16{}, cleared: map[int32]clearedObjects{}, parent: map[string]int32{},
		authorities: map[string]int32{}, persons: map[string]person{}, inherits: newInheritTable(), guesses: map[guess]string{}}
}

// add stores an entry with its strings, which are copied.
func (b *Builder) add(e entry, loc record.Loc, id, reference, date string, titles []string) int32 {
	b.parts = append(append(b.parts[:0], id, reference, date), titles...) // as textID and its fellows say
	e.text = b.text.add(b.parts...)
	e.file, e.line, e.offset, e.length, e.kept = b.fileAt(loc.File), int32(loc.Line), int32(loc.Offset), int32(loc.Len), loc.Kept
	e.fonds = -1
	return b.rows.add(e)
}

// fileAt is where the path of a file stands in the text: once for all records
// that are read from it one after another.
func (b *Builder) fileAt(name string) uint32 {
	if name != b.file || b.rows.len() == 0 {
		b.file, b.at = name, b.text.add(name)
	}
	return b.at
}

func (b *Builder) formNumber(id string) uint16 {
	n, ok := b.form[id]
	if !ok {
		n, id = uint16(len(b.forms)), strings.Clone(id)
		b.forms = append(b.forms, id)
		b.form[id] = n
	}
	return n
}

// parentNumber is the number of the id of a parent, -1 where there is none.
func (b *Builder) parentNumber(id string) int32 {
	if id == "" {
		return -1
	}
	n, ok := b.parent[id]
	if !ok {
		n, id = int32(len(b.parents)), strings.Clone(id)
		b.parents = append(b.parents, id)
		b.parent[id] = n
	}
	return n
}

// AddUnit summarises a unit of description. fonds is the id of the fonds
// whose folder it stands in.
func (b *Builder) AddUnit(u *record.Unit, fonds string, loc record.Loc) {
	b.Add(Summarise(u, fonds, loc, b.langs))
}

// Add takes a unit by its summary and keeps no part of it but the path of its
// file.
func (b *Builder) Add(s Summary) {
	e := entry{kind: Unit, level: noLevel, key: s.Key, form: b.formNumber(s.Form), facts: b.gate.Facts(s.Access), flags: s.Flags, sum: s.Sum}
	if rank := record.LevelRank(s.Level); rank >= 0 {
		e.level = uint8(rank)
	}
	e.inherited = b.inherits.intern(s.Inherited)
	e.parentLine, e.parentCol = near(s.ParentAt, s.Loc.Line)
	e.parent = b.parentNumber(s.Parent)
	row := b.add(e, s.Loc, s.ID, s.Reference, s.Date, s.Titles)
	if len(s.Cleared) > 0 {
		own := slices.Clone(s.Cleared)
		for i := range own {
			own[i].Clearance = strings.Clone(own[i].Clearance)
		}
		b.cleared[row] = clearedObjects{own, s.Plain}
	}
	b.addFormer(row, s.FormerIDs)
	for _, title := range s.OtherTitles {
		b.otherTitles = append(b.otherTitles, former{b.text.add(title), row})
	}
	for _, r := range s.Refs {
		if r.Later {
			b.later(row, record.Ref{ID: r.ID, At: r.At}, s.Loc.File, r.Role, r.Kind)
		} else {
			b.link(row, record.Ref{ID: r.ID, At: r.At}, s.Loc.File, r.Role, r.Kind)
		}
	}
	b.checkPersons(row, &s)
	b.found.Add(b.gate.Marked(s.Access, s.LiftedAt.In(s.Loc.File))...)
	if id := s.Access.Clearance; id != "" && b.gate.Number(id) == 0 {
		b.found.Add(diag.Errorf("ref-unknown", s.ClearanceAt.In(s.Loc.File), "không có quyết định %q", "there is no clearance %q", id).
			WithHint("tạo bằng «vitrine new clearance %s --records %s» hoặc sửa mã", "make it with «vitrine new clearance %s --records %s», or mend the id", id, s.ID))
	}
}

// near packs a place that is at most 255 lines below another; 0, 0 is none.
func near(at record.At, line int) (lines, col uint8) {
	if d := int(at.Line) - line; d >= 0 && d <= 255 && at.Col > 0 && at.Col <= 255 {
		return uint8(d), uint8(at.Col)
	}
	return 0, 0
}

// link ties a row to an authority that was added before.
func (b *Builder) link(from int32, r record.Ref, file string, role Role, kind Kind) {
	if r.ID == "" {
		return
	}
	to, ok := b.authorities[r.ID]
	if !ok || kind != kindCount && b.rows.at(to).kind != kind {
		b.found.Add(b.unknown(pending{from: from, id: r.ID, file: file, at: r.At, kind: kind}))
		return
	}
	b.tie(from, to, role)
}

// tie adds a link between rows.
func (b *Builder) tie(from, to int32, role Role) {
	if role != RoleDecided {
		b.links.add(Link{Entry: from, to: to, Role: role})
	}
}

// later ties a row to a record that may be added after it.
func (b *Builder) later(from int32, r record.Ref, file string, role Role, kind Kind) {
	if r.ID != "" {
		b.pending = append(b.pending, pending{from, strings.Clone(r.ID), file, r.At, role, kind})
	}
}

var kindWords = map[Kind]diag.Text{
	Unit: {Vi: "bản ghi", En: "record"}, Repository: {Vi: "kho lưu trữ", En: "repository"},
	Agent: {Vi: "nhân vật, tổ chức", En: "agent"}, Place: {Vi: "địa danh", En: "place"}, Event: {Vi: "sự kiện", En: "event"},
	Subject: {Vi: "chủ đề", En: "subject"}, Exhibition: {Vi: "trưng bày", En: "exhibition"}, kindCount: {Vi: "bản ghi", En: "record"},
}

// AddAgent summarises an agent.
func (b *Builder) AddAgent(a *record.Agent, loc record.Loc) {
	row := b.authority(Agent, a.ID, a.Exist, "", a.Name, a.File, loc)
	if a.Type.V != "corporate" {
		b.persons[a.ID.V] = person{access.PersonOf(a), a.File}
	}
	b.addFormer(row, formerIDs(a.FormerIDs))
	b.calledToo(row, a.ParallelNames...)
	b.calledThen(row, a.OtherNames)
	for _, r := range a.Relations {
		b.later(row, r.To, a.File, RoleOther, Agent)
	}
	for _, r := range a.Places {
		b.later(row, r, a.File, RoleOther, Place)
	}
}

// AddPlace summarises a place.
func (b *Builder) AddPlace(p *record.Place, loc record.Loc) {
	row := b.authority(Place, p.ID, record.Date{}, "", p.Name, p.File, loc)
	b.addFormer(row, formerIDs(p.FormerIDs))
	b.calledThen(row, p.NamesInTime)
	b.later(row, p.Parent, p.File, RoleOther, Place)
}

// AddEvent summarises an event.
func (b *Builder) AddEvent(v *record.Event, loc record.Loc) {
	row := b.authority(Event, v.ID, v.Date, v.CommemoratedOn.V, v.Title, v.File, loc)
	b.addFormer(row, formerIDs(v.FormerIDs))
	if v.CommemoratedOn.V != "" {
		b.rows.at(row).flags |= Commemorated
	}
	b.later(row, v.Place, v.File, RoleOther, Place)
	b.later(row, v.Parent, v.File, RoleOther, Event)
	for _, r := range v.Agents {
		b.later(row, r, v.File, RoleOther, Agent)
	}
	for _, r := range v.Subjects {
		b.later(row, r, v.File, RoleOther, Subject)
	}
}

// AddSubject summarises a subject.
func (b *Builder) AddSubject(s *record.Subject, loc record.Loc) {
	row := b.authority(Subject, s.ID, record.Date{}, "", s.Label, s.File, loc)
	b.addFormer(row, formerIDs(s.FormerIDs))
	b.calledToo(row, s.AltLabels...)
	b.later(row, s.Broader, s.File, RoleBroader, Subject)
	for _, r := range s.Related {
		b.later(row, r, s.File, RoleOther, Subject)
	}
}

// AddRepository summarises a repository.
func (b *Builder) AddRepository(r *record.Repository, loc record.Loc) {
	row := b.authority(Repository, r.ID, record.Date{}, "", r.Name, r.File, loc)
	b.later(row, r.Place, r.File, RoleOther, Place)
}

func (b *Builder) authority(k Kind, id record.Str, date record.Date, reference string, title record.Text, file string, loc record.Loc) int32 {
	return b.named(entry{kind: k, key: date.Key(), parent: -1}, id, date, reference, title, file, loc)
}

func (b *Builder) named(e entry, id record.Str, date record.Date, reference string, title record.Text, file string, loc record.Loc) int32 {
	loc.File = file
	row := b.add(e, loc, id.V, reference, date.String(), titles(title, b.langs))
	if _, taken := b.authorities[id.V]; !taken {
		b.authorities[id.V] = row
	}
	return row
}

// AddClearance takes the id of a decision: ids are unique over all kinds.
func (b *Builder) AddClearance(c *record.Clearance) {
	row := b.add(entry{kind: Clearance, parent: -1}, record.Loc{File: c.File, Line: int(c.At.Line)}, c.ID.V, "", "", titles(record.Text{}, b.langs))
	b.decided(row, c.Decision, c.File)
}

// AddExhibition summarises an exhibition that may be published; shown are the
// records and events that it names, with their places in its texts.
func (b *Builder) AddExhibition(e *record.Exhibition, shown []Naming, loc record.Loc) {
	row := b.named(entry{kind: Exhibition, key: e.Opening.Key(), parent: -1, sum: e.Sum}, e.ID, e.Opening, "", e.Title, e.File, loc)
	b.addFormer(row, formerIDs(e.FormerIDs))
	b.decided(row, e.Decision, e.File)
	for _, n := range shown {
		b.later(row, record.Ref{ID: n.ID, At: n.At}, n.File, RoleShown, kindCount)
	}
}

// decided asks for the body that took a decision, where it is named by an id.
func (b *Builder) decided(row int32, d record.Decision, file string) {
	b.later(row, d.By, file, RoleDecided, Agent)
	b.later(row, d.IssuedBy, file, RoleDecided, Agent)
}

// Naming is a place in a text where a record is named.
type Naming struct {
	ID   string
	File string
	At   record.At
}

// unknown words the fault that an id leads nowhere. A value from the defaults
// of the fonds has no place of its own; the record is named then.
func (b *Builder) unknown(p pending) diag.Diagnostic {
	w := kindWords[p.kind]
	d := diag.Errorf("ref-unknown", p.at.In(p.file), "", "")
	if p.at == (record.At{}) {
		d.Pos = b.pos(p.from)
	}
	d.Msg = diag.Text{Vi: fmt.Sprintf("không có %s nào mang mã %q", w.Vi, p.id), En: fmt.Sprintf("there is no %s with the id %q", w.En, p.id)}
	if near := b.nearest(p.id, p.kind); near != "" {
		return d.WithHint("có phải %q?", "did you mean %q?", near)
	}
	if p.kind != Unit && p.kind != kindCount {
		return d.WithHint("tạo bản ghi ấy, hoặc ghi {name: …} nếu chưa có", "make that record, or write {name: …} where there is none yet")
	}
	return d
}

func (b *Builder) id(row int32) string { return string(b.text.bytes(b.rows.at(row).text, textID)) }
func (b *Builder) pos(row int32) diag.Pos {
	e := b.rows.at(row)
	return diag.Pos{File: string(b.text.bytes(e.file, 0)), Line: int(e.line)}
}

// dateOf reads the EDTF of an entry again; it was valid when it was added.
func dateOf(edtfText []byte) edtf.Date {
	d, _ := edtf.Parse(string(edtfText))
	return d
}
