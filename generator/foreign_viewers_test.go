package generator_test

import (
	"encoding/json"
	"fmt"
	"image"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"vitrine/generator/internal/sitecheck"
)

// viewers holds viewers and a parser of others (make test fetches them).
const viewers = "testdata/viewers"

func needViewers(t *testing.T) {
	t.Helper()
	_, err := os.Stat(filepath.Join(viewers, "node_modules/mirador/dist/mirador.min.js"))
	lacking(t, err, "the viewers of others come with make test, or npm ci in generator/"+viewers)
}

// The parser that other software is built on reads every description of the sample, and
// finds in it what it is of.
func TestParserOfOthersReadsDescriptions(t *testing.T) {
	t.Parallel()
	needViewers(t)
	node, err := exec.LookPath("node")
	lacking(t, err, "the parser of others needs Node")
	var files []string
	for _, pattern := range []string{"iiif/*.json", "iiif/*/manifest.json", "iiif/*/collection.json"} {
		found, err := filepath.Glob(filepath.Join(sample(t).Root, pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v, %d", pattern, err, len(found))
		}
		files = append(files, found...)
	}
	paintings := 0
	for i, r := range readByOthers(t, node, files) {
		want := "Collection"
		if filepath.Base(files[i]) == "manifest.json" {
			want = "Manifest"
		}
		if paintings += r.Paintings; r.Type != want || r.Canvases != r.Paintings || (r.Paintings > 0) != (want == "Manifest") {
			t.Errorf("%+v", r)
		}
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range sitecheck.Presentation(data) {
			t.Errorf("%s: %s", file, fault)
		}
	}
	t.Logf("%d descriptions of %d pictures and recordings", len(files), paintings)
}

// readByOthers is what the parser of others finds in descriptions.
func readByOthers(t *testing.T, node string, files []string) (found []readDescription) {
	t.Helper()
	cmd := exec.Command(node, append([]string{"read.cjs"}, files...)...)
	cmd.Dir = viewers
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := json.Unmarshal(out, &found); err != nil || len(found) != len(files) {
		t.Fatalf("%v: %d of %d read\n%s", err, len(found), len(files), out)
	}
	return found
}

type readDescription struct {
	File, Type          string
	Canvases, Paintings int
}

// A sound and a film are described with their length, and with what is said at its time.
func TestRecordingsAreDescribed(t *testing.T) {
	t.Parallel()
	kinds := map[string]int{}
	for _, id := range []string{"mau-0129", "mau-0130"} {
		m := nodeOf(t, read(t, filepath.Join(sample(t).Root, "iiif", id, "manifest.json")))
		for _, canvas := range m.Items {
			body := canvas.Items[0].Items[0].Body
			kinds[body.Type]++
			name, ok := strings.CutPrefix(body.ID, baseURL)
			if read(t, filepath.Join(sample(t).Root, name)); !ok || canvas.Duration <= 0 || body.Duration != canvas.Duration || (body.Type == "Video") != (canvas.Height > 0) {
				t.Errorf("%s: %+v", id, body)
			}
			for _, words := range canvas.Annotations {
				for _, a := range words.Items {
					var from, to float64
					if n, _ := fmt.Sscanf(strings.TrimPrefix(a.Target, canvas.ID), "#t=%g,%g", &from, &to); n != 2 || from >= to || to > canvas.Duration+1 || a.Body.Value == "" {
						t.Errorf("%s: %+v", id, a)
					}
					kinds["words"]++
				}
			}
		}
		for i, chapter := range m.Structures {
			var from, to float64
			target := chapter.Items[0]
			if n, _ := fmt.Sscanf(strings.TrimPrefix(target.ID, m.Items[0].ID), "#t=%g,%g", &from, &to); n != 2 || from >= to || target.Type != "Canvas" || chapter.Type != "Range" || len(chapter.Label["vi"]) != 1 {
				t.Errorf("%s: chapter %d: %+v", id, i, chapter)
			}
			kinds["chapters"]++
		}
	}
	if kinds["Sound"] == 0 || kinds["Video"] == 0 || kinds["words"] < 4 || kinds["chapters"] < 4 {
		t.Errorf("%v", kinds)
	}
}

// hall are the pages that hold a viewer of others.
var hall = map[string]struct{ page, canvas string }{
	"/mirador": {`<!doctype html><meta charset="utf-8"><style>html,body,#v{height:100%;margin:0}</style><div id="v"></div><script src="/m/mirador/dist/mirador.min.js"></script>
<script>Mirador.viewer({id: "v", windows: [{manifestId: new URLSearchParams(location.search).get("m")}]})</script>`, `.openseadragon-canvas canvas`},
	"/clover": {`<!doctype html><meta charset="utf-8"><style>html,body{height:100%;margin:0}</style><script src="/m/@samvera/clover-iiif/dist/web-components/index.umd.js"></script>
<clover-viewer></clover-viewer><script>document.querySelector("clover-viewer").setAttribute("iiif-content", new URLSearchParams(location.search).get("m"))</script>`, `.openseadragon-canvas canvas`},
}

// onAnotherSite serves those pages.
func onAnotherSite(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/m/", http.StripPrefix("/m/", http.FileServer(http.Dir(filepath.Join(viewers, "node_modules")))))
	for path, h := range hall {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, h.page) })
	}
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

// Mirador and Clover, on another site, open the manifests of records from a static server
// below a path. They draw a picture and play sound and film, ask for tiles, and for nothing that is not there.
func TestViewersOfOthersOpenManifests(t *testing.T) {
	t.Parallel()
	needViewers(t)
	b := browser(t)
	o := soundedSite(t)
	var tiles atomic.Int64
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*") // as the files for web servers have it
		if strings.HasSuffix(r.URL.Path, "/0/default.jpg") && !strings.Contains(r.URL.Path, "/full/") {
			tiles.Add(1)
		}
		http.StripPrefix("/a/b/", http.FileServer(http.Dir(o.Out))).ServeHTTP(w, r)
	}))
	t.Cleanup(site.Close)
	o.BaseURL = site.URL + "/a/b/"
	mustBuild(t, o)
	other := onAnotherSite(t)
	for path, h := range hall {
		opens := func(id, until string) *sitecheck.Tab {
			t.Helper()
			tb := tab(t, b, "http://127.0.0.1:", true)
			if err := tb.Look(1440, "light"); err != nil {
				t.Fatal(err)
			}
			if err := tb.Open(other + path + "?m=" + o.BaseURL + "iiif/" + id + "/manifest.json"); err != nil {
				t.Fatal(err)
			}
			if err := tb.Until(until); err != nil {
				t.Errorf("%s: %s: %v", path, id, err)
			}
			return tb
		}
		tiles.Store(0)
		tb := opens("tl-0001", fmt.Sprintf("document.querySelector(%q).clientHeight > 300", h.canvas))
		showsColours(t, tb, path)
		if tiles.Load() == 0 {
			t.Errorf("%s: no tile was asked for", path)
		}
		complaints(t, tb, path)
		tb = opens("tl-0003", `document.querySelector("audio, video").readyState > 0 && Math.round(document.querySelector("audio, video").duration) > 10 && !document.querySelector("audio, video").videoWidth`)
		complaints(t, tb, path+" sound")
		tb = opens("tl-0004", `document.querySelector("video").readyState > 0 && document.querySelector("video").videoWidth === 640`)
		complaints(t, tb, path+" film")
	}
}

// showsColours waits until a window shows the picture.
func showsColours(t *testing.T, tb *sitecheck.Tab, path string) {
	t.Helper()
	colours := 0
	for range 40 {
		img, err := tb.Seen()
		if err != nil {
			t.Fatal(err)
		}
		if colours = brightIn(img); colours >= 20 {
			return
		}
		if err := tb.Until("new Promise(r => setTimeout(() => r(true), 150))"); err != nil {
			t.Fatal(err)
		}
	}
	t.Errorf("%s: the window shows %d colours of the picture", path, colours)
}

// complaints reports what a viewer asked for that is not there, and what went wrong in it.
func complaints(t *testing.T, tb *sitecheck.Tab, path string) {
	t.Helper()
	for _, f := range tb.Faults() {
		if strings.HasPrefix(f, "asked for") && !strings.Contains(f, " blob:") || strings.HasPrefix(f, "http") || strings.HasPrefix(f, "a request failed") || strings.HasPrefix(f, "an exception") {
			t.Errorf("%s: %s", path, f)
		}
	}
}

// brightIn is how many of the bright colours of a picture by masterOf a window shows in its
// middle.
func brightIn(img image.Image) int {
	seen := map[[3]uint32]bool{}
	box := img.Bounds()
	for y := box.Min.Y + box.Dy()/4; y < box.Max.Y*3/4; y += 5 {
		for x := box.Min.X + box.Dx()/4; x < box.Max.X*3/4; x += 5 {
			r, g, b, _ := img.At(x, y).RGBA()
			if r, g, b = r>>13, g>>13, b>>13; max(r, g, b)-min(r, g, b) > 2 {
				seen[[3]uint32{r, g, b}] = true
			}
		}
	}
	return len(seen)
}
