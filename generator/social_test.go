package generator_test

import (
	"image/jpeg"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/internal/sitecheck"
)

// ogOf are the OpenGraph properties of a page.
func ogOf(p *sitecheck.Page) map[string]string {
	out := map[string]string{}
	for n := range p.Elements("meta") {
		if name, ok := strings.CutPrefix(sitecheck.Attr(n, "property"), "og:"); ok {
			out[name] = sitecheck.Attr(n, "content")
		}
	}
	return out
}

// Every page that may be listed tells its title, kind and language; with an address, where it
// is and a picture that is there, of the size that it says. Without one there is neither, since
// nobody reads addresses that are not whole.
func TestPagesCanBeShared(t *testing.T) {
	t.Parallel()
	bothSites(t, func(t *testing.T, s *sitecheck.Site) {
		pictures, placards := 0, 0
		for _, p := range s.Pages {
			og, listed := ogOf(p), !strings.Contains(metaOf(p, "robots"), "noindex")
			if listed != (og["title"] != "") {
				t.Errorf("%s: listed %t, title %q", p.Path, listed, og["title"])
			}
			if !listed {
				continue
			}
			if og["type"] == "" || og["site_name"] == "" || !slices.Contains([]string{"vi_VN", "en_GB"}, og["locale"]) || metaOf(p, "twitter:card") == "" || metaOf(p, "dc.title") == "" {
				t.Errorf("%s: %v", p.Path, og)
			}
			if s.Base == "" {
				if og["url"]+og["image"] != "" {
					t.Errorf("%s: %v", p.Path, og)
				}
				continue
			}
			if og["url"] != canonicalOf(p) {
				t.Errorf("%s: at %s", p.Path, og["url"])
			}
			if og["image"] == "" {
				continue
			}
			pictures++
			if strings.Contains(og["image"], "/placards/") {
				placards++
			}
			checkShared(t, s, p.Path, og)
		}
		if s.Base != "" && (pictures < 60 || placards != 14) {
			t.Errorf("%d pictures, %d placards", pictures, placards)
		}
		if n := len(placardsIn(s.Files)); n != placards {
			t.Errorf("%d placards lie in the site, and pages name %d", n, placards)
		}
	})
}

func canonicalOf(p *sitecheck.Page) string {
	for n := range p.Elements("link") {
		if sitecheck.Attr(n, "rel") == "canonical" {
			return sitecheck.Attr(n, "href")
		}
	}
	return ""
}

func placardsIn(files []string) (out []string) {
	for _, f := range files {
		if strings.HasPrefix(f, "media/placards/") {
			out = append(out, f)
		}
	}
	return out
}

// checkShared checks that a picture by which a page is shared is a JPEG of the size told.
func checkShared(t *testing.T, s *sitecheck.Site, page string, og map[string]string) {
	t.Helper()
	file, ok := strings.CutPrefix(og["image"], s.Base)
	if !ok || !s.Has(file) {
		t.Errorf("%s: %s is not there", page, og["image"])
		return
	}
	f, err := os.Open(s.Disk(file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := jpeg.DecodeConfig(f)
	if err != nil {
		t.Fatal(err)
	}
	if og["image:width"] != strconv.Itoa(c.Width) || og["image:height"] != strconv.Itoa(c.Height) || og["image:type"] != "image/jpeg" || og["image:alt"] == "" || max(c.Width, c.Height) > 2000 {
		t.Errorf("%s: %d × %d, told %v", page, c.Width, c.Height, og)
	}
}

// A picture larger than the decision allows is not shared.
func TestSharedPicturesKeepToTheDecision(t *testing.T) {
	t.Parallel()
	o := offered(t)
	edit(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), "open_ended: true}", "open_ended: true, max_px: 200}")
	mustBuild(t, o)
	s, err := sitecheck.Open(o.Out, "https://kho.example/")
	if err != nil {
		t.Fatal(err)
	}
	og := ogOf(s.Page("phong-luu-tru/phong-cau-mau/tl-0001.html"))
	w, _ := strconv.Atoi(og["image:width"])
	h, _ := strconv.Atoi(og["image:height"])
	if w == 0 || max(w, h) > 200 {
		t.Errorf("%v", og)
	}
}

// A placard is drawn where what stands on it changed, and else stays as it lies.
func TestPlacardsAreDrawnOnce(t *testing.T) {
	t.Parallel()
	o := offered(t)
	var drawn []string
	o.Made = func(path string) {
		if strings.HasPrefix(path, "media/placards/") {
			drawn = append(drawn, path)
		}
	}
	o.Jobs = 1
	mustBuild(t, o)
	first := len(drawn)
	if first == 0 || first%2 != 0 {
		t.Fatalf("%q", drawn)
	}
	drawn = nil
	edit(t, filepath.Join(o.Content, recordPath("tl-0001")), "title: \"Quyết định\"", "title: \"Quyết định khác\"")
	edit(t, filepath.Join(o.Content, "site.yaml"), "repository: kho-mau", "repository: kho-mau\nnotice: \"Đang thử\"")
	mustBuild(t, o)
	if len(drawn) != 0 {
		t.Errorf("drawn again: %q", drawn)
	}
	edit(t, filepath.Join(o.Content, "fonds/phong-cau-mau/fonds.yaml"), "title: \"Phông cầu Mẫu\"", "title: \"Phông cầu Mẫu và đường dẫn\"")
	mustBuild(t, o)
	if len(drawn) != 2 || !strings.Contains(drawn[0], ".phong-cau-mau.") {
		t.Errorf("of a fonds with another title there were drawn %q", drawn)
	}
	clean := o
	clean.Out = filepath.Join(filepath.Dir(o.Out), "clean")
	mustBuild(t, clean)
	sameTree(t, "built again", treeOf(t, o.Out), treeOf(t, clean.Out))
}

// A preview draws the placards that a build would publish; one of drafts has none.
func TestPlacardsInAPreview(t *testing.T) {
	t.Parallel()
	o := offered(t)
	mustBuild(t, o)
	s, err := generator.OpenSession(generator.SessionOptions{Options: o})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	refresh(t, s, 0)
	files := treeOf(t, filepath.Join(o.Out, "media/placards"))
	if len(files) == 0 {
		t.Fatal("no placards")
	}
	for name := range files {
		name = "media/placards/" + strings.TrimPrefix(filepath.ToSlash(name), "/")
		f, ok, err := s.File(name)
		if err != nil || !ok || string(f.Data) != string(read(t, filepath.Join(o.Out, name))) {
			t.Errorf("%s: %t %v", name, ok, err)
		}
	}
}

// Where a record is cut out of a site that cannot be built, no placard stays: nobody can look
// into one; and no page names one.
func TestPlacardsGoWithACut(t *testing.T) {
	t.Parallel()
	s := newShelf(t, 1, false)
	if _, err := buildReport(s.o); err != nil {
		t.Fatal(err)
	}
	if !s.exists("public/media/placards") {
		t.Fatal("no placards")
	}
	breaks[0].do(s)
	s.withdraw(s.records[2].id, nil)
	named := regexp.MustCompile(`media/placards/[^"]*`)
	for file, data := range s.files() {
		if strings.HasPrefix(file, "media/placards/") || named.MatchString(data) {
			t.Errorf("%s: %s", file, named.FindString(data))
		}
	}
}
