package generator_test

import (
	"fmt"
	"html"
	"reflect"
	"strings"

	"vitrine/generator/internal/record"
)

// planter puts a canary into every field of a struct of package record, found
// by reflection: a field that is added to the model is planted without anybody
// thinking of it, and one of a kind that is not known here fails the test.
type planter struct {
	a      *leakArchive
	unit   *leakUnit  // that is being described, or nil
	other  *authority // that is being described, or nil
	part   string     // of the record that the fields belong to
	file   string     // stem of the names of files, for those of objects
	master string     // name of the file of the object that its files belong to
	spare  bool       // some fields that may be left out are
}

// chosen are the fields whose values the archive decides on, or that must be of
// a form of their own; nil leaves the key out. All others get a canary.
var chosen = map[string]func(p *planter) any{
	"Unit.ID": func(p *planter) any { return p.unit.id }, "Unit.Level": func(p *planter) any { return p.unit.level },
	"Unit.Form":                  func(p *planter) any { return pick(p.a.r, []string{"cong-van", "quyet-dinh", "anh", "nghi-quyet"}) },
	"Unit.Parent":                absent, // written for each side of the archive
	"Unit.Access.State":          absent,
	"Unit.Access.EmbargoUntil":   absent,
	"Unit.Clearance":             absent,
	"Unit.Withdrawn":             absent,
	"Unit.Related":               absent,
	"Unit.Objects":               absent,
	"Unit.Access.Personal":       func(*planter) any { return "reviewed" },
	"Unit.Access.CurrentMarking": absent, // no command reads on where there is one
	"Unit.Doc.Secrecy":           secrecy,
	"Unit.Access.Declassification.FormerMarking":   func(*planter) any { return "tuyet-mat" },
	"Unit.Access.Declassification.Decision.Number": func(p *planter) any { return "12 " + p.phrase("Unit.Access.Declassification.Decision.Number") },
	"Unit.Access.Declassification.Decision.Date":   func(*planter) any { return "1990-05-19" },
	"Unit.FormerIDs":            plainWord,
	"Unit.Reference.Repository": func(p *planter) any { return p.named("repositories") },
	"Unit.Languages":            language, "Unit.AV.Language": language, "Transcript.Lang": language,
	"Object.Kind": absent, "Object.File": absent, "Object.SHA256": absent, "Object.ClearedBy": absent, "Object.Seq": absent, "Object.CompareWith": absent, "Object.Transcript": absent, "Object.Translation": absent,
	"Object.DerivedFrom": func(p *planter) any { // a hash, and nothing else may stand there
		return p.a.canaries.file(fmt.Appendf(nil, "master %d", p.a.r.Uint64()), p.canary("Object.DerivedFrom"))
	},
	"Object.Redaction.Date":        func(*planter) any { return "2025-03-07" },
	"Object.Redaction.DerivedFrom": func(*planter) any { return strings.Repeat("5eed", 16) },
	"Transcript.File":              func(p *planter) any { return p.media(pick(p.a.r, []string{".txt", ".xml"})) },
	"Object.Captions":              func(p *planter) any { return p.spoken().media(p.ofRecording("-loi.vtt", ".vtt")) },
	"Object.Chapters":              func(p *planter) any { return p.spoken().media(p.ofRecording("-phan.vtt", ".vtt")) },
	"Object.Poster":                (*planter).poster,
	"Object.AudioDesc":             func(p *planter) any { return p.media("-tieng.txt") },

	"Agent.ID": authorityID, "Place.ID": authorityID, "Event.ID": authorityID, "Subject.ID": authorityID, "Repository.ID": authorityID,
	"Agent.FormerIDs": plainWord, "Place.FormerIDs": plainWord, "Event.FormerIDs": plainWord, "Subject.FormerIDs": plainWord,
	"Agent.Living":         func(*planter) any { return "no" },
	"Place.Coords.Lat":     func(*planter) any { return "21.0285" },
	"Place.Coords.Lon":     func(*planter) any { return "105.8542" },
	"Event.CommemoratedOn": func(p *planter) any { return fmt.Sprintf("%02d-19", 1+p.a.r.IntN(12)) },
	"Repository.Email":     func(p *planter) any { return p.word("Repository.Email") + "@example.org" },

	"Exhibition.ID": absent, "Exhibition.Access": absent, "Exhibition.Decision": absent, "Exhibition.Cover": absent, "Exhibition.Sections": absent,
	"Exhibition.ClosingText": absent, "Exhibition.FormerIDs": plainWord,
}

func absent(*planter) any { return nil }

func plainWord(p *planter) any { return p.word("former id") }

func authorityID(p *planter) any { return p.other.id }

func language(p *planter) any { return pick(p.a.r, []string{"vi", "fr", "zh", "ru"}) }

// secrecy is a marking, which needs the access block that tells who lifted it.
func secrecy(p *planter) any {
	if p.unit.fate.state == "" {
		return nil
	}
	return p.text("Unit.Doc.Secrecy")
}

// referred is the folder of the authorities that a field names by id.
var referred = map[string]string{
	"Unit.Creators": "agents", "Unit.Doc.Issuer": "agents", "Unit.Doc.Signatory": "agents", "Unit.Photo.Photographer": "agents",
	"Unit.Photo.Persons.Name": "agents", "Unit.AV.Speakers": "agents", "Unit.Agents": "agents", "Unit.Originals.HeldBy": "agents",
	"Unit.Place": "places", "Unit.Places": "places", "Unit.Events": "events", "Unit.Subjects": "subjects",
	"Agent.Relations.To": "agents", "Agent.Places": "places", "Place.Parent": "places", "Repository.Place": "places",
	"Event.Place": "places", "Event.Agents": "agents", "Event.Subjects": "subjects", "Event.Parent": "events",
	"Subject.Broader": "subjects", "Subject.Related": "subjects",
	"Unit.Access.Declassification.Decision.By": "", "Unit.Access.Declassification.Decision.IssuedBy": "", // nothing shows them
}

// neverOut are the fields of a record that View and the cards withhold of
// every record, public ones too.
var neverOut = []string{"Unit.Appraisal", "Unit.Extra", "Unit.Access.Note", "Object.Capture.Operator", "Object.File", "Object.DerivedFrom", "Object.Redaction.By", "Repository.Control"}

// notYAML are the fields that no key fills: places in files, and what stands in
// files of its own, which addBodies plants.
var notYAML = []string{"At", "File", "Sum", "Bodies"}

// secret is a canary among other words that never goes out.
func (p *planter) secret(where string) string {
	return p.a.canaries.phrase(canary{where: where, unit: p.unit, part: secretPart})
}

// spoken plants the words of a recording, which are cleared by themselves.
func (p *planter) spoken() *planter {
	q := *p
	if p.ofRecording("yes", "") != "" {
		q.part = "transcript"
	}
	return &q
}

// ofRecording is the first where a recording is planted.
func (p *planter) ofRecording(yes, no string) string {
	if p.part == "audio" || p.part == "video" {
		return yes
	}
	return no
}

// poster is the name of a new picture that stands for a recording, painted as the
// pictures of pages are; other objects have none.
func (p *planter) poster() any {
	if p.ofRecording("yes", "") == "" || len(p.a.paints) > mostPaints || p.a.r.IntN(3) == 0 {
		return nil
	}
	name := p.file + "-hinh.jpg"
	data := p.a.paintMaster(p.unit, ".jpg", p.part)
	p.a.put(p.unit, "fonds/"+p.unit.fonds.id+"/media/"+name, data)
	p.a.canaries.file(data, canary{where: "SHA-256 of a poster", unit: p.unit, part: "images"})
	return name
}

// word is a canary of the field, phrase one among other words.
func (p *planter) word(path string) string   { return p.a.canaries.word(p.canary(path)) }
func (p *planter) phrase(path string) string { return p.a.canaries.phrase(p.canary(path)) }

func (p *planter) canary(path string) canary {
	c := canary{where: path, unit: p.unit, other: p.other, part: p.part}
	for _, never := range neverOut {
		if path == never || strings.HasPrefix(path, never+".") {
			c.part = secretPart
		}
	}
	return c
}

// structure fills every field of a struct. The path begins with its name.
func (p *planter) structure(typ reflect.Type, path string) map[string]any {
	out := map[string]any{}
	for i := range typ.NumField() {
		f := typ.Field(i)
		key := f.Tag.Get("key")
		if key == "" {
			p.mustBeKnown(f, path)
			continue
		}
		at := path + "." + f.Name
		if p.spare && strings.Count(at, ".") == 1 && !mandatory[at] && p.a.r.IntN(5) < 3 {
			continue
		}
		if v := p.value(f.Type, at, f.Tag.Get("vocab")); v != nil {
			out[key] = v
		}
	}
	return out
}

// mandatory are the fields without which a record cannot be read.
var mandatory = map[string]bool{"Unit.ID": true, "Unit.Level": true, "Unit.Title": true, "Unit.Reference": true, "Unit.Dates": true,
	"Unit.Form": true, "Unit.Rights": true, "Unit.Access": true}

func (p *planter) mustBeKnown(f reflect.StructField, path string) {
	for _, name := range notYAML {
		if f.Name == name {
			return
		}
	}
	p.a.t.Fatalf("%s.%s has no key, and the leak test does not know how it is filled", path, f.Name)
}

// value is something that the field may hold, as YAML has it.
func (p *planter) value(typ reflect.Type, path, vocab string) any {
	if choose, ok := chosen[path]; ok {
		return choose(p)
	}
	switch reflect.New(typ).Interface().(type) {
	case *record.Str:
		return p.str(path, vocab)
	case *record.Text:
		return p.text(path)
	case *record.Int:
		return 1 + p.a.r.IntN(900)
	case *record.Bool:
		return p.a.r.IntN(2) == 0
	case *record.Date:
		return p.date()
	case *record.Ref:
		return p.ref(path)
	case *record.Creator:
		return map[string]any{"agent": p.named("agents"), "role": pick(p.a.r, record.Vocabulary("creator_role")).Key, "as": p.phrase(path + ".As")}
	case *record.Extent:
		return map[string]any{"text": p.text(path), "quantity": "12", "unit": p.text(path + ".Unit")}
	case *[]record.Extra:
		return map[string]any{p.word(path): p.phrase(path)}
	}
	switch typ.Kind() {
	case reflect.Pointer:
		return p.value(typ.Elem(), path, vocab)
	case reflect.Slice:
		return p.list(typ.Elem(), path, vocab)
	case reflect.Struct:
		return p.structure(typ, path)
	}
	p.a.t.Fatalf("%s is a %v, and the leak test does not know how to plant one", path, typ)
	return nil
}

// list is one value or two.
func (p *planter) list(typ reflect.Type, path, vocab string) any {
	var out []any
	for range 1 + p.a.r.IntN(2)*p.a.r.IntN(2) {
		if v := p.value(typ, path, vocab); v != nil {
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (p *planter) str(path, vocab string) any {
	switch vocab {
	case "":
		return p.phrase(path)
	case "url":
		return "https://example.org/" + p.word(path)
	}
	terms := record.Vocabulary(vocab)
	if terms == nil {
		p.a.t.Fatalf("%s is of the vocabulary %q, which the leak test does not know", path, vocab)
	}
	return pick(p.a.r, terms).Key
}

// text is a text in the first language, or in both.
func (p *planter) text(path string) any {
	if p.a.r.IntN(3) > 0 {
		return p.phrase(path)
	}
	return map[string]any{"vi": p.phrase(path), "en": p.phrase(path)}
}

// date is one of a few years, so that public records and others meet in them.
func (p *planter) date() any {
	year := 1946 + p.a.r.IntN(14)
	return pick(p.a.r, []string{fmt.Sprintf("%d-%02d-%02d", year, 1+p.a.r.IntN(12), 1+p.a.r.IntN(28)), fmt.Sprintf("%d-%02d", year, 1+p.a.r.IntN(12)),
		fmt.Sprint(year), fmt.Sprintf("%d/%d", year, year+p.a.r.IntN(9)), "195X", fmt.Sprintf("%d~", year)})
}

// ref names an authority that has a record, or one that has none.
func (p *planter) ref(path string) any {
	folder, known := referred[path]
	if !known {
		p.a.t.Fatalf("%s names an authority, and the leak test does not know of which kind", path)
	}
	if folder != "" && p.a.r.IntN(3) > 0 {
		if id := p.named(folder); id != nil {
			return id
		}
	}
	return map[string]any{"name": p.text(path)}
}

// named is the id of an authority of a kind, nil where there is none yet.
func (p *planter) named(folder string) any {
	o := p.a.someAuthority(folder)
	switch {
	case o == nil:
		return nil
	case p.unit != nil:
		p.unit.names = append(p.unit.names, o)
	case p.other != nil:
		p.other.names = append(p.other.names, o)
	}
	return o.id
}

// media is the name of a new text file that belongs to the object; some have
// none.
func (p *planter) media(ending string) any {
	if p.a.r.IntN(2) == 0 {
		return nil
	}
	name, text := p.file+ending, p.phrase("text of "+ending)
	if strings.HasSuffix(ending, ".vtt") {
		text = "WEBVTT\n\n00:01.000 --> 00:04.000\n" + strings.ReplaceAll(text, "<", "&lt;")
	}
	if ending == ".xml" {
		text = p.pageText(text)
	}
	p.a.put(p.unit, "fonds/"+p.unit.fonds.id+"/media/"+name, []byte(text+"\n"))
	return name
}

// pageText is the file of a program that read a page: one of its readings is the
// text, and what it says besides is for nobody.
func (p *planter) pageText(text string) string {
	secret := func(where string) string { return p.a.canaries.word(canary{where: where, part: secretPart}) }
	equiv := func(index int, text string) string {
		return fmt.Sprintf("<TextEquiv index=\"%d\"><Unicode>%s</Unicode></TextEquiv>", index, html.EscapeString(text))
	}
	return "<PcGts><!-- " + secret("a comment of a page text") + " --><Metadata><Creator>" + secret("who read a page") + "</Creator></Metadata><Page imageFilename=\"" + p.master + "\" imageWidth=\"360\" imageHeight=\"270\">" +
		"<TextRegion id=\"" + secret("the id of a region") + "\"><TextLine><Coords points=\"20,30 200,30 200,50\"/>" + equiv(1, secret("another reading")) + equiv(0, text) + "</TextLine></TextRegion></Page></PcGts>"
}
