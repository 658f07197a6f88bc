package generator_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/internal/exchange/ead"

	"gopkg.in/yaml.v3"
)

// byLine takes files of lines apart.
func byLine(name string, line *regexp.Regexp) func(*testing.T, *fieldArchive) []piece {
	return func(_ *testing.T, a *fieldArchive) (out []piece) {
		for l := range strings.SplitSeq(a.read(name), "\n") {
			if m := line.FindStringSubmatch(l); m != nil {
				out = append(out, piece{m[1], m[2]})
			}
		}
		return out
	}
}

// piecesOfJSON takes documents of JSON apart by their keys, those of records by those within fields.
func piecesOfJSON(name string) func(*testing.T, *fieldArchive) []piece {
	return func(t *testing.T, a *fieldArchive) (out []piece) {
		d := json.NewDecoder(strings.NewReader(a.read(name)))
		for d.More() {
			var v any
			if err := d.Decode(&v); err != nil {
				t.Fatal(err)
			}
			jsonPieces(v, "", &out)
		}
		return out
	}
}

func jsonPieces(v any, place string, out *[]piece) {
	switch x := v.(type) {
	case map[string]any:
		for k, v := range x {
			at := place
			if place == "" || place == "fields" || place == "mainEntity" {
				at = k
			}
			jsonPieces(v, at, out)
		}
	case []any:
		for _, v := range x {
			jsonPieces(v, place, out)
		}
	default:
		*out = append(*out, piece{place, fmt.Sprint(v)})
	}
}

// piecesOfMeta are the meta elements that Zotero reads, of the pages of records.
func piecesOfMeta(t *testing.T, a *fieldArchive) (out []piece) {
	err := filepath.WalkDir(a.out, func(p string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(p) != ".html" {
			return err
		}
		if data := string(read(t, p)); strings.Contains(data, `"z:itemType"`) {
			for _, m := range metasOf(data) {
				if m.Name != "description" {
					out = append(out, piece{m.Name, m.Content})
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var linkedBlock = regexp.MustCompile(`(?s)<script type="application/ld\+json"[^>]*>(.*?)</script>`)

// piecesOfLinked are the properties of what the page of the record is about.
func piecesOfLinked(t *testing.T, a *fieldArchive) (out []piece) {
	err := filepath.WalkDir(a.out, func(p string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(p, "tl-1.html") {
			return err
		}
		for _, m := range linkedBlock.FindAllStringSubmatch(string(read(t, p)), -1) {
			var v any
			if err := json.Unmarshal([]byte(m[1]), &v); err != nil {
				t.Fatal(err)
			}
			jsonPieces(v, "", &out)
		}
		return nil
	})
	if err != nil || len(out) == 0 {
		t.Fatal("no page of the record tells what it is about: ", err)
	}
	return out
}

// piecesOfEAD are the elements of the description of the fonds that hold words, with the type of the nearest that has one.
func piecesOfEAD(t *testing.T, a *fieldArchive) (out []piece) {
	all, types := elementsOf(t, a.read("data/f1.ead3.xml")), map[string]string{}
	for i, e := range all {
		types[e.path] = ""
		if kind := e.attrs["localtype"]; slices.ContainsFunc(ead.Fields, func(f ead.Field) bool { return f.Type == kind }) {
			types[e.path] = kind
		}
		at := beneathRecord.ReplaceAllString(e.path, "")
		for name, v := range e.attrs {
			out = append(out, piece{at + "/@" + name, v})
		}
		holds := i+1 < len(all) && strings.HasPrefix(all[i+1].path, e.path+"/")
		if strings.HasPrefix(e.path, "ead/control/") || elsewhere(e) || holds && !slices.Contains([]string{"p", "archref", "bibref"}, e.path[strings.LastIndexByte(e.path, '/')+1:]) {
			continue
		}
		kind := ""
		for up := e.path; up != "" && kind == ""; up = up[:max(0, strings.LastIndexByte(up, '/'))] {
			kind = types[up]
		}
		for _, tail := range []string{"/p", "/part", "/language", "/descriptivenote"} {
			at = strings.TrimSuffix(at, tail)
		}
		if kind != "" {
			at += "[" + kind + "]"
		}
		out = append(out, piece{at, e.text})
	}
	return out
}

var marking = regexp.MustCompile(`(?i)tối mật|toi mat|top secret`)

// piecesOfAid are the keys of the records that the description becomes when it is imported.
func piecesOfAid(t *testing.T, a *fieldArchive) (out []piece) {
	dir := inMemory(t)
	if err := os.WriteFile(filepath.Join(dir, "site.yaml"), []byte("title: {vi: Kho, en: Archive}\nlanguages: [vi, en]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "f1.xml") // a record that tells of a marking is not taken
	if err := os.WriteFile(file, []byte(marking.ReplaceAllString(a.read("data/f1.ead3.xml"), "xxx")), 0o644); err != nil {
		t.Fatal(err)
	}
	rep, err := generator.ImportEAD(context.Background(), generator.ImportOptions{Content: dir, File: file, Fonds: "f1"})
	if err != nil || rep.Refused > 0 {
		for _, d := range rep.Notes {
			t.Log(d.Msg.En, d.Code)
		}
		t.Fatal("the description is not imported whole: ", err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "fonds/f1/records/*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	for _, f := range files {
		d := yaml.NewDecoder(bytes.NewReader(read(t, f)))
		for {
			var n yaml.Node
			if d.Decode(&n) != nil {
				break
			}
			yamlPieces(&n, "", &out)
		}
	}
	return out
}

func yamlPieces(n *yaml.Node, place string, out *[]piece) {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			k, at := n.Content[i].Value, place
			if !slices.Contains([]string{"vi", "en", "name", "role", "as", "agent", "id", "quantity", "unit", "text"}, k) && place != "extra" {
				at = strings.TrimPrefix(place+"."+k, ".")
			}
			yamlPieces(n.Content[i+1], at, out)
		}
	case yaml.ScalarNode:
		*out = append(*out, piece{place, n.Value})
	default:
		for _, c := range n.Content {
			yamlPieces(c, place, out)
		}
	}
}

// piecesOfExport are the cells of the sheet that the staff work with.
func piecesOfExport(t *testing.T, a *fieldArchive) []piece {
	out := filepath.Join(inMemory(t), "f1.csv")
	if _, err := generator.Export(context.Background(), generator.ExportOptions{Content: a.content, Fonds: "f1", Out: out}); err != nil {
		t.Fatal(err)
	}
	return cellsOf(t, string(read(t, out)))
}

func piecesOfTable(t *testing.T, a *fieldArchive) []piece { return cellsOf(t, a.read("data/f1.csv")) }

var headingLanguage = regexp.MustCompile(`\.(?:vi|en)$`)

func cellsOf(t *testing.T, text string) (out []piece) {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		for i, cell := range r {
			heading := headingLanguage.ReplaceAllString(rows[0][i], ".LANG")
			out = append(out, piece{heading, cell})
			var n yaml.Node
			if strings.HasSuffix(heading, "(YAML)") && yaml.Unmarshal([]byte(cell), &n) == nil {
				var values []piece
				yamlPieces(&n, "", &values)
				for _, v := range values {
					out = append(out, piece{heading, v.text})
				}
			}
		}
	}
	return out
}
