package generator_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/internal/record"

	"gopkg.in/yaml.v3"
)

// The guide says of every field of the model where it comes out in each format (fields.md). The table is measured: a record
// has a word of its own in every field, found by reflection, it is written in all formats, and each is searched for the words.
// VITRINE_WRITE=1 writes the table anew.

// fieldFormats are the columns of the table: what is read of a site, and how it is taken apart. To add a format, add it here
// and let the table be written anew.
var fieldFormats = []struct {
	vi, en string
	pieces func(t *testing.T, a *fieldArchive) []piece
}{
	{"CSV, XLSX (`export`)", "CSV, XLSX (`export`)", piecesOfExport},
	{"EAD3", "EAD3", piecesOfEAD},
	{"EAD3 nhập lại", "EAD3 imported", piecesOfAid},
	{"RIS", "RIS", byLine("data/f1.ris", regexp.MustCompile(`^([A-Z][A-Z0-9])  - (.*)`))},
	{"BibTeX", "BibTeX", byLine("data/f1.bib", regexp.MustCompile(`^\s*([a-z]+) = (.*)`))},
	{"CSL-JSON", "CSL-JSON", piecesOfJSON("data/f1.csl.json")},
	{"Zotero", "Zotero", piecesOfMeta},
	{"JSON-LD", "JSON-LD", piecesOfLinked},
	{"IIIF", "IIIF", piecesOfJSON("iiif/tl-1/manifest.json")},
	{"CSV để tải", "CSV download", piecesOfTable},
	{"JSON Lines", "JSON Lines", piecesOfJSON("data/f1.jsonl")},
}

// piece is a text of a file, and where it stands there.
type piece struct{ place, text string }

// untold are the fields that the test plants nothing in, with the reason that the guide gives (in Vietnamese and English).
var untold = map[string][2]string{
	"id":                            {"mã; đứng trong mọi địa chỉ", "the id; it stands in every address"},
	"level":                         {"cấp; `@level` trong EAD3", "the level; `@level` in EAD3"},
	"parent":                        {"vị trí trong cây", "the place in the tree"},
	"access.state":                  {"quyết định có công bố hay không", "decides whether it is published"},
	"access.embargo_until":          {"quyết định có công bố hay không", "decides whether it is published"},
	"access.current_marking":        {"dừng mọi lệnh", "stops every command"},
	"access.personal":               {"quyết định có công bố hay không", "decides whether it is published"},
	"clearance":                     {"quyết định có công bố hay không", "decides whether it is published"},
	"withdrawn":                     {"chỉ ở lời báo đã rút", "only in the notice of a withdrawal"},
	"objects.kind":                  {"theo tệp", "by the file"},
	"objects.file":                  {"tên tệp gốc không ra ngoài", "the name of the master never goes out"},
	"objects.sha256":                {"theo tệp", "by the file"},
	"objects.bytes":                 {"theo tệp", "by the file"},
	"objects.mime":                  {"theo tệp", "by the file"},
	"objects.width":                 {"theo tệp", "by the file"},
	"objects.height":                {"theo tệp", "by the file"},
	"objects.duration":              {"của bản ghi âm, phim", "of recordings"},
	"objects.bitrate":               {"của bản ghi âm, phim", "of recordings"},
	"objects.seq":                   {"thứ tự", "the order"},
	"objects.compare_with":          {"chỉ trên trang", "on the page alone"},
	"objects.captions":              {"của bản ghi âm, phim", "of recordings"},
	"objects.audio_desc":            {"của bản ghi âm, phim", "of recordings"},
	"objects.chapters":              {"của bản ghi âm, phim", "of recordings"},
	"objects.poster":                {"của bản ghi âm, phim", "of recordings"},
	"objects.redacted":              {"che ảnh", "covering pictures"},
	"objects.redaction_note":        {"che ảnh", "covering pictures"},
	"objects.redaction":             {"che ảnh", "covering pictures"},
	"objects.derived_from_sha256":   {"che ảnh", "covering pictures"},
	"objects.cleared_by":            {"quyết định có công bố hay không", "decides whether it is published"},
	"objects.generated_placeholder": {"chỉ trên trang", "on the page alone"},
}

// fieldArchive is an archive of one fonds with one record that has a word in each field.
type fieldArchive struct {
	t       *testing.T
	content string
	out     string
	words   map[string]string // word → key
	terms   map[string]string // value of a closed list, which is all of what stands in a place → key
	keys    []string          // of all fields, in the order of the model
}

// word is a new word that stands for a field.
func (a *fieldArchive) word(key string) string {
	n := len(a.words)
	w := "qz" + string([]byte{byte('a' + n/400), byte('a' + n/20%20), byte('a' + n%20)}) + "vo"
	a.words[w] = key
	return w
}

// plant is what a field may hold, nil for nothing.
func (a *fieldArchive) plant(typ reflect.Type, key, vocab string) any {
	if _, left := untold[key]; left {
		a.keys = append(a.keys, key)
		return nil
	}
	leaf := func(v any) any { a.keys = append(a.keys, key); return v }
	switch reflect.New(typ).Interface().(type) {
	case *record.Str:
		return leaf(a.str(key, vocab))
	case *record.Text:
		return leaf(map[string]any{"vi": a.word(key), "en": a.word(key)})
	case *record.Int:
		n := 70000 + len(a.words)
		a.words[fmt.Sprint(n)] = key
		return leaf(n)
	case *record.Bool:
		return leaf(true)
	case *record.Date:
		year := 1700 + len(a.words)
		a.words[fmt.Sprint(year)] = key
		return leaf(fmt.Sprintf("%d-04-17", year))
	case *record.Ref:
		return leaf(map[string]any{"name": map[string]any{"vi": a.word(key)}})
	case *record.Creator:
		return leaf(map[string]any{"name": a.word(key), "role": "author", "as": a.word(key)})
	case *record.Extent:
		return leaf(map[string]any{"quantity": "12", "unit": a.word(key), "text": a.word(key)})
	case *record.Transcript:
		return leaf(a.word(key))
	case *record.Related:
		return leaf(map[string]any{"id": "tl-2", "note": a.word(key)})
	case *[]record.Extra:
		return leaf(map[string]any{"KEY": a.word(key)})
	}
	switch typ.Kind() {
	case reflect.Pointer:
		return a.plant(typ.Elem(), key, vocab)
	case reflect.Slice:
		if v := a.plant(typ.Elem(), key, vocab); v != nil {
			return []any{v}
		}
	case reflect.Struct:
		out := map[string]any{}
		for i := range typ.NumField() {
			f := typ.Field(i)
			k := f.Tag.Get("key")
			if k == "" {
				continue
			}
			if v := a.plant(f.Type, strings.TrimPrefix(key+"."+k, "."), f.Tag.Get("vocab")); v != nil {
				out[k] = v
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// given are values that must be of a form of their own; what is sought is behind the bar.
var given = map[string]string{"form": "anh|ảnh", "languages": "tyz|tyz", "scripts": "Cham|Cham", "av.language": "blt|blt", "reference.repository": "kho|Kho thử",
	"rights.uri": "http://rightsstatements.org/vocab/NoC-CR/1.0/|NoC-CR", "access.declassification.decision.date": "1990-05-19|1990", "access.declassification.former_marking": "toi-mat|", "status": "dong|phông đóng",
	"access.declassification.decision.number": "12-QĐ/XYZW|XYZW", "objects.ppi": "300|", "former_ids": "cu-qzformer|cu-qzformer"}

// str is a value of a closed list, or a word.
func (a *fieldArchive) str(key, vocab string) any {
	if g, ok := given[key]; ok {
		value, sought, _ := strings.Cut(g, "|")
		if a.terms[value] = key; sought != "" {
			a.words[sought] = key
		}
		return value
	}
	switch terms := record.Vocabulary(vocab); {
	case vocab == "url":
		return "https://example.org/" + a.word(key)
	case len(terms) > 0:
		for _, term := range slices.Backward(terms) { // one that no other field has
			if a.terms[term.Key] == "" && a.words[term.Vi] == "" {
				a.words[term.Vi], a.terms[term.Key] = key, key
				return term.Key
			}
		}
		a.t.Fatalf("%s: all values are taken by other fields", key)
	}
	return a.word(key)
}

// newFieldArchive writes the archive and builds its site.
func newFieldArchive(t *testing.T) *fieldArchive {
	dir := inMemory(t)
	a := &fieldArchive{t: t, content: filepath.Join(dir, "content"), out: filepath.Join(dir, "public"), words: map[string]string{}, terms: map[string]string{}}
	u := a.plant(reflect.TypeFor[record.Unit](), "", "").(map[string]any)
	access, _ := u["access"].(map[string]any)
	if access == nil {
		access = map[string]any{}
	}
	access["state"] = "public"
	u["id"], u["level"], u["parent"], u["access"], u["clearance"] = "tl-1", "item", "f1", access, "qd-01"
	for _, o := range u["objects"].([]any) {
		o.(map[string]any)["kind"], o.(map[string]any)["file"] = "image", "a.jpg"
	}
	text, err := yaml.Marshal(u)
	if err != nil {
		t.Fatal(err)
	}
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 300, 400)), nil); err != nil {
		t.Fatal(err)
	}
	other := "id: tl-2\nlevel: item\nparent: f1\ntitle: Hai\nreference: {fonds_no: \"9\"}\ndates: {display: chưa rõ}\nform: cong-van\naccess: {state: public}\nclearance: qd-01\n"
	for name, data := range map[string]string{
		"site.yaml":               "title: {vi: Kho, en: Archive}\nlanguages: [vi, en]\nbase_url: https://kho.example.org/\nfeatures: {references: true}\n",
		"repositories/kho.yaml":   "id: kho\nname: {vi: Kho thử, en: Trial house}\n",
		"agents/ban.yaml":         "id: ban\ntype: corporate\nname: Ban\n",
		"clearances/qd-01.yaml":   "id: qd-01\ndecision: {number: \"1-QĐ/B\", date: \"2026-01-15\", issued_by: ban, signatory: Nguyễn Văn Mẫu}\nscope: {fonds: [f1], parts: [metadata, images, transcript, audio, video], purposes: [web-exhibition, bulk-download, harvesting, offline], max_px: full, open_ended: true}\nvalid: {from: \"2026-01-15\", review_by: \"2031-01-15\"}\nprepared_by: Trần Thị Mẫu\napproved_by: Lê Văn Mẫu\n",
		"fonds/f1/fonds.yaml":     "id: f1\nlevel: fonds\ntitle: Phông\nreference: {fonds_no: \"9\"}\ndates: {display: chưa rõ}\naccess: {state: public}\nclearance: qd-01\n",
		"fonds/f1/records/b.yaml": other,
		"fonds/f1/records/a.yaml": string(text),
		"fonds/f1/media/a.jpg":    picture.String(),
	} {
		to := filepath.Join(a.content, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	rep, err := generator.Build(context.Background(), generator.Options{Content: a.content, Out: a.out, AsOf: asOf, Jobs: 1})
	if err != nil || rep.Diags.Errors() > 0 {
		for _, d := range rep.Diags.Sorted() {
			t.Log(d.Pos, d.Msg.En, d.Code)
		}
		t.Fatal("the archive cannot be built: ", err, "\n", string(text))
	}
	return a
}

// measure says of each field and format where its words stand.
func (a *fieldArchive) measure() map[string][]string {
	out := map[string][]string{}
	for _, key := range a.keys {
		out[key] = make([]string, len(fieldFormats))
	}
	for i, f := range fieldFormats {
		found := map[string]map[string]bool{}
		for _, p := range f.pieces(a.t, a) {
			for key := range a.fieldsIn(p.text) {
				if found[key] == nil {
					found[key] = map[string]bool{}
				}
				found[key][p.place] = true
			}
		}
		for key, places := range found {
			var list []string
			for p := range places {
				list = append(list, "`"+p+"`")
			}
			slices.Sort(list)
			out[key][i] = strings.Join(list, " ")
		}
	}
	return out
}

// fieldsIn are the fields whose values stand in a text.
func (a *fieldArchive) fieldsIn(text string) map[string]bool {
	out := map[string]bool{}
	for word, key := range a.words {
		if strings.Contains(text, word) {
			out[key] = true
		}
	}
	if key := a.terms[strings.TrimSpace(text)]; key != "" {
		out[key] = true
	}
	return out
}

func (a *fieldArchive) read(name string) string {
	data, err := os.ReadFile(filepath.Join(a.out, filepath.FromSlash(name)))
	if err != nil {
		a.t.Fatal(err)
	}
	return string(data)
}

// table is the table in one language.
func (a *fieldArchive) table(english bool) string {
	var b strings.Builder
	head := []string{"Khoá (YAML)"}
	if english {
		head[0] = "Key (YAML)"
	}
	for _, f := range fieldFormats {
		if english {
			head = append(head, f.en)
		} else {
			head = append(head, f.vi)
		}
	}
	fmt.Fprintf(&b, "| %s |\n|%s\n", strings.Join(head, " | "), strings.Repeat("---|", len(head)))
	cells := a.measure()
	for _, key := range a.keys {
		if why, left := untold[key]; left {
			n := 0
			if english {
				n = 1
			}
			fmt.Fprintf(&b, "| `%s` | %s |%s\n", key, why[n], strings.Repeat(" |", len(fieldFormats)-1))
			continue
		}
		row := []string{"`" + key + "`"}
		for _, c := range cells[key] {
			if c == "" {
				c = "–"
			}
			row = append(row, c)
		}
		fmt.Fprintf(&b, "| %s |\n", strings.Join(row, " | "))
	}
	return b.String()
}

// The table of the guide is what the program does, for every field of the model.
func TestGuideMapsEveryFieldToEachFormat(t *testing.T) {
	t.Parallel()
	a := newFieldArchive(t)
	for i, name := range []string{"fields.md", "fields.en.md"} {
		file := filepath.Join(guideDir, name)
		text := string(read(t, file))
		begin := strings.Index(text, "\n| ") + 1
		end := begin + strings.LastIndex(text[begin:], "|\n") + 2
		if begin == 0 {
			t.Fatalf("%s has no table", name)
		}
		is := text[begin:end]
		want := a.table(i == 1)
		if os.Getenv("VITRINE_WRITE") != "" {
			if err := os.WriteFile(file, []byte(text[:begin]+want+text[end:]), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		have, should := strings.Split(is, "\n"), strings.Split(want, "\n")
		for _, row := range should {
			if !slices.Contains(have, row) {
				t.Errorf("%s lacks the row\n%s", name, row)
			}
		}
		for _, row := range have {
			if !slices.Contains(should, row) {
				t.Errorf("%s has a row that is not so\n%s", name, row)
			}
		}
	}
}
