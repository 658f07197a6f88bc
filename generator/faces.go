package generator

import (
	"hash/maphash"
	"sync"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/plan"
)

// faces finds records by the names of their thumbnails, which stand in lists.
// All are gone through when the first is asked for.
type faces struct {
	seed maphash.Seed
	rows func() map[uint64]int32 // by the hash of the name
}

func newFaces(p *plan.Plan) *faces {
	f := &faces{seed: maphash.MakeSeed()}
	thumbs, units := p.Thumbs, int32(p.Catalog.Len(catalog.Unit))
	f.rows = sync.OnceValue(func() map[uint64]int32 {
		out := map[uint64]int32{}
		for row := range units {
			if th, ok := thumbs.Of(row); ok {
				out[f.hash(th.Name)] = row
				if th.Large != "" {
					out[f.hash(th.Large)] = row
				}
			}
		}
		return out
	})
	return f
}

func (f *faces) hash(name string) uint64 { return maphash.String(f.seed, name) }

func (f *faces) row(name string) (int32, bool) {
	row, ok := f.rows()[f.hash(name)]
	return row, ok
}
