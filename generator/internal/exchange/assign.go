package exchange

import (
	"reflect"
	"strconv"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

// problem says why a value cannot be taken.
type problem struct{ msg, hint diag.Text }

func (p *problem) Error() string { return p.msg.En }

func problemf(vi, en string, args ...any) *problem { return &problem{msg: diag.T(vi, en, args...)} }

func (p *problem) hinting(vi, en string, args ...any) *problem {
	p.hint = diag.T(vi, en, args...)
	return p
}

// setting is what values are written for: the site and its authorities.
type setting struct {
	lang  string // the first language of the site
	forms formNames
	known map[string]bool // ids of authorities
	dates dateRules
	role  string // of a creator
	joins bool   // a text that has words already gets more
}

// assign puts the i-th value of a cell into a field of a unit.
func (s setting) assign(u *record.Unit, t target, i int, value string) *problem {
	v := reflect.ValueOf(u).Elem()
	for n, st := range t.steps {
		v = v.Field(st.index)
		if st.list {
			v = element(v, i, n == len(t.steps)-1)
		}
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
	}
	err := s.set(v, t, value)
	if last := t.steps[len(t.steps)-1]; err != nil && last.list {
		shrink(u, t)
	}
	return err
}

// element is a new element of a list of values, or the i-th of a list of
// structs, whose fields come from several columns.
func element(v reflect.Value, i int, values bool) reflect.Value {
	if values {
		i = v.Len()
	}
	for v.Len() <= i {
		v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
	}
	return v.Index(i)
}

// shrink takes back an element whose value was refused.
func shrink(u *record.Unit, t target) {
	v := reflect.ValueOf(u).Elem()
	for n, st := range t.steps {
		v = v.Field(st.index)
		if n == len(t.steps)-1 {
			v.Set(v.Slice(0, v.Len()-1))
			return
		}
		if st.list {
			v = v.Index(v.Len() - 1)
		}
	}
}

// set fills a leaf. Its type says what the value must look like.
func (s setting) set(v reflect.Value, t target, value string) *problem {
	switch p := v.Addr().Interface().(type) {
	case *record.Str:
		return s.setStr(p, t, value)
	case *record.Text:
		s.add(p, t, value)
	case *record.Int:
		n, err := strconv.Atoi(strings.TrimSuffix(value, ".0"))
		if err != nil {
			return problemf("%q không phải số nguyên", "%q is not a whole number", value)
		}
		p.V = n
	case *record.Bool:
		return setBool(p, value)
	case *record.Date:
		return s.setDate(p, value)
	case *record.Ref:
		*p = s.ref(value)
	case *record.Creator:
		*p = record.Creator{Agent: s.ref(value), Role: record.Str{V: s.role}}
	case *record.Extent:
		s.add(&p.Text, t, value)
	case *record.Related:
		p.ID.V = value
	case *record.Transcript:
		p.Text.Langs = append(p.Text.Langs, record.LangText{Lang: s.lang, V: value})
	}
	return nil
}

// add puts words into a text.
func (s setting) add(p *record.Text, t target, value string) {
	lang := orElse(t.lang, s.lang)
	for i := range p.Langs {
		if s.joins && p.Langs[i].Lang == lang {
			p.Langs[i].V += joint(t.path) + value
			return
		}
	}
	p.Langs = append(p.Langs, record.LangText{Lang: lang, V: value})
}

// joint is what stands between two values of one field.
func joint(path string) string {
	if strings.HasPrefix(path, "title") || path == "subtitle" || path == "extent" {
		return " "
	}
	return "\n\n"
}

func orElse(s, other string) string {
	if s != "" {
		return s
	}
	return other
}

// ref names an authority by id where there is one of that id, else by name.
func (s setting) ref(value string) record.Ref {
	if s.known[value] {
		return record.Ref{ID: value}
	}
	return record.Ref{Name: record.Text{Langs: []record.LangText{{Lang: s.lang, V: value}}}}
}

func setBool(p *record.Bool, value string) *problem {
	switch foldName(value) {
	case "true", "1", "yes", "y", "x", "co", "dung":
		p.V = true
	case "false", "0", "no", "n", "khong", "sai":
		p.V = false
	default:
		return problemf("%q không phải có hoặc không", "%q is neither yes nor no", value)
	}
	return nil
}

func (s setting) setDate(p *record.Date, value string) *problem {
	d, bad := parseStaffDate(value, s.dates)
	if bad != nil {
		return bad
	}
	p.Date, _ = edtf.Parse(d.EDTF)
	return nil
}

func (s setting) setStr(p *record.Str, t target, value string) *problem {
	value = strings.ReplaceAll(value, "\u00a0", " ")
	var err *problem
	switch {
	case t.vocab == "rights":
		value, err = rightsURI(value)
	case t.vocab == "form":
		value, err = s.form(value)
	case t.vocab != "":
		value, err = term(t.vocab, value)
	case t.is("languages[]", "av.language"):
		value, err = language(value)
	case excelRounded.MatchString(value) && strings.ContainsAny(value, "+"):
		err = problemf("%q là số mà Excel đã làm tròn, các chữ số đã mất", "%q is a number that Excel rounded, its digits are lost", value).
			hinting("định dạng cột thành Text trong bảng gốc rồi xuất lại", "format the column as text in the spreadsheet and export again")
	}
	if err == nil {
		p.V = value
	}
	return err
}

// term finds a value of a closed list by its key or by its name in
// Vietnamese or English.
func term(vocabulary, value string) (string, *problem) {
	folded := foldName(value)
	var keys []string
	for _, t := range record.Vocabulary(vocabulary) {
		if t.Key == value || foldName(t.Key) == folded || foldName(t.Vi) == folded || foldName(t.En) == folded {
			return t.Key, nil
		}
		keys = append(keys, t.Key)
	}
	return "", unknownValue(value, keys)
}

func unknownValue(value string, keys []string) *problem {
	e := problemf("%q không có trong danh mục", "%q is not in the list of values", value)
	if near := vi.Similar(value, keys); near != "" {
		return e.hinting("có phải %q?", "did you mean %q?", near)
	}
	return e.hinting("các giá trị dùng được: %s; có thể dịch bằng values: trong tệp ánh xạ", "values that may stand here: %s; a map can translate with values:", strings.Join(keys, ", "))
}

// formNames are the document types of a profile.
type formNames struct {
	ids  []string
	byID map[string]string // folded ids and labels → id
}

func formNamesOf(forms []record.Form) formNames {
	out := formNames{byID: map[string]string{}}
	for _, f := range forms {
		out.ids = append(out.ids, f.ID.V)
		names := []string{f.ID.V}
		for _, l := range f.Label.Langs {
			names = append(names, l.V)
		}
		for _, name := range names {
			if _, taken := out.byID[foldName(name)]; !taken {
				out.byID[foldName(name)] = f.ID.V
			}
		}
	}
	return out
}

// form finds a document type of the profile by its id or its name.
func (s setting) form(value string) (string, *problem) {
	if id, ok := s.forms.byID[foldName(value)]; ok {
		return id, nil
	}
	return "", unknownValue(value, s.forms.ids)
}

// rightsURI finds a rights statement by its address, its code or its words.
func rightsURI(value string) (string, *problem) {
	uri := record.RightsURI(strings.TrimSpace(value))
	for _, t := range record.Vocabulary("rights") {
		if t.Key == uri || strings.HasSuffix(t.Key, "/vocab/"+value+"/1.0/") || foldName(t.En) == foldName(value) || foldName(t.Vi) == foldName(value) {
			return t.Key, nil
		}
	}
	return "", problemf("%q không phải tuyên bố quyền của rightsstatements.org hay Creative Commons", "%q is no statement of rightsstatements.org or Creative Commons", value)
}

// languages by the names and codes that sheets hold.
var languageNames = map[string]string{
	"tieng viet": "vi", "viet": "vi", "viet ngu": "vi", "quoc ngu": "vi", "vietnamese": "vi", "vie": "vi",
	"tieng anh": "en", "anh": "en", "english": "en", "eng": "en",
	"tieng phap": "fr", "phap": "fr", "french": "fr", "francais": "fr", "fre": "fr", "fra": "fr",
	"tieng nga": "ru", "nga": "ru", "russian": "ru", "rus": "ru",
	"tieng trung": "zh", "trung": "zh", "tieng hoa": "zh", "chinese": "zh", "chi": "zh", "zho": "zh",
	"han van": "lzh", "chu han": "lzh", "han": "lzh", "classical chinese": "lzh",
	"tieng duc": "de", "duc": "de", "german": "de", "ger": "de", "deu": "de",
	"tieng tay ban nha": "es", "spanish": "es", "spa": "es", "italian": "it", "ita": "it", "latin": "la", "lat": "la",
	"tieng nhat": "ja", "japanese": "ja", "jpn": "ja", "tieng lao": "lo", "lao": "lo", "tieng khmer": "km", "khmer": "km",
	"arabic": "ar", "ara": "ar", "tieng tay": "tyz", "tieng thai": "blt", "hmong": "hmn",
}

func language(value string) (string, *problem) {
	folded := foldName(value)
	if code, ok := languageNames[folded]; ok {
		return code, nil
	}
	if lower := strings.ToLower(value); isLang(lower) {
		return lower, nil
	}
	return "", problemf("không biết ngôn ngữ %q", "the language %q is not known", value).
		hinting("ghi mã như vi, fr, ru", "write a code such as vi, fr, ru")
}

// field follows a path without lists to its field; ok is false when a list or
// an absent struct stands on the way.
func field(u *record.Unit, t target) (v reflect.Value, ok bool) {
	v = reflect.ValueOf(u).Elem()
	for n, st := range t.steps {
		v = v.Field(st.index)
		last := n == len(t.steps)-1
		if v.Kind() == reflect.Pointer && !last || st.list && !last {
			return v, false
		}
	}
	return v, true
}

func clearField(u *record.Unit, t target) {
	if v, ok := field(u, t); ok && t.lang == "" {
		v.SetZero()
	}
}

// isEmpty reports whether nothing stands in a field, or in its language.
func isEmpty(u *record.Unit, t target) bool {
	v, ok := field(u, t)
	if text, isText := v.Interface().(record.Text); ok && isText {
		return !text.Has(t.lang) && (t.lang != "" || text.IsZero())
	}
	return ok && v.IsZero()
}
