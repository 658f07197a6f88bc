package pdfclean

import (
	"maps"
	"math"
	"slices"
)

// lettering is a font of Type 3 as it is drawn with a matrix.
type lettering struct {
	font uintptr
	m    linear
}

// glyphs looks once at the glyphs of a font of Type 3 as they are drawn with a matrix. Large
// is the longest side of what they draw, in their own unit.
func (w *walker) glyphs(font dict, m linear) (large float64, err error) {
	once := lettering{identity(font), m}
	if large, ok := w.large[once]; ok {
		return large, nil
	}
	defer func() { w.large[once] = large }()
	procs := w.doc.dictAt(font["CharProcs"])
	for _, n := range slices.Sorted(maps.Keys(procs)) {
		s, ok := w.doc.at(procs[n]).(*stream)
		if !ok {
			continue
		}
		content, err := w.doc.unpack(s)
		if err != nil {
			return 0, err
		}
		size, err := w.glyph(content, m)
		if err != nil {
			return 0, err
		}
		large = max(large, size)
	}
	return large, nil
}

// glyph is how large one is.
func (w *walker) glyph(content []byte, m linear) (size float64, err error) {
	p := pen{at: unmoved}
	var kept []pen
	low, high := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	point := func(x, y float64) {
		for i, at := range [2]float64{x*p.at.a + y*p.at.c, x*p.at.b + y*p.at.d} {
			low[i], high[i] = min(low[i], at), max(high[i], at)
		}
	}
	fault := operators(content, func(op word, operands []any, image *inline) {
		n, _ := numbers(operands, len(operands))
		switch {
		case err != nil:
		case image != nil:
			size = max(size, math.Abs(p.at.a)+math.Abs(p.at.c), math.Abs(p.at.b)+math.Abs(p.at.d))
			err = w.picture(image.stream, pen{at: p.at.then(m)})
		case op == "q":
			kept = append(kept, p)
		case op == "Q" && len(kept) > 0:
			p, kept = kept[len(kept)-1], kept[:len(kept)-1]
		case op == "re" && len(n) == 4:
			point(n[0], n[1])
			point(n[0]+n[2], n[1]+n[3])
		case op == "m" || op == "l" || op == "c" || op == "v" || op == "y":
			for ; len(n) > 1; n = n[2:] {
				point(n[0], n[1])
			}
		case !p.set(op, operands):
			err = damaged()
		}
	})
	if fault != nil {
		return 0, fault
	}
	return max(size, high[0]-low[0], high[1]-low[1]), err
}
