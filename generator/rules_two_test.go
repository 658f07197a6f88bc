package generator_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/generator"
	"vitrine/generator/diag"
)

var madePicture = regexp.MustCompile(`media/[0-9a-f]{2}/[0-9a-f]+-w\d+\.jpg`)

// longest is the longest side of a picture as it was published, in pixels.
func (r *ruled) longest(name string) int {
	r.t.Helper()
	c, _, err := image.DecodeConfig(bytes.NewReader(read(r.t, filepath.Join(r.o.Out, filepath.FromSlash(name)))))
	if err != nil {
		r.t.Fatalf("%s: %v", name, err)
	}
	return max(c.Width, c.Height)
}

// Every picture that the page of a record names is measured as it was
// published, and none is published that no page names.
func TestRule08_NoPictureIsLargerThanItsClearanceAllows(t *testing.T) {
	limits := []struct {
		id, said string
		most     int
	}{{"nho", "max_px: 800,", 800}, {"thuong", "", 1600}, {"day-du", "max_px: full,", 2600}, {"be", "max_px: 100,", 100}}
	changes := map[string]string{}
	for _, l := range limits {
		changes["clearances/qd-"+l.id+".yaml"] = strings.NewReplacer("qd-01", "qd-"+l.id, "fonds: [phong-cau-mau]", "records: [to-"+l.id+"]", "open_ended: true", l.said+" open_ended: true").Replace(clearance)
		changes[recordPath("to-"+l.id)] = strings.NewReplacer("tl-0001", "to-"+l.id, "qd-01", "qd-"+l.id, "a-001.jpg", "cao-"+l.id+".jpg", "a-002.jpg", "rong-"+l.id+".jpg").Replace(guideArchive()[firstItem])
	}
	r := newRuled(t, changes)
	for i, l := range limits {
		for name, size := range map[string]image.Rectangle{"cao-": image.Rect(0, 0, 900, 2600), "rong-": image.Rect(0, 0, 2600, 700)} {
			put(t, filepath.Join(r.o.Content, "fonds/phong-cau-mau/media", name+l.id+".jpg"), plainJPEG(t, size, uint8(40*i)))
		}
	}
	site, limit := r.published(), map[string]int{}
	for _, l := range limits {
		longest := 0
		for _, name := range madePicture.FindAllString(string(read(t, r.page("to-"+l.id))), -1) {
			limit["/"+name] = l.most
			longest = max(longest, r.longest(name))
		}
		if longest == 0 || longest > l.most || l.id == "day-du" && longest <= 1600 {
			t.Errorf("%s: the longest side is %d", l.id, longest)
		}
	}
	for _, name := range mediaOf(site) {
		if most, known := limit[name]; r.longest(name) > most && (known || r.longest(name) > 100) {
			t.Errorf("%s has a side of %d pixels", name, r.longest(name))
		}
	}
}

// plainJPEG is a picture of a size in one grey.
func plainJPEG(t *testing.T, size image.Rectangle, grey uint8) []byte {
	t.Helper()
	img := image.NewGray(size)
	for i := range img.Pix {
		img.Pix[i] = grey
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// aged is when a source is old.
var aged = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// age makes every source old enough for a build to remember what it saw of it.
func (r *ruled) age() {
	r.t.Helper()
	for name := range treeOf(r.t, r.o.Content) {
		if err := os.Chtimes(filepath.Join(r.o.Content, filepath.FromSlash(name)), aged, aged); err != nil {
			r.t.Fatal(err)
		}
	}
}

func TestRule09_FileThatChangedVoidsItsClearance(t *testing.T) {
	master := "fonds/phong-cau-mau/media/a-001.jpg"
	sums := func(r *ruled, names ...string) string {
		out := "files:\n"
		for _, n := range names {
			out += fmt.Sprintf("  %s: sha256:%x\n", n, sha256.Sum256(read(t, filepath.Join(r.o.Content, "fonds/phong-cau-mau/media", path.Base(n)))))
		}
		return out
	}
	for _, names := range [][]string{{"a-001.jpg", "a-002.jpg"}, {master, "fonds/phong-cau-mau/media/a-002.jpg"}} {
		r := newRuled(t, nil)
		r.with("clearances/qd-01.yaml", "valid:", sums(r, names...)+"valid:")
		r.published()
		if err := os.RemoveAll(r.o.Out); err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(r.o.Content, filepath.FromSlash(master)), plainJPEG(t, image.Rect(0, 0, 41, 30), 99))
		r.age()
		for range 3 { // nor is it forgotten from one build to the next
			r.fails("clearance-file", firstItem)
		}
		if _, err := generator.Check(context.Background(), r.o); !errors.Is(err, generator.ErrContent) {
			t.Errorf("check: %v", err)
		}
	}
	r := newRuled(t, nil)
	r.with("clearances/qd-01.yaml", "valid:", sums(r, "a-001.jpg")+"valid:")
	r.fails("clearance-file", firstItem) // a-002.jpg was added to a record whose files were decided on
}

func TestRule11_DaysAreThoseOfTheBuild(t *testing.T) {
	r := newRuled(t, nil)
	r.o.Clock = func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.Local) }
	for day, ahead := range map[string]bool{"2026-11-22": false, "2026-11-21": false, "2026-11-23": true, "2031-01-01": true, "2026-02-01": false} {
		r.o.AsOf = day
		rep, err := generator.Build(context.Background(), r.o)
		var ue *generator.UserError
		if ahead != (errors.As(err, &ue) && ue.Usage) || !ahead && err != nil {
			t.Errorf("as of %s: %v", day, err)
		}
		if err == nil && (rep.AsOf != day || !slices.Contains(rep.Lines("vi"), "Xét theo ngày "+day)) {
			t.Errorf("as of %s: the report says %q, %q", day, rep.AsOf, rep.Lines("vi"))
		}
		if rep, err := generator.Check(context.Background(), r.o); err != nil || rep.AsOf != day {
			t.Errorf("check as of %s: %v", day, err)
		}
	}
	for _, day := range []string{"2026", "2026-11", "2026-11-01/2026-11-20", "20-11-2026", "hôm qua"} {
		r.o.AsOf = day
		var ue *generator.UserError
		if _, err := generator.Build(context.Background(), r.o); !errors.As(err, &ue) || !ue.Usage {
			t.Errorf("as of %s, which is no day: %v", day, err)
		}
	}
	r.o.AsOf = ""
	if rep, err := generator.Build(context.Background(), r.o); err != nil || rep.AsOf != "2026-11-22" {
		t.Errorf("without a day: %v", err)
	}
	for _, name := range []string{"2026-11-22", "22-11-2026", "22/11/2026"} {
		if held := r.holds(name); len(held) > 0 {
			t.Errorf("the day of the build is held by %q", held)
		}
	}
	r.o.Clock = func() time.Time { return time.Unix(0, 0) }
	for _, day := range []string{"", "2026-11-22"} {
		r.o.AsOf = day
		var ue *generator.UserError
		if _, err := generator.Build(context.Background(), r.o); !errors.As(err, &ue) {
			t.Errorf("with a clock that was never set, as of %q: %v", day, err)
		}
	}
}

func TestRule12_ExpiredIsUnpublishedAtTheNextBuild(t *testing.T) {
	r := newRuled(t, nil).with("clearances/qd-01.yaml", "{from: \"2026-01-15\"}", "{from: \"2026-01-15\", review_by: \"2026-06-01\", until: \"2026-12-31\"}")
	for _, c := range []struct {
		day       string
		published bool
	}{{"2026-01-14", false}, {"2026-01-15", true}, {"2026-12-31", true}, {"2027-01-01", false}} {
		r.o.AsOf = c.day
		if r.published(); r.has("tl-0001") != c.published || len(r.holds("tl-0001")) > 0 != c.published {
			t.Errorf("as of %s published: %v", c.day, r.has("tl-0001"))
		}
	}
	overdue := func(rep *generator.Report) (out []diag.Severity) {
		for _, d := range rep.Diags.Sorted() {
			if d.Code == "clearance-review" {
				out = append(out, d.Severity)
			}
		}
		return out
	}
	r.o.AsOf = "2026-06-01"
	if rep, _ := r.build(); len(overdue(rep)) != 0 {
		t.Errorf("on the day of the review: %v", worded(rep))
	}
	r.o.AsOf = "2026-06-02"
	if rep, site := r.build(); site == nil || !slices.Equal(overdue(rep), []diag.Severity{diag.Warning}) {
		t.Errorf("past the review: %v", worded(rep))
	}
	if err := os.RemoveAll(r.o.Out); err != nil {
		t.Fatal(err)
	}
	site := r.files["site.yaml"]
	r.with("site.yaml", site, site+"publication: {review_overdue: error}\n").fails("clearance-review", "clearances/qd-01.yaml")
	r.with("site.yaml", "{review_overdue: error}", "{review_overdue: warning}").published()
	if err := os.RemoveAll(r.o.Out); err != nil {
		t.Fatal(err)
	}
	r.with("site.yaml", "{review_overdue: warning}", "{review_overdue: never}").fails("value-unknown", "site.yaml")
}

func TestRule13_PersonalDataIsReviewedFirst(t *testing.T) {
	newRuled(t, nil).with(firstItem, "{state: public}", "{state: public, personal: unreviewed}").fails("access-personal", firstItem)
	newRuled(t, nil).with(firstItem, "{state: public}", "{state: metadata-only, personal: unreviewed}").fails("access-personal", firstItem)
	newRuled(t, nil).with(firstItem, "{state: public}", "{state: unreviewed, personal: unreviewed}").published()
	newRuled(t, nil).with(firstItem, "{state: public}", "{state: public, personal: reviewed}").published()

	person, named := "agents/nguyen-van-mau.yaml", "creators: [{agent: ban-cau-mau}, {agent: nguyen-van-mau}]"
	archive := func(personal, living string) *ruled {
		return newRuled(t, nil).with(firstItem, "creators: [{agent: ban-cau-mau}]", named).with(firstItem, "{state: public}", "{state: public, personal: "+personal+"}").
			with(person, "type: person\n", "type: person\nliving: "+living+"\nexist: \"1890/1980\"\n")
	}
	archive("dead-only", "unknown").fails("access-person", firstItem)
	archive("living-consented", "unknown").fails("access-person", firstItem)
	archive("reviewed", "unknown").published()
	archive("none", "unknown").published()
	archive("dead-only", "\"no\"").published()

	closed := archive("dead-only", "\"no\"")
	profile := string(read(t, "internal/content/profiles/dang-vn-2026.yaml"))
	put(t, filepath.Join(closed.o.Content, "profiles/dang-vn-2026.yaml"), []byte(profile+"closing_periods: [{personal: dead-only, after: death, years: 50}]\n"))
	closed.fails("access-person", firstItem)
	closed.o.AsOf = "2031-01-01" // the period has passed, and the decision stands as before
	closed.published()
	put(t, filepath.Join(closed.o.Content, "profiles/dang-vn-2026.yaml"), []byte(profile+"closing_periods: [{personal: dead-only, after: creation, years: 75}]\n"))
	if err := os.RemoveAll(closed.o.Out); err != nil {
		t.Fatal(err)
	}
	closed.fails("access-closed", firstItem)
	put(t, filepath.Join(closed.o.Content, "profiles/dang-vn-2026.yaml"), []byte(profile+"closing_periods: [{personal: dead-only, after: death}]\n"))
	closed.fails("field-missing", "profiles/dang-vn-2026.yaml")
}

// The notice of a withdrawn record says nothing of it while the personal data in it would keep it
// from being shown, and what it was when they would not.
func TestRule13_NoticesKeepPersonalData(t *testing.T) {
	const note = "Rút vì lý do kiểm thử"
	person := "agents/nguyen-van-mau.yaml"
	profile := string(read(t, "internal/content/profiles/dang-vn-2026.yaml"))
	archive := func() *ruled {
		return newRuled(t, nil).with(firstItem, "creators: [{agent: ban-cau-mau}]", "creators: [{agent: ban-cau-mau}, {agent: nguyen-van-mau}]").
			with(firstItem, "{state: public}", "{state: withdrawn, personal: dead-only}\nwithdrawn: {date: \"2026-05-01\", reason: error, level: full, public_note: {vi: \""+note+"\"}}").
			with(person, "type: person\n", "type: person\nliving: \"no\"\nexist: \"1890/1980\"\n")
	}
	for period, tells := range map[string]bool{
		"": true, "{personal: dead-only, after: creation, years: 10}": true, "{personal: dead-only, after: death, years: 40}": true,
		"{personal: dead-only, after: death, years: 50}": false, "{personal: dead-only, after: creation, years: 75}": false,
	} {
		r := archive()
		put(t, filepath.Join(r.o.Content, "profiles/dang-vn-2026.yaml"), []byte(profile+"closing_periods: ["+period+"]\n"))
		r.published()
		if !r.has("tl-0001") || len(r.holds(note)) > 0 != tells {
			t.Errorf("%q: a notice %t, its note in %q", period, r.has("tl-0001"), r.holds(note))
		}
	}

	// A record that is cut tells nothing either where the file of the person cannot be read.
	for broken, tells := range map[string]bool{"": true, person: false} {
		r := archive()
		r.with(firstItem, "{state: withdrawn, personal: dead-only}\nwithdrawn: {date: \"2026-05-01\", reason: error, level: full, public_note: {vi: \""+note+"\"}}", "{state: public, personal: dead-only}").published()
		put(t, filepath.Join(r.o.Content, "agents/hong.yaml"), []byte("id: [\n"))
		if broken != "" {
			put(t, filepath.Join(r.o.Content, broken), []byte("id: [\n"))
		}
		o := generator.WithdrawOptions{Options: r.o, ID: "tl-0001", Reason: "error", Level: "full", Note: note}
		if rep, err := generator.Withdraw(context.Background(), o); err != nil || rep.Cut == nil || len(r.holds(note)) > 0 != tells {
			t.Errorf("%q: %v, %+v; the note is in %q", broken, err, rep, r.holds(note))
		}
	}
}

func TestRule14_DraftsAreMarkedAndNeverWritten(t *testing.T) {
	r := newRuled(t, nil).with(firstItem, "{state: public}", "{state: unreviewed}")
	before := r.published()
	s, err := generator.OpenSession(generator.SessionOptions{Options: r.o, Drafts: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	refresh(t, s, 0)
	pages := 0
	for _, name := range s.Paths() {
		f, ok, err := s.File(name)
		if err != nil || !ok {
			t.Fatalf("%s: %v %v", name, ok, err)
		}
		if !f.Page {
			continue
		}
		pages++
		if text := string(f.Data); !strings.Contains(text, `<meta name="robots" content="noindex">`) || !strings.Contains(text, "draft") {
			t.Errorf("%s bears no mark of a draft", name)
		}
	}
	if _, ok, _ := s.File(filepath.ToSlash(pageOf("tl-0001"))); !ok || pages < 10 {
		t.Errorf("the draft is shown: %v; %d pages", ok, pages)
	}
	sameTree(t, "the output folder", treeOf(t, r.o.Out), before)
}

func TestRule14_OutputAndContentLieApart(t *testing.T) {
	r := newRuled(t, nil)
	before := treeOf(t, r.o.Content)
	link := filepath.Join(t.TempDir(), "lien-ket")
	if err := os.Symlink(r.o.Content, link); err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{r.o.Content, filepath.Join(r.o.Content, "public"), filepath.Dir(r.o.Content), filepath.Join(r.o.Content, "pages", "..", "sau"), link, filepath.Join(link, "public")} {
		r.o.Out = out
		_, built := generator.Build(context.Background(), r.o)
		_, opened := generator.OpenSession(generator.SessionOptions{Options: r.o, Drafts: true})
		_, released := generator.Release(context.Background(), generator.ReleaseOptions{Options: r.o})
		for what, err := range map[string]error{"build": built, "preview": opened, "release": released} {
			var ue *generator.UserError
			if !errors.As(err, &ue) || !ue.Usage {
				t.Errorf("%s into %s: %v", what, out, err)
			}
		}
	}
	sameTree(t, "the content", treeOf(t, r.o.Content), before)
}

func TestRule15_ManifestNamesEveryFile(t *testing.T) {
	r := newRuled(t, nil)
	site := r.published()
	listed := map[string]string{}
	for line := range strings.Lines(string(read(t, filepath.Join(r.o.Out, "manifest-sha256.txt")))) {
		sum, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		listed["/"+name] = sum
	}
	for name, sum := range site {
		if name != "/manifest-sha256.txt" && listed[name] != fmt.Sprintf("%x", sum) {
			t.Errorf("%s is %x, the manifest says %q", name, sum, listed[name])
		}
		delete(listed, name)
	}
	if len(listed) > 0 {
		t.Errorf("files that are not there: %v", listed)
	}
}

// reaches are the ways in which a script asks another host for something.
var reaches = regexp.MustCompile(`\b(fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|importScripts)\b|\bimport\(|https?://|["']//`)

// ownRequest is the one request that our scripts make: for lines of the index, whose folder a page names by a
// relative link, as another rule sees; the policy of pages allows no host but their own.
var ownRequest = []byte(`await fetch(address, { headers: { Range: "bytes=`)

func TestRule16_NoPageAsksAnotherHost(t *testing.T) {
	report(t, sample(t).Links())
	report(t, bare(t).Links())
	report(t, sample(t).Inert("404.html"))
	scripts := 0
	for _, f := range sample(t).Files {
		switch path.Ext(f) {
		case ".js":
			scripts++
			for _, found := range strangeIn(f, bytes.Replace(read(t, sample(t).Disk(f)), ownRequest, nil, 1), reaches, func(l library) map[string]int { return l.reaches }) {
				t.Errorf("%s: %s", f, found)
			}
		case ".css":
			if data := read(t, sample(t).Disk(f)); bytes.Contains(data, []byte("://")) {
				t.Errorf("%s names an address", f)
			}
		}
	}
	for _, p := range sample(t).Pages {
		for n := range p.Elements("meta", "a", "link") {
			for _, a := range n.Attr {
				if a.Key == "http-equiv" && strings.EqualFold(a.Val, "refresh") || a.Key == "ping" || a.Key == "rel" && (strings.Contains(a.Val, "preconnect") || strings.Contains(a.Val, "prefetch")) {
					t.Errorf("%s: <%s %s=%q>", p.Path, n.Data, a.Key, a.Val)
				}
			}
		}
	}
	if scripts == 0 {
		t.Error("no script was seen")
	}
}

// keeps are the places in which a script leaves something with the reader.
var keeps = regexp.MustCompile(`document\.cookie|cookieStore|localStorage|sessionStorage|indexedDB|openDatabase|navigator\.(storage|userAgent|geolocation)`)

func TestRule17_NothingIsKeptOfAVisitor(t *testing.T) {
	for _, f := range sample(t).Files {
		if path.Ext(f) == ".js" { // and no page has a script of its own: see rule 16
			for _, found := range strangeIn(f, read(t, sample(t).Disk(f)), keeps, func(l library) map[string]int { return l.keeps }) {
				t.Errorf("%s: %s", f, found)
			}
		}
	}
}

func TestRule18_WithheldRecordsAreNamedOnTheConsoleAlone(t *testing.T) {
	r := newRuled(t, nil).with(firstItem, "{state: public}", "{state: restricted}").with(firstItem, "alt: một", "label: \"CANARY-LABEL\"").with(firstItem, "\"Quyết định\"", "\"CANARY-TITLE\"")
	rep, site := r.build()
	if site == nil || !strings.Contains(strings.Join(worded(rep), "\n"), firstItem) {
		t.Fatalf("the report does not name the record:\n%s", strings.Join(worded(rep), "\n"))
	}
	reasons, err := os.ReadFile(filepath.Join(filepath.Dir(r.o.Out), ".vitrine", filepath.Base(r.o.Out), "report.tsv"))
	if err != nil || !bytes.Contains(reasons, []byte("tl-0001")) {
		t.Errorf("the report beside the site does not name the record: %v", err)
	}
	for _, word := range []string{"tl-0001", "CANARY-LABEL", "CANARY-TITLE", "a-001.jpg", "report.tsv"} {
		if held := r.holds(word); len(held) > 0 {
			t.Errorf("%q is held by %q", word, held)
		}
	}
}
