package content

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"

	"gopkg.in/yaml.v3"
)

// Whatever stands in a file of records: reading it comes to an end, every finding
// points into the file, and where there is none, each value is in the record.
func FuzzUnit(f *testing.F) {
	for _, text := range []string{
		"id: a\nlevel: item\ntitle: {vi: x}\nobjects: [{kind: page, file: a.jpg}]\n", "? [a]\n: - {b: *c}\n", "a: [\n---\n\"x\n---\n\tb: c\n", "a: 1\n b: 2\nc: 3\n d", "x\xffy", "title: \"a\\\nb", "k: |\n  a\n c",
		"id: a\ntitle: !!null x\nplaces: [{id: a, place: b}]\nextent: {vi: a, text: b}\n", "title: {vi: a, vi: b}\naccess: {state: public, state: restricted}\n", "level: &a item\nparent: *a\n<<: {id: x}\n",
		"id: a\r\nlevel: item\rtitle: !!binary eA==\n", "\ufeffid: a\n# x\n--- # y\nid: b\n...\nid: c\n", "%YAML 1.1\n---\nid: a", strings.Repeat("{a: ", 40), "dates: {created: \"19O4\", display: 1}\n",
		"rights: {uri: \"https://creativecommons.org/licenses/by/4.0\"}\nextra: {a: b, c: [d]}\nrelated: [a, {id: b, note: c}]\ntranscript: x\ncreators: [{agent: a, role: author, as: b}]\n",
	} {
		f.Add([]byte(text))
	}
	files, _ := filepath.Glob("../../../content/fonds/*/records/*.yaml")
	for _, name := range files[:min(8, len(files))] {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data[:min(len(data), 4000)])
	}
	base := tree(f, map[string]string{"site.yaml": site, "fonds/f1/media/a.jpg": "x"})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<14 {
			return
		}
		const name = "fonds/f1/records/a.yaml"
		file, _ := classify(name)
		pieces := split(firstOf(cleanText(name, data)))
		base.With(map[string]string{name: string(data)}).Units(file, func(u *record.Unit, loc record.Loc, ds []diag.Diagnostic) {
			for _, d := range ds {
				if fault := misplaced(data, d.Pos); fault != "" {
					t.Errorf("%v %s [%s]: %s", d.Pos, d.Msg.En, d.Code, fault)
				}
			}
			if lost := silentlyLost(u, pieces, loc, ds); lost != "" {
				t.Errorf("%q is not in the record, and nothing is said of it: %v", lost, ds)
			}
		})
		for _, p := range pieces {
			decodePiece[record.Exhibition](base, name, p)
			decodePiece[record.Clearance](base, name, p)
			decodePiece[record.Agent](base, name, p)
			decodePiece[record.Site](base, name, p)
		}
	})
}

func firstOf(text string, _ []diag.Diagnostic, _ bool) string { return text }

// misplaced says why a place is not in a text, "" where it is.
func misplaced(data []byte, at diag.Pos) string {
	rows := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(string(data), "\ufeff")), "\n")
	switch {
	case at.Line < 1 || at.Line > len(rows):
		return fmt.Sprintf("there are %d lines", len(rows))
	case at.Col < 1 || at.Col > utf8.RuneCountInString(rows[at.Line-1])+1:
		return fmt.Sprintf("line %d is %q", at.Line, rows[at.Line-1])
	}
	return ""
}

// silentlyLost is a value of a piece that is not in the unit, where nothing was
// found in the piece.
func silentlyLost(u *record.Unit, pieces []Piece, loc record.Loc, ds []diag.Diagnostic) string {
	for _, d := range ds {
		if d.Code != "field-missing" && d.Code != "alt-missing" && d.Code != "file-missing" && d.Code != "date-missing" {
			return ""
		}
	}
	for _, p := range pieces {
		if p.Line != loc.Line {
			continue
		}
		n, _ := parse("", p, nil)
		if u == nil || n == nil {
			return p.Text
		}
		has := map[string]bool{}
		said(reflect.ValueOf(u).Elem(), has)
		return absent(n, has)
	}
	return ""
}

// absent is the first value below a node that a record has not.
func absent(n *yaml.Node, has map[string]bool) string {
	if n.Kind == yaml.ScalarNode {
		s, _ := vi.Repair(strings.TrimSpace(n.Value))
		if number, err := strconv.Atoi(s); err == nil && has[strconv.Itoa(number)] || s == "" || isNull(n) || has[s] || has[record.RightsURI(s)] || s == "false" {
			return ""
		}
		return n.Value
	}
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			continue // a key that is not known is told of
		}
		if lost := absent(c, has); lost != "" {
			return lost
		}
	}
	return ""
}

// said gathers all that a record says.
func said(v reflect.Value, into map[string]bool) {
	if d, ok := v.Interface().(record.Date); ok {
		into[d.String()] = true
		return
	}
	switch v.Kind() {
	case reflect.String:
		into[v.String()] = true
	case reflect.Int:
		into[strconv.FormatInt(v.Int(), 10)] = true
	case reflect.Bool:
		into[strconv.FormatBool(v.Bool())] = true
	case reflect.Pointer:
		if !v.IsNil() {
			said(v.Elem(), into)
		}
	case reflect.Slice:
		for i := range v.Len() {
			said(v.Index(i), into)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			said(v.Field(i), into)
		}
	}
}
