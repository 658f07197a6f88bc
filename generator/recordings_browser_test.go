package generator_test

import (
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"testing"
)

const (
	soundPage = "phong-luu-tru/mau-02/mau-0129.html"
	filmPage  = "phong-luu-tru/mau-02/mau-0130.html"
)

// From a server and from disk nothing plays by itself, a film has captions in the
// language of the page, and a time that is clicked plays from there, with the
// line that is said marked.
func TestRecordingsInTheBrowser(t *testing.T) {
	t.Parallel()
	b := browser(t)
	root := bare(t).Root
	for name, origin := range map[string]string{"http": serve(t, root, "/a/"), "disk": fromDisk(t, root)} {
		t.Run(name, func(t *testing.T) {
			for _, file := range []string{soundPage, filmPage} {
				tb := tab(t, b, origin, true)
				if err := tb.Open(origin + file); err != nil {
					t.Fatal(err)
				}
				for _, until := range []string{
					`document.querySelector(".recording").readyState > 0`,
					`document.querySelector(".recording").paused && document.querySelector(".recording").currentTime === 0 && !document.querySelector(".cues [aria-current]")`,
				} {
					if err := tb.Until(until); err != nil {
						t.Fatalf("%s: %s: %v", file, until, err)
					}
				}
				if file == filmPage {
					if err := tb.Until(`document.querySelector("video").textTracks[0].mode === "showing" && document.querySelector("video").textTracks[0].cues.length === 3`); err != nil {
						t.Errorf("captions: %v", err)
					}
					if err := tb.Until(`(window.still = window.still || Object.assign(new Image(), {src: document.querySelector("video").poster})).naturalWidth === 640`); err != nil {
						t.Errorf("the picture that staff chose: %v", err)
					}
					if err := tb.Click(`.spoken-chapters li:nth-child(2) a`); err != nil {
						t.Fatal(err)
					}
					if err := tb.Until(`document.querySelector("video").currentTime >= 4.9 && document.querySelector(".spoken-chapters li:nth-child(2)").hasAttribute("aria-current")`); err != nil {
						t.Errorf("a part that is clicked: %v", err)
					}
				}
				if err := tb.Click(`.cues-words li:nth-child(2) a`); err != nil {
					t.Fatal(err)
				}
				if err := tb.Until(`document.querySelector(".recording").currentTime > 4 && document.querySelector(".cues-words li:nth-child(2)").hasAttribute("aria-current")`); err != nil {
					t.Errorf("%s: a time that is clicked: %v", file, err)
				}
				for _, f := range tb.Faults() {
					t.Errorf("%s: %s", file, f)
				}
			}
		})
	}
}

// A player asks for parts of a film: nginx and the preview answer with these alone.
func TestRecordingsAreServedInParts(t *testing.T) {
	t.Parallel()
	films, err := filepath.Glob(filepath.Join(bare(t).Root, "media/*/*-film.mp4"))
	if err != nil || len(films) != 1 {
		t.Fatal(err, films)
	}
	file := path.Join("media", filepath.Base(filepath.Dir(films[0])), filepath.Base(films[0]))
	whole, err := os.ReadFile(films[0])
	if err != nil {
		t.Fatal(err)
	}
	preview := previewed(t)
	if res, err := http.Get(preview + filmPage); err != nil {
		t.Fatal(err)
	} else {
		res.Body.Close() // a preview knows a film once its page was shown
	}
	for name, origin := range map[string]string{"nginx": nginx(t) + "/trung-bay/", "preview": preview} {
		req, _ := http.NewRequest(http.MethodGet, origin+file, nil)
		req.Header.Set("Range", "bytes=100-199")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != http.StatusPartialContent || string(got) != string(whole[100:200]) || name == "preview" && res.Header.Get("Content-Type") != "video/mp4" { // this nginx knows few types
			t.Errorf("%s: %v, %d, %d bytes of %s", name, err, res.StatusCode, len(got), res.Header.Get("Content-Type"))
		}
	}
}
