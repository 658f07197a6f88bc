package generator_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing/fstest"
	"time"

	"vitrine/generator/internal/access"
	"vitrine/templates"
)

// edit does one edit and returns what takes it back.
func (g *growing) edit(name string) (undo func()) { return g.do(edits[name]) }

func (g *growing) do(edit func(*growing)) (undo func()) {
	g.t.Helper()
	before, o, overlay := g.files(), g.o, fstest.MapFS{}
	for k, v := range g.overlay {
		overlay[k] = v
	}
	edit(g)
	return func() {
		for file := range g.files() {
			if _, ok := before[file]; !ok {
				g.remove(file)
			}
		}
		now := g.files()
		for file, data := range before {
			if old, ok := now[file]; !ok || !bytes.Equal(old, data) {
				g.write(file, string(data))
			}
		}
		g.o.AsOf, g.o.BaseURL = o.AsOf, o.BaseURL
		if len(g.overlay) > 0 {
			g.looks = nil
		}
		clear(g.overlay)
		for k, v := range overlay {
			g.overlay[k] = v
		}
	}
}

// files is every source with its bytes.
func (g *growing) files() map[string][]byte {
	out := map[string][]byte{}
	err := filepath.WalkDir(g.o.Content, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(g.o.Content, name)
		if err == nil {
			out[filepath.ToSlash(rel)], err = os.ReadFile(name)
		}
		return err
	})
	if err != nil {
		g.t.Fatal(err)
	}
	return out
}

func (g *growing) remove(name string) {
	if err := os.Remove(g.file(name)); err != nil {
		g.t.Fatal(err)
	}
}

// some is one of the files whose paths have a prefix and a suffix.
func (g *growing) some(prefix, suffix string) string {
	var names []string
	for name := range g.files() {
		if strings.HasPrefix(name, prefix) && strings.HasSuffix(name, suffix) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if len(names) == 0 {
		return "site.yaml"
	}
	return names[g.random.IntN(len(names))]
}

func (g *growing) records() string { return g.some("fonds/phong-hai/records/", ".yaml") }

// line changes the rest of the first line that begins so, in a random record
// of the file.
func (g *growing) line(name, begin, rest string) {
	pieces := strings.Split(g.read(name), "---\n")
	i := g.random.IntN(len(pieces))
	lines := strings.Split(pieces[i], "\n")
	for n, l := range lines {
		if strings.HasPrefix(l, begin) {
			lines[n] = begin + rest
			break
		}
	}
	pieces[i] = strings.Join(lines, "\n")
	g.write(name, strings.Join(pieces, "---\n"))
}

func (g *growing) word() string { return fmt.Sprintf("chữ %d", g.random.IntN(1000)) }

// days on which embargoes and clearances of the archive begin or end.
var days = []string{"2026-01-20", "2026-11-22", "2027-03-01", "2031-01-01"}

// edits are the kinds of edit by name.
var edits = map[string]func(g *growing){
	"title":            func(g *growing) { g.line(g.records(), "title: ", `{vi: "`+g.word()+`"}`) },
	"title in English": func(g *growing) { g.line(g.records(), "title: ", `{vi: "Một", en: "`+g.word()+`"}`) },
	"scope":            func(g *growing) { g.line(g.records(), "scope: ", `{vi: "`+g.word()+`"}`) },
	"date": func(g *growing) {
		g.line(g.records(), "dates: ", fmt.Sprintf(`{created: "%d"}`, 1950+g.random.IntN(30)))
	},
	"date of a day": func(g *growing) {
		g.line(g.records(), "dates: ", fmt.Sprintf(`{created: "%d-%02d-1%d"}`, 1950+g.random.IntN(30), 1+g.random.IntN(3), g.random.IntN(2)))
	},
	"date of decades": func(g *growing) {
		g.line(g.records(), "dates: ", fmt.Sprintf(`{created: "195%d/197%d"}`, g.random.IntN(10), g.random.IntN(10)))
	},
	"creator": func(g *growing) {
		g.line(g.records(), "places: ", "[ha-noi]\ncreators: "+[]string{"[{agent: nguoi-khac}]", "[{agent: nguoi-khac}, {agent: ban-cau-mau}]"}[g.random.IntN(2)])
	},
	"day that is kept": func(g *growing) {
		name := g.some("events/", ".yaml")
		before, _, _ := strings.Cut(g.read(name), "commemorated_on: ")
		g.write(name, before+[]string{"", "commemorated_on: \"02-03\"\n", "commemorated_on: \"1964-01-10\"\n"}[g.random.IntN(3)])
	},
	"decade":  func(g *growing) { g.line(g.records(), "dates: ", `{created: "195X"}`) },
	"undated": func(g *growing) { g.line(g.records(), "dates: ", `{display: "không rõ"}`) },
	"reference": func(g *growing) {
		g.line(g.records(), "reference: ", fmt.Sprintf(`{unit_no: "%04d"}`, g.random.IntN(60)))
	},
	"form": func(g *growing) {
		g.line(g.records(), "form: ", []string{"cong-van", "quyet-dinh", "anh"}[g.random.IntN(3)])
	},
	"state": func(g *growing) {
		g.line(g.records(), "access: ", []string{"{state: public}", "{state: unreviewed}", "{state: metadata-only}", "{state: restricted}", `{state: embargo, embargo_until: "2027-02-01"}`}[g.random.IntN(5)])
	},
	"withdrawn": func(g *growing) {
		g.line(g.records(), "access: ", "{state: withdrawn}\nwithdrawn: {date: \"2026-10-01\", reason: rights, level: full}")
	},
	"parent":     func(g *growing) { g.line(g.records(), "parent: ", fmt.Sprintf("x-%04d", g.random.IntN(24))) },
	"level file": func(g *growing) { g.line(g.records(), "level: ", "file") },
	"into a file": func(g *growing) {
		name := g.records()
		g.line(name, "level: ", "file")
		g.line(g.records(), "parent: ", strings.TrimSpace(strings.TrimPrefix(strings.SplitN(g.read(name), "\n", 2)[0], "id: ")))
	},
	"places": func(g *growing) {
		g.line(g.records(), "places: ", []string{"[ben-mau]", "[ha-noi, ben-mau]", "[]"}[g.random.IntN(3)])
	},
	"subjects": func(g *growing) {
		g.line(g.records(), "subjects: ", []string{"[cau]", "[cau-sat, cau]"}[g.random.IntN(2)])
	},
	"new record": func(g *growing) {
		g.added++
		g.write(fmt.Sprintf("fonds/phong-hai/records/moi-%d.yaml", g.added), sheet(24+3*g.added, "phong-hai"))
	},
	"new record in a file": func(g *growing) {
		g.added++
		name := g.records()
		g.write(name, g.read(name)+"---\n"+sheet(24+3*g.added, "phong-hai"))
	},
	"record gone": func(g *growing) { g.remove(g.records()) },
	"file renamed": func(g *growing) {
		g.added++
		name := g.records()
		g.write(fmt.Sprintf("fonds/phong-hai/records/ten-%d.yaml", g.added), g.read(name))
		g.remove(name)
	},
	"between fonds": func(g *growing) {
		name := g.records()
		text := strings.NewReplacer("parent: phong-hai", "parent: phong-cau-mau", "qd-02", "qd-01").Replace(g.read(name))
		g.write(strings.Replace(name, "phong-hai", "phong-cau-mau", 1), text)
		g.remove(name)
	},
	"id": func(g *growing) {
		g.added++
		g.line(g.records(), "id: ", fmt.Sprintf("y-%04d", g.added))
	},
	"body": func(g *growing) {
		g.write(fmt.Sprintf("fonds/phong-hai/records/x-%04d.md", g.random.IntN(24)), g.word()+"\n")
	},
	"English body": func(g *growing) {
		g.write(fmt.Sprintf("fonds/phong-hai/records/x-%04d.en.md", g.random.IntN(24)), g.word()+"\n")
	},
	"body gone":   func(g *growing) { g.removeIf(g.some("fonds/phong-hai/records/", ".md")) },
	"fonds body":  func(g *growing) { g.write("fonds/phong-hai/fonds.md", g.word()+"\n") },
	"master":      func(g *growing) { g.write(g.some("fonds/phong-cau-mau/media/", ".jpg"), g.scan()) },
	"master gone": func(g *growing) { g.removeIf(g.some("fonds/phong-cau-mau/media/", "")) },
	"fonds":       func(g *growing) { g.replace("fonds/phong-hai/fonds.yaml", `{vi: "Phông`, `{vi: "`+g.word()+" ") },
	"defaults":    func(g *growing) { g.replace("fonds/phong-hai/fonds.yaml", "languages: [vi]", "languages: [fr]") },
	"no defaults": func(g *growing) {
		g.replace("fonds/phong-hai/fonds.yaml", "creators: [{agent: ban-cau-mau}]}", "scripts: [Latn]}")
	},
	"agent":      func(g *growing) { g.line(g.some("agents/", ".yaml"), "name: ", `"`+g.word()+`"`) },
	"place":      func(g *growing) { g.line(g.some("places/", ".yaml"), "name: ", `"`+g.word()+`"`) },
	"place gone": func(g *growing) { g.removeIf(g.some("places/", ".yaml")) },
	"new place":  func(g *growing) { g.write("places/moi.yaml", "id: moi\nname: \""+g.word()+"\"\nparent: ha-noi\n") },
	"event": func(g *growing) {
		g.line(g.some("events/", ".yaml"), "date: ", `"196`+fmt.Sprint(g.random.IntN(9))+`-05-19"`)
	},
	"subject":    func(g *growing) { g.line(g.some("subjects/", ".yaml"), "label: ", `{vi: "`+g.word()+`"}`) },
	"repository": func(g *growing) { g.line(g.some("repositories/", ".yaml"), "name: ", `"`+g.word()+`"`) },
	"exhibition": func(g *growing) { g.write(g.some("exhibitions/", ".md"), g.word()+"\n") },
	"show": func(g *growing) {
		g.write("exhibitions/cau-mau/01-khoi-cong.md", "Xem.\n\n::: object\nrecord: tl-000"+fmt.Sprint(1+g.random.IntN(2))+"\n:::\n")
	},
	"title of show": func(g *growing) { g.line("exhibitions/cau-mau/exhibition.yaml", "title: ", `"`+g.word()+`"`) },
	"page":          func(g *growing) { g.replace("pages/about.md", "Về kho", "Về "+g.word()+" kho") },
	"new page": func(g *growing) {
		g.write("pages/trang.md", "---\ntitle: "+g.word()+"\nmenu: true\naccess: {state: public}\n---\nLời.\n")
	},
	"page gone":  func(g *growing) { g.removeIf(g.some("pages/trang", ".md")) },
	"site title": func(g *growing) { g.line("site.yaml", "title: ", `"`+g.word()+`"`) },
	"languages":  func(g *growing) { g.line("site.yaml", "languages: ", []string{"[vi]", "[vi, en]"}[g.random.IntN(2)]) },
	"tiles": func(g *growing) {
		site, _, _ := strings.Cut(g.read("site.yaml"), "images: ")
		g.write("site.yaml", site+[]string{"", "images: {tiles_above: 0, tile_size: 128}\n", "images: {tiles_above: 0, tile_size: 256}\n"}[g.random.IntN(3)])
	},
	"list spoilt": func(g *growing) {
		if name := g.some("clearances/", ".txt"); name != "site.yaml" {
			g.write(name, "tl-0001\n")
		}
	},
	"list gone": func(g *growing) { g.removeIf(g.some("clearances/", ".txt")) },
	"purposes": func(g *growing) {
		g.replace("clearances/qd-02.yaml", "[web-exhibition, harvesting]", "[web-exhibition]")
	},
	"list of ids": func(g *growing) {
		ids := []string{"hs-0001", "hs-0002", "phong-cau-mau", "tl-0001", "tl-0002"}
		out := g.random.IntN(len(ids) + 1)
		text, covers := access.ListOf(append(ids[:out:out], ids[min(out+1, len(ids)):]...))
		g.write("clearances/qd-01.txt", text)
		g.replace("clearances/qd-01.yaml", "open_ended: true", fmt.Sprintf("covers: {count: %d, sha256: %q}", covers.Count.V, covers.SHA256.V))
	},
	"clearance": func(g *growing) {
		g.line("clearances/qd-02.yaml", "valid: ", []string{`{from: "2026-01-15"}`, `{from: "2027-01-15"}`, `{from: "2026-01-15", until: "2026-12-31"}`}[g.random.IntN(3)])
	},
	"parts":      func(g *growing) { g.replace("clearances/qd-01.yaml", "[metadata, images, transcript]", "[metadata]") },
	"day":        func(g *growing) { g.o.AsOf = days[g.random.IntN(len(days))] },
	"address":    func(g *growing) { g.o.BaseURL = []string{"", baseURL, otherURL}[g.random.IntN(3)] },
	"template":   func(g *growing) { g.template("pages/record/record.html") },
	"other kind": func(g *growing) { g.template("pages/authority/authority.html") },
	"touched":    func(g *growing) { g.touch(g.some("", "")) },
	"CRLF": func(g *growing) {
		name := g.records()
		g.write(name, strings.ReplaceAll(strings.ReplaceAll(g.read(name), "\r\n", "\n"), "\n", "\r\n"))
	},
	"nothing":          func(g *growing) {},
	"page of others":   func(g *growing) { put(g.t, filepath.Join(g.o.Out, "cua-nguoi-khac", g.word()), []byte("x")) },
	"site page gone":   func(g *growing) { _ = os.Remove(filepath.Join(g.o.Out, "index.html")) },
	"site page spoilt": func(g *growing) { put(g.t, filepath.Join(g.o.Out, "phong-luu-tru", "index.html"), []byte(g.word())) },
	"memory gone":      func(g *growing) { _ = os.Remove(g.state("seen")) },
	"memory damaged":   func(g *growing) { put(g.t, g.state("seen"), []byte("vitrine ledger 3\n"+g.word())) },
	"ledger damaged, manifest gone": func(g *growing) {
		put(g.t, g.state("ledger"), []byte("vitrine ledger"))
		_ = os.Remove(filepath.Join(g.o.Out, "manifest-sha256.txt"))
	},
	"ledger damaged": func(g *growing) { put(g.t, g.state("ledger"), []byte("vitrine ledger 3\n"+g.word())) },
}

func (g *growing) state(name string) string {
	return filepath.Join(filepath.Dir(g.o.Out), ".vitrine", "public", name)
}

// removeIf removes a file unless it is that of the site, which stands for none.
func (g *growing) removeIf(name string) {
	if name != "site.yaml" {
		g.remove(name)
	}
}

func (g *growing) touch(name string) {
	now := time.Now()
	if err := os.Chtimes(g.file(name), now, now); err != nil {
		g.t.Fatal(err)
	}
}

// scan is a small picture that differs from any other.
func (g *growing) scan() string {
	img := image.NewGray(image.Rect(0, 0, 300, 130))
	for i := range img.Pix {
		img.Pix[i] = color.Gray{Y: uint8(g.random.IntN(256))}.Y
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		g.t.Fatal(err)
	}
	return b.String()
}

// template puts a word before the heading of a template, or another one.
func (g *growing) template(name string) {
	data, err := templates.FS.ReadFile(name)
	if err != nil {
		g.t.Fatal(err)
	}
	const heading = `<header class="page-head`
	if !strings.Contains(string(data), heading) {
		g.t.Fatalf("%s has no heading", name)
	}
	g.overlay[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(data), heading, "<p hidden>"+g.word()+"</p>\n"+heading, 1))}
	g.looks = nil
}
