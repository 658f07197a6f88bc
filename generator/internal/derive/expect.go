package derive

import (
	"context"
	"io/fs"

	"vitrine/generator/iiif"
)

// Expect names what Make would give, from the header of the master alone:
// names and sizes in pixels, without Bytes, SHA256 and Path. That the master
// can be decoded is not known until Make has done it.
func (c *Cache) Expect(ctx context.Context, fsys fs.FS, name string, specs []Spec) ([]Derived, error) {
	specs, err := normalAll(specs)
	if err != nil || len(specs) == 0 {
		return nil, err
	}
	m, err := c.Master(ctx, fsys, name)
	if err != nil {
		return nil, err
	}
	var out []Derived
	for _, s := range fit(m.Info, specs) {
		out = append(out, s.expect(m)...)
	}
	return out, nil
}

// expect names what is made to a spec that was fitted to a master.
func (s Spec) expect(m Master) (out []Derived) {
	whole := iiif.Size{Width: s.Width, Height: heightAt(m.Info, s.Width)}
	if s.Tile == 0 {
		return []Derived{{Name: s.name(m.SHA256), Width: whole.Width, Height: whole.Height}}
	}
	for _, scale := range iiif.Scales(whole, s.Tile) {
		for t := range iiif.Tiles(whole, s.Tile, scale) {
			out = append(out, Derived{Name: s.folder(m.SHA256) + "/" + t.Path(), Width: t.Size.Width, Height: t.Size.Height})
		}
	}
	return out
}
