package derive

import (
	"image/color"
	"image/jpeg"
)

// mixer makes light and colour of channels of red, green and blue, or of inks, some rows at a time. They take the places of the
// first three channels, behind what was read of these: 40 megapixels of inks are 160 MB.
type mixer struct {
	out    sheet
	raster raster
	strip  sheet
	line   []uint8
}

// mixedRows is how many rows are mixed at a time; even, so that halves of them are those of the whole.
const mixedRows = 8 * stripRows

// mixes reports whether the channels are other than light and colour.
func (f *jpegFrame) mixes() bool { return f.h.cmyk || f.h.rgb }

func (f *jpegFrame) newMixer() *mixer {
	w, ht := f.h.stored()
	m := &mixer{strip: blank(w, mixedRows, false), raster: raster{samples: 3, bits: 8}}
	m.out = sheet{y: f.channels[0].out, cb: f.channels[1].out, cr: f.channels[2].out, subX: 2, subY: 2}
	for _, p := range []*plane{&m.out.cb, &m.out.cr} {
		if p.w < (w+1)/2 || p.h < (ht+1)/2 { // coarser, or the channel that is handed over
			*p = newPlane((w+1)/2, (ht+1)/2)
		}
		p.w, p.h = (w+1)/2, (ht+1)/2
	}
	if f.h.cmyk {
		m.raster.samples, m.raster.inks = 4, inksOf(f.h.profile)
	}
	m.line = make([]uint8, m.raster.samples*w)
	return m
}

// mix makes pixels of what it is handed of the last channel: of its rows from y on.
func (f *jpegFrame) mix(y int, last plane) error {
	if f.h.cmyk && !f.adobe {
		return jpeg.UnsupportedError("unknown color model: 4-component JPEG doesn't have Adobe APP14 metadata")
	}
	if f.mixed == nil {
		f.mixed = f.newMixer()
	}
	sub := f.channels[len(f.channels)-1].subY
	_, ht := f.h.stored()
	for at := 0; at < last.h*sub; at += mixedRows {
		if n := min(mixedRows, last.h*sub-at, ht-y*sub-at); n > 0 {
			f.mixRows(y*sub+at, n, plane{last.w, last.h - at/sub, last.stride, last.pix[at/sub*last.stride:]})
		}
	}
	return nil
}

// mixRows makes n rows of pixels from y on.
func (f *jpegFrame) mixRows(y, n int, last plane) {
	m := f.mixed
	w, _ := f.h.stored()
	s := m.strip
	s.y.h, s.cb.h, s.cr.h = n, n, n
	for i := range n {
		if f.h.cmyk {
			f.inkLine(m.line, y+i, last.row(i))
		} else {
			f.colourLine(m.line, y+i, last.row(i/f.channels[2].subY))
		}
		m.raster.put(&s, m.line, spot{y: i, n: w, step: 1})
	}
	m.out.y.paste(s.y, 0, y, w, n)
	m.out.cb.paste(s.cb.shrunk(2, 2), 0, y/2, m.out.cb.w, (n+1)/2)
	m.out.cr.paste(s.cr.shrunk(2, 2), 0, y/2, m.out.cr.w, (n+1)/2)
	f.sweep()
}

// at is the row of a channel that covers row y of the picture.
func (c *jpegChannel) at(y int) []uint8 { return c.out.row(y / c.subY) }

func (f *jpegFrame) colourLine(line []uint8, y int, blue []uint8) {
	red, green := f.channels[0].at(y), f.channels[1].at(y)
	sub := f.channels[1].subX
	for x := range red {
		line[3*x], line[3*x+1], line[3*x+2] = red[x], green[x/sub], blue[x/sub]
	}
}

// inkLine takes the negative of inks, as files of Adobe have them, or of black alone where the other three are light and colour.
func (f *jpegFrame) inkLine(line []uint8, y int, black []uint8) {
	a, b, c := f.channels[0].at(y), f.channels[1].at(y), f.channels[2].at(y)
	sub := f.channels[1].subX
	for x := range a {
		to := line[4*x:][:4]
		if f.untransformed {
			to[0], to[1], to[2] = ^a[x], ^b[x/sub], ^c[x/sub]
		} else {
			to[0], to[1], to[2] = color.YCbCrToRGB(a[x], b[x/sub], c[x/sub])
		}
		to[3] = ^black[x]
	}
}
