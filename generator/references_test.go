package generator_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/exchange/reference"
)

// referenceReaders holds the programs of others that read reference files (make test fetches them).
const referenceReaders = "testdata/references"

// citedItem is what citation-js finds in a file.
type citedItem struct {
	ID, Type, Title, Genre, Number, Publisher, Language, Abstract, Note, Archive, Source, Version, URL string
	Author, Reporter                                                                                   json.RawMessage
	Place                                                                                              string `json:"publisher-place"`
	ArchivePlace                                                                                       string `json:"archive-place"`
	CallNumber                                                                                         string `json:"call-number"`
	Location                                                                                           string `json:"archive_location"`
	Collection                                                                                         string `json:"archive_collection"`
	Issued                                                                                             struct {
		Parts   [][]int `json:"date-parts"`
		Literal string
		Circa   bool
	}
}

// names are the names in an item, each in one piece.
func (c citedItem) names(t *testing.T) (out []string) {
	t.Helper()
	for _, raw := range []json.RawMessage{c.Author, c.Reporter} {
		var one string
		if json.Unmarshal(raw, &one) == nil && one != "" {
			out = append(out, strings.TrimSuffix(one, ","))
			continue
		}
		var list []struct{ Family, Given, Literal string }
		if len(raw) > 0 && raw[0] == '[' {
			if err := json.Unmarshal(raw, &list); err != nil {
				t.Fatal(err)
			}
		}
		for _, n := range list {
			if n.Given != "" {
				t.Errorf("a name was taken apart: %+v", n)
			}
			out = append(out, n.Literal+n.Family)
		}
	}
	return out
}

// readBy are the items of files as citation-js reads them, and how citeproc words those
// of CSL-JSON, by style.
func readBy(t *testing.T, files ...string) (items [][]citedItem, words []map[string][]string) {
	t.Helper()
	_, err := os.Stat(filepath.Join(referenceReaders, "node_modules/@citation-js/core"))
	lacking(t, err, "citation-js comes with make test, or npm ci in generator/"+referenceReaders)
	cmd := exec.Command("node", append([]string{"read.cjs"}, files...)...)
	cmd.Dir = referenceReaders
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, err.(*exec.ExitError).Stderr)
	}
	var found []struct {
		Items []citedItem
		Words map[string][]string
	}
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		items, words = append(items, f.Items), append(words, f.Words)
	}
	return items, words
}

// hardEntries are of every type, with names and dates that programs like to change.
func hardEntries() (out []*reference.Entry) {
	names := [][]string{{"Ban Chấp hành Trung ương"}, {"Nguyễn Ái Quốc [Hồ Chí Minh]"}, {"X.Y.Z. [Hồ Chí Minh]"}, {"Bảo Đại [Nguyễn Phúc Vĩnh Thuỵ]", "Bộ Nội vụ"}, nil}
	dates := []string{"1945-09-02", "1945-09", "1945", "1945~", "1945/1946", "194X", ""}
	n := 0
	for _, form := range []struct {
		level, form, group string
		numbered           bool
	}{
		{"item", "nghi-quyet", "document", true}, {"item", "ghi-chep", "document", false}, {"item", "thu", "document", false}, {"item", "loi-keu-goi", "document", false},
		{"item", "hiep-dinh", "document", false}, {"item", "truyen-don", "publication", false}, {"item", "bao", "publication", false}, {"item", "anh", "image", false},
		{"item", "ghi-am", "av", false}, {"item", "phim", "av", false}, {"item", "bang-hinh", "av", false}, {"item", "ban-do", "map", false}, {"item", "sach", "publication", false},
		{"fonds", "", "", false}, {"item", "hien-vat", "other", false},
	} {
		d, _ := edtf.Parse(dates[n%len(dates)])
		e := &reference.Entry{ID: fmt.Sprintf("mau-%04d", n), Type: reference.TypeOf(form.level, form.form, form.group, form.numbered), Names: names[n%len(names)], Signed: names[n%len(names)],
			Title: fmt.Sprintf("Vì sao %d%% & “số_5” {mật} #1 $ ~ ^ \\?", n), Issued: d, Words: d.Words("vi"), Genre: "nghị quyết", Archive: "Lưu trữ Mẫu", Collection: "Phông Mẫu",
			Location: "mục lục 01, hồ sơ 3", Place: "Hà Nội", CallNumber: "MAU-01, mục lục 01, hồ sơ 3", Language: "vi", Abstract: "Nội dung\nhai dòng.", Website: "Kho",
			URL: "https://kho.example.org/a_b/mau.html", Version: "3, 0123456789abcdef", State: "ấn bản 3, trạng thái 0123456789abcdef", Note: "bản gốc tại Bảo tàng"}
		if form.numbered {
			e.Number, e.Issuer = "12-CT/TW", "Ban Chấp hành Trung ương"
		}
		out = append(out, e)
		n++
	}
	return out
}

// referenceFiles writes entries in every format and returns the paths of the files.
func referenceFiles(t *testing.T, entries []*reference.Entry) (out []string) {
	t.Helper()
	for _, f := range reference.Formats {
		var b []byte
		for i, e := range entries {
			b = f.Append(b, i, e)
		}
		name := filepath.Join(t.TempDir(), "x"+f.End)
		put(t, name, f.Close(b, len(entries)))
		out = append(out, name)
	}
	return out
}

// What is written is read back by citation-js with nothing lost that the format has a
// field for, and no name taken apart.
func TestReferencesAreReadBack(t *testing.T) {
	t.Parallel()
	entries := hardEntries()
	items, _ := readBy(t, referenceFiles(t, entries)...)
	cslOnly := map[string]bool{"speech": true, "treaty": true, "collection": true, "pamphlet": true, "document": true, "article-newspaper": true, "personal_communication": true,
		"song": true} // citation-js takes SOUND for a motion picture
	for i, f := range reference.Formats {
		if len(items[i]) != len(entries) {
			t.Fatalf("%s: %d of %d entries", f.Name, len(items[i]), len(entries))
		}
		for j, got := range items[i] {
			e := entries[j]
			same := func(what, got, want string) {
				if got != want {
					t.Errorf("%s, %s (%s): %s is %q, want %q", f.Name, e.ID, e.Type.CSL, what, got, want)
				}
			}
			same("id", got.ID, e.ID)
			same("title", got.Title, e.Title)
			same("names", strings.Join(got.names(t), "; "), strings.Join(e.Names, "; "))
			same("URL", got.URL, e.URL)
			same("genre", got.Genre, e.Genre)
			if f.Name != "BibTeX" && (f.Name == "CSL-JSON" || !cslOnly[e.Type.CSL]) {
				same("type", got.Type, e.Type.CSL)
			}
			if e.Number != "" {
				same("number", got.Number, e.Number)
				same("issuer", got.Publisher, e.Issuer)
			}
			if p, ok := map[string]string{"1945-09-02": "[[1945 9 2]]", "1945-09": "[[1945 9]]", "1945": "[[1945]]"}[e.Issued.String()]; ok {
				same("date", fmt.Sprint(got.Issued.Parts), p)
			}
			if f.Name == "BibTeX" { // it has no fields for archives
				continue
			}
			same("call number", got.CallNumber, e.CallNumber)
			same("language", got.Language, e.Language)
			same("abstract", got.Abstract, "Nội dung hai dòng.")
			if f.Name == "CSL-JSON" {
				same("place", got.ArchivePlace, e.Place)
				same("archive", got.Archive+"|"+got.Collection+"|"+got.Location+"|"+got.Version, e.Archive+"|"+e.Collection+"|"+e.Location+"|"+e.Version)
			} else {
				same("place", got.Place, e.Place)
				same("archive", got.Source+"|"+got.Location+"|"+got.Note, e.Archive+"|"+e.Collection+", "+e.Location+"|"+e.Note+"; "+e.State)
			}
		}
	}
}

// mods is what bibutils makes of a file.
type mods struct {
	Mods []struct {
		ID    string `xml:"ID,attr"`
		Title string `xml:"titleInfo>title"`
		Names []struct {
			Parts []string `xml:"namePart"`
		} `xml:"name"`
		Date  string   `xml:"originInfo>dateIssued"`
		URL   string   `xml:"location>url"`
		Notes []string `xml:"note"`
	} `xml:"mods"`
}

// bibutils reads them too. It knows names that are not to be taken apart by a list that it
// is given; in BibTeX the braces say so.
func TestReferencesAreReadByBibutils(t *testing.T) {
	t.Parallel()
	_, err := exec.LookPath("ris2xml")
	lacking(t, err, "make tools installs bibutils")
	entries := hardEntries()
	files := referenceFiles(t, entries)
	var whole []string
	for _, e := range entries {
		for _, n := range e.Names {
			whole = append(whole, n, n+",")
		}
	}
	list := filepath.Join(t.TempDir(), "names")
	put(t, list, []byte(strings.Join(whole, "\n")+"\n"))
	for _, args := range [][]string{{"ris2xml", "--asis", list, files[0]}, {"bib2xml", files[1]}} {
		out, err := exec.Command(args[0], args[1:]...).Output()
		if err != nil {
			t.Fatal(err)
		}
		var found mods
		if err := xml.Unmarshal(out[strings.Index(string(out), "<?xml"):], &found); err != nil {
			t.Fatal(err)
		}
		if len(found.Mods) != len(entries) {
			t.Fatalf("%s: %d of %d entries", args[0], len(found.Mods), len(entries))
		}
		for j, m := range found.Mods {
			e := entries[j]
			var names []string
			for _, n := range m.Names {
				names = append(names, strings.TrimSuffix(strings.Join(n.Parts, "|"), ","))
			}
			if !slices.Equal(names, e.Names) {
				t.Errorf("%s, %s: names %q, want %q", args[0], m.ID, names, e.Names)
			}
			if m.ID != e.ID || m.URL != e.URL || len(m.Notes) == 0 {
				t.Errorf("%s: %+v of %+v", args[0], m, e)
			}
			// bibutils has signs of its own for two that no title has
			if title := strings.TrimSuffix(strings.NewReplacer("⌃", "^", `\textbackslash`, `\`).Replace(m.Title), "?"); title != strings.TrimSuffix(e.Title, "?") {
				t.Errorf("%s, %s: title %q, want %q", args[0], m.ID, m.Title, e.Title)
			}
			if d, ok := map[string]string{"1945-09-02": "1945-09-02", "1945-09": "1945-09", "1945": "1945"}[e.Issued.String()]; ok && m.Date != d {
				t.Errorf("%s, %s: dated %q, want %q", args[0], m.ID, m.Date, d)
			}
		}
	}
}

// withReferences is the big archive with a file for each record.
func withReferences(t *testing.T) (site string) {
	t.Helper()
	o := offered(t)
	edit(t, filepath.Join(o.Content, "site.yaml"), withAddress, "features: {references: true}\n"+withAddress)
	mustBuild(t, o)
	return o.Out
}

var citedText = regexp.MustCompile(`<p id="cite-(apa|harvard)"[^>]*>(.*?)</p>`)

// What citeproc makes of CSL-JSON, in three styles, begins and ends as our own wording does:
// the same name, date and title at the head, the address at the end, the archive between.
func TestOurWordingIsThatOfCiteproc(t *testing.T) {
	t.Parallel()
	out := withReferences(t)
	pages, err := filepath.Glob(filepath.Join(out, "phong-luu-tru/*/tl-*.html"))
	if err != nil || len(pages) == 0 {
		t.Fatal(err)
	}
	var files []string
	for _, p := range pages {
		files = append(files, strings.TrimSuffix(p, ".html")+".csl.json")
	}
	items, words := readBy(t, files...)
	for i, p := range pages {
		own := map[string]string{}
		for _, m := range citedText.FindAllStringSubmatch(string(read(t, p)), -1) {
			own[m[1]] = bareText(m[2])
		}
		it := items[i][0]
		for style, ours := range own {
			theirs := bareText(words[i][style][0])
			head := strings.Join(it.names(t), ", ")
			if !strings.HasPrefix(ours, head) || !strings.HasPrefix(theirs, head) {
				t.Errorf("%s, %s: the head %q\nours   %s\ntheirs %s", p, style, head, ours, theirs)
			}
			for _, w := range []string{ours, theirs} {
				year := strings.Index(w, "(")
				title := strings.Index(w, it.Title)
				if year < 0 || title < 0 || !strings.Contains(strings.TrimSuffix(w, "."), it.URL) || strings.Index(w, it.URL) < title {
					t.Errorf("%s, %s: %s", p, style, w)
				}
			}
			year := fmt.Sprintf(" (%d", it.Issued.Parts[0][0]) // of a report citeproc gives the year alone
			if !strings.Contains(ours, year) || !strings.Contains(theirs, year) || len(it.names(t)) > 0 && style == "apa" && (!strings.HasPrefix(ours, head+"."+year) || !strings.HasPrefix(theirs, head+"."+year)) {
				t.Errorf("%s: name and date\nours   %s\ntheirs %s", p, ours, theirs)
			}
		}
		if v := words[i]["vancouver"][0]; !strings.Contains(v, it.Title) || !strings.Contains(v, it.Archive) || !strings.HasSuffix(v, it.URL) {
			t.Errorf("vancouver: %s", v)
		}
	}
}

// bareText is text without tags and no-break spaces.
func bareText(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(s, ""), "\u00a0", " "), "&amp;", "&")
}

// While the content cannot be built, a withdrawal takes the files about the record and about
// those beneath it; those of its fonds hold nothing until the next build, since pages lead to
// them; the others stay. A fonds takes all of its own.
func TestWithdrawalCutsReferences(t *testing.T) {
	t.Parallel()
	o := offered(t)
	edit(t, filepath.Join(o.Content, "site.yaml"), withAddress, "features: {references: true}\n"+withAddress)
	edit(t, filepath.Join(o.Content, recordPath("hs-0001")), "\"Một\"", "\"Hồ sơ thứ nhất & “hai”\"")
	mustBuild(t, o)
	before := referencesIn(t, o.Out)
	put(t, filepath.Join(o.Content, "agents/hong.yaml"), []byte("id: [\n"))
	cut := func(id string) map[string]string {
		t.Helper()
		rep, err := generator.Withdraw(context.Background(), generator.WithdrawOptions{Options: o, ID: id})
		if err != nil || rep.Cut == nil || len(rep.Remains) > 0 {
			t.Fatalf("%v: %+v", err, rep)
		}
		return referencesIn(t, o.Out)
	}
	now := cut("hs-0001")
	for name, text := range before {
		id, _, _ := strings.Cut(filepath.Base(name), ".")
		got, there := now[name]
		switch {
		case id == "hs-0001" || id == "tl-0001" || id == "tl-0002":
			if there {
				t.Errorf("%s outlived its record", name)
			}
		case strings.HasPrefix(name, "data/"): // of the other fonds too, whose titles may be those that go
			if !there || strings.Contains(got, "hs-0001") || strings.Contains(got, "Phông") || len(got) > 10 {
				t.Errorf("%s: %q", name, got)
			}
		case got != text:
			t.Errorf("%s is another", name)
		}
		if strings.Contains(got, "Hồ sơ thứ nhất") || strings.Contains(got, "hs-0001") {
			t.Errorf("%s tells of it", name)
		}
	}
	for name := range cut("phong-hai") {
		if strings.Contains(name, "phong-hai") {
			t.Errorf("%s outlived its fonds", name)
		}
	}
	if err := os.Remove(filepath.Join(o.Content, "agents/hong.yaml")); err != nil {
		t.Fatal(err)
	}
	mustBuild(t, o)
	if now = referencesIn(t, o.Out); !strings.Contains(now["data/phong-cau-mau.ris"], "hs-0002") {
		t.Errorf("the next build: %q", now["data/phong-cau-mau.ris"])
	}
}

// referencesIn are the reference files of a site, by path.
func referencesIn(t *testing.T, site string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, f := range reference.Formats {
		for _, pattern := range []string{"data/*", "phong-luu-tru/*/*"} {
			names, err := filepath.Glob(filepath.Join(site, pattern+f.End))
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range names {
				rel, _ := filepath.Rel(site, name)
				out[filepath.ToSlash(rel)] = string(read(t, name))
			}
		}
	}
	return out
}

// A file follows its record and what that names, and is as that of a clean build.
func TestReferencesFollowTheirRecords(t *testing.T) {
	t.Parallel()
	o := offered(t)
	edit(t, filepath.Join(o.Content, "site.yaml"), withAddress, "features: {references: true}\n"+withAddress)
	same := func(what string) {
		t.Helper()
		mustBuild(t, o)
		clean := o
		clean.Out = filepath.Join(filepath.Dir(o.Out), "clean")
		if err := os.RemoveAll(clean.Out); err != nil {
			t.Fatal(err)
		}
		mustBuild(t, clean)
		sameTree(t, what, treeOf(t, o.Out), treeOf(t, clean.Out))
	}
	same("the first build")
	for _, c := range [][3]string{
		{recordPath("hs-0002"), "\"Hai\"", "\"Hồ sơ hai\""}, {"agents/ban-cau-mau.yaml", "type: corporate", "type: family"},
		{"agents/ban-cau-mau.yaml", "name: ", "name: Ban khác # "}, {"fonds/phong-cau-mau/fonds.yaml", "MAU-09", "MAU-10"},
		{recordPath("tl-0002"), "state: public", "state: unreviewed"}, {"site.yaml", "references: true", "references: false"}, {"site.yaml", "references: false", "references: true"},
	} {
		file := filepath.Join(o.Content, filepath.FromSlash(c[0]))
		if !strings.Contains(string(read(t, file)), c[1]) {
			t.Fatalf("%s has no %q:\n%s", c[0], c[1], read(t, file))
		}
		edit(t, file, c[1], c[2])
		same(c[0] + ": " + c[2])
	}
}
