// Package derive makes thumbnails, sizes and tiles from masters.
//
// A master is a scan as the archive keeps it: JPEG, PNG, TIFF or WebP, or a PDF, whose
// pages are drawn. A derivative is what
// readers get: an upright JPEG at some width, on white paper where the master is transparent,
// with the master's colour profile and no other metadata; or a folder of such files, which
// show the whole image at some widths and all of it in tiles, as IIIF has it. A TIFF may have
// several pages; each has derivatives of its own. A derivative is a pure
// function of the master's bytes and a [Spec], and its name says so: any process, on any
// machine, that makes it gives it the same name.
//
// Masters are not trusted. [Probe] reads headers only and checks them against the length of
// the file; a decoder is started only when the memory it will need has been reserved, and
// what it cannot take is an [Error], in Vietnamese and English, never a crash.
package derive

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"math"
	"reflect"
	"slices"

	"vitrine/generator/iiif"
)

// version enters every name. Raise it when a change here, or in a decoder, changes pixels.
const version = 4

// Full as the width of a Spec stands for the master's own width.
const Full = 0

// minTile is the least side of a tile in pixels.
const minTile = 64

const (
	formatJPEG = "jpeg"
	// maxSide is the longest side that the JPEG format and every browser can show.
	maxSide = 65500
)

// Spec describes one derivative.
type Spec struct {
	Width   int    // pixels of the upright image, or Full
	MaxSide int    // longest side allowed in pixels, as a clearance sets it; 0 for no limit
	Format  string // "jpeg", also where empty
	Quality int    // 1 to 100 of the JPEG scale; 0 for what suits the image: photograph, page of text, or black and white
	Tile    int    // side in pixels, even, of the tiles into which the image is cut at all scales; 0 for a single file
	Sizes   []int  // widths at which the whole image lies beside its tiles, or Full; what is larger than the image is left out
	Page    int    // of a master of several, from 0

	shrunk int // how many times smaller, across and down, all that is made of the page may be decoded; 1 or less for not at all
}

// Info is what the header of a master says.
type Info struct {
	Format string `json:"format"` // "jpeg", "png", "tiff", "webp" or "pdf"
	Width  int    `json:"width"`  // pixels, after orientation, of the first page
	Height int    `json:"height"` // pixels, after orientation, of the first page
	Pages  int    `json:"pages"`  // of a TIFF or PDF file; else 1

	Orientation int `json:"orientation,omitempty"` // of the pixels of the first page as they are stored, 2 to 8 as EXIF numbers them; 0 where they are upright

	Sizes []iiif.Size `json:"sizes,omitempty"` // of all pages, where there are several
}

// Page is what the header says of one page, from 0, as of a master by itself.
func (in Info) Page(i int) Info {
	if len(in.Sizes) == 0 {
		return in
	}
	return Info{Format: in.Format, Width: in.Sizes[i].Width, Height: in.Sizes[i].Height, Pages: 1}
}

// normal fills in the defaults of s, or says what is wrong with it.
func (s Spec) normal() (Spec, error) {
	if s.Format == "" {
		s.Format = formatJPEG
	}
	tiles := s.Tile == 0 && len(s.Sizes) == 0 || s.Tile >= minTile && s.Tile%2 == 0 && !slices.ContainsFunc(s.Sizes, func(w int) bool { return w < 0 })
	if s.Format != formatJPEG || s.Width < 0 || s.MaxSide < 0 || s.Page < 0 || s.Quality < 0 || s.Quality > 100 || !tiles {
		return s, fmt.Errorf("derive: no derivative can be made to %+v", s)
	}
	if s.MaxSide == 0 || s.MaxSide > maxSide {
		s.MaxSide = maxSide
	}
	return s, nil
}

func normalAll(specs []Spec) ([]Spec, error) {
	out := make([]Spec, len(specs))
	for i, s := range specs {
		n, err := s.normal()
		if err != nil {
			return nil, err
		}
		out[i] = n
	}
	return out, nil
}

// pagewise hands on the specs of each page; those of one stand together.
func pagewise(specs []Spec) iter.Seq2[int, []Spec] {
	return func(yield func(int, []Spec) bool) {
		for len(specs) > 0 {
			page, n := specs[0].Page, 1
			for n < len(specs) && specs[n].Page == page {
				n++
			}
			if !yield(page, specs[:n]) {
				return
			}
			specs = specs[n:]
		}
	}
}

// fit turns what was asked for into what this master can give; pages that it has not
// are left out.
func fit(in Info, specs []Spec) (out []Spec) {
	for page, of := range pagewise(specs) {
		if page < max(1, in.Pages) {
			out = append(out, fitPage(in.Page(page), of)...)
		}
	}
	return out
}

// fitPage turns what was asked for of a page into what it can give, with MaxSide worked
// into Width. Nothing is enlarged: a width above the page's is dropped. Where that leaves
// nothing, the first spec is made at the page's own size. Equal results are made once.
func fitPage(in Info, specs []Spec) []Spec {
	var out []Spec
	add := func(s Spec, width int) {
		s.Width, s.MaxSide = min(width, widest(in, s.MaxSide)), 0
		s.Sizes = s.sizes()
		if !slices.ContainsFunc(out, func(o Spec) bool { return reflect.DeepEqual(o, s) }) {
			out = append(out, s)
		}
	}
	for _, s := range specs {
		switch {
		case s.Width == Full:
			add(s, in.Width)
		case s.Width <= in.Width:
			add(s, s.Width)
		}
	}
	if len(out) == 0 && len(specs) > 0 {
		add(specs[0], in.Width)
	}
	if n := shrinkage(in, out); n > 1 {
		for i := range out {
			out[i].shrunk = n
		}
	}
	return out
}

// maxShrunk is how many times smaller the blocks of a JPEG file can be decoded: to one pixel.
const maxShrunk = 8

// shrinkage is how many times smaller a page may be decoded for what is to be drawn of it: to the level of the
// pyramid that the largest of it would be drawn from. Only JPEG has such a way.
func shrinkage(in Info, specs []Spec) int {
	if in.Format != formatJPEG || len(specs) == 0 {
		return 1
	}
	least := math.Inf(1)
	for _, s := range specs {
		least = min(least, float64(in.Width)/float64(s.Width), float64(in.Height)/float64(heightAt(in, s.Width)))
	}
	n := 1
	for least >= 2*sharpness && n < maxShrunk {
		least, n = least/2, 2*n
	}
	return n
}

// sizes are the widths asked for of an image that is Width pixels wide.
func (s Spec) sizes() (out []int) {
	for _, w := range s.Sizes {
		if w == Full {
			out = append(out, s.Width)
		} else if w < s.Width {
			out = append(out, w)
		}
	}
	return out
}

// widest is the greatest width at which neither side of in exceeds side.
func widest(in Info, side int) int {
	if in.Width >= in.Height {
		return min(in.Width, side)
	}
	return max(1, min(in.Width, int(int64(side)*int64(in.Width)/int64(in.Height))))
}

// Within is the size of an image of which neither side may exceed so many
// pixels; 0 is no limit.
func (in Info) Within(side int) iiif.Size {
	if side == 0 || side > maxSide {
		side = maxSide
	}
	return in.at(widest(in, side))
}

// at is the size of an image that is drawn width pixels wide.
func (in Info) at(width int) iiif.Size { return iiif.Size{Width: width, Height: heightAt(in, width)} }

// heightAt is the height of in when it is drawn width pixels wide.
func heightAt(in Info, width int) int {
	h := math.Round(float64(in.Height) * float64(width) / float64(in.Width))
	return max(1, int(h))
}

// drawing is raised whenever this program draws the same master otherwise, so that
// what an earlier one made is not taken for it.
const drawing = 3

// name is that of what is made to a spec that was fitted to a master: its hash covers the
// master's bytes and all that decides how they are drawn. What lies in a folder is told by
// the paths there.
func (s Spec) name(masterSHA256 string) string {
	how := []string{fmt.Sprint(drawing), masterSHA256, s.Format, fmt.Sprint(s.Width), fmt.Sprint(s.Quality)}
	if s.Tile > 0 {
		how = append(how, fmt.Sprint(s.Tile))
	}
	if s.Page > 0 {
		how = append(how, fmt.Sprint("page ", s.Page))
	}
	if s.shrunk > 1 {
		how = append(how, fmt.Sprint("shrunk ", s.shrunk))
	}
	if s.Tile > 0 {
		return "iiif/" + digest("tiles", how...)
	}
	h := digest("derivative", how...)
	return fmt.Sprintf("media/%s/%s-w%d.jpg", h[:2], h, s.Width)
}

// digest is 128 bits, in lower hex, over the version and parts.
func digest(of string, parts ...string) string {
	h := sha256.New()
	fmt.Fprintf(h, "derive %d\n", version)
	for _, p := range append([]string{of}, parts...) {
		fmt.Fprintf(h, "%d:%s\n", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
