package generator_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"reflect"
	"slices"

	"vitrine/generator/internal/record"
)

// describe fills in a record: its fields, objects, relations and longer texts.
// Hidden ones have every field, public ones some.
func (a *leakArchive) describe(u *leakUnit) {
	p := &planter{a: a, unit: u, part: "metadata", spare: u.public()}
	u.fields = p.structure(reflect.TypeFor[record.Unit](), "Unit")
	if u.fate.tombstone() {
		u.withdrawn = (&planter{a: a, unit: u, part: "metadata"}).structure(reflect.TypeFor[record.Withdrawal](), "Unit.Withdrawn")
	}
	if u.fonds == u {
		u.fields["defaults"] = map[string]any{"notes": p.phrase("defaults"), "creators": []any{map[string]any{"name": p.phrase("defaults")}}}
	}
	if u.level == "item" || u.level == "file" || u.level == "part" {
		n := a.r.IntN(3)
		if u.public() && len(u.shows) < len(whole) { // of which some come out and some do not
			n = 2 + a.r.IntN(3)
		}
		for seq := range n {
			a.addObject(u, seq+1)
		}
	}
	for range a.r.IntN(3) {
		u.related = append(u.related, pick(a.r, a.units))
		u.remarks = append(u.remarks, p.phrase("Unit.Related.Note"))
	}
	if !u.public() || a.r.IntN(3) == 0 {
		a.addBodies(u, p)
	}
}

// addBodies gives a record its longer descriptions.
func (a *leakArchive) addBodies(u *leakUnit, p *planter) {
	stem := path.Join(path.Dir(u.file), u.id)
	if u.fonds == u {
		stem = path.Join(path.Dir(u.file), "fonds")
	}
	for _, ending := range []string{".md", ".en.md"} {
		text := fmt.Sprintf("# %s\n\n*%s*\n\n- %s\n- `%s`\n\n| %s |\n| --- |\n| %s |\n", p.phrase("body"), p.phrase("body"), p.phrase("body"), p.phrase("body"), p.phrase("body"), p.phrase("body"))
		a.put(u, stem+ending, []byte(text))
	}
}

// put places a file that belongs to a record.
func (a *leakArchive) put(u *leakUnit, name string, data []byte) {
	if u.public() {
		a.both[name] = data
	} else {
		a.hidden[name] = data
	}
}

// objectKinds are those of digital objects, with the part that clears each. None is
// named .pdf: each of these is opened, and the archives are hundreds.
var objectKinds = []struct{ kind, part, ending string }{
	{"page", "images", ".jpg"}, {"page", "images", ".jpg"}, {"image", "images", ".png"}, {"text", "transcript", ".txt"},
	{"audio", "audio", ".mp3"}, {"video", "video", ".webm"}, {"pdf", "images", ".djvu"},
}

// addObject gives a record a digital object with its master.
func (a *leakArchive) addObject(u *leakUnit, seq int) {
	k := pick(a.r, objectKinds)
	if len(a.paints) > mostPaints {
		k = objectKinds[3] // no two pictures may look alike
	}
	p := &planter{a: a, unit: u, part: k.part}
	p.file = p.word("Object.File")
	o := &leakObject{part: k.part, fields: p.structure(reflect.TypeFor[record.Object](), "Object")}
	o.fields["kind"], o.fields["file"] = k.kind, p.file+k.ending
	if a.r.IntN(2) == 0 {
		o.fields["seq"] = seq
	}
	if n := len(u.objects); n > 0 && o.pictured() && u.objects[n-1].pictured() {
		o.fields["compare_with"] = u.objects[n-1].fields["seq"]
	}
	for _, key := range []string{"transcript", "translation"} {
		q := &planter{a: a, unit: u, part: "transcript", file: p.file + "-" + key, master: p.file + k.ending}
		if k.part != "images" { // without the pages there is nothing that it stands beside
			q.part = k.part
		}
		o.fields[key] = q.structure(reflect.TypeFor[record.Transcript](), "Transcript")
	}
	data := []byte(p.phrase("master") + "\n")
	switch k.ending {
	case ".jpg", ".png":
		data = a.paintMaster(u, k.ending)
	case ".mp3":
		data = soundFile(p.secret("metadata of a sound"), p.phrase("sound"))
	case ".webm":
		data = filmFile(p.secret("metadata of a film"), p.phrase("film"))
	}
	a.put(u, "fonds/"+u.fonds.id+"/media/"+p.file+k.ending, data)
	o.fields["sha256"] = a.canaries.file(data, canary{where: "SHA-256 of a master", unit: u, part: k.part})
	u.objects = append(u.objects, o)
}

// pictured reports whether an object is a picture that another can name.
func (o *leakObject) pictured() bool {
	kind := o.fields["kind"]
	return o.fields["seq"] != nil && (kind == "page" || kind == "image")
}

// describeAuthority fills in an authority.
func (a *leakArchive) describeAuthority(o *authority) {
	p := &planter{a: a, other: o}
	typ := map[string]reflect.Type{"agents": reflect.TypeFor[record.Agent](), "places": reflect.TypeFor[record.Place](), "events": reflect.TypeFor[record.Event](),
		"subjects": reflect.TypeFor[record.Subject](), "repositories": reflect.TypeFor[record.Repository]()}[o.folder]
	o.fields = p.structure(typ, typ.Name())
	if o.folder != "repositories" {
		o.body = []byte(p.phrase("body") + "\n")
	}
}

// write adds a record to the files of a side.
func (a *leakArchive) write(out map[string][]byte, u *leakUnit, s side) {
	doc := maps.Clone(u.fields)
	up := u.parent
	if s == asTwin {
		up = u.home()
	}
	if up != nil {
		doc["parent"] = up.id
	}
	u.writeAccess(doc, s)
	for i, r := range u.related {
		if s != asTwin || r.public() {
			list, _ := doc["related"].([]any)
			doc["related"] = append(list, map[string]any{"id": r.id, "note": u.remarks[i]})
		}
	}
	for _, o := range u.objects {
		if s != asTwin || u.shows.has(o.part) {
			list, _ := doc["objects"].([]any)
			doc["objects"] = append(list, o.on(s, u.shows))
		}
	}
	text := yamlOf(doc)
	if earlier := out[u.file]; earlier != nil {
		text = slices.Concat(earlier, []byte("---\n"), text)
	}
	out[u.file] = text
}

// writeAccess says whether a record is public, as its fate has it.
func (u *leakUnit) writeAccess(doc map[string]any, s side) {
	f := u.fate
	if s == asItWas && u.lately {
		f = publicOnce
	}
	access, _ := doc["access"].(map[string]any)
	access = maps.Clone(access)
	delete(doc, "access")
	if f.state != "" {
		access["state"] = f.state
		if f.embargo != "" {
			access["embargo_until"] = f.embargo
		}
		doc["access"] = access
	}
	if f.decision != "" {
		doc["clearance"] = f.decision
	}
	if f.tombstone() {
		w := maps.Clone(u.withdrawn)
		w["date"], w["reason"] = "2026-10-01", f.reason
		if w["level"] = f.level; f.level == "" {
			delete(w, "level")
		}
		doc["withdrawn"] = w
	}
}

// on is the object as a side has it: the twin lacks what is not cleared of it.
func (o *leakObject) on(s side, shows released) map[string]any {
	out := maps.Clone(o.fields)
	if s == asTwin && !shows.has("transcript") {
		delete(out, "transcript")
		delete(out, "translation")
		delete(out, "captions")
		delete(out, "chapters")
	}
	return out
}

// yamlOf writes fields as YAML, each value on one line as JSON has it.
func yamlOf(fields map[string]any) []byte {
	var b bytes.Buffer
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		b.WriteString(key + ": ")
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(fields[key]); err != nil {
			panic(err) // of strings, numbers, lists and maps
		}
	}
	return b.Bytes()
}
