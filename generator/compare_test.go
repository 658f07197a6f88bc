package generator_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"

	"github.com/chromedp/chromedp/kb"
)

// comparedSite is a site with a record whose second page is another state of the
// first, and an exhibition that compares both.
func comparedSite(t *testing.T) generator.Options {
	t.Helper()
	o := tiledSite(t, "")
	put(t, o.Content+"/"+firstItem, []byte(strings.Replace(guideArchive()[firstItem], "alt: hai}", "alt: hai, label: \"sau\", compare_with: 1}", 1)))
	put(t, o.Content+"/exhibitions/cau-mau/01-khoi-cong.md", []byte("Lời.\n\n::: pair\nleft: {record: tl-0001, page: 1, label: \"trước\"}\nright: {record: tl-0001, page: 2, label: \"sau\"}\ncompare: side\n:::\n"))
	mustBuild(t, o)
	return o
}

// comparedPages are the pages that compare, by how they open.
var comparedPages = map[string]string{"slider": pageOf("tl-0001"), "side": "trung-bay/cau-mau/index.html"}

func TestComparisonBySliderInTurnAndPlainly(t *testing.T) {
	t.Parallel()
	o, b := comparedSite(t), browser(t)
	for name, origin := range origins(t, o) {
		for opens, file := range comparedPages {
			t.Run(name+" "+opens, func(t *testing.T) {
				r := readerBefore(t, b, origin, 1440)
				r.open(origin + file)
				r.finds(`document.querySelector(".compare button[aria-pressed=true]").dataset.view`, opens)
				r.clicks(`.compare button[data-view="slider"]`)
				r.finds(cutAt, "inset(0px 0px 0px 50%)")
				r.gets(`document.querySelector(".compare input[type=range]").focus()`)
				for range 5 {
					r.keys(kb.ArrowLeft, false)
				}
				r.finds(cutAt, "inset(0px 0px 0px 45%)")
				r.gets(`document.querySelector(".compare").scrollIntoView({block: "center", behavior: "instant"})`)
				sheets := r.box(".compare .plate img")
				r.must(r.tab.Drag(middleOf(sheets), middleOf(sheets).Add(sheets.Size().Div(4))))
				r.finds(cutAt, "inset(0px 0px 0px 75%)")
				r.finds(`location.pathname.endsWith("`+file+`")`, "true") // a drag follows no link
				r.clicks(`.compare button[data-view="blink"]`)
				r.finds(seenOf, "visible hidden")
				r.clicks(`.compare [data-do=swap]`)
				r.finds(seenOf, "hidden visible")
				r.clicks(`.compare button[data-view="side"]`)
				r.finds(seenOf, "visible visible")
				r.finds(cutAt, "none")
				if a, c := r.box(".compare .plate:first-child img"), r.box(".compare .plate:last-child img"); a.Overlaps(c) {
					t.Errorf("side by side the pictures lie at %v and %v", a, c)
				}
				r.clean()
			})
		}
	}
}

const (
	cutAt  = `getComputedStyle(document.querySelector(".compare .plate:last-child img")).clipPath.replace("inset(0 0 0", "inset(0px 0px 0px")`
	seenOf = `[...document.querySelectorAll(".compare .plate img")].map(i => getComputedStyle(i).visibility).join(" ")`
)

// What swaps by itself stands for a second at least, can be stopped, and is not
// there for those who want no motion.
func TestComparisonNeverFlashes(t *testing.T) {
	t.Parallel()
	o, b := comparedSite(t), browser(t)
	origin := serve(t, o.Out, "/")
	r := readerBefore(t, b, origin, 1440)
	r.open(origin + comparedPages["slider"])
	r.clicks(`.compare button[data-view="blink"]`)
	r.finds(`getComputedStyle(document.querySelector(".compare-play")).display`, "none") // Look asks for less motion
	r.must(r.tab.Move(true))
	r.waits(`getComputedStyle(document.querySelector(".compare-play")).display !== "none"`)
	r.gets(`(s => { s.innerHTML = "<option value=0.01>"; s.value = "0.01"; })(document.querySelector(".compare select"))`)
	r.clicks(`.compare [data-do=play]`)
	swaps := r.gets(`new Promise(done => {
  const at = [], watch = new MutationObserver(() => at.push(performance.now()));
  watch.observe(document.querySelector(".compare .plate"), {attributes: true, attributeFilter: ["class"]});
  setTimeout(() => { watch.disconnect(); done(at.length + " " + at.slice(1).every((t, i) => t - at[i] > 900)); }, 3500);
})`)
	if swaps != "3 true" && swaps != "2 true" {
		t.Errorf("in three and a half seconds: %s", swaps)
	}
	r.must(r.tab.Move(false))
	r.waits(`document.querySelector(".compare [data-do=play]").getAttribute("aria-pressed") === "false"`)
	r.clean()
}

func TestComparisonIsForEverybody(t *testing.T) {
	t.Parallel()
	_, err := os.Stat(axeScript)
	lacking(t, err, "axe-core is not installed: run make test")
	o, b := comparedSite(t), browser(t)
	origin := serve(t, o.Out, "/")
	for _, file := range comparedPages {
		for _, width := range []int{320, 1440} {
			r := readerBefore(t, b, origin, width)
			r.open(origin + file)
			for _, view := range []string{"side", "slider", "blink"} {
				r.clicks(`.compare button[data-view="` + view + `"]`)
				for _, ask := range []func() ([]string, error){r.tab.Overflow, func() ([]string, error) { return r.tab.Violations(axeScript) }} {
					found, err := ask()
					r.must(err)
					for _, f := range found {
						t.Errorf("%s %d %s: %s", file, width, view, f)
					}
				}
			}
			r.clean()
		}
	}
	plain := reader{t, tab(t, b, origin, false)}
	plain.must(plain.tab.Look(1440, "light"))
	plain.open(origin + comparedPages["slider"])
	for _, file := range comparedPages {
		if page := string(read(t, o.Out+"/"+file)); strings.Count(page, `class="plate`) != 2 || !strings.Contains(page, `class="compare-tools" hidden`) {
			t.Errorf("%s does not show both pictures without scripts", file)
		}
	}
}

// A picture is compared with one that is published, or with none.
func TestComparisonShowsWhatIsPublishedOnly(t *testing.T) {
	t.Parallel()
	item := strings.Replace(guideArchive()[firstItem], "alt: hai}", "alt: hai, compare_with: 1}", 1)
	r := newRuled(t, map[string]string{firstItem: item})
	r.published()
	if page := string(read(t, r.page("tl-0001"))); strings.Count(page, `class="plate`) != 2 {
		t.Error("the two states are not shown beside each other")
	}
	r.with("clearances/qd-01.yaml", "[metadata, images, transcript]", "[metadata, transcript]").published()
	if page := string(read(t, r.page("tl-0001"))); strings.Contains(page, "plate") || strings.Contains(page, "compare") {
		t.Error("pictures that are not cleared are compared")
	}
	for _, wrong := range []string{"compare_with: 2}", "compare_with: 3}", "compare_with: 0}", "compare_with: -1}"} {
		newRuled(t, map[string]string{firstItem: strings.Replace(item, "compare_with: 1}", wrong, 1)}).fails("object-compare", firstItem)
	}
}

// Of two states of a sheet one is covered: a check says that the other is not.
func TestComparedPicturesOfWhichOneIsCovered(t *testing.T) {
	covered := fmt.Sprintf(", redaction: {count: 1, grounds: [personal-data], by: \"A\", date: \"2026-01-15\", derived_from_sha256: \"%x\"}", sha256.Sum256(nil))
	for _, c := range []struct {
		first, second string
		warned        bool
	}{{"", "", false}, {covered, "", true}, {"", covered, true}, {covered, covered, false}} {
		r := newRuled(t, nil).with(firstItem, "alt: một}", "alt: một"+c.first+"}").with(firstItem, "alt: hai}", "alt: hai, compare_with: 1"+c.second+"}")
		rep, err := generator.Check(context.Background(), r.o)
		if said := strings.Join(worded(rep), "\n"); err != nil || strings.Contains(said, "compare-covered") != c.warned {
			t.Errorf("%t %t: %v\n%s", c.first != "", c.second != "", err, said)
		}
	}
}

// Who covers one state of a sheet is told of the other, whichever of them names the
// other, unless that is covered too.
func TestRedactNamesTheOtherStateOfTheSheet(t *testing.T) {
	for other, told := range map[string]bool{
		"compare_with: 1": true, "": false,
		"compare_with: 1, redaction: {count: 1, grounds: [personal-data], by: A, date: \"2026-01-15\"}": false,
	} {
		o, _ := toRedact(t)
		name := filepath.Join(o.Content, "fonds/phong-01/records/hs-0001.yaml")
		text := strings.Replace(string(read(t, name)), "objects:\n", "objects:\n  - {kind: page, seq: 2, file: tl-0001-002.png, alt: hai, "+other+"}\n", 1)
		put(t, name, []byte(text))
		rep, err := generator.Redact(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		said := slices.ContainsFunc(rep.Notes, func(n diag.Text) bool {
			return strings.Contains(n.En, "object 2 shows another state") && strings.Contains(n.Vi, "đối tượng số 2") && strings.Contains(n.Vi, "số 1")
		})
		if said != told {
			t.Errorf("%q: %v", other, rep.Notes)
		}
	}
}
