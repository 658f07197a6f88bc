package generator_test

import (
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/generator"
	"vitrine/generator/internal/ledger"
)

// tiledSite is the guide's archive with two large images and a small one, of
// which those above a megapixel are cut into tiles.
func tiledSite(t *testing.T, more string) generator.Options {
	t.Helper()
	dir := inMemory(t)
	o := generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), AsOf: asOf}
	a := guideArchive()
	a["site.yaml"] += more
	a["clearances/qd-01.yaml"] = strings.Replace(a["clearances/qd-01.yaml"], "open_ended: true", "open_ended: true, max_px: full", 1)
	a["clearances/qd-01.yaml"] = strings.Replace(a["clearances/qd-01.yaml"], "[web-exhibition]", "[web-exhibition, offline]", 1)
	writeTo(t, o.Content, a)
	old := time.Now().Add(-time.Hour) // else a build takes nothing for what the last one saw
	for name, data := range map[string][]byte{"a-001.jpg": masterOf(t, 1337, 905), "a-002.jpg": masterOf(t, 900, 1411), "b-001.png": picture(t, "b-001.png")} {
		file := filepath.Join(o.Content, "fonds/phong-cau-mau/media", name)
		put(t, file, data)
		if err := os.Chtimes(file, old, old); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

const (
	oneMegapixel = "images: {tiles_above: 1, tile_size: 256}\n"
	withAddress  = "base_url: " + baseURL + "\n"
)

// masterOf is a JPEG file of squares that differ.
func masterOf(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			i := x/97*5 + y/89*11
			img.SetRGBA(x, y, color.RGBA{uint8(i * 53), uint8(255 - i*31), uint8(i * 97), 255})
		}
	}
	name := filepath.Join(t.TempDir(), "m.jpg")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(f, img, nil); err != nil {
		t.Fatal(err)
	}
	f.Close()
	return read(t, name)
}

func mustBuild(t *testing.T, o generator.Options) *generator.Report {
	t.Helper()
	r, err := buildReport(o)
	if err != nil {
		t.Fatalf("%v\n%s", err, strings.Join(worded(r), "\n"))
	}
	return r
}

// below are the files of a folder of the site, relative to it.
func below(t *testing.T, o generator.Options, dir string) (out []string) {
	t.Helper()
	for name := range treeOf(t, filepath.Join(o.Out, dir)) {
		out = append(out, strings.TrimPrefix(filepath.ToSlash(name), "/"))
	}
	slices.Sort(out)
	return out
}

// service is an info.json as a client reads it.
type service struct {
	Context  string `json:"@context"`
	ID       string `json:"id"`
	Type     string `json:"type"`
	Protocol string `json:"protocol"`
	Profile  string `json:"profile"`
	Width    int    `json:"width"`
	Height   int    `json:"height"`
	Sizes    []struct{ Width, Height int }
	Tiles    []struct {
		Width, Height int
		ScaleFactors  []int `json:"scaleFactors"`
	}
}

// asked are the addresses below the image's own that a client asks for, with
// the size of the answer: computed as the appendix of the Image API 3.0 says
// ("Size and region calculation for tiles"), and by nothing of the program.
func (s service) asked() map[string]image.Point {
	out := map[string]image.Point{"full/max/0/default.jpg": image.Pt(s.Width, s.Height)}
	for _, z := range s.Sizes {
		out[fmt.Sprintf("full/%d,%d/0/default.jpg", z.Width, z.Height)] = image.Pt(z.Width, z.Height)
	}
	up := func(a, b int) int { return (a + b - 1) / b }
	for _, t := range s.Tiles {
		for _, sf := range t.ScaleFactors {
			for m := range up(s.Height, t.Height*sf) {
				for n := range up(s.Width, t.Width*sf) {
					xr, yr := n*t.Width*sf, m*t.Height*sf
					wr, hr := min(t.Width*sf, s.Width-xr), min(t.Height*sf, s.Height-yr)
					ws, hs := min(t.Width, up(s.Width-xr, sf)), min(t.Height, up(s.Height-yr, sf))
					region, size := fmt.Sprintf("%d,%d,%d,%d", xr, yr, wr, hr), fmt.Sprintf("%d,%d", ws, hs)
					if wr == s.Width && hr == s.Height {
						region = "full"
						if ws == s.Width && hs == s.Height {
							size = "max"
						}
					}
					out[region+"/"+size+"/0/default.jpg"] = image.Pt(ws, hs)
				}
			}
		}
	}
	return out
}

// A client that reads info.json finds every tile and size that the standard lets
// it ask for, in the right size, and nothing else lies there.
func TestIIIFClientsFindEveryTile(t *testing.T) {
	t.Parallel()
	o := tiledSite(t, oneMegapixel+withAddress)
	mustBuild(t, o)
	infos, err := filepath.Glob(filepath.Join(o.Out, "iiif/*/info.json"))
	if err != nil || len(infos) != 2 {
		t.Fatalf("%d images with tiles, want 2: %v", len(infos), err)
	}
	page := string(read(t, filepath.Join(o.Out, "phong-luu-tru/phong-cau-mau/tl-0001.html")))
	for _, file := range infos {
		var s service
		if err := json.Unmarshal(read(t, file), &s); err != nil {
			t.Fatal(err)
		}
		folder := filepath.Dir(file)
		if s.ID != strings.TrimSuffix(baseURL, "/")+"/iiif/"+filepath.Base(folder) || s.Context != "http://iiif.io/api/image/3/context.json" ||
			s.Type != "ImageService3" || s.Protocol != "http://iiif.io/api/image" || s.Profile != "level0" || len(s.Tiles) != 1 || len(s.Sizes) < 1 {
			t.Errorf("%+v", s)
		}
		want := s.asked()
		for name, size := range want {
			img, err := jpeg.Decode(strings.NewReader(string(read(t, filepath.Join(folder, name)))))
			if err != nil || img.Bounds().Size() != size {
				t.Errorf("%s is of %v, want %v: %v", name, img.Bounds().Size(), size, err)
			}
		}
		for _, name := range below(t, o, "iiif/"+filepath.Base(folder)) {
			if _, asked := want[name]; !asked && name != "info.json" && !strings.Contains(page, "iiif/"+filepath.Base(folder)+"/"+name) {
				t.Errorf("%s is asked for by no client and shown on no page", name)
			}
		}
		if n := len(s.Tiles[0].ScaleFactors); len(s.Sizes) == n || len(s.Sizes) == n-1 {
			t.Errorf("%d sizes can be mistaken for the %d scales", len(s.Sizes), n)
		}
	}
	handed := regexp.MustCompile(`data-tiles="\.\./\.\./(iiif/[0-9a-f]{32})" data-width="(1337|900)" data-height="(905|1411)" data-tile-size="256" data-scales="1 2 4( 8)?"`).FindAllStringSubmatch(page, -1)
	if len(handed) != 2 {
		t.Errorf("the page hands on the tiles of %d images: %q", len(handed), handed)
	}
}

// The manifest lists every tile, and a site with tiles is verified by it.
func TestManifestListsTiles(t *testing.T) {
	t.Parallel()
	o := tiledSite(t, oneMegapixel)
	mustBuild(t, o)
	listed := string(read(t, filepath.Join(o.Out, manifestName)))
	tiles := below(t, o, "iiif")
	for _, name := range tiles {
		if !strings.Contains(listed, "  iiif/"+name+"\n") {
			t.Errorf("%s is not listed", name)
		}
	}
	if len(tiles) < 40 || slices.ContainsFunc(tiles, func(name string) bool { return strings.HasSuffix(name, "info.json") }) {
		t.Errorf("%d files, and info.json must not be there without an address", len(tiles))
	}
	if v, err := verify(o.Out, ""); err != nil {
		t.Errorf("%v: %v", err, v)
	}
	bit(t, filepath.Join(o.Out, "iiif", tiles[7]))
	if _, err := verify(o.Out, ""); err == nil {
		t.Error("a changed tile was not found")
	}
}

// What a clearance lets out decides whether an image has tiles, not its master.
func TestTilesKeepToTheClearance(t *testing.T) {
	t.Parallel()
	o := tiledSite(t, oneMegapixel)
	edit(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), "max_px: full", "max_px: 700")
	mustBuild(t, o)
	if _, err := os.Stat(filepath.Join(o.Out, "iiif")); err == nil {
		t.Error("an image of which half a megapixel may go out has tiles")
	}
	edit(t, filepath.Join(o.Content, "site.yaml"), "tiles_above: 1", "tiles_above: 0")
	mustBuild(t, o)
	for _, name := range below(t, o, "iiif") {
		var x, y, w, h int
		if n, _ := fmt.Sscanf(name[33:], "%d,%d,%d,%d/", &x, &y, &w, &h); n == 4 && (x+w > 700 || y+h > 700) {
			t.Errorf("%s lies beyond 700 pixels", name)
		}
		img, err := jpeg.Decode(strings.NewReader(string(read(t, filepath.Join(o.Out, "iiif", name)))))
		if err != nil || max(img.Bounds().Dx(), img.Bounds().Dy()) > 700 {
			t.Errorf("%s: %v, %v", name, img.Bounds(), err)
		}
	}
}

// A build that has nothing to do with an image keeps its tiles without reading
// them, and the memory of a record holds one line for all of them.
func TestTilesAreKept(t *testing.T) {
	t.Parallel()
	o := tiledSite(t, oneMegapixel+withAddress)
	mustBuild(t, o)
	cache := filepath.Join(filepath.Dir(o.Out), ".vitrine", "derivatives")
	if err := os.RemoveAll(cache); err != nil { // so that whatever were read or made again would show
		t.Fatal(err)
	}
	was := treeOf(t, filepath.Join(o.Out, "iiif"))
	edit(t, filepath.Join(o.Content, recordPath("hs-0002")), "Hai", "Hai, sửa")
	r := mustBuild(t, o)
	if made, _ := filepath.Glob(filepath.Join(cache, "iiif/*")); len(made) > 0 || r.Result.Written == 0 {
		t.Errorf("%d images were cut again; %d files written", len(made), r.Result.Written)
	}
	sameTree(t, "tiles of another record", treeOf(t, filepath.Join(o.Out, "iiif")), was)
	l, err := ledger.Open(filepath.Join(filepath.Dir(o.Out), ".vitrine", "public", "seen"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	rows := 0
	for row, err := range l.Rows(ledger.KindThumbs) {
		if rows++; err != nil || len(row.Data) > 2000 {
			t.Errorf("%s: %d bytes, %v", row.Path, len(row.Data), err)
		}
	}
	if rows == 0 {
		t.Error("nothing is remembered of images")
	}
	put(t, filepath.Join(o.Out, "iiif", below(t, o, "iiif")[3]), []byte("x"))
	mustBuild(t, o)
	sameTree(t, "after a tile was spoilt", treeOf(t, filepath.Join(o.Out, "iiif")), was)
}

// An image that is no longer cut leaves no tile behind, in the site or in the
// cache, and a preview shows tiles as a build would publish them.
func TestTilesComeAndGo(t *testing.T) {
	t.Parallel()
	o := tiledSite(t, oneMegapixel+withAddress)
	mustBuild(t, o)
	s, err := generator.OpenSession(generator.SessionOptions{Options: o})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	refresh(t, s, 0)
	if _, ok, err := s.File("phong-luu-tru/phong-cau-mau/tl-0001.html"); !ok || err != nil {
		t.Fatal(ok, err)
	}
	for _, name := range below(t, o, "iiif") {
		f, ok, err := s.File("iiif/" + name)
		if want := read(t, filepath.Join(o.Out, "iiif", name)); !ok || err != nil || string(f.Data) != string(want) {
			t.Errorf("preview: %s: %v, %v", name, ok, err)
		}
	}
	some := below(t, o, "iiif")[0][:32]
	for _, name := range []string{"iiif/" + some, "iiif/" + some + "/", "iiif/" + some + "/full/7,7/0/default.jpg", "iiif/" + strings.Repeat("0", 32) + "/info.json"} {
		if _, ok, err := s.File(name); ok || err != nil {
			t.Errorf("preview: %s is there: %v", name, err)
		}
	}
	edit(t, filepath.Join(o.Content, "site.yaml"), "tiles_above: 1", "tiles_above: 100")
	mustBuild(t, o)
	for _, dir := range []string{o.Out, filepath.Join(filepath.Dir(o.Out), ".vitrine", "derivatives")} {
		if left, _ := filepath.Glob(filepath.Join(dir, "iiif", "*")); len(left) > 0 {
			t.Errorf("left behind: %q", left)
		}
	}
}

// Where the ledger and the manifest of a site are lost, its tiles are known as
// its own by their names, so that none stays for ever.
func TestTilesOfALostLedgerAreKnown(t *testing.T) {
	t.Parallel()
	o := tiledSite(t, oneMegapixel+withAddress)
	mustBuild(t, o)
	for _, lost := range []string{filepath.Join(filepath.Dir(o.Out), ".vitrine"), filepath.Join(o.Out, manifestName)} {
		if err := os.RemoveAll(lost); err != nil {
			t.Fatal(err)
		}
	}
	edit(t, filepath.Join(o.Content, "site.yaml"), "tiles_above: 1", "tiles_above: 100")
	o.Adopt = true
	mustBuild(t, o)
	if _, err := os.Stat(filepath.Join(o.Out, "iiif")); err == nil {
		t.Errorf("left behind: %q", below(t, o, "iiif"))
	}
}

// A site of more files than its host takes is warned of, with what would help.
func TestManyFilesAreWarnedOf(t *testing.T) {
	t.Parallel()
	o := tiledSite(t, oneMegapixel)
	warned := func(r *generator.Report) (at string) {
		for _, d := range r.Diags.Sorted() {
			if d.Code == "site-files" {
				at = d.Pos.String() + " " + d.Hint.En
			}
		}
		return at
	}
	r := mustBuild(t, o)
	if at := warned(r); at != "" || r.Files() != len(treeOf(t, o.Out)) {
		t.Errorf("%d files, %s", r.Files(), at)
	}
	site := filepath.Join(o.Content, "site.yaml")
	put(t, site, append(read(t, site), "max_files: 100\n"...))
	for range 2 { // also by a build that has nothing to do
		if at := warned(mustBuild(t, o)); !strings.HasPrefix(at, "site.yaml:5:12 ") || !strings.Contains(at, "tile_size: 1024") {
			t.Errorf("warned: %q", at)
		}
	}
}

// Larger tiles are fewer files, as the warning says, and the report counts them.
func TestLargerTilesAreFewerFiles(t *testing.T) {
	t.Parallel()
	o, last := tiledSite(t, oneMegapixel), 0
	for side := 256; side <= 1024; side *= 2 {
		if side > 256 {
			edit(t, filepath.Join(o.Content, "site.yaml"), fmt.Sprintf("tile_size: %d", side/2), fmt.Sprintf("tile_size: %d", side))
		}
		r := mustBuild(t, o)
		told := strings.Join(r.Lines("en"), "\n")
		if n := r.Files(); n != len(treeOf(t, o.Out)) || last > 0 && n >= last || !strings.Contains(told, fmt.Sprintf("%d files in all", n)) {
			t.Errorf("tiles of %d pixels: %d files, %d before\n%s", side, n, last, told)
		}
		last = r.Files()
	}
}
