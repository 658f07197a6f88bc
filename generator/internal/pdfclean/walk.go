package pdfclean

import "reflect"

// walker goes through all that is drawn as it lies on its page, before anything is taken
// over. It refuses text and pictures that are squeezed until nobody sees them, which PDFium
// does not tell of (it has no place for a glyph without width), and finds out which codes
// of a font are drawn.
type walker struct {
	doc   *document
	page  int                      // from 1
	codes map[uintptr]map[int]bool // by font
	fonts map[uintptr]dict
	seen  map[visit]bool
	large map[lettering]float64 // of what glyphs of Type 3 draw
}

// pen is what bears on the size of what is drawn (ISO 32000-1, 8.4.1 and 9.3.1).
type pen struct {
	at, line    linear // of all, and of text
	size, scale float64
	unpainted   bool    // text is
	font        uintptr // see identity; 0 for none
}

// visit is a form in one of the ways in which it is drawn: its place does not matter.
type visit struct {
	form *stream
	pen  pen
}

// identity tells a dictionary of a document from others that say the same.
func identity(d dict) uintptr {
	if d == nil {
		return 0
	}
	return reflect.ValueOf(d).Pointer()
}

// walk goes through all pages.
func (d *document) walk(tree dict) (*walker, error) {
	w := &walker{doc: d, codes: map[uintptr]map[int]bool{}, fonts: map[uintptr]dict{}, seen: map[visit]bool{}, large: map[lettering]float64{}}
	defer func() { d.unpacked = 0 }()
	kids, _ := d.at(tree["Kids"]).([]any)
	for i, kid := range kids {
		page := d.dictAt(kid)
		w.page = i + 1
		content, err := d.contents(page["Contents"])
		if err == nil {
			err = w.content(content, d.dictAt(page["Resources"]), w.first(page), 0)
		}
		if err != nil {
			return nil, err
		}
	}
	return w, nil
}

// first is what a page begins with. A unit of its own makes it larger, which some viewers
// do not heed.
func (w *walker) first(page dict) pen {
	p := pen{at: unmoved, line: unmoved, scale: 1}
	if unit, ok := numbers([]any{w.doc.at(page["UserUnit"])}, 1); ok && unit[0] < 1 {
		p.at = linear{unit[0], 0, 0, unit[0]}
	}
	return p
}

// content goes through content, forms within it included.
func (w *walker) content(content []byte, resources dict, p pen, depth int) (err error) {
	if depth > maxDepth {
		return damaged()
	}
	var kept []pen
	fault := operators(content, func(op word, operands []any, image *inline) {
		switch {
		case err != nil:
		case image != nil:
			err = w.picture(image.stream, p)
		case op == "q":
			kept = append(kept, p)
		case op == "Q" && len(kept) > 0:
			p, kept = kept[len(kept)-1], kept[:len(kept)-1]
		case op == "Do":
			err = w.object(operands, resources, p, depth)
		case op == "Tj" || op == "TJ" || op == "'" || op == "\"":
			err = w.text(operands, p)
		default:
			if !p.set(op, operands) {
				err = damaged()
			}
			if op == "Tf" {
				p.font = w.fontNamed(operands, resources)
			}
		}
	})
	if fault != nil {
		return fault
	}
	return err
}

// set lets an operator change the pen. It reports whether it could be read.
func (p *pen) set(op word, operands []any) bool {
	count := map[word]int{"cm": 6, "Tm": 6, "Tf": 1, "Tz": 1, "Tr": 1}[op]
	n, ok := numbers(operands, count)
	switch {
	case op == "BT":
		p.line = unmoved
	case count == 0:
	case !ok:
		return false
	case op == "cm":
		p.at = linear{n[0], n[1], n[2], n[3]}.then(p.at)
	case op == "Tm":
		p.line = linear{n[0], n[1], n[2], n[3]}
	case op == "Tf":
		p.size = n[0]
	case op == "Tz":
		p.scale = n[0] / 100
	case op == "Tr":
		p.unpainted = n[0] == 3 || n[0] == 7
	}
	return true
}

func (w *walker) fontNamed(operands []any, resources dict) uintptr {
	if len(operands) < 2 {
		return 0
	}
	n, _ := operands[len(operands)-2].(name)
	font := w.doc.dictAt(w.doc.dictAt(resources["Font"])[n])
	id := identity(font)
	w.fonts[id] = font
	return id
}

// object goes through an image or a form.
func (w *walker) object(operands []any, resources dict, p pen, depth int) error {
	if len(operands) == 0 {
		return nil
	}
	n, _ := operands[len(operands)-1].(name)
	s, ok := w.doc.at(w.doc.dictAt(resources["XObject"])[n]).(*stream)
	switch {
	case !ok:
		return nil
	case !w.doc.isForm(s):
		return w.picture(s, p)
	}
	w.doc.lend(s, resources)
	m, ok := w.doc.matrixOf(s.dict["Matrix"])
	if !ok {
		return damaged()
	}
	p.at = m.then(p.at)
	if v := (visit{s, p}); w.seen[v] {
		return nil
	} else {
		w.seen[v] = true
	}
	content, err := w.doc.unpack(s)
	if err != nil {
		return err
	}
	return w.content(content, w.doc.dictAt(s.dict["Resources"]), p, depth+1)
}

// picture refuses an image that is drawn as a line: it holds more than is seen. Images of
// two pixels or less hold nothing; strips of scans are low, but not dense.
func (w *walker) picture(s *stream, p pen) error {
	const (
		few    = 2  // pixels
		line   = 3  // points
		dense  = 20 // pixels in a point: 1440 dots per inch
		narrow = 7  // points
		uneven = 8  // times as dense as along the other side: a fax is twice
	)
	wide, high := p.at.sides()
	columns, rows := float64(w.doc.whole(s.dict, "Width", 0)), float64(w.doc.whole(s.dict, "Height", 0))
	squeezed := func(pixels, points, others, along float64) bool {
		return pixels > few && (points < line && pixels > dense*points || others > few && points < narrow && pixels*along > uneven*others*points)
	}
	if squeezed(columns, wide, rows, high) || squeezed(rows, high, columns, wide) {
		return fault("trang %d có ảnh bị ép dẹt thành một vạch", "page %d has a picture that is squeezed to a line", w.page)
	}
	return nil
}

// text refuses letters that are squeezed until nobody reads them. Those that are not
// painted lie on a scan, as wide as what was read there; but they must have a place, or
// nobody could tell whether something hides it.
func (w *walker) text(operands []any, p pen) error {
	const painted, unpainted = 0.5, 0.05 // points, of what is as large as the font
	if len(operands) == 0 {
		return nil
	}
	shown := bytesShown(operands[len(operands)-1])
	if len(shown) == 0 {
		return nil
	}
	w.shows(shown, p.font)
	least := painted
	if p.unpainted {
		least = unpainted
	}
	m := linear{p.size * p.scale, 0, 0, p.size}.then(p.line).then(p.at)
	large := 1.0
	if font := w.fonts[p.font]; w.doc.given(font, "Subtype") == name("Type3") {
		glyphs, ok := w.doc.matrixOf(font["FontMatrix"])
		if !ok {
			return damaged()
		}
		var err error
		if large, err = w.glyphs(font, glyphs.then(m)); err != nil || large == 0 {
			return err
		}
		m = glyphs.then(m)
	}
	if seen := m.least()*large >= least; !seen {
		return fault("trang %d có chữ bị ép đến mức không nhìn ra", "page %d has text that is squeezed until it cannot be seen", w.page)
	}
	return nil
}

// bytesShown is what a text operator shows, in one piece.
func bytesShown(o any) (out []byte) {
	switch o := o.(type) {
	case text:
		return []byte(o)
	case []any:
		for _, e := range o {
			s, _ := e.(text)
			out = append(out, s...)
		}
	}
	return out
}

// shows notes the codes of a font that has one byte for each, or two.
func (w *walker) shows(shown []byte, font uintptr) {
	used := w.codes[font]
	if used == nil {
		used = map[int]bool{}
		w.codes[font] = used
	}
	size := w.doc.codeSize(w.fonts[font])
	for i := 0; size > 0 && i < len(shown); i += size {
		code := 0
		for _, c := range shown[i:min(len(shown), i+size)] {
			code = code<<8 | int(c)
		}
		used[code] = true
	}
}

// codeSize is how many bytes a code of a font has (ISO 32000-1, 9.6 and 9.7.5.2); 0 where a
// CMap says that.
func (d *document) codeSize(font dict) int {
	switch encoding := d.given(font, "Encoding"); {
	case d.given(font, "Subtype") != name("Type0"):
		return 1
	case encoding == name("Identity-H") || encoding == name("Identity-V"):
		return 2
	}
	return 0
}
