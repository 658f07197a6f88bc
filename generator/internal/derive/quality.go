package derive

// The quality of what is written, on the JPEG scale, where a Spec names none. Strokes on paper
// are read as well at 75 as at 82, where a page takes a quarter more; the tones of a
// photograph are not seen as well.
const (
	photographQuality = 82
	textQuality       = 75 // script, typescript, print: most of it is paper
	lineQuality       = 70 // black and white alone
)

// quality is that of what is drawn of a sheet, by what it shows.
func (p *pyramid) quality() int {
	if p.suiting == 0 {
		p.suiting = p.judged()
	}
	return p.suiting
}

func (p *pyramid) judged() int {
	switch {
	case shareOf(p.levels[0].y, func(v int) bool { return v < lineMargin || v >= 256-lineMargin }) > linesFrom:
		return lineQuality
	case p.isText():
		return textQuality
	}
	return photographQuality
}

const (
	lineMargin  = 8    // levels from black or white
	linesFrom   = 0.99 // of the pixels
	overview    = 1024 // pixels at most of the level on which paper is looked for: grain is gone there, and strokes are not
	paperMargin = 24   // levels from the shade of the paper
	paperFrom   = 0.6  // of the pixels; pages of script and print have 0.67 to 0.89, photographs 0.26 to 0.51
	lightest    = 128  // paper is no darker
)

// isText reports whether most of a sheet has one light shade, as paper that is written on has.
func (p *pyramid) isText() bool {
	k := 0
	for y := p.levels[0].y; max(y.w, y.h)>>k > overview; k++ {
	}
	y := p.level(k).y
	var counts [256]int
	for row := range y.h {
		for _, v := range y.row(row) {
			counts[v]++
		}
	}
	most := 0
	for shade := lightest; shade < 256; shade++ {
		n := 0
		for _, c := range counts[shade-paperMargin : min(256, shade+paperMargin+1)] {
			n += c
		}
		most = max(most, n)
	}
	return float64(most) > paperFrom*float64(y.w*y.h)
}

// shareOf is how many of the pixels are such, in every eighth row.
func shareOf(p plane, such func(v int) bool) float64 {
	n, all := 0, 0
	for y := 0; y < p.h; y += 8 {
		for _, v := range p.row(y) {
			if all++; such(int(v)) {
				n++
			}
		}
	}
	return float64(n) / float64(max(1, all))
}
