package generator_test

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"
)

// The tests that begin with TestRule are those of the fail-closed rules of the
// domain reference, 5.3, by their numbers. Those that are the gate's own stand
// beside it.

// ruled is a small archive to which a rule is put.
type ruled struct {
	t     *testing.T
	files map[string]string
	o     generator.Options
}

// newRuled is the archive of the guide with some files in place of others; an
// empty text takes a file out.
func newRuled(t *testing.T, changes map[string]string) *ruled {
	t.Helper()
	dir := inMemory(t)
	r := &ruled{t, guideArchive(), generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), AsOf: asOf, BaseURL: baseURL}}
	maps.Copy(r.files, changes)
	maps.DeleteFunc(r.files, func(_, text string) bool { return text == "" })
	writeTo(t, r.o.Content, r.files)
	return r
}

// with changes one file of the archive, where it reads old.
func (r *ruled) with(name, old, new string) *ruled {
	r.t.Helper()
	if !strings.Contains(r.files[name], old) {
		r.t.Fatalf("%s has no %q", name, old)
	}
	r.files[name] = strings.Replace(r.files[name], old, new, 1)
	writeTo(r.t, r.o.Content, map[string]string{name: r.files[name]})
	return r
}

// build builds the site; an error of the content is none of the test.
func (r *ruled) build() (*generator.Report, tree) {
	r.t.Helper()
	looks, err := programLooks()
	if err != nil {
		r.t.Fatal(err)
	}
	rep, err := generator.BuildWith(context.Background(), r.o, looks)
	if err != nil && !errors.Is(err, generator.ErrContent) {
		r.t.Fatal(err)
	}
	if err != nil {
		if _, err := os.Stat(r.o.Out); !errors.Is(err, os.ErrNotExist) {
			r.t.Errorf("the content has errors and there is output: %v", err)
		}
		return rep, nil
	}
	return rep, treeOf(r.t, r.o.Out)
}

// published builds a site that must have no errors.
func (r *ruled) published() tree {
	r.t.Helper()
	rep, site := r.build()
	if site == nil {
		r.t.Fatalf("%s", strings.Join(worded(rep), "\n"))
	}
	return site
}

// fails builds a site that must have an error with a code in a file.
func (r *ruled) fails(code, file string) {
	r.t.Helper()
	if rep, site := r.build(); site != nil || !hasError(rep, code, file) {
		r.t.Errorf("no error %s in %s:\n%s", code, file, strings.Join(worded(rep), "\n"))
	}
}

// holds are the files of the output that hold a word, in their names too.
func (r *ruled) holds(word string) (out []string) {
	r.t.Helper()
	for name := range treeOf(r.t, r.o.Out) {
		if data := read(r.t, filepath.Join(r.o.Out, filepath.FromSlash(name))); bytes.Contains(data, []byte(word)) || strings.Contains(name, word) {
			out = append(out, name)
		}
	}
	return out
}

func (r *ruled) page(id string) string { return filepath.Join(r.o.Out, pageOf(id)) }

func (r *ruled) has(id string) bool {
	_, err := os.Stat(r.page(id))
	return err == nil
}

const firstItem = "fonds/phong-cau-mau/records/tl-0001.yaml"

func TestRule01_AbsentIsNotPublishedAndMalformedIsAnError(t *testing.T) {
	for _, access := range []string{"", "clearance: qd-01\n", "access: {state: unreviewed}\n"} {
		r := newRuled(t, nil).with(firstItem, "access: {state: public}\nclearance: qd-01\n", access)
		if r.published(); r.has("tl-0001") || len(r.holds("tl-0001")) > 0 || !r.has("tl-0002") {
			t.Errorf("%q: held by %q", access, r.holds("tl-0001"))
		}
	}
	for access, code := range map[string]string{
		"access:": "value-empty", "access: {}": "access-malformed", "access: {state: }": "value-empty", "access: {state: \"\"}": "value-empty",
		"access: {state: pubic}": "value-unknown", "access: {stat: public}": "key-unknown", "access: public": "value-kind",
		"access: {state: public, personal: perhaps}": "value-unknown", "access: {state: public, embargo_until: soon}": "date-syntax",
		"access: {state: embargo}": "access-malformed", "access: {state: public, declassification: {former_marking: mat}}": "access-malformed",
		"access: {state: public}\nclearance: ": "value-empty", "access: {state: public}\nclearance: qd-09": "ref-unknown",
	} {
		newRuled(t, nil).with(firstItem, "access: {state: public}\nclearance: qd-01\n", access+"\n").fails(code, firstItem)
	}
	for _, c := range []struct{ old, new, code string }{
		{"parts: [metadata, images, transcript]", "parts: [metadata, imges]", "value-unknown"}, {"parts: [metadata, images, transcript]", "parts: []", "clearance-malformed"},
		{"parts: [metadata, images, transcript]", "parts: ", "value-empty"}, {"parts:", "part:", "key-unknown"},
		{"purposes: [web-exhibition]", "purposes: [web]", "value-unknown"}, {"purposes: [web-exhibition]", "purposes: ", "value-empty"},
		{"open_ended: true", "open_ended: ", "value-empty"}, {"open_ended: true", "open_ended: yes", "value-kind"}, {"open_ended: true", "max_px: large, open_ended: true", "clearance-malformed"},
		{"open_ended: true", "max_px: , open_ended: true", "value-empty"}, {"from: \"2026-01-15\"", "form: \"2026-01-15\"", "key-unknown"}, {"from: \"2026-01-15\"", "from: \"15-01-2026\"", "clearance-malformed"},
		{"fonds: [phong-cau-mau]", "fonds: []", "clearance-malformed"}, {"valid:", "files: {a.jpg: sha256:12}\nvalid:", "clearance-malformed"},
	} {
		newRuled(t, nil).with("clearances/qd-01.yaml", c.old, c.new).fails(c.code, "clearances/qd-01.yaml")
	}
}

func TestRule02_OnlyFilesThatAPublishedRecordNamesAreCopied(t *testing.T) {
	stray := map[string]string{
		"fonds/phong-cau-mau/media/thua.jpg": "", "fonds/phong-cau-mau/media/sau/thua.png": "", "fonds/phong-cau-mau/records/ghi-chu.txt": "CANARY-STRAY",
		"thua/ghi-chu.md": "CANARY-STRAY", "clearances/ghi-chu.txt": "CANARY-STRAY", "pages/.an.md": "CANARY-STRAY",
	}
	plain := newRuled(t, nil).published()
	r := newRuled(t, nil)
	for name, text := range stray {
		data := []byte(text)
		if text == "" {
			data = picture(t, name)
		}
		put(t, filepath.Join(r.o.Content, filepath.FromSlash(name)), data)
	}
	sameTree(t, "with stray files", r.published(), plain)
	if held := r.holds("CANARY-STRAY"); len(held) > 0 {
		t.Errorf("held by %q", held)
	}
	hidden := newRuled(t, nil).with(firstItem, "{state: public}", "{state: restricted}").published()
	if a, b := mediaOf(plain), mediaOf(hidden); len(a) == 0 || len(b) >= len(a) {
		t.Errorf("%d pictures, %d with a record restricted", len(a), len(b))
	}
}

// media are the pictures of a site.
func mediaOf(site tree) (out []string) {
	for name := range site {
		if strings.HasPrefix(name, "/media/") && !strings.HasPrefix(name, "/media/placards/") { // these are drawn; which sheets they show the leak test asks
			out = append(out, name)
		}
	}
	return out
}

func TestRule03_CurrentMarkingStopsEveryCommand(t *testing.T) {
	marked := "id: tl-0009\nlevel: item\nparent: hs-0001\ntitle: \"CANARY\"\nform: cong-van\nreference: {unit_no: \"0009\"}\ndates: {created: \"1958\"}\n"
	ctx := context.Background()
	for _, line := range []string{"access: {state: restricted, current_marking: mat}\n", "access: {state: unreviewed}\ndoc: {secrecy_as_marked: \"Mật\"}\n"} {
		file := recordPath("tl-0009")
		r := newRuled(t, nil)
		served, err := generator.OpenSession(generator.SessionOptions{Options: r.o, Drafts: true})
		if err != nil {
			t.Fatal(err)
		}
		defer served.Close()
		refresh(t, served, 0)
		fileOf(t, served, "index.html")
		put(t, filepath.Join(r.o.Content, filepath.FromSlash(file)), []byte(marked+line))

		r.fails("marking-current", file)
		if rep, err := generator.Check(ctx, r.o); !errors.Is(err, generator.ErrContent) || !hasError(rep, "marking-current", file) {
			t.Errorf("check: %v", err)
		}
		if _, err := served.RefreshFiles(ctx, []string{file}); err != nil {
			t.Fatal(err)
		}
		if _, ok, err := served.File("index.html"); ok || err != nil || served.Ready() {
			t.Errorf("a preview goes on: %v %v", ok, err)
		}
		before := treeOf(t, r.o.Content)
		for _, kind := range []string{"fonds", "record", "agent", "exhibition", "clearance"} {
			_, err := generator.New(kind, "moi-01", generator.NewOptions{Content: r.o.Content, Fonds: "phong-cau-mau"})
			refusedForMarking(t, "new "+kind, err, file)
		}
		sheet := filepath.Join(t.TempDir(), "bang.csv")
		put(t, sheet, []byte("Mã,Tên tài liệu,Ngày tháng,Loại hình,Hồ sơ số\ntl-0010,Thử,1959,thư,0001\n"))
		_, err = generator.ImportCSV(ctx, generator.ImportOptions{Content: r.o.Content, File: sheet, Fonds: "phong-cau-mau"})
		refusedForMarking(t, "import", err, file)
		sameTree(t, "the content", treeOf(t, r.o.Content), before)

		if err := os.Remove(filepath.Join(r.o.Content, filepath.FromSlash(file))); err != nil {
			t.Fatal(err)
		}
		refresh(t, served, 0)
		fileOf(t, served, "index.html")
	}
}

func refusedForMarking(t *testing.T, what string, err error, file string) {
	t.Helper()
	var ue *generator.UserError
	if !errors.As(err, &ue) || !ue.Marked || !strings.Contains(ue.Msg.Vi, file) || !strings.Contains(ue.Hint.En, "version history") {
		t.Errorf("%s: %v", what, err)
	}
}

func TestRule03_MarkingOfAPageOrExhibitionStopsNew(t *testing.T) {
	for name, change := range map[string]map[string]string{
		"pages/about.md":                      {"pages/about.md": "---\ntitle: Giới thiệu\naccess: {state: public, current_marking: mat}\n---\nLời.\n"},
		"exhibitions/cau-mau/exhibition.yaml": {"exhibitions/cau-mau/exhibition.yaml": strings.Replace(exhibition, "{state: public}", "{state: public, current_marking: mat}", 1)},
	} {
		_, err := generator.New("agent", "moi-01", generator.NewOptions{Content: newRuled(t, change).o.Content})
		refusedForMarking(t, name, err, name)
	}
}

func TestRule05_UnpublishedIsAbsentEverywhere(t *testing.T) {
	deleted := newRuled(t, map[string]string{recordPath("tl-0001"): "", recordPath("hs-0002"): "", "events/le-khanh-thanh.yaml": ""})
	want := deleted.published()
	for _, state := range []string{"restricted", "unreviewed", "embargo, embargo_until: \"2030-01-01\""} {
		r := newRuled(t, nil).with(firstItem, "{state: public}", "{state: "+state+"}").with(recordPath("hs-0002"), "{state: public}", "{state: "+state+"}").
			with(recordPath("hs-0002"), "\"Hai\"", "\"CANARY-TITLE\"")
		sameTree(t, state, r.published(), want)
		for _, word := range []string{"tl-0001", "hs-0002", "CANARY-TITLE", "le-khanh-thanh"} {
			if held := r.holds(word); len(held) > 0 {
				t.Errorf("%s: %q is held by %q", state, word, held)
			}
		}
	}
}

func TestRule06_OpennessNeverInheritsRestrictionDoes(t *testing.T) {
	item, file := firstItem, recordPath("hs-0001")
	closed := newRuled(t, nil).with(item, "access: {state: public}\nclearance: qd-01\n", "")
	if closed.published(); closed.has("tl-0001") || !closed.has("hs-0001") {
		t.Error("a record without a state of its own is as open as what holds it")
	}
	between := newRuled(t, nil).with(file, "{state: public}", "{state: unreviewed}").with(file, "\"Một\"", "\"CANARY-FILE\"")
	if between.published(); !between.has("tl-0001") || len(between.holds("hs-0001"))+len(between.holds("CANARY-FILE")) > 0 {
		t.Errorf("the level between is named in %q", append(between.holds("hs-0001"), between.holds("CANARY-FILE")...))
	}
	if page := string(read(t, between.page("tl-0001"))); !strings.Contains(page, "Phông cầu Mẫu") {
		t.Error("the item does not hang under its fonds")
	}
	for _, state := range []string{"restricted", "embargo, embargo_until: \"2030-01-01\""} {
		r := newRuled(t, nil).with(file, "{state: public}", "{state: "+state+"}")
		if r.published(); r.has("tl-0001") || r.has("tl-0002") || len(r.holds("tl-0001")) > 0 {
			t.Errorf("an item under a file that is %s is published", state)
		}
	}
	described := newRuled(t, nil).with(file, "{state: public}", "{state: metadata-only}").published()
	if len(mediaOf(described)) > 0 {
		t.Errorf("items under a file of which the description alone is public show %d pictures", len(mediaOf(described)))
	}
}

func TestRule07_ExhibitionThatNamesWhatIsNotPublicIsAnError(t *testing.T) {
	section := "exhibitions/cau-mau/01-khoi-cong.md"
	for _, text := range []string{"Lời.\n\nXem [tờ](id:tl-0001).\n", "Lời.\n\n::: object\nrecord: tl-0001\n:::\n", "Lời.\n\n::: timeline\nrecords: [tl-0002, tl-0001]\n:::\n"} {
		r := newRuled(t, map[string]string{section: text})
		r.published()
		r = newRuled(t, map[string]string{section: text}).with(firstItem, "{state: public}", "{state: restricted}")
		rep, site := r.build()
		if site != nil || !slices.ContainsFunc(rep.Diags.Sorted(), func(d diag.Diagnostic) bool {
			return (d.Code == "ref-not-public" || d.Code == "markdown-link") && d.Severity == diag.Error && d.Pos.File == section && d.Pos.Line >= 3
		}) {
			t.Errorf("%q:\n%s", text, strings.Join(worded(rep), "\n"))
		}
	}
}

func TestRule08_PartsThatAreNotClearedAreAbsent(t *testing.T) {
	words := "alt: một, transcript: {text: \"CANARY-TRANSCRIPT\"}, translation: {text: \"CANARY-TRANSLATION\"}}"
	for parts, c := range map[string]struct{ pictures, words bool }{
		"metadata": {}, "metadata, images": {pictures: true}, "metadata, images, transcript": {true, true}, "metadata, transcript": {words: true},
	} {
		r := newRuled(t, nil).with(firstItem, "alt: một}", words).with("clearances/qd-01.yaml", "[metadata, images, transcript]", "["+parts+"]")
		site := r.published()
		if got := len(mediaOf(site)) > 0; got != c.pictures {
			t.Errorf("%s: pictures %v", parts, got)
		}
		if held := append(r.holds("CANARY-TRANSCRIPT"), r.holds("CANARY-TRANSLATION")...); len(held) > 0 != c.words {
			t.Errorf("%s: the words are held by %q", parts, held)
		}
	}
}

// Pictures are offered to be taken away where the decision names that purpose; else the
// page shows them and says nothing of files.
func TestRule08_PicturesAreTakenAwayForTheirPurpose(t *testing.T) {
	for purposes, want := range map[string]bool{"web-exhibition": false, "web-exhibition, bulk-download, harvesting": false, "web-exhibition, offline": true} {
		r := newRuled(t, nil).with("clearances/qd-01.yaml", "[web-exhibition]", "["+purposes+"]")
		r.published()
		text := string(read(t, r.page("tl-0001")))
		if offered := strings.Contains(text, ` download="tl-0001-`); offered != want || strings.Contains(text, `class="sheet-sizes" hidden`) == want || !strings.Contains(text, `class="sheet-file" href="`) {
			t.Errorf("%s: offered %t", purposes, offered)
		}
	}
}

// A block of access at the head of a text that is no page would hold nowhere and be printed:
// it is an error.
func TestRule01_AccessStandsWhereItHolds(t *testing.T) {
	for _, file := range []string{"exhibitions/cau-mau/01-khoi-cong.md", "fonds/phong-cau-mau/records/tl-0002.md", "fonds/phong-cau-mau/fonds.md"} {
		newRuled(t, map[string]string{file: "---\naccess: {state: restricted}\n---\nLời kín.\n"}).fails("front-matter-misplaced", file)
	}
	newRuled(t, map[string]string{"fonds/phong-cau-mau/records/tl-0002.md": "---\n\nLời: sau một vạch.\n"}).published()
}

// A file of another program is no text: what it keeps besides its words would be printed.
func TestTextsOfOtherPrograms(t *testing.T) {
	for name, data := range map[string]string{"chep.rtf": `{\rtf1 {\info{\author X}} abc}`, "chep.txt": "%!PS-Adobe-3.0\nabc", "chep.docx": "PK\x03\x04abc"} {
		file := "fonds/phong-cau-mau/media/" + name
		newRuled(t, map[string]string{file: data}).with(firstItem, "alt: một}", "alt: một, transcript: {file: "+name+"}}").fails("text-format", file)
		newRuled(t, map[string]string{file: data}).with(firstItem, "objects:\n", "objects:\n  - {kind: text, seq: 9, file: "+name+"}\n").fails("text-format", file)
	}
}
