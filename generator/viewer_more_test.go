package generator_test

import (
	"encoding/binary"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"

	"github.com/chromedp/chromedp/kb"
)

// pagesTIFF is a file of n grey pages of w × h pixels, without compression.
func pagesTIFF(n, w, h int) []byte {
	out := []byte("II*\x00\x08\x00\x00\x00")
	for page := range n {
		fields := [][3]uint32{{256, 4, uint32(w)}, {257, 4, uint32(h)}, {258, 3, 8}, {259, 3, 1}, {262, 3, 1}, {273, 4, 0}, {277, 3, 1}, {278, 4, uint32(h)}, {279, 4, uint32(w * h)}}
		pixels := len(out) + 2 + 12*len(fields) + 4
		next := pixels + (w*h+1)&^1
		fields[5][2] = uint32(pixels)
		if page == n-1 {
			next = 0
		}
		out = binary.LittleEndian.AppendUint16(out, uint16(len(fields)))
		for _, f := range fields {
			out = binary.LittleEndian.AppendUint16(out, uint16(f[0]))
			out = binary.LittleEndian.AppendUint16(out, uint16(f[1]))
			out = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(out, 1), f[2])
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(next))
		for i := range (w*h + 1) &^ 1 {
			out = append(out, byte(i+page*9))
		}
	}
	return out
}

// shownSite is a site whose first record shows the objects and files that are given.
func shownSite(t *testing.T, objects string, files map[string][]byte) generator.Options {
	t.Helper()
	o := tiledSite(t, "")
	head, _, _ := strings.Cut(guideArchive()[firstItem], "objects:")
	put(t, filepath.Join(o.Content, filepath.FromSlash(firstItem)), []byte(head+"objects:\n"+objects))
	for name, data := range files {
		put(t, filepath.Join(o.Content, "fonds/phong-cau-mau/media", name), data)
	}
	mustBuild(t, o)
	return o
}

// On the smallest phones, and where a page is enlarged four times, every tool of
// the viewer is in the window.
func TestViewerToolsAreInTheWindow(t *testing.T) {
	t.Parallel()
	o, b := viewedSite(t), browser(t)
	origin := serve(t, o.Out, "/")
	for _, width := range []int{320, 360, 390, 768} {
		r := readerBefore(t, b, origin, width)
		r.open(origin + pageOf("tl-0001") + "#page=1")
		r.waits(viewerShows)
		r.finds(`[...document.querySelectorAll(".viewer-bar button")].map(b => b.getBoundingClientRect()).filter(b => b.width && (b.left < 0 || b.right > innerWidth)).length`, "0")
		r.finds(`new Set([...document.querySelectorAll(".viewer-bar button")].map(b => b.getBoundingClientRect()).filter(b => b.width).map(b => Math.round(b.top))).size`, map[bool]string{true: "2", false: "1"}[width < 768])
		r.finds(`getComputedStyle(document.querySelector("[data-unfold=sizes]")).display === "none"`, "false")
	}
}

// The arrow keys move and size the frame of a region as it lies on the screen, however
// the picture is turned; it begins as half of what is seen.
func TestViewerRegionOfATurnedPicture(t *testing.T) {
	t.Parallel()
	o, b := viewedSite(t), browser(t)
	origin := fromDisk(t, o.Out)
	const frame = `document.querySelector(".viewer-box-draft").getBoundingClientRect()`
	for turns := range 4 {
		r := readerBefore(t, b, origin, 1440)
		r.open(origin + pageOf("tl-0001") + "#page=2")
		r.waits(viewerShows)
		for range turns {
			r.keys("r", false)
		}
		for range 4 {
			r.keys("+", false)
		}
		r.clicks("[data-do=region]")
		if err := r.tab.Until(`((b, s) => Math.abs(b.width * 2 - s.width) < 9 && Math.abs(b.height * 2 - s.height) < 60)(` + frame + `, document.querySelector(".viewer-stage").getBoundingClientRect())`); err != nil {
			t.Errorf("%d turns: the frame is %v of a stage of %v: %v", turns, r.box(".viewer-box-draft").Size(), r.box(".viewer-stage").Size(), err)
		}
		for _, press := range []struct {
			key    string
			shift  bool
			change string
		}{
			{kb.ArrowRight, false, "b.left > was.left + 20 && b.right > was.right + 20 && near(b.top, was.top)"},
			{kb.ArrowDown, false, "b.top > was.top + 10 && near(b.left, was.left) && near(b.right, was.right)"},
			{kb.ArrowRight, true, "near(b.left, was.left) && b.right > was.right + 20 && near(b.bottom, was.bottom)"},
			{kb.ArrowUp, true, "near(b.top, was.top) && b.bottom < was.bottom - 10 && near(b.right, was.right)"},
		} {
			r.waits(`(s => { const still = window.last && last.frame === s && performance.now() - last.at > 300; if (!window.last || last.frame !== s) window.last = { frame: s, at: performance.now() }; return still; })(JSON.stringify(` + frame + `))`)
			r.gets(`(window.was = ` + frame + `, window.near = (a, b) => Math.abs(a - b) < 4, "")`)
			r.keys(press.key, press.shift)
			if err := r.tab.Until(`(b => ` + press.change + `)(` + frame + `)`); err != nil {
				t.Errorf("%d turns, %q, shift %v: %v; %s", turns, press.key, press.shift, err, r.gets(`JSON.stringify([was, `+frame+`])`))
			}
		}
	}
}

// A page of a file with several is found by its place, as viewers of PDF have it; a
// region may be given in hundredths; and the only sheet needs no number.
func TestViewerAddressesByPlace(t *testing.T) {
	t.Parallel()
	o := shownSite(t, "  - {kind: page, seq: 1, file: a-001.jpg, alt: một}\n  - {kind: page, seq: 7, file: nhieu.tif, alt: hai}\n", map[string][]byte{"nhieu.tif": pagesTIFF(5, 120, 160)})
	b, origin := browser(t), serve(t, o.Out, "/")
	r := readerBefore(t, b, origin, 1440)
	for hash, at := range map[string]string{"#page=1": "1", "#page=2": "7", "#page=5": "7-4", "#page=7": "7", "#page=7-3": "7-3", "#page=6&xywh=percent:10,10,50,50": "7-5"} {
		r.open(origin + pageOf("tl-0001") + hash)
		r.waits(viewerShows)
		r.finds(viewerIsAt, at)
	}
	for _, hash := range []string{"#page=0", "#page=8", "#page=2-2", "#page=1-2", "#xywh=1,1,9,9"} {
		r.open(origin + pageOf("tl-0001") + hash)
		r.finds(`String(document.querySelector(".viewer[open]") !== null)`, "false")
	}
	for hash, region := range map[string]string{"#page=1&xywh=percent:10,10,30,20": "134,91,401,181", "#page=1&xywh=percent:12.5,0,25,100": "167,0,334,905", "#page=1&xywh=percent:90,90,30,30": "1203,815,134,90"} {
		r.open(origin + pageOf("tl-0001") + hash)
		r.waits(viewerShows + ` && document.querySelector(".viewer-box-region")`)
		r.finds(`document.querySelector(".viewer-link").value.split("xywh=")[1]`, region)
	}
	r.open(origin + pageOf("tl-0002") + "#xywh=1,1,10,10")
	r.waits(viewerShows + ` && document.querySelector(".viewer-box-region")`)
	r.clean()
}

// Where every sheet has a number of its own, one that is missing is that of a sheet
// which is not shown: who cited it is not shown another.
func TestViewerNeverShowsAnotherSheet(t *testing.T) {
	t.Parallel()
	o := shownSite(t, "  - {kind: page, seq: 1, file: a-001.jpg, alt: một}\n  - {kind: page, seq: 3, file: a-002.jpg, alt: ba}\n", nil)
	b, origin := browser(t), serve(t, o.Out, "/")
	r := readerBefore(t, b, origin, 1440)
	r.open(origin + pageOf("tl-0001") + "#page=2")
	r.finds(`String(document.querySelector(".viewer[open]") !== null)`, "false")
}

// The page that is shown stands in the middle of the strip, with those before and
// behind it in sight.
func TestViewerStripShowsNeighbours(t *testing.T) {
	t.Parallel()
	o := shownSite(t, "  - {kind: page, seq: 1, file: nhieu.tif, alt: hai}\n", map[string][]byte{"nhieu.tif": pagesTIFF(60, 60, 80)})
	b, origin := browser(t), serve(t, o.Out, "/")
	for _, width := range []int{390, 1440} {
		r := readerBefore(t, b, origin, width)
		r.open(origin + pageOf("tl-0001") + "#page=30")
		r.waits(viewerShows)
		r.waits(`Math.abs((b => b.left + b.right)(document.querySelector(".viewer-strip [aria-current]").getBoundingClientRect()) - innerWidth) < 60`)
		r.clean()
	}
}

// What does not arrive is told, and asked for once more.
func TestViewerTellsOfPicturesThatDoNotCome(t *testing.T) {
	t.Parallel()
	o, b := viewedSite(t), browser(t)
	for name, origin := range origins(t, o) {
		r := readerBefore(t, b, origin, 1440)
		r.open(origin + pageOf("tl-0001"))
		tiles, gone := filepath.Join(o.Out, "iiif"), filepath.Join(o.Out, "iiif-gone")
		r.must(os.Rename(tiles, gone))
		r.clicks("#to-1 .sheet-look")
		err := r.tab.Until(`document.querySelector(".viewer-failed").getBoundingClientRect().height > 40`)
		r.must(os.Rename(gone, tiles))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		r.clicks("[data-do=retry]")
		r.waits(`document.querySelector(".viewer-failed").hidden && ` + viewerShows)
		r.shows(1337, 905)
	}
}

// The frame that tells where the keyboard is lies over the picture, on all four sides.
func TestViewerFocusIsSeen(t *testing.T) {
	t.Parallel()
	o, b := viewedSite(t), browser(t)
	origin := serve(t, o.Out, "/")
	r := readerBefore(t, b, origin, 1440)
	r.open(origin + pageOf("tl-0001") + "#page=1")
	r.waits(viewerShows)
	for _, key := range []string{"+", "+", "+", "+"} { // until the picture fills the stage
		r.keys(key, false)
	}
	r.waits(viewerShows)
	stage := r.box(".viewer-stage")
	seen, err := r.tab.Seen()
	r.must(err)
	m := middleOf(stage)
	for _, p := range []image.Point{{m.X, stage.Min.Y + 1}, {m.X, stage.Max.Y - 2}, {stage.Min.X + 1, m.Y}, {stage.Max.X - 2, m.Y}} {
		cr, cg, cb, _ := seen.At(p.X, p.Y).RGBA()
		if got := fmt.Sprintf("%02X%02X%02X", cr>>8, cg>>8, cb>>8); got != "F08A74" {
			t.Errorf("at %v of the stage %v is %s", p, stage, got)
		}
	}
}

// On a phone that lies the text is beside the picture, and the pages are there.
func TestViewerOnAPhoneThatLies(t *testing.T) {
	t.Parallel()
	o, b := viewedSite(t), browser(t)
	origin := serve(t, o.Out, "/")
	for _, size := range []image.Point{{844, 390}, {667, 375}} {
		r := readerBefore(t, b, origin, 1440)
		r.must(r.tab.Window(size.X, size.Y))
		r.open(origin + pageOf("tl-0001") + "#page=1")
		r.waits(viewerShows)
		stage, text, strip, bar := r.box(".viewer-stage"), r.box(".viewer-text"), r.box(".viewer-strip"), r.box(".viewer-bar")
		if stage.Dy() < size.Y*4/5 || stage.Dx() < size.X/3 || text.Min.X < stage.Max.X || text.Empty() || strip.Empty() || strip.Overlaps(stage) || bar.Dy() > 60 || text.Max.X > size.X {
			t.Errorf("%v: stage %v, text %v, strip %v, bar %v", size, stage, text, strip, bar)
		}
		r.finds(tooSmallToPress, "")
		r.clean()
	}
}

// Who has a finger and no keys is not told of keys.
func TestViewerHintIsForTheHand(t *testing.T) {
	t.Parallel()
	o, b := viewedSite(t), browser(t)
	origin := serve(t, o.Out, "/")
	for _, finger := range []bool{false, true} {
		r := readerBefore(t, b, origin, 390)
		if finger {
			r.must(r.tab.Touch())
		}
		r.open(origin + pageOf("tl-0001") + "#page=1")
		r.waits(viewerShows)
		r.clicks("[data-do=region]")
		r.waits(`document.querySelector(".viewer-hint").offsetHeight > 0`)
		r.finds(`String(document.querySelector(".viewer-hint").innerText.includes("Shift"))`, fmt.Sprint(!finger))
	}
}

// A narrow sheet is whole in the window and no picture is larger than its pixels; in
// a row of wide and tall sheets a wide one leaves little of it empty.
func TestSheetsOfAnyProportion(t *testing.T) {
	t.Parallel()
	o := shownSite(t, "  - {kind: page, seq: 1, file: wide.jpg, alt: một}\n  - {kind: page, seq: 2, file: tall.jpg, alt: hai}\n", map[string][]byte{"wide.jpg": masterOf(t, 1500, 1000), "tall.jpg": masterOf(t, 1000, 1400)})
	narrow := shownSite(t, "  - {kind: page, seq: 1, file: cuon.jpg, alt: cuộn}\n", map[string][]byte{"cuon.jpg": masterOf(t, 170, 1600)})
	small := shownSite(t, "  - {kind: page, seq: 1, file: nho.jpg, alt: nhỏ}\n", map[string][]byte{"nho.jpg": masterOf(t, 240, 160)})
	b := browser(t)
	for _, width := range []int{390, 1440} {
		r := readerBefore(t, b, "file:", width)
		r.open(fromDisk(t, narrow.Out) + pageOf("tl-0001"))
		if img := r.box("#to-1 img"); img.Max.Y > 900 || img.Dy() < 400 {
			t.Errorf("%d: the scroll stands at %v", width, img)
		}
		r.finds(`getComputedStyle(document.querySelector("#to-1 img")).objectFit`, "scale-down")
		r.open(fromDisk(t, small.Out) + pageOf("tl-0001"))
		if img := r.box("#to-1 img"); img.Dx() != 240 || img.Dy() != 160 {
			t.Errorf("%d: 240 × 160 pixels are drawn as %v", width, img.Size())
		}
		r.open(fromDisk(t, o.Out) + pageOf("tl-0001"))
		if row, first := r.box(".sheets"), r.box("#to-1"); row.Max.Y-first.Max.Y > 60 {
			t.Errorf("%d: beneath the first sheet, %v, the row goes on to %v", width, first, row)
		}
		r.finds(`document.documentElement.scrollWidth > innerWidth`, "false")
	}
}

// Full screen is entered and left by its button and by its key, and the button says which it is;
// what is closed leaves it too.
func TestViewerFillsTheScreen(t *testing.T) {
	t.Parallel()
	o, b := viewedSite(t), browser(t)
	for name, origin := range origins(t, o) {
		t.Run(name, func(t *testing.T) {
			r := readerBefore(t, b, origin, 1440)
			r.open(origin + pageOf("tl-0001") + "#page=1")
			r.waits(viewerShows)
			is := func(full bool) {
				t.Helper()
				r.waits(fmt.Sprintf(`((document.fullscreenElement || {}).className === "viewer-room") === %[1]t && document.querySelector("[data-do=full]").getAttribute("aria-pressed") === "%[1]t"`, full))
			}
			is(false)
			for _, press := range []func(){func() { r.clicks("[data-do=full]") }, func() { r.keys("f", false) }} {
				press()
				is(true)
				r.waits(viewerShows)
				r.shows(1337, 905)
				press()
				is(false)
			}
			r.clicks("[data-do=full]")
			is(true)
			r.clicks("[data-do=close]")
			r.waits(`!document.querySelector(".viewer").open && !document.fullscreenElement`)
			r.clean()
		})
	}
}

// Brightness and contrast change what is seen of the picture, and back again: dark places become
// lighter with more brightness, darker with more contrast.
func TestViewerLightIsSeen(t *testing.T) {
	t.Parallel()
	o, b := viewedSite(t), browser(t)
	r := readerBefore(t, b, "file:", 1440)
	r.open(fromDisk(t, o.Out) + pageOf("tl-0001") + "#page=1")
	r.waits(viewerShows)
	dark := func() (sum int) { // how light the darkest quarter of a row through the picture is, 0 to 255
		t.Helper()
		seen, err := r.tab.Seen()
		r.must(err)
		stage := r.box(".viewer-stage")
		var row []int
		for x := stage.Min.X + stage.Dx()/4; x < stage.Max.X-stage.Dx()/4; x += 3 {
			cr, cg, cb, _ := seen.At(x, middleOf(stage).Y).RGBA()
			row = append(row, int(cr>>8+cg>>8+cb>>8)/3)
		}
		slices.Sort(row)
		for _, v := range row[:len(row)/4] {
			sum += v
		}
		return sum / (len(row) / 4)
	}
	set := func(name string, value int) int {
		t.Helper()
		r.gets(fmt.Sprintf(`(i => { i.value = %d; i.dispatchEvent(new Event("input", {bubbles: true})); return ""; })(document.querySelector("input[name=%s]"))`, value, name))
		return dark()
	}
	as := dark()
	r.clicks("[data-unfold=light]")
	if bright, dim := set("brightness", 160), set("brightness", 60); bright < as*4/3 || dim > as*3/4 {
		t.Errorf("dark places are of %d, with more brightness %d, with less %d", as, bright, dim)
	}
	r.clicks("[data-do=unlight]")
	if hard := set("contrast", 180); hard > as*9/10 {
		t.Errorf("dark places are of %d, with more contrast %d", as, hard)
	}
	r.clicks("[data-do=unlight]")
	if again := dark(); again != as {
		t.Errorf("dark places were of %d and are now %d", as, again)
	}
	r.clean()
}
