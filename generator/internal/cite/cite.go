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
	"fmt"
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

// New reads the citation entries of a profile. The error names the entry and
// the placeholder at fault.
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
			if err := s.add(e); err != nil {
				return nil, err
			}
		case attribute == "label":
			labels[style] = e.Text
		case attribute == "lang":
			s.fixed[style], _ = e.Text.In("")
		default:
			return nil, fmt.Errorf("citation entry %q: %q is neither label nor lang", e.Key, attribute)
		}
	}
	return s, s.name(labels)
}

func (s *Styles) add(e record.Labelled) error {
	in := map[string]template{}
	for _, l := range e.Text.Langs {
		t, err := parse(l.V)
		if err != nil {
			return fmt.Errorf("citation entry %q: %w", e.Key, err)
		}
		in[l.Lang] = t
	}
	if len(in) == 0 {
		return fmt.Errorf("citation entry %q has no template", e.Key)
	}
	s.templates[e.Key], s.fallback[e.Key] = in, e.Text.Langs[0].Lang
	if !strings.Contains(e.Key, "@") {
		s.names = append(s.names, Style{Key: e.Key})
	}
	return nil
}

// name gives the styles their labels and finds entries that belong to none.
func (s *Styles) name(labels map[string]record.Text) error {
	for i, n := range s.names {
		label := labels[n.Key]
		s.names[i].Label.Vi, _ = label.In("vi")
		s.names[i].Label.En, _ = label.In("en")
		if label.IsZero() {
			s.names[i].Label = diag.Text{Vi: n.Key, En: n.Key}
		}
	}
	var of []string
	for key := range labels {
		of = append(of, key+".label")
	}
	for key := range s.fixed {
		of = append(of, key+".lang")
	}
	for key := range s.templates {
		of = append(of, key)
	}
	for _, key := range of {
		style := key[:strings.IndexAny(key+".", ".@")]
		if _, ok := s.templates[style]; !ok {
			return fmt.Errorf("citation entry %q: there is no style %q", key, style)
		}
	}
	return nil
}

// Names returns the styles in the order of the profile.
func (s *Styles) Names() []Style { return s.names }

// Cite words a reference in a style; lang is the language of the page, used
// where the style does not fix its own. It returns "" for an unknown style
// and for an item of which nothing is known.
func (s *Styles) Cite(style, lang string, in Item) string {
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
	return t.write(wording{s, lang, &in})
}
