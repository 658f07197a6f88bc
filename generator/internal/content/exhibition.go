package content

import (
	"crypto/sha256"
	"path"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/record"
)

// Exhibition reads an exhibition.yaml. Its texts are read by SectionText.
func (t *Tree) Exhibition(f File) (*record.Exhibition, []diag.Diagnostic) {
	var out *record.Exhibition
	var ds []diag.Diagnostic
	Read(t, f.Path, func(e *record.Exhibition, p Piece, more []diag.Diagnostic) {
		ds = append(ds, more...)
		if e == nil {
			return
		}
		e.File = f.Path
		sum := sha256.Sum256([]byte(p.Text))
		copy(e.Sum[:], sum[:])
		if out != nil {
			ds = append(ds, diag.Errorf("exhibition-several", e.At.In(f.Path), "một exhibition.yaml chỉ mô tả một trưng bày", "an exhibition.yaml describes one exhibition"))
			return
		}
		out = e
		ds = append(ds, t.checkExhibition(f, e)...)
	})
	return out, ds
}

func (t *Tree) checkExhibition(f File, e *record.Exhibition) []diag.Diagnostic {
	ds := checkID(f.Path, e.ID, e.At)
	if e.ID.V != "" && e.ID.V != f.Owner {
		ds = append(ds, diag.Errorf("id-folder", e.ID.At.In(f.Path), "mã %q phải trùng tên thư mục %q", "the id %q must be the name of the folder, %q", e.ID.V, f.Owner))
	}
	if e.Title.IsZero() {
		ds = append(ds, missing(f.Path, e.At, "title"))
	}
	t.checkStanding(f.Path, e.Access, &ds)
	texts := []record.Str{e.ClosingText}
	for _, s := range e.Sections {
		if s.Title.IsZero() {
			ds = append(ds, missing(f.Path, s.At, "title"))
		}
		ds = append(ds, checkSectionID(f.Path, s)...)
		texts = append(texts, s.Text)
	}
	for _, s := range texts {
		if s.V != "" && !t.HasFile(sectionFile(f, s.V, "")) {
			ds = append(ds, diag.Errorf("file-missing", s.At.In(f.Path), "không thấy tệp %s", "there is no file %s", path.Join(path.Dir(f.Path), s.V)))
		}
	}
	return ds
}

func checkSectionID(file string, s record.Section) []diag.Diagnostic {
	if s.ID.V != "" && !safeID(s.ID.V) {
		return checkID(file, s.ID, s.At)
	}
	return nil
}

// sectionFile is the path of a section's text in a language; "" is the first.
func sectionFile(f File, name, lang string) string {
	if lang != "" {
		name = strings.TrimSuffix(name, ".md") + "." + lang + ".md"
	}
	return path.Join(path.Dir(f.Path), path.Base(name))
}

// SectionText reads the text of a section in a language, or in the first
// language where there is none. ok is false when there is no text.
func (t *Tree) SectionText(f File, name, lang string) (b record.Body, ds []diag.Diagnostic, ok bool) {
	if name == "" {
		return b, nil, false
	}
	if lang != t.langs[0] {
		if b, ok, ds = t.body(sectionFile(f, name, lang), lang); ok || len(ds) > 0 {
			return b, ds, ok
		}
	}
	b, ok, ds = t.body(sectionFile(f, name, ""), t.langs[0])
	return b, ds, ok
}

// Page is a page of content/pages in one language.
type Page struct {
	Name string // path below pages/ without extension: "guide/scans"
	Meta record.PageMeta
	Body record.Body
}

// Page reads a page in a language. ok is false when it is not written in it.
func (t *Tree) Page(f File, lang string) (p Page, ds []diag.Diagnostic, ok bool) {
	p.Name = strings.TrimSuffix(strings.TrimPrefix(f.Path, "pages/"), ".md")
	file := f.Path
	if lang != t.langs[0] {
		file = strings.TrimSuffix(f.Path, ".md") + "." + lang + ".md"
	}
	body, ok, ds := t.body(file, lang)
	if !ok {
		return p, ds, false
	}
	front, frontPos, rest, more := markup.FrontMatter(body.Text, diag.Pos{File: file, Line: 1, Col: 1})
	if ds = append(ds, more...); len(more) > 0 {
		return p, ds, false
	}
	if strings.TrimSpace(front) == "" {
		return p, append(ds, diag.Errorf("front-matter", diag.Pos{File: file, Line: 1}, "trang thiếu phần đầu giữa hai dòng ---", "the page lacks front matter between two --- lines").
			WithHint("bắt đầu tệp bằng ---, title: …, access: {state: public}, ---", "begin the file with ---, title: …, access: {state: public}, ---")), false
	}
	meta, more := t.pageMeta(frontPos, front, lang)
	ds = append(ds, more...)
	p.Meta, p.Body = meta, record.Body{Lang: lang, File: file, Text: rest.Text, Line: rest.Pos.Line}
	return p, ds, true
}

// pageMeta decodes front matter; its plain texts are in the language of the page.
func (t *Tree) pageMeta(pos diag.Pos, text, lang string) (record.PageMeta, []diag.Diagnostic) {
	in := &Tree{root: t.root, fsys: t.fsys, langs: []string{lang}}
	m, ds := Decode[record.PageMeta](in, pos, text)
	if m == nil {
		return record.PageMeta{}, ds
	}
	if m.Title.IsZero() {
		ds = append(ds, missing(pos.File, m.At, "title"))
	}
	t.checkStanding(pos.File, m.Access, &ds)
	return *m, ds
}

// PageNames are the files in which a page may stand, in the order of the
// languages of the site.
func (t *Tree) PageNames(f File) []string {
	out := make([]string, len(t.langs))
	for i := range t.langs {
		out[i] = t.bodyName(strings.TrimSuffix(f.Path, ".md"), i)
	}
	return out
}
