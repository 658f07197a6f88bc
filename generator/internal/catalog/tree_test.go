package catalog

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/record"
)

var today = edtf.DayOf(2026, 11, 22)

// gate clears every record of the fonds f0 to f9 and of f.
func gate(t testing.TB) *access.Gate {
	t.Helper()
	fonds := []record.Str{{V: "f"}}
	for i := range 10 {
		fonds = append(fonds, record.Str{V: fmt.Sprintf("f%d", i)})
	}
	g, ds := access.New([]record.Clearance{clearance("kt", fonds)}, today)
	for _, d := range ds {
		t.Fatal(d.Msg.En)
	}
	return g
}

func clearance(id string, fonds []record.Str) record.Clearance {
	decided, _ := edtf.Parse("2026-01-15")
	return record.Clearance{
		ID:       str(id),
		Decision: record.Decision{Number: str("1"), Date: record.Date{Date: decided}, IssuedBy: record.Ref{Name: text("Cơ quan thử")}, Signatory: str("A")},
		Scope: record.Scope{Fonds: fonds, Parts: []record.Str{str("metadata"), str("images")}, Purposes: []record.Str{str("web-exhibition")},
			OpenEnded: record.Bool{V: true}},
		Valid: record.Validity{From: str("2026-01-15")}, PreparedBy: str("B"), ApprovedBy: str("A"),
	}
}

func str(s string) record.Str { return record.Str{V: s} }

func text(s string) record.Text {
	if s == "" {
		return record.Text{}
	}
	return record.Text{Langs: []record.LangText{{Lang: "vi", V: s}}}
}

func ref(id string) record.Ref { return record.Ref{ID: id} }

// archive is what a test builds a catalog from.
type archive struct {
	agents     []record.Agent
	places     []record.Place
	events     []record.Event
	subjects   []record.Subject
	houses     []record.Repository
	units      []record.Unit
	exhibition *record.Exhibition
	shown      []Naming
}

// unit makes a public item from "fonds/id parent level"; "f/f" is a fonds.
func unit(spec string, change ...func(*record.Unit)) record.Unit {
	var where, parent, level string
	fmt.Sscan(spec, &where, &parent, &level)
	fonds, id, _ := strings.Cut(where, "/")
	u := record.Unit{ID: str(id), Level: str(level), Access: record.Access{State: str("public"), At: record.At{Line: 1, Col: 1}},
		Clearance: str("kt"), Title: text("Tiêu đề " + id), File: "fonds/" + fonds + "/records/a.yaml"}
	if parent != "-" {
		u.Parent = record.Str{V: parent, At: record.At{Line: 13, Col: 9}}
	}
	for _, c := range change {
		c(&u)
	}
	return u
}

func state(s string) func(*record.Unit) { return func(u *record.Unit) { u.Access.State.V = s } }
func unitNo(s string) func(*record.Unit) {
	return func(u *record.Unit) { u.Reference.UnitNo = str(s) }
}
func created(s string) func(*record.Unit) {
	return func(u *record.Unit) { u.Dates.Created.Date, _ = edtf.Parse(s) }
}
func titled(s string) func(*record.Unit) { return func(u *record.Unit) { u.Title = text(s) } }

func (a archive) build(t testing.TB) (*Builder, *Catalog, []diag.Diagnostic) {
	t.Helper()
	b := NewBuilder([]string{"vi", "en"}, gate(t))
	for i := range a.houses {
		b.AddRepository(&a.houses[i], record.Loc{Line: i + 1})
	}
	for i := range a.agents {
		b.AddAgent(&a.agents[i], record.Loc{Line: i + 1})
	}
	for i := range a.places {
		b.AddPlace(&a.places[i], record.Loc{Line: i + 1})
	}
	for i := range a.subjects {
		b.AddSubject(&a.subjects[i], record.Loc{Line: i + 1})
	}
	for i := range a.events {
		b.AddEvent(&a.events[i], record.Loc{Line: i + 1})
	}
	for i := range a.units {
		fonds := strings.Split(a.units[i].File, "/")[1]
		b.AddUnit(&a.units[i], fonds, record.Loc{File: a.units[i].File, Line: 10, Offset: 100 * i, Len: 99})
	}
	if a.exhibition != nil {
		b.AddExhibition(a.exhibition, a.shown, record.Loc{Line: 1})
	}
	c, found := b.Freeze()
	// The clearance of all these archives names more fonds than each of them has.
	ds := slices.DeleteFunc(found.Sorted(), func(d diag.Diagnostic) bool { return d.Code == "clearance-scope" })
	return b, c, ds
}

// catalog builds and fails on any diagnostic.
func (a archive) catalog(t testing.TB) *Catalog {
	t.Helper()
	_, c, ds := a.build(t)
	for _, d := range ds {
		t.Fatalf("%s: %s", d.Pos, d.Msg.En)
	}
	return c
}

func units(us ...record.Unit) archive { return archive{units: us} }

// outline writes the tree as "f(a(x y) b)".
func outline(c *Catalog) string {
	var b strings.Builder
	var write func(row int32)
	write = func(row int32) {
		b.WriteString(c.ID(row))
		sep := "("
		for child := range c.Children(row) {
			b.WriteString(sep)
			write(child)
			sep = " "
		}
		if sep == " " {
			b.WriteString(")")
		}
	}
	sep := ""
	for row := range c.Top() {
		b.WriteString(sep)
		write(row)
		sep = " "
	}
	return b.String()
}

func TestTreeOrder(t *testing.T) {
	for name, c := range map[string]struct {
		a    archive
		want string
	}{
		"numbers of the reference": {units(unit("f/f - fonds"), unit("f/a f item", unitNo("10")), unit("f/b f item", unitNo("9")), unit("f/c f item", unitNo("0002"))), "f(c b a)"},
		"then dates": {units(unit("f/f - fonds"), unit("f/a f item", unitNo("1"), created("1945-09-02")), unit("f/b f item", unitNo("1"), created("1930-02")),
			unit("f/c f item", unitNo("1"))), "f(b a c)"},
		"then titles": {units(unit("f/f - fonds"), unit("f/a f item", titled("Đảng")), unit("f/b f item", titled("Dân")), unit("f/c f item", titled("Ảnh"))), "f(c b a)"},
		"then ids":    {units(unit("f/f - fonds"), unit("f/b f item", titled("x")), unit("f/a f item", titled("x"))), "f(a b)"},
		"fonds by title": {units(unit("f1/f1 - fonds", titled("Ủy ban"), unitNo("1")), unit("f2/f2 - fonds", titled("Đoàn"), unitNo("2")), unit("f3/f3 - collection", titled("Ảnh"))),
			"f3 f2 f1"},
		"children before their parents in the file":  {units(unit("f/x h item"), unit("f/h s file"), unit("f/s f series"), unit("f/f - fonds")), "f(s(h(x)))"},
		"the fonds is the parent of what names none": {units(unit("f/f - fonds"), unit("f/a - item")), "f(a)"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := outline(c.a.catalog(t)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestNeighbours(t *testing.T) {
	c := units(unit("f/f - fonds"), unit("f/s1 f series", unitNo("1")), unit("f/a s1 item", unitNo("1")), unit("f/b s1 file", unitNo("2")),
		unit("f/b1 b item"), unit("f/s2 f series", unitNo("2")), unit("f1/f1 - fonds", titled("Z"))).catalog(t)
	row := func(id string) int32 {
		r, ok := c.Find(id)
		if !ok {
			t.Fatalf("%s is not there", id)
		}
		return r
	}
	name := func(r int32) string {
		if r < 0 {
			return "-"
		}
		return c.ID(r)
	}
	for id, want := range map[string]string{ // parent, before, next, fonds, beneath
		"f": "- - - f 5", "s1": "f - s2 f 3", "a": "s1 - b f 0", "b": "s1 a - f 1", "b1": "b - - f 0", "s2": "f s1 - f 0", "f1": "- - - f1 0",
	} {
		r := row(id)
		got := fmt.Sprint(name(c.Parent(r)), " ", name(c.Before(r)), " ", name(c.Next(r)), " ", name(c.Fonds(r)), " ", c.Beneath(r))
		if got != want {
			t.Errorf("%s: got %q, want %q", id, got, want)
		}
	}
	if lo, hi := c.Range(Unit); lo != 0 || hi != 7 || c.Len(Unit) != 7 {
		t.Errorf("range of units %d to %d", lo, hi)
	}
	if end := c.End(row("s1")); c.ID(end) != "s2" {
		t.Errorf("behind s1 stands %s", c.ID(end))
	}
}

func TestHiddenLevels(t *testing.T) {
	for name, c := range map[string]struct {
		a    archive
		want string
	}{
		"child of a hidden parent": {units(unit("f/f - fonds"), unit("f/s f series", state("unreviewed")), unit("f/x s item")), "f(x)"},
		"through two of them": {units(unit("f/f - fonds"), unit("f/s f series"), unit("f/h s file", state("")), unit("f/h2 h item", state("")), unit("f/x h2 part"),
			unit("f/y s item")), "f(s(x y))"},
		"restriction inherits":     {units(unit("f/f - fonds"), unit("f/s f series", state("restricted")), unit("f/x s item")), "f"},
		"through one not reviewed": {units(unit("f/f - fonds"), unit("f/s f series", state("restricted")), unit("f/h s file", state("")), unit("f/x h item")), "f"},
		"a hidden fonds hides all": {units(unit("f/f - fonds", state("")), unit("f/s f series"), unit("f/x s item"), unit("f1/f1 - fonds")), "f1"},
		"an empty archive":         {archive{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := c.a.catalog(t)
			if outline(got) != c.want {
				t.Errorf("got %s, want %s", outline(got), c.want)
			}
			shown := strings.FieldsFunc(c.want, func(r rune) bool { return strings.ContainsRune("( )", r) })
			for _, u := range c.a.units {
				if r, ok := got.Find(u.ID.V); !ok && r != -1 || ok != slices.Contains(shown, u.ID.V) {
					t.Errorf("find %s: %d %v", u.ID.V, r, ok)
				}
			}
		})
	}
}

func TestTombstones(t *testing.T) {
	c := units(unit("f/f - fonds"), unit("f/w f item", state("withdrawn")), unit("f/s f series", state("withdrawn")), unit("f/x s item"), unit("f/a f item", state("withdrawn")),
		unit("f/h f file", state("restricted")), unit("f/y h item", state("withdrawn")),
		unit("f1/f1 - fonds", state("")), unit("f1/z f1 item", state("withdrawn"))).catalog(t)
	var got []string
	for s := range c.Tombstones() {
		got = append(got, s.ID+" in "+c.ID(s.Fonds)+" "+s.Loc.File)
	}
	if want := "a in f fonds/f/records/a.yaml, s in f fonds/f/records/a.yaml, w in f fonds/f/records/a.yaml"; strings.Join(got, ", ") != want {
		t.Errorf("got %q", got)
	}
	if outline(c) != "f" || c.Beneath(0) != 0 {
		t.Errorf("withdrawn records in the tree: %s", outline(c))
	}
	if _, ok := c.Find("w"); ok {
		t.Error("a withdrawn record is found")
	}
}

func TestInheritance(t *testing.T) {
	held := func(house, rights string, langs ...string) func(*record.Unit) {
		return func(u *record.Unit) {
			u.Reference.Repository, u.Rights.URI = str(house), str(rights)
			for _, l := range langs {
				u.Languages = append(u.Languages, str(l))
			}
		}
	}
	a := units(unit("f/f - fonds", held("k1", "r1", "vi")), unit("f/s f series", held("", "r2")), unit("f/h s file", state(""), held("k3", "r3", "en")),
		unit("f/x h item"), unit("f/y s item", held("k2", "", "fr", "vi")), unit("f/z s item", held("k1", "r2", "vi")))
	a.houses = []record.Repository{{ID: str("k1"), Name: text("K1")}, {ID: str("k2"), Name: text("K2")}, {ID: str("k3"), Name: text("K3")}}
	c := a.catalog(t)
	for id, want := range map[string]string{"f": "k1 r1 vi", "s": "k1 r2 vi", "x": "k1 r2 vi", "y": "k2 r2 fr vi", "z": "k1 r2 vi"} {
		r, _ := c.Find(id)
		v := c.Inherited(r)
		got := v.Repository + " " + v.Rights.URI.V
		for _, l := range v.Languages {
			got += " " + l.V
		}
		if got != want {
			t.Errorf("%s has %q, want %q", id, got, want)
		}
	}
	if _, ok := c.Find("k3"); ok {
		t.Error("the repository that only a hidden file names is there")
	}
}
