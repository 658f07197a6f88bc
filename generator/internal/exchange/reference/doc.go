// Package reference writes what a record is cited by in the formats of programs that
// manage references: RIS, BibTeX and CSL-JSON, the meta elements that Zotero's connector
// reads in a page, and COinS for lists.
//
// Names are never taken apart: bodies, pseudonyms, reign names and Vietnamese persons are
// one text each, which no style can invert. RIS says so by a comma behind the name,
// BibTeX by braces, CSL-JSON by "literal". A date that these formats have no form for
// keeps its words.
package reference

import (
	"bytes"
	"strings"

	"vitrine/generator/edtf"
)

// Entry is what is said of a record. All texts are plain; what is empty is left out.
type Entry struct {
	ID         string
	Type       Type
	Names      []string // as cited, the first first: "Nguyễn Ái Quốc [Hồ Chí Minh]"
	Signed     []string // the same without what stands in brackets
	Title      string
	Issued     edtf.Date
	Words      string // of the date
	Genre      string // "chỉ thị"
	Number     string // "100-CT/TW"
	Issuer     string // the body that issued a numbered document
	Archive    string // who holds it
	Collection string // the fonds
	Location   string // within it: "mục lục số 01, ĐVBQ số 0003, tờ 1–2"
	Place      string // the city of the archive
	CallNumber string // the reference code as printed
	Medium     string
	Dimensions string
	Language   string // BCP 47
	Abstract   string
	Website    string
	URL        string
	Version    string // edition and state, as numbers: "3, 0123456789abcdef"
	State      string // the same in words
	Note       string
}

// Type is a kind of document in each format.
type Type struct{ Zotero, CSL, RIS, BibTeX string }

// The types that a record may have. Zotero's are those that have fields for archives,
// where there is a choice.
var (
	report     = Type{"report", "report", "RPRT", "techreport"}
	manuscript = Type{"manuscript", "manuscript", "MANSCPT", "unpublished"}
	letter     = Type{"letter", "personal_communication", "PCOMM", "misc"}
	speech     = Type{"manuscript", "speech", "MANSCPT", "misc"}
	treaty     = Type{"document", "treaty", "GEN", "misc"}
	pamphlet   = Type{"manuscript", "pamphlet", "PAMP", "booklet"}
	newspaper  = Type{"newspaperArticle", "article-newspaper", "NEWS", "misc"}
	picture    = Type{"artwork", "graphic", "ART", "misc"}
	sound      = Type{"audioRecording", "song", "SOUND", "misc"}
	film       = Type{"film", "motion_picture", "VIDEO", "misc"}
	video      = Type{"videoRecording", "motion_picture", "VIDEO", "misc"}
	chart      = Type{"map", "map", "MAP", "misc"}
	book       = Type{"book", "book", "BOOK", "book"}
	gathering  = Type{"document", "collection", "GEN", "misc"}
	thing      = Type{"document", "document", "GEN", "misc"}
)

// ofForm are the types of forms of records, by the slug of their Vietnamese names. A
// letter keeps its type whatever number it bears.
var ofForm = map[string]Type{
	"thu": letter, "buc-thu": letter, "thu-cong": letter, "thu-ngo": letter, "dien-bao": letter, "dien-tin": letter, "cong-dien": letter,
	"cong-ham": letter, "buu-thiep": letter,
	"loi-keu-goi": speech, "bai-phat-bieu": speech, "dien-van": speech, "tham-luan": speech, "bai-giang": speech, "tuyen-bo": speech, "tuyen-ngon": speech,
	"hiep-dinh": treaty, "hiep-uoc": treaty, "nghi-dinh-thu": treaty, "tam-uoc": treaty, "ban-thoa-thuan": treaty, "ban-ghi-nho": treaty,
	"truyen-don": pamphlet, "to-roi": pamphlet,
	"bao": newspaper, "bai-bao": newspaper, "tap-chi": newspaper,
	"sach": book, "tap-tho": book, "hoi-ky": book, "truyen": book,
	"ap-phich": picture, "tem": picture, "tien-giay": picture,
	"ghi-am": sound, "dia-hat": sound, "phim": film, "bang-hinh": video,
}

// ofGroup are the types of the groups of forms that a rule profile has.
var ofGroup = map[string]Type{"image": picture, "map": chart, "av": video, "publication": book, "other": thing}

// TypeOf is the type of a record of a level and of a form in a group, all as the model
// has them. Only items and parts have a form of their own; a document is a report where it
// bears a number, else a manuscript.
func TypeOf(level, form, group string, numbered bool) Type {
	if level != "item" && level != "part" {
		return gathering
	}
	if t, ok := ofForm[form]; ok {
		return t
	}
	if t, ok := ofGroup[group]; ok {
		return t
	}
	if numbered {
		return report
	}
	return manuscript
}

// Format is a format of files.
type Format struct {
	End   string // of the names of files, with its dot
	Media string // media type
	Name  string
	mark  string // how a file with entries begins
	open  string
	apart string
	close string
	write func([]byte, *Entry) []byte
}

// Formats are the formats in which references are written.
var Formats = []Format{
	{End: ".ris", Media: "application/x-research-info-systems", Name: "RIS", mark: "TY  - ", write: appendRIS},
	{End: ".bib", Media: "application/x-bibtex", Name: "BibTeX", mark: "@", apart: "\n", write: appendBibTeX},
	{End: ".csl.json", Media: "application/vnd.citationstyles.csl+json", Name: "CSL-JSON", mark: "[\n", open: "[\n", apart: ",\n", close: "\n]\n", write: appendCSL},
}

// Append appends the nth entry of a file, from 0.
func (f *Format) Append(b []byte, n int, e *Entry) []byte {
	if n == 0 {
		b = append(b, f.open...)
	} else {
		b = append(b, f.apart...)
	}
	return f.write(b, e)
}

// Close appends what ends a file of n entries.
func (f *Format) Close(b []byte, n int) []byte {
	if n == 0 {
		b = append(b, f.open...)
	}
	return append(b, f.close...)
}

// Empty is a file without entries, of the format that a path ends in.
func Empty(path string) []byte {
	for _, f := range Formats {
		if strings.HasSuffix(path, f.End) {
			return f.Close(nil, 0)
		}
	}
	return nil
}

// Is reports whether a file that begins with head is one that this package wrote.
func Is(path string, head []byte) bool {
	for _, f := range Formats {
		if strings.HasSuffix(path, f.End) {
			return len(head) == 0 || bytes.HasPrefix(head, []byte(f.mark))
		}
	}
	return false
}

// line is a text in one line.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// parts are the year, month and day of one date, as many as are known; ok is false for
// what is no single day, month or year.
func parts(d edtf.Date) (out []int, ok bool) {
	if d.IsZero() || d.IsInterval() || d.IsSet() {
		return nil, false
	}
	lo, _ := d.Bounds()
	y, m, day := lo.YMD()
	switch d.Precision() {
	case edtf.PrecisionDay:
		return []int{y, m, day}, y > 0
	case edtf.PrecisionMonth:
		return []int{y, m}, y > 0
	case edtf.PrecisionYear:
		return []int{y}, y > 0
	}
	return nil, false
}

// certain reports whether a date is neither about nor perhaps.
func certain(d edtf.Date) bool { return !d.Approximate() && !d.Uncertain() }
