package derive

import (
	"context"
	"image"

	"vitrine/generator/iiif"
)

// tiled cuts the sheet into tiles at all scales and puts them into the cache.
// Each scale is made of the one before by averaging four pixels into one, so
// every pixel of the master is looked at once and a third more.
func (c *Cache) tiled(ctx context.Context, sh sheet, h header, s Spec, masterSHA256 string) (out []Derived, err error) {
	img := sh.drawn(h, s.Width)
	size := iiif.Size{Width: img.Bounds().Dx(), Height: img.Bounds().Dy()}
	for _, scale := range iiif.Scales(size, s.Tile) {
		if scale > 1 {
			img = halved(img)
		}
		for t := range iiif.Tiles(size, s.Tile, scale) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			d, err := c.keep(part(img, t), h, s.Quality, s.folder(masterSHA256)+"/"+t.Path())
			if err != nil {
				return nil, err
			}
			out = append(out, d)
		}
	}
	return out, nil
}

// drawing is an image of which a part can be taken without copying.
type drawing interface {
	image.Image
	SubImage(image.Rectangle) image.Image
}

// part is what a tile shows, of an image that was drawn at its scale. Tiles
// begin at even pixels, which share their colour with a neighbour.
func part(img drawing, t iiif.Tile) image.Image {
	at := t.Region.Min.Div(t.Scale)
	return img.SubImage(image.Rectangle{at, at.Add(image.Pt(t.Size.Width, t.Size.Height))})
}

// halved is an image at half its size, rounded up.
func halved(img drawing) drawing {
	switch m := img.(type) {
	case *image.YCbCr:
		w, h := m.Rect.Dx(), m.Rect.Dy()
		cw, ch := (w+1)/2, (h+1)/2
		return picture(plane{w, h, m.YStride, m.Y}.shrunk(2, 2), plane{cw, ch, m.CStride, m.Cb}.shrunk(2, 2), plane{cw, ch, m.CStride, m.Cr}.shrunk(2, 2))
	case *image.Gray:
		return grey(plane{m.Rect.Dx(), m.Rect.Dy(), m.Stride, m.Pix}.shrunk(2, 2))
	}
	panic("derive: a sheet is drawn in planes")
}
