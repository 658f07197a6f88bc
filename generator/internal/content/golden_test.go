package content

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected files")

// TestGolden reads the content tree in each testdata/*.txtar and compares
// what is found wrong, in both languages, and where want.values stands every
// value that was read with its place.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no golden files", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { golden(t, file) })
	}
}

func golden(t *testing.T, file string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	in := map[string]string{}
	for _, f := range ar.Files {
		if !strings.HasPrefix(f.Name, "want.") {
			in[f.Name] = string(f.Data)
		}
	}
	tr := open(t, in)
	ds, values := readAll(tr)
	got := map[string]string{"want.vi.diag": printed(t, tr, ds, "vi"), "want.en.diag": printed(t, tr, ds, "en"), "want.values": values}
	if *update {
		rewrite(t, file, ar, got)
		return
	}
	for _, need := range []string{"want.vi.diag", "want.en.diag"} {
		if !slices.ContainsFunc(ar.Files, func(f txtar.File) bool { return f.Name == need }) {
			t.Errorf("%s is missing; run the test with -update", need)
		}
	}
	for _, f := range ar.Files {
		if want, ok := got[f.Name]; strings.HasPrefix(f.Name, "want.") && (!ok || want != string(f.Data)) {
			t.Errorf("%s: got\n%s\nwant\n%s", f.Name, want, f.Data)
		}
	}
}

func rewrite(t *testing.T, file string, ar *txtar.Archive, got map[string]string) {
	var files []txtar.File
	values := false
	for _, f := range ar.Files {
		values = values || f.Name == "want.values"
		if !strings.HasPrefix(f.Name, "want.") {
			files = append(files, f)
		}
	}
	for _, name := range []string{"want.vi.diag", "want.en.diag", "want.values"} {
		if name != "want.values" || values {
			files = append(files, txtar.File{Name: name, Data: []byte(got[name])})
		}
	}
	ar.Files = files
	if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
		t.Fatal(err)
	}
}

func printed(t *testing.T, tr *Tree, ds []diag.Diagnostic, lang string) string {
	var l diag.List
	l.Add(ds...)
	l.Excerpts(tr.FS())
	var b bytes.Buffer
	if err := l.WriteText(&b, lang); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// readAll reads every file of a tree.
func readAll(tr *Tree) (ds []diag.Diagnostic, values string) {
	var b strings.Builder
	config, more := tr.Config()
	ds = append(ds, more...)
	show(&b, "site.yaml", config.Site)
	for f, err := range tr.Files(".") {
		if err != nil {
			ds = append(ds, unreadable(f.Path, err))
			continue
		}
		ds = append(ds, readOne(tr, f, &b)...)
	}
	return ds, b.String()
}

func readOne(tr *Tree, f File, b *strings.Builder) (ds []diag.Diagnostic) {
	switch f.Kind {
	case KindRepository:
		return readKind[record.Repository](tr, f, b)
	case KindAgent:
		return readKind[record.Agent](tr, f, b)
	case KindPlace:
		return readKind[record.Place](tr, f, b)
	case KindEvent:
		return readKind[record.Event](tr, f, b)
	case KindSubject:
		return readKind[record.Subject](tr, f, b)
	case KindClearance:
		return readKind[record.Clearance](tr, f, b)
	case KindFonds, KindRecords:
		tr.Units(f, func(u *record.Unit, loc record.Loc, more []diag.Diagnostic) {
			ds = append(ds, more...)
			if u != nil {
				show(b, fmt.Sprintf("%s:%d", loc.File, loc.Line), *u)
			}
		})
	case KindExhibition:
		e, more := tr.Exhibition(f)
		if e != nil {
			show(b, f.Path, *e)
		}
		return more
	case KindPage:
		for _, lang := range tr.Languages() {
			p, more, ok := tr.Page(f, lang)
			ds = append(ds, more...)
			if ok {
				show(b, p.Name+" in "+lang, p)
			}
		}
	}
	return ds
}

func readKind[T Authority](tr *Tree, f File, b *strings.Builder) (ds []diag.Diagnostic) {
	ReadAuthorities(tr, f, func(v *T, line int, more []diag.Diagnostic) {
		ds = append(ds, more...)
		if v != nil {
			show(b, fmt.Sprintf("%s:%d", f.Path, line), *v)
		}
	})
	return ds
}

// show writes every value of a record that is not empty: "Title.vi = Một @3:8".
func show(b *strings.Builder, name string, v any) {
	fmt.Fprintf(b, "%s\n", name)
	showValue(b, "", reflect.ValueOf(v))
}

func showValue(b *strings.Builder, name string, v reflect.Value) {
	line := func(what any, at record.At) {
		place := ""
		if at != (record.At{}) {
			place = fmt.Sprintf(" @%d:%d", at.Line, at.Col)
		}
		fmt.Fprintf(b, "  %s = %v%s\n", name, what, place)
	}
	switch x := v.Interface().(type) {
	case record.Str:
		if x.V != "" {
			line(x.V, x.At)
		}
	case record.Int:
		if x.V != 0 {
			line(x.V, x.At)
		}
	case record.Bool:
		if x.V {
			line(x.V, x.At)
		}
	case record.Date:
		if !x.IsZero() {
			line(x.Date.String(), x.At)
		}
	case record.Ref:
		if x.ID != "" {
			line(x.ID, x.At)
		}
		showValue(b, name, reflect.ValueOf(x.Name))
	case record.Text:
		for _, l := range x.Langs {
			fmt.Fprintf(b, "  %s.%s = %q @%d:%d\n", name, l.Lang, l.V, l.At.Line, l.At.Col)
		}
	case record.At:
	case string:
		if x != "" {
			fmt.Fprintf(b, "  %s = %q\n", name, x)
		}
	default:
		showMany(b, name, v)
	}
}

func showMany(b *strings.Builder, name string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			showValue(b, name, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			showValue(b, fmt.Sprintf("%s[%d]", name, i), v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			showValue(b, strings.TrimPrefix(name+"."+v.Type().Field(i).Name, "."), v.Field(i))
		}
	}
}
