package generator_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/page"
)

// starter is a small archive of its own, ready to be edited.
func starter(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "kho")
	if _, err := generator.New("site", dir, generator.NewOptions{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// session previews an archive; what it serves was read once.
func session(t *testing.T, dir string, drafts bool) *generator.Session {
	t.Helper()
	s, err := generator.OpenSession(generator.SessionOptions{Drafts: drafts,
		Options: generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), AsOf: asOf}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	refresh(t, s, 0)
	return s
}

// refresh reads the content again, which then has that many errors, -1 for any.
func refresh(t *testing.T, s *generator.Session, errors int) {
	t.Helper()
	r, err := s.Refresh(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if n := r.Diags.Errors(); n != errors && (errors >= 0 || n == 0) {
		t.Fatalf("%d errors: %v", n, r.Diags.Sorted())
	}
}

func edit(t *testing.T, file, from, to string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil || !bytes.Contains(data, []byte(from)) {
		t.Fatalf("%s has no %q: %v", file, from, err)
	}
	if err := os.WriteFile(file, bytes.Replace(data, []byte(from), []byte(to), 1), 0o644); err != nil {
		t.Fatal(err)
	}
}

func fileOf(t *testing.T, s *generator.Session, name string) string {
	t.Helper()
	f, ok, err := s.File(name)
	if err != nil || !ok {
		t.Fatalf("%s: %v %v", name, ok, err)
	}
	return string(f.Data)
}

// What a session serves is what a build writes, byte for byte.
func TestSessionServesWhatABuildWrites(t *testing.T) {
	site := sample(t)
	s, err := generator.OpenSession(generator.SessionOptions{
		Options: generator.Options{Content: contentDir(), Out: outDir("address"), BaseURL: baseURL, AsOf: asOf, Data: true}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	refresh(t, s, 0)
	for _, name := range site.Files {
		if name == "manifest-sha256.txt" || page.IsResourceList(name) {
			continue // of a finished site
		}
		want, err := os.ReadFile(site.Disk(name))
		if err != nil {
			t.Fatal(err)
		}
		f, ok, err := s.File(name)
		if f.Path != "" { // a recording lies on the disk
			f.Data = read(t, f.Path)
		}
		if err != nil || !ok || !bytes.Equal(f.Data, want) || f.Page != (path.Ext(name) == ".html") {
			t.Errorf("%s: found %v, %v, %d bytes for %d", name, ok, err, len(f.Data), len(want))
		}
	}
	for _, name := range []string{"", "nothing.html", "../content/site.yaml", "content/site.yaml", ".vitrine", "media/", "media/../index.html", "phong-luu-tru"} {
		if _, ok, err := s.File(name); ok || err != nil {
			t.Errorf("%q: %v %v", name, ok, err)
		}
	}
}

func TestSessionKeepsTheLastGoodState(t *testing.T) {
	dir := starter(t)
	s := session(t, dir, false)
	record := filepath.Join(dir, "content/fonds/phong-01/records/hs-0001.yaml")
	before, page := fileOf(t, s, "phong-luu-tru/phong-01/tl-0001.html"), "phong-luu-tru/phong-01/tl-0001.html"

	edit(t, record, "id: tl-0001", "id: [tl-0001")
	refresh(t, s, -1)
	if got := fileOf(t, s, page); got != before {
		t.Error("a page changed while the content has errors")
	}
	if _, ok, err := s.File("phong-luu-tru/phong-01/tl-0002.html"); !ok || err != nil {
		t.Errorf("a page not yet seen cannot be had any more: %v %v", ok, err)
	}
	at := filepath.ToSlash(record)
	found := false
	for _, d := range s.Diagnostics() {
		found = found || d.Pos.File == at && d.Pos.Line > 0 && d.Msg.Vi != ""
	}
	if !found {
		t.Errorf("nothing names %s: %v", at, s.Diagnostics())
	}

	edit(t, record, "id: [tl-0001", "id: tl-0001")
	edit(t, record, "Thông báo mẫu về việc mở", "Thông báo đã sửa về việc mở")
	refresh(t, s, 0)
	if got := fileOf(t, s, page); !strings.Contains(got, "Thông báo đã sửa") {
		t.Error("the page does not show the mended record")
	}
}

func TestSessionBeforeTheFirstGoodState(t *testing.T) {
	dir := starter(t)
	edit(t, filepath.Join(dir, "content/site.yaml"), "title:", "titel:")
	s, err := generator.OpenSession(generator.SessionOptions{Options: generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public")}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	refresh(t, s, -1)
	if _, ok, err := s.File("index.html"); s.Ready() || ok || err != nil {
		t.Error(s.Ready(), ok, err)
	}
	edit(t, filepath.Join(dir, "content/site.yaml"), "titel:", "title:")
	refresh(t, s, 0)
	if !s.Ready() || !strings.Contains(fileOf(t, s, "index.html"), "<h1") {
		t.Error("the mended site is not served")
	}
}

// Pictures are made when they are asked for, kept beside the output folder,
// and nothing is written into that.
func TestSessionMakesPicturesOnDemand(t *testing.T) {
	dir := starter(t)
	s := session(t, dir, false)
	made := func() int {
		files, _ := filepath.Glob(filepath.Join(dir, ".vitrine/derivatives/media/*/*.jpg"))
		return len(files)
	}
	if n := made(); n != 0 {
		t.Errorf("%d pictures before any was asked for", n)
	}
	list := fileOf(t, s, "thu-vien-anh/index.html")
	_, rest, ok := strings.Cut(list, `src="../media/`)
	if !ok {
		t.Fatal("the gallery shows no picture")
	}
	name, _, _ := strings.Cut(rest, `"`)
	picture := fileOf(t, s, "media/"+name)
	if !strings.HasPrefix(picture, "\xff\xd8\xff") || made() == 0 {
		t.Errorf("%s: %d bytes, %d made", name, len(picture), made())
	}
	if _, err := os.Stat(filepath.Join(dir, "public")); err == nil {
		t.Error("the output folder was made")
	}

	// A picture that was made is not served once its record is withheld.
	edit(t, filepath.Join(dir, "content/fonds/phong-01/records/hs-0001.yaml"), "access: {state: public}", "access: {state: restricted}")
	refresh(t, s, 0)
	if _, ok, err := s.File("media/" + name); ok || err != nil || made() == 0 {
		t.Errorf("a picture of a withheld record: %v %v", ok, err)
	}
}

// notPublic are records that stand beside those of the starter archive, with
// their access and whether a preview of drafts shows them.
var notPublic = map[string]struct {
	access string
	shown  bool
}{
	"tl-chua-xet": {"access: {state: unreviewed}", true},
	"tl-khong-gi": {"", true},
	"tl-cho-ngay": {"access: {state: embargo, embargo_until: \"2099-01-01\"}\nclearance: kt-01", true},
	"tl-thieu":    {"access: {state: public}", true},
	"tl-han-che":  {"access: {state: restricted}\nclearance: kt-01", false},
	"tl-da-rut":   {"access: {state: withdrawn}\nclearance: kt-01\nwithdrawn: {date: \"2026-01-20\", reason: error}", false},
	"tl-ca-nhan":  {"access: {state: unreviewed, personal: unreviewed}\nclearance: kt-01", false},
}

// draftArchive is a starter archive with the records of notPublic.
func draftArchive(t *testing.T) string {
	t.Helper()
	dir := starter(t)
	var text strings.Builder
	for id, r := range notPublic {
		fmt.Fprintf(&text, "---\nid: %s\nlevel: item\nparent: hs-0001\nform: thong-bao\ntitle: Nhan đề %s\ndates: {created: \"1946\"}\nreference: {unit_no: \"0001\", folios: \"9\"}\nappraisal: Ý kiến nội bộ\n%s\n", id, id, r.access)
	}
	if err := os.WriteFile(filepath.Join(dir, "content/fonds/phong-01/records/thu.yaml"), []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestSessionShowsDraftsOnlyWhenAsked(t *testing.T) {
	dir := draftArchive(t)
	for _, drafts := range []bool{false, true} {
		s := session(t, dir, drafts)
		list := fileOf(t, s, "phong-luu-tru/phong-01/hs-0001.html")
		for id, r := range notPublic {
			f, page, err := s.File("phong-luu-tru/phong-01/" + id + ".html")
			full := page && bytes.Contains(f.Data, []byte("Nhan đề "+id))
			want := drafts && r.shown
			if err != nil || full != want || strings.Contains(list, "Nhan đề "+id) != want {
				t.Errorf("drafts %v: %s has a page %v, stands in the list %v: %v", drafts, id, full, strings.Contains(list, id), err)
			}
			if bytes.Contains(f.Data, []byte("Ý kiến nội bộ")) {
				t.Errorf("drafts %v: %s shows its appraisal", drafts, id)
			}
		}
	}
}

func TestEveryPageOfDraftsBearsTheBanner(t *testing.T) {
	dir := draftArchive(t)
	out := filepath.Join(dir, "public")
	if _, err := buildReport(generator.Options{Content: filepath.Join(dir, "content"), Out: out, AsOf: asOf}); err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob(filepath.Join(out, "*.html"))
	more, err2 := filepath.Glob(filepath.Join(out, "*/*.html"))
	deep, err3 := filepath.Glob(filepath.Join(out, "*/*/*.html"))
	if pages = slices.Concat(pages, more, deep); err != nil || err2 != nil || err3 != nil || len(pages) < 8 {
		t.Fatal(len(pages), err, err2, err3)
	}
	plain, drafts := session(t, dir, false), session(t, dir, true)
	for _, file := range pages {
		name, _ := filepath.Rel(out, file)
		const banner, noindex = `<aside class="draft"><p>Bản xem thử – có bản ghi chưa công bố</p></aside>`, `<meta name="robots" content="noindex">`
		if got := fileOf(t, drafts, filepath.ToSlash(name)); strings.Count(got, banner) != 1 || strings.Count(got, noindex) != 1 {
			t.Errorf("%s of a preview of drafts has no banner or may be indexed", name)
		}
		if got := fileOf(t, plain, filepath.ToSlash(name)); strings.Contains(got, `class="draft"`) {
			t.Errorf("%s of an ordinary preview bears the banner", name)
		}
		built, err := os.ReadFile(file)
		if err != nil || bytes.Contains(built, []byte(`class="draft"`)) {
			t.Errorf("%s of a built site bears the banner: %v", name, err)
		}
	}
}

func TestSessionRefusesWhatBuildRefuses(t *testing.T) {
	dir := starter(t)
	for name, o := range map[string]generator.Options{
		"content within the output folder": {Content: filepath.Join(dir, "content"), Out: dir},
		"no content":                       {Content: filepath.Join(dir, "none"), Out: filepath.Join(dir, "public")},
		"no address":                       {Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), BaseURL: "nowhere"},
	} {
		if s, err := generator.OpenSession(generator.SessionOptions{Options: o}); err == nil {
			s.Close()
			t.Error(name)
		}
	}
	s := session(t, dir, false)
	s.Close()
	if _, err := s.Refresh(context.Background()); err == nil {
		t.Error("a session that was closed reads on")
	}
	if _, ok, _ := s.File("index.html"); ok {
		t.Error("a session that was closed serves on")
	}
}
