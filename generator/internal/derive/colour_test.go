package derive

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kovidgoyal/imaging"
	"github.com/lucasb-eyer/go-colorful"
)

// TestColoursLikeThoseOfLibvips holds the colour of every picture of the shared data that has a
// profile to what libvips makes of it in sRGB: by the mean difference that people see, CIE
// ΔE2000. Pictures in CMYK without a profile have no right colour; TestSharedColours holds the
// one there is to the picture that it was made of.
func TestColoursLikeThoseOfLibvips(t *testing.T) {
	dir, err := filepath.Abs("../../../../shared/data")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skip("skipped: ../shared/data is not beside the repository")
	}
	compared, worst, most := 0, "", 0.0
	for _, sub := range []string{"images", "collections", "large-scans"} {
		err := fs.WalkDir(os.DirFS(filepath.Join(dir, sub)), ".", func(name string, e fs.DirEntry, err error) error {
			file := filepath.Join(dir, sub, filepath.FromSlash(name))
			if err != nil || e.IsDir() || !hasProfile(file) {
				return err
			}
			out, err := newCache(t, 0).Make(context.Background(), os.DirFS(filepath.Dir(file)), filepath.Base(file), []Spec{{Width: 320, Quality: 95}})
			if err != nil {
				return nil // TestSharedImages says which files become no picture
			}
			compared++
			if d := colourDistance(t, out[0], peerColours(t, file, out[0])); d > most {
				most, worst = d, file
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d pictures; farthest from libvips is %s, ΔE2000 %.2f", compared, worst, most)
	if most >= 3 || compared < 40 {
		t.Errorf("%s: ΔE2000 of %.2f in the mean, want less than 3; %d compared", worst, most, compared)
	}
}

// hasProfile reports whether a file is a picture with a colour profile that libvips reads: it does
// not where separate planes lie in tiles.
func hasProfile(file string) bool {
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false
	}
	h, err := probe(&source{ctx: context.Background(), r: f, size: info.Size()})
	unread := h.blocks != nil && h.blocks.planar && h.blocks.tiled
	return err == nil && len(h.profile) > iccHeader && !unread
}

// peerColours is what libvips makes of a file in sRGB, on white paper, at the size of d.
func peerColours(t *testing.T, file string, d Derived) image.Image {
	t.Helper()
	out := filepath.Join(t.TempDir(), "peer.png")
	if b, err := exec.Command("vipsthumbnail", file, "-s", fmt.Sprintf("%dx%d!", d.Width, d.Height), "--eprofile", "srgb", "-o", out).CombinedOutput(); err != nil {
		t.Fatalf("vipsthumbnail %s: %v\n%s", file, err, b)
	}
	return imaging.Overlay(imaging.New(d.Width, d.Height, color.White), readPNG(t, out), image.Point{}, 1)
}

// colourDistance is the mean ΔE2000 (ISO/CIE 11664-6) of a derivative, in the colours of its own
// profile, and an image in sRGB, over squares of 4 × 4 pixels: how sharp their edges are is for
// TestThumbnailsLikeThoseOfLibvips.
func colourDistance(t *testing.T, d Derived, want image.Image) float64 {
	t.Helper()
	got, file := readDerived(t, d)
	if len(checkClean(t, file)) > 0 { // how it looks is for libvips to say
		seen := filepath.Join(t.TempDir(), "seen.png")
		vips(t, "icc_transform", d.Path, seen, "srgb", "--embedded")
		got = readPNG(t, seen)
	}
	w, h := max(1, d.Width/4), max(1, d.Height/4)
	got, want = imaging.Resize(got, w, h, imaging.Box), imaging.Resize(want, w, h, imaging.Box)
	sum := 0.0
	for y := range h {
		for x := range w {
			a, _ := colorful.MakeColor(got.At(x, y))
			b, _ := colorful.MakeColor(want.At(x, y))
			sum += 100 * a.DistanceCIEDE2000(b)
		}
	}
	return sum / float64(w*h)
}

func vips(t *testing.T, args ...string) {
	t.Helper()
	if out, err := exec.Command("vips", args...).CombinedOutput(); err != nil {
		t.Fatalf("vips %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// TestInks holds the colours of a CMYK master with the profile of a press to those that libvips
// makes of it. Without its profile they are far off.
func TestInks(t *testing.T) {
	dir := t.TempDir()
	squaresFile, printed := filepath.Join(dir, "rgb.png"), filepath.Join(dir, "printed.jpg")
	if err := os.WriteFile(squaresFile, pngBytes(t, squares(900, 700)), 0o644); err != nil {
		t.Fatal(err)
	}
	vips(t, "icc_transform", squaresFile, printed+"[Q=95]", "cmyk", "--input-profile", "srgb")
	out, err := newCache(t, 0).Make(context.Background(), os.DirFS(dir), "printed.jpg", []Spec{{Width: Full, Quality: 95}})
	if err != nil {
		t.Fatal(err)
	}
	if d := colourDistance(t, out[0], peerColours(t, printed, out[0])); d >= 1.5 {
		t.Errorf("ΔE2000 of %.2f from libvips", d)
	}
	if _, file := readDerived(t, out[0]); len(checkClean(t, file)) != 0 {
		t.Error("the profile of inks is still with a picture that is RGB by now")
	}
	checkBrokenInks(t, printed)
}

// checkBrokenInks spoils the profile of a file in many ways: it is read right or not at all.
func checkBrokenInks(t *testing.T, file string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	h, err := probe(&source{ctx: context.Background(), r: bytes.NewReader(b), size: int64(len(b))})
	if err != nil {
		t.Fatal(err)
	}
	if profiledInks(h.profile) == nil {
		t.Fatal("the whole profile is not read")
	}
	dice := rand.New(rand.NewPCG(1, 2))
	for range 80 {
		wrong := bytes.Clone(h.profile)
		for range 1 + dice.IntN(4) {
			wrong[dice.IntN(4096)%len(wrong)] = uint8(dice.Uint32())
		}
		if dice.IntN(3) == 0 {
			wrong = wrong[:dice.IntN(len(wrong))]
			if len(wrong) > 4 {
				binary.BigEndian.PutUint32(wrong, uint32(len(wrong)))
			}
		}
		if k := profiledInks(wrong); k != nil {
			k.of([4]uint8{10, 200, 30, 40})
		}
	}
}
