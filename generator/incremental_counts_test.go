package generator_test

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/page"
)

// one is an edit of one thing in the big archive and the pages that the next
// build makes anew, in words. Most things stand on a page of each language.
// Where pages are made without need, it says why.
type one struct {
	edit     string
	do       func(g *growing)
	made     string // all that are made
	needless string // those of them whose bytes are what they were
}

// tenth is the file of the records x-0009, x-0010 and x-0011.
const tenth = "fonds/phong-hai/records/r03.yaml"

var ones = []one{
	{"nothing", func(g *growing) {}, "", ""},
	{"a file touched", func(g *growing) { g.touch(tenth) }, "", ""},
	{"the file of records written with CRLF", func(g *growing) { g.write(tenth, strings.ReplaceAll(g.read(tenth), "\n", "\r\n")) }, "", ""},
	{"the file of records renamed", func(g *growing) {
		g.write("fonds/phong-hai/records/khac.yaml", g.read(tenth))
		g.remove(tenth)
	}, "", ""},
	// The remark stands above the first record, so it belongs to the text from which the page is made.
	{"a remark in the file of records", func(g *growing) { g.write(tenth, "# nhớ xem lại\n"+g.read(tenth)) }, "3: 1 finding aid, 2 record", "3: 1 finding aid, 2 record"},
	{"a title", func(g *growing) { g.swap(tenth, "Tờ 10", "Tờ mười") }, "23: 2 agent, 1 finding aid, 2 fonds, 4 part of a facet, 2 place, 6 record, 2 subject, 2 timeline, 2 year", ""},
	{"a title in English", func(g *growing) { g.swap(tenth, `"Tờ 10"`, `"Tờ 10", en: "Sheet 10"`) }, "13: 1 agent, 1 finding aid, 1 fonds, 2 part of a facet, 1 place, 4 record, 1 subject, 1 timeline, 1 year", ""},
	{"a scope", func(g *growing) { g.swap(tenth, "Nội dung 10", "Nội dung khác") }, "3: 1 finding aid, 2 record", ""},
	{"a date, in the same year", func(g *growing) { g.swap(tenth, `"1960-02"`, `"1960-05"`) }, "19: 2 agent, 1 finding aid, 2 fonds, 4 part of a facet, 2 place, 2 record, 2 subject, 2 timeline, 2 year", ""},
	{"a date, in another year", func(g *growing) { g.swap(tenth, `"1960-02"`, `"1953-02"`) }, "31: 2 agent, 2 facets, 1 finding aid, 2 fonds, 2 home, 10 part of a facet, 2 place, 2 record, 2 subject, 2 timeline, 4 year", ""},
	{"a date taken away", func(g *growing) { g.swap(tenth, `{created: "1960-02"}`, `{display: "không rõ"}`) }, "29: 2 agent, 2 facets, 1 finding aid, 2 fonds, 2 home, 10 part of a facet, 2 place, 2 record, 2 subject, 2 timeline, 2 year", ""},
	{"a subject more", func(g *growing) {
		g.swap(tenth, "subjects: [cau-sat]\nscope: {vi: \"Nội dung 10", "subjects: [cau-sat, cau]\nscope: {vi: \"Nội dung 10")
	}, "7: 1 finding aid, 2 list of subjects, 2 record, 2 subject", ""},
	{"a place less", func(g *growing) { g.swap(tenth, "places: [ha-noi]", "places: []") }, "7: 1 finding aid, 2 list of places, 2 place, 2 record", ""},
	{"a form", func(g *growing) { g.swap(tenth, "form: cong-van", "form: quyet-dinh") }, "23: 2 agent, 2 facets, 1 finding aid, 2 fonds, 6 part of a facet, 2 place, 2 record, 2 subject, 2 timeline, 2 year", ""},
	{"a reference, in the same order", func(g *growing) { g.swap(tenth, `unit_no: "0010"`, `unit_no: "0010a"`) }, "19: 2 agent, 1 finding aid, 2 fonds, 4 part of a facet, 2 place, 2 record, 2 subject, 2 timeline, 2 year", ""},
	{"a reference that moves the record", func(g *growing) { g.swap(tenth, `unit_no: "0010"`, `unit_no: "0099"`) }, "25: 2 agent, 1 finding aid, 2 fonds, 4 part of a facet, 2 place, 8 record, 2 subject, 2 timeline, 2 year", ""},
	{"access, to unreviewed", func(g *growing) { g.swap(tenth, "access: {state: public}", "access: {state: unreviewed}") }, "37: 2 agent, 2 facets, 1 finding aid, 2 fonds, 2 home, 2 list of agents, 2 list of fonds, 2 list of places, 2 list of subjects, 6 part of a facet, 2 place, 4 record, 2 repository, 2 subject, 2 timeline, 2 year", ""},
	{"a new record", func(g *growing) { g.write("fonds/phong-hai/records/moi.yaml", sheet(27, "phong-hai")) }, "37: 2 agent, 2 facets, 1 finding aid, 2 fonds, 2 home, 2 list of agents, 2 list of fonds, 2 list of places, 2 list of subjects, 6 part of a facet, 2 place, 4 record, 2 repository, 2 subject, 2 timeline, 2 year", ""},
	{"a record gone", func(g *growing) {
		g.write(tenth, strings.Split(g.read(tenth), "---\n")[0]+"---\n"+strings.Split(g.read(tenth), "---\n")[2])
	}, "37: 2 agent, 2 facets, 1 finding aid, 2 fonds, 2 home, 2 list of agents, 2 list of fonds, 2 list of places, 2 list of subjects, 6 part of a facet, 2 place, 4 record, 2 repository, 2 subject, 2 timeline, 2 year", ""},
	{"a record with a picture, its title", func(g *growing) { g.swap(recordPath("tl-0002"), `"Ảnh"`, `"Ảnh khác"`) }, "24: 2 fonds, 2 gallery, 2 home, 2 part of a facet, 6 part of the gallery, 6 record, 2 timeline, 2 year", ""},
	{"a body", func(g *growing) { g.write("fonds/phong-hai/records/x-0004.md", "Bài khác.\n") }, "3: 1 finding aid, 2 record", ""},
	{"a first body", func(g *growing) { g.write("fonds/phong-hai/records/x-0010.md", "Bài mới.\n") }, "3: 1 finding aid, 2 record", ""},
	// What sums a fonds up asks for its whole record, of which it shows the extent and a few words.
	{"the text of a fonds", func(g *growing) { g.write("fonds/phong-hai/fonds.md", "Lời khác.\n") }, "9: 1 finding aid, 2 fonds, 2 home, 2 list of fonds, 2 repository", "6: 2 home, 2 list of fonds, 2 repository"},
	// Pages in English ask for the Vietnamese title too, which stands in for a missing one.
	{"the title of a fonds", func(g *growing) { g.swap("fonds/phong-hai/fonds.yaml", "Phông hai", "Phông thứ hai") }, "57: 2 agent, 1 finding aid, 2 fonds, 2 home, 2 list of fonds, 46 record, 2 repository", "4: 1 agent, 1 home, 1 list of fonds, 1 repository"},
	// The same; and the fonds itself shows nothing of what it hands down.
	{"what a fonds hands down", func(g *growing) { g.swap("fonds/phong-hai/fonds.yaml", "languages: [vi]", "languages: [fr]") }, "55: 1 finding aid, 2 fonds, 2 home, 2 list of fonds, 46 record, 2 repository", "8: 2 fonds, 2 home, 2 list of fonds, 2 repository"},
	{"the name of an agent", func(g *growing) { g.swap("agents/ban-cau-mau.yaml", "Ban Xây dựng", "Ban") }, "61: 2 agent, 1 finding aid, 2 fonds, 2 list of agents, 6 part of a facet, 48 record", ""},
	{"the name of a place", func(g *growing) { g.swap("places/ha-noi.yaml", "Hà Nội", "Hà Nội xưa") }, "51: 1 finding aid, 2 list of places, 2 place, 46 record", ""},
	{"the date of an event", func(g *growing) { g.swap("events/le-khanh-thanh.yaml", "1964-05-19", "1964-05-20") }, "12: 2 days, 2 event, 2 list of events, 2 month, 2 timeline, 2 year", ""},
	{"the label of a subject", func(g *growing) { g.swap("subjects/cau-sat.yaml", "Cầu sắt", "Cầu thép") }, "53: 1 finding aid, 2 list of subjects, 46 record, 4 subject", ""},
	// Its own page shows the whole record, which says all languages at once.
	{"the label of the subject above it", func(g *growing) { g.swap("subjects/cau.yaml", "Bridges", "All bridges") }, "4: 1 list of subjects, 3 subject", "1: 1 subject"},
	{"the name of the repository", func(g *growing) { g.swap("repositories/kho-mau.yaml", "Kho lưu trữ mẫu", "Kho mẫu") }, "63: 1 finding aid, 4 fonds, 2 home, 54 record, 2 repository", ""},
	// The lists of exhibitions ask for the whole record, as those of fonds do.
	{"the text of an exhibition", func(g *growing) { g.write("exhibitions/cau-mau/01-khoi-cong.md", "Lời khác.\n") }, "6: 2 exhibition, 2 home, 2 list of exhibitions", "4: 2 home, 2 list of exhibitions"},
	{"a record shown in an exhibition", func(g *growing) {
		g.write("exhibitions/cau-mau/01-khoi-cong.md", "Xem.\n\n::: object\nrecord: tl-0001\n:::\n")
	}, "8: 2 exhibition, 2 home, 2 list of exhibitions, 2 record", ""},
	{"the title of an exhibition", func(g *growing) { g.swap("exhibitions/cau-mau/exhibition.yaml", "Sáu năm", "Bảy năm") }, "6: 2 exhibition, 2 home, 2 list of exhibitions", ""},
	{"the text of a page", func(g *growing) { g.swap("pages/about.md", "Về kho", "Về cái kho") }, "2: 2 page", ""},
	{"the title of the site", func(g *growing) { g.swap("site.yaml", "Kho thử", "Kho") }, "150: 2 agent, 2 days, 2 event, 2 exhibition, 2 facets, 1 finding aid, 4 fonds, 2 gallery, 2 home, 2 list of agents, 2 list of events, 2 list of exhibitions, 2 list of fonds, 2 list of places, 2 list of subjects, 4 month, 1 not found, 2 page, 12 part of a facet, 8 part of the gallery, 2 place, 54 record, 2 repository, 2 search, 4 subject, 2 timeline, 26 year", ""},
	{"the number of a clearance", func(g *growing) { g.swap("clearances/qd-02.yaml", "MẪU-01", "MẪU-02") }, "", ""},
	{"the end of a clearance, in the future", func(g *growing) {
		g.swap("clearances/qd-02.yaml", `valid: {from: "2026-01-15"}`, `valid: {from: "2026-01-15", until: "2036-01-15"}`)
	}, "", ""},
	{"a clearance taken back", func(g *growing) {
		g.swap("clearances/qd-02.yaml", `valid: {from: "2026-01-15"}`, `valid: {from: "2026-01-15", until: "2026-02-15"}`)
	}, "59: 2 agent, 2 days, 2 event, 2 exhibition, 2 fonds, 2 gallery, 2 home, 2 list of agents, 2 list of events, 2 list of exhibitions, 2 list of fonds, 4 month, 1 not found, 2 page, 2 part of a facet, 8 part of the gallery, 8 record, 2 repository, 2 search, 2 timeline, 6 year", ""},
	// What a list asks of a record has its picture in it, which the list of a fonds by references leaves out.
	{"a master replaced", func(g *growing) { g.write("fonds/phong-cau-mau/media/a-001.jpg", g.scan()) }, "30: 2 agent, 2 event, 2 fonds, 2 gallery, 2 home, 2 month, 4 part of a facet, 6 part of the gallery, 4 record, 2 timeline, 2 year", "2: 2 part of a facet"},
	{"the template of authorities", func(g *growing) { g.template("pages/authority/authority.html") }, "10: 2 agent, 2 event, 2 place, 4 subject", ""},
	{"another day, on which nothing begins or ends", func(g *growing) { g.o.AsOf = "2026-11-23" }, "", ""},
	{"the day on which an embargo has ended", func(g *growing) { g.o.AsOf = "2027-03-01" }, "39: 2 agent, 2 facets, 1 finding aid, 2 fonds, 2 home, 2 list of agents, 2 list of fonds, 2 list of places, 2 list of subjects, 6 part of a facet, 2 place, 6 record, 2 repository, 2 subject, 2 timeline, 2 year", ""},
	// Its bytes are what they were, but they are needed.
	{"a page of the site removed", func(g *growing) { os.Remove(filepath.Join(g.o.Out, "index.html")) }, "1: 1 home", "1: 1 home"},
}

// An edit makes anew the pages that it changes, and no others.
func TestOneEditMakesFewPages(t *testing.T) {
	t.Parallel()
	for _, c := range ones {
		t.Run(c.edit, func(t *testing.T) {
			t.Parallel()
			g := newGrowing(t, 1, inMemory(t))
			g.swap("fonds/phong-hai/records/r05.yaml", "access: {state: public}", `access: {state: embargo, embargo_until: "2027-02-01"}`)
			g.check("the first build")
			before := g.before
			c.do(g)
			if _, ok := g.check(c.edit); !ok {
				t.Fatal("the edit is an error")
			}
			var made, needless []string
			follows := 0 // the references and tables of a fonds are made with its description
			for p := range g.last {
				if strings.HasSuffix(p, ".ris") || strings.HasSuffix(p, ".csv") || strings.HasSuffix(p, ".jsonl") {
					follows++
					continue
				}
				if strings.HasSuffix(p, ".ead3.xml") {
					follows -= 3
				}
				if strings.HasPrefix(p, "du-lieu/") || strings.HasPrefix(p, "en/downloads/") || strings.HasPrefix(p, "media/placards/") {
					continue // the page tells how large files are; the name of a placard all that stands on it
				}
				made = append(made, p)
				if before["/"+p] == g.before["/"+p] {
					needless = append(needless, p)
				}
			}
			if follows != 0 {
				t.Errorf("%s: %d more reference files than descriptions of fonds", c.edit, follows)
			}
			if got := byKind(made); got != c.made {
				t.Errorf("%s: made anew\n%s\nwant\n%s", c.edit, got, c.made)
			}
			if got := byKind(needless); got != c.needless {
				t.Errorf("%s: made without need\n%s\nwant\n%s\n%q", c.edit, got, c.needless, needless)
			}
		})
	}
}

// swap puts a text in the place of another, which must be there.
func (g *growing) swap(name, old, new string) {
	g.t.Helper()
	if !g.replace(name, old, new) {
		g.t.Fatalf("%s has no %q", name, old)
	}
}

// byKind counts pages by what they are: "7: 4 record, 2 fonds, 1 home".
func byKind(paths []string) string {
	if len(paths) == 0 {
		return ""
	}
	counts := map[string]int{}
	for _, p := range paths {
		counts[kindOf(p)]++
	}
	var parts []string
	for kind, n := range counts {
		parts = append(parts, fmt.Sprintf("%d %s", n, kind))
	}
	slices.SortFunc(parts, func(a, b string) int {
		_, a, _ = strings.Cut(a, " ")
		_, b, _ = strings.Cut(b, " ")
		return strings.Compare(a, b)
	})
	return fmt.Sprintf("%d: %s", len(paths), strings.Join(parts, ", "))
}

// kindsOfRooms name what lies in a room: its own page, and the others.
var kindsOfRooms = map[page.Room][2]string{
	page.RoomFonds: {"list of fonds", "record"}, page.RoomAgents: {"list of agents", "agent"}, page.RoomPlaces: {"list of places", "place"},
	page.RoomEvents: {"list of events", "event"}, page.RoomSubjects: {"list of subjects", "subject"}, page.RoomExhibitions: {"list of exhibitions", "exhibition"},
	page.RoomGallery: {"gallery", "part of the gallery"}, page.RoomTimeline: {"timeline", "year"}, page.RoomRepositories: {"list of repositories", "repository"},
	page.RoomBrowse: {"facets", "part of a facet"}, page.RoomOnThisDay: {"days", "month"},
}

// kindOf is what a page is, by its path.
func kindOf(p string) string {
	lang := languageOf(p)
	dir, file := path.Split(strings.TrimPrefix(p, "en/"))
	room, inner, _ := strings.Cut(strings.TrimSuffix(dir, "/"), "/")
	stem, _, _ := strings.Cut(file, ".")
	for r, names := range kindsOfRooms {
		switch {
		case room != page.Word(lang, r):
		case stem != "index":
			return names[1]
		case inner == "":
			return names[0]
		case r == page.RoomFonds:
			return "fonds"
		default:
			return names[1]
		}
	}
	switch {
	case dir == "" && stem == "index":
		return "home"
	case dir == "" && stem == "404":
		return "not found"
	case room == page.FolderData:
		return "finding aid"
	case room == page.Word(lang, page.RoomSearch):
		return "search"
	}
	return "page"
}
