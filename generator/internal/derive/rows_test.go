package derive

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"golang.org/x/image/tiff"
)

// TestRowsLikeThoseOfOtherDecoders holds what we unpack row by row to what the decoders of the
// standard library and of its supplement give as a whole: no sample may be further than one
// level off, of those that are rounded on their way.
func TestRowsLikeThoseOfOtherDecoders(t *testing.T) {
	compared := 0
	eachUnpacked(t, func(name, file string, h header, got sheet) {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		read := png.Decode
		if h.blocks != nil {
			read = tiff.Decode
		}
		whole, err := read(f)
		if err != nil || h.blocks != nil && h.blocks.planar { // which is not read, or wrong
			return
		}
		if g, ok := whole.(*image.Gray); ok && h.blocks != nil && h.blocks.fax() && h.blocks.photo == blackIsZero {
			invert(g.Pix)
		}
		compared++
		if d := farthest(got, onPaper(whole, h.gray)); d > 1 {
			t.Errorf("%s: a sample is %d levels off", name, d)
		}
	})
	if compared < 250 {
		t.Errorf("only %d pictures compared", compared)
	}
}

// TestTIFFLikeThatOfLibvips holds what those decoders do not read to what libvips makes of it.
func TestTIFFLikeThatOfLibvips(t *testing.T) {
	compared := 0
	eachUnpacked(t, func(name, file string, h header, got sheet) {
		if h.blocks == nil || h.cmyk {
			return
		}
		if f, err := os.ReadFile(file); err != nil {
			t.Fatal(err)
		} else if _, err := tiff.Decode(bytes.NewReader(f)); err == nil && !h.blocks.planar {
			return
		}
		out := filepath.Join(t.TempDir(), "peer.png")
		if exec.Command("vips", "copy", file, out).Run() != nil {
			return // separate planes in tiles
		}
		b, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		s := &source{ctx: context.Background(), r: bytes.NewReader(b), size: int64(len(b))}
		ph, err := probe(s)
		if err != nil {
			t.Fatal(err)
		}
		want, err := decode(s, ph)
		if err != nil {
			t.Fatal(err)
		}
		compared++
		if d := distance(t, asImage(got.paired()), asImage(want.paired())); d > 1.5 {
			t.Errorf("%s: %.2f levels off", name, d)
		}
	})
	if compared < 12 {
		t.Errorf("only %d pictures compared", compared)
	}
}

// eachUnpacked decodes each shared PNG and TIFF that becomes a picture.
func eachUnpacked(t *testing.T, use func(name, file string, h header, got sheet)) {
	t.Helper()
	dir, refused := sharedImages(t), outcomes(t)
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || refused[name] != "" {
			return err
		}
		file := filepath.Join(dir, filepath.FromSlash(name))
		b, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		s := &source{ctx: context.Background(), r: bytes.NewReader(b), size: int64(len(b))}
		h, err := probe(s)
		if err != nil {
			return err
		}
		if h.blocks == nil && h.chunks == nil {
			return nil
		}
		got, err := decode(s, h)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return nil
		}
		use(name, file, h, got)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// farthest is the greatest difference of two samples; 256 where the sheets are of different kinds.
func farthest(a, b sheet) (most int) {
	if a.gray != b.gray || a.y.w != b.y.w || a.y.h != b.y.h {
		return 256
	}
	planes := [][2]plane{{a.y, b.y}}
	if !a.gray {
		planes = append(planes, [2]plane{a.cb, b.cb}, [2]plane{a.cr, b.cr})
	}
	for _, p := range planes {
		for y := range p[0].h {
			for x, v := range p[0].row(y) {
				d := int(v) - int(p[1].row(y)[x])
				most = max(most, d, -d)
			}
		}
	}
	return most
}
