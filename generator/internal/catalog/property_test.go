package catalog

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"unsafe"

	"vitrine/generator/internal/record"
)

// dump writes everything that a reader of a catalog can learn from it but the
// places of the files.
func dump(c *Catalog) string {
	var b strings.Builder
	for row := range int32(c.entries.len()) {
		dumpRow(&b, c, row)
	}
	for k := range kindCount {
		fmt.Fprintln(&b, k, c.Len(k))
	}
	for s := range c.Tombstones() {
		fmt.Fprintln(&b, "tombstone", s.ID, s.Fonds)
	}
	return b.String()
}

func dumpRow(b *strings.Builder, c *Catalog, row int32) {
	id := c.ID(row)
	found, ok := c.Find(id)
	title, _ := c.Title(row, "en")
	fmt.Fprintln(b, row, found, ok, id, c.Kind(row), title, c.Date(row), c.Reference(row, vietnamese), c.Form(row), c.Commemorated(row))
	if c.Kind(row) == Unit {
		fmt.Fprintln(b, " ", c.Level(row), c.Parent(row), c.Before(row), c.Next(row), c.Fonds(row), c.End(row), c.Beneath(row), slices.Collect(c.Children(row)))
		fmt.Fprintln(b, " ", c.Has(row, HasImages), c.Has(row, Special), c.Verdict(row).Parts, c.Verdict(row).Reason, c.Inherited(row))
	}
	fmt.Fprintln(b, " ", c.Links(row), c.Exhibitions(row))
}

// random makes an archive of up to three fonds, of which some records are not
// published for one reason or another.
func random(r *rand.Rand) archive {
	var a archive
	for i := range 4 {
		a.agents = append(a.agents, record.Agent{ID: str(fmt.Sprint("agent-", i)), Name: text(fmt.Sprint("Agent ", r.IntN(3))),
			Relations: []record.Relation{{To: ref(fmt.Sprint("agent-", r.IntN(4)))}}, Places: []record.Ref{ref(fmt.Sprint("place-", r.IntN(4)))}})
		a.places = append(a.places, record.Place{ID: str(fmt.Sprint("place-", i)), Name: text("P"), Parent: ref(fmt.Sprint("place-", r.IntN(4)))})
		a.subjects = append(a.subjects, record.Subject{ID: str(fmt.Sprint("subject-", i)), Label: text("S"), Broader: ref(fmt.Sprint("subject-", r.IntN(4)))})
		a.houses = append(a.houses, record.Repository{ID: str(fmt.Sprint("house-", i)), Name: text("H"), Place: ref(fmt.Sprint("place-", i))})
	}
	for f := range 1 + r.IntN(3) {
		a.units = append(a.units, randomFonds(r, fmt.Sprint("f", f))...)
	}
	a.exhibition = &record.Exhibition{ID: str("show"), Title: text("T")}
	for range 3 {
		a.shown = append(a.shown, Naming{ID: a.units[r.IntN(len(a.units))].ID.V})
	}
	return a
}

func randomFonds(r *rand.Rand, fonds string) []record.Unit {
	states := []string{"public", "public", "public", "public", "metadata-only", "unreviewed", "unreviewed", "", "restricted", "withdrawn", "embargo"}
	us := []record.Unit{unit(fonds + "/" + fonds + " - fonds")}
	for i := range r.IntN(25) {
		above := us[r.IntN(len(us))]
		rank := record.LevelRank(above.Level.V)
		level := record.Vocabulary("level")[min(max(2, rank+1+r.IntN(2)), 7)].Key
		us = append(us, unit(fmt.Sprintf("%s/%s-%02d %s %s", fonds, fonds, i, above.ID.V, level)))
	}
	for i := range us {
		u := &us[i]
		u.Access.State.V = states[r.IntN(len(states))]
		if i == 0 && r.IntN(3) > 0 {
			u.Access.State.V = "public"
		}
		if r.IntN(8) == 0 {
			u.Clearance = record.Str{}
		}
		unitNo(fmt.Sprint(r.IntN(4)))(u)
		created([]string{"1930", "1945-09-02", "", "1941~"}[r.IntN(4)])(u)
		titled(fmt.Sprint("Tiêu đề ", r.IntN(3)))(u)
		decorate(r, u, us)
	}
	return us
}

func decorate(r *rand.Rand, u *record.Unit, all []record.Unit) {
	if r.IntN(2) == 0 {
		u.Agents = []record.Ref{ref(fmt.Sprint("agent-", r.IntN(4)))}
	}
	if r.IntN(3) == 0 {
		u.Subjects = []record.Ref{ref(fmt.Sprint("subject-", r.IntN(4)))}
		u.Related = []record.Related{{ID: all[r.IntN(len(all))].ID}}
	}
	if r.IntN(3) == 0 {
		u.Place = ref(fmt.Sprint("place-", r.IntN(4)))
		u.Languages = []record.Str{str([]string{"vi", "fr"}[r.IntN(2)])}
	}
	if r.IntN(3) == 0 {
		u.Reference.Repository, u.Rights.URI = str(fmt.Sprint("house-", r.IntN(4))), str([]string{"r1", "r2", ""}[r.IntN(3)])
	}
	if r.IntN(2) == 0 {
		u.Objects, u.SpecialValue = []record.Object{{Kind: str("page")}}, []record.SpecialValue{{}}
		u.Rights.URI = str("http://rightsstatements.org/vocab/CNE/1.0/")
	}
	u.Form = str([]string{"nghi-quyet", "anh"}[r.IntN(2)])
}

// reduced is the archive as if what is hidden had never been in it: decided
// here by the rules as they are written, not by the gate.
func reduced(a archive) archive {
	byID := map[string]*record.Unit{}
	for i := range a.units {
		byID[a.units[i].ID.V] = &a.units[i]
	}
	above := func(u *record.Unit) *record.Unit { return byID[u.Parent.V] }
	open := func(u *record.Unit) bool {
		s := u.Access.State.V
		return u.Clearance.V != "" && (s == "public" || s == "metadata-only")
	}
	under := func(u *record.Unit, blocking ...string) bool {
		top := u
		for p := above(u); p != nil; p = above(p) {
			if slices.Contains(blocking, p.Access.State.V) {
				return false
			}
			top = p
		}
		return open(u) && open(top)
	}
	visible := func(u *record.Unit) bool { return under(u, "restricted", "withdrawn", "embargo") }
	stone := func(u *record.Unit) bool { // a notice stands where it was
		shown := *u
		shown.Access.State, shown.Clearance = str("public"), str("kt")
		return u.Access.State.V == "withdrawn" && under(&shown, "restricted", "embargo")
	}
	out := a
	out.units, out.shown = nil, nil
	for i := range a.units {
		u := a.units[i]
		if !visible(&u) && !stone(&u) {
			continue
		}
		for p := above(&u); p != nil; p = above(p) {
			if p.Access.State.V == "metadata-only" && u.Access.State.V == "public" {
				u.Access.State.V = "metadata-only" // a restriction is inherited through what is hidden
			}
		}
		if stone(&u) {
			u = record.Unit{ID: u.ID, Level: u.Level, Parent: u.Parent, Access: u.Access, Clearance: u.Clearance, File: u.File, Title: text("Đã rút")}
		}
		for p := above(&u); p != nil && !visible(p); p = above(p) {
			u.Parent = p.Parent
		}
		u.Related = slices.DeleteFunc(slices.Clone(u.Related), func(r record.Related) bool { return !visible(byID[r.ID.V]) })
		out.units = append(out.units, u)
	}
	for _, n := range a.shown {
		if visible(byID[n.ID]) {
			out.shown = append(out.shown, n)
		}
	}
	return out
}

// A catalog with hidden records tells its readers no more than one of an
// archive in which they never were.
func TestHiddenLeavesNoTrace(t *testing.T) {
	hid, shown := 0, 0
	for seed := range uint64(500) {
		a := random(rand.New(rand.NewPCG(seed, 1)))
		less := reduced(a)
		with, without := dump(a.catalog(t)), dump(less.catalog(t))
		if with != without {
			t.Fatalf("seed %d: %s", seed, firstDifference(with, without))
		}
		hid += len(a.units) - len(less.units)
		shown += len(less.units)
	}
	if hid < 1000 || shown < 1000 {
		t.Errorf("%d records hidden, %d shown: the archives prove nothing", hid, shown)
	}
}

func firstDifference(a, b string) string {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(as), len(bs)) {
		if as[i] != bs[i] {
			return fmt.Sprintf("line %d\n  with    %s\n  without %s", i, as[i], bs[i])
		}
	}
	return fmt.Sprintf("%d lines, %d lines", len(as), len(bs))
}

// The order in which records are read changes nothing.
func TestOrderOfReadingChangesNothing(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 2))
		a := random(r)
		want := dump(a.catalog(t))
		for range 3 {
			r.Shuffle(len(a.units), func(i, j int) { a.units[i], a.units[j] = a.units[j], a.units[i] })
			r.Shuffle(len(a.agents), func(i, j int) { a.agents[i], a.agents[j] = a.agents[j], a.agents[i] })
			r.Shuffle(len(a.shown), func(i, j int) { a.shown[i], a.shown[j] = a.shown[j], a.shown[i] })
			if got := dump(a.catalog(t)); got != want {
				t.Fatalf("seed %d: %s", seed, firstDifference(want, got))
			}
		}
	}
}

// Run with -race: a frozen catalog is read by any number of goroutines.
func TestReadByMany(t *testing.T) {
	c := random(rand.New(rand.NewPCG(3, 3))).catalog(t)
	want := dump(c)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if dump(c) != want {
					t.Error("two readers saw different catalogs")
				}
			}
		})
	}
	wg.Wait()
}

func TestEntrySize(t *testing.T) {
	if size := unsafe.Sizeof(entry{}); size > 92 {
		t.Errorf("an entry takes %d bytes", size)
	}
	if size := unsafe.Sizeof(Link{}); size > 12 {
		t.Errorf("a link takes %d bytes", size)
	}
	noPointers(t, reflect.TypeFor[entry]())
	noPointers(t, reflect.TypeFor[Link]())
}

func noPointers(t *testing.T, typ reflect.Type) {
	for i := range typ.NumField() {
		switch f := typ.Field(i); f.Type.Kind() {
		case reflect.Struct:
			noPointers(t, f.Type)
		case reflect.Array:
			if f.Type.Elem().Kind() != reflect.Uint8 {
				t.Errorf("%s.%s is a %s", typ, f.Name, f.Type)
			}
		case reflect.Bool, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Int32:
		default:
			t.Errorf("%s.%s is a %s", typ, f.Name, f.Type)
		}
	}
}

func TestArena(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	var a arena
	var at []uint32
	var want [][]string
	for range 3000 {
		parts := []string{fmt.Sprint(r.IntN(1000)), "", strings.Repeat("ữ", r.IntN(1000)), "end"}
		at, want = append(at, a.add(parts...)), append(want, parts)
	}
	if len(a.chunks) < 3 {
		t.Fatalf("%d chunks", len(a.chunks))
	}
	for i := range at {
		for n, s := range want[i] {
			if got := a.bytes(at[i], n); string(got) != s {
				t.Fatalf("blob %d string %d: %q, want %q", i, n, got, s)
			}
		}
	}
}

// A text far too long for a title is cut between characters, and takes no
// chunk of its own.
func TestArenaCutsLongStrings(t *testing.T) {
	var a arena
	long := "x" + strings.Repeat("ữ", chunkBytes)
	for range 50 {
		at := a.add("id", long, "end")
		got := string(a.bytes(at, 1))
		if len(got) > maxString || len(got) < maxString-4 || !strings.HasPrefix(long, got) || strings.ContainsRune(got, '\ufffd') {
			t.Fatalf("cut to %d bytes", len(got))
		}
		if string(a.bytes(at, 2)) != "end" {
			t.Fatal("the string behind a long one is lost")
		}
	}
	if len(a.chunks) != 1 {
		t.Errorf("%d chunks for 50 long strings", len(a.chunks))
	}
}

const chunkBytes = 1 << chunkBits
