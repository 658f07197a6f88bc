package derive

import (
	"context"
	"math/bits"

	"vitrine/generator/iiif"
)

// cut draws every file of an IIIF image and hands it to keep, with its name and
// its place in the cache. Tiles of the master's own size come from the levels of
// the pyramid, those of a smaller one, as a clearance may ask, from a pyramid of
// their own.
func (d Derived) cut(ctx context.Context, p *pyramid, h header, keep func(m sheet, name, path string) error) error {
	own := p
	if d.Width != h.Width || h.orientation > 1 {
		own = newPyramid(p.drawn(h, d.Width))
	}
	for t := range d.tiles() {
		if err := ctx.Err(); err != nil {
			return err
		}
		var m sheet
		if t.Scale == sized {
			m = p.drawn(h, t.Size.Width)
		} else {
			m = own.level(bits.TrailingZeros(uint(t.Scale))).part(t)
		}
		name, path := d.file(t)
		if err := keep(m, name, path); err != nil {
			return err
		}
	}
	return nil
}

// part is what a tile shows, of a paired sheet at its scale. Tiles begin at even
// pixels, which share their colour with a neighbour.
func (s sheet) part(t iiif.Tile) sheet {
	at := t.Region.Min.Div(t.Scale)
	cut := func(p plane, x, y, w, h int) plane { return plane{w, h, p.stride, p.pix[y*p.stride+x:]} }
	w, h := t.Size.Width, t.Size.Height
	s.y = cut(s.y, at.X, at.Y, w, h)
	if !s.gray {
		s.cb, s.cr = cut(s.cb, at.X/2, at.Y/2, (w+1)/2, (h+1)/2), cut(s.cr, at.X/2, at.Y/2, (w+1)/2, (h+1)/2)
	}
	return s
}
