package page

import (
	"slices"
	"strconv"
	"strings"
)

// Language is the language of the page.
func (l Layout) Language() string { return l.Lang }

// Largest is the widest file of the picture.
func (i Image) Largest() string {
	href, width := i.Src, 0
	for _, s := range i.Sources {
		if s.Width > width {
			href, width = s.Href, s.Width
		}
	}
	return href
}

// Srcset is the value of the attribute of that name; it is empty when there is
// only one size.
func (i Image) Srcset() string {
	if len(i.Sources) < 2 {
		return ""
	}
	var b strings.Builder
	for n, s := range i.Sources {
		if n > 0 {
			b.WriteString(", ")
		}
		b.WriteString(s.Href)
		b.WriteByte(' ')
		b.WriteString(strconv.Itoa(s.Width))
		b.WriteByte('w')
	}
	return b.String()
}

// Views reports whether the record has pictures to look at closely.
func (r Record) Views() bool {
	return slices.ContainsFunc(r.Sheets, func(s Sheet) bool { return s.Image != nil })
}

// Compares reports whether pictures of the exhibition can be laid over each other.
func (e Exhibition) Compares() bool {
	compares := func(b Block) bool { return b.Compare != "" }
	return slices.ContainsFunc(e.Sections, func(s Section) bool { return slices.ContainsFunc(s.Blocks, compares) }) || slices.ContainsFunc(e.Closing, compares)
}

// Box is the region in pixels of a picture, as an SVG viewBox: "x y w h".
func (r Region) Box(i *Image) string {
	at := func(size, percent int) string { return strconv.Itoa(size * percent / 100) }
	return at(i.Width, r.X) + " " + at(i.Height, r.Y) + " " + at(i.Width, r.W) + " " + at(i.Height, r.H)
}

// A ruler is drawn in a viewBox of 1000 × 16: the span lies on a base line at
// y = rulerBase, the ticks hang below it.
const (
	rulerTop   = 3
	rulerBase  = 9
	shortTick  = 3
	longTick   = 7
	rulerTaper = 40 // of a soft or open end
)

// TickPath is the SVG path of the base line and its ticks.
func (r Ruler) TickPath() string {
	var b strings.Builder
	b.WriteString("M0 9H1000")
	for _, t := range r.Ticks {
		depth := shortTick
		if t.Long {
			depth = longTick
		}
		move(&b, t.X, rulerBase)
		b.WriteByte('v')
		b.WriteString(strconv.Itoa(depth))
	}
	return b.String()
}

// SpanPath is the SVG path of the span: a bar whose approximate ends slope
// down to the base line and whose open ends are arrow heads.
func (r Ruler) SpanPath() string {
	return barPath(r.X, rulerTop, max(r.W, 4), rulerBase-rulerTop, rulerTaper, ends{r.SoftLo, r.SoftHi, r.OpenLo, r.OpenHi})
}

// MarkHeight is the height of a bar of the timeline, in units of its viewBox.
// A point is as high.
const MarkHeight = 10

// FlagWidth is what the flag of a commemorated day takes up before its mark.
const FlagWidth = 14

// Path is the SVG path of a bar on the timeline.
func (m Mark) Path() string {
	return barPath(m.X, m.Y-MarkHeight/2, max(m.W, 2), MarkHeight, MarkHeight, ends{m.SoftLo, m.SoftHi, m.OpenLo, m.OpenHi})
}

// Right is the x at which the text of a mark may start.
func (m Mark) Right() int { return m.X + max(m.W, MarkHeight/2) + 4 }

// TextX is the x at which the text of a mark starts, or ends where it stands
// before the mark.
func (m Mark) TextX() int {
	switch m.Side {
	case "before":
		if m.Flag {
			return m.X - MarkHeight/2 - 4 - FlagWidth
		}
		return m.X - MarkHeight/2 - 4
	case "inside":
		return m.X + 2*MarkHeight
	}
	return m.Right()
}

// ends says how the two ends of a bar look.
type ends struct{ softLo, softHi, openLo, openHi bool }

// barPath draws a bar of w × h whose upper left corner is at x, y. Ends that
// are not sharp take up taper units, or less where the bar is short.
func barPath(x, y, w, h, taper int, e ends) string {
	taper = min(taper, w/2)
	top := [2]int{x, x + w} // where the upper edge starts and stops
	if e.softLo || e.openLo {
		top[0] += taper
	}
	if e.softHi || e.openHi {
		top[1] -= taper
	}
	foot := [2]int{x, x + w} // where the lower edge starts and stops
	if e.openLo {
		foot[0] = top[0]
	}
	if e.openHi {
		foot[1] = top[1]
	}
	var b strings.Builder
	move(&b, top[0], y)
	line(&b, top[1], y)
	if e.openHi {
		line(&b, x+w, y+h/2)
	}
	line(&b, foot[1], y+h)
	line(&b, foot[0], y+h)
	if e.openLo {
		line(&b, x, y+h/2)
	}
	b.WriteByte('Z')
	return b.String()
}

func move(b *strings.Builder, x, y int) { point(b, 'M', x, y) }
func line(b *strings.Builder, x, y int) { point(b, 'L', x, y) }

func point(b *strings.Builder, op byte, x, y int) {
	b.WriteByte(op)
	b.WriteString(strconv.Itoa(x))
	b.WriteByte(' ')
	b.WriteString(strconv.Itoa(y))
}
