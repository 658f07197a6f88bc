// Package cite words a reference to a record in each style.
//
// The wording is data: the `citation:` entries of a rule profile. An entry
// whose key has no dot is a template of a style; `STYLE.label` names the style,
// `STYLE.lang` fixes the language it is always written in, and `STYLE@FORM`
// is the template for one document type, or for an `exhibition` of the site, `STYLE@anonymous` that for what has no
// creator. `creators.last` joins the last two of several creators and
// `creators.others` stands for those after the third; `STYLE.last` and
// `STYLE.most` say so for one style. `STYLE.undated` stands for a year that
// nobody knows, `STYLE.circa` before one that is about. `NAME.text` is a
// template that others may use as a field, such as `version.text`.
//
// A template is text with placeholders in braces:
//
//	{title}            the field
//	{, số |number}     the field with words before it
//	{, “|title|,”}     and with words after it
//	{fonds_no/fonds}   the first of two fields that is not empty
//
// What stands between asterisks is set in italics, in the words around a field:
// `{. *|title|*}`. A placeholder whose field is empty vanishes with its words, and with the
// plain text in front of it; so «{creators}: {title}» needs no colon of its
// own. Words that the value begins with are not repeated («phông |fonds» before
// "Phông Phủ Thủ tướng"), and marks that would meet are merged.
//
// Vietnamese names are cited in full, never inverted and never split.
//
// The day on which somebody looked at a page is not known when it is made: what
// a style says of it is a run of its own, without text, which the script of the
// page words when a reference is copied. For that, fields whose names begin with
// `accessed` say how the day is written.
package cite

import (
	"strconv"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
)

// Item is what a citation may say. Texts are plain, without markup; whatever
// is empty is left out.
type Item struct {
	Creators   []Creator
	Title      record.Text // the first language is that of the document
	Supplied   bool        // the title is the archivist's own: it stands in brackets
	Form       string      // id of the document type, chooses STYLE@FORM
	FormWords  record.Text // its label
	Number     string      // number and symbol as printed: "100-CT/TW"
	Date       record.Text // in words: "ngày 2 tháng 9 năm 1945"
	Created    edtf.Date   // the same; zero where there are words alone
	Fonds      record.Text // title of the fonds or collection
	FondsNo    string
	Collection bool // the fonds is an artificial collection
	Inventory  string
	Unit       string
	Folios     string
	Repository record.Text // the name to cite it by at the date of the build
	Place      record.Text // city of the repository
	PlaceShown record.Text // place of creation, or where a photograph was taken
	Original   record.Text // who holds the original, where this is a copy
	Website    record.Text // title of the site
	Edition    string      // number of the edition in which this state was first, "" for none
	Print      string      // fingerprint of this state
	URL        string      // absolute address of the page, "" without a base address
}

// Creator is somebody to cite.
type Creator struct {
	Name record.Text // the authority form
	As   string      // the name as signed; cited first where it differs
	Body bool        // a corporate body; machine formats need to know
}

// Style is a way to cite.
type Style struct {
	Key   string
	Label diag.Text
	Lang  string // that it is always written in, "" for that of the page
}

// Styles are the styles of a profile. They may be used by many goroutines.
type Styles struct {
	names     []Style
	templates map[string]map[string]template // style or style@form → language
	fallback  map[string]string              // style or style@form → language of its first template
	said      map[string]record.Text         // what else is said of a style, by the key of the entry
	parts     map[string]map[string]template // templates that stand for fields
	others    record.Text
}

// Fault is a citation entry of a profile that cannot be used, with its place
// in the file of the profile.
type Fault struct {
	Msg diag.Text
	At  record.At
}

// Error returns the message in English.
func (f *Fault) Error() string { return f.Msg.En }

func fault(vi, en string, args ...any) *Fault { return &Fault{Msg: diag.T(vi, en, args...)} }

// of says which entry the fault is in.
func (f *Fault) of(key string, at record.At) *Fault {
	before := diag.T("mục citation %q: ", "citation entry %q: ", key)
	return &Fault{Msg: diag.Text{Vi: before.Vi + f.Msg.Vi, En: before.En + f.Msg.En}, At: at}
}

// attributes are what may be said of a style besides its name and its template.
var attributes = map[string]bool{"label": true, "lang": true, "last": true, "most": true, "undated": true, "circa": true}

// New reads the citation entries of a profile. The error is a *Fault.
func New(profile record.Profile) (*Styles, error) {
	s := &Styles{templates: map[string]map[string]template{}, fallback: map[string]string{},
		said: map[string]record.Text{}, parts: map[string]map[string]template{}}
	for _, e := range profile.Citation {
		if name, ok := strings.CutSuffix(e.Key, ".text"); ok {
			if f := s.part(name, e.Text); f != nil {
				return nil, f.of(e.Key, e.Text.At)
			}
		}
	}
	for _, e := range profile.Citation {
		if f := s.read(e); f != nil {
			return nil, f.of(e.Key, e.Text.At)
		}
	}
	s.name()
	if f := s.orphan(profile.Citation); f != nil {
		return nil, f
	}
	return s, nil
}

// read takes in one entry.
func (s *Styles) read(e record.Labelled) *Fault {
	_, attribute, dotted := strings.Cut(e.Key, ".")
	switch {
	case e.Key == "creators.others":
		s.others = e.Text
	case !dotted:
		return s.add(e)
	case attribute == "text":
	case !attributes[attribute]:
		return fault("%q không phải label, lang, last, most, undated, circa hay text", "%q is none of label, lang, last, most, undated, circa and text", attribute)
	case attribute == "most":
		text, _ := e.Text.In("")
		if n, err := strconv.Atoi(text); err != nil || n < 1 {
			return fault("%q không phải số tác giả", "%q is no number of creators", text)
		}
		fallthrough
	default:
		s.said[e.Key] = e.Text
	}
	return nil
}

// part reads a template that stands for a field.
func (s *Styles) part(name string, text record.Text) *Fault {
	if fields[name] != nil {
		return fault("%q là tên một trường có sẵn", "%q is the name of a field", name)
	}
	in := map[string]template{}
	for i, l := range text.Langs {
		t, f := parse(l.V, nil)
		if f != nil {
			return f
		}
		if in[l.Lang] = t; i == 0 {
			in[""] = t // in place of a language that has none
		}
	}
	s.parts[name] = in
	return nil
}

func (s *Styles) add(e record.Labelled) *Fault {
	in := map[string]template{}
	for _, l := range e.Text.Langs {
		t, f := parse(l.V, s.parts)
		if f != nil {
			return f
		}
		in[l.Lang] = t
	}
	if len(in) == 0 {
		return fault("không có mẫu câu", "there is no template")
	}
	s.templates[e.Key], s.fallback[e.Key] = in, e.Text.Langs[0].Lang
	if !strings.Contains(e.Key, "@") {
		s.names = append(s.names, Style{Key: e.Key})
	}
	return nil
}

// name gives the styles their labels; a style without one goes by its key.
func (s *Styles) name() {
	for i, n := range s.names {
		label := s.said[n.Key+".label"]
		s.names[i].Lang, _ = s.said[n.Key+".lang"].In("")
		s.names[i].Label.Vi, _ = label.In("vi")
		s.names[i].Label.En, _ = label.In("en")
		if label.IsZero() {
			s.names[i].Label = diag.Text{Vi: n.Key, En: n.Key}
		}
	}
}

// orphan finds an entry that speaks of a style that there is not.
func (s *Styles) orphan(entries []record.Labelled) *Fault {
	for _, e := range entries {
		style, attribute, _ := strings.Cut(e.Key, ".")
		if attribute == "text" {
			continue
		}
		style, _, _ = strings.Cut(style, "@")
		if _, ok := s.templates[style]; !ok && style != "creators" {
			return fault("không có kiểu trích dẫn %q", "there is no style %q", style).of(e.Key, e.Text.At)
		}
	}
	return nil
}

// Names returns the styles in the order of the profile.
func (s *Styles) Names() []Style { return s.names }

// Cite words a reference in a style; lang is the language of the page, used
// where the style does not fix its own. It returns "" for an unknown style
// and for an item of which nothing is known. Nothing of it is in italics.
func (s *Styles) Cite(style, lang string, in *Item) string {
	t, w := s.choose(style, lang, in)
	return unmarked(t.write(w))
}

// Runs words a reference as Cite does, in pieces that are set alike. What it says
// of the day on which a page was looked at is a piece without text.
func (s *Styles) Runs(style, lang string, in *Item) []Run {
	t, w := s.choose(style, lang, in)
	text := t.write(w)
	if !t.accessed || text == "" {
		return runsOf(text)
	}
	w.looked = true
	return accessed(text, t.write(w))
}

// choose is the template for an item in a style, with the language it is in.
func (s *Styles) choose(style, lang string, in *Item) (template, wording) {
	key := style
	if _, ok := s.templates[style+"@anonymous"]; ok && !in.named() {
		key = style + "@anonymous"
	}
	if _, ok := s.templates[style+"@"+in.Form]; ok && in.Form != "" {
		key = style + "@" + in.Form
	}
	fixed, _ := s.said[style+".lang"].In("")
	if fixed != "" {
		lang = fixed
	}
	t, ok := s.templates[key][lang]
	if !ok && fixed == "" {
		lang = s.fallback[key]
	}
	if !ok {
		t = s.templates[key][s.fallback[key]]
	}
	return t, wording{Styles: s, style: style, lang: lang, in: in}
}

// named reports whether somebody is there to be cited.
func (in *Item) named() bool {
	for _, c := range in.Creators {
		if !c.Name.IsZero() || c.As != "" {
			return true
		}
	}
	return false
}
