package pagetext

import (
	"encoding/xml"
	"strings"
)

// hocr reads hOCR 1.2 (kba.github.io/hocr-spec): a page of HTML in whose classes
// and titles stand what is a line, and where.
type hocr struct {
	rows  rows
	marks []string // what each open element is: "page", "block", "line", "word", or ""
	langs []string
	line  *Line
	word  *Word
	raw   strings.Builder // of the line
	said  strings.Builder // of the word
}

// Classes of hOCR that are lines, and those that are blocks of them.
var (
	lineClasses  = []string{"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"}
	blockClasses = []string{"ocr_par", "ocr_carea", "ocr_column", "ocrx_block", "ocr_xycut"}
)

func (f *hocr) open(r *reader, e xml.StartElement) {
	mark, lang := "", attr(e, "lang")
	if e.Name.Local == "br" && f.line != nil {
		f.raw.WriteByte(' ')
	}
	if n := len(f.langs); lang == "" && n > 0 {
		lang = f.langs[n-1]
	}
	switch {
	case hasClass(e, "ocr_page"):
		mark = "page"
		r.onePage()
		b, _ := f.box(r, e)
		r.page.Width, r.page.Height = b.X+b.W, b.Y+b.H
		r.page.Image = property(attr(e, "title"), "image")
		lang = attr(e, "lang") // that of the root is of who wrote the file
	case hasClass(e, blockClasses...) && f.line == nil:
		mark = "block"
		r.begin(language(lang), nil)
	case hasClass(e, lineClasses...) && f.line == nil:
		mark = "line"
		f.line = &Line{Row: f.rows.of(r)}
		f.line.Box, _ = f.box(r, e)
		f.raw.Reset()
	case hasClass(e, "ocrx_word") && f.line != nil && f.word == nil:
		mark = "word"
		f.word = &Word{}
		f.said.Reset()
		f.word.Box, _ = f.box(r, e)
	}
	f.marks, f.langs = append(f.marks, mark), append(f.langs, lang)
}

// box is the bbox of an element: left, top, right and bottom.
func (f *hocr) box(r *reader, e xml.StartElement) (Box, bool) {
	s := property(attr(e, "title"), "bbox")
	if s == "" {
		return Box{}, false
	}
	v, ok := numbers(s)
	if !ok || len(v) != 4 || v[2] < v[0] || v[3] < v[1] {
		r.badBox()
		return Box{}, false
	}
	return Box{v[0], v[1], v[2] - v[0], v[3] - v[1]}, true
}

// property is one of those in a title, which semicolons part: numbers, or a text in
// quotes, which may hold one.
func property(title, name string) string {
	for title != "" {
		end, quoted := len(title), false
		for i, c := range title {
			if c == '"' {
				quoted = !quoted
			}
			if c == ';' && !quoted {
				end = i
				break
			}
		}
		key, value, _ := strings.Cut(strings.TrimSpace(title[:end]), " ")
		if key == name {
			return strings.Trim(strings.TrimSpace(value), `"'`)
		}
		title = title[min(end+1, len(title)):]
	}
	return ""
}

func (f *hocr) close(r *reader, _ string) {
	n := len(f.marks)
	if n == 0 {
		return
	}
	mark := f.marks[n-1]
	f.marks, f.langs = f.marks[:n-1], f.langs[:n-1]
	switch mark {
	case "word":
		f.word.Text = f.said.String()
		r.word(f.line, *f.word)
		f.word = nil
	case "line":
		f.line.Text = tidy(f.raw.String())
		if rest, found := strings.CutSuffix(f.line.Text, "\u00ad"); found { // how hOCR writes a hyphen at the end of a line
			f.line.Text, f.line.Broken = rest+"-", true
		}
		r.add(*f.line)
		f.line = nil
	}
}

func (f *hocr) text(r *reader, s string) {
	if f.line != nil {
		f.raw.WriteString(s)
		if f.word != nil {
			f.said.WriteString(s)
		}
		return
	}
	if r.pages > 0 && tidy(s) != "" && !r.within("script") && !r.within("style") {
		r.warn(r.at, "pagetext-lost", "chữ ở đây không thuộc dòng nào (ocr_line) nên không hiện", "the words here stand in no line (ocr_line) and are not shown")
	}
}
