package pdf

import (
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// tag is the marked content to which a leaf belongs (ISO 32000-1, 14.6).
type tag struct {
	mcid  int    // its number in the structure of the document; -1 where it has none
	words string // that it gives in place of what is drawn
	alt   bool   // they describe what is drawn and do not stand for it
}

// The keys under which words are given in place of what is drawn (ISO 32000-1, 14.9).
var wordKeys = []string{"ActualText", "E", "Alt"}

// spoken is an object whose mark gives words that a search for text would take for
// what is drawn.
type spoken struct {
	object references.FPDF_PAGEOBJECT
	mark   references.FPDF_PAGEOBJECTMARK
}

// layerOf names the layers of optional content in which an object is marked to be (ISO
// 32000-1, 8.11.3.2); empty for none. Two that have one name count as one.
func (s *sheet) layerOf(object references.FPDF_PAGEOBJECT) (out string) {
	count, err := s.d.box.FPDFPageObj_CountMarks(&requests.FPDFPageObj_CountMarks{PageObject: object})
	if err != nil {
		return ""
	}
	for i := range count.Count {
		m, err := s.d.box.FPDFPageObj_GetMark(&requests.FPDFPageObj_GetMark{PageObject: object, Index: uint64(i)})
		if err != nil {
			continue
		}
		name, err := s.d.box.FPDFPageObjMark_GetName(&requests.FPDFPageObjMark_GetName{PageObjectMark: m.Mark})
		if err != nil || name.Name != "OC" {
			continue
		}
		out += "layer "
		if v, err := s.d.box.FPDFPageObjMark_GetParamStringValue(&requests.FPDFPageObjMark_GetParamStringValue{PageObjectMark: m.Mark, Key: "Name"}); err == nil {
			out += v.Value
		}
		out += "\n"
	}
	return out
}

// tags are those of an object, the outermost first.
func (s *sheet) tags(object references.FPDF_PAGEOBJECT) (out []tag, err error) {
	count, err := s.d.box.FPDFPageObj_CountMarks(&requests.FPDFPageObj_CountMarks{PageObject: object})
	if err != nil {
		return nil, s.unread()
	}
	for i := range count.Count {
		m, err := s.d.box.FPDFPageObj_GetMark(&requests.FPDFPageObj_GetMark{PageObject: object, Index: uint64(i)})
		if err != nil {
			return nil, s.unread()
		}
		params, err := s.d.box.FPDFPageObjMark_CountParams(&requests.FPDFPageObjMark_CountParams{PageObjectMark: m.Mark})
		if err != nil || params.Count == 0 {
			continue
		}
		t := tag{mcid: -1}
		if id, err := s.d.box.FPDFPageObjMark_GetParamIntValue(&requests.FPDFPageObjMark_GetParamIntValue{PageObjectMark: m.Mark, Key: "MCID"}); err == nil {
			t.mcid = id.Value
		}
		if params.Count > 1 || t.mcid < 0 {
			s.readWords(&t, spoken{object, m.Mark})
		}
		out = append(out, t)
	}
	return out, nil
}

func (s *sheet) readWords(t *tag, of spoken) {
	for _, key := range wordKeys {
		v, err := s.d.box.FPDFPageObjMark_GetParamBlobValue(&requests.FPDFPageObjMark_GetParamBlobValue{PageObjectMark: of.mark, Key: key})
		if err != nil || len(v.Value) == 0 {
			continue
		}
		if key == wordKeys[0] {
			s.spoken = append(s.spoken, of)
		}
		t.words += textString(v.Value)
		name, err := s.d.box.FPDFPageObjMark_GetName(&requests.FPDFPageObjMark_GetName{PageObjectMark: of.mark})
		t.alt = err == nil && describes(key, name.Name)
	}
}

// describes reports whether words under a key of some kind of content tell what is
// seen there: the others may stand for what is not seen.
func describes(key, kind string) bool { return key == "Alt" && kind != "Span" && kind != "P" }

// silence takes away what is to be read in place of glyphs, so that the text of the
// page is that of its glyphs. Marks are shared by objects, so one may be gone already.
func (s *sheet) silence() {
	for _, o := range s.spoken {
		_, _ = s.d.box.FPDFPageObjMark_RemoveParam(&requests.FPDFPageObjMark_RemoveParam{PageObject: o.object, PageObjectMark: o.mark, Key: wordKeys[0]})
	}
}

// textString decodes a text string of a PDF (ISO 32000-1, 7.9.2.2). Of the bytes
// that are no Unicode only the letters of Latin-1 are told.
func textString(b []byte) string {
	switch {
	case len(b) >= 2 && b[0] == 0xfe && b[1] == 0xff:
		var units []uint16
		for i := 2; i+1 < len(b); i += 2 {
			units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
		}
		return string(utf16.Decode(units))
	case utf8.Valid(b):
		return string(b)
	}
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes)
}

// letters is how many letters and digits a text has.
func letters(text string) (n int) {
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
