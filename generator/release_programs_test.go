package generator_test

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"
)

const (
	manifest1   = "iiif/tl-0001/manifest.json"
	manifest2   = "iiif/tl-0002/manifest.json"
	collection1 = "iiif/hs-0001/collection.json"
)

// newHarvested is a small archive whose records others may gather.
func newHarvested(t *testing.T) *releasing {
	t.Helper()
	r := newSmallReleasing(t)
	r.swap("clearances/qd-01.yaml", "[web-exhibition]", "[web-exhibition, harvesting]")
	return r
}

// answered410 are the files for which a server that Vitrine set up answers 410.
func (r *releasing) answered410() string {
	r.t.Helper()
	return string(read(r.t, filepath.Join(filepath.Dir(r.o.Out), ".vitrine/public/server/da-rut.txt")))
}

// gone are the addresses that the comparison of an edition lists as gone, with ids.
func (r *releasing) gone(day string) (out []string) {
	r.t.Helper()
	var c struct {
		Gone []struct{ Address, ID string }
	}
	if err := json.Unmarshal(read(r.t, filepath.Join(r.papers, day, "so-sanh.json")), &c); err != nil {
		r.t.Fatal(err)
	}
	paper := string(read(r.t, filepath.Join(r.papers, day, "so-sanh.html")))
	for _, g := range c.Gone {
		out = append(out, g.Address+" "+g.ID)
		contains(r.t, "the comparison", paper, true, g.Address+"</td>", fmt.Sprintf("Địa chỉ cho máy khác đọc: %d không còn", len(c.Gone)))
	}
	return out
}

// warnings are those of a code, in both languages.
func warnings(rep *generator.Report, code string) (out []string) {
	for _, d := range rep.Diags.Sorted() {
		if d.Code == code && d.Severity == diag.Warning {
			out = append(out, d.Pos.String()+": "+d.Msg.Vi+" "+d.Msg.En)
		}
	}
	return out
}

// lost reports whether anything is told of addresses that are not there any more.
func lost(rep *generator.Report) bool {
	return slices.ContainsFunc(rep.Diags.Sorted(), func(d diag.Diagnostic) bool {
		return slices.Contains([]string{"address-lost", "base-url-lost", "description-gone"}, d.Code)
	})
}

// What programs of other houses read stands in the ledger of addresses too, each with
// the record that it is about.
func TestLedgerKeepsAddressesForPrograms(t *testing.T) {
	t.Parallel()
	r := newHarvested(t)
	r.must(day1)
	ledger := "\n" + r.read("editions/addresses.tsv")
	for _, line := range []string{manifest1 + "\ttl-0001", manifest2 + "\ttl-0002", collection1 + "\ths-0001", "iiif/phong-cau-mau/collection.json\tphong-cau-mau", "iiif/collection.json\t", "feed.xml\t", "sitemap.xml\t", tl1 + "\ttl-0001"} {
		contains(t, "the ledger", ledger, true, "\n"+line+"\t1\n")
	}
	contains(t, "the ledger", ledger, false, "media/", "info.json", "robots.txt", "404.html", "assets/")
	if rep := r.again(day2); lost(rep) || r.answered410() != "" {
		t.Errorf("%v: %s", worded(rep), r.answered410())
	}
}

// The description of a whole fonds is one of them: it stays while any of its records may
// be taken away, and is gone for good behind a decision that lets none.
func TestReleaseKeepsTheAddressOfAFinding(t *testing.T) {
	t.Parallel()
	r := newHarvested(t)
	r.swap("clearances/qd-01.yaml", ", harvesting", ", harvesting, bulk-download")
	r.must(day1)
	contains(t, "the ledger", "\n"+r.read("editions/addresses.tsv"), true, "\n"+findingOne+"\tphong-cau-mau\t1\n")
	if rep := r.again(day2); lost(rep) || r.answered410() != "" {
		t.Errorf("%v: %s", worded(rep), r.answered410())
	}
	r.swap("clearances/qd-01.yaml", ", bulk-download", "")
	rep, err := r.release(day2)
	if err != nil || lost(rep) || rep.Released.Ceased != 4 { // with the tables and the references
		t.Fatalf("%v: %v", err, worded(rep))
	}
	var gone []string
	for _, end := range []string{".csv", ".ead3.xml", ".jsonl", ".ris"} {
		gone = append(gone, "data/phong-cau-mau"+end+" phong-cau-mau")
	}
	if got := r.gone(day2); !slices.Equal(got, gone) || strings.Count(r.answered410(), "\n") != 4 || !strings.Contains(r.answered410(), baseURL+findingOne+"\n") {
		t.Errorf("%q, 410 for %s", got, r.answered410())
	}
	r.swap("clearances/qd-01.yaml", ", harvesting", ", harvesting, bulk-download")
	if e := r.must(day3); e.Ceased != 0 || r.answered410() != "" {
		t.Errorf("%+v, 410 for %s", e, r.answered410())
	}
}

// A site whose base_url is taken out would lose them all: that is an error at site.yaml,
// and of a build, which may always withhold, a warning.
func TestReleaseWithoutItsBaseURL(t *testing.T) {
	t.Parallel()
	r := newHarvested(t)
	r.swap("site.yaml", "languages", fmt.Sprintf("base_url: %q\nlanguages", baseURL))
	r.o.BaseURL = ""
	r.must(day1)
	site := treeOf(t, r.o.Out)
	r.swap("site.yaml", fmt.Sprintf("base_url: %q\n", baseURL), "")
	rep, err := r.release(day2)
	if !errors.Is(err, generator.ErrContent) || !hasError(rep, "base-url-lost", "site.yaml") {
		t.Fatalf("%v: %v", err, worded(rep))
	}
	for _, d := range rep.Diags.Sorted() {
		if d.Code == "base-url-lost" && (d.Pos.String() != "site.yaml:1:1" || !strings.Contains(d.Msg.Vi, "mất 7 địa chỉ") || !strings.Contains(d.Msg.En, "7 released files") || !strings.Contains(d.Hint.Vi, baseURL)) {
			t.Errorf("%s: %+v %+v", d.Pos, d.Msg, d.Hint)
		}
	}
	sameTree(t, "the site", treeOf(t, r.o.Out), site)
	if rep := r.again(day2); !warned(rep, "base-url-lost") || r.answered410() != "" {
		t.Errorf("a build: %v, 410 for %s", worded(rep), r.answered410())
	}
	r.o.BaseURL = baseURL
	r.swap(recordPath("tl-0001"), `"Quyết định"`, `"Quyết nghị"`)
	if e := r.must(day2); e.Ceased != 0 {
		t.Errorf("%+v", e)
	}
}

// Where the images of a public record go its manifest does, with 410 and a warning that
// names both until an edition has written it down; where they come back so does it.
func TestReleaseOfARecordWithoutItsImages(t *testing.T) {
	t.Parallel()
	r := newHarvested(t)
	r.must(day1)
	objects := "objects: [{kind: image, seq: 1, file: b-001.png, alt: ba}]\n"
	r.swap(recordPath("tl-0002"), objects, "")
	rep, err := r.release(day2)
	told := warnings(rep, "description-gone")
	if err != nil || len(told) != 1 || strings.Count(told[0], manifest2) != 2 || strings.Count(told[0], `"tl-0002"`) != 2 || !strings.HasPrefix(told[0], recordPath("tl-0002")+":1") {
		t.Fatalf("%v: %q", err, told)
	}
	if got := r.gone(day2); !slices.Equal(got, []string{manifest2 + " tl-0002"}) || rep.Released.Ceased != 1 || !slices.ContainsFunc(rep.Lines("vi"), func(s string) bool { return strings.HasPrefix(s, "1 địa chỉ cho máy khác đọc") }) {
		t.Errorf("%q: %+v", got, rep.Released)
	}
	contains(t, "xoa.txt", string(read(t, filepath.Join(r.papers, day2, "xoa.txt"))), true, manifest2+"\n")
	if got := r.answered410(); got != baseURL+manifest2+"\n" {
		t.Errorf("410 for %s", got)
	}
	if rep := r.again(day2); len(warnings(rep, "description-gone")) > 0 || r.answered410() == "" {
		t.Errorf("told again: %v, 410 for %s", worded(rep), r.answered410())
	}
	r.swap(recordPath("tl-0002"), "form: anh\n", "form: anh\n"+objects)
	e := r.must(day3)
	if got := r.gone(day3); len(got) > 0 || e.Ceased != 0 || r.answered410() != "" {
		t.Errorf("%q, 410 for %s", got, r.answered410())
	}
	contains(t, "the ledger", r.read("editions/addresses.tsv"), true, manifest2+"\ttl-0002\t1\n")
	r.o.AsOf = day3
	r.check("behind three editions")
}

// A decision that no longer lets others gather what it releases takes all descriptions
// along: that was decided, so nobody is warned, and the comparison lists them.
func TestReleaseOfADecisionWithoutHarvesting(t *testing.T) {
	t.Parallel()
	r := newHarvested(t)
	r.must(day1)
	r.swap("clearances/qd-01.yaml", ", harvesting", "")
	rep, err := r.release(day2)
	if err != nil || lost(rep) {
		t.Fatalf("%v: %v", err, worded(rep))
	}
	want := []string{"iiif/collection.json ", collection1 + " hs-0001", "iiif/phong-cau-mau/collection.json phong-cau-mau", manifest1 + " tl-0001", manifest2 + " tl-0002"}
	slices.Sort(want)
	if got := slices.Sorted(slices.Values(r.gone(day2))); !slices.Equal(got, want) || rep.Released.Ceased != 5 {
		t.Errorf("%q: %+v", got, rep.Released)
	}
	for _, g := range want {
		file, _, _ := strings.Cut(g, " ")
		contains(t, "410", r.answered410(), true, baseURL+file+"\n")
	}
	contains(t, "410", r.answered410(), false, "feed.xml", "sitemap.xml")
	r.swap(recordPath("tl-0001"), `"Quyết định"`, `"Quyết nghị"`)
	r.must(day3)
	if got := r.gone(day3); len(got) > 0 || !strings.Contains(r.answered410(), manifest1) {
		t.Errorf("the next edition tells of %q again, or forgets: %s", got, r.answered410())
	}
}

// The manifest of a record that is withdrawn is gone with it, whether the site was built
// or the record was cut out of it; so are those that went before.
func TestManifestsOfWithdrawnRecordsAreGone(t *testing.T) {
	t.Parallel()
	for _, cut := range []bool{false, true} {
		r := newHarvested(t)
		r.swap("site.yaml", "languages", "server: [netlify]\nlanguages")
		r.must(day1)
		r.swap(recordPath("tl-0001"), "objects:\n  - {kind: page, seq: 1, file: a-001.jpg, alt: một}\n  - {kind: page, seq: 2, file: a-002.jpg, alt: hai}\n", "")
		r.must(day1)
		if cut {
			r.takeOff("tl-0002")
		} else {
			r.swap(recordPath("tl-0002"), "access: {state: public}", "access: {state: withdrawn}\nwithdrawn: {date: \"2026-11-20\", reason: error}")
			if rep := r.again(day2); len(warnings(rep, "description-gone")) > 0 {
				t.Errorf("%v", worded(rep))
			}
		}
		if !fileGone(r, manifest2) {
			t.Error("it is there")
		}
		for _, file := range []string{manifest1, manifest2, tl2} {
			contains(t, fmt.Sprintf("410, cut %v", cut), r.answered410(), true, baseURL+file+"\n")
			contains(t, fmt.Sprintf("in the site, cut %v", cut), r.page("_redirects"), true, "/"+file+" ")
		}
		contains(t, "410", r.answered410(), false, "feed.xml", "sitemap.xml")
		if cut {
			fine(t, os.Remove(r.file("agents/hong.yaml")))
		}
		r.must(day2)
		if got := r.gone(day2); !slices.Contains(got, manifest2+" tl-0002") {
			t.Errorf("%q", got)
		}
	}
}

func fileGone(r *releasing, file string) bool {
	_, err := os.Stat(filepath.Join(r.o.Out, filepath.FromSlash(file)))
	return errors.Is(err, os.ErrNotExist)
}

// A record that has another id is described elsewhere; that is told of.
func TestManifestOfARenamedRecord(t *testing.T) {
	t.Parallel()
	r := newHarvested(t)
	r.must(day1)
	r.swap(recordPath("tl-0002"), "id: tl-0002\n", "id: tl-0009\nformer_ids: [tl-0002]\n")
	rep, err := r.release(day2)
	if told := warnings(rep, "description-gone"); err != nil || len(told) != 1 || !strings.Contains(told[0], manifest2) || !strings.Contains(told[0], `"tl-0009"`) {
		t.Errorf("%v: %q", err, told)
	}
	contains(t, "410", r.answered410(), true, manifest2)
	if rep := r.again(day2); len(warnings(rep, "description-gone")) > 0 {
		t.Errorf("%v", worded(rep))
	}
}

// A ledger of before, which holds pages alone, is read as it was sealed; the next edition
// adds what programs read.
func TestLedgerOfPagesAlone(t *testing.T) {
	t.Parallel()
	r := newHarvested(t)
	r.must(day1)
	asBefore(r, day1)
	if rep := r.again(day2); lost(rep) {
		t.Errorf("%v", worded(rep))
	}
	r.swap(recordPath("tl-0001"), `"Quyết định"`, `"Quyết nghị"`)
	r.must(day2)
	contains(t, "the ledger", "\n"+r.read("editions/addresses.tsv"), true, "\n"+manifest1+"\ttl-0001\t2\n", "\nfeed.xml\t\t2\n", "\n"+tl1+"\ttl-0001\t1\n")
	r.must(day3)
}

// asBefore makes the ledger of an edition one of pages alone, with its seal.
func asBefore(r *releasing, day string) {
	r.t.Helper()
	var kept []string
	for line := range strings.Lines(r.read("editions/addresses.tsv")) {
		if strings.Contains(line, ".html\t") {
			kept = append(kept, line)
		}
	}
	ledger := strings.Join(kept, "")
	r.write("editions/addresses.tsv", ledger)
	name := "editions/" + day + ".yaml"
	seal := regexp.MustCompile(`(?s)(addresses:\s+lines: )\d+(\s+sha256: )[0-9a-f]{64}`)
	text := r.read(name)
	r.write(name, seal.ReplaceAllString(text, fmt.Sprintf("${1}%d${2}%x", len(kept), sha256.Sum256([]byte(ledger)))))
}

// At the released address of a page that nothing public names once a record is cut out
// stands a notice and no 404, until the next build leads on from there.
func TestCutLeavesNoticesAtReleasedAddresses(t *testing.T) {
	t.Parallel()
	const event = "su-kien/le-khanh-thanh.html"
	for _, released := range []bool{false, true} {
		r := newHarvested(t)
		r.again(day1)
		if released {
			r.must(day1)
		}
		contains(t, "the event", r.page(event), true, "Quyết định")
		rep := r.takeOff("tl-0001")
		if fileGone(r, event) == released || slices.Contains(rep.Cut.Notices, event) != released {
			t.Fatalf("released %v: gone %v, notices %q", released, fileGone(r, event), rep.Cut.Notices)
		}
		if !released {
			continue
		}
		contains(t, "the notice", r.page(event), true, notice)
		contains(t, "the notice", r.page(event), false, "Quyết định", "tl-0001", "Lễ khánh thành")
		fine(t, os.Remove(r.file("agents/hong.yaml")))
		r.again(day2)
		contains(t, "the next build", r.page(event), true, "url=../index.html")
	}
}
