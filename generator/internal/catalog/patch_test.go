package catalog

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
)

// changes are what is done to a unit, by name.
var changes = map[string]func(r *rand.Rand, u *record.Unit){
	"nothing":   func(*rand.Rand, *record.Unit) {},
	"text":      func(r *rand.Rand, u *record.Unit) { u.Sum[0] = byte(1 + r.IntN(255)) },
	"title":     func(r *rand.Rand, u *record.Unit) { u.Title = text(fmt.Sprint("Tiêu đề ", r.IntN(5))) },
	"date":      func(r *rand.Rand, u *record.Unit) { created([]string{"", "1940", "1941~", "1945-09"}[r.IntN(4)])(u) },
	"reference": func(r *rand.Rand, u *record.Unit) { unitNo(fmt.Sprint([]string{"", "0"}[r.IntN(2)], r.IntN(5)))(u) },
	"form":      func(r *rand.Rand, u *record.Unit) { u.Form = str([]string{"anh", "chi-thi", ""}[r.IntN(3)]) },
	"agents": func(r *rand.Rand, u *record.Unit) {
		u.Agents = []record.Ref{ref(fmt.Sprint("agent-", r.IntN(5))), ref(fmt.Sprint("agent-", r.IntN(4)))}[:r.IntN(3)]
	},
	"subject": func(r *rand.Rand, u *record.Unit) { u.Subjects = []record.Ref{ref(fmt.Sprint("subject-", r.IntN(4)))} },
	"place":   func(r *rand.Rand, u *record.Unit) { u.Place = record.Ref{} },
	"relation": func(r *rand.Rand, u *record.Unit) {
		u.Related = []record.Related{{ID: str(fmt.Sprint("f0-0", r.IntN(9)))}}
	},
	"languages": func(r *rand.Rand, u *record.Unit) { u.Languages = []record.Str{str([]string{"vi", "ru"}[r.IntN(2)])} },
	"rights":    func(r *rand.Rand, u *record.Unit) { u.Rights.URI = str([]string{"r1", "r3", ""}[r.IntN(3)]) },
	"holder":    func(r *rand.Rand, u *record.Unit) { u.Reference.Repository = str(fmt.Sprint("house-", r.IntN(4))) },
	"value":     func(r *rand.Rand, u *record.Unit) { u.SpecialValue = nil },
	"state":     func(r *rand.Rand, u *record.Unit) { state([]string{"public", "restricted", ""}[r.IntN(3)])(u) },
	"parent":    func(r *rand.Rand, u *record.Unit) { u.Parent = str("f0") },
	"decided": func(r *rand.Rand, u *record.Unit) { // by an agent that may be another, or none that there is
		u.Access.Declassification.Decision.By = record.Ref{ID: fmt.Sprint("agent-", r.IntN(5))}
	},
	"objects": func(r *rand.Rand, u *record.Unit) { u.Objects = nil },
}

// lifted gives a unit a marking that was lifted long ago.
func lifted(u *record.Unit) {
	day, _ := edtf.Parse("2020-01-01")
	by := record.Ref{Name: text("Hội đồng")}
	u.Access.Declassification = record.Declassification{FormerMarking: str("mat"), At: record.At{Line: 1, Col: 1},
		Decision: record.Decision{Number: str("1"), Date: record.Date{Date: day}, By: by}}
}

// edited is the archive after some edits of units, with their summaries before
// and after, and what was done.
func edited(r *rand.Rand, a archive) (archive, []Edit, []string) {
	names := slices.Sorted(maps.Keys(changes))
	b := a
	b.units = slices.Clone(a.units)
	var edits []Edit
	var done []string
	for _, i := range r.Perm(len(a.units))[:1+r.IntN(min(3, len(a.units)))] {
		name := names[r.IntN(len(names))]
		changes[name](r, &b.units[i])
		edits, done = append(edits, Edit{a.summary(i), b.summary(i)}), append(done, name)
	}
	return b, edits, done
}

// summary is that of a unit of the archive as it is built.
func (a archive) summary(i int) Summary {
	u := &a.units[i]
	return Summarise(u, strings.Split(u.File, "/")[1], record.Loc{File: u.File, Line: 10, Offset: 100 * i, Len: 99}, []string{"vi", "en"})
}

func faulty(ds []diag.Diagnostic) bool {
	return slices.ContainsFunc(ds, func(d diag.Diagnostic) bool { return d.Severity == diag.Error })
}

// whole is all that a catalog says, places too.
func whole(c *Catalog) string {
	var b strings.Builder
	b.WriteString(dump(c))
	for row := range int32(c.entries.len()) {
		fmt.Fprintln(&b, row, c.Loc(row), c.Sum(row), c.DateKey(row), c.Facts(row), c.Verdict(row), c.Inherited(row).key())
		fmt.Fprintln(&b, string(c.AppendInherited(c.AppendFace(c.AppendTranslations(c.AppendName(nil, row), row), row), row)))
	}
	for s := range c.Tombstones() {
		fmt.Fprintln(&b, s)
	}
	return b.String()
}

// A patched catalog is the one that would be frozen from nothing, or there is
// none; and the catalog that it came from stays as it was.
func TestPatchIsFreeze(t *testing.T) {
	taken, refused := map[string]int{}, map[string]int{}
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 5))
		a := random(r)
		for i := range a.units {
			lifted(&a.units[i])
		}
		_, c, ds := a.build(t)
		if faulty(ds) {
			continue
		}
		for step := range 5 {
			before := whole(c)
			b, edits, done := edited(r, a)
			_, want, ds := b.build(t)
			got, _, ok := c.Patch(edits)
			if whole(c) != before {
				t.Fatalf("seed %d, step %d: %v changed the catalog that was patched", seed, step, done)
			}
			for _, name := range done {
				if ok {
					taken[name]++
				} else if len(done) == 1 {
					refused[name]++
				}
			}
			if !ok {
				continue
			}
			if faulty(ds) {
				t.Fatalf("seed %d, step %d: %v was patched in spite of %v", seed, step, done, ds)
			}
			if with, without := whole(got), whole(want); with != without {
				t.Fatalf("seed %d, step %d: %v: %s", seed, step, done, firstDifference(with, without))
			}
			a, c = b, got
		}
	}
	for name := range changes {
		if taken[name] < 10 {
			t.Errorf("%s: patched %d times, refused %d times", name, taken[name], refused[name])
		}
	}
	t.Logf("patched %v, refused %v", taken, refused)
}

// The rows that Patch names are those whose summaries are not what they were.
func TestPatchNamesWhatChanged(t *testing.T) {
	a := units(unit("f/f - fonds"), unit("f/x1 f item", unitNo("1")), unit("f/x2 f item", unitNo("2")), unit("f/x3 f item", unitNo("3")))
	c := a.catalog(t)
	var edits []Edit
	for i := 1; i < 4; i++ {
		e := Edit{a.summary(i), a.summary(i)}
		e.New.Loc.Offset += 7
		if i == 2 {
			e.New.Titles = []string{"Tiêu đề khác", ""}
		}
		edits = append(edits, e)
	}
	got, rows, ok := c.Patch(edits)
	if x2, _ := c.Find("x2"); !ok || !slices.Equal(rows, []int32{x2}) || got.Loc(x2).Offset != 207 || got.Loc(x2+1).Offset != 307 {
		t.Errorf("%v: rows %v", ok, rows)
	}
}

// What one record at a time could do without, several may not do without at
// once; and what a record may name depends on the way in which it names it.
func TestPatchRefuses(t *testing.T) {
	about := func(id string) func(*record.Unit) { return func(u *record.Unit) { u.Agents = []record.Ref{ref(id)} } }
	of := func(u *record.Unit) { u.Subjects = []record.Ref{ref("s1")} }
	a := units(unit("f/f - fonds"), unit("f/x1 f item", unitNo("1"), about("a1")), unit("f/x2 f item", unitNo("2"), about("a1")), unit("f/x3 f item", unitNo("3"), of),
		unit("f/x4 f file", unitNo("4")), unit("f/x5 x4 item"), unit("f/x6 f item", state("restricted"), unitNo("6")))
	a.agents = []record.Agent{{ID: str("a1"), Name: text("A1")}}
	a.subjects = []record.Subject{{ID: str("s1"), Label: text("S1")}}
	a.exhibition = &record.Exhibition{ID: str("t"), Title: text("T")}
	c := a.catalog(t)
	none := func(u *record.Unit) { u.Agents, u.Subjects = nil, nil }
	held := func(id string) func(*record.Unit) { return func(u *record.Unit) { u.Originals.HeldBy = ref(id) } }
	related := func(id string) func(*record.Unit) {
		return func(u *record.Unit) { u.Related = []record.Related{{ID: str(id)}} }
	}
	for name, e := range map[string]struct {
		change map[int]func(*record.Unit)
		ok     bool
	}{
		"one of two no longer names an agent":     {map[int]func(*record.Unit){1: none}, true},
		"nobody names the agent any more":         {map[int]func(*record.Unit){1: none, 2: none}, false},
		"nobody names the subject any more":       {map[int]func(*record.Unit){3: none}, false},
		"held by an agent":                        {map[int]func(*record.Unit){3: held("a1")}, true},
		"held by a record, which is no holder":    {map[int]func(*record.Unit){3: held("x1")}, false},
		"held by an exhibition":                   {map[int]func(*record.Unit){3: held("t")}, false},
		"related to a record":                     {map[int]func(*record.Unit){3: related("x1")}, true},
		"related to an exhibition":                {map[int]func(*record.Unit){3: related("t")}, true},
		"related to a record that is not public":  {map[int]func(*record.Unit){3: related("x6")}, false},
		"related to nothing":                      {map[int]func(*record.Unit){3: related("x9")}, false},
		"an agent where a subject should be":      {map[int]func(*record.Unit){3: func(u *record.Unit) { u.Subjects = []record.Ref{ref("a1")} }}, false},
		"languages of a file that holds a record": {map[int]func(*record.Unit){4: func(u *record.Unit) { u.Languages = []record.Str{str("fr")} }}, false},
		"languages of a record":                   {map[int]func(*record.Unit){5: func(u *record.Unit) { u.Languages = []record.Str{str("fr")} }}, true},
		"past a neighbour":                        {map[int]func(*record.Unit){1: unitNo("3")}, false},
		"out of the restriction":                  {map[int]func(*record.Unit){6: state("public")}, false},
		"the title of the fonds":                  {map[int]func(*record.Unit){0: titled("Khác")}, false},
	} {
		b := a
		b.units = slices.Clone(a.units)
		var edits []Edit
		for i, change := range e.change {
			change(&b.units[i])
			edits = append(edits, Edit{a.summary(i), b.summary(i)})
		}
		if _, _, ok := c.Patch(edits); ok != e.ok {
			t.Errorf("%s: %v", name, ok)
		}
	}
}
