package generator

import (
	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

// pageEnd is how much of the end of a page, and of the beginning of the next, is
// searched for words that run from one into the other, in bytes.
const pageEnd = 400

// acrossPages finds words that begin at the end of the transcript of one picture and
// end at the beginning of that of the next: no edit of a single text takes them out,
// and a reader reads on. tree is the content as it will be.
func (m *mentions) acrossPages(tree *content.Tree) (out []diag.Diagnostic) {
	place, _ := tree.Locate(m.place.Unit.ID.V)
	if place == nil || place.Unit == nil {
		return nil
	}
	objects := place.Unit.Objects
	for i := 1; i < len(objects); i++ {
		before, after := &objects[i-1], &objects[i]
		for _, pair := range [][2]*record.Transcript{{before.Transcript, after.Transcript}, {before.Translation, after.Translation}} {
			if pair[0] == nil || pair[1] == nil || pair[0].File.V != "" && pair[0].File.V == pair[1].File.V {
				continue
			}
			for _, lang := range tree.Languages() {
				end, _ := m.transcriptOf(tree, pair[0], lang, *before)
				begin, at := m.transcriptOf(tree, pair[1], lang, *after)
				out = append(out, m.across(end, begin, at)...)
			}
		}
	}
	return out
}

// across finds words that run from the end of one text into the beginning of another.
func (m *mentions) across(end, begin string, at diag.Pos) (out []diag.Diagnostic) {
	end, begin = around(end, max(0, len(end)-pageEnd), len(end)), around(begin, 0, min(len(begin), pageEnd))
	for _, w := range m.words {
		for _, found := range w.In(end + "\n" + begin) {
			if found.Likeness == vi.Near || found.From >= len(end) || found.To <= len(end)+1 {
				continue
			}
			out = append(out, diag.Errorf("cover-remains", at, "%q chạy từ lời chép của trang trước sang lời chép này", "%q runs from the transcript of the page before into this one", w.Text.V).
				WithHint("che từng nửa: ghi vào words của trang trước phần ở trang trước, vào words của trang này phần ở đây", "cover each half: add to the words of the page before what stands there, and to those of this page what stands here"))
		}
	}
	return out
}

// transcriptOf is the text of a transcript in a language, as readers get it, and its place.
func (m *mentions) transcriptOf(tree *content.Tree, t *record.Transcript, lang string, of record.Object) (string, diag.Pos) {
	if t.File.V == "" {
		text, _ := t.Text.In(lang)
		return text, t.At.In(m.place.File.Path)
	}
	file := content.MediaPath(m.place.File.Owner, t.File.V)
	at := diag.Pos{File: file, Line: 1, Col: 1}
	if !content.IsPageText(file) {
		text, _ := tree.Text(file)
		return text, at
	}
	of.Redaction = nil // what was covered is searched for what was not
	p, _, _ := tree.PageText(file, of)
	if p == nil {
		return "", at
	}
	return p.Text(), at
}
