package main

import "math"

// point is a place on a sheet, in pixels, y downwards.
type point struct{ x, y float64 }

func (p point) add(q point) point        { return point{p.x + q.x, p.y + q.y} }
func (p point) sub(q point) point        { return point{p.x - q.x, p.y - q.y} }
func (p point) times(k float64) point    { return point{p.x * k, p.y * k} }
func (p point) length() float64          { return math.Hypot(p.x, p.y) }
func toward(p, q point, t float64) point { return p.add(q.sub(p).times(t)) }

// box is an upright rectangle in pixels.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) width() float64        { return b.x1 - b.x0 }
func (b box) height() float64       { return b.y1 - b.y0 }
func (b box) inset(d float64) box   { return box{b.x0 + d, b.y0 + d, b.x1 - d, b.y1 - d} }
func (b box) centre() point         { return point{(b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2} }
func (b box) at(u, v float64) point { return point{b.x0 + u*b.width(), b.y0 + v*b.height()} }

// contains reports whether all of c lies in b.
func (b box) contains(c box) bool {
	return c.x0 >= b.x0 && c.y0 >= b.y0 && c.x1 <= b.x1 && c.y1 <= b.y1
}

// corners lists the four corners clockwise from the upper left.
func (b box) corners() []point {
	return []point{{b.x0, b.y0}, {b.x1, b.y0}, {b.x1, b.y1}, {b.x0, b.y1}}
}

// around is the smallest box that holds the points.
func around(pts []point) box {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, p := range pts {
		b.x0, b.x1 = math.Min(b.x0, p.x), math.Max(b.x1, p.x)
		b.y0, b.y1 = math.Min(b.y0, p.y), math.Max(b.y1, p.y)
	}
	return b
}

// matrix maps a point to (a·x + c·y + e, b·x + d·y + f).
type matrix struct{ a, b, c, d, e, f float64 }

func (m matrix) apply(p point) point {
	return point{m.a*p.x + m.c*p.y + m.e, m.b*p.x + m.d*p.y + m.f}
}

// after is the matrix that applies n first and m then.
func (m matrix) after(n matrix) matrix {
	return matrix{
		m.a*n.a + m.c*n.b, m.b*n.a + m.d*n.b,
		m.a*n.c + m.c*n.d, m.b*n.c + m.d*n.d,
		m.a*n.e + m.c*n.f + m.e, m.b*n.e + m.d*n.f + m.f,
	}
}

func shift(x, y float64) matrix { return matrix{1, 0, 0, 1, x, y} }
func scale(k float64) matrix    { return matrix{k, 0, 0, k, 0, 0} }

// turn rotates clockwise on the page by an angle in degrees about a point.
func turn(degrees float64, about point) matrix {
	s, c := math.Sincos(degrees * math.Pi / 180)
	r := matrix{c, s, -s, c, 0, 0}
	return shift(about.x, about.y).after(r).after(shift(-about.x, -about.y))
}

// step is one piece of an outline: M(ove), L(ine), Q(uadratic) or C(ubic).
type step struct {
	kind byte
	to   [3]point // the last one used is the end point
}

// outline is a filled outline of closed contours.
type outline []step

func (s step) points() []point {
	switch s.kind {
	case 'Q':
		return s.to[:2]
	case 'C':
		return s.to[:3]
	}
	return s.to[:1]
}

// extent is the box of all control points.
func (p outline) extent() box {
	var pts []point
	for _, s := range p {
		pts = append(pts, s.points()...)
	}
	return around(pts)
}

// contours splits an outline at its moves.
func (p outline) contours() []outline {
	var out []outline
	for i, s := range p {
		if s.kind == 'M' {
			out = append(out, outline{})
		}
		out[len(out)-1] = append(out[len(out)-1], p[i])
	}
	return out
}

// polygon is the closed outline through the points.
func polygon(pts ...point) outline {
	out := make(outline, len(pts))
	for i, q := range pts {
		out[i] = step{'L', [3]point{q}}
	}
	if len(out) > 0 {
		out[0].kind = 'M'
	}
	return out
}

// disc is a round outline, drawn with sixteen sides.
func disc(centre point, radius float64) outline {
	pts := make([]point, 16)
	for i := range pts {
		s, c := math.Sincos(float64(i) * math.Pi / 8)
		pts[i] = centre.add(point{c * radius, s * radius})
	}
	return polygon(pts...)
}

// strokePath outlines a round-ended line; width may differ at every point.
func strokePath(pts []point, width func(i int) float64) outline {
	out := outline{}
	for i, p := range pts {
		out = append(out, disc(p, width(i)/2)...)
		if i == 0 {
			continue
		}
		q := pts[i-1]
		d := p.sub(q)
		if d.length() == 0 {
			continue
		}
		n := point{d.y, -d.x}.times(1 / d.length())
		a, b := n.times(width(i-1)/2), n.times(width(i)/2)
		out = append(out, polygon(q.add(a), p.add(b), p.sub(b), q.sub(a))...)
	}
	return out
}

// line outlines a stroke of even width.
func line(width float64, pts ...point) outline {
	return strokePath(pts, func(int) float64 { return width })
}

// arc lists points of an ellipse from one angle to another, in degrees clockwise from east.
func arc(centre point, rx, ry, from, to float64) []point {
	n := 3 + int(math.Abs(to-from)/12)
	pts := make([]point, n)
	for i := range pts {
		s, c := math.Sincos((from + (to-from)*float64(i)/float64(n-1)) * math.Pi / 180)
		pts[i] = centre.add(point{c * rx, s * ry})
	}
	return pts
}
