package generator_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// leakArchive is a random archive of which the test knows what is public.
type leakArchive struct {
	t        *testing.T
	seed     uint64
	r        *rand.Rand
	langs    []string
	base     string // address of the site; empty where it has none
	units    []*leakUnit
	others   []*authority
	canaries *canaries
	paints   map[paint]*painted
	both     map[string][]byte // files of the archive and of its twin
	hidden   map[string][]byte // files that the twin lacks
	officers map[string]string // what is internal to decisions, by id and key
}

// leakUnit is one record of it.
type leakUnit struct {
	id, level     string
	fonds, parent *leakUnit
	fate          fate
	lately        bool // it was public until the last edit
	shows         released
	file          string // in which it stands
	fields        map[string]any
	objects       []*leakObject
	withdrawn     map[string]any
	related       []*leakUnit
	remarks       []string     // on those
	names         []*authority // that it names, as far as they have a record
}

// leakObject is a digital object of a record.
type leakObject struct {
	part   string // of the record, that clears it
	fields map[string]any
}

// authority is an agent, place, event, subject or repository.
type authority struct {
	id, folder string
	names      []*authority // that it names in turn
	fields     map[string]any
	body       []byte // its Markdown file
	open       bool   // something public leads to it
}

// newLeakArchive makes up an archive. The same seed gives the same one.
func newLeakArchive(t *testing.T, seed uint64) *leakArchive {
	r := rand.New(rand.NewPCG(seed, 4))
	a := &leakArchive{t: t, seed: seed, r: r, langs: []string{"vi", "en"}, canaries: newCanaries(r),
		paints: map[paint]*painted{}, both: map[string][]byte{}, hidden: map[string][]byte{}}
	if r.IntN(4) == 0 {
		a.langs = a.langs[:1]
	}
	if r.IntN(2) == 0 {
		a.base = baseURL
	}
	a.makeAuthorities()
	a.growTree(seed%70 == 7)
	for _, u := range a.units {
		u.judge()
		a.describe(u)
	}
	a.findOpen()
	a.decide()
	a.exhibit()
	a.makePages()
	a.leaveStrays()
	return a
}

// judge finds what comes out of a record: what its fate lets out, less what
// those above it withhold. Those are judged before.
func (u *leakUnit) judge() {
	u.shows = u.fate.shown
	for up := u.parent; up != nil; up = up.parent {
		switch {
		case up.fate.withholds == everything:
			u.shows = nil
		case up.fate.withholds == allButMetadata && u.shows != nil:
			u.shows = justText
		}
	}
	if u.fonds != u && u.fonds.shows == nil {
		u.shows = nil
	}
}

func (u *leakUnit) public() bool { return u.shows.has("metadata") }

// leavesTombstone reports whether a notice stands where the record was: of a
// fonds, or in a published one beneath nobody who withholds it but by having been
// withdrawn too, which takes no notice away. That of a fonds stands for all that
// was in it.
func (u *leakUnit) leavesTombstone() bool {
	if !u.fate.tombstone() || u.fonds != u && !u.fonds.public() {
		return false
	}
	for up := u.parent; up != nil; up = up.parent {
		if up.fate.withholds == everything && !up.fate.tombstone() {
			return false
		}
	}
	return true
}

// tellsTitle reports whether that notice may say what the record was called: where that was
// cleared, and nothing above it was withdrawn.
func (u *leakUnit) tellsTitle() bool {
	for up := u.parent; up != nil; up = up.parent {
		if up.fate.tombstone() {
			return false
		}
	}
	return u.fate.tells
}

// home is the nearest public record above one.
func (u *leakUnit) home() *leakUnit {
	up := u.parent
	for up != nil && !up.public() {
		up = up.parent
	}
	return up
}

// growTree makes one to three fonds with what is beneath them, ten to sixty
// records in all, or so many that their lists are cut into pages. The first
// fonds is public.
func (a *leakArchive) growTree(large bool) {
	for i := range 1 + a.r.IntN(3) {
		f := &leakUnit{level: "fonds", fate: publicFates[0]}
		f.fonds = f
		if a.seed%5 == 3 {
			f.fate = publicFates[2] // which may not be taken away
		}
		if i > 0 && a.r.IntN(2) == 0 {
			f.fate = pick(a.r, hiddenFates)
			if a.r.IntN(2) == 0 {
				f.fate = pick(a.r, slices.DeleteFunc(slices.Clone(hiddenFates), func(f fate) bool { return !f.tombstone() }))
			}
			f.lately = a.r.IntN(2) == 0
		}
		a.plant(f)
	}
	n := 9 + a.r.IntN(12)*a.r.IntN(2)
	switch {
	case large:
		n = 300
	case a.r.IntN(16) == 0:
		n = 55
	}
	for range n {
		a.growBeneath(a.holder())
	}
}

// beneathLevel is what may hang under a level.
var beneathLevel = map[string][]string{
	"fonds": {"series", "file", "file", "item", "item"}, "series": {"file", "file", "item"}, "file": {"item", "item", "item"}, "item": {"part"},
}

// holder is a record that can hold another: more often one below a fonds, so
// that what is withheld from those beneath matters.
func (a *leakArchive) holder() *leakUnit {
	var fonds, below []*leakUnit
	for _, u := range a.units {
		switch {
		case u.fonds == u:
			fonds = append(fonds, u)
		case u.level == "item" && a.r.IntN(3) > 0 || beneathLevel[u.level] == nil:
		default:
			below = append(below, u)
		}
	}
	if len(below) == 0 || a.r.IntN(5) < 2 {
		return pick(a.r, fonds)
	}
	return pick(a.r, below)
}

// growBeneath adds a record under another one.
func (a *leakArchive) growBeneath(up *leakUnit) {
	u := &leakUnit{level: pick(a.r, beneathLevel[up.level]), parent: up, fonds: up.fonds, fate: pick(a.r, publicFates)}
	switch a.r.IntN(5) {
	case 0, 1:
		u.fate = pick(a.r, hiddenFates)
		u.lately = a.r.IntN(2) == 0
	case 2:
		u.fate = pick(a.r, publicFates[:wholeFates])
	}
	a.plant(u)
}

// plant gives a record its id and file.
func (a *leakArchive) plant(u *leakUnit) {
	u.id = a.canaries.word(canary{where: "Unit.ID", unit: u, part: "metadata"})
	if u.fate.decision == "qd-khoang" || u.parent != nil && a.r.IntN(4) == 0 {
		u.id = fmt.Sprintf("khoang-%04d", len(a.units)) // within the range that is decided on
	}
	u.file = "fonds/" + u.fonds.id + "/fonds.yaml"
	if u.parent != nil {
		u.file = fmt.Sprintf("fonds/%s/records/%s/tep-%d.yaml", u.fonds.id, pick(a.r, []string{"a", "b"}), a.r.IntN(4))
	}
	a.units = append(a.units, u)
}

// scopesOf are what clearances name, among some of the records.
func scopesOf(units []*leakUnit) scopes {
	s := scopes{ranges: []string{"khoang-0000..khoang-0999"}, tung: []string{"mot-ban-ghi-khac"}}
	for _, u := range units {
		s.ids = append(s.ids, u.id)
		if u.fonds == u {
			s.fonds = append(s.fonds, u.id)
		}
		if u.fate.decision == "qd-tung" {
			s.tung = append(s.tung, u.id)
		}
	}
	slices.Sort(s.ids)
	return s
}

// makeAuthorities makes up those that records may name, and that name each
// other: each only those made before it, so that none is above itself.
func (a *leakArchive) makeAuthorities() {
	for _, folder := range []string{"places", "subjects", "agents", "events", "repositories"} {
		for range 2 + a.r.IntN(2) {
			o := &authority{folder: folder}
			o.id = a.canaries.word(canary{where: folder + " id", other: o})
			a.describeAuthority(o)
			a.others = append(a.others, o)
		}
	}
}

// someAuthority is one of a kind, nil where there is none yet.
func (a *leakArchive) someAuthority(folder string) *authority {
	var all []*authority
	for _, o := range a.others {
		if o.folder == folder {
			all = append(all, o)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return pick(a.r, all)
}

// findOpen marks the authorities that something public leads to.
func (a *leakArchive) findOpen() {
	var mark func(o *authority)
	mark = func(o *authority) {
		if !o.open {
			o.open = true
			for _, next := range o.names {
				mark(next)
			}
		}
	}
	for _, u := range a.units {
		if u.public() {
			for _, o := range u.names {
				mark(o)
			}
		}
	}
}

// decide makes up who prepared and approved the decisions.
func (a *leakArchive) decide() {
	a.officers = map[string]string{}
	for _, d := range decisions {
		for _, f := range [][2]string{{"prepared_by", "Nguyễn Thị "}, {"approved_by", "Trần Văn "}, {"note", "Ghi chú "}} { // two people
			what, name := f[0], f[1]
			a.officers[d.id+" "+what] = name + a.canaries.word(canary{where: "Clearance." + what, part: secretPart})
		}
	}
}

// side is one state of an archive.
type side int

const (
	asItWas side = iota // the records that were public once still are
	asItIs              // the archive as it is
	asTwin              // the same with all deleted that is not public
)

// tree is every file of the content, by path.
func (a *leakArchive) tree(s side) map[string][]byte {
	out := maps.Clone(a.both)
	units := a.units
	if s == asTwin {
		units = nil
		for _, u := range a.units {
			if u.public() {
				units = append(units, u)
			}
		}
	} else {
		maps.Copy(out, a.hidden)
	}
	for _, u := range units {
		a.write(out, u, s)
	}
	for _, o := range a.others {
		if o.open || s != asTwin {
			out[o.folder+"/"+o.id+".yaml"] = yamlOf(o.fields)
			if o.body != nil {
				out[o.folder+"/"+o.id+".md"] = o.body
			}
		}
	}
	for _, d := range decisions {
		out["clearances/"+d.id+".yaml"] = d.text(scopesOf(units), func(what string) string { return a.officers[d.id+" "+what] })
	}
	return out
}
