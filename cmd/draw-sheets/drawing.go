package main

import (
	"fmt"
	"image"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
)

// kinds draw the words and furniture of each kind of sheet. Paper, marks and light are the same for all.

// kind is how one kind of sheet is made: what it is drawn on, and what is put there.
type kind struct {
	stock func(d *drawing) stock
	draw  func(d *drawing)
}

func kindNames() []string { return slices.Sorted(maps.Keys(kinds)) }

// drawing is one sheet while it is drawn. Lengths in the kinds are given for a sheet of 2000 × 2800 pixels;
// px turns them into pixels of this one.
type drawing struct {
	Sheet
	fonts   fonts
	random  *rand.Rand
	relief  *noise
	img     *image.RGBA
	area    box // the paper
	text    box // where words may stand: inside the margins, above the foot
	unit    float64
	marks   []mark // what says that this is no original; see overlay.go
	problem error  // the first thing that went wrong
}

// referencePixels is the square root of 2000 × 2800.
const referencePixels = 2366.43

func newDrawing(s Sheet, f fonts) *drawing {
	random := rand.New(rand.NewPCG(s.Seed, uint64(len(s.Kind))<<32|uint64(s.Size[0])))
	d := &drawing{Sheet: s, fonts: f, random: random, relief: newNoise(random), img: image.NewRGBA(s.bounds())}
	w, h := float64(s.Size[0]), float64(s.Size[1])
	d.unit = math.Sqrt(w*h) / referencePixels
	d.area = box{0, 0, w, h}
	d.text = box{w * 0.1, h * 0.065, w * 0.9, h - d.px(175)}
	return d
}

// px turns a length on the reference sheet into pixels.
func (d *drawing) px(length float64) float64 { return length * d.unit }

func (d *drawing) plate() *plate { return newPlate(d.Size[0], d.Size[1]) }

// vary is a random number about a middle, within ± spread.
func (d *drawing) vary(middle, spread float64) float64 {
	return middle + spread*(2*d.random.Float64()-1)
}

// chance is true with a probability.
func (d *drawing) chance(p float64) bool { return d.random.Float64() < p }

// fail keeps the first problem; drawing goes on, the sheet is not written.
func (d *drawing) fail(format string, args ...any) {
	if d.problem == nil {
		d.problem = fmt.Errorf(format, args...)
	}
}

// drawSheet makes the image of a sheet. Without marks it lacks the words that make it honest: only tests
// ask for that, to see that the marks are there.
func drawSheet(s Sheet, f fonts, withMarks bool) (*image.RGBA, []mark, error) {
	d := newDrawing(s.filled(), f)
	k := kinds[s.Kind]
	paper := k.stock(d)
	d.lay(paper)
	k.draw(d)
	d.wear(paper)
	if withMarks {
		d.mark()
	}
	out := d.onTable(paper)
	return out, d.marks, d.problem
}
