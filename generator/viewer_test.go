package generator_test

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"vitrine/generator"
	"vitrine/generator/internal/sitecheck"

	"github.com/chromedp/chromedp/kb"
)

// viewedSite is a site with a record of two pages that are cut into tiles, the
// first with a text whose lines say where they stand, and one of a page that is
// not. It says where it is served.
func viewedSite(t *testing.T) generator.Options {
	t.Helper()
	o := tiledSite(t, oneMegapixel)
	item := strings.Replace(guideArchive()[firstItem], "alt: một}", "alt: một, transcript: {text: \"DÒNG MỘT\\n\\nDÒNG HAI\"}, translation: {lang: en, text: \"LINE ONE\"}}", 1)
	put(t, filepath.Join(o.Content, filepath.FromSlash(firstItem)), []byte(item))
	mustBuild(t, o)
	for _, line := range []struct{ text, box string }{{"DÒNG MỘT", "100,50,600,80"}, {"DÒNG HAI", "100,300,600,80"}} {
		inPage(t, filepath.Join(o.Out, pageOf("tl-0001")), line.text, `<span class="line" data-box="`+line.box+`">`+line.text+`</span>`)
	}
	return o
}

func inPage(t *testing.T, file, old, new string) {
	t.Helper()
	page := read(t, file)
	if !bytes.Contains(page, []byte(old)) {
		t.Fatalf("%s has no %q", file, old)
	}
	put(t, file, bytes.Replace(page, []byte(old), []byte(new), 1))
}

// origins are the ways in which the site is opened.
func origins(t *testing.T, o generator.Options) map[string]string {
	return map[string]string{"http below a path": serve(t, o.Out, "/a/b/"), "disk": fromDisk(t, o.Out)}
}

// reader is somebody before a page, who stops at the first thing that fails.
type reader struct {
	*testing.T
	tab *sitecheck.Tab
}

func (r reader) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r reader) open(address string) {
	r.Helper()
	r.must(r.tab.Open("about:blank")) // else an address that differs in its fragment loads nothing
	r.must(r.tab.Open(address))
}

func (r reader) clicks(selector string)      { r.Helper(); r.must(r.tab.Click(selector)) }
func (r reader) waits(condition string)      { r.Helper(); r.must(r.tab.Until(condition)) }
func (r reader) keys(key string, shift bool) { r.Helper(); r.must(r.tab.Key(key, shift)) }

func (r reader) gets(expression string) string {
	r.Helper()
	got, err := r.tab.Evaluate(expression)
	r.must(err)
	return got
}

func (r reader) finds(expression, want string) {
	r.Helper()
	if got := r.gets(expression); got != want {
		r.Errorf("%s is %q, want %q", expression, got, want)
	}
}

// box is where an element lies in the window.
func (r reader) box(selector string) image.Rectangle {
	r.Helper()
	var x0, y0, x1, y1 float64
	got := r.gets(fmt.Sprintf(`(b => [b.left, b.top, b.right, b.bottom].join(" "))(document.querySelector(%q).getBoundingClientRect())`, selector))
	if _, err := fmt.Sscan(got, &x0, &y0, &x1, &y1); err != nil {
		r.Fatal(selector, got, err)
	}
	return image.Rect(int(x0), int(y0), int(x1), int(y1))
}

// clean reports everything that a policy or the privacy of readers would not have.
func (r reader) clean() {
	r.Helper()
	for _, ask := range []func() ([]string, error){r.tab.Refusals, r.tab.Kept} {
		list, err := ask()
		r.must(err)
		for _, what := range list {
			r.Error(what)
		}
	}
	for _, f := range r.tab.Faults() {
		r.Error(f)
	}
}

func readerBefore(t *testing.T, b *sitecheck.Browser, origin string, width int) reader {
	t.Helper()
	r := reader{t, tab(t, b, origin, true)}
	r.must(r.tab.Look(width, "light"))
	return r
}

const (
	viewerShows = `document.querySelector(".viewer[open] .viewer-stage").getAttribute("aria-busy") === "false"`
	viewerIsAt  = `vitrineViewer.opened.sheet.page` // what the address says is shown a moment later
	zoomsLoaded = `performance.getEntriesByType("resource").filter(e => e.name.includes("openseadragon")).length`
)

func TestViewerTurnsZoomsAndCloses(t *testing.T) {
	t.Parallel()
	o, b := viewedSite(t), browser(t)
	for name, origin := range origins(t, o) {
		t.Run(name, func(t *testing.T) {
			r := readerBefore(t, b, origin, 1440)
			r.open(origin + pageOf("tl-0001"))
			r.finds(zoomsLoaded, "0") // a page of which nobody looks closer is not heavy
			r.clicks("#to-1 .sheet-file")
			r.waits(viewerShows)
			r.finds(`location.hash`, "#page=1")
			r.finds(`document.activeElement.getAttribute("aria-label")`, "một")
			r.shows(1337, 905)
			r.keys("+", false)
			r.waits(`document.querySelectorAll(".viewer canvas").length > 0 && ` + viewerShows)
			for _, key := range []string{"+", kb.ArrowRight, kb.ArrowDown, "-", "r", "0", kb.End} {
				r.keys(key, false)
			}
			r.waits(`location.hash === "#page=2" && ` + viewerIsAt + `=== "2" && ` + viewerShows)
			r.shows(900, 1411)
			r.finds(`document.querySelector(".viewer-strip [aria-current]").textContent`, r.gets(`document.querySelector("#to-2 figcaption b").textContent`))
			r.keys(kb.PageUp, false)
			r.waits(viewerIsAt + `=== "1"`)
			r.keys(kb.Escape, false)
			r.waits(`!document.querySelector(".viewer").open`)
			r.finds(`document.activeElement.className`, "sheet-file")
			r.finds(`document.querySelector("main .transcript .line") !== null`, "true")
			r.clean()
		})
	}
}

// shows holds what the window shows to the squares of the master: their colours
// stand where the whole picture, of w × h pixels, must lie.
func (r reader) shows(w, h int) {
	r.Helper()
	stage := r.box(".viewer-stage")
	seen, err := r.tab.Seen()
	r.must(err)
	scale := min(float64(stage.Dx())/float64(w), float64(stage.Dy())/float64(h))
	middle := stage.Min.Add(stage.Size().Div(2))
	for _, at := range []image.Point{{w / 2, h / 2}, {w / 5, h / 5}, {w * 4 / 5, h * 4 / 5}} {
		at = image.Pt(at.X/97*97+48, at.Y/89*89+44) // the middle of a square
		i := at.X/97*5 + at.Y/89*11
		want := [3]uint8{uint8(i * 53), uint8(255 - i*31), uint8(i * 97)}
		p := middle.Add(image.Pt(int(float64(at.X-w/2)*scale), int(float64(at.Y-h/2)*scale)))
		cr, cg, cb, _ := seen.At(p.X, p.Y).RGBA()
		for c, got := range []uint32{cr >> 8, cg >> 8, cb >> 8} {
			if d := int(got) - int(want[c]); d < -24 || d > 24 {
				r.Errorf("at %v of the picture, %v of the window, the colour is %d %d %d, want %v", at, p, cr>>8, cg>>8, cb>>8, want)
				break
			}
		}
	}
}

func TestViewerOpensAPictureWithoutTiles(t *testing.T) {
	t.Parallel()
	o, b := viewedSite(t), browser(t)
	for name, origin := range origins(t, o) {
		t.Run(name, func(t *testing.T) {
			r := readerBefore(t, b, origin, 390)
			r.open(origin + pageOf("tl-0002"))
			r.clicks("#to-1 .sheet-look")
			r.waits(viewerShows)
			r.finds(`getComputedStyle(document.querySelector(".viewer-strip")).display`, "none") // there is one page
			r.clicks("[data-do=close]")
			r.waits(`!document.querySelector(".viewer").open && location.hash === ""`)
			r.clean()
		})
	}
}

// What a region is called does not hang on the window: its address shows the
// same pixels to everybody.
func TestViewerRegionIsChosenLinkedAndShown(t *testing.T) {
	t.Parallel()
	o, b := viewedSite(t), browser(t)
	for name, origin := range origins(t, o) {
		t.Run(name, func(t *testing.T) {
			r := readerBefore(t, b, origin, 1440)
			r.open(origin + pageOf("tl-0001") + "#page=1&xywh=200,100,400,300")
			r.waits(viewerShows + ` && document.querySelector(".viewer-box-region")`)
			r.finds(`document.querySelector(".viewer-link").value`, origin+pageOf("tl-0001")+"#page=1&xywh=200,100,400,300")
			box, stage := r.box(".viewer-box-region"), r.box(".viewer-stage")
			if !box.In(stage) || abs(box.Dx()*3-box.Dy()*4) > 12 || box.Dy() < stage.Dy()/3 {
				r.Errorf("the region lies at %v of the stage %v", box, stage)
			}
			r.clicks("[data-do=unmark]")
			r.waits(`location.hash === "#page=1" && !document.querySelector(".viewer-box-region")`)
			r.keys("0", false)
			r.clicks("[data-do=region]")
			r.waits(`document.querySelector(".viewer-box-draft")`)
			middle := stage.Min.Add(stage.Size().Div(2))
			r.must(r.tab.Drag(middle, middle.Add(image.Pt(40, 20)), middle.Add(image.Pt(120, 90))))
			r.waits(`/xywh=\d+,\d+,\d+,\d+$/.test(location.hash)`)
			chosen := r.gets(`location.hash`)
			r.clicks("[data-do=region]")
			for range 3 {
				r.keys(kb.ArrowRight, false)
				r.keys(kb.ArrowDown, true)
			}
			r.keys(kb.Enter, false)
			r.waits(`/xywh=\d+,\d+,\d+,\d+$/.test(location.hash) && location.hash !== "` + chosen + `"`)
			r.clicks("[data-do=region]")
			r.keys(kb.Escape, false)
			r.waits(`document.querySelector(".viewer").open && !document.querySelector(".viewer-box-draft") && document.querySelector(".viewer-box-region")`)
			r.clean()
		})
	}
}

// Wheel, two fingers and keys do what they say, measured by a
// region of 400 × 300 pixels.
func TestViewerFollowsTheHands(t *testing.T) {
	t.Parallel()
	o, b := viewedSite(t), browser(t)
	r := readerBefore(t, b, fromDisk(t, o.Out), 1440)
	r.open(fromDisk(t, o.Out) + pageOf("tl-0001") + "#page=1&xywh=400,300,400,300")
	r.waits(viewerShows + ` && document.querySelector(".viewer-box-region")`)
	r.keys("0", false)
	wide := func() int { return r.box(".viewer-box-region").Dx() }
	steady := func() int { // the sight moves for a moment
		for was := -1; ; time.Sleep(300 * time.Millisecond) {
			if is := wide(); is == was {
				return is
			} else {
				was = is
			}
		}
	}
	for what, act := range map[string]func() error{
		"wheel": func() error { return r.tab.Wheel(middleOf(r.box(".viewer-stage")), -240) },
		"pinch": func() error { return r.tab.Pinch(middleOf(r.box(".viewer-stage")), 2) },
		"plus":  func() error { return r.tab.Key("+", false) },
	} {
		r.keys("0", false)
		before := steady()
		r.must(act())
		if err := r.tab.Until(fmt.Sprintf(`document.querySelector(".viewer-box-region").getBoundingClientRect().width > %d`, before+10)); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	r.keys("0", false)
	r.keys("r", false)
	r.waits(`(b => Math.abs(b.width * 4 - b.height * 3) < 20)(document.querySelector(".viewer-box-region").getBoundingClientRect())`)
	r.clean()
}

func abs(n int) int { return max(n, -n) }

// Addresses that make no sense show the page, or nothing, and never fail.
func TestViewerAddressesOfOthers(t *testing.T) {
	t.Parallel()
	o, b := viewedSite(t), browser(t)
	origin := serve(t, o.Out, "/")
	r := readerBefore(t, b, origin, 1440)
	for hash, opens := range map[string]bool{
		"#page=1&xywh=0,0,99999,99999": true, "#page=1&xywh=5000,5000,10,10": true, "#page=1&xywh=percent:1,1,1,1": true, "#page=1&xywh=": true,
		"#page=7": false, "#page=": false, "#page=1e3": false, "#xywh=1,1,1,1": false, "#page=-1": false, "#to-1": false,
	} {
		r.open(origin + pageOf("tl-0001") + hash)
		if opens {
			r.waits(viewerShows)
		}
		r.finds(`String(document.querySelector(".viewer[open]") !== null)`, fmt.Sprint(opens))
	}
	r.clean()
}

// The line under the pointer is told in the picture and in the text, by mouse
// and by keyboard, and the text goes back where it was.
func TestViewerLinesOfText(t *testing.T) {
	t.Parallel()
	o, b := viewedSite(t), browser(t)
	for name, origin := range origins(t, o) {
		t.Run(name, func(t *testing.T) {
			r := readerBefore(t, b, origin, 1440)
			r.open(origin + pageOf("tl-0001") + "#page=1")
			r.waits(viewerShows)
			r.must(r.tab.Drag(middleOf(r.box(".viewer-text .line:last-of-type"))))
			r.waits(`document.querySelector(".viewer-box-line") && document.querySelector(".viewer-text .line-here").textContent === "DÒNG MỘT"`)
			line := r.box(".viewer-box-line")
			r.must(r.tab.Drag(r.box(".viewer-title").Min))
			r.waits(`!document.querySelector(".line-here")`)
			r.must(r.tab.Drag(middleOf(line)))
			r.waits(`document.querySelector(".viewer-text .line-here").textContent === "DÒNG MỘT"`)
			r.must(r.tab.Drag(middleOf(line).Add(image.Pt(0, line.Dy()*250/80))))
			r.waits(`document.querySelector(".viewer-text .line-here").textContent === "DÒNG HAI"`)
			r.gets(`document.querySelector(".viewer-text .line[tabindex='0']").focus()`)
			r.keys(kb.ArrowDown, false)
			r.finds(`document.activeElement.textContent`, "DÒNG HAI")
			r.keys(kb.Enter, false)
			if err := r.tab.Until(fmt.Sprintf(`document.querySelector(".viewer-box-line").getBoundingClientRect().width > %d`, line.Dx())); err != nil {
				r.Errorf("the line is %v wide when it is brought close, %v before: %v", r.box(".viewer-box-line").Dx(), line.Dx(), err)
			}
			r.finds(`document.querySelector(".viewer-text").textContent.includes("LINE ONE")`, "true")
			r.clean()
		})
	}
}

// The telegram of the sample archive, whose lines a program found: each is
// outlined where it stands in the picture, in the proportions of its place.
func TestViewerLinesOfTheSample(t *testing.T) {
	t.Parallel()
	b := browser(t)
	origin := fromDisk(t, bare(t).Root)
	r := readerBefore(t, b, origin, 1440)
	r.open(origin + "phong-luu-tru/mau-01/mau-0104.html#page=1")
	r.waits(viewerShows)
	lines := strings.Split(r.gets(`[...document.querySelectorAll(".viewer-text .line[data-box]")].map(l => l.dataset.box).join(" ")`), " ")
	var whole image.Point
	if _, err := fmt.Sscan(r.gets(`(a => a.dataset.width + " " + a.dataset.height)(document.querySelector(".sheet-sizes li:last-child a"))`), &whole.X, &whole.Y); err != nil || len(lines) < 10 {
		t.Fatal(len(lines), err)
	}
	stage := r.box(".viewer-stage")
	scale := min(float64(stage.Dx())/float64(whole.X), float64(stage.Dy())/float64(whole.Y))
	for i, line := range lines {
		var x, y, w, h int
		if _, err := fmt.Sscanf(line, "%d,%d,%d,%d", &x, &y, &w, &h); err != nil {
			t.Fatal(line, err)
		}
		r.gets(fmt.Sprintf(`document.querySelectorAll(".viewer-text .line[data-box]")[%d].dispatchEvent(new PointerEvent("pointerover", {bubbles: true}))`, i))
		r.waits(`document.querySelector(".viewer-box-line").getBoundingClientRect().width`)
		got := r.box(".viewer-box-line").Sub(middleOf(stage))
		want := image.Rect(int(float64(x-whole.X/2)*scale), int(float64(y-whole.Y/2)*scale), int(float64(x+w-whole.X/2)*scale), int(float64(y+h-whole.Y/2)*scale))
		for _, d := range []int{got.Min.X - want.Min.X, got.Min.Y - want.Min.Y, got.Max.X - want.Max.X, got.Max.Y - want.Max.Y} {
			if abs(d) > 3 {
				t.Errorf("line %d is outlined at %v, want %v", i, got, want)
				break
			}
		}
	}
	r.clean()
}

func middleOf(r image.Rectangle) image.Point { return r.Min.Add(r.Size().Div(2)) }

// Faded ink is brought out and given back as it was; the sizes that are offered
// are the files of the site, and no other.
func TestViewerLightAndSizes(t *testing.T) {
	t.Parallel()
	o, b := viewedSite(t), browser(t)
	origin := fromDisk(t, o.Out)
	r := readerBefore(t, b, origin, 1440)
	r.open(origin + pageOf("tl-0001") + "#page=2")
	r.waits(viewerShows)
	r.clicks("[data-unfold=light]")
	const set = `(i => { i.value = 180; i.dispatchEvent(new Event("input", {bubbles: true})); })(document.querySelector("input[name=contrast]"))`
	r.gets(set)
	r.finds(`[...document.querySelectorAll(".viewer canvas")].map(c => c.style.filter).join("")`, "brightness(1) contrast(1.8)")
	r.clicks("[data-do=unlight]")
	r.finds(`[...document.querySelectorAll(".viewer canvas")].map(c => c.style.filter).join("")`, "")
	r.clicks("[data-unfold=sizes]")
	listed := r.gets(`[...document.querySelectorAll(".viewer-sizes a")].map(a => a.getAttribute("href") + " " + a.download + " " + a.textContent).join("\n")`)
	lines := strings.Split(listed, "\n")
	if len(lines) != 3 {
		t.Errorf("sizes %q", lines)
	}
	for _, l := range lines {
		href, words, _ := strings.Cut(l, " ")
		var w, h int
		var name string
		if _, err := fmt.Sscanf(strings.Replace(words, ".jpg", " ", 1), "%s %d × %d", &name, &w, &h); err != nil || name != fmt.Sprintf("tl-0001-to-2-%d", w) {
			t.Errorf("%q: %v", words, err)
		}
		f, err := os.Open(filepath.Join(o.Out, filepath.Dir(pageOf("tl-0001")), filepath.FromSlash(href)))
		if err != nil {
			t.Error(err)
			continue
		}
		c, _, err := image.DecodeConfig(f)
		f.Close()
		if err != nil || c.Width != w || c.Height != h {
			t.Errorf("%s is %d × %d, said to be %d × %d: %v", href, c.Width, c.Height, w, h, err)
		}
	}
	r.keys(kb.Escape, false)
	r.finds(`document.querySelector(".viewer").open && document.querySelector(".viewer-panel-sizes").hidden`, "true")
	r.clean()
}

// axe finds nothing in the viewer, whatever is unfolded, in both languages, on
// phones and desks; what is pressed is 44 pixels wide and high.
func TestViewerIsForEverybody(t *testing.T) {
	t.Parallel()
	_, err := os.Stat(axeScript)
	lacking(t, err, "axe-core is not installed: run make test")
	o, b := viewedSite(t), browser(t)
	origin := serve(t, o.Out, "/")
	for _, file := range []string{pageOf("tl-0001"), "en/fonds/phong-cau-mau/tl-0001.html"} {
		for _, width := range []int{320, 1440} {
			r := readerBefore(t, b, origin, width)
			r.open(origin + file + "#page=1&xywh=200,100,400,300")
			r.waits(viewerShows)
			for _, press := range []string{"", "light", "sizes", "keys"} {
				if press != "" && r.gets(`getComputedStyle(document.querySelector("[data-unfold=`+press+`]")).display`) == "none" {
					continue
				}
				if press != "" {
					r.clicks("[data-unfold=" + press + "]")
				}
				found, err := r.tab.Violations(axeScript)
				r.must(err)
				for _, f := range found {
					t.Errorf("%s %d %s: %s", file, width, press, f)
				}
				r.finds(tooSmallToPress, "")
			}
			r.clean()
		}
	}
}

const tooSmallToPress = `[...document.querySelectorAll(".viewer button, .viewer-sizes a, .viewer-strip a, .viewer input[type=range]")].filter(b => {
  const r = b.getBoundingClientRect();
  return r.width && (r.width < 44 || r.height < 44);
}).map(b => b.outerHTML).join()`

// Without scripts the page is a list of pictures, files and texts.
func TestRecordWithoutScripts(t *testing.T) {
	t.Parallel()
	o, b := viewedSite(t), browser(t)
	origin := serve(t, o.Out, "/")
	tb := tab(t, b, origin, false)
	r := reader{t, tb}
	r.open(origin + pageOf("tl-0001") + "#page=1")
	seen, err := tb.Seen()
	if err != nil || seen.Bounds().Empty() {
		t.Fatal(err)
	}
	page := string(read(t, filepath.Join(o.Out, pageOf("tl-0001"))))
	for _, what := range []string{`<a class="sheet-file"`, `download="tl-0001-to-1-1337.jpg"`, "DÒNG HAI", `sheet-look" hidden>`} {
		if !strings.Contains(page, what) {
			t.Errorf("the page lacks %q", what)
		}
	}
	r.clean()
}

// A site without a picture has no viewer among its files, nor any page that asks
// for one.
func TestViewerIsPublishedWithPicturesOnly(t *testing.T) {
	t.Parallel()
	with := newRuled(t, nil).published()
	without := newRuled(t, nil).with("clearances/qd-01.yaml", "[metadata, images, transcript]", "[metadata]")
	viewer := regexp.MustCompile(`^/assets/(openseadragon|viewer)`)
	count := func(site tree) (n int) {
		for name := range site {
			if viewer.MatchString(name) {
				n++
			}
		}
		return n
	}
	if n := count(with); n != 3 {
		t.Errorf("%d files of the viewer, want 3", n)
	}
	if n := count(without.published()); n != 0 {
		t.Errorf("%d files of a viewer that nobody needs", n)
	}
	for _, word := range []string{"openseadragon", "viewer-"} {
		for _, file := range without.holds(word) {
			if filepath.Ext(file) == ".html" {
				t.Errorf("%s asks for %s", file, word)
			}
		}
	}
}
