package generator_test

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"

	"gopkg.in/yaml.v3"
)

// schema fills the keys of a struct of package record by their paths: a key that is added
// to the model is filled without anybody thinking of it.
type schema struct {
	t     *testing.T
	given map[string]any                  // values of their own, nil for none; by path
	say   func(path, vocab string) string // what is written at a path, "" for nothing
}

func (s *schema) fill(typ reflect.Type, path string) any {
	if v, ok := s.given[path]; ok {
		return v
	}
	switch reflect.New(typ).Interface().(type) {
	case *record.Text:
		return s.word(path, "")
	case *record.Int, *record.Bool, *record.Date:
		return nil // they hold no words
	case *record.Ref:
		return s.keys(path, "name")
	case *record.Creator:
		return s.keys(path, "name", "as")
	case *record.Extent:
		return s.keys(path, "text", "quantity", "unit")
	case *[]record.Extra, *[]record.Labelled:
		return s.keys(path, "abc-def")
	case *[]record.Frozen:
		return nil // hashes of files
	}
	switch typ.Kind() {
	case reflect.Pointer:
		return s.fill(typ.Elem(), path)
	case reflect.Slice:
		if v := s.fill(typ.Elem(), path); v != nil {
			return []any{v}
		}
		return nil
	case reflect.Struct:
		return s.structure(typ, path)
	}
	s.t.Fatalf("%s is a %v, which this test cannot fill", path, typ)
	return nil
}

func (s *schema) structure(typ reflect.Type, path string) any {
	out := map[string]any{}
	for i := range typ.NumField() {
		key, vocab := typ.Field(i).Tag.Get("key"), typ.Field(i).Tag.Get("vocab")
		at := strings.TrimPrefix(path+"."+key, ".")
		var v any
		elem := typ.Field(i).Type
		if elem.Kind() == reflect.Slice {
			elem = elem.Elem()
		}
		switch given, ok := s.given[at]; {
		case key == "":
			continue
		case ok:
			v = given
		case elem == reflect.TypeFor[record.Str]():
			v = s.word(at, vocab)
		default:
			v = s.fill(typ.Field(i).Type, at)
		}
		if v != nil {
			out[key] = v
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (s *schema) keys(path string, keys ...string) any {
	out := map[string]any{}
	for _, key := range keys {
		if v := s.word(path+"."+key, ""); v != nil {
			out[key] = v
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (s *schema) word(path, vocab string) any {
	if w := s.say(path, vocab); w != "" {
		return w
	}
	return nil
}

// publicKeys are the keys without which something is not published, or whose values are
// ids of other things.
func publicKeys(id string) map[string]any {
	return map[string]any{"id": id, "access.state": "public", "access.embargo_until": nil, "access.current_marking": nil, "withdrawn": nil}
}

// schemaFile is a file of which the schema is known.
type schemaFile struct {
	kind  content.Kind
	file  string
	typ   reflect.Type
	given map[string]any
}

func schemaFiles() []schemaFile {
	with := func(id string, more map[string]any) map[string]any {
		out := publicKeys(id)
		maps.Copy(out, more)
		return out
	}
	unit := func(id, level, parent string) map[string]any {
		return with(id, map[string]any{"level": level, "parent": parent, "clearance": "qd-01", "form": "thu", "dates.created": "1959", "reference.repository": "kho-mau", "reference.fonds_no": "MAU-09",
			"access.declassification.former_marking": "mat", "access.declassification.decision.date": "2025-11-02", "doc.secrecy_as_marked": nil,
			"objects.kind": "page", "objects.cleared_by": nil, "objects.sha256": nil, "objects.derived_from_sha256": nil, "objects.redaction.derived_from_sha256": nil})
	}
	authority := func(id string, more map[string]any) map[string]any {
		return with(id, more)
	}
	of := reflect.TypeFor[record.Unit]()
	return []schemaFile{
		{content.KindRecords, recordPath("tl-0002"), of, unit("tl-0002", "item", "hs-0001")},
		{content.KindFonds, "fonds/phong-cau-mau/fonds.yaml", of, func() map[string]any {
			g := unit("phong-cau-mau", "fonds", "")
			g["parent"], g["form"], g["objects"] = nil, nil, nil
			return g
		}()},
		{content.KindRepository, "repositories/kho-mau.yaml", reflect.TypeFor[record.Repository](), authority("kho-mau", nil)},
		{content.KindAgent, "agents/ban-cau-mau.yaml", reflect.TypeFor[record.Agent](), authority("ban-cau-mau", map[string]any{"type": "corporate", "living": "no"})},
		{content.KindPlace, "places/ha-noi.yaml", reflect.TypeFor[record.Place](), authority("ha-noi", nil)},
		{content.KindEvent, "events/le-khanh-thanh.yaml", reflect.TypeFor[record.Event](), authority("le-khanh-thanh", map[string]any{"date": "1964-05-19"})},
		{content.KindSubject, "subjects/cau.yaml", reflect.TypeFor[record.Subject](), authority("cau", nil)},
		{content.KindExhibition, "exhibitions/cau-mau/exhibition.yaml", reflect.TypeFor[record.Exhibition](), with("cau-mau", map[string]any{"access.declassification": nil, "access.conditional_basis": nil, "sections.id": "mot", "decision.date": "2026-04-01", "sections.text": "01-khoi-cong.md", "closing_text": "99-ket.md", "cover.record": "tl-0001"})},
		{content.KindSite, "site.yaml", reflect.TypeFor[record.Site](), map[string]any{"languages": []string{"vi", "en"}, "profile": nil, "repository": "kho-mau", "base_url": nil, "home.lead": nil, "home.exhibitions": nil}},
		{content.KindProfile, "profiles/rieng.yaml", reflect.TypeFor[record.Profile](), map[string]any{"id": "rieng"}},
		{content.KindClearance, "clearances/qd-01.yaml", reflect.TypeFor[record.Clearance](), map[string]any{"id": "qd-01", "decision.date": "2026-01-15", "scope": map[string]any{"fonds": []string{"phong-cau-mau"}, "parts": []string{"metadata", "images", "transcript"}, "purposes": []string{"web-exhibition"}, "open_ended": true}, "valid": map[string]any{"from": "2026-01-15"}}},
	}
}

// needed are the words without which something cannot be read, or is not published.
var needed = map[string]string{"title": "Nhan đề", "name": "Tên", "label": "Cầu", "decision.number": "MẪU-21", "decision.by.name": "Cơ quan mẫu", "decision.issued_by.name": "Cơ quan mẫu", "decision.signatory": "Người ký mẫu",
	"access.declassification.decision.number": "12-QĐ", "access.declassification.decision.by.name": "Cơ quan mẫu", "prepared_by": "A", "approved_by": "B", "sections.title": "Một", "objects.alt": "một", "extra.abc-def": ""}

// Every text that the schemas know and that does not stand among the few that never reach
// the site is searched.
func TestRule07_EveryKeyIsSearched(t *testing.T) {
	for _, f := range schemaFiles() {
		for _, word := range []string{"Biên bản họp ngày mồng năm, số %d.", "Xem [phiếu](id:tl-0090), số %d."} {
			f.each(t, word, func(path string, codes []string) {
				if !slices.Contains(codes, "named-not-public") {
					t.Errorf("%s: %q is not found at %s: %q", f.kind, word, path, codes)
				}
			})
		}
	}
}

// each checks archives in which a word stands at every path of the file that is searched,
// and hands on what is found there.
func (f schemaFile) each(t *testing.T, word string, found func(path string, codes []string)) {
	t.Helper()
	for from, all := 0, 1; from < all; from += mostTold {
		var paths []string
		s := &schema{t: t, given: f.given, say: func(path, vocab string) string {
			if vocab != "" || generator.IsUnseen(f.kind, path) {
				return ""
			}
			if slices.Contains([]string{"title", "name", "label"}, path) && strings.HasPrefix(word, "Biên bản") {
				return needed[path] // what a published title says tells nothing
			}
			paths = append(paths, path)
			if n := len(paths) - 1; from <= n && n < from+mostTold {
				return fmt.Sprintf(word, n)
			}
			return needed[path]
		}}
		text, err := yaml.Marshal(s.fill(f.typ, ""))
		if err != nil {
			t.Fatal(err)
		}
		all = len(paths)
		a := schemaArchive()
		if a[f.file] = string(text); f.kind == content.KindProfile {
			a["site.yaml"] += "profile: rieng\n"
		}
		codes, lines := map[string][]string{}, strings.Split(a[f.file], "\n")
		for _, d := range foundIn(t, a) {
			if d.Pos.Line > 0 && strings.HasSuffix(filepath.ToSlash(d.Pos.File), f.file) {
				codes[lines[d.Pos.Line-1]] = append(codes[lines[d.Pos.Line-1]], d.Code)
			}
		}
		for n := from; n < min(all, from+mostTold); n++ {
			at := slices.IndexFunc(lines, func(l string) bool { return strings.HasSuffix(strings.Trim(l, "'\""), fmt.Sprintf(word, n)) })
			if at < 0 {
				t.Fatalf("%s: %s is nowhere", f.kind, paths[n])
			}
			found(paths[n], codes[lines[at]])
		}
	}
}

// mostTold is fewer than the findings of one kind that are told of a file.
const mostTold = 15

// schemaArchive is namingArchive in which something public names an entry of every kind.
func schemaArchive() map[string]string {
	a := namingArchive()
	a[recordPath("tl-0001")] += "places: [ha-noi]\nsubjects: [cau]\n"
	a["subjects/cau.yaml"] = "id: cau\nlabel: Cầu\n"
	return a
}

// foundIn are the findings of a check of an archive.
func foundIn(t *testing.T, archive map[string]string) []diag.Diagnostic {
	t.Helper()
	o := archiveIn(t.TempDir(), baseURL)
	writeTo(t, o.Content, archive)
	rep, err := generator.Check(context.Background(), o)
	if rep == nil {
		t.Fatal(err)
	}
	return rep.Diags.Sorted()
}
