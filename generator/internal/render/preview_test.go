package render

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"vitrine/generator/page"
)

var previewDir = flag.String("preview", "", "write one page of every kind, with its assets, into this folder")

// TestSamplePages renders a realistic page of every kind. With -preview it
// also writes them, for a look in a browser:
//
//	go test ./generator/internal/render -run SamplePages -preview DIR
func TestSamplePages(t *testing.T) {
	r := renderer(t)
	for _, lang := range []string{"vi", "en"} {
		for name, p := range samplePages(lang) {
			layout := reflect.ValueOf(p).Elem().FieldByName("Layout").Addr().Interface().(*page.Layout)
			layout.Assets = r.LayoutAssets("../")
			out := rendered(t, r, p)
			checkHTML(t, out, lang)
			if *previewDir != "" {
				write(t, filepath.Join(lang, name+".html"), []byte(out))
			}
		}
	}
	if *previewDir == "" {
		return
	}
	assets, err := r.Assets()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range assets {
		write(t, a.Path, a.Data)
	}
	for i, s := range sheetShapes {
		for _, width := range []int{320, 640, 1280} {
			real := min(width, s.w)
			write(t, filepath.Join("media", fmt.Sprintf("%s-%d.jpg", s.name, width)), drawSheet(t, real, real*s.h/s.w, i))
		}
	}
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	name = filepath.Join(*previewDir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// drawSheet is a paper-coloured page with grey lines for text.
func drawSheet(t *testing.T, w, h, seed int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	paper := color.RGBA{uint8(226 + seed%3*6), uint8(214 + seed%4*4), 190, 255}
	draw.Draw(img, img.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	ink := image.NewUniform(color.RGBA{70, 62, 56, 255})
	step := max(h/38, 6)
	for y, n := step*4, 0; y < h-step*5; y, n = y+step, n+1 {
		right := w - w/9 - (n*n*37+seed*91)%(w/3)
		if n%6 != 5 {
			draw.Draw(img, image.Rect(w/9, y, right, y+max(step/4, 1)), ink, image.Point{}, draw.Src)
		}
	}
	draw.Draw(img, image.Rect(w*6/10, h-step*4, w*8/10, h-step*2), image.NewUniform(color.RGBA{170, 60, 48, 255}), image.Point{}, draw.Src)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 70}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestWeight holds the stylesheet and a record page to their budgets, and the scripts that the
// page of the search and the timeline load besides.
func TestWeight(t *testing.T) {
	r := renderer(t)
	assets, err := r.Assets()
	if err != nil {
		t.Fatal(err)
	}
	size, links := map[string]int{}, r.LayoutAssets("")
	for _, a := range assets {
		switch a.Path {
		case links.Zoom: // which no page loads by itself
		case links.Search, links.Timeline:
			if n := packed(t, a.Data); n > 24_000 {
				t.Errorf("%s: %d bytes", a.Path, n)
			}
		default:
			size[filepath.Ext(a.Path)] += packed(t, a.Data)
		}
	}
	html := packed(t, []byte(rendered(t, r, sampleRecord("vi"))))
	t.Logf("gzip: style %d, script %d, record page %d, fonts %d bytes", size[".css"], size[".js"], html, size[".woff2"])
	if size[".css"] > 30_000 || size[".css"]+size[".js"]+html > 60_000 {
		t.Errorf("style %d, script %d, record page %d bytes", size[".css"], size[".js"], html)
	}
}

func packed(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
