package main

import "image/color"

// ink is how a plate comes down on the paper.
type ink struct {
	colour  color.RGBA
	cover   float64 // how much of the paper it hides at full strength, 0 to 1
	speckle float64 // pinholes where the ink did not take, 0 to 1
	cell    float64 // size of the pinholes, in reference pixels
	drift   float64 // slow change of density over the sheet, 0 to 1
	opaque  bool    // body colour that also covers dark board
}

var (
	ribbonBlack = ink{colour: color.RGBA{38, 34, 38, 255}, cover: 0.93, speckle: 0.5, cell: 2.6, drift: 0.24}
	carbonBlue  = ink{colour: color.RGBA{58, 56, 104, 255}, cover: 0.85, speckle: 0.35, cell: 4, drift: 0.42}
	printBlack  = ink{colour: color.RGBA{36, 31, 28, 255}, cover: 0.92, speckle: 0.28, cell: 3, drift: 0.2}
	lithoViolet = ink{colour: color.RGBA{82, 46, 120, 255}, cover: 0.9, speckle: 0.62, cell: 4.5, drift: 0.5}
	lithoBlack  = ink{colour: color.RGBA{44, 38, 36, 255}, cover: 0.92, speckle: 0.6, cell: 4.5, drift: 0.45}
	lithoBlue   = ink{colour: color.RGBA{38, 62, 112, 255}, cover: 0.9, speckle: 0.6, cell: 4.5, drift: 0.45}
	penBlue     = ink{colour: color.RGBA{36, 44, 92, 255}, cover: 0.9, speckle: 0.12, cell: 5, drift: 0.35}
	penBrown    = ink{colour: color.RGBA{82, 56, 34, 255}, cover: 0.88, speckle: 0.12, cell: 5, drift: 0.35}
	pencilGrey  = ink{colour: color.RGBA{84, 82, 82, 255}, cover: 0.72, speckle: 0.6, cell: 2.2, drift: 0.2}
	pencilWhite = ink{colour: color.RGBA{226, 221, 208, 255}, cover: 0.8, speckle: 0.5, cell: 2.2, drift: 0.2, opaque: true}
	pencilBlue  = ink{colour: color.RGBA{58, 84, 150, 255}, cover: 0.7, speckle: 0.55, cell: 2.4, drift: 0.2}
	stampRed    = ink{colour: color.RGBA{172, 40, 34, 255}, cover: 0.8, speckle: 0.6, cell: 5, drift: 0.6}
	stampViolet = ink{colour: color.RGBA{96, 62, 140, 255}, cover: 0.8, speckle: 0.6, cell: 5, drift: 0.6}
	crayonRed   = ink{colour: color.RGBA{184, 52, 40, 255}, cover: 0.8, speckle: 0.5, cell: 3.4, drift: 0.15}
	ruleBlue    = ink{colour: color.RGBA{96, 124, 168, 255}, cover: 0.55, drift: 0.3, cell: 5}
	ruleRed     = ink{colour: color.RGBA{186, 74, 70, 255}, cover: 0.62, drift: 0.3, cell: 5}
	formGreen   = ink{colour: color.RGBA{50, 86, 72, 255}, cover: 0.88, speckle: 0.2, cell: 3, drift: 0.14}
	formBrown   = ink{colour: color.RGBA{104, 60, 44, 255}, cover: 0.86, speckle: 0.2, cell: 3, drift: 0.14}
)

// print puts a plate down with an ink, unevenly.
func (d *drawing) print(p *plate, k ink) {
	seed := d.random.Float64() * 200
	slow, quick := 1/d.px(340), 1/d.px(k.cell)
	d.blend(p, k.colour, k.opaque, func(x, y float64) float64 {
		a := k.cover
		if k.drift > 0 {
			a *= 1 - k.drift*ramp(0.35, 0.8, d.relief.rough(x*slow+seed, y*slow, 2))
		}
		if k.speckle > 0 {
			a *= 1 - k.speckle*ramp(0.55, 0.9, d.relief.at(x*quick, y*quick+seed))
		}
		return a
	})
}

// tint puts a plate down evenly.
func (d *drawing) tint(p *plate, c color.RGBA, cover float64, opaque bool) {
	d.blend(p, c, opaque, func(float64, float64) float64 { return cover })
}

// blend mixes a colour into the sheet where the plate has coverage: as a glaze that darkens, or as body
// colour that covers.
func (d *drawing) blend(p *plate, c color.RGBA, opaque bool, cover func(x, y float64) float64) {
	colour := [3]float64{float64(c.R), float64(c.G), float64(c.B)}
	for y := p.used.Min.Y; y < p.used.Max.Y; y++ {
		row := d.img.Pix[d.img.PixOffset(p.used.Min.X, y):]
		mask := p.mask.Pix[p.mask.PixOffset(p.used.Min.X, y):]
		for x := range p.used.Dx() {
			if mask[x] == 0 {
				continue
			}
			a := float64(mask[x]) / 255 * cover(float64(p.used.Min.X+x), float64(y))
			for i := range 3 {
				under := float64(row[x*4+i])
				over := colour[i]
				if !opaque {
					over *= under / 255
				}
				row[x*4+i] = uint8(clamp(mix(under, over, a)+0.5, 0, 255))
			}
		}
	}
}
