package generator_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"
)

// filmedRecord is a record with a film and no poster.
const filmedRecord = "id: tl-0003\nlevel: item\nparent: hs-0001\nreference: {unit_no: \"0001\"}\ntitle: \"Phim buổi lễ\"\nform: ghi-am\ndates: {created: \"1964-05-19\"}\naccess: {state: public}\nclearance: qd-50\nobjects: [{kind: video, seq: 1, file: d-001.mp4, alt: Phim}]\n"

// filmedArchive is the guide's with that record, cleared for these parts, and with a film that is dark at first.
func filmedArchive(t *testing.T, parts, site string) *ruled {
	t.Helper()
	decided := strings.NewReplacer("id: qd-01", "id: qd-50", "fonds: [phong-cau-mau], parts: [metadata, images, transcript]", "records: [tl-0003], parts: ["+parts+"]", ", open_ended: true", "",
		"[web-exhibition]", "[web-exhibition, harvesting]").Replace(clearance)
	r := newRuled(t, map[string]string{recordedItem: filmedRecord, "clearances/qd-50.yaml": decided, "site.yaml": guideArchive()["site.yaml"] + site})
	film := filepath.Join(t.TempDir(), "film.mp4")
	out, err := exec.Command("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=black:s=400x300:r=25:d=1", "-f", "lavfi", "-i", "testsrc2=s=400x300:r=25:d=2", "-filter_complex", "concat=n=2,format=yuv420p", "-c:v", "libx264", "-preset", "ultrafast", film).CombinedOutput()
	if err != nil {
		t.Fatalf("the test needs ffmpeg; the target «tools» of make installs it: %v %s", err, out)
	}
	put(t, r.media("d-001.mp4"), read(t, film))
	r.age()
	return r
}

var posterOf = regexp.MustCompile(`<video [^>]*poster="(?:\.\./)*(media/[^"]+)"`)

// poster is the file that the page of the record names; empty for none.
func (r *ruled) poster() string {
	r.t.Helper()
	if m := posterOf.FindSubmatch(read(r.t, r.page("tl-0003"))); m != nil {
		return filepath.Join(r.o.Out, string(m[1]))
	}
	return ""
}

// A film for which nobody chose a picture has one of its own, where there is ffmpeg: on its page and in its description for
// others, not in lists. It is made once, goes with the film, and its sizes are those of any picture.
func TestPosterIsTakenFromTheFilm(t *testing.T) {
	path := os.Getenv("PATH")
	r := filmedArchive(t, "metadata, video", "")
	build := func(decoder bool) (told []diag.Diagnostic) {
		t.Helper()
		if t.Setenv("PATH", path); !decoder {
			t.Setenv("PATH", t.TempDir())
		}
		rep, err := buildReport(r.o)
		fine(t, err)
		for _, d := range rep.Diags.Sorted() {
			if strings.HasPrefix(d.Code, "recording-") {
				told = append(told, d)
			}
		}
		return told
	}
	for i := range 2 {
		if told := build(false); len(told) != 1 || told[0].Code != "recording-poster" || told[0].Severity != diag.Warning || !strings.Contains(told[0].Msg.En, "d-001.mp4 (tl-0003)") || r.poster() != "" {
			t.Fatalf("build %d without ffmpeg: %q, %v", i, r.poster(), told)
		}
	}
	if told := build(true); len(told) != 0 || r.poster() == "" {
		t.Fatalf("with ffmpeg: %q, %v", r.poster(), told)
	}
	poster := read(t, r.poster())
	img, err := jpeg.Decode(bytes.NewReader(poster))
	fine(t, err)
	if colours := brightIn(img); img.Bounds().Dx() != 400 || colours < 8 {
		t.Errorf("the picture is of %v, with %d colours", img.Bounds(), colours)
	}
	description := string(read(t, filepath.Join(r.o.Out, "iiif/tl-0003/manifest.json")))
	m := regexp.MustCompile(`"thumbnail":\[\{"id":"` + baseURL + `(media/[^"]+-w320\.jpg)"`).FindStringSubmatch(description)
	if m == nil {
		t.Fatalf("the description shows no picture:\n%s", description)
	}
	if img, err := jpeg.Decode(bytes.NewReader(read(t, filepath.Join(r.o.Out, m[1])))); err != nil || brightIn(img) < 8 {
		t.Errorf("the description shows another picture: %v", err)
	}
	with := r.published()
	stays := func(what string) {
		t.Helper()
		if told := build(false); len(told) > 0 {
			t.Errorf("%s: %v", what, told)
		}
		sameTree(t, what, treeOf(t, r.o.Out), with)
	}
	stays("a build that has nothing to do")
	r.o.Verify = true
	stays("all made anew without ffmpeg, from what is kept")
	r.o.Verify = false
	for _, list := range []string{"index.html", "phong-luu-tru/phong-cau-mau/index.html", "gallery/index.html"} {
		if page, err := os.ReadFile(filepath.Join(r.o.Out, list)); err == nil && bytes.Contains(page, []byte(filepath.Base(r.poster())[:32])) {
			t.Errorf("%s shows what nobody chose", list)
		}
	}
	r.with(recordedItem, "access: {state: public}", "access: {state: restricted}")
	build(true)
	cache := filepath.Join(filepath.Dir(r.o.Out), ".vitrine", "derivatives", "media")
	for _, dir := range []string{filepath.Join(r.o.Out, "media"), cache} {
		for name, sum := range treeOf(t, dir) {
			if sum == sha256.Sum256(poster) {
				t.Errorf("%s is left behind in %s", name, dir)
			}
		}
	}
}

// It is shown where the film may be seen and nowhere else, and never larger than decided.
func TestPosterIsClearedWithItsFilm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		parts, max, site string
		shown            bool
	}{{"metadata, video", "full", "", true}, {"metadata, video", "400", "", true}, {"metadata, images", "full", "", false}, {"metadata, images, audio", "full", "", false}, {"metadata, video, images", "full", "images: {tiles_above: 0}\n", true}} {
		r := filmedArchive(t, c.parts, c.site)
		r.with("clearances/qd-50.yaml", "parts: ["+c.parts+"]", "parts: ["+c.parts+"], max_px: "+c.max)
		r.published()
		page := string(read(t, r.page("tl-0003")))
		if got := strings.Contains(page, " poster="); got != c.shown {
			t.Errorf("%+v: shown: %t", c, got)
		}
		for _, name := range below(t, r.o, "media") {
			if img, err := jpeg.Decode(bytes.NewReader(read(t, filepath.Join(r.o.Out, "media", name)))); err == nil && brightIn(img) >= 8 && !c.shown {
				t.Errorf("%+v: %s is of the film", c, name)
			}
		}
	}
}

// A preview shows it as a build would publish it.
func TestPosterInAPreview(t *testing.T) {
	t.Parallel()
	r := filmedArchive(t, "metadata, video", "")
	r.published()
	s, err := generator.OpenSession(generator.SessionOptions{Options: r.o})
	fine(t, err)
	defer s.Close()
	refresh(t, s, 0)
	name, err := filepath.Rel(r.o.Out, r.page("tl-0003"))
	fine(t, err)
	f, ok, err := s.File(filepath.ToSlash(name))
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	m := posterOf.FindSubmatch(f.Data)
	if m == nil {
		t.Fatalf("no picture:\n%s", f.Data)
	}
	f, ok, err = s.File(string(m[1]))
	if want := read(t, r.poster()); !ok || err != nil || !bytes.Equal(f.Data, want) {
		t.Errorf("%s: %t, %v, %d bytes, not %d", m[1], ok, err, len(f.Data), len(want))
	}
}

// In Chromium the picture stands for the film before it is played, and a part that is clicked plays from its beginning.
func TestPosterAndPartsInTheBrowser(t *testing.T) {
	t.Parallel()
	b := browser(t)
	r := filmedArchive(t, "metadata, video, transcript", "")
	put(t, r.media("d-phan.vtt"), []byte("WEBVTT\n\n00:00.000 --> 00:01.000\nTối\n\n00:01.200 --> 00:03.000\nSáng\n"))
	r.with(recordedItem, "alt: Phim}", "alt: Phim, chapters: d-phan.vtt}")
	r.published()
	for name, origin := range map[string]string{"http": serve(t, r.o.Out, "/a/"), "disk": fromDisk(t, r.o.Out)} {
		p := readerBefore(t, b, origin, 1440)
		p.open(origin + pageOf("tl-0003"))
		p.waits(`document.querySelector("video").readyState > 0 && document.querySelector("video").paused`)
		p.finds(`new Promise(r => { const i = new Image(); i.onload = () => r(i.naturalWidth / i.naturalHeight); i.onerror = () => r("none"); i.src = document.querySelector("video").poster; })`, p.gets(`4 / 3`))
		seen, err := p.tab.Seen()
		p.must(err)
		box := p.box("video")
		colours := map[[3]uint32]bool{}
		for y := box.Min.Y + box.Dy()/5; y < min(box.Max.Y-box.Dy()/5, seen.Bounds().Max.Y); y += 4 {
			for x := box.Min.X; x < box.Max.X; x += 4 {
				cr, cg, cb, _ := seen.At(x, y).RGBA()
				colours[[3]uint32{cr >> 13, cg >> 13, cb >> 13}] = true
			}
		}
		if len(colours) < 8 {
			t.Errorf("%s: before it is played %d colours are seen of the film, which begins in the dark", name, len(colours))
		}
		p.clicks(`.spoken-chapters li:nth-child(2) a`)
		p.waits(`document.querySelector("video").currentTime >= 1.2 && document.querySelector(".spoken-chapters li:nth-child(2)").hasAttribute("aria-current")`)
		p.clicks(`.spoken-chapters li:nth-child(1) a`)
		p.waits(`document.querySelector("video").currentTime < 1.1`)
		p.clean()
	}
}

// A withdrawal takes it along while the content cannot be built, in all its sizes.
func TestCutTakesThePictureOfAFilmAlong(t *testing.T) {
	t.Parallel()
	r := filmedArchive(t, "metadata, video", "")
	with := r.published()
	r.with(recordedItem, "access: {state: public}", "access: {state: restricted}")
	without := r.published()
	r.with(recordedItem, "access: {state: restricted}", "access: {state: public}")
	r.published()
	if len(pictures(with))-len(pictures(without)) < 3 { // the film, two sizes of the picture
		t.Fatalf("the film shows %q", pictures(with))
	}
	put(t, filepath.Join(r.o.Content, "agents/hong.yaml"), []byte("id: [\n"))
	rep, err := generator.Withdraw(context.Background(), generator.WithdrawOptions{Options: r.o, ID: "tl-0003"})
	if err != nil || rep.Cut == nil {
		t.Fatalf("%v: %+v", err, rep)
	}
	if got, want := pictures(treeOf(t, r.o.Out)), pictures(without); !slices.Equal(got, want) {
		t.Errorf("left are %q, want %q", got, want)
	}
}
