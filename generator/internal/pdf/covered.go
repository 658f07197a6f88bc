package pdf

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
)

// How pages are drawn to see what is covered, and how much of a character must be.
const (
	searchDPI    = 100
	searchPixels = 4e6
	most         = 0.5                                          // of a character that is painted: of its strokes' box
	mostLoose    = 0.6                                          // of one that is not: of its line's height, so that a stroke of the scan is no cover
	maxRenders   = 500                                          // of a page
	maxChars     = 200_000                                      // of a page
	roughly      = enums.FPDF_RENDER_FLAG_RENDER_NO_SMOOTHIMAGE // scans are drawn in a quarter of the time
	fewest       = 3                                            // characters in a row that lie in the dark, where nothing says that they were covered
)

// Covered is how many characters of a page, from 0, can be extracted although
// readers do not see them, since something lies over them:
//
//   - what is painted over them later and lets nothing through, be it a path, an
//     image, a shading, an annotation or a glyph that is a box. It is told by drawing it before white and
//     before black: where both give the same, it is opaque;
//   - a box or such, if the page gives text in place of it;
//   - darkness, if three in a row stand in it and are as dark, or are not painted at all;
//   - the mark of a redaction that was never carried out, and what else readers draw
//     of an annotation that does not say what it looks like.
//
// A page that is a scan may hide its text, be it drawn before or not painted: the scan
// shows the same. What lies on the scan may not. What is drawn before a text, or
// lets it through, covers nothing. The error is a *Problem.
func (d *Document) Covered(i int) (int, error) {
	s, err := d.load(i, searchDPI, searchPixels)
	if err != nil {
		return 0, err
	}
	defer s.close()
	marks, err := s.marks()
	if err != nil {
		return 0, err
	}
	if err := s.flatten(); err != nil {
		return 0, err
	}
	leaves, err := s.leaves()
	if err != nil {
		return 0, err
	}
	s.findScan(leaves)
	sayings, err := s.sayings(leaves)
	if err != nil {
		return 0, err
	}
	s.silence()
	text, err := s.text()
	if err != nil {
		return 0, err
	}
	defer text.close()
	for _, find := range []func([]leaf) error{text.inTheDark, text.underGlyphs} {
		if err := find(leaves); err != nil {
			return 0, err
		}
	}
	n, err := text.listen(sayings, leaves)
	if err != nil {
		return 0, err
	}
	text.markedBy(marks)
	if err := text.underOthers(leaves); err != nil {
		return 0, err
	}
	for _, c := range text.chars {
		if c.covered {
			n += max(1, c.said)
		}
	}
	return n, nil
}

// char is a character that is not blank.
type char struct {
	index   int // in the text of the page
	r       rune
	gap     rune // before it: a blank or '\n'; 0 where there is none
	word    bool // it is a letter or a digit
	box     box  // of its strokes
	covered bool
	order   int  // number of the leaf after which something may cover it
	unseen  bool // it is not painted
	said    int  // letters that are said of leaves, whose place it has; 0 for a character
}

// text is what can be extracted from a page.
type text struct {
	*sheet
	ref    references.FPDF_TEXTPAGE
	chars  []char
	gap    rune   // before the next
	blanks []box  // of characters that are called blanks
	lit    []bool // pixels that look different where the text is drawn, once it is known
}

func (s *sheet) text() (*text, error) {
	loaded, err := s.d.box.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: s.page})
	if err != nil {
		return nil, s.unread()
	}
	t := &text{sheet: s, ref: loaded.TextPage}
	count, err := s.d.box.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: t.ref})
	if err != nil {
		return nil, s.unread()
	}
	if count.Count > maxChars {
		return nil, s.complex()
	}
	for i := range count.Count {
		if err := t.add(i); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *text) close() {
	_, _ = t.d.box.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: t.ref})
}

func (t *text) add(i int) error {
	u, err := t.d.box.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: t.ref, Index: i})
	if err != nil {
		return t.unread()
	}
	r := rune(u.Unicode)
	if unicode.IsSpace(r) {
		if b, err := t.d.box.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: t.ref, Index: i}); err == nil {
			t.blanks = append(t.blanks, t.place.box(b.Left, b.Bottom, b.Right, b.Top))
		}
		if r == '\n' || r == '\r' {
			t.gap = '\n'
		} else if t.gap == 0 {
			t.gap = ' '
		}
		return nil
	}
	b, err := t.d.box.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: t.ref, Index: i})
	if err != nil {
		return t.unread()
	}
	c := char{index: i, r: r, gap: t.gap, word: unicode.IsLetter(r) || unicode.IsDigit(r), box: t.place.box(b.Left, b.Bottom, b.Right, b.Top)}
	if c.box.area() == 0 { // a font without strokes, as scanning programs use for what they do not paint
		if c.box, err = t.loose(c); err != nil {
			return err
		}
	}
	t.chars, t.gap = append(t.chars, c), 0
	return nil
}

// loose is the place of a character in its line: as high as the font is.
func (t *text) loose(c char) (box, error) {
	b, err := t.d.box.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: t.ref, Index: c.index})
	if err != nil {
		return box{}, t.unread()
	}
	return t.place.box(float64(b.Rect.Left), float64(b.Rect.Bottom), float64(b.Rect.Right), float64(b.Rect.Top)), nil
}

// markedBy finds characters most of which annotations cover.
func (t *text) markedBy(marks []mark) {
	for _, m := range marks {
		for i := range t.chars {
			c := &t.chars[i]
			c.covered = c.covered || (c.word || !m.field) && c.box.within(m.box).area() > most*c.box.area()
		}
	}
}

// part is how much of a box is set in a mask, of 1.
func (s *sheet) part(mask []bool, b box) float64 {
	r, set := b.pixels(), 0
	for y := max(0, r.Min.Y); y < min(s.h, r.Max.Y); y++ {
		for x := max(0, r.Min.X); x < min(s.w, r.Max.X); x++ {
			if mask[y*s.w+x] {
				set++
			}
		}
	}
	return float64(set) / float64(r.Dx()*r.Dy())
}

// dark draws what is active of the page and tells which pixels are dark.
func (s *sheet) dark() (mask []bool, err error) {
	const dark = 64 // of 255
	mask = make([]bool, s.w*s.h)
	err = s.render(roughly, func(pix []byte) {
		for i := range mask {
			mask[i] = max(pix[4*i], pix[4*i+1], pix[4*i+2]) < dark
		}
	})
	return mask, err
}

// inTheDark finds characters in a row that stand in the dark, with and without the text.
func (t *text) inTheDark(leaves []leaf) error {
	if len(t.chars) == 0 {
		return nil
	}
	mask, err := t.dark()
	if err != nil {
		return err
	}
	in := make([]bool, len(t.chars))
	if err := t.darkened(in, mask, true); err != nil || !slices.Contains(in, true) {
		return err
	}
	var texts []leaf
	for _, l := range leaves {
		if l.text {
			texts = append(texts, l)
		}
	}
	if err := t.activate(texts, false); err != nil {
		return err
	}
	if mask, err = t.dark(); err != nil {
		return err
	}
	if err := t.darkened(in, mask, false); err != nil {
		return err
	}
	for i := range in {
		t.chars[i].covered = t.chars[i].covered || in[i]
	}
	return t.activate(texts, true)
}

// darkened leaves those of a row of characters that are dark, in rows long enough.
func (t *text) darkened(in, mask []bool, begin bool) error {
	from := 0
	for i, c := range t.chars {
		if (begin || in[i]) && t.part(mask, c.box) > mostLoose {
			b, err := t.loose(c)
			if err != nil {
				return err
			}
			if in[i] = t.part(mask, b) > mostLoose; in[i] {
				continue
			}
		}
		in[i] = false
		if i-from < fewest {
			clear(in[from:i])
		}
		from = i + 1
	}
	if len(in)-from < fewest {
		clear(in[from:])
	}
	return nil
}

// underOthers finds characters over which something opaque is drawn later.
func (t *text) underOthers(leaves []leaf) error {
	suspects, covers, err := t.suspects(leaves)
	if err != nil || len(suspects) == 0 {
		return err
	}
	if err := t.activate(leaves, false); err != nil {
		return err
	}
	mask := make([]bool, t.w*t.h)
	renders := 0
	for _, c := range suspects { // from the last that is drawn
		n := len(covers)
		for n > 0 && covers[n-1] > c.order {
			n--
		}
		if n < len(covers) {
			if renders++; renders > maxRenders {
				return t.complex()
			}
			var part []leaf
			for _, i := range covers[n:] {
				part = append(part, leaves[i])
			}
			covers = covers[:n]
			if err := t.opaque(mask, part); err != nil {
				return err
			}
		}
		limit := most
		b := c.box
		if c.unseen {
			limit = mostLoose
			if b, err = t.loose(*c); err != nil {
				return err
			}
		}
		c.covered = c.covered || t.part(mask, b) > limit
	}
	return nil
}

// suspects are the characters that lie within the bounds of what may cover them,
// the last that is drawn first, and the numbers of those covers in order.
func (t *text) suspects(leaves []leaf) (out []*char, covers []int, err error) {
	var painted []int
	for i, l := range leaves {
		if l.paints && !l.scan && l.box.area() > 0 {
			painted = append(painted, i)
		}
	}
	used := map[int]bool{}
	for i := range t.chars {
		if err := t.d.ctx.Err(); err != nil {
			return nil, nil, err
		}
		c := &t.chars[i]
		if c.boundedBy(leaves, painted) == nil {
			continue
		}
		if err := t.locate(c, leaves); err != nil {
			return nil, nil, err
		}
		later, _ := slices.BinarySearch(painted, c.order+1)
		mine := c.boundedBy(leaves, painted[later:])
		if mine != nil {
			out = append(out, c)
		}
		for _, n := range mine {
			used[n] = true
		}
	}
	slices.SortStableFunc(out, func(a, b *char) int { return b.order - a.order })
	return out, slices.Sorted(maps.Keys(used)), nil
}

// boundedBy are those of some leaves within whose bounds a character lies, if they
// bound enough of it to cover it; else none.
func (c *char) boundedBy(leaves []leaf, some []int) (out []int) {
	sum := 0.0
	for _, n := range some {
		if a := leaves[n].box.within(c.box).area(); a > 0 {
			sum += a
			out = append(out, n)
		}
	}
	if sum <= most*c.box.area() {
		return nil
	}
	return out
}

// locate tells after which leaf something may cover a character.
func (t *text) locate(c *char, leaves []leaf) (err error) {
	if c.said > 0 {
		return nil
	}
	if c.order, err = t.orderOf(c.index, len(leaves)); err != nil {
		return err
	}
	if c.unseen = leaves[c.order].invisible; c.unseen {
		if scan := slices.IndexFunc(leaves, func(l leaf) bool { return l.scan }); scan >= 0 {
			c.order = min(c.order, scan) // whatever lies on the scan covers it
		}
	}
	return nil
}

// orderOf is the number of the leaf that draws a character.
func (t *text) orderOf(index, leaves int) (int, error) {
	o, err := t.d.box.FPDFText_GetTextObject(&requests.FPDFText_GetTextObject{TextPage: t.ref, Index: index})
	if err != nil {
		return 0, t.unread()
	}
	count, err := t.d.box.FPDFPageObj_CountMarks(&requests.FPDFPageObj_CountMarks{PageObject: o.TextObject})
	if err != nil {
		return 0, t.unread()
	}
	for i := count.Count - 1; i >= 0; i-- {
		m, err := t.d.box.FPDFPageObj_GetMark(&requests.FPDFPageObj_GetMark{PageObject: o.TextObject, Index: uint64(i)})
		if err != nil {
			return 0, t.unread()
		}
		name, err := t.d.box.FPDFPageObjMark_GetName(&requests.FPDFPageObjMark_GetName{PageObjectMark: m.Mark})
		if err != nil {
			return 0, t.unread()
		}
		if digits, ok := strings.CutPrefix(name.Name, markName); ok {
			if n, err := strconv.Atoi(digits); err == nil && n < leaves {
				return n, nil
			}
		}
	}
	return 0, t.unread()
}

// opaque adds to a mask where leaves let nothing through: where they look the same
// before white and before black. Nothing else may be active.
func (s *sheet) opaque(mask []bool, leaves []leaf) error {
	const slight = 16 // of 255
	if err := s.activate(leaves, true); err != nil {
		return err
	}
	onWhite := make([]byte, 4*s.w*s.h)
	if err := s.before(255, func(pix []byte) { copy(onWhite, pix) }); err != nil {
		return err
	}
	err := s.before(0, func(pix []byte) {
		for i := range mask {
			p, q := pix[4*i:4*i+3], onWhite[4*i:4*i+3]
			mask[i] = mask[i] || apart(p[0], q[0]) <= slight && apart(p[1], q[1]) <= slight && apart(p[2], q[2]) <= slight
		}
	})
	if err != nil {
		return err
	}
	return s.activate(leaves, false)
}

func apart(a, b byte) byte { return max(a, b) - min(a, b) }

// before draws what is active before a ground of one shade. The ground is an object
// of the page, since the paper takes no part in how colours are mixed on it.
func (s *sheet) before(shade uint, use func(pix []byte)) error {
	box := s.d.box
	if s.ground == "" {
		const far = 1e5 // points
		made, err := box.FPDFPageObj_CreateNewRect(&requests.FPDFPageObj_CreateNewRect{X: -far, Y: -far, W: 2 * far, H: 2 * far})
		if err != nil {
			return s.unread()
		}
		_, err = box.FPDFPath_SetDrawMode(&requests.FPDFPath_SetDrawMode{PageObject: made.PageObject, FillMode: enums.FPDF_FILLMODE_WINDING})
		if err == nil {
			_, err = box.FPDFPage_InsertObjectAtIndex(&requests.FPDFPage_InsertObjectAtIndex{Page: s.page, PageObject: made.PageObject})
		}
		if err != nil {
			return s.unread()
		}
		s.ground = made.PageObject
	}
	_, err := box.FPDFPageObj_SetFillColor(&requests.FPDFPageObj_SetFillColor{PageObject: s.ground, FillColor: structs.FPDF_COLOR{R: shade, G: shade, B: shade, A: 255}})
	if err != nil {
		return s.unread()
	}
	return s.render(roughly, use)
}
