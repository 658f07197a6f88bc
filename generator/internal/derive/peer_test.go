package derive

import (
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestThumbnailsLikeThoseOfLibvips holds our thumbnails of real collections to
// those of libvips by their structural similarity, before JPEG takes its share.
func TestThumbnailsLikeThoseOfLibvips(t *testing.T) {
	dir, err := filepath.Abs("../../../../shared/data/collections")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skip("skipped: ../shared/data/collections is not beside the repository")
	}
	if _, err := exec.LookPath("vipsthumbnail"); err != nil {
		t.Fatal("there is no vipsthumbnail; make tools installs it")
	}
	fsys, c := os.DirFS(dir), newCache(t, 0)
	compared, worst, least := 0, "", 1.0
	err = fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || !slices.Contains([]string{".jpg", ".jpeg", ".png", ".tif", ".tiff"}, strings.ToLower(filepath.Ext(name))) {
			return err
		}
		made, err := c.Make(context.Background(), fsys, name, []Spec{{Width: 320, Quality: 100}})
		if err != nil {
			return err
		}
		if made[0].Width != 320 {
			return nil // the master is smaller
		}
		got, _ := readDerived(t, made[0])
		compared++
		if like := similarity(gray(got), gray(peerThumbnail(t, filepath.Join(dir, name), got.Bounds().Size()))); like < least {
			least, worst = like, name
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d images; least like libvips' is %s, %.4f", compared, worst, least)
	if least < 0.98 || compared < 50 {
		t.Errorf("%s: a structural similarity of %.4f, want 0.98; %d compared", worst, least, compared)
	}
}

// peerThumbnail is what libvips makes of a file at our size: by itself it rounds
// heights up.
func peerThumbnail(t *testing.T, file string, size image.Point) image.Image {
	t.Helper()
	out := filepath.Join(t.TempDir(), "peer.png")
	if b, err := exec.Command("vipsthumbnail", file, "-s", fmt.Sprintf("%dx%d!", size.X, size.Y), "-o", out).CombinedOutput(); err != nil {
		t.Fatalf("vipsthumbnail %s: %v\n%s", file, err, b)
	}
	m := readPNG(t, out)
	if m.Bounds().Size() != size {
		t.Fatalf("%s: libvips makes %v, we %v", file, m.Bounds().Size(), size)
	}
	return m
}

// readPNG reads what libvips wrote, whatever its profile.
func readPNG(t *testing.T, file string) image.Image {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// gray is the light of an image on white paper, in rows.
func gray(m image.Image) plane {
	g := image.NewGray(image.Rectangle{Max: m.Bounds().Size()})
	draw.Draw(g, g.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(g, g.Rect, m, m.Bounds().Min, draw.Over)
	return plane{g.Rect.Dx(), g.Rect.Dy(), g.Stride, g.Pix}
}

// similarity is the mean structural similarity of two images (Wang, Bovik, Sheikh
// and Simoncelli, IEEE Trans. Image Processing 13(4), 2004), over windows of 8 ×
// 8 pixels, each 4 from the next.
func similarity(a, b plane) float64 {
	const side, c1, c2 = 8, 0.01 * 0.01 * 255 * 255, 0.03 * 0.03 * 255 * 255
	sum, n := 0.0, 0.0
	for y := 0; y+side <= min(a.h, b.h); y += side / 2 {
		for x := 0; x+side <= min(a.w, b.w); x += side / 2 {
			var sa, sb, saa, sbb, sab float64
			for r := range side {
				for k := range side {
					p, q := float64(a.row(y + r)[x+k]), float64(b.row(y + r)[x+k])
					sa, sb, saa, sbb, sab = sa+p, sb+q, saa+p*p, sbb+q*q, sab+p*q
				}
			}
			const m = side * side
			ma, mb := sa/m, sb/m
			va, vb, cov := saa/m-ma*ma, sbb/m-mb*mb, sab/m-ma*mb
			sum += (2*ma*mb + c1) * (2*cov + c2) / ((ma*ma + mb*mb + c1) * (va + vb + c2))
			n++
		}
	}
	return sum / n
}
