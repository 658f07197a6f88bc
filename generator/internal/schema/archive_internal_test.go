package schema

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// compiled are the schemas of an archive as they are written.
func compiled(t *testing.T, rules Rules) map[string]*jsonschema.Schema {
	t.Helper()
	files, err := Files(rules)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*jsonschema.Schema{}
	for _, k := range Kinds {
		out[k.Name] = compile(t, k.Name, files[k.Name+".json"])
	}
	return out
}

var parting = regexp.MustCompile(`(?m)^---[ \t]*$`)

// Every YAML file of the archives that come with the program is taken.
func TestSchemasTakeTheArchivesWeHave(t *testing.T) {
	least := map[string]int{"../../../content": 150, "../../testdata/fsa/content": 10, "../../../templates/starter/site/content": 8}
	for dir, want := range least {
		tree, err := content.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer tree.Close()
		c, ds := tree.Config()
		if len(ds) > 0 {
			t.Fatal(ds)
		}
		schemas, seen := compiled(t, Rules{Languages: tree.Languages(), Forms: c.Profile.Forms}), 0
		for f, err := range tree.Files(".") {
			if err != nil {
				t.Fatal(err)
			}
			if f.Kind == content.KindPage {
				continue
			}
			s := schemas[byContent[f.Kind]]
			if s == nil {
				t.Errorf("%s/%s: there is no schema for the kind %s", dir, f.Path, f.Kind)
				continue
			}
			seen += taken(t, s, filepath.Join(dir, f.Path))
		}
		if seen < want {
			t.Errorf("%s: only %d documents were seen", dir, seen)
		}
	}
	profiles, _ := filepath.Glob("../content/profiles/*.yaml")
	for _, p := range profiles {
		taken(t, compiled(t, Rules{})["profile"], p)
	}
	if len(profiles) == 0 {
		t.Error("no profile was seen")
	}
}

// taken holds the documents of a file against a schema and counts them.
func taken(t *testing.T, s *jsonschema.Schema, file string) (n int) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i, doc := range parting.Split(string(text), -1) {
		n++
		if err := s.Validate(parsed(t, doc)); err != nil {
			t.Errorf("%s, document %d: %v", file, i+1, err)
		}
	}
	return n
}

// A file of each kind as it should be; what is wrong or odd is put in place of a part of it.
var sound = map[string][2]string{ // by kind: path, text
	"site":       {"site.yaml", "title: Kho\nlanguages: [vi, en]\nmax_files: 20\n"},
	"fonds":      {"fonds/phong-01/fonds.yaml", "id: phong-01\nlevel: fonds\ntitle: Phông\nreference: {fonds_no: \"1\"}\ndates: {created: \"1945/1946\"}\nextent: ít\ncreators: [{name: x}]\nscope: x\n"},
	"record":     {"fonds/phong-01/records/tl-0001.yaml", "id: tl-0001\nlevel: item\nparent: phong-01\ntitle: Thư\nform: thu\nreference: {unit_no: \"1\"}\ndates: {created: \"1945-09-02\"}\naccess: {state: public}\nlanguages: [vi]\noriginals: {status: ban-goc}\ndescription_control: {by: x}\n"},
	"repository": {"repositories/kho.yaml", "id: kho\nname: Kho\nurl: https://vi-du.vn/\n"},
	"agent":      {"agents/an.yaml", "id: an\ntype: person\nname: An\nliving: no\n"},
	"place":      {"places/ha-noi.yaml", "id: ha-noi\nname: Hà Nội\ncoords: {lat: 21.02, lon: 105.85}\n"},
	"event":      {"events/le.yaml", "id: le\ntitle: Lễ\ndate: \"1964-05-19\"\n"},
	"subject":    {"subjects/cau.yaml", "id: cau\nlabel: Cầu\n"},
	"clearance":  {"clearances/kt-01.yaml", "id: kt-01\ndecision: {number: \"1\", date: \"2026-01-15\", issued_by: {name: x}, signatory: y}\nscope: {fonds: [phong-01], parts: [metadata], purposes: [web-exhibition], max_px: 1600, open_ended: true}\nvalid: {from: \"2026-01-15\"}\nprepared_by: a\napproved_by: b\n"},
	"exhibition": {"exhibitions/cau-mau/exhibition.yaml", "id: cau-mau\ntitle: Cầu\naccess: {state: public}\nsections: [{title: Mở}]\n"},
	"markings":   {"markings.yaml", "acknowledged:\n  - {file: a.txt, text: MẬT, by: An, date: \"2026-01-15\"}\n"},
}

// A change is what is written in place of a part of a sound file.
type change struct{ kind, from, to string }

var wrong = []change{
	{"site", "max_files: 20", "max_filez: 20"},
	{"site", "max_files: 20", "max_files: nhiều"},
	{"site", "title: Kho", "title: [Kho]"},
	{"site", "title: Kho", "subtitle: Kho"},
	{"site", "title: Kho", "title: {en: Archive}"},
	{"site", "max_files: 20", "navigation: [fonds, nowhere]"},
	{"site", "max_files: 20", "strict: có"},
	{"fonds", "level: fonds", "level: item"},
	{"fonds", "extent: ít", "extent: ít\ndefaults: {access: {state: public}}"},
	{"fonds", "extent: ít", "extent: ít\ndefaults: {titel: x}"},
	{"fonds", "extent: ít", "extent: ít\ndefaults:"},
	{"fonds", "dates: {created: \"1945/1946\"}\n", ""},
	{"record", "level: item", "level: fonds"},
	{"record", "parent: phong-01\n", ""},
	{"record", "id: tl-0001", "id: Tài liệu 1"},
	{"record", "form: thu", "form: thư"},
	{"record", "title: Thư", "titel: Thư"},
	{"record", "state: public", "state: pubic"},
	{"record", "state: public", "state:"},
	{"record", "access: {state: public}", "access:"},
	{"record", "access: {state: public}", "access: public"},
	{"record", "access: {state: public}", "access: {note: x}"},
	{"record", "access: {state: public}", "access: {state: embargo, embargo_until: \"năm 2030\"}"},
	{"record", "\"1945-09-02\"", "\"2/9/1945\""},
	{"record", "\"1945-09-02\"", "[\"1945-09-02\"]"},
	{"record", "languages: [vi]", "creators: [{role: author}]"},
	{"record", "languages: [vi]", "creators: [{agent: an, role: tác giả}]"},
	{"record", "languages: [vi]", "rights: {uri: \"http://vi-du.vn/quyen\"}"},
	{"record", "languages: [vi]", "objects: [{file: a.jpg}]"},
	{"record", "languages: [vi]", "objects: [{kind: page}]"},
	{"record", "languages: [vi]", "objects: [{kind: page, file: a.jpg, redaction: {count: 1, by: An, date: \"2026-01-02\"}}]"},
	{"record", "languages: [vi]", "objects: [{kind: page, file: a.jpg, derived_from_sha256: ABC}]"},
	{"record", "access: {state: public}", "access: {state: withdrawn}\nwithdrawn: {date: \"2026-01-02\"}"},
	{"record", "access: {state: public}", "access: {state: withdrawn}\nwithdrawn: {date: \"tháng 1\", reason: other}"},
	{"record", "access: {state: public}", "access: {state: public, declassification: {former_marking: mat}}"},
	{"record", "languages: [vi]", "objects: [{kind: page, seq: một, file: a.jpg}]"},
	{"record", "languages: [vi]", "related: [{note: x, idd: y}]"},
	{"record", "languages: [vi]", "sources: [{cite: x, url: vi-du.vn}]"},
	{"record", "languages: [vi]", "extra: chữ"},
	{"repository", "https://vi-du.vn/", "javascript:alert(1)"},
	{"agent", "type: person", "type: persn"},
	{"agent", "name: An\n", ""},
	{"agent", "type: person\n", ""},
	{"repository", "name: Kho\n", ""},
	{"place", "name: Hà Nội\n", ""},
	{"event", "title: Lễ\n", ""},
	{"subject", "label: Cầu\n", ""},
	{"clearance", "id: kt-01\n", ""},
	{"exhibition", "title: Cầu\n", ""},
	{"place", "{lat: 21.02, lon: 105.85}", "[21.02, 105.85]"},
	{"event", "\"1964-05-19\"", "\"ngày 19 tháng 5 năm 1964\""},
	{"subject", "label: Cầu", "label: {}\nbroader: [a, b]"},
	{"clearance", "parts: [metadata]", "parts: [metadata, pictures]"},
	{"clearance", "parts: [metadata]", "parts:"},
	{"clearance", "open_ended: true", "open_ended:"},
	{"exhibition", "title: Mở", "text: 01.md"},
	{"exhibition", "title: Cầu", "title: Cầu\ncover: [tl-0001, 2]"},
	{"markings", "by: An, ", ""},
	{"markings", "\"2026-01-15\"", "hôm qua"},
}

var odd = []change{
	{"site", "max_files: 20", "max_files: \"20\""},
	{"site", "max_files: 20", "navigation: fonds"},
	{"site", "max_files: 20", "features: {search: false, downloads: }"},
	{"site", "title: Kho", "title: {en: Archive, vi: Kho, fr: Archives}"},
	{"fonds", "extent: ít", "extent: {quantity: 12, unit: {vi: tờ, en: leaves}}"},
	{"fonds", "extent: ít", "extent: {vi: 12 tờ, en: 12 leaves}"},
	{"fonds", "extent: ít", "extent: ít\ndefaults: {languages: vi, level: item, rights: {uri: \"https://creativecommons.org/licenses/by/4.0/deed.vi\"}}"},
	{"record", "\"1945-09-02\"", "1945-09-02"},
	{"record", "\"1945-09-02\"", "1945"},
	{"record", "\"1945-09-02\"", "\"-0043-03\""},
	{"record", "\"1945-09-02\"", "\"[1929-07,1929-08..]\""},
	{"record", "id: tl-0001", "id: 1945"},
	{"record", "title: Thư", "title: 1945"},
	{"record", "title: Thư", "title: yes"},
	{"record", "title: Thư", "title: |\n  Thư\n  dài"},
	{"record", "languages: [vi]", "subtitle:\nplaces: ha-noi"},
	{"record", "languages: [vi]", "places: [{id: ha-noi}, {place: ha-noi}, {name: {vi: Huế}}, hue]"},
	{"record", "languages: [vi]", "creators: nguyen-van-mau"},
	{"record", "languages: [vi]", "keywords: [cầu, null, 1945]"},
	{"record", "languages: [vi]", "related: [tl-0002, {id: tl-0003, note: x}]"},
	{"record", "languages: [vi]", "extra: {cột lạ: 3, cột nữa: \"\"}"},
	{"record", "languages: [vi]", "rights: {uri: \"https://rightsstatements.org/page/CNE/1.0/?language=en\"}"},
	{"record", "languages: [vi]", "physical:"},
	{"agent", "living: no", "living: \"no\""},
	{"agent", "living: no", "living:"},
	{"clearance", "date: \"2026-01-15\"", "date: 2026-01-15"},
	{"clearance", "max_px: 1600", "max_px: full"},
	{"clearance", "prepared_by: a", "prepared_by: a\nfiles: {fonds/phong-01/media/a.jpg: \"sha256:00\"}"},
	{"exhibition", "title: Cầu", "title: Cầu\ncover: tl-0001\ncurators: Nhóm"},
}

// What people get wrong is refused by the schema as by the program, and what they write in
// another way is taken by both. Here the files are read as a build reads them.
func TestSchemasRefuseAndTakeWhatTheProgramDoes(t *testing.T) {
	_, rules := archive(t)
	schemas := compiled(t, rules)
	check := func(c change, refused bool) {
		t.Helper()
		s := sound[c.kind]
		if c.from != "" && strings.Count(s[1], c.from) < 1 {
			t.Fatalf("%s has no part %q", c.kind, c.from)
		}
		text := strings.Replace(s[1], c.from, c.to, 1)
		if faults := read(t, s[0], text); len(faults) > 0 != refused {
			t.Errorf("the program on\n%sfinds %v", text, faults)
		}
		if err := schemas[c.kind].Validate(parsed(t, text)); err != nil != refused {
			t.Errorf("the schema on\n%sfinds %v", text, err)
		}
	}
	for kind := range sound {
		check(change{kind, "", ""}, false)
	}
	for _, c := range wrong {
		check(c, true)
	}
	for _, c := range odd {
		check(c, false)
	}
}

// read reads a file as a build does, with the rules of an archive that has nothing else, and
// returns the errors.
func read(t *testing.T, file, text string) []diag.Diagnostic {
	t.Helper()
	tree, _ := archive(t)
	tree = tree.With(map[string]string{file: text})
	var out []diag.Diagnostic
	add := func(ds []diag.Diagnostic) { out = append(out, ds...) }
	f, _ := content.Classify(file)
	switch f.Kind {
	case content.KindSite:
		_, ds := tree.Config()
		add(ds)
	case content.KindFonds, content.KindRecords:
		tree.Units(f, func(_ *record.Unit, _ record.Loc, ds []diag.Diagnostic) { add(ds) })
	case content.KindRepository:
		authorities[record.Repository](tree, f, add)
	case content.KindAgent:
		authorities[record.Agent](tree, f, add)
	case content.KindPlace:
		authorities[record.Place](tree, f, add)
	case content.KindEvent:
		authorities[record.Event](tree, f, add)
	case content.KindSubject:
		authorities[record.Subject](tree, f, add)
	case content.KindClearance:
		authorities[record.Clearance](tree, f, add)
	case content.KindExhibition:
		_, ds := tree.Exhibition(f)
		add(ds)
	case content.KindMarkings:
		_, ds := tree.Markings()
		add(ds)
	default:
		t.Fatalf("%s is of no kind", file)
	}
	return slices.DeleteFunc(out, func(d diag.Diagnostic) bool { return d.Severity != diag.Error || d.Code == "file-missing" })
}

func authorities[T content.Authority](tree *content.Tree, f content.File, add func([]diag.Diagnostic)) {
	content.ReadAuthorities(tree, f, func(_ *T, _ int, ds []diag.Diagnostic) { add(ds) })
}

// The pattern of dates takes every date that is one, and of those of a grid nothing else but
// what only a calendar knows.
func TestDatesAreRefusedByTheirShape(t *testing.T) {
	shape := regexp.MustCompile(edtfIs)
	var points []string
	for _, year := range []string{"1945", "194X", "19XX", "-0043", "945", "1X45", "19451", "Y1945"} {
		for _, month := range []string{"", "-09", "-XX", "-13", "-21", "-41", "-42", "-9", "-1X", "-00"} {
			for _, day := range []string{"", "-02", "-XX", "-31", "-32", "-00", "-2"} {
				for _, q := range []string{"", "?", "~", "%", "?~"} {
					points = append(points, year+month+day+q, q+year+month+day, year+q+month+day)
				}
			}
		}
	}
	looser := 0
	for _, p := range points {
		for _, s := range []string{p, p + "/..", "/" + p, "1930/" + p, "[" + p + "]", "{" + p + ",2000}", "[.." + p + "]", "[" + p + "..]", "[1930.." + p + "]", p + "/", p + " "} {
			if s == "" || strings.HasSuffix(s, " ") {
				continue
			}
			_, err := edtf.Parse(s)
			switch is := shape.MatchString(s); {
			case err == nil && !is:
				t.Fatalf("%q is a date, and the pattern refuses it", s)
			case err != nil && is:
				looser++
			}
		}
	}
	if share := float64(looser) / float64(len(points)*10); share > 0.25 {
		t.Errorf("the pattern takes too much: %.0f %% of what is tried are no dates, and match", 100*share)
	} else {
		t.Logf("%.1f %% of what was tried match and are no dates", 100*share)
	}
}
