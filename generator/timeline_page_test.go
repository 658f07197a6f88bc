package generator_test

import (
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"vitrine/generator"

	"github.com/chromedp/chromedp/kb"
)

const (
	timelinePage = "dong-thoi-gian/index.html"
	lensStatus   = `document.getElementById("lens-status").textContent`
	lensHash     = `decodeURIComponent(location.hash)`
)

var datedOnce sync.Once

// datedSite is a site of some thousand dated records of two fonds, with dates of every kind,
// and events. All tests share it.
func datedSite(t *testing.T) generator.Options {
	t.Helper()
	o := generator.Options{Content: outDir("dated-content"), Out: outDir("dated"), AsOf: asOf}
	datedOnce.Do(func() {
		writeTo(t, o.Content, datedArchive())
		mustBuild(t, o)
	})
	return o
}

func datedArchive() map[string]string {
	files := map[string]string{
		"site.yaml":                 "title: \"Kho thử\"\nlanguages: [vi, en]\nrepository: kho-mau\n",
		"repositories/kho-mau.yaml": "id: kho-mau\nname: \"Kho lưu trữ mẫu\"\n",
		"events/hop.yaml":           "id: hop\ntitle: {vi: \"Cuộc họp\", en: \"The meeting\"}\ndate: \"1946-03-06\"\ncommemorated_on: \"03-08\"\n",
		"events/dot.yaml":           "id: dot\ntitle: \"Một đợt\"\ndate: \"1935-02-01/1935-02-09\"\n",
	}
	for at, name := range []string{"phong-mot", "phong-hai"} {
		files["clearances/qd-"+name+".yaml"] = strings.NewReplacer("qd-01", "qd-"+name, "phong-cau-mau", name).Replace(clearance)
		files["fonds/"+name+"/fonds.yaml"] = strings.NewReplacer("qd-01", "qd-"+name, "phong-cau-mau", name, "MAU-09", fmt.Sprintf("MAU-%02d", at), "Phông cầu Mẫu", "Phông "+name).Replace(fonds)
		var b strings.Builder
		for i := at; i < 3000; i += 2 {
			if i > at {
				b.WriteString("---\n")
			}
			fmt.Fprintf(&b, "id: tai-lieu-%04d\nlevel: item\nparent: %s\ntitle: {vi: \"Tờ số %d\", en: \"Sheet %d\"}\nform: %s\nreference: {unit_no: \"%04d\"}\ndates: {created: \"%s\"}\naccess: {state: public}\nclearance: qd-%s\nevents: [hop, dot]\n",
				i, name, i, i, []string{"cong-van", "anh", "thu"}[i%3], i, dateOf(i), name)
		}
		files["fonds/"+name+"/records/nhieu.yaml"] = b.String()
	}
	return files
}

// dateOf is the date of a record by its number. In March 1946 stand few, one of each kind.
func dateOf(i int) string {
	switch i {
	case 0:
		return "1946-03-05"
	case 1:
		return "1946-03"
	case 2:
		return "1946-03-10/1946-03-20"
	case 3:
		return "1946-03-25~"
	case 4:
		return "1946-03-28/.."
	case 5:
		return "../1933-05"
	case 6:
		return "195X"
	case 7:
		return "1940/1943"
	case 8:
		return "1929/1931~"
	}
	year, month := 1930+i%50, 1+i/50%12
	if i%6 == 0 {
		year = 1946
	}
	if year == 1946 {
		month = 1 + month%2 // January and February
	}
	switch i / 50 % 6 {
	case 0, 1, 2:
		return fmt.Sprintf("%d-%02d-%02d", year, month, 1+i/7%28)
	case 3:
		return fmt.Sprintf("%d-%02d", year, month)
	case 4:
		return fmt.Sprint(year)
	}
	return fmt.Sprintf("%d-%02d/%d-%02d", year, min(month, 11), year, min(month, 11)+1)
}

// reaches waits until the timeline shows a span, by its name in the live line.
func (r reader) reaches(span string) {
	r.Helper()
	r.waits(`document.getElementById("lens-stage").getAttribute("aria-busy") === "false" && vitrineSearch.timeline.settled && vitrineSearch.timeline.drawing.width === document.getElementById("lens-stage").clientWidth && ` + lensStatus + `.replace(/\u00a0/g, " ").startsWith(` + quoted(span+":") + `)`)
}

// The overview that the script draws counts as the page does that was built; a bar leads to
// its year, that to its month, and there to the records. The address tells where, and the way
// back leads back.
func TestTimelineZoomsIn(t *testing.T) {
	t.Parallel()
	b, o := browser(t), datedSite(t)
	for name, origin := range origins(t, o) {
		t.Run(name, func(t *testing.T) {
			r := readerBefore(t, b, origin, 1440)
			r.open(origin + timelinePage)
			r.reaches("1920–1979")
			r.finds(`document.getElementById("drawing").hidden && !document.getElementById("list").hidden && location.hash`, "")
			r.finds(`(() => {
  const built = [...document.querySelectorAll("#drawing .density a")].map(a => a.getAttribute("aria-label").match(/^(\d+): ([\d.]+)/)).map(m => [m[1], Number(m[2].replace(".", ""))].join());
  const drawn = vitrineSearch.timeline.now.bars.filter(b => b.docs + b.events).map(b => [vitrineSearch.time.yearOf(b.start), b.docs + b.events].join());
  return built.filter(x => !drawn.includes(x)).concat(drawn.filter(x => !built.includes(x))).join(" ");
})()`, "")
			r.clicks(`.lens-count[aria-label^="Năm 1946:"], .lens-count[aria-label*="1946:"]`)
			r.reaches("Năm 1946")
			r.finds(lensHash, "#tu=1946&den=1946")
			r.clicks(`.lens-count[aria-label^="Tháng 3"]`)
			r.reaches("Tháng 3 năm 1946")
			r.finds(lensHash, "#tu=1946-03&den=1946-03")
			for kind, text := range map[string]string{"mark-point": "Tờ số 0, ngày 5 tháng 3 năm 1946", "mark-month": "Tờ số 1, tháng 3 năm 1946"} {
				r.waits(`[...document.querySelectorAll(".` + kind + `")].some(a => a.getAttribute("aria-label").replace(/\u00a0/g, " ") === ` + quoted(text) + `)`)
			}
			r.finds(`[...document.querySelectorAll("a.mark-bar")].map(a => a.getAttribute("aria-label").replace(/\u00a0/g, " ")).filter(s => /số [234],/.test(s)).join("|")`,
				"Tờ số 2, ngày 10 tháng 3 năm 1946 – ngày 20 tháng 3 năm 1946|Tờ số 3, khoảng ngày 25 tháng 3 năm 1946|Tờ số 4, từ ngày 28 tháng 3 năm 1946")
			r.finds(`document.querySelector(".mark-event.mark-point .flag") !== null && document.querySelector(".mark-event").getAttribute("href").endsWith("/su-kien/hop.html")`, "true")
			r.finds(`document.getElementById("list").hidden && document.querySelector("#lens-list li .slip-title").textContent !== ""`, "true")
			clearOfEachOther(r)
			again := r.gets(`location.href`)
			r.gets(`history.back()`)
			r.reaches("Năm 1946")
			r.gets(`history.back()`)
			r.reaches("1920–1979")
			r.open(again)
			r.reaches("Tháng 3 năm 1946")
			r.must(r.tab.Follow(`.mark-point:not(.mark-event)`))
			r.finds(`document.querySelector("h1").textContent.trim().replace("\u00a0", " ")`, "Tờ số 0")
			r.clean()
		})
	}
}

// clearOfEachOther reports marks that cover each other.
func clearOfEachOther(r reader) {
	r.Helper()
	r.finds(`(() => {
  const list = [...document.querySelectorAll(".lens-drawing a > :is(circle, path):not(.flag)")].map(e => e.getBoundingClientRect()), out = [];
  list.forEach((a, i) => list.slice(i + 1).forEach(b => { if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) out.push([a.left, a.top, b.left, b.top].map(Math.round).join(" ")); }));
  return out.join("; ");
})()`, "")
}

// The page of a year is drawn by the same script, which says what it shows.
func TestTimelineOfAYear(t *testing.T) {
	t.Parallel()
	b, o := browser(t), datedSite(t)
	origin := serve(t, o.Out, "/a/b/")
	r := readerBefore(t, b, origin, 1440)
	r.open(origin + "en/timeline/1935.html")
	r.reaches("1935")
	r.finds(`location.hash + document.getElementById("list").hidden`, "false")
	// What the page lists, the drawing counts.
	r.finds(lensStatus+`.match(/: (\d+) records, 1 event/)[1]`, r.gets(`String([...document.querySelectorAll("#list .slip")].length - 1)`))
	r.clicks(`[data-do=later]`)
	r.reaches("July 1935 – June 1936")
	r.finds(lensHash, "#tu=1935-07&den=1936-06")
	r.finds(`document.getElementById("list").hidden`, "true")
	r.finds(`document.querySelector(".masthead-lang a[lang=vi]").hash`, "#tu=1935-07&den=1936-06")
	r.clicks(`[data-do=whole]`)
	r.reaches("1920–1979")
	r.gets(`history.back()`)
	r.reaches("July 1935 – June 1936")
	r.clean()
}

// Everything can be done with the keyboard alone.
func TestTimelineByKeyboard(t *testing.T) {
	t.Parallel()
	b, o := browser(t), datedSite(t)
	origin := fromDisk(t, o.Out)
	r := readerBefore(t, b, origin, 1440)
	r.open(origin + timelinePage)
	r.reaches("1920–1979")
	r.gets(`document.getElementById("lens-stage").focus()`)
	r.finds(`document.querySelectorAll(".lens-drawing a[tabindex='0']").length`, "1")
	r.keys(kb.Tab, false)
	r.waits(`document.activeElement.matches(".lens-count")`)
	first := r.gets(`document.activeElement.getAttribute("aria-label")`)
	r.keys(kb.ArrowRight, false)
	r.waits(`document.activeElement.getAttribute("aria-label") !== ` + quoted(first))
	if outline := r.gets(`getComputedStyle(document.activeElement).outlineStyle`); outline != "solid" {
		t.Error("the focus is not seen:", outline)
	}
	year := r.gets(`document.activeElement.getAttribute("aria-label").match(/\d{4}/)[0]`)
	r.keys(kb.Enter, false)
	r.reaches("Năm " + year)
	r.waits(`document.activeElement.matches(".lens-drawing a")`) // and goes on within
	r.gets(`document.getElementById("lens-stage").focus()`)
	r.keys("-", false)
	r.waits(`vitrineSearch.timeline.state.hi - vitrineSearch.timeline.state.lo > 600`)
	r.keys(kb.Home, false)
	r.waits(`vitrineSearch.timeline.state.lo === vitrineSearch.timeline.all.lo`)
	r.keys(kb.End, false)
	r.waits(`vitrineSearch.timeline.state.hi === vitrineSearch.timeline.all.hi`)
	hi := r.gets(`vitrineSearch.timeline.state.hi`)
	r.keys(kb.ArrowLeft, false)
	r.waits(`vitrineSearch.timeline.state.hi < ` + hi)
	days := r.gets(`vitrineSearch.timeline.state.hi - vitrineSearch.timeline.state.lo`)
	r.keys("+", false)
	r.waits(`vitrineSearch.timeline.state.hi - vitrineSearch.timeline.state.lo < ` + days)
	r.clean()
}

// Hands: the wheel zooms over the ruler and scrolls the page elsewhere, a drag moves, and two
// fingers zoom on a phone, where the ruler is at the left.
func TestTimelineByHand(t *testing.T) {
	t.Parallel()
	b, o := browser(t), datedSite(t)
	origin := serve(t, o.Out, "/a/")
	r := readerBefore(t, b, origin, 1440)
	r.open(origin + timelinePage)
	r.reaches("1920–1979")
	r.gets(`document.getElementById("lens-stage").scrollIntoView({ block: "center" })`)
	stage, ruler := r.box("#lens-stage"), r.box(".lens-ruler .axis")
	days := `(s => s.hi - s.lo + 1)(vitrineSearch.timeline.state)`
	all := r.gets(days)
	r.must(r.tab.Wheel(image.Pt(stage.Min.X+stage.Dx()/2, ruler.Min.Y+4), -240))
	r.waits(days + ` < ` + all + ` && vitrineSearch.timeline.settled`)
	r.finds(`location.hash.startsWith("#tu=")`, "true")
	lo, wide := r.gets(`vitrineSearch.timeline.state.lo`), r.gets(days)
	y := stage.Min.Y + 60
	r.must(r.tab.Drag(image.Pt(900, y), image.Pt(880, y), image.Pt(700, y)))
	r.waits(`vitrineSearch.timeline.state.lo > ` + lo + ` && vitrineSearch.timeline.settled`)
	r.finds(`Math.abs(`+days+` - `+wide+`) < 800 && location.pathname.endsWith("/dong-thoi-gian/index.html")`, "true") // no bar was clicked, whole years remain
	r.clean()

	r = readerBefore(t, b, origin, 390)
	r.must(r.tab.Touch())
	r.open(origin + timelinePage)
	r.reaches("1920–1979")
	r.gets(`document.getElementById("lens-stage").scrollIntoView({ block: "center" })`)
	stage, ruler = r.box("#lens-stage"), r.box(".lens-ruler .axis")
	if ruler.Dy() < stage.Dy()/2 || ruler.Min.X > stage.Min.X+stage.Dx()/3 {
		t.Error("the ruler does not stand at the left:", ruler, stage)
	}
	r.must(r.tab.Pinch(image.Pt(200, (stage.Min.Y+stage.Max.Y)/2), 3))
	r.waits(days + ` < ` + all + ` / 2 && vitrineSearch.timeline.settled`)
	r.finds(`visualViewport.scale`, "1")
	r.clean()
}

// Filters leave what they say, and stand in the address.
func TestTimelineFilters(t *testing.T) {
	t.Parallel()
	b, o := browser(t), datedSite(t)
	origin := serve(t, o.Out, "/a/")
	r := readerBefore(t, b, origin, 1440)
	r.open(origin + timelinePage + "#tu=1930&den=1939")
	r.reaches("Thập niên 1930")
	r.clicks(".lens-narrow > summary")
	r.clicks("[data-facet=fonds] summary")
	r.waits(`document.querySelectorAll("[data-facet=fonds] li").length === 2`)
	count := r.gets(`document.querySelector("[data-facet=fonds] li .count").textContent`)
	r.clicks("[data-facet=fonds] li input")
	r.waits(lensStatus + `.includes(": " + ` + quoted(count) + ` + " tài liệu")`)
	fonds := r.gets(`document.querySelector("[data-facet=fonds] li input").value`)
	r.waits(lensHash + ` === "#tu=1930&den=1939&fonds=` + fonds + `"`)
	r.clicks("[data-facet=form] summary")
	r.waits(`document.querySelectorAll("[data-facet=form] li").length === 3`)
	both := r.gets(`document.querySelector("[data-facet=form] li .count").textContent`)
	r.clicks("[data-facet=form] li input")
	r.waits(lensStatus + `.includes(": " + ` + quoted(both) + ` + " tài liệu")`)
	again := r.gets(`location.href`)
	r.open(again)
	r.waits(lensStatus + `.includes(": " + ` + quoted(both) + ` + " tài liệu") && document.querySelectorAll("#lens-chosen button").length === 2`)
	r.clicks("#lens-chosen button")
	r.waits(`document.querySelectorAll("#lens-chosen button").length === 1`)
	r.open(origin + timelinePage + "#fonds=khong-co&tu=abc")
	r.waits(lensStatus + `.startsWith("1920–1979: ")`)
	r.clean()
}

func TestTimelineIsForEverybody(t *testing.T) {
	t.Parallel()
	_, err := os.Stat(axeScript)
	lacking(t, err, "axe-core is not installed: run make test")
	b, o := browser(t), datedSite(t)
	origin := serve(t, o.Out, "/")
	for _, width := range []int{320, 390, 768, 1440} {
		for _, scheme := range []string{"light", "dark"} {
			r := readerBefore(t, b, origin, width)
			r.must(r.tab.Look(width, scheme))
			for _, address := range []string{timelinePage, "en/timeline/1946.html", timelinePage + "#tu=1946-03&den=1946-03&fonds=phong-mot"} {
				r.open(origin + address)
				r.waits(`vitrineSearch.timeline.settled && ` + lensStatus)
				r.gets(`document.querySelectorAll("details").forEach(d => { d.open = true; })`)
				r.waits(`document.querySelector("[data-facet=fonds] li")`)
				r.fits(fmt.Sprint(address, " ", width, " ", scheme))
			}
			r.clean()
		}
	}
}

// Without its index, or a file of it, the page stays as it was built.
func TestTimelineWithoutIndex(t *testing.T) {
	t.Parallel()
	b, o := browser(t), tiledSite(t, "")
	mustBuild(t, o)
	origin := fromDisk(t, o.Out)
	for _, kind := range []string{"days-*.js", "root.js"} {
		files, _ := filepath.Glob(filepath.Join(o.Out, "search-index", kind))
		if len(files) != 1 {
			t.Fatal(kind, files)
		}
		if err := os.Remove(files[0]); err != nil {
			t.Fatal(err)
		}
		r := readerBefore(t, b, origin, 1440)
		r.must(r.tab.Before(`addEventListener("error", e => { if (e.target.src) window.lost = e.target.src; }, true)`))
		r.open(origin + timelinePage)
		r.waits(`window.lost && document.getElementById("lens").hidden && !document.getElementById("drawing").hidden && !document.getElementById("list").hidden && document.querySelector("#drawing svg").getBoundingClientRect().height > 50`)
	}

	o = tiledSite(t, "features: {search: false}\n")
	mustBuild(t, o)
	if page := string(read(t, filepath.Join(o.Out, timelinePage))); strings.Contains(page, `id="lens"`) || strings.Contains(page, "timeline-") || !strings.Contains(page, `class="density"`) {
		t.Error("a site that is not searched has a timeline that reads the index, or none")
	}
}
