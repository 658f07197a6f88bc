package generator

import (
	"hash/maphash"
	"sync"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/excise"
	"vitrine/generator/internal/plan"
)

// faces finds records by the stems of their thumbnails, which stand in lists.
// All are gone through when the first is asked for.
type faces struct {
	seed maphash.Seed
	rows func() map[uint64]int32 // by the hash of the stem
}

func newFaces(p *plan.Plan) *faces {
	f := &faces{seed: maphash.MakeSeed()}
	thumbs, units := p.Thumbs, int32(p.Catalog.Len(catalog.Unit))
	f.rows = sync.OnceValue(func() map[uint64]int32 {
		out := map[uint64]int32{}
		for row := range units {
			if th, ok := thumbs.Of(row); ok {
				out[f.hash(excise.Stem(th.Name))] = row
				if th.Large != "" {
					out[f.hash(excise.Stem(th.Large))] = row
				}
			}
		}
		return out
	})
	return f
}

func (f *faces) hash(stem string) uint64 { return maphash.String(f.seed, stem) }

func (f *faces) row(stem string) (int32, bool) {
	row, ok := f.rows()[f.hash(stem)]
	return row, ok
}
