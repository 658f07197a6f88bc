package exchange

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const testSite = `title: {vi: "Kho thử", en: "Test archive"}
languages: [vi, en]
profile: thu
repository: kho
`

const testProfile = `id: thu
title: "Quy tắc thử"
forms:
  - {id: anh, label: {vi: "ảnh", en: "photograph"}, group: image}
  - {id: nghi-quyet, label: {vi: "nghị quyết", en: "resolution"}, symbols: ["NQ"], group: document}
  - {id: khac, label: {vi: "loại khác", en: "other"}, group: other}
`

const testClearance = `id: kt-01
decision: {number: "MẪU-01", date: "2026-01-15", issued_by: {name: "Cơ quan mẫu"}, signatory: "Người ký mẫu"}
scope: {fonds: [f1], parts: [metadata, images], purposes: [web-exhibition], open_ended: true}
valid: {from: "2026-01-15"}
prepared_by: "A"
approved_by: "B"
`

// archive makes a content folder with more files.
func archive(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	all := map[string]string{"site.yaml": testSite, "profiles/thu.yaml": testProfile, "clearances/kt-01.yaml": testClearance}
	for name, text := range files {
		all[name] = text
	}
	for name, text := range all {
		writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	return dir
}

func writeFile(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// snapshot is every file of a folder with its text.
func snapshot(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			if rel, _ := filepath.Rel(dir, p); err == nil && rel != "." {
				out[filepath.ToSlash(rel)+"/"] = ""
			}
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		out[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// readBack reads the records of a fonds as a build does, and fails on errors.
func readBack(t testing.TB, dir, fonds string) map[string]*record.Unit {
	t.Helper()
	tree, err := content.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	if _, ds := tree.Config(); len(ds) > 0 {
		t.Fatal(ds)
	}
	out := map[string]*record.Unit{}
	for f, err := range tree.Files(".") {
		if err != nil {
			t.Fatal(err)
		}
		if f.Owner != fonds {
			continue
		}
		tree.Units(f, func(u *record.Unit, loc record.Loc, ds []diag.Diagnostic) {
			for _, d := range ds {
				if d.Severity == diag.Error {
					t.Errorf("%v: %s [%s]", d.Pos, d.Msg.En, d.Code)
				}
			}
			if u != nil {
				out[u.ID.V] = u
			}
		})
	}
	return out
}

func dump(rep *Report) string {
	var b strings.Builder
	for _, d := range rep.Notes {
		fmt.Fprintf(&b, "%s: %s: %s [%s]\n", filepath.Base(d.Pos.File)+strings.TrimPrefix(d.Pos.String(), d.Pos.File), d.Severity, d.Msg.En, d.Code)
	}
	for _, line := range rep.Lines("en") {
		fmt.Fprintln(&b, line)
	}
	return b.String()
}

// Each golden file holds a sheet, perhaps a map and media, the options in its
// comment, and what must come of it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
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
	dir := archive(t, nil)
	o, input := goldenInput(t, ar, dir)
	before := snapshot(t, dir)
	rep, err := ImportCSV(context.Background(), o)
	after := snapshot(t, dir)
	got := []txtar.File{{Name: "want/report", Data: []byte(dump(rep))}}
	if err != nil {
		got[0].Data = append(got[0].Data, []byte("error: "+err.Error()+"\n")...)
		if d := cmp.Diff(before, after); d != "" {
			t.Errorf("a refused import changed the archive: %s", d)
		}
	} else {
		readBack(t, dir, "f1")
	}
	got = append(got, newFiles(before, after)...)
	have := txtar.Format(&txtar.Archive{Comment: ar.Comment, Files: append(input, got...)})
	if *update {
		if err := os.WriteFile(file, have, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(string(txtar.Format(ar)), string(have)); d != "" {
		t.Error(d)
	}
}

// goldenInput writes the files of an archive that are input and returns them.
func goldenInput(t *testing.T, ar *txtar.Archive, dir string) (o Options, input []txtar.File) {
	src := t.TempDir()
	o = Options{Content: dir, FondsID: "f1"}
	for _, f := range ar.Files {
		name := filepath.Join(src, filepath.FromSlash(f.Name))
		switch {
		case strings.HasPrefix(f.Name, "want/"):
			continue
		case strings.HasPrefix(f.Name, "content/"):
			name = filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(f.Name, "content/")))
		case strings.HasSuffix(f.Name, ".csv"):
			o.File = name
		case f.Name == "map.yaml":
			o.MapFile = name
		case strings.HasPrefix(f.Name, "media/"):
			o.MediaDir = filepath.Join(src, "media")
		}
		writeFile(t, name, string(f.Data))
		input = append(input, f)
	}
	for _, option := range strings.Fields(string(ar.Comment)) {
		switch k, v, _ := strings.Cut(option, "="); k {
		case "state":
			o.State = v
		case "clearance":
			o.Clearance = v
		}
	}
	return o, input
}

// newFiles are the files of after that before has not.
func newFiles(before, after map[string]string) []txtar.File {
	var out []txtar.File
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if _, was := before[name]; !was && !strings.HasSuffix(name, "/") {
			out = append(out, txtar.File{Name: "want/" + name, Data: []byte(after[name])})
		}
	}
	return out
}

func utf16Bytes(s string, big bool) []byte {
	out := []byte{0xFF, 0xFE}
	if big {
		out = []byte{0xFE, 0xFF}
	}
	for _, u := range utf16.Encode([]rune(s)) {
		pair := []byte{byte(u), byte(u >> 8)}
		if big {
			slices.Reverse(pair)
		}
		out = append(out, pair...)
	}
	return out
}

func TestEncodingsAndSeparators(t *testing.T) {
	const plain = "id,title,date\r\na1,\"Nghị quyết, bản 1\",2/9/1945\r\na2,Hai,1946\r\n"
	tabbed := strings.NewReplacer("id,title,date", "id\ttitle\tdate", "a1,\"Nghị quyết, bản 1\",2", "a1\tNghị quyết, bản 1\t2", "a2,Hai,", "a2\tHai\t").Replace(plain)
	semi := strings.ReplaceAll(tabbed, "\t", ";")
	for name, data := range map[string][]byte{
		"utf-8": []byte(plain), "bom": append([]byte("\ufeff"), plain...), "semicolon": []byte(semi), "sep line": []byte("sep=;\r\n" + semi),
		"utf-16le": utf16Bytes(tabbed, false), "utf-16be": utf16Bytes(tabbed, true), "old mac": []byte(strings.ReplaceAll(plain, "\r\n", "\r")),
	} {
		dir := archive(t, nil)
		file := filepath.Join(t.TempDir(), "Bảng kê hồ sơ.csv")
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
		rep, err := ImportCSV(context.Background(), Options{Content: dir, File: file, FondsID: "f1"})
		if err != nil || rep.Taken != 2 || rep.Rows != 2 {
			t.Fatalf("%s: %v\n%s", name, err, dump(rep))
		}
		u := readBack(t, dir, "f1")["a1"]
		if u == nil || u.Title.Langs[0].V != "Nghị quyết, bản 1" || u.Dates.Created.String() != "1945-09-02" {
			t.Errorf("%s: %+v", name, u)
		}
		if rep.Written[1] != "fonds/f1/records/bang-ke-ho-so.yaml" {
			t.Errorf("%s: wrote %v", name, rep.Written)
		}
	}
}

func TestEncodingsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		line int
	}{
		"windows-1258":        {[]byte("id,title\na1,Ngh\xeb\n"), 2},
		"utf-16 without mark": {utf16Bytes("id,title\na1,x\n", false)[2:], 1},
		"tcvn3":               {[]byte("id,title\na1,NghÞ quyÕt Héi nghÞ Trung \u00ad¬ng §¶ng\n"), 2},
		"open quote":          {[]byte("id,title\na1,x\na2,\"y\na3,z\n"), 3},
		"empty":               {[]byte("\n\n"), 0},
	} {
		dir := archive(t, nil)
		before := snapshot(t, dir)
		file := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(file, c.data, 0o644); err != nil {
			t.Fatal(err)
		}
		rep, err := ImportCSV(context.Background(), Options{Content: dir, File: file, FondsID: "f1"})
		if !errors.Is(err, ErrRefused) || len(rep.Notes) == 0 || rep.Notes[0].Pos.Line != c.line {
			t.Errorf("%s: %v\n%s", name, err, dump(rep))
		}
		if d := cmp.Diff(before, snapshot(t, dir)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}
