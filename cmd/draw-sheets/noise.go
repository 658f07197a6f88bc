package main

import (
	"math"
	"math/rand/v2"
)

const latticeBits = 8

// noise is smooth random relief, the same for the same seed, that repeats every 256 cells.
type noise struct {
	lattice [1 << (2 * latticeBits)]float32
}

func newNoise(r *rand.Rand) *noise {
	n := &noise{}
	for i := range n.lattice {
		n.lattice[i] = r.Float32()
	}
	return n
}

// at is the relief at a place, 0 to 1; one unit is one cell.
func (n *noise) at(x, y float64) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	tx, ty := smooth(x-fx), smooth(y-fy)
	const mask = 1<<latticeBits - 1
	x0, y0 := int(fx)&mask, (int(fy)&mask)<<latticeBits
	x1, y1 := (int(fx)+1)&mask, ((int(fy)+1)&mask)<<latticeBits
	l := &n.lattice
	top := mix(float64(l[y0|x0]), float64(l[y0|x1]), tx)
	bottom := mix(float64(l[y1|x0]), float64(l[y1|x1]), tx)
	return mix(top, bottom, ty)
}

// rough sums octaves of relief, each half as large and half as high; about 0 to 1.
func (n *noise) rough(x, y float64, octaves int) float64 {
	sum, weight, total := 0.0, 1.0, 0.0
	for range octaves {
		sum += weight * n.at(x, y)
		total += weight
		weight /= 2
		x, y = 2*x+17.3, 2*y+41.7
	}
	return sum / total
}

func smooth(t float64) float64    { return t * t * (3 - 2*t) }
func mix(a, b, t float64) float64 { return a + (b-a)*t }

func clamp(v, low, high float64) float64 { return math.Max(low, math.Min(high, v)) }

// ramp rises smoothly from 0 at low to 1 at high.
func ramp(low, high, v float64) float64 { return smooth(clamp((v-low)/(high-low), 0, 1)) }
