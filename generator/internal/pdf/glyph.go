package pdf

import "slices"

// maxPairs is how many pairs of characters that share their place are compared.
const maxPairs = 50_000_000

// underGlyphs finds letters and digits over which glyphs are drawn later that fill their
// own boxes, as black squares and full blocks do. What a glyph is called does not
// matter: fonts call them as they like.
func (t *text) underGlyphs(leaves []leaf) error {
	under, over, err := t.crowded(leaves)
	if err != nil || len(under) == 0 {
		return err
	}
	solid, err := t.solidGlyphs(over, leaves)
	if err != nil {
		return err
	}
	if len(solid)*len(under) > maxPairs {
		return t.complex()
	}
	for _, c := range under {
		hidden := 0.0
		for _, g := range solid {
			if c != g && c.order <= g.order { // in a leaf all have one colour: above a box nothing is seen either
				hidden += c.box.within(g.box).area()
			}
		}
		c.covered = c.covered || hidden > most*c.box.area()
	}
	return nil
}

// crowded are the letters and digits that share most of their place with other
// characters, of which there are none in a text that is merely set; and, where there
// are some, all painted characters that share any of theirs, as they are drawn.
func (t *text) crowded(leaves []leaf) (under, over []*char, err error) {
	boxes := newPile(t.w, t.h)
	for _, c := range t.chars {
		boxes.lay(c.box)
	}
	boxes.keep(2)
	for i := range t.chars {
		c := &t.chars[i]
		switch shared := boxes.part(c.box); {
		case shared > most && c.word:
			under = append(under, c)
			fallthrough
		case shared > 0:
			over = append(over, c)
		}
	}
	if len(under) == 0 {
		return nil, nil, nil
	}
	for _, c := range over {
		if err := t.locate(c, leaves); err != nil {
			return nil, nil, err
		}
	}
	over = slices.DeleteFunc(over, func(c *char) bool { return c.unseen })
	slices.SortStableFunc(over, func(a, b *char) int { return a.order - b.order })
	return under, over, nil
}

// solidGlyphs are those of some characters, in the order in which they are drawn, that
// fill their boxes. They are first looked at all at once, since nearly always there are none.
func (t *text) solidGlyphs(chars []*char, leaves []leaf) (out []*char, err error) {
	if err := t.activate(leaves, false); err != nil {
		return nil, err
	}
	some, err := t.filling(chars, leaves)
	if err != nil {
		return nil, err
	}
	renders := 0
	for len(some) > 0 {
		if renders++; renders > maxRenders {
			return nil, t.complex()
		}
		n := 1
		for n < len(some) && some[n].order == some[0].order {
			n++
		}
		alone, err := t.filling(some[:n], leaves)
		if err != nil {
			return nil, err
		}
		out, some = append(out, alone...), some[n:]
	}
	return out, t.activate(leaves, true)
}

// filling draws the leaves of some characters, in the order in which they are drawn, and
// tells which of the characters fill their boxes. Nothing else may be active.
func (t *text) filling(chars []*char, leaves []leaf) (out []*char, err error) {
	var parts []leaf
	for i, c := range chars {
		if i == 0 || chars[i-1].order != c.order {
			parts = append(parts, leaves[c.order])
		}
	}
	mask := make([]bool, t.w*t.h)
	if err := t.opaque(mask, parts); err != nil {
		return nil, err
	}
	for _, c := range chars {
		r := c.box.pixels()
		w, h := float64(r.Dx()), float64(r.Dy())
		const stem, full = 1 / 3., 0.75       // a circle fills as much; no letter does that is wider than a stem
		within := (w - 1) * (h - 1) / (w * h) // the edges may be blurred
		if w > stem*h && t.part(mask, c.box) > full*within {
			out = append(out, c)
		}
	}
	return out, nil
}

// pile counts for each place of a page how many boxes with smaller or the same
// coordinates there are, so that laying and asking take the same time for every box.
type pile struct {
	w, h int
	at   []int32
}

func newPile(w, h int) *pile { return &pile{w, h, make([]int32, (w+1)*(h+1))} }

// corners are where a box begins and ends.
func (p *pile) corners(b box) (from, right, below, to int) {
	r := b.pixels()
	x0, y0, x1, y1 := min(max(0, r.Min.X), p.w), min(max(0, r.Min.Y), p.h), min(max(0, r.Max.X), p.w), min(max(0, r.Max.Y), p.h)
	return y0*(p.w+1) + x0, y0*(p.w+1) + x1, y1*(p.w+1) + x0, y1*(p.w+1) + x1
}

// lay adds a box; after keep none may be.
func (p *pile) lay(b box) {
	from, right, below, to := p.corners(b)
	p.at[from]++
	p.at[right]--
	p.at[below]--
	p.at[to]++
}

// keep leaves the places on which at least n boxes lie, for part to be asked.
func (p *pile) keep(n int32) {
	p.sum()
	for y := p.h; y >= 0; y-- {
		for x := p.w; x >= 0; x-- {
			i := y*(p.w+1) + x
			p.at[i] = 0
			if x > 0 && y > 0 && p.at[i-p.w-2] >= n {
				p.at[i] = 1
			}
		}
	}
	p.sum()
}

// sum makes each number the sum of those above and left of it, and its own.
func (p *pile) sum() {
	for i := range p.at {
		if i%(p.w+1) > 0 {
			p.at[i] += p.at[i-1]
		}
	}
	for i := p.w + 1; i < len(p.at); i++ {
		p.at[i] += p.at[i-p.w-1]
	}
}

// part is how much of a box was kept, of 1.
func (p *pile) part(b box) float64 {
	from, right, below, to := p.corners(b)
	r := b.pixels()
	return float64(p.at[to]-p.at[right]-p.at[below]+p.at[from]) / float64(r.Dx()*r.Dy())
}
