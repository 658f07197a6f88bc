package content

import (
	"bytes"
	"image"
	"path"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/pagetext"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

// CoveredPicture is a picture whose text is covered with it.
type CoveredPicture struct {
	Name          string // of the covered picture
	Width, Height int    // of the master as it is shown, in pixels
	Orientation   int    // of its pixels as they are stored, as EXIF numbers them; 0 is 1
	Boxes         []image.Rectangle
	Grounds       []string // of the boxes
	Words         []Replacement
	Day           string // of the covering

	lay []int // the orientations by which the places of its text may lie
}

// RedactLines finds out how the text that was read from a picture is covered with
// it: words are replaced, and of lines that a box touches, there or at one of their
// words, or that have no place, nothing stays but the mark. Where the file of the master
// turns its pixels, the text may have been read before or after: a line goes if a box
// touches it either way, unless the size that the text gives tells. All is written anew as PAGE XML, so that nothing
// stays of what the file says besides: other readings, places of words, notes. It
// then says that it belongs to the covered picture. lines is how many are covered.
// The error is an [*Unsafe] where that cannot be done with certainty. Nothing is
// written.
func (t *Tree) RedactLines(file string, c CoveredPicture) (e *Edit, lines int, err error) {
	unsafe := func(hintVi, hintEn, msgVi, msgEn string) error {
		return &Unsafe{At: diag.Pos{File: file, Line: 1, Col: 1}, Msg: diag.Text{Vi: msgVi, En: msgEn}, Hint: diag.Text{Vi: hintVi, En: hintEn}}
	}
	if slices.Contains([]string{".hocr", ".html", ".htm"}, strings.ToLower(path.Ext(file))) {
		return nil, 0, unsafe("xuất ra ALTO hoặc PAGE XML (.xml) rồi gọi lại lệnh, hoặc bỏ lời này khỏi bản ghi", "export it as ALTO or PAGE XML (.xml) and call the command again, or take the text out of the record",
			"lời của trang ở dạng hOCR không che được", "a page text in hOCR is not covered")
	}
	raw, err := t.readFile(file, pagetext.MaxSize)
	if err != nil {
		return nil, 0, err
	}
	p, ds := pagetext.Read(file, raw)
	if p == nil {
		d := ds[len(ds)-1]
		return nil, 0, &Unsafe{At: d.Pos, Msg: d.Msg, Hint: d.Hint}
	}
	if path.Base(p.Image) == c.Name && c.Orientation > 1 && !p.Placed() {
		c.Boxes, c.Orientation = nil, 1 // it was covered by a call that was cut off, and its places left out
	}
	for _, d := range ds {
		if len(c.Boxes) > 0 && d.Code == "pagetext-box" {
			return nil, 0, &Unsafe{At: d.Pos, Msg: diag.T("không đọc được toạ độ ở đây, nên không biết có bị ô nào che không", "the coordinates here cannot be read, so nobody knows whether a box covers them"), Hint: diag.T("sửa hoặc xoá toạ độ ấy rồi gọi lại lệnh: dòng không ghi chỗ thì che", "correct or remove these coordinates and call the command again: a line without a place is covered")}
		}
	}
	c.lay = p.Lay(c.Width, c.Height, max(1, c.Orientation), 1./exactly)
	if len(c.Boxes) > 0 && p.Lines() > 0 && len(c.lay) == 0 {
		return nil, 0, unsafe("đọc lại chữ từ đúng ảnh gốc này, hoặc bỏ lời này khỏi bản ghi", "read the text again from this very master, or take it out of the record",
			"không biết các dòng ở đâu trên ảnh gốc: khổ ghi trong tệp khác tỉ lệ với ảnh", "nobody knows where the lines are on the master: the size that the file gives has other proportions")
	}
	repairLines(file, p) // so that words are found as they are shown
	e = &Edit{File: file, Replaced: map[Replaced]int{}, was: raw, whole: true}
	for i := range p.Blocks {
		e.replaceIn(&p.Blocks[i], c.Words)
		lines += c.coverIn(p, &p.Blocks[i])
	}
	for _, w := range c.Words {
		if slices.ContainsFunc(w.wording.In(p.Text()), func(m vi.Mention) bool { return m.Likeness == vi.Same }) {
			return nil, 0, unsafe("xoá những chữ ấy trong tệp rồi gọi lại lệnh", "take these words out of the file and call the command again",
				"còn chữ phải che, chạy từ đoạn này sang đoạn khác", "words to cover run from one block to another and would stay")
		}
	}
	e.unplaced = c.settle(p)
	p.Image = c.Name
	if e.now, err = p.XML("vitrine redact", c.Day); err != nil {
		return nil, 0, err
	}
	return e, lines, nil
}

// replaceIn replaces words in a block.
func (e *Edit) replaceIn(b *pagetext.Block, words []Replacement) {
	var changes []pagetext.Change
	for _, s := range standings(b.Running(), words) {
		e.Replaced[Replaced{Words: s.old}]++
		changes = append(changes, pagetext.Change{From: s.from, To: s.to, With: s.with})
	}
	b.Replace(changes)
}

// coverIn covers the lines of a block that a box touches.
func (c CoveredPicture) coverIn(p *pagetext.Page, b *pagetext.Block) (n int) {
	for i := range b.Lines {
		l := &b.Lines[i]
		if ground, covers := c.covers(p, l); covers {
			l.Text, l.Words, l.Broken = record.CoverMark(ground), nil, false
			n++
		}
	}
	return n
}

// exactly is how near a text must come to the proportions of the master, one in so
// many: a line that lies elsewhere by less is still covered, for boxes reach as much
// further as this may move it. Tenths of a millimetre of a small page round to less.
const exactly = 300

// covers reports whether a box touches a line, or one of its words, which may have a
// place outside it, and the ground of the box. Words without a place lie in their line.
func (c CoveredPicture) covers(p *pagetext.Page, l *pagetext.Line) (ground string, covers bool) {
	places := []pagetext.Box{l.Box}
	for _, w := range l.Words {
		if w.Box != (pagetext.Box{}) {
			places = append(places, w.Box)
		}
	}
	for _, place := range places {
		for _, o := range c.lay {
			if ground, covers = c.touches(p, place, o); covers {
				return ground, true
			}
		}
	}
	return "", false
}

// touches reports whether a box touches a place, which lies by an orientation, and the
// ground of the box. It touches what is nowhere.
func (c CoveredPicture) touches(p *pagetext.Page, place pagetext.Box, orientation int) (ground string, covers bool) {
	shown := pagetext.Page{Width: p.Width, Height: p.Height}
	shown.Upright(orientation)
	x0, y0, x1, y1, known := shown.On(place.Upright(p.Width, p.Height, orientation), c.Width, c.Height)
	slip := 1 + max(c.Width, c.Height)/exactly
	for i, box := range c.Boxes {
		if !known || box.Inset(-slip).Overlaps(image.Rect(x0, y0, x1, y1)) {
			return c.Grounds[i], true
		}
	}
	return "", false
}

// settle brings the places of a text to the covered picture, which is upright. It
// reports whether nobody knows how they lay, and they were left out.
func (c CoveredPicture) settle(p *pagetext.Page) (unplaced bool) {
	switch {
	case c.Orientation <= 1:
	case len(c.lay) == 1:
		p.Upright(c.lay[0])
	default:
		p.Unplace()
		return p.Lines() > 0
	}
	return false
}

// Changes reports whether an edit changes anything.
func (e *Edit) Changes() bool { return !bytes.Equal(e.was, e.now) }

// Now is the text of the file as an edit leaves it.
func (e *Edit) Now() string { return string(e.now) }

// Whole reports whether an edit writes its file anew, without the words to cover.
func (e *Edit) Whole() bool { return e.whole }

// Unplaced reports whether an edit leaves out the places of lines, since nobody knows
// how they lay on the picture.
func (e *Edit) Unplaced() bool { return e.unplaced }
