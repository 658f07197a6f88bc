package derive

import (
	"bufio"
	"context"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kovidgoyal/imaging"
	"golang.org/x/image/tiff"
)

// sharedImages is the folder of hostile and unusual images beside the repository.
func sharedImages(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../../../../shared/data/images")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skip("skipped: ../shared/data/images is not beside the repository")
	}
	return dir
}

// outcomes reads which files have a problem, and of which kind.
func outcomes(t *testing.T) map[string]Kind {
	t.Helper()
	f, err := os.Open("testdata/outcomes.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string]Kind{}
	for in := bufio.NewScanner(f); in.Scan(); {
		if w := strings.Fields(in.Text()); len(w) == 2 && w[0] != "#" {
			out[w[1]] = Kind(w[0])
		}
	}
	return out
}

// TestSharedImages passes every file through: a right picture or a clear message, in time.
func TestSharedImages(t *testing.T) {
	dir := sharedImages(t)
	want := outcomes(t)
	c := newCache(t, 0)
	files, pictures := 0, 0
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		started := time.Now()
		out, err := c.Make(context.Background(), os.DirFS(dir), name, widths)
		if took := time.Since(started); took > patience {
			t.Errorf("%s took %v", name, took)
		}
		if got := kindOf(err); got != want[name] || (got == "" && err != nil) {
			t.Errorf("%s: %q (%v), want %q", name, got, err, want[name])
		}
		delete(want, name)
		if err == nil {
			pictures++
			checkDerived(t, c, dir, name, out)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range want {
		t.Errorf("testdata/outcomes.txt names %s, which does not exist", name)
	}
	if files < 482 || pictures < 370 {
		t.Errorf("only %d files and %d pictures", files, pictures)
	}
}

// checkDerived holds derivatives against the size of their master.
func checkDerived(t *testing.T, c *Cache, dir, name string, out []Derived) {
	t.Helper()
	m, err := c.Master(context.Background(), os.DirFS(dir), name)
	if err != nil {
		t.Fatal(err)
	}
	specs, err := normalAll(widths)
	if err != nil {
		t.Fatal(err)
	}
	fitting := fit(m.Info, specs)
	if len(out) == 0 || len(out) != len(fitting) {
		t.Fatalf("%s: %d derivatives", name, len(out))
	}
	for i, d := range out {
		if d.Width != fitting[i].Width || d.Height != heightAt(m.Info, d.Width) || d.Width > m.Info.Width {
			t.Errorf("%s: %d × %d from %+v", name, d.Width, d.Height, m.Info)
		}
		_, file := readDerived(t, d)
		checkClean(t, file)
	}
}

// shared draws a shared image at a width.
func shared(t *testing.T, name string, width int) image.Image {
	t.Helper()
	out, err := newCache(t, 0).Make(context.Background(), os.DirFS(sharedImages(t)), name, []Spec{{Width: width, Quality: 95}})
	if err != nil {
		t.Fatal(name, err)
	}
	m, _ := readDerived(t, out[0])
	return m
}

// TestSharedOrientation: the nine versions of each photograph, the same picture.
func TestSharedOrientation(t *testing.T) {
	for _, kind := range []string{"Landscape", "Portrait"} {
		upright := shared(t, "exif-orientation/"+kind+"_1.jpg", 320)
		for _, n := range "0_2345678" {
			if n == '_' {
				continue
			}
			turned := shared(t, "exif-orientation/"+kind+"_"+string(n)+".jpg", 320)
			// Each picture shows its own number, so a little may differ.
			if d := distance(t, upright, turned); d > 8 {
				t.Errorf("%s_%c: %.1f levels from upright", kind, n, d)
			}
			if d := distance(t, imaging.Rotate180(upright), turned); d < 20 {
				t.Errorf("%s_%c: only %.1f levels from upside down", kind, n, d)
			}
		}
	}
	for _, kind := range []string{"g4_orientation_%.tif", "hopper_orientation_%.webp", "hopper_orientation_%.jpg"} {
		upright := shared(t, "formats-pillow/"+strings.Replace(kind, "%", "2", 1), 120)
		for _, n := range []string{"3", "4", "5", "6", "7", "8"} {
			turned := shared(t, "formats-pillow/"+strings.Replace(kind, "%", n, 1), 120)
			if d := distance(t, upright, turned); d > 5 { // these are small and were compressed once more
				t.Errorf("%s: version %s is %.1f levels off", kind, n, d)
			}
		}
	}
}

// TestSharedColours compares the same picture in several formats, and our work with a plain
// resize of what the decoder gives.
func TestSharedColours(t *testing.T) {
	const x = "webp-tiff-bmp-golang-x-image/"
	for _, c := range []struct {
		a, b string
		most float64
	}{
		{x + "video-001.lossy.webp", x + "video-001.png", 6},
		{x + "yellow_rose.lossy.webp", x + "yellow_rose.lossless.webp", 5},
		{x + "blue-purple-pink-large.normal-filter.lossy.webp", x + "blue-purple-pink-large.png", 4},
		{x + "yellow_rose.lossy-with-alpha.webp", x + "yellow_rose.png", 5},
		{x + "tux.lossless.webp", x + "tux.png", 0.01},
		{x + "video-001-16bit.tiff", x + "video-001.png", 1},
		{x + "video-001-tile-64x64.tiff", x + "video-001.png", 0.01},
		{x + "video-001-strip-64.tiff", x + "video-001.png", 0.01},
		{x + "video-001-gray-16bit.tiff", x + "video-001-gray.tiff", 1},
		{x + "bw-gopher_ccittGroup3.tiff", x + "bw-gopher.png", 0.01},
		{x + "bw-gopher_ccittGroup4.tiff", x + "bw-gopher.png", 0.01},
		{x + "bw-packbits.tiff", x + "bw-gopher.png", 0.01},
		{"formats-pillow/16bit.MM.cropped.tif", "formats-pillow/16bit.cropped.tif", 0.01},
		{"formats-pillow/hopper_lzw.tif", "formats-pillow/hopper.tif", 0.01},
	} {
		if d := distance(t, shared(t, c.a, 100), shared(t, c.b, 100)); d > c.most {
			t.Errorf("%s and %s are %.2f levels apart", c.a, c.b, d)
		}
	}
	for name, decode := range map[string]func(*os.File) (image.Image, error){
		x + "blue-purple-pink-large.png":     func(f *os.File) (image.Image, error) { return png.Decode(f) },
		"tiff-libtiff/rgb-3c-16b.tiff":       func(f *os.File) (image.Image, error) { return tiff.Decode(f) },
		"tiff-libtiff/palette-1c-8b.tiff":    func(f *os.File) (image.Image, error) { return tiff.Decode(f) },
		"tiff-libtiff/miniswhite-1c-1b.tiff": func(f *os.File) (image.Image, error) { return tiff.Decode(f) },
		"png-suite/ibasn2c16.png":            func(f *os.File) (image.Image, error) { return png.Decode(f) },
	} {
		f, err := os.Open(filepath.Join(sharedImages(t), filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		whole, err := decode(f)
		f.Close()
		if err != nil {
			t.Fatal(name, err)
		}
		got := shared(t, name, min(100, whole.Bounds().Dx()))
		want := imaging.Resize(whole, got.Bounds().Dx(), got.Bounds().Dy(), imaging.Lanczos)
		if d := distance(t, got, want); d > 6.5 { // finely dithered colours lose to JPEG's coarser ones
			t.Errorf("%s: %.2f levels from a plain resize", name, d)
		}
	}
}
