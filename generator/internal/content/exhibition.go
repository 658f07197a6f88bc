package content

import (
	"crypto/sha256"
	"path"
	"slices"
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

// LonePages are the faults of files below pages/ that are named as a page in a language and
// read by nobody: their page is not there in the first language of the site, whose access
// block decides on all, or the site has not theirs.
func (t *Tree) LonePages() (ds []diag.Diagnostic) {
	for s, err := range t.Stats("pages") {
		lang := langOf(s.Path)
		if err != nil || lang == "" || path.Ext(s.Path) != ".md" {
			continue // who reads the folder tells of what cannot be read
		}
		page, at := strings.TrimSuffix(s.Path, "."+lang+".md")+".md", diag.Pos{File: s.Path}
		switch n := slices.Index(t.langs, lang); {
		case n >= 0 && !t.HasFile(page):
			ds = append(ds, diag.Errorf("page-lone", at, "không có trang nào: thiếu %s, bản bằng ngôn ngữ đầu của trang web (%s)", "this makes no page: there is no %s, in the first language of the site (%s)", page, t.langs[0]).
				WithHint("viết %s với phần đầu có title và access, hoặc đổi tên tệp này; không cần thì xoá đi", "write %s with title and access in its head, or rename this file; if it is not needed, remove it", page))
		case n <= 0:
			ds = append(ds, diag.Warnf("file-ignored", at, "không có gì được đọc từ đây", "nothing is read from here").
				WithHint("tên tệp ghi ngôn ngữ %[1]q: bản bằng %[2]s đứng ở %[3]s, ngôn ngữ khác phải có trong languages của site.yaml", "its name says the language %[1]q: %[2]s stands in %[3]s, any other must be among the languages of site.yaml", lang, t.langs[0], page))
		}
	}
	return ds
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
