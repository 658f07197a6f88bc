// Package placard draws the picture by which a page is shared: its title, the house, and a
// sheet of what it shows. Messengers and social networks take it in one size.
//
// It is set as the pages are, in their typefaces and colours: paper at the left, and at the
// right the table on which the sheet lies, never cropped. It knows text and pictures that it
// is handed, and nobody's records.
package placard

import (
	"image"
	"image/color"
	"image/jpeg"
	"io"

	"golang.org/x/image/draw"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// The size of a placard in pixels, which the networks ask for.
const (
	Width  = 1200
	Height = 630
)

// Version tells how placards are drawn from how they were. It is part of their names, and is
// raised with every change of the drawing.
const Version = 1

// Content is what stands on a placard, as plain text in one language.
type Content struct {
	Title  string
	Kind   string // what it is: "Trưng bày"
	Dates  string
	House  string
	Credit string // of the sheet
	Sheet  string // name of the file of the sheet; empty for none
}

// The colours of a page in daylight.
var (
	paper = color.RGBA{0xF7, 0xF2, 0xE8, 0xFF}
	table = color.RGBA{0x2A, 0x26, 0x22, 0xFF}
	ink   = color.RGBA{0x1F, 0x1B, 0x16, 0xFF}
	muted = color.RGBA{0x6A, 0x5F, 0x52, 0xFF}
	son   = color.RGBA{0xA3, 0x26, 0x1B, 0xFF}
	ruled = color.RGBA{0xB9, 0xAC, 0x97, 0xFF}
	chalk = color.RGBA{0xCF, 0xC4, 0xB2, 0xFF}
)

// The measures of a placard, in pixels.
const (
	margin    = 64
	tableFrom = 748  // where the table begins
	sheetWide = 372  // the most that a sheet takes of it
	sheetHigh = 500  // likewise
	quality   = 88   // of the JPEG
	leading   = 1.24 // from line to line, in sizes: Ẫ stands free below ợ
)

// Draw writes a placard as JPEG. sheet is the picture that lies on the table, nil for none.
func (f *Fonts) Draw(w io.Writer, c Content, sheet image.Image) error {
	d := &drawing{image.NewRGBA(image.Rect(0, 0, Width, Height))}
	d.fill(d.Bounds(), paper)
	right := Width - margin
	if sheet != nil {
		right = tableFrom - 48
		d.lay(f, sheet, c.Credit)
	}
	d.house(f, c, right)
	d.title(f, c.Title, right)
	d.foot(f, c, right)
	return jpeg.Encode(w, d.RGBA, &jpeg.Options{Quality: quality})
}

// drawing is a placard that is being drawn.
type drawing struct{ *image.RGBA }

func (d *drawing) fill(r image.Rectangle, c color.RGBA) {
	draw.Draw(d.RGBA, r, image.NewUniform(c), image.Point{}, draw.Src)
}

// lay puts the sheet on the table, in its proportions, with its credit beneath.
func (d *drawing) lay(f *Fonts, sheet image.Image, credit string) {
	d.fill(image.Rect(tableFrom, 0, Width, Height), table)
	size := sheet.Bounds().Size()
	wide, high := min(sheetWide, size.X), min(sheetWide, size.X)*size.Y/size.X // it may be cleared at that size and no larger
	if high > sheetHigh {
		wide, high = sheetHigh*size.X/size.Y, sheetHigh
	}
	x, y := tableFrom+(Width-tableFrom-wide)/2, (Height-high)/2
	if credit != "" {
		y -= 12
	}
	to := image.Rect(x, y, x+max(wide, 1), y+max(high, 1))
	draw.CatmullRom.Scale(d.RGBA, to, sheet, sheet.Bounds(), draw.Src, nil)
	if credit != "" {
		const size = 15
		line := shorten(credit, f.text.measured(0), size, Width-tableFrom-48)
		_, width := f.text.set(line, size, 0)
		d.write(f.text, line, float32(tableFrom)+(Width-tableFrom-width)/2, Height-28, size, 0, chalk)
	}
}

// house writes who shows it, and marks it in red as an archivist does.
func (d *drawing) house(f *Fonts, c Content, right int) {
	const size = 24
	d.fill(image.Rect(margin, 66, margin+44, 72), son)
	d.write(f.label, shorten(c.House, f.label.measured(0), size, float32(right-margin)), margin, 116, size, 0, ink)
}

// title writes the title as large as it goes.
func (d *drawing) title(f *Fonts, title string, right int) {
	const top, bottom = 152, 500
	lines, size := fit(title, f.title.measured(0), float32(right-margin), bottom-top, 84, 34, 6)
	block := float32(len(lines)) * size * leading
	y := top + (bottom-top-block)/2 + size*0.98
	for _, l := range lines {
		d.write(f.title, l, margin, y, size, 0, ink)
		y += size * leading
	}
}

// foot writes what it is and of when, above the rule of a shelf.
func (d *drawing) foot(f *Fonts, c Content, right int) {
	const size, base = 22, 548
	x := float32(margin)
	if c.Kind != "" {
		x += d.write(f.label, c.Kind, x, base, size, 0, son)
	}
	if c.Dates != "" && c.Kind != "" {
		x += d.write(f.text, "  ·  ", x, base, size, 0, muted)
	}
	if c.Dates != "" {
		d.write(f.text, shorten(c.Dates, f.text.measured(0), size, float32(right)-x), x, base, size, 0, muted)
	}
	d.fill(image.Rect(margin, 576, right, 578), ruled)
	for i, x := 0, margin; x < right; i, x = i+1, x+12 {
		high := 8
		if i%10 == 0 {
			high = 18
		}
		d.fill(image.Rect(x, 578, x+2, 578+high), ruled)
	}
}

// measured is how wide texts are in a typeface.
func (f *face) measured(apart float32) measure {
	return func(text string, size float32) float32 {
		_, width := f.set(text, size, apart)
		return width
	}
}

// write writes a line whose base begins at x, y and gives its width.
func (d *drawing) write(f *face, line string, x, y, size, apart float32, c color.RGBA) float32 {
	letters, width := f.set(line, size, apart)
	band := image.Rect(0, int(y-1.3*size), Width, int(y+0.6*size)).Intersect(d.Bounds()) // no letter goes beyond
	r := vector.NewRasterizer(band.Dx(), band.Dy())
	for _, l := range letters {
		l.outline(r, x+l.x, y-float32(band.Min.Y), size)
	}
	r.Draw(d.RGBA, band, image.NewUniform(c), image.Point{})
	return width
}

// outline adds the outline of a letter to what is drawn.
func (l placed) outline(r *vector.Rasterizer, x, y, size float32) {
	l.part.mu.Lock()
	defer l.part.mu.Unlock()
	segments, err := l.part.font.LoadGlyph(&l.part.buf, l.at, fixed.Int26_6(size*64), nil)
	if err != nil {
		return
	}
	at := func(p fixed.Point26_6) (float32, float32) { return x + float32(p.X)/64, y + float32(p.Y)/64 }
	for _, s := range segments {
		ax, ay := at(s.Args[0])
		bx, by := at(s.Args[1])
		cx, cy := at(s.Args[2])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			r.ClosePath()
			r.MoveTo(ax, ay)
		case sfnt.SegmentOpLineTo:
			r.LineTo(ax, ay)
		case sfnt.SegmentOpQuadTo:
			r.QuadTo(ax, ay, bx, by)
		case sfnt.SegmentOpCubeTo:
			r.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	r.ClosePath()
}
