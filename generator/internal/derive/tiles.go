package derive

import (
	"context"

	"vitrine/generator/iiif"
)

// tiled cuts the sheet into tiles at all scales and puts them into the cache.
// Tiles of the master's own size come from the levels of the pyramid, those of a
// smaller one, as a clearance may ask, from a pyramid of their own.
func (c *Cache) tiled(ctx context.Context, p *pyramid, h header, s Spec, masterSHA256 string) (out []Derived, err error) {
	if s.Width != h.Width || h.orientation > 1 {
		p = newPyramid(p.drawn(h, s.Width))
	}
	size := iiif.Size{Width: s.Width, Height: heightAt(h.Info, s.Width)}
	for k, scale := range iiif.Scales(size, s.Tile) {
		for t := range iiif.Tiles(size, s.Tile, scale) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			d, err := c.keep(p.level(k).part(t), h, s.Quality, s.folder(masterSHA256)+"/"+t.Path())
			if err != nil {
				return nil, err
			}
			out = append(out, d)
		}
	}
	return out, nil
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
