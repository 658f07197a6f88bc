// Package cite words a reference to a record in each style.
//
// The wording is data: the `citation:` entries of a rule profile. An entry
// whose key has no dot is a template of a style; `STYLE.label` names the style,
// `STYLE.lang` fixes the language it is always written in, and `STYLE@FORM`
// is the template for one document type. `creators.last` joins the last two
// of several creators and `creators.others` stands for those after the third.
//
// A template is text with placeholders in braces:
//
//	{title}            the field
//	{, số |number}     the field with words before it
//	{, “|title|,”}     and with words after it
//	{fonds_no/fonds}   the first of two fields that is not empty
//
// A placeholder whose field is empty vanishes with its words, and with the
// plain text in front of it; so «{creators}: {title}» needs no colon of its
// own. Words that the value begins with are not repeated («phông |fonds» before
// "Phông Phủ Thủ tướng"), and marks that would meet are merged.
//
// Vietnamese names are cited in full, never inverted and never split.
package cite

import (
	"strings"

	"vitrine/generator/diag"
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
}

// Styles are the styles of a profile. They may be used by many goroutines.
type Styles struct {
	names     []Style
	templates map[string]map[string]template // style or style@form → language
	fallback  map[string]string              // style or style@form → language of its first template
	fixed     map[string]string              // style → language it is always written in
	last      record.Text
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

// New reads the citation entries of a profile. The error is a *Fault.
func New(profile record.Profile) (*Styles, error) {
	s := &Styles{templates: map[string]map[string]template{}, fallback: map[string]string{}, fixed: map[string]string{}}
	labels := map[string]record.Text{}
	for _, e := range profile.Citation {
		style, attribute, dotted := strings.Cut(e.Key, ".")
		switch {
		case e.Key == "creators.last":
			s.last = e.Text
		case e.Key == "creators.others":
			s.others = e.Text
		case !dotted:
			if f := s.add(e); f != nil {
				return nil, f.of(e.Key, e.Text.At)
			}
		case attribute == "label":
			labels[style] = e.Text
		case attribute == "lang":
			s.fixed[style], _ = e.Text.In("")
		default:
			return nil, fault("%q không phải label hay lang", "%q is neither label nor lang", attribute).of(e.Key, e.Text.At)
		}
	}
	s.name(labels)
	if f := s.orphan(profile.Citation); f != nil {
		return nil, f
	}
	return s, nil
}

func (s *Styles) add(e record.Labelled) *Fault {
	in := map[string]template{}
	for _, l := range e.Text.Langs {
		t, f := parse(l.V)
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
func (s *Styles) name(labels map[string]record.Text) {
	for i, n := range s.names {
		label := labels[n.Key]
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
		style, _, _ := strings.Cut(e.Key, ".")
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
// and for an item of which nothing is known.
func (s *Styles) Cite(style, lang string, in *Item) string {
	key := style
	if _, ok := s.templates[style+"@"+in.Form]; ok && in.Form != "" {
		key = style + "@" + in.Form
	}
	if fixed := s.fixed[style]; fixed != "" {
		lang = fixed
	}
	t, ok := s.templates[key][lang]
	if !ok && s.fixed[style] == "" {
		lang = s.fallback[key]
	}
	if !ok {
		t = s.templates[key][s.fallback[key]]
	}
	return t.write(wording{s, lang, in})
}
