package plan

import (
	"fmt"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/pack"
	"vitrine/generator/internal/pagetext"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// passages are the lines of the text of a page, with their places on the picture
// that is published, be it smaller than the one they were read from. img may be
// nil.
func (c *composer) passages(row int32, file string, of record.Object, t *record.Transcript, img *page.Image) (out []page.Passage) {
	c.Catalog.askFile(file)
	p, sum, ds := c.Tree.PageText(file, of)
	if c.report(ds...); p == nil || !c.asDecided(row, file, sum) {
		return nil
	}
	if img != nil && p.Placed() {
		c.upright(file, p, mediaPath(c.Catalog.ID(c.Catalog.Fonds(row)), of.File.V), img)
	}
	if img != nil && p.Width > 0 && p.Height > 0 && !p.Fits(img.FullWidth, img.FullHeight) {
		c.report(misfit(file, p, img.FullWidth, img.FullHeight))
	}
	return c.linesOn(p, t.Lang.V, img)
}

// upright brings the places of a text to its picture as it is published. Where the master
// says that its pixels lie otherwise, the text may have been read before they were turned:
// its size tells where that swaps the sides, else its places are left out.
func (c *composer) upright(file string, p *pagetext.Page, master string, img *page.Image) {
	if c.Orientation == nil {
		return
	}
	lies := c.Orientation(master)
	if lies <= 1 {
		return
	}
	switch lay := p.Lay(img.FullWidth, img.FullHeight, lies, pagetext.Near); len(lay) {
	case 1:
		p.Upright(lay[0])
	case 2:
		p.Unplace()
		c.report(diag.Warnf("pagetext-turned", diag.Pos{File: file, Line: 1, Col: 1}, "ảnh %s có ghi hướng xoay (EXIF), mà không rõ lời này đọc trước hay sau khi xoay, nên không chỉ được chỗ của các dòng",
			"the image %s says how it is turned (EXIF), and nobody knows whether this text was read before or after, so the places of its lines are left out", master).
			WithHint("xoay hẳn ảnh rồi lưu lại, không còn ghi hướng xoay, và đọc lại chữ từ ảnh ấy", "turn the image itself, save it without an orientation, and read the text again from it"))
	}
}

// textsOf is the text of each page of a PDF that gives its own, and may be read.
func (c *composer) textsOf(row int32, o record.Object) []pagetext.Page {
	if c.Texts == nil || !o.ShowsOwnText() || !c.Catalog.Verdict(row).Parts.Has(access.Transcript) {
		return nil
	}
	file := mediaPath(c.Catalog.ID(c.Catalog.Fonds(row)), o.File.V)
	c.Catalog.askFile(file)
	return c.Texts(file)
}

// linesOn are the lines of a text in a language, or in that of the page where it is
// empty, with their places on a picture. img may be nil.
func (c *composer) linesOn(p *pagetext.Page, lang string, img *page.Image) (out []page.Passage) {
	marks := c.coverMarks()
	if lang == "" {
		lang = c.lang
	}
	w, h := 0, 0
	if img != nil {
		w, h = img.FullWidth, img.FullHeight
	}
	for _, b := range p.Blocks {
		passage := page.Passage{}
		if b.Lang != lang {
			passage.Lang = b.Lang
		}
		for _, l := range b.Lines {
			line := page.Line{Text: marks.Replace(l.Text)}
			if x0, y0, x1, y1, ok := p.On(l.Box, w, h); ok {
				line.X, line.Y, line.W, line.H = x0, y0, x1-x0, y1-y0
			}
			passage.Lines = append(passage.Lines, line)
		}
		out = append(out, passage)
	}
	return out
}

// misfit warns that a text was read from another picture, or from this one before
// it was cropped or turned.
func misfit(file string, p *pagetext.Page, w, h int) diag.Diagnostic {
	return diag.Warnf("pagetext-fit", diag.Pos{File: file, Line: 1, Col: 1}, "lời này đọc từ ảnh khổ %g × %g, còn ảnh công bố là %d × %d: khác tỉ lệ, nên không chỉ được chỗ của các dòng",
		"this text was read from a picture of %g × %g, and the one that is published has %d × %d: the proportions differ, so the places of its lines are left out", p.Width, p.Height, w, h).
		WithHint("đọc lại chữ từ đúng tệp ảnh này, sau khi đã cắt và xoay", "read the text again from this very file, after it was cropped and turned")
}

// appendWords appends the words of a file of text to what a state of a record is
// told by: of a page that a program read those that are shown, and their places.
func (c *composer) appendWords(b []byte, file string, of record.Object) []byte {
	c.Catalog.askFile(file)
	if !content.IsPageText(file) {
		text, _, _ := c.Tree.Transcript(file) // what is wrong with it is told where it is shown
		return pack.Text(b, text)
	}
	p, _, _ := c.Tree.PageText(file, of)
	if p == nil {
		return b
	}
	for _, block := range p.Blocks {
		b = pack.Text(b, block.Lang)
		for _, l := range block.Lines {
			b = pack.Text(b, l.Text)
			if x0, y0, x1, y1, ok := p.On(l.Box, int(p.Width), int(p.Height)); ok {
				b = pack.Text(b, fmt.Sprint(x0, y0, x1, y1))
			}
		}
	}
	return b
}
