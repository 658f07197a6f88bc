package schema

import (
	"regexp"
	"slices"
	"strings"

	"vitrine/generator/internal/record"
)

// Types of JSON.
const (
	str     = "string"
	number  = "number"
	integer = "integer"
	boolean = "boolean"
	null    = "null"
	array   = "array"
	keyed   = "object"
)

// scalars are the types of a value that is one word or text, whatever YAML takes it for.
var scalars = []string{str, number, boolean}

// only refuses what is of no type of a list, with words of its own. It is the condition
// that the package comment speaks of: what it holds is refused by the first type, which it
// cannot be of.
func only(message string, types ...string) object {
	return object{
		{"if", object{{"not", object{{"type", types}}}}},
		{"then", object{{"type", types[0]}, {"errorMessage", message}}},
	}
}

// alone wraps a schema into an anyOf.
func alone(o object) object { return object{{"anyOf", []object{o}}} }

// empty takes nothing but an empty value.
func empty() object { return only("ở đây để trống hoặc bỏ cả dòng", null) }

// or are the types with an empty value, where it may stand.
func or(filled bool, types ...string) []string {
	if filled {
		return types
	}
	return append(slices.Clone(types), null)
}

// written refuses a text of blanks alone, where one must stand.
func written(filled bool, o object) object {
	if filled {
		o = o.with("pattern", `\S`).with("patternErrorMessage", "khoá này không được để trống: ghi giá trị hoặc bỏ cả dòng")
	}
	return o
}

// scalar is a value of any kind that is no list and holds no keys.
func scalar(filled bool) object {
	return alone(written(filled, only("ở đây cần một giá trị đơn", or(filled, scalars...)...)))
}

// closed is a value of a closed list.
func closed(terms []record.Term, filled bool) object {
	values, said := make([]string, len(terms)), make([]string, len(terms))
	for i, t := range terms {
		values[i], said[i] = t.Key, t.Vi
	}
	list := object{{"enum", values}, {"enumDescriptions", said}, {"errorMessage", "giá trị không có trong danh mục: " + strings.Join(values, ", ")}}
	if filled {
		return list
	}
	return object{{"anyOf", []object{list, empty()}}}
}

// rights is a statement of rights: as the list has it, or as people copy its address.
func rights(filled bool) object {
	out := closed(record.Vocabulary("rights"), true)
	var paths []string
	for _, t := range record.Vocabulary("rights") {
		p := strings.TrimSuffix(strings.TrimPrefix(t.Key, "http://"), "/")
		p = strings.Replace(regexp.QuoteMeta(p), "/vocab/", "/(?:vocab|page)/", 1)
		paths = append(paths, p)
	}
	copied := object{{"type", str}, {"pattern", `^\s*https?://(?:www\.)?(?:` + strings.Join(paths, "|") + `)/?(?:/deed.*)?(?:\?.*)?\s*$`}}
	taken := []object{out, copied}
	if !filled {
		taken = append(taken, empty())
	}
	return object{{"anyOf", taken}}
}

// webAddress is the address of a page.
func webAddress(filled bool) object {
	return alone(pattern(`^\s*https?://`, "địa chỉ bắt đầu bằng https:// hoặc http://", or(filled, str)...))
}

// free is a word that no list closes, but that is given as one: the form of a document
// where the rules have none.
func free(filled bool) object {
	return alone(pattern(`\S`, "ở đây cần một giá trị: chọn một giá trị hoặc bỏ cả dòng", or(filled, scalars...)...))
}

// pattern is a text of a shape, or a value of another of the types.
func pattern(shape, message string, types ...string) object {
	return only(message, types...).with("pattern", shape).with("patternErrorMessage", message)
}

// The shape of a date of EDTF, levels 0 and 1 with what of 2 package edtf reads: a point, an
// interval, a set. Whether there is such a day is not for a pattern to say.
const (
	quality = `[?~%]?`
	month   = `(?:0[1-9]|1[0-2]|2[1-9]|3[0-9]|4[01]|XX)`
	day     = `(?:0[1-9]|[12][0-9]|3[01]|XX)`
	point   = quality + `-?[0-9]{2}(?:[0-9]{2}|[0-9]X|XX)` + quality +
		`(?:-` + quality + month + quality + `(?:-` + quality + day + quality + `)?)?`
	reach  = `(?:` + point + `|\.\.` + point + `|` + point + `\.\.(?:` + point + `)?)`
	limit  = `(?:` + point + `|\.\.)?`
	edtfIs = `^\s*(?:` + point + `|` + limit + `/` + limit + `|\[` + reach + `(?:,` + reach + `)*\]|\{` + reach + `(?:,` + reach + `)*\})?\s*$`
)

// date is a date, which may stand empty. A year without quotation marks is a number to an
// editor.
func date(bool) object {
	o := pattern(edtfIs, "ngày viết theo EDTF, năm trước và trong dấu nháy: \"1945-09-02\", \"1945-09\", \"1945\", \"1930~\", \"1945/1946\"", str, integer, null)
	return alone(o.with("minimum", 1000).with("maximum", 9999))
}

// whole is a whole number, which may stand in quotation marks.
func whole(filled bool) object {
	return alone(pattern(`^\s*[+-]?[0-9]+\s*$`, "ở đây cần một số nguyên", or(filled, integer, str)...))
}

// yesNo is yes or no. In quotation marks it is taken too, and not proposed.
func yesNo(filled bool) object {
	return object{{"anyOf", []object{{{"type", boolean}}, pattern(`^\s*(?:true|false)\s*$`, "ở đây cần true hoặc false", or(filled, str)...)}}}
}

// language is the shape of the code of a language.
const language = `^[a-z]{2,3}$`

// perLanguage are texts by language, of which the first of the site must be there.
func (m *maker) perLanguage() object {
	out := object{{"properties", m.spoken("Văn bản bằng ngôn ngữ này của trang (mã ISO 639).")}, {"patternProperties", object{{language, m.ref("Value", scalar, false)}}}, {"additionalProperties", false}}
	return out.with("required", m.languages[:1])
}

// spoken are the languages of the site as keys, which an editor is to propose.
func (m *maker) spoken(what string) (props object) {
	for _, l := range m.languages {
		props = props.with(l, append(object{{"description", what}}, m.ref("Value", scalar, false)...))
	}
	return props
}

// text is a text in the first language of the site, or in several.
func (m *maker) text(filled bool) object {
	o := only("ở đây cần văn bản, hoặc văn bản theo từng ngôn ngữ {"+m.languages[0]+": …}", or(filled, append(slices.Clone(scalars), keyed)...)...)
	return alone(written(filled, append(o, m.perLanguage()...)))
}

// extent is a text, or a quantity with its unit.
func (m *maker) extent(bool) object {
	o := only("ở đây cần văn bản, hoặc {quantity: …, unit: …}", append(slices.Clone(scalars), keyed, null)...)
	props := object{{"quantity", described("Extent", "quantity", m.ref("Value", scalar, false))}}
	for _, key := range []string{"unit", "text"} {
		props = props.with(key, described("Extent", key, m.ref("Text", m.text, false)))
	}
	props = append(props, m.spoken("Khối lượng viết bằng ngôn ngữ này (mã ISO 639).")...)
	o = append(o, object{{"properties", props}, {"patternProperties", object{{language, m.ref("Value", scalar, false)}}}, {"additionalProperties", false}}...)
	var first object
	for _, l := range m.languages[1:] {
		first = first.with(l, m.languages[:1])
	}
	return alone(o.with("dependencies", first))
}
