package dataset

import (
	"slices"
	"strings"

	"vitrine/generator/internal/exchange/ead"
)

// byteOrder stands at the beginning of a sheet, so that Excel takes it for Unicode.
const byteOrder = "\ufeff"

// separator stands between the values of one cell; an import splits them there.
const separator = "; "

// beyond are the columns behind those of the model.
var beyond = []string{"url", "iiif_manifest"}

// appendHeadings appends the row of headings: texts have a column for each language.
func appendHeadings(b []byte, langs []string) []byte {
	b = append(b, byteOrder...)
	var row []string
	for _, f := range Fields {
		row = append(row, headings(f, langs)...)
	}
	return appendCells(b, append(row, beyond...))
}

// Headings are those of the columns of a sheet that a field has.
func headings(f Field, langs []string) (out []string) {
	switch {
	case f.Heading == "":
		return nil
	case f.kind != text && f.kind != texts:
		return []string{f.Heading}
	}
	for _, lang := range langs {
		out = append(out, f.Heading+"."+lang)
	}
	return out
}

// appendRow appends the row of a record. A fonds has none: it is imported as a whole, and its
// records into it.
func appendRow(b []byte, langs []string, r *Record) []byte {
	if r.ID == r.Fonds {
		return b
	}
	var row []string
	all := gathered(r)
	for i, f := range Fields {
		switch {
		case f.Heading == "":
		case f.kind == text:
			for _, lang := range langs {
				row = append(row, in(all[i], lang))
			}
		case f.kind == texts:
			for _, lang := range langs {
				row = append(row, joined(all[i], func(v ead.Value) string { return in([]ead.Value{v}, lang) }))
			}
		default:
			row = append(row, cell(f, all, i, langs))
		}
	}
	page, manifest := "", ""
	if len(r.Pages) > 0 {
		page = r.Pages[0].Href
	}
	if list := all[byKey["objects.manifest"]]; len(list) > 0 {
		manifest = list[0].Href
	}
	return appendCells(b, append(row, page, manifest))
}

// cell is the cell of a field that has one column.
func cell(f Field, all [][]ead.Value, i int, langs []string) string {
	first := ""
	if len(langs) > 0 {
		first = langs[0]
	}
	switch f.kind {
	case date:
		for _, v := range all[i] {
			return v.Date.String()
		}
		return ""
	case extent:
		for _, v := range all[i] {
			return v.Quantity + " " + bare(v)
		}
		return joined(all[byKey["extent.text"]], func(v ead.Value) string {
			if w := v.Words; len(w) > 0 && w[0].Lang != "" && w[0].Lang != first {
				return ""
			}
			return bare(v)
		})
	case names:
		return joined(all[i], func(v ead.Value) string { return named(v, first) })
	case codes:
		return joined(all[i], func(v ead.Value) string { return strings.Join(v.Codes, separator) })
	case links:
		return joined(all[i], func(v ead.Value) string { return v.ID })
	}
	return joined(all[i], bare)
}

// joined are values in one cell. A semicolon within one would part it in two.
func joined(list []ead.Value, of func(ead.Value) string) string {
	var out []string
	for _, v := range list {
		if s := of(v); s != "" {
			out = append(out, s)
		}
	}
	if len(out) > 1 {
		for i := range out {
			out[i] = strings.ReplaceAll(out[i], ";", ",")
		}
	}
	return strings.Join(out, separator)
}

// appendCells appends a row (RFC 4180). What a spreadsheet would take for a formula stands
// behind an apostrophe, which an import takes off.
func appendCells(b []byte, row []string) []byte {
	for i, s := range row {
		if i > 0 {
			b = append(b, ',')
		}
		if s != "" && strings.ContainsRune("=+-@\t", rune(s[0])) {
			s = "'" + s
		}
		if strings.ContainsAny(s, ",\"\r\n") {
			s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
		b = append(b, s...)
	}
	return append(b, '\n')
}

// Columns are the headings of a sheet in some languages.
func Columns(langs []string) (out []string) {
	for _, f := range Fields {
		out = append(out, headings(f, langs)...)
	}
	return slices.Concat(out, beyond)
}
