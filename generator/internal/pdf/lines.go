package pdf

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
)

// Line is a line of a page, as it stands there, with one blank where words part. Its
// place is in pixels of the page, from the upper left corner.
type Line struct {
	Text       string
	X, Y, W, H float64
	Broken     bool // its last word goes on in the next line; a hyphen ends Text
}

// Lines is the text of a page that a reader sees, in paragraphs or columns, in the order
// of the file. Width and Height are those of the page in the unit of all places.
type Lines struct {
	Width, Height float64
	Blocks        [][]Line
}

// Lines is the text that is seen on a page, from 0: a character counts that is on the
// page and changes what is drawn there, and not one in a layer that is not shown, off the page, or in
// the colour of its ground. Text that is not painted counts where it lies on a scan, as
// programs write what they read there. What marks give in place of glyphs is left out.
// The error is a *Problem.
func (d *Document) Lines(i int) (Lines, error) {
	s, err := d.load(i, searchDPI, searchPixels)
	if err != nil {
		return Lines{}, err
	}
	defer s.close()
	out := Lines{Width: float64(s.w), Height: float64(s.h)}
	if err := s.flatten(); err != nil {
		return out, err
	}
	leaves, err := s.leaves()
	if err != nil {
		return out, err
	}
	s.findScan(leaves)
	s.silence()
	text, err := s.text()
	if err != nil {
		return out, err
	}
	defer text.close()
	seen, err := text.seen(leaves)
	if err == nil {
		out.Blocks = text.blocks(seen)
	}
	return out, err
}

// seen tells which characters a reader sees.
func (t *text) seen(leaves []leaf) ([]bool, error) {
	out := make([]bool, len(t.chars))
	if len(out)+len(t.blanks) == 0 {
		return out, nil
	}
	var texts []leaf
	layers := map[string][]leaf{}
	for _, l := range leaves {
		if l.text {
			texts = append(texts, l)
			layers[l.layer] = append(layers[l.layer], l)
		}
	}
	changes, err := t.changes(texts)
	if err != nil {
		return nil, err
	}
	t.lit = changes
	shows, err := t.shows(layers, leaves)
	if err != nil {
		return nil, err
	}
	for i := range t.chars {
		c := &t.chars[i]
		n, err := t.orderOf(c.index, len(leaves))
		if err != nil {
			return nil, err
		}
		if l := leaves[n]; l.invisible {
			out[i], err = t.liesOnScan(c.box, l, leaves)
		} else {
			out[i] = t.part(changes, c.box) > 0 && (l.layer == "" || t.part(shows[l.layer], c.box) > 0)
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// slightly is by how much of 255 a colour must change to be seen.
const slightly = 16

// changes are the pixels that look different where texts are drawn.
func (t *text) changes(texts []leaf) ([]bool, error) {
	with := make([]byte, 4*t.w*t.h)
	if err := t.render(roughly, func(pix []byte) { copy(with, pix) }); err != nil {
		return nil, err
	}
	if err := t.activate(texts, false); err != nil {
		return nil, err
	}
	mask := make([]bool, t.w*t.h)
	err := t.render(roughly, func(pix []byte) {
		for i := range mask {
			p, q := pix[4*i:4*i+3], with[4*i:4*i+3]
			mask[i] = apart(p[0], q[0]) > slightly || apart(p[1], q[1]) > slightly || apart(p[2], q[2]) > slightly
		}
	})
	return mask, err
}

// shows are, by layer, the pixels that its texts draw before a grey ground: none where
// the layer is hidden, whatever else is drawn in its place. The page has one layer
// without a name, which is always shown. Nothing is active afterwards.
func (t *text) shows(layers map[string][]leaf, leaves []leaf) (map[string][]bool, error) {
	const grey = 128
	out := map[string][]bool{}
	if err := t.activate(leaves, false); err != nil || len(layers) > maxRenders {
		return nil, firstOf(err, t.complex())
	}
	for name, texts := range layers {
		if name == "" {
			continue
		}
		if err := t.activate(texts, true); err != nil {
			return nil, err
		}
		mask := make([]bool, t.w*t.h)
		err := t.before(grey, func(pix []byte) {
			for i := range mask {
				mask[i] = departs(pix[4*i:], grey)
			}
		})
		if err := firstOf(err, t.activate(texts, false)); err != nil {
			return nil, err
		}
		out[name] = mask
	}
	return out, nil
}

func firstOf(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// liesOnScan reports whether text that is not painted lies on a scan, in a place that
// no layer can hide.
func (t *text) liesOnScan(b box, l leaf, leaves []leaf) (bool, error) {
	onPage := b.within(box{0, 0, float64(t.w), float64(t.h)}).area() > most*b.area()
	if !onPage || l.optional || !slices.ContainsFunc(leaves, func(o leaf) bool { return o.scan && o.box.within(b).area() > most*b.area() }) {
		return false, nil
	}
	if l.layer == "" {
		return true, nil
	}
	layered, err := t.d.hasLayers() // a form may be in one, and does not say so
	return !layered, err
}

// hasLayers reports whether the document has layers that may be hidden.
func (d *Document) hasLayers() (bool, error) {
	if d.layered != nil {
		return *d.layered, nil
	}
	has, err := d.has("/OCProperties")
	if err == nil {
		d.layered = &has
	}
	return has, err
}

// has reports whether a name is anywhere in the document. It is saved to see that, since
// objects may lie in a packed stream.
func (d *Document) has(name string) (bool, error) {
	w := &finder{word: []byte(name)}
	if err := d.save(d.ref, w); err != nil {
		return true, d.unreadPage(0)
	}
	return w.found, nil
}

// finder looks for a word in what is written.
type finder struct {
	word, last []byte
	found      bool
}

// Write implements io.Writer.
func (f *finder) Write(p []byte) (int, error) {
	both := append(f.last, p...)
	f.found = f.found || bytes.Contains(both, f.word)
	f.last = slices.Clone(both[max(0, len(both)-len(f.word)):])
	return len(p), nil
}

// hyphenated is what PDFium gives in place of a hyphen at the end of a line.
const hyphenated = 2

// blocks are the lines of the characters that are seen.
func (t *text) blocks(seen []bool) (out [][]Line) {
	var b strings.Builder
	var at, last box
	broken := false
	end := func() {
		if text := strings.TrimSpace(b.String()); text != "" {
			at = at.within(box{0, 0, float64(t.w), float64(t.h)})
			out = place(out, Line{text, at.x0, at.y0, at.x1 - at.x0, at.y1 - at.y0, broken})
		}
		b.Reset()
		broken = false
	}
	for i, c := range t.chars {
		if c.gap == '\n' {
			end()
		}
		if !seen[i] || c.r != hyphenated && !unicode.IsGraphic(c.r) {
			continue
		}
		if (broken || strings.HasSuffix(b.String(), "-")) && below(last, c.box) {
			end()
		}
		last = c.box
		if b.Len() == 0 {
			at = c.box
		} else if c.gap != 0 || i > 0 && !seen[i-1] {
			b.WriteByte(' ')
		}
		at = at.around(c.box)
		if broken = c.r == hyphenated; broken {
			c.r = '-'
		}
		b.WriteRune(c.r)
	}
	end()
	return out
}

// below reports whether a character stands in another line than the one before it, to
// which PDFium joins it after a hyphen.
func below(last, next box) bool { return next.y0 > last.y1 || next.y1 < last.y0 || next.x1 < last.x0 }

// place puts a line into the last block, or begins another where it stands apart from
// the line before.
func place(out [][]Line, l Line) [][]Line {
	const apart = 0.9 // of the height of a line
	if n := len(out); n > 0 {
		before := out[n-1][len(out[n-1])-1]
		if l.Y+l.H/2 > before.Y && l.Y-(before.Y+before.H) < apart*max(l.H, before.H) {
			out[n-1] = append(out[n-1], l)
			return out
		}
	}
	return append(out, []Line{l})
}
