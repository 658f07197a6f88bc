package derive

// pyramid is a sheet at its own size, at half of it, at a quarter and so on.
// Everything that is drawn of a master is drawn from the level next above its
// size, so the pixels of the master are gone through once, however much is
// drawn. Colour is at half the size of light on every level, as the encoder
// writes it.
type pyramid struct {
	levels  []sheet
	w, h    float64 // of the master, in pixels of the first level: those at its edges may stand for a part of one
	suiting int     // the quality that suits what it shows; 0 before anybody asked
}

func newPyramid(s sheet) *pyramid {
	return &pyramid{levels: []sheet{s.paired()}, w: float64(s.y.w), h: float64(s.y.h)}
}

// pyramidOf is that of what was decoded of a master, perhaps smaller than it is.
func pyramidOf(s sheet, h header) *pyramid {
	p := newPyramid(s)
	if n := float64(h.shrunk); n > 1 {
		w, ht := h.stored()
		p.w, p.h = float64(w)/n, float64(ht)/n
	}
	return p
}

// level is the sheet after so many halvings; sides are rounded up.
func (p *pyramid) level(k int) sheet {
	for len(p.levels) <= k {
		p.levels = append(p.levels, p.levels[len(p.levels)-1].halved())
	}
	return p.levels[k]
}

// sharpness is how many pixels of a level are left, at least, to one of what is drawn from it.
// Larger is finer and slower; libvips takes 2 as well. At 2 the result is within a level or
// two of a single pass over all pixels, even on a page of fine black strokes.
const sharpness = 2

// near is the smallest level from which w × h pixels are drawn well, and how many of its
// pixels each of them covers.
func (p *pyramid) near(w, h int) (s sheet, sx, sy float64) {
	sx, sy = p.w/float64(w), p.h/float64(h)
	k := 0
	for min(sx, sy) >= 2*sharpness {
		sx, sy, k = sx/2, sy/2, k+1
	}
	return p.level(k), sx, sy
}

// paired is a sheet with one pixel of colour to two of light, across and down. Where
// colour is finer pixels are averaged; where it is coarser, as in few old files, drawn larger.
func (s sheet) paired() sheet {
	if s.gray || s.subX == 2 && s.subY == 2 {
		return s
	}
	pair := func(p plane) plane {
		if s.subX <= 2 && s.subY <= 2 {
			return p.shrunk(2/s.subX, 2/s.subY)
		}
		return p.scaled((s.y.w+1)/2, (s.y.h+1)/2, 2/float64(s.subX), 2/float64(s.subY))
	}
	s.cb, s.cr, s.subX, s.subY = pair(s.cb), pair(s.cr), 2, 2
	return s
}

// halved is a sheet at half its size.
func (s sheet) halved() sheet {
	out := s
	if out.y = s.y.shrunk(2, 2); !s.gray {
		out.cb, out.cr = s.cb.shrunk(2, 2), s.cr.shrunk(2, 2)
	}
	return out
}
