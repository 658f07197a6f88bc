package derive

import (
	"context"
	"io/fs"
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
		out = append(out, s.named(m.Info, m.SHA256))
	}
	return out, nil
}
