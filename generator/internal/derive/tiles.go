package derive

import (
	"context"
	"image"

	"vitrine/generator/iiif"
)

// tiled cuts the sheet into tiles at all scales and puts them into the cache.
// Tiles of the master's own size come from the levels of the pyramid, those of a
// smaller one, as a clearance may ask, from a pyramid of their own.
func (c *Cache) tiled(ctx context.Context, p *pyramid, h header, s Spec, masterSHA256 string) (out []Derived, err error) {
	if s.Width != h.Width || h.orientation > 1 {
		p = upright(p.drawn(h, s.Width))
	}
	size := iiif.Size{Width: s.Width, Height: heightAt(h.Info, s.Width)}
	for k, scale := range iiif.Scales(size, s.Tile) {
		img := p.level(k).drawing()
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

// upright is a pyramid over what was drawn.
func upright(img drawing) *pyramid {
	switch m := img.(type) {
	case *image.YCbCr:
		return newPyramid(planesOf(m, header{}))
	case *image.Gray:
		return newPyramid(sheet{y: plane{m.Rect.Dx(), m.Rect.Dy(), m.Stride, m.Pix}, gray: true})
	}
	panic("derive: a sheet is drawn in planes")
}

// drawing is a paired sheet as an image.
func (s sheet) drawing() drawing {
	if s.gray {
		return grey(s.y)
	}
	return picture(s.y, s.cb, s.cr)
}

// part is what a tile shows, of an image that was drawn at its scale. Tiles
// begin at even pixels, which share their colour with a neighbour.
func part(img drawing, t iiif.Tile) image.Image {
	at := t.Region.Min.Div(t.Scale)
	return img.SubImage(image.Rectangle{Min: at, Max: at.Add(image.Pt(t.Size.Width, t.Size.Height))})
}
