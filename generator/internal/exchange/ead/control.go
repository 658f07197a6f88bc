package ead

import (
	"bytes"
	"cmp"

	"golang.org/x/text/language"
)

// agentName is who makes a document, by which ours are known.
const agentName = "Vitrine"

// control writes what the document says of itself. The clock does not enter it.
func (w *Writer) control(h Head) {
	w.open("control", "langencoding", "iso639-3", "scriptencoding", "iso15924", "dateencoding", "iso8601")
	w.leaf("recordid", h.ID, "instanceurl", h.Address)
	for _, p := range h.Pages {
		w.leaf("representation", "", "lang", code(p.Lang), "href", p.Href, "localtype", "text/html")
	}
	w.open("filedesc")
	w.open("titlestmt")
	w.each("titleproper", or(h.Titles, h.ID))
	w.close()
	if len(h.Agency) > 0 {
		w.open("publicationstmt")
		w.each("publisher", h.Agency)
		w.close()
	}
	w.close()
	w.leaf("maintenancestatus", "", "value", "derived")
	w.leaf("publicationstatus", "", "value", "published")
	w.open("maintenanceagency")
	w.each("agencyname", or(h.Agency, h.ID))
	w.close()
	w.declare(h)
	w.open("maintenancehistory")
	w.open("maintenanceevent")
	w.leaf("eventtype", "", "value", "derived")
	w.leaf("eventdatetime", h.Since, "standarddatetime", h.Since)
	w.leaf("agenttype", "", "value", "machine")
	w.leaf("agent", agentName)
	w.close()
	w.close()
	w.close()
}

// declare writes the languages, rules and rights of the descriptions.
func (w *Writer) declare(h Head) {
	for _, lang := range h.Languages {
		w.open("languagedeclaration")
		w.leaf("language", "", "langcode", code(lang))
		w.leaf("script", "", "scriptcode", scriptOf(lang))
		w.close()
	}
	for _, r := range h.Rules {
		w.open("conventiondeclaration")
		w.leaf("citation", r)
		w.close()
	}
	for _, t := range h.Licence {
		w.open("rightsdeclaration", "lang", code(t.Lang))
		w.leaf("citation", oneLine(t.Text), "href", h.LicenceURI)
		w.close()
	}
}

// each writes an element for each language.
func (w *Writer) each(element string, words []Words) {
	for _, t := range words {
		w.leaf(element, oneLine(t.Text), "lang", code(t.Lang))
	}
}

func or(words []Words, otherwise string) []Words {
	if len(words) > 0 {
		return words
	}
	return []Words{{Text: otherwise}}
}

// scriptOf is the code of the script in which a language is written (ISO 15924).
func scriptOf(lang string) string {
	tag, err := language.Parse(lang)
	if err != nil {
		return "Zyyy"
	}
	script, _ := tag.Script()
	return cmp.Or(script.String(), "Zyyy")
}

// Withheld is a whole document that tells nothing of the fonds but its id: it stands
// where one was that may not be shown as it is, until the next build.
func Withheld(id string, notice []Words) []byte {
	var out bytes.Buffer
	h := Head{ID: id}
	for _, t := range notice {
		h.Languages = append(h.Languages, t.Lang)
	}
	w := New(&out, h)
	w.Add(0, 1, Component{Values: []Value{{Key: "id", Words: []Words{{Text: id}}}, {Key: "notes", Words: notice}}})
	_ = w.Close() // a bytes.Buffer never fails
	return out.Bytes()
}
