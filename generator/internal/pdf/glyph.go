package pdf

import "slices"

// What a glyph is that is a box: not so small that any letter looks like one, wider
// than a stem, and as full as a circle is. No letter is.
const (
	fewestPixels = 6
	stem         = 1 / 3. // of its height
	full         = 0.75   // of its box
)

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
	shared, err := t.overlaps()
	if err != nil {
		return nil, nil, err
	}
	for i := range t.chars {
		c := &t.chars[i]
		if shared[i] > 0 {
			over = append(over, c)
		}
		if c.word && shared[i] > most*c.box.area() {
			under = append(under, c)
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

// overlaps is how large a place each character shares with others. Characters are
// compared that meet in a cell, so that those of a text that is merely set have few to meet.
func (t *text) overlaps() ([]float64, error) {
	const cell, ligature = 32, 4 // pixels, characters
	cells := map[[2]int][]int{}
	shared := make([]float64, len(t.chars))
	work := 0
	for i, c := range t.chars {
		b := c.box.within(box{0, 0, float64(t.w), float64(t.h)})
		for y := max(0, int(b.y0)/cell); y <= int(b.y1)/cell; y++ {
			for x := max(0, int(b.x0)/cell); x <= int(b.x1)/cell; x++ {
				at := [2]int{x, y}
				for _, j := range cells[at] {
					if i-j < ligature && c.box == t.chars[j].box {
						continue // they are one glyph
					}
					in := b.within(t.chars[j].box)
					if int(in.x0)/cell == x && int(in.y0)/cell == y { // else they are compared elsewhere
						shared[i] += in.area()
						shared[j] += in.area()
					}
				}
				if work += 1 + len(cells[at]); work > maxPairs {
					return nil, t.complex()
				}
				cells[at] = append(cells[at], i)
			}
		}
	}
	return shared, nil
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
		within := (w - 1) * (h - 1) / (w * h) // the edges may be blurred
		if min(w, h) >= fewestPixels && w > stem*h && t.part(mask, c.box) > full*within {
			out = append(out, c)
		}
	}
	return out, nil
}
