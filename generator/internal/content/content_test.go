package content

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
)

// tree writes files and opens them as a content tree with its configuration read.
func tree(t testing.TB, files map[string]string) *Tree {
	t.Helper()
	tr := open(t, files)
	if _, ok := files["site.yaml"]; ok {
		if _, ds := tr.Config(); len(ds) > 0 {
			t.Fatalf("site.yaml: %v", ds)
		}
	}
	return tr
}

// open writes files and opens them as a content tree.
func open(t testing.TB, files map[string]string) *Tree {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tr, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tr.Close() })
	return tr
}

const site = "title: {vi: \"Kho thử\"}\nlanguages: [vi, en]\n"

const fonds = `id: f1
level: fonds
title: {vi: "Phông thử", en: "Test fonds"}
reference: {repository: kho, fonds_no: "F-1"}
dates: {created: "1930/.."}
defaults:
  languages: [vi]
  reference: {repository: kho, fonds_no: "F-1"}
`

func TestUnitKeepsPositionsAndDefaults(t *testing.T) {
	tr := tree(t, map[string]string{"site.yaml": site, "fonds/f1/fonds.yaml": fonds, "fonds/f1/records/a.yaml": `# hai bản ghi
---
id: a1
level: item
parent: f1
title: "Một"
form: nghi-quyet
reference: {unit_no: "0001"}
dates: {created: "1930-02"}
---
id: a2
level: item
parent: f1
title: {vi: "Hai", en: "Two"}
form: nghi-quyet
dates: {created: "19O4-03"}
`})
	f, _ := classify("fonds/f1/records/a.yaml")
	var units []*record.Unit
	var locs []record.Loc
	var ds []diag.Diagnostic
	tr.Units(f, func(u *record.Unit, loc record.Loc, more []diag.Diagnostic) {
		units, locs, ds = append(units, u), append(locs, loc), append(ds, more...)
	})
	if len(units) != 2 {
		t.Fatalf("%d units, %v", len(units), ds)
	}
	u := units[0]
	if u.Reference.FondsNo.V != "F-1" || u.Reference.UnitNo.V != "0001" || u.Languages[0].V != "vi" {
		t.Errorf("defaults: %+v %v", u.Reference, u.Languages)
	}
	if u.Title.At != (record.At{Line: 6, Col: 8}) {
		t.Errorf("title at %v", u.Title.At)
	}
	var date *diag.Diagnostic
	for i := range ds {
		if ds[i].Code == "date-syntax" {
			date = &ds[i]
		}
	}
	if date == nil || date.Pos != (diag.Pos{File: "fonds/f1/records/a.yaml", Line: 16, Col: 21}) {
		t.Errorf("date fault at %v", date)
	}
	again, err := tr.Unit(f, locs[1])
	if err != nil || again.ID.V != "a2" || again.Title.At != units[1].Title.At {
		t.Errorf("read again: %v %+v", err, again)
	}
}

// want is the code and line of every diagnostic, in order.
func TestDiagnostics(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"unknown key":       {"titel: x\n", "key-unknown:1"},
		"repeated key":      {"id: a\nid: b\n", "key-repeated:2"},
		"bad level":         {"level: items\n", "value-unknown:1"},
		"first language":    {"title: {en: x}\n", "text-language:1"},
		"anchor":            {"title: &a x\n", "yaml-alias:1"},
		"not a mapping":     {"- a\n", "yaml-kind:1"},
		"syntax":            {"title: \"x\nid: a\n", "yaml-syntax"},
		"empty access":      {"access: {}\n", "access-malformed:1"},
		"misspelt state":    {"access: {state: pubic}\n", "value-unknown:1 access-malformed:1"},
		"empty state":       {"access: {state: \"\"}\n", "value-empty:1 access-malformed:1"},
		"unknown in access": {"access: {stat: public}\n", "key-unknown:1 access-malformed:1"},
		"path out":          {"objects: [{kind: page, file: ../../x.jpg}]\n", "file-path:1"},
		"path absolute":     {"objects: [{kind: page, file: /etc/passwd}]\n", "file-path:1"},
		"missing file":      {"objects: [{kind: page, file: x.jpg, alt: a}]\n", "file-missing:1"},
		"legacy":            {"title: \"Uû ban nh©n d©n tØnh\"\n", "text-encoding:1"},
		"id":                {"id: Hồ Sơ 1\n", "id-syntax:1"},
		"script address":    {"sources: [{cite: x, url: \"javascript:alert(1)\"}]\n", "url-syntax:1"},
		"reserved id":       {"id: phong-luu-tru\n", "id-syntax:1"},
	} {
		t.Run(name, func(t *testing.T) {
			tr := tree(t, map[string]string{"site.yaml": site, "fonds/f1/fonds.yaml": fonds, "fonds/f1/records/a.yaml": c.text})
			f, _ := classify("fonds/f1/records/a.yaml")
			var got []string
			tr.Units(f, func(_ *record.Unit, _ record.Loc, ds []diag.Diagnostic) {
				for _, d := range ds {
					if d.Code != "field-missing" {
						got = append(got, d.Code+strings.SplitN(d.Pos.String(), ".yaml", 2)[1])
					}
				}
			})
			want := strings.Fields(c.want)
			for i, w := range want {
				if i >= len(got) || !strings.HasPrefix(got[i], w) {
					t.Fatalf("got %v, want %s", got, c.want)
				}
			}
			if len(got) != len(want) {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}

// Files of words lie within the media folder, and captions are such that a browser
// shows them.
func TestFilesOfWords(t *testing.T) {
	const cue = "WEBVTT\n\n00:01.000 --> 00:02.000\n"
	for object, want := range map[string]string{
		"captions: tot.vtt, audio_desc: tot.txt":                           "",
		"captions: gio.vtt":                                                "vtt-time fonds/f1/media/gio.vtt:3:6",
		"captions: tcvn.vtt":                                               "text-encoding fonds/f1/media/tcvn.vtt:4:1",
		"transcript: {file: GIO.VTT}":                                      "file-missing fonds/f1/records/a.yaml:1:61",
		"transcript: {file: tot.txt}, translation: {file: gio.vtt}":        "vtt-time fonds/f1/media/gio.vtt:3:6",
		"captions: tot.txt":                                                "captions-type fonds/f1/records/a.yaml:1:52",
		"captions: khong-co.vtt":                                           "file-missing fonds/f1/records/a.yaml:1:52",
		"captions: ../../../site.yaml":                                     "file-path fonds/f1/records/a.yaml:1:52",
		"audio_desc: /etc/passwd":                                          "file-path fonds/f1/records/a.yaml:1:54",
		"translation: {file: \"a/../b.txt\"}":                              "file-path fonds/f1/records/a.yaml:1:62",
		"transcript: {file: ..\\x}, captions: con.vtt, audio_desc: a.txt.": "file-path fonds/f1/records/a.yaml:1:61 file-path fonds/f1/records/a.yaml:1:99 file-path fonds/f1/records/a.yaml:1:78",
	} {
		tr := tree(t, map[string]string{"site.yaml": site, "fonds/f1/fonds.yaml": fonds,
			"fonds/f1/records/a.yaml":  "objects: [{kind: audio, file: tieng.mp3, " + object + "}]\n",
			"fonds/f1/media/tieng.mp3": "x", "fonds/f1/media/tot.txt": "x", "fonds/f1/media/tot.vtt": cue + "x", "fonds/f1/media/gio.vtt": "WEBVTT\n\n00:01,000 --> 00:02,000\nx\n",
			"fonds/f1/media/tcvn.vtt": cue + "Uû ban nh©n d©n tØnh\n"})
		f, _ := classify("fonds/f1/records/a.yaml")
		var got []string
		tr.Units(f, func(_ *record.Unit, _ record.Loc, ds []diag.Diagnostic) {
			for _, d := range ds {
				if d.Code != "field-missing" {
					got = append(got, d.Code+" "+d.Pos.String())
				}
			}
		})
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%s: %s, want %s", object, g, want)
		}
	}
}

// A broken piece must not hide the others.
func TestBrokenPieceAlone(t *testing.T) {
	tr := tree(t, map[string]string{"site.yaml": site, "fonds/f1/fonds.yaml": fonds,
		"fonds/f1/records/a.yaml": "id: a1\n---\ntitle: \"mở\n---\nid: a3\n"})
	f, _ := classify("fonds/f1/records/a.yaml")
	var ids []string
	tr.Units(f, func(u *record.Unit, _ record.Loc, _ []diag.Diagnostic) {
		if u != nil {
			ids = append(ids, u.ID.V)
		}
	})
	if strings.Join(ids, " ") != "a1 a3" {
		t.Errorf("read %v", ids)
	}
}

func TestClassify(t *testing.T) {
	for p, want := range map[string]Kind{
		"site.yaml": KindSite, "agents/x.yaml": KindAgent, "fonds/f/fonds.yaml": KindFonds,
		"fonds/f/records/a/b.yaml": KindRecords, "exhibitions/e/exhibition.yaml": KindExhibition,
		"pages/guide/a.md": KindPage, "pages/guide/a.en.md": "", "fonds/f/media/x.yaml": "", "x.yaml": "",
	} {
		if f, _ := classify(p); f.Kind != want {
			t.Errorf("%s is %q, want %q", p, f.Kind, want)
		}
	}
}
