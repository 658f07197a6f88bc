package pdfclean

import (
	"math"
	"regexp"
	"strconv"
)

// linear is a matrix as content gives it (ISO 32000-1, 8.3.3), without the place to which it
// moves what is drawn.
type linear struct{ a, b, c, d float64 }

var unmoved = linear{1, 0, 0, 1}

// then is m before n.
func (m linear) then(n linear) linear {
	return linear{m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d, m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d}
}

func (m linear) area() float64 { return math.Abs(m.a*m.d - m.b*m.c) }

// least is how long what was 1 long is at least, in whatever direction.
func (m linear) least() float64 {
	squares := m.a*m.a + m.b*m.b + m.c*m.c + m.d*m.d
	most := math.Sqrt((squares + math.Sqrt(max(0, squares*squares-4*m.area()*m.area()))) / 2)
	return ratio(m.area(), most)
}

// sides are how far the left edge of a unit square is from the right one, and the lower
// from the upper.
func (m linear) sides() (wide, high float64) {
	return ratio(m.area(), math.Hypot(m.c, m.d)), ratio(m.area(), math.Hypot(m.a, m.b))
}

// ratio is a part of a whole, and 0 of nothing, or of what is no number.
func ratio(part, whole float64) float64 {
	if r := part / whole; r > 0 && r <= math.MaxFloat64 {
		return r
	}
	return 0
}

// plainNumber is a number as the standard writes it (ISO 32000-1, 7.3.3). What else begins
// like one, each program reads otherwise.
var plainNumber = regexp.MustCompile(`^[+-]?([0-9]{1,20}\.?[0-9]{0,20}|\.[0-9]{1,20})$`)

// numbers are the last n of some operands.
func numbers(operands []any, n int) (out []float64, ok bool) {
	if len(operands) < n {
		return nil, false
	}
	for _, o := range operands[len(operands)-n:] {
		w, _ := o.(word)
		if !plainNumber.MatchString(string(w)) {
			return nil, false
		}
		f, _ := strconv.ParseFloat(string(w), 64)
		out = append(out, f)
	}
	return out, true
}

// matrixOf is a matrix of six numbers; one that is absent moves nothing.
func (d *document) matrixOf(o any) (m linear, ok bool) {
	all, isArray := d.at(o).([]any)
	if !isArray {
		return unmoved, d.at(o) == nil
	}
	given := make([]any, len(all))
	for i, e := range all {
		given[i] = d.at(e)
	}
	n, ok := numbers(given, len(given))
	if !ok || len(n) != 6 {
		return unmoved, false
	}
	return linear{n[0], n[1], n[2], n[3]}, true
}
