package generator_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vitrine/generator"
)

// citedSite is the site of the viewer under an address.
func citedSite(t *testing.T) generator.Options {
	t.Helper()
	o := tiledSite(t, oneMegapixel)
	edit(t, filepath.Join(o.Content, "site.yaml"), "title:", withAddress+"title:")
	mustBuild(t, o)
	return o
}

// copies presses a button and returns what was copied.
func (r reader) copies(button string) string {
	r.Helper()
	r.gets(`Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: (t) => { window.copied = t; return Promise.resolve(); } } }) && ""`)
	r.gets(`(document.querySelector(".more-citations").open = true, "")`)
	r.clicks(button)
	r.waits(`window.copied !== undefined`)
	return r.gets(`window.copied`)
}

var dayWords = regexp.MustCompile(`truy cập ngày \d{1,2}/\d{1,2}/\d{4}`)

// What is copied bears the day and the sheet of the address; what stands in the page
// bears neither, and nothing of it waits for a script.
func TestCitationsAreCopiedWithTheDayAndTheSheet(t *testing.T) {
	t.Parallel()
	o, b := citedSite(t), browser(t)
	origin := serve(t, o.Out, "/")
	page := string(read(t, filepath.Join(o.Out, pageOf("tl-0001"))))
	if dayWords.MatchString(page) || !strings.Contains(page, "data-words=\", truy cập ngày {day}\"") {
		t.Error("the page tells when it was looked at, or its script cannot")
	}
	r := readerBefore(t, b, origin, 1440)
	r.open(origin + pageOf("tl-0001"))
	still := r.gets(`document.getElementById("cite-vi").textContent`)
	whole := r.copies(`[data-copy="cite-vi"]`)
	if !dayWords.MatchString(whole) || strings.Replace(whole, ", "+dayWords.FindString(whole), "", 1) != still {
		t.Errorf("copied %q of %q", whole, still)
	}
	if r.gets(`document.getElementById("cite-vi").textContent`) != still {
		t.Error("copying changed the page")
	}
	for style, words := range map[string]string{
		"mla":          `\. Accessed \d{1,2} (Jan\.|Feb\.|Mar\.|Apr\.|May|June|July|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.) \d{4}\.$`,
		"harvard":      ` \(Accessed: \d{1,2} [A-Z][a-z]+ \d{4}\)\.$`,
		"chicago-note": `, accessed [A-Z][a-z]+ \d{1,2}, \d{4}, https://`,
	} {
		r.open(origin + pageOf("tl-0001"))
		if got := r.copies(`[data-copy="cite-` + style + `"]`); !regexp.MustCompile(words).MatchString(got) {
			t.Errorf("%s: %q", style, got)
		}
	}
	r.open(origin + pageOf("tl-0001") + "#page=1&xywh=200,100,400,300")
	r.waits(viewerShows)
	r.gets(`Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: (t) => { window.copied = t; return Promise.resolve(); } } }) && ""`)
	r.clicks("[data-do=copy-cite]")
	r.waits(`window.copied !== undefined`)
	if got := r.gets(`window.copied`); !strings.Contains(got, pageOf("tl-0001")+"#page=1&xywh=200,100,400,300, truy cập ngày ") {
		t.Errorf("of a part of a sheet: %q", got)
	}
	r.clean()
}
