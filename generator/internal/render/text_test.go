package render

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vitrine/templates"
)

func TestText(t *testing.T) {
	r := renderer(t)
	tests := []struct {
		lang, key string
		args      []any
		want      string
	}{
		{"vi", "record.prev", nil, "Tài liệu trước"},
		{"en", "record.prev", nil, "Previous record"},
		{"en", "count.records", []any{1}, "1 record"},
		{"en", "count.records", []any{12345}, "12,345 records"},
		{"vi", "count.records", []any{1}, "1 tài liệu"},
		{"vi", "count.records", []any{1234567}, "1.234.567 tài liệu"},
		{"fr", "count.records", []any{2}, "2 records"},
		{"vi", "tombstone.withdrawn", []any{"2/9/2026"}, "Tài liệu này đã được rút khỏi trang vào 2/9/2026."},
		{"vi", "no.such", nil, "no.such"},
	}
	for _, tt := range tests {
		if got := r.Text(tt.lang, tt.key, tt.args...); got != tt.want {
			t.Errorf("Text(%s, %s, %v) = %q, want %q", tt.lang, tt.key, tt.args, got, tt.want)
		}
	}
}

// TestCataloguesAgree demands the same keys, and as many values in each text,
// in every language.
func TestCataloguesAgree(t *testing.T) {
	r := renderer(t)
	verbs := func(s string) int { return strings.Count(s, "%s") }
	for lang, c := range r.texts {
		for key, txt := range r.texts["vi"] {
			other, ok := c[key]
			if !ok {
				t.Errorf("%s: no text for %s", lang, key)
			} else if verbs(other.other) != verbs(txt.other) || other.one != "" && verbs(other.one) != verbs(txt.other) {
				t.Errorf("%s: %s takes other values than in vi", lang, key)
			}
		}
		for key := range c {
			if _, ok := r.texts["vi"][key]; !ok {
				t.Errorf("%s: %s is not in vi", lang, key)
			}
		}
	}
}

var keyInTemplate = regexp.MustCompile(`\{\{[^}]*\b[tnf] "([^"]+)"`)

// TestTextsAreUsed finds texts that no template and no Go source names. A Go
// literal that ends in a dot or a hyphen names all texts that start so.
func TestTextsAreUsed(t *testing.T) {
	used := goLiterals(t, "../..")
	err := fs.WalkDir(templates.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".html" {
			return err
		}
		data, err := fs.ReadFile(templates.FS, name)
		for _, m := range keyInTemplate.FindAllStringSubmatch(string(data), -1) {
			used = append(used, m[1])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for key := range renderer(t).texts["vi"] {
		if !slices.ContainsFunc(used, func(u string) bool {
			return u == key || strings.ContainsAny(u[len(u)-1:], ".-") && strings.HasPrefix(key, u)
		}) {
			t.Errorf("nobody uses the text %s", key)
		}
	}
}

// goLiterals returns the string literals with a dot in all sources, without
// tests, under a folder.
func goLiterals(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil && strings.Contains(s, ".") && len(s) > 2 {
					out = append(out, s)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
