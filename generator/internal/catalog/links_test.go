package catalog

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
)

// A unit names an agent, which names another and a place, which stands in
// another place. All of them appear when the unit does, and none otherwise.
func TestAuthoritiesAppearWhenNamed(t *testing.T) {
	a := units(unit("f/f - fonds"), unit("f/x f item", func(u *record.Unit) {
		u.Agents, u.Events, u.Subjects = []record.Ref{ref("a1")}, []record.Ref{ref("e1")}, []record.Ref{ref("s1")}
	}))
	a.agents = []record.Agent{{ID: str("a1"), Name: text("A1"), Relations: []record.Relation{{To: ref("a2")}}},
		{ID: str("a2"), Name: text("A2"), Places: []record.Ref{ref("p1")}, Relations: []record.Relation{{To: ref("a1")}}}, {ID: str("a3"), Name: text("A3")}}
	a.places = []record.Place{{ID: str("p1"), Name: text("P1"), Parent: ref("p2")}, {ID: str("p2"), Name: text("P2")}, {ID: str("p3"), Name: text("P3")}}
	a.subjects = []record.Subject{{ID: str("s1"), Label: text("S1"), Broader: ref("s2")}, {ID: str("s2"), Label: text("S2")}, {ID: str("s3"), Label: text("S3"), Broader: ref("s1")}}
	a.events = []record.Event{{ID: str("e1"), Title: text("E1"), Parent: ref("e2"), CommemoratedOn: str("02-03")}, {ID: str("e2"), Title: text("E2")}, {ID: str("e3"), Title: text("E3")}}
	if got, want := authorities(a.catalog(t)), "a1 a2 p1 p2 e1 e2 s1 s2"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	c := a.catalog(t)
	if e1, _ := c.Find("e1"); !c.Has(e1, Commemorated) || c.Commemorated(e1) != "02-03" || c.Reference(e1, vietnamese) != "" {
		t.Error("the day of commemoration is lost")
	}
	a.units[1].Access.State.V = "unreviewed"
	if got := authorities(a.catalog(t)); got != "" {
		t.Errorf("named by a hidden unit alone: %s", got)
	}
	a.exhibition = &record.Exhibition{ID: str("t"), Title: text("Trưng bày")}
	a.shown = []Naming{{ID: "e3"}, {ID: "p3"}, {ID: "x"}}
	if got, want := authorities(a.catalog(t)), "p3 e3 t"; got != want {
		t.Errorf("named by an exhibition: got %s, want %s", got, want)
	}
}

func authorities(c *Catalog) string {
	var ids []string
	for k := Repository; k < kindCount; k++ {
		for row := range c.Of(k) {
			if c.Kind(row) != k {
				ids = append(ids, "wrong kind:")
			}
			ids = append(ids, c.ID(row))
		}
	}
	return strings.Join(ids, " ")
}

func TestLinksByRoleThenDate(t *testing.T) {
	about := func(u *record.Unit) { u.Agents = []record.Ref{ref("a"), ref("a")} }
	by := func(u *record.Unit) { u.Creators = []record.Creator{{Agent: ref("a")}} }
	a := units(unit("f/f - fonds"), unit("f/x1 f item", about, created("1945")), unit("f/x2 f item", by, created("1950")), unit("f/x3 f item", about, created("1930-02-03")),
		unit("f/x4 f item", by, about, created("1941")), unit("f/x5 f item", by), unit("f/x6 f item", by, state("")))
	a.agents = []record.Agent{{ID: str("a"), Name: text("A")}, {ID: str("b"), Name: text("B")}}
	c := a.catalog(t)
	row, _ := c.Find("a")
	var got []string
	for _, l := range c.Links(row) {
		got = append(got, fmt.Sprint(c.ID(l.Entry), ":", l.Role))
	}
	if want := "x4:0 x2:0 x5:0 x3:1 x4:1 x1:1"; strings.Join(got, " ") != want {
		t.Errorf("got %s, want %s", got, want)
	}
	x1, _ := c.Find("x1")
	if len(c.Links(x1)) != 0 {
		t.Error("a unit that nothing names has links")
	}
}

func TestExhibitionsOfARecord(t *testing.T) {
	a := units(unit("f/f - fonds"), unit("f/x f item"), unit("f/h f item", state("")))
	a.exhibition = &record.Exhibition{ID: str("t"), Title: text("T")}
	a.shown = []Naming{{ID: "x"}, {ID: "h"}, {ID: "x"}}
	c := a.catalog(t)
	x, _ := c.Find("x")
	if shown := c.Exhibitions(x); len(shown) != 1 || c.ID(shown[0].Entry) != "t" {
		t.Errorf("x is shown in %v", shown)
	}
	if f, _ := c.Find("f"); len(c.Exhibitions(f)) != 0 {
		t.Error("the fonds is shown")
	}
}

func was(ids ...string) func(*record.Unit) {
	return func(u *record.Unit) {
		for _, id := range ids {
			u.FormerIDs = append(u.FormerIDs, str(id))
		}
	}
}

// want is position, severity and code of every diagnostic, sorted, and a part
// of a message or hint.
func TestFaults(t *testing.T) {
	at := record.At{Line: 20, Col: 5}
	lost := record.Ref{ID: "khong-co", At: at}
	for name, c := range map[string]struct {
		a    archive
		want string
		says string
	}{
		"duplicate units":        {units(unit("f/f - fonds"), unit("f/x f item"), unit("f/x f item")), "fonds/f/records/a.yaml:10 id-duplicate", `"x"`},
		"unit and agent":         {archive{units: []record.Unit{unit("f/f - fonds")}, agents: []record.Agent{{ID: str("f"), File: "agents/f.yaml"}}}, "fonds/f/records/a.yaml:10 id-duplicate", "agents/f.yaml:1"},
		"a former id in use":     {units(unit("f/f - fonds"), unit("f/x f item", was("y")), unit("f/y f item")), "fonds/f/records/a.yaml:10 id-duplicate", `"y"`},
		"one former id of two":   {units(unit("f/f - fonds"), unit("f/x f item", was("cu-1")), unit("f/y f item", was("cu-2", "cu-1"))), "fonds/f/records/a.yaml:10 id-duplicate", `"cu-1"`},
		"unknown parent":         {units(unit("f/f - fonds"), unit("f/ho-so-01 f file"), unit("f/x ho-so-10 item")), "fonds/f/records/a.yaml:13:9 parent-missing", `did you mean "ho-so-01"?`},
		"parent is an agent":     {archive{units: []record.Unit{unit("f/f - fonds"), unit("f/x abc item")}, agents: []record.Agent{{ID: str("abc")}}}, "fonds/f/records/a.yaml:13:9 parent-missing", "abc"},
		"its own parent":         {units(unit("f/f - fonds"), unit("f/x x part")), "fonds/f/records/a.yaml:13:9 parent-cycle", `"x"`},
		"a ring of three":        {units(unit("f/f - fonds"), unit("f/x y part"), unit("f/y z part"), unit("f/z x part"), unit("f/w x part")), "fonds/f/records/a.yaml:13:9 parent-cycle", `"x"`},
		"into a ring":            {units(unit("f/f - fonds"), unit("f/w x part"), unit("f/x y part"), unit("f/y x part")), "fonds/f/records/a.yaml:13:9 parent-cycle", `"x"`},
		"a file under an item":   {units(unit("f/f - fonds"), unit("f/x f item"), unit("f/y x file")), "fonds/f/records/a.yaml:13:9 level-wrong", `level "file" cannot hang under one of level "item"`},
		"a fonds under a fonds":  {units(unit("f/f - fonds"), unit("f/g f fonds")), "fonds/f/records/a.yaml:13:9 level-wrong", ""},
		"item in item":           {units(unit("f/f - fonds"), unit("f/x f item"), unit("f/y x item")), "fonds/f/records/a.yaml:13:9 level-wrong", ""},
		"another fonds":          {units(unit("f/f - fonds"), unit("f1/f1 - fonds"), unit("f1/x f item")), "fonds/f1/records/a.yaml:13:9 parent-fonds", `"f"`},
		"level that is none":     {units(unit("f/f - fonds"), unit("f/x f itm"), unit("f/y x item")), "", ""}, // said where it is read
		"clearance":              {units(unit("f/f - fonds"), unit("f/x f item", func(u *record.Unit) { u.Clearance = record.Str{V: "khong-co", At: at} })), "fonds/f/records/a.yaml:20:5 ref-unknown", "no clearance"},
		"creator":                {units(unit("f/f - fonds", func(u *record.Unit) { u.Creators = []record.Creator{{Agent: lost}} })), "fonds/f/records/a.yaml:20:5 ref-unknown", "no agent"},
		"agent":                  {units(unit("f/f - fonds", func(u *record.Unit) { u.Agents = []record.Ref{lost} })), "fonds/f/records/a.yaml:20:5 ref-unknown", "no agent"},
		"speaker":                {units(unit("f/f - fonds", func(u *record.Unit) { u.AV.Speakers = []record.Ref{lost} })), "fonds/f/records/a.yaml:20:5 ref-unknown", "no agent"},
		"person in a photo":      {units(unit("f/f - fonds", func(u *record.Unit) { u.Photo.Persons = []record.Person{{Name: lost}} })), "fonds/f/records/a.yaml:20:5 ref-unknown", "no agent"},
		"issuer and signatory":   {units(unit("f/f - fonds", func(u *record.Unit) { u.Doc.Issuer, u.Doc.Signatory = lost, lost })), "fonds/f/records/a.yaml:20:5 ref-unknown fonds/f/records/a.yaml:20:5 ref-unknown", "no agent"},
		"photographer":           {units(unit("f/f - fonds", func(u *record.Unit) { u.Photo.Photographer = lost })), "fonds/f/records/a.yaml:20:5 ref-unknown", "no agent"},
		"place":                  {units(unit("f/f - fonds", func(u *record.Unit) { u.Place = lost })), "fonds/f/records/a.yaml:20:5 ref-unknown", "no place"},
		"places":                 {units(unit("f/f - fonds", func(u *record.Unit) { u.Places = []record.Ref{lost} })), "fonds/f/records/a.yaml:20:5 ref-unknown", "no place"},
		"event":                  {units(unit("f/f - fonds", func(u *record.Unit) { u.Events = []record.Ref{lost} })), "fonds/f/records/a.yaml:20:5 ref-unknown", "no event"},
		"subject":                {units(unit("f/f - fonds", func(u *record.Unit) { u.Subjects = []record.Ref{lost} })), "fonds/f/records/a.yaml:20:5 ref-unknown", "no subject"},
		"repository":             {units(unit("f/f - fonds", func(u *record.Unit) { u.Reference.Repository = record.Str{V: "khong-co", At: at} })), "fonds/f/records/a.yaml:20:5 ref-unknown", "no repository"},
		"holder of the original": {units(unit("f/f - fonds", func(u *record.Unit) { u.Originals.HeldBy = lost })), "fonds/f/records/a.yaml:20:5 ref-unknown", "no record"},
		"related":                {units(unit("f/f - fonds", func(u *record.Unit) { u.Related = []record.Related{{ID: record.Str{V: "khong-co", At: at}}} })), "fonds/f/records/a.yaml:20:5 ref-unknown", "no record"},
		"place as agent":         {archive{units: []record.Unit{unit("f/f - fonds", func(u *record.Unit) { u.Agents = []record.Ref{{ID: "noi", At: at}} })}, places: []record.Place{{ID: str("noi")}}}, "fonds/f/records/a.yaml:20:5 ref-unknown", "no agent"},
		"relation of an agent":   {archive{agents: []record.Agent{{ID: str("abc"), File: "agents/a.yaml", Relations: []record.Relation{{To: lost}}}}}, "agents/a.yaml:20:5 ref-unknown", "no agent"},
		"place of an agent":      {archive{agents: []record.Agent{{ID: str("abc"), File: "agents/a.yaml", Places: []record.Ref{lost}}}}, "agents/a.yaml:20:5 ref-unknown", "no place"},
		"parent of a place":      {archive{places: []record.Place{{ID: str("abc"), File: "places/a.yaml", Parent: lost}}}, "places/a.yaml:20:5 ref-unknown", "no place"},
		"in an event": {archive{events: []record.Event{{ID: str("abc"), File: "events/a.yaml", Place: lost, Parent: lost, Agents: []record.Ref{lost}, Subjects: []record.Ref{lost}}}},
			strings.TrimSpace(strings.Repeat("events/a.yaml:20:5 ref-unknown ", 4)), "no event"},
		"in a subject":          {archive{subjects: []record.Subject{{ID: str("abc"), File: "subjects/a.yaml", Broader: lost, Related: []record.Ref{lost}}}}, "subjects/a.yaml:20:5 ref-unknown subjects/a.yaml:20:5 ref-unknown", "no subject"},
		"place of a repository": {archive{houses: []record.Repository{{ID: str("abc"), File: "repositories/a.yaml", Place: lost}}}, "repositories/a.yaml:20:5 ref-unknown", "no place"},
		"in an exhibition": {archive{exhibition: &record.Exhibition{ID: str("t")}, shown: []Naming{{"khong-co", "exhibitions/t/a.md", at}}},
			"exhibitions/t/a.md:20:5 ref-unknown", "no record"},
		"suggestion": {archive{units: []record.Unit{unit("f/f - fonds", func(u *record.Unit) { u.Agents = []record.Ref{{ID: "tran-phuu", At: at}} })}, agents: []record.Agent{{ID: str("tran-phu")}}},
			"fonds/f/records/a.yaml:20:5 ref-unknown", `did you mean "tran-phu"?`},
		"by default": {units(unit("f/f - fonds"), unit("f/x f item", func(u *record.Unit) { u.Subjects = []record.Ref{ref("khong-co")} })), "fonds/f/records/a.yaml:10 ref-unknown", "no subject"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, ds := c.a.build(t)
			var got []string
			said := ""
			for _, d := range ds {
				if d.Severity != diag.Error || d.Msg.Vi == "" || d.Msg.En == "" {
					t.Errorf("not an error in two languages: %+v", d)
				}
				got = append(got, d.Pos.String()+" "+d.Code)
				said += d.Msg.En + "\n" + d.Hint.En + "\n"
			}
			slices.Sort(got)
			if strings.Join(got, " ") != c.want || !strings.Contains(said, c.says) {
				t.Errorf("got %s\n%swant %s with %q", got, said, c.want, c.says)
			}
		})
	}
}

// One mistake in every record of a large archive must not be guessed at for hours.
func TestGuessesAreBounded(t *testing.T) {
	a := units(unit("f/f - fonds"))
	for i := range 5000 {
		a.units = append(a.units, unit(fmt.Sprintf("f/x-%d khong-co-%d item", i, i)))
	}
	b, _, _ := a.build(t)
	if b.found.Errors() != 5000 || len(b.guesses) == 0 || len(b.guesses)*int(b.rows.len()) > maxGuesses {
		t.Errorf("%d diagnostics, %d guesses over %d rows", b.found.Errors(), len(b.guesses), b.rows.len())
	}
}

func TestTitles(t *testing.T) {
	a := units(unit("f/f - fonds", func(u *record.Unit) {
		u.Title.Langs = append(u.Title.Langs, record.LangText{Lang: "en", V: "English"}, record.LangText{Lang: "fr", V: "Français"})
	}), unit("f/x f item", created("1930-02~")))
	c := a.catalog(t)
	for lang, want := range map[string]string{"vi": "Tiêu đề f vi", "en": "English en", "fr": "Tiêu đề f vi"} {
		if got, actual := c.Title(0, lang); got+" "+actual != want {
			t.Errorf("title in %s: %s %s", lang, got, actual)
		}
	}
	if got, actual := c.Title(1, "en"); got != "Tiêu đề x" || actual != "vi" {
		t.Errorf("title without English: %s %s", got, actual)
	}
	d, _ := edtf.Parse("1930-02~")
	if c.Date(1).String() != "1930-02~" || c.DateKey(1) != d.Key() || c.Level(1) != "item" || c.Loc(1).Offset != 100 {
		t.Errorf("entry: %v %v %s %v", c.Date(1), c.DateKey(1), c.Level(1), c.Loc(1))
	}
}

var vietnamese = ReferenceWords{"", "mục lục\u00a0", "hồ sơ\u00a0", "tờ\u00a0"}

func TestReference(t *testing.T) {
	r := record.Reference{Repository: str("k"), FondsNo: str("MAU-01"), InventoryNo: str("02"), UnitNo: str("0137"), Folios: str("1–4")}
	a := units(unit("f/f - fonds", func(u *record.Unit) { u.Reference = r; u.Reference.Repository = record.Str{} }), unit("f/x f item"))
	c := a.catalog(t)
	for words, want := range map[ReferenceWords]string{
		vietnamese: "MAU-01, mục lục\u00a002, hồ sơ\u00a00137, tờ\u00a01–4",
		{"", "inventory\u00a0", "file\u00a0", "fol.\u00a0"}: "MAU-01, inventory\u00a002, file\u00a00137, fol.\u00a01–4",
	} {
		if got := c.Reference(0, words); got != want || ReferenceLabel(r, words) != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if c.Reference(1, vietnamese) != "" {
		t.Error("a unit without a reference has one")
	}
}

func TestFlags(t *testing.T) {
	pictured := func(u *record.Unit) {
		u.Objects = []record.Object{{Kind: str("page"), Placeholder: record.Bool{V: true}}}
		u.Rights.URI = str("http://rightsstatements.org/vocab/CNE/1.0/")
		u.SpecialValue, u.TitleKind, u.Bodies = []record.SpecialValue{{}}, str("supplied"), []record.Body{{}}
	}
	c := units(unit("f/f - fonds"), unit("f/x f item", pictured), unit("f/y f item", pictured, state("metadata-only")),
		unit("f/z f item", func(u *record.Unit) {
			u.Objects = []record.Object{{Kind: str("audio"), Placeholder: record.Bool{V: true}}}
		})).catalog(t)
	for id, want := range map[string]Flag{"f": 0, "x": HasImages | Special | Supplied | Placeholder | HasObjects, "y": Special | Supplied, "z": HasObjects} {
		row, _ := c.Find(id)
		var got Flag
		for f := HasImages; f <= HasObjects && f != 0; f <<= 1 {
			if c.Has(row, f) {
				got |= f
			}
		}
		if got != want {
			t.Errorf("%s: flags %b, want %b", id, got, want)
		}
	}
}

// A decision is no record: nothing can lead to it.
func TestClearancesAreNeverNamed(t *testing.T) {
	b := NewBuilder([]string{"vi"}, gate(t))
	kt := clearance("kt", nil)
	b.AddClearance(&kt)
	for _, u := range []record.Unit{unit("f/f - fonds"), unit("f/x f item", func(u *record.Unit) { u.Related = []record.Related{{ID: str("kt")}} })} {
		b.AddUnit(&u, "f", record.Loc{File: u.File})
	}
	c, found := b.Freeze()
	ds := found.Sorted()
	if row, ok := c.Find("kt"); ok || c.Len(Clearance) != 0 {
		t.Errorf("the clearance stands in row %d", row)
	}
	if !slices.ContainsFunc(ds, func(d diag.Diagnostic) bool { return d.Code == "ref-unknown" }) {
		t.Errorf("nobody is told: %v", ds)
	}
}
