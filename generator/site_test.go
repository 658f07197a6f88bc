package generator_test

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/generator/internal/sitecheck"
	"vitrine/generator/internal/vi"
	"vitrine/generator/page"
)

// languageOf is the language of a page by its path.
func languageOf(file string) string {
	if strings.HasPrefix(file, "en/") {
		return "en"
	}
	return "vi"
}

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	bothSites(t, func(t *testing.T, s *sitecheck.Site) { report(t, s.Links()) })
}

func TestEveryPageIsLinked(t *testing.T) {
	lost := slices.DeleteFunc(bare(t).Reachable("index.html"), func(p sitecheck.Problem) bool {
		return p.Path == "404.html" || bare(t).Page(p.Path).Kind() == "tombstone"
	})
	report(t, lost)
}

func TestEveryPageCanBeRead(t *testing.T) {
	bothSites(t, func(t *testing.T, s *sitecheck.Site) {
		if len(s.Pages) < 500 {
			t.Errorf("%d pages only", len(s.Pages))
		}
		report(t, s.Shape(languageOf))
	})
}

func TestNoPageHasCodeOfItsOwn(t *testing.T) {
	bothSites(t, func(t *testing.T, s *sitecheck.Site) { report(t, s.Inert("404.html")) })
}

func TestLanguagesNameEachOther(t *testing.T) {
	bothSites(t, func(t *testing.T, s *sitecheck.Site) { report(t, s.Languages()) })
}

// The page for lost readers is served at any depth, so its links are whole
// addresses where the site has one.
func TestNotFoundLinksWorkAtAnyDepth(t *testing.T) {
	for n := range sample(t).Page("404.html").Elements("a", "img", "link", "script") {
		for _, key := range []string{"href", "src"} {
			if v := sitecheck.Attr(n, key); v != "" && !strings.HasPrefix(v, baseURL) && !strings.HasPrefix(v, "mailto:") {
				t.Errorf("%s=%q", key, v)
			}
		}
	}
}

// The Nu checker on every page, and on the style as far as it knows CSS.
func TestEveryPageIsValid(t *testing.T) {
	t.Parallel()
	needJava(t)
	messages, err := sitecheck.Validate(validatorJar, "--skip-non-html", sample(t).Root)
	if err != nil {
		t.Fatal(err)
	}
	reportMessages(t, messages, nil)
}

// unknownToChecker are properties of SVG 2 in CSS and a use of calc() that the
// checker has not learnt.
var unknownToChecker = []string{"“vector-effect”", "“paint-order”", "calc(var("}

func TestEveryStyleIsValid(t *testing.T) {
	needJava(t)
	var styles []string
	for _, f := range sample(t).Files {
		if path.Ext(f) == ".css" {
			styles = append(styles, sample(t).Disk(f))
		}
	}
	messages, err := sitecheck.Validate(validatorJar, append([]string{"--css"}, styles...)...)
	if err != nil || len(styles) == 0 {
		t.Fatal(styles, err)
	}
	reportMessages(t, messages, unknownToChecker)
}

func reportMessages(t *testing.T, messages []sitecheck.Message, allowed []string) {
	t.Helper()
	for i, m := range messages {
		switch {
		case slices.ContainsFunc(allowed, func(a string) bool { return strings.Contains(m.Text, a) }):
		case i > 25:
			return
		case m.IsError():
			t.Error(m)
		default:
			t.Log(m)
		}
	}
}

// needJava demands what the checker runs on. In CI it must be there.
func needJava(t *testing.T) {
	t.Helper()
	_, err := exec.LookPath("java")
	if _, missing := os.Stat(validatorJar); missing != nil {
		err = missing
	}
	lacking(t, err, "the Nu checker needs Java and templates/node_modules: run make test")
}

// lacking skips a test where the machine lacks a tool, and fails it in CI.
func lacking(t *testing.T, err error, advice string) {
	t.Helper()
	switch {
	case err == nil:
	case os.Getenv("CI") != "":
		t.Fatalf("%v: %s", err, advice)
	default:
		t.Skipf("%v: %s", err, advice)
	}
}

func TestImagesCarryNoMetadata(t *testing.T) {
	images := 0
	for _, f := range sample(t).Files {
		if strings.HasPrefix(f, "media/") {
			images++
		}
	}
	if images < 60 {
		t.Errorf("%d images only", images)
	}
	report(t, sample(t).Metadata())
}

func TestNothingUnexpectedIsPublished(t *testing.T) {
	folders := append([]string{"assets", "media", "en", ".well-known"}, page.Reserved()...)
	files := []string{"index.html", "404.html", "robots.txt", "manifest-sha256.txt"}
	report(t, bare(t).Roots(folders, files))
	report(t, sample(t).Roots(folders, append(files, "sitemap.xml", "feed.xml")))
}

func TestNothingNamesTheMachine(t *testing.T) {
	words := []string{scratch, filepath.ToSlash(scratch)}
	for _, name := range []string{".", "..", contentDir()} {
		abs, err := filepath.Abs(name)
		if err != nil {
			t.Fatal(err)
		}
		words = append(words, abs+string(filepath.Separator))
	}
	report(t, sample(t).Holds(words, func(string, string) bool { return false }))
}

// The manifest is checked as a reader would check it, and names every file.
func TestManifest(t *testing.T) {
	s := sample(t)
	f, err := os.Open(s.Disk("manifest-sha256.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	left := slices.DeleteFunc(slices.Clone(s.Files), func(f string) bool { return f == "manifest-sha256.txt" })
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		sum, name, _ := strings.Cut(lines.Text(), "  ")
		data, err := os.ReadFile(s.Disk(name))
		if got := sha256.Sum256(data); err != nil || hex.EncodeToString(got[:]) != sum {
			t.Errorf("%s: not what the manifest says (%v)", name, err)
		}
		left = slices.DeleteFunc(left, func(f string) bool { return f == name })
	}
	if len(left) > 0 {
		t.Errorf("not in the manifest: %q", left)
	}
	if tool, err := exec.LookPath("sha256sum"); err == nil {
		cmd := exec.Command(tool, "--check", "--strict", "--quiet", "manifest-sha256.txt")
		cmd.Dir = s.Root
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("sha256sum: %v\n%s", err, out)
		}
	}
}

// The sitemap names the pages that may be found by searching: all but those
// that ask not to be.
func TestSitemapNamesTheListedPages(t *testing.T) {
	s := sample(t)
	got, err := s.Sitemap()
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, p := range s.Pages {
		if !noIndex(p) {
			want = append(want, p.Path)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%d addresses, %d pages; only in the sitemap %q, missing %q", len(got), len(want), without(got, want), without(want, got))
	}
	for _, f := range []string{"sitemap.xml", "feed.xml"} {
		if bare(t).Has(f) {
			t.Errorf("%s of a site without an address", f)
		}
	}
}

func noIndex(p *sitecheck.Page) bool {
	for m := range p.Elements("meta") {
		if sitecheck.Attr(m, "name") == "robots" && strings.Contains(sitecheck.Attr(m, "content"), "noindex") {
			return true
		}
	}
	return false
}

func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

func TestFeed(t *testing.T) {
	s := sample(t)
	f, err := s.Feed("feed.xml")
	if err != nil {
		t.Fatal(err)
	}
	if f.ID == "" || f.Title == "" || f.Author == "" || len(f.Entries) < 10 {
		t.Errorf("feed %q %q by %q with %d entries", f.ID, f.Title, f.Author, len(f.Entries))
	}
	seen, newest := map[string]bool{}, ""
	for _, e := range f.Entries {
		if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || e.Title == "" || e.ID == "" || seen[e.ID] {
			t.Errorf("entry %q %q: %v", e.ID, e.Title, err)
		}
		file := strings.TrimPrefix(e.Link.Href, baseURL)
		if strings.HasSuffix(file, "/") {
			file += "index.html"
		}
		if !s.Has(file) {
			t.Errorf("entry %q leads to %s", e.Title, e.Link.Href)
		}
		seen[e.ID], newest = true, max(newest, e.Updated)
	}
	if f.Updated != newest {
		t.Errorf("the feed is of %s, its newest entry of %s", f.Updated, newest)
	}
}

// Every index is in the Vietnamese order, tone by tone within a syllable.
func TestIndexesAreInVietnameseOrder(t *testing.T) {
	for _, room := range []page.Room{page.RoomAgents, page.RoomPlaces, page.RoomSubjects} {
		file := page.Word("vi", room) + "/index.html"
		titles := slipTitles(bare(t).Page(file))
		if len(titles) < 10 || !slices.IsSortedFunc(titles, vi.Compare) {
			t.Errorf("%s: %q", file, titles)
		}
	}
	places := slipTitles(bare(t).Page(page.Word("vi", page.RoomPlaces) + "/index.html"))
	for _, pair := range [][2]string{{"Ba Đình", "Bà Điểm"}, {"Cao Bằng", "Điện Biên Phủ"}, {"Điện Biên Phủ", "Đình Bảng"}, {"Hà Nội", "Hà Tĩnh"}, {"Hà Tĩnh", "Huế"}} {
		i, j := slices.Index(places, pair[0]), slices.Index(places, pair[1])
		if i < 0 || j < 0 || i >= j {
			t.Errorf("%q is number %d and %q number %d", pair[0], i, pair[1], j)
		}
	}
}

func slipTitles(p *sitecheck.Page) []string {
	var out []string
	for n := range p.Elements("p") {
		if sitecheck.HasClass(n, "slip-title") {
			out = append(out, sitecheck.Text(n))
		}
	}
	return out
}

// What a reader must find on every page: who answers for the site, and how an
// error is reported. Beside every digital object stands what it is not.
func TestEveryPageSaysWhoAnswersForIt(t *testing.T) {
	const copySentence = "không thay thế bản sao có chứng thực"
	for _, p := range bare(t).Pages {
		footer := sitecheck.Text(p.First("footer"))
		if !strings.Contains(footer, "Cơ quan mẫu") && !strings.Contains(footer, "Sample institution") {
			t.Errorf("%s: the footer does not name the body", p.Path)
		}
		if p.Path != "404.html" && !hasReport(p) {
			t.Errorf("%s: no way to report an error", p.Path)
		}
	}
	shown := 0
	for _, p := range bare(t).Pages {
		if p.Kind() != "record" || languageOf(p.Path) != "vi" || !hasSheet(p) {
			continue
		}
		shown++
		if !strings.Contains(strings.ToLower(sitecheck.Text(p.First("main"))), copySentence) {
			t.Errorf("%s: images without the sentence about certified copies", p.Path)
		}
	}
	if shown < 40 {
		t.Errorf("%d records with images only", shown)
	}
}

func hasReport(p *sitecheck.Page) bool {
	for a := range p.Elements("a") {
		if sitecheck.HasClass(a, "report") && strings.HasPrefix(sitecheck.Attr(a, "href"), "mailto:") {
			return true
		}
	}
	return false
}

func hasSheet(p *sitecheck.Page) bool {
	for f := range p.Elements("figure") {
		if sitecheck.HasClass(f, "sheet") {
			return true
		}
	}
	return false
}

// No placeholder is left where a template found nothing.
func TestNoTraceOfTheTemplates(t *testing.T) {
	report(t, bare(t).Holds([]string{"<no value>", "ZgotmplZ", "%!", "{{", "<nil>"}, func(file, word string) bool {
		return path.Ext(file) != ".html" || word == "%!" && !bytes.Contains(read(t, bare(t).Disk(file)), []byte("%!(")) ||
			word == "{{" && strings.Contains(file, page.Word(languageOf(file), page.RoomGuide))
	}))
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(fmt.Errorf("read: %w", err))
	}
	return data
}
