package pdfclean

import (
	"iter"
	"maps"
	"math"
	"slices"
	"strconv"
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

// glyphs are the procedures that draw the glyphs of a font (ISO 32000-1, 9.6.5), of which
// some text shows one, and the resources that these use.
func (c *cleaner) glyphs(font dict) (to, resources dict) {
	to = dict{}
	uses := usesNothing()
	for n, content := range c.shownGlyphs(font) {
		drawn, err := redraw(content, uses)
		if err == nil {
			err = simple(content)
		}
		if err != nil {
			c.fail(err)
			return nil, nil
		}
		at := c.next()
		c.set(at, pack(drawn))
		to[n] = at
	}
	return to, c.resources(uses, c.doc.dictAt(font["Resources"]))
}

// shownGlyphs are the names and procedures of the glyphs that some text shows, in the order
// of their names. Those that a font calls by other means are none: without them the copy
// looks otherwise, and is not handed on.
func (c *cleaner) shownGlyphs(font dict) iter.Seq2[name, []byte] {
	called := map[name]bool{}
	differences, _ := c.encoding(font)["Differences"].([]any)
	for _, o := range differences {
		if n, ok := o.(name); ok {
			called[n] = true
		}
	}
	procs := c.doc.dictAt(font["CharProcs"])
	return func(yield func(name, []byte) bool) {
		for _, n := range slices.Sorted(maps.Keys(called)) {
			if s, ok := c.doc.at(procs[n]).(*stream); ok && n != notdef && !yield(n, c.unpack(s)) {
				return
			}
		}
	}
}

// painting are the operators that paint (ISO 32000-1, annex A).
var painting = setOf[word]("b B b* B* f F f* s S sh Do BI")

// simple refuses a glyph that is more than one shape or one picture: a shape may lie over
// another, and nobody could tell. So may one over text, or a clip cut off what is drawn.
func simple(glyph []byte) error {
	paints, odd := 0, false
	err := operators(glyph, func(op word, _ []any, _ *inline) {
		if painting[op] {
			paints++
		}
		odd = odd || op == "Do" || op == "Tj" || op == "TJ" || op == "'" || op == "\"" || op == "W" || op == "W*"
	})
	if err == nil && (odd || paints > 1) {
		err = fault("PDF có phông chữ (Type 3) mà nét chữ gồm chữ khác, biểu mẫu hay nhiều hình, trong đó có thể có phần không nhìn thấy",
			"the PDF has a font (Type 3) whose glyphs are made of text, forms or several shapes, which may hold what is not seen")
	}
	return err
}

// notdef is the name of no glyph.
const notdef = name(".notdef")

func (c *cleaner) isDict(o any) bool {
	_, ok := c.doc.at(o).(dict)
	return ok
}

// encoding takes over by which names a font calls its glyphs (ISO 32000-1, 9.6.6), without
// those that no text shows.
func (c *cleaner) encoding(font dict) dict {
	from, to := c.doc.dictAt(font["Encoding"]), dict{}
	for _, key := range []name{"Type", "BaseEncoding"} {
		if n, ok := c.doc.at(from[key]).(name); ok && (n == "Encoding" || encodings[n]) {
			to[key] = n
		}
	}
	all, ok := c.doc.at(from["Differences"]).([]any)
	if !ok {
		return to
	}
	shown := c.drawn.codes[identity(font)]
	code, out := 0, []any{}
	for _, o := range all {
		switch o := c.doc.at(o).(type) {
		case word:
			n, err := strconv.Atoi(string(o))
			if err != nil || n < 0 || n > math.MaxUint8 {
				n = math.MaxUint8 + 1
			}
			code, out = n, append(out, number(n))
		case name:
			if !shown[code] {
				o = notdef
			}
			code, out = code+1, append(out, o)
		}
	}
	to["Differences"] = out
	return to
}

// encodings are those that have a name (ISO 32000-1, annex D).
var encodings = setOf[name]("StandardEncoding MacRomanEncoding WinAnsiEncoding PDFDocEncoding MacExpertEncoding")
