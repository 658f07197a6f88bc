package generator_test

import (
	"fmt"
	"image"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator"
)

// spokenSite is a site whose first record is a sound of 30 seconds with a word for
// each quarter of one, and whose second is a film with words as many.
func spokenSite(t *testing.T) generator.Options {
	t.Helper()
	o := tiledSite(t, "")
	var words strings.Builder
	words.WriteString("WEBVTT\n")
	for i := range 120 {
		at := func(n int) string { return fmt.Sprintf("00:%02d.%03d", n/4, n%4*250) }
		fmt.Fprintf(&words, "\n%s --> %s\n<v Bà Nguyễn Thị Ẩn>Dòng %d, ước muốn ấy\n", at(i), at(i+1), i+1)
	}
	folder := filepath.Join(o.Content, "fonds/phong-cau-mau/media")
	put(t, filepath.Join(folder, "d.vtt"), []byte(words.String()))
	put(t, filepath.Join(folder, "d-phan.vtt"), []byte("WEBVTT\n\n00:00.000 --> 00:10.000\nMở đầu\n"))
	for id, object := range map[string]string{"tl-0001": "{kind: audio, seq: 1, file: d.mp3, captions: d.vtt, chapters: d-phan.vtt}", "tl-0002": "{kind: video, seq: 1, file: d.mp4, captions: d.vtt}"} {
		kind := map[string]string{"tl-0001": "mp3", "tl-0002": "mp4"}[id]
		put(t, filepath.Join(folder, "d."+kind), read(t, filepath.Join(contentDir(), "fonds/mau-02/media/mau-01"+map[string]string{"mp3": "29", "mp4": "30"}[kind]+"-001."+kind)))
		head, _, _ := strings.Cut(guideArchive()[recordPath(id)], "objects:")
		put(t, filepath.Join(o.Content, filepath.FromSlash(recordPath(id))), []byte(head+"objects: ["+object+"]\n"))
	}
	put(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), []byte(strings.Replace(clearance, "images, transcript]", "images, transcript, audio, video], max_px: full", 1)))
	mustBuild(t, o)
	return o
}

const (
	lineNow   = `document.querySelector(".cues-words [aria-current]")`
	lineShown = `((l, s, bar) => l.top >= s.top && l.bottom <= s.bottom && l.top >= 0 && l.bottom <= (bar ? bar.getBoundingClientRect().top : innerHeight))(` + lineNow + `.getBoundingClientRect(), ` + lineNow + `.parentNode.getBoundingClientRect(), document.querySelector(".player-held .player-bar"))`
	numberNow = `Number(` + lineNow + `.textContent.match(/Dòng (\d+)/)[1])`
)

// What is said stays in sight within its list, the player stays at hand, and the page
// stays where the reader has it; who scrolled away is left alone and finds back.
func TestTranscriptFollowsALongRecording(t *testing.T) {
	t.Parallel()
	o, b := spokenSite(t), browser(t)
	origin := serve(t, o.Out, "/")
	for _, width := range []int{390, 768, 1440} {
		for _, id := range []string{"tl-0001", "tl-0002"} {
			t.Run(fmt.Sprint(id, " ", width), func(t *testing.T) {
				r := readerBefore(t, b, origin, width)
				r.must(r.tab.Move(id == "tl-0001")) // the film without motion
				r.open(origin + pageOf(id))
				r.waits(`document.querySelector(".recording").readyState > 0`)
				r.finds(`document.querySelector(".player-held")`, "null")
				r.follows()
				r.leaves()
				r.finds(`document.documentElement.scrollWidth > innerWidth`, "false")
				r.clean()
			})
		}
	}
}

// follows plays from a line deep in the list, until some lines later.
func (r reader) follows() {
	r.Helper()
	r.clicks(".player-here") // to the first line, where nothing was played
	r.waits(`document.activeElement.textContent === "0:00" && (b => b.top >= 0 && b.bottom <= innerHeight)(document.activeElement.getBoundingClientRect())`)
	r.clicks(".cues-words li:nth-child(6) a")
	r.waits(numberNow + ` >= 6`)
	r.gets(`(window.wasAt = scrollY, "")`)
	r.waits(numberNow + ` >= 26`) // several screens of the list
	r.waits(lineShown)
	r.finds(`String(scrollY === window.wasAt)`, "true")
	window := image.Rect(0, 0, 1<<20, 900)
	if bar := r.box(".player-held .player-bar"); !bar.In(window) || bar.Dy() < 40 || bar.Dy() > 240 {
		r.Errorf("the player is at %v", bar)
	}
	r.finds(`getComputedStyle(document.querySelector(".player-here")).display`, "none") // the line is in sight
}

// leaves reads on elsewhere while it plays, and finds back.
func (r reader) leaves() {
	r.Helper()
	r.gets(`(document.querySelector(".cues-words").scrollTop = 1e6, window.wasNow = ` + numberNow + `, "")`)
	r.waits(numberNow + ` > window.wasNow + 3`)
	r.waits(`document.querySelector(".cues-words").scrollTop > 2000 && !` + lineShown + ` && !document.querySelector(".player-here").hidden`)
	r.gets(`(document.querySelector(".recording").pause(), "")`)
	r.gets(`(scrollTo({top: 0, behavior: "instant"}), "")`)
	r.waits(`scrollY === 0 && !document.querySelector(".player-held")`) // it is at its place again
	r.clicks(".player-here")
	r.waits(lineShown + ` && document.querySelector(".player-held") && ` + lineNow + `.contains(document.activeElement)`)
}

// Without scripts a recording and its words are what they are: nothing is fixed or folded.
func TestTranscriptWithoutScripts(t *testing.T) {
	t.Parallel()
	o, b := spokenSite(t), browser(t)
	page := string(read(t, filepath.Join(o.Out, pageOf("tl-0001"))))
	for _, word := range []string{"player-held", "cues-follow"} {
		if strings.Contains(page, word) {
			t.Errorf("the page itself has %s", word)
		}
	}
	if !strings.Contains(page, `player-here" hidden>`) {
		t.Error("a button that does nothing is shown")
	}
	if en := string(read(t, filepath.Join(o.Out, "en/fonds/phong-cau-mau/tl-0001.html"))); !strings.Contains(en, `data-recording="to-1" lang="vi">`) || strings.Contains(page, `data-recording="to-1" lang`) {
		t.Error("titles of parts lack their language, or have one where they need none")
	}
	origin := serve(t, o.Out, "/")
	r := reader{t, tab(t, b, origin, false)}
	r.open(origin + pageOf("tl-0001"))
	if _, err := r.tab.Seen(); err != nil {
		t.Fatal(err)
	}
	r.clean()
}
