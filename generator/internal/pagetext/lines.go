package pagetext

import (
	"slices"

	"vitrine/generator/diag"
)

// placed is a block, and where it stands in the order of the file.
type placed struct {
	Block
	key []int // of the reading order; nil where the file gives none for it
}

// begin begins a block.
func (r *reader) begin(lang string, key []int) {
	if len(r.blocks) >= maxBlocks {
		r.tooMuch("trang có quá %d khối", "the page has more than %d blocks", maxBlocks)
		return
	}
	r.blocks = append(r.blocks, placed{Block{Lang: lang}, key})
}

// place gives a region its place in the reading order: the first that is named
// for it in PAGE, where a region has one, and in ALTO too.
func (r *reader) place(ref string, key []int) {
	if r.order == nil {
		r.order = map[string][]int{}
	}
	if len(r.order) >= maxBlocks {
		r.tooMuch("thứ tự đọc có quá %d khối", "the reading order has more than %d blocks", maxBlocks)
		return
	}
	if _, known := r.order[ref]; !known {
		r.order[ref] = key
	}
}

// around is the box around the corners of an outline, none where they cannot be
// read.
func (r *reader) around(points string) Box {
	if len(points) > maxOutline {
		r.tooMuch("đường bao ở đây dài quá %d KB", "the outline here is longer than %d KB", maxOutline>>10)
		return Box{}
	}
	b, ok := around(points)
	if !ok {
		r.badBox()
	}
	return b
}

// tooMuch refuses what no page of print or hand write has.
func (r *reader) tooMuch(vi, en string, most int) {
	r.fail(r.at, "pagetext-size", vi, en, most).
		Hint = diag.T("xuất lại từ chương trình đã đọc trang này, mỗi trang một tệp, mỗi dòng chữ một phần tử riêng", "export it again from the program that read the page, a file for each page and an element for each line")
}

// add adds a line to the block that began last. One without words is left out.
func (r *reader) add(l Line) {
	if l.Text = tidy(l.Text); l.Text == "" {
		return
	}
	if len(l.Text) > maxLine {
		r.tooMuch("dòng ở đây dài quá %d KB", "the line here is longer than %d KB", maxLine>>10)
		return
	}
	if r.lines++; r.lines > maxLines {
		r.tooMuch("trang có quá %d dòng", "the page has more than %d lines", maxLines)
		return
	}
	if l.Box.IsZero() {
		l.Box = aroundWords(l.Words) // of no use where a word has no place: it may lie elsewhere
	}
	r.placed = r.placed || !l.Box.IsZero()
	if len(r.blocks) == 0 {
		r.begin("", nil)
	}
	b := &r.blocks[len(r.blocks)-1]
	b.Lines = append(b.Lines, l)
}

// word counts a word and adds it to a line. It reports whether it did.
func (r *reader) word(l *Line, w Word) bool {
	if w.Text = tidy(w.Text); w.Text == "" {
		return false
	}
	r.words++
	switch {
	case r.words > maxWords:
		r.tooMuch("trang có quá %d từ", "the page has more than %d words", maxWords)
		return false
	case len(l.Words) >= maxLineWords:
		r.tooMuch("dòng ở đây có quá %d từ", "the line here has more than %d words", maxLineWords)
		return false
	case len(w.Text) > maxLine:
		r.tooMuch("từ ở đây dài quá %d KB", "the word here is longer than %d KB", maxLine>>10)
		return false
	}
	l.Words = append(l.Words, w)
	return true
}

// rows counts the lines of the file up to the last token. It goes on from where it
// was asked last, so that a file is counted through once.
type rows struct {
	at  int64
	row int
}

func (n *rows) of(r *reader) int {
	for ; n.at < r.at; n.at++ {
		if r.data[n.at] == '\n' {
			n.row++
		}
	}
	return n.row + 1
}

// inOrder are the blocks with lines: those that the file gives an order in it,
// the others behind them.
func (r *reader) inOrder() (out []Block) {
	slices.SortStableFunc(r.blocks, func(a, b placed) int {
		switch {
		case a.key == nil || b.key == nil:
			return btoi(a.key == nil) - btoi(b.key == nil)
		default:
			return slices.Compare(a.key, b.key)
		}
	})
	for _, b := range r.blocks {
		if len(b.Lines) > 0 {
			out = append(out, b.Block)
		}
	}
	return out
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
