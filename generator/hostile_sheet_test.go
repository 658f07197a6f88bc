package generator_test

import (
	"context"
	"encoding/csv"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/internal/sitecheck"
)

// hostileCells are what a sheet from another house may hold, by mistake or not.
var hostileCells = []string{
	`=HYPERLINK("javascript:alert(1)";"x")`, `=cmd|' /C calc'!A0`, "+1+1", "-2+3", "@SUM(A1)", "\tx",
	`<script>alert(1)</script>`, `"><script src=//evil.example></script>`, `<img src=x onerror=alert(1)>`, `<svg/onload=alert(1)>`,
	`[x](javascript:alert(1))`, `![x](https://evil.example/p.gif)`, `<https://evil.example>`, `</title><script>alert(1)</script>`,
	`</script><script>alert(1)</script>`, `' onmouseover='alert(1)`, `" autofocus onfocus="alert(1)`, `--><script>alert(1)</script><!--`,
	`]]><script>alert(1)</script>`, `&lt;script&gt;alert(1)&lt;/script&gt;`, `javascript:alert(1)`, `data:text/html,<script>alert(1)</script>`,
	`{{.Config}} ${7*7} <%= 7*7 %>`, "a\nid: khac\naccess: {state: public}", "a\n---\nid: them\nlevel: item", "!!python/object x", "&neo x", "*neo", "{a: b}", "[a, b]", "|\n  x", "? x", "- x", "# x", "%TAG ! x",
	"../../../etc/passwd", `..\..\windows\system.ini`, "/etc/passwd", `C:\x`, "CON", "aux.html", "NUL", "index", "x.", "x ", ".hidden",
	"a\x01b\x1b[2Jc", "\u202egpj.exe", "\u2028x\u2029", "\ufeffx", "a\u0301\u0301\u0301\u0301", strings.Repeat("x", 40_000), strings.Repeat("<", 20_000), strings.Repeat("[", 20_000), "[a]: x\n[b]: javascript:y", strings.Repeat("[^a]: x\n", 3_000),
	strings.Repeat("*a ", 10_000), strings.Repeat("> ", 90) + "x", strings.Repeat("a\u0300", 10_000),
}

// Cells of a foreign sheet, in every column, end as text on a page or are left
// out: never as a script, a link to elsewhere or a file outside the fonds and the
// site, and both import and build come to an end.
func TestHostileSheet(t *testing.T) {
	t.Parallel()
	columns := []string{"title", "scope", "date", "creator", "place", "subject", "notes", "id", "parent", "file", "level", "language", "extent"}
	for i, column := range columns {
		dir := inMemory(t)
		o := archiveIn(dir, baseURL)
		writeTo(t, o.Content, guideArchive())
		media := filepath.Join(dir, "media")
		put(t, filepath.Join(media, "a.jpg"), picture(t, "a.jpg"))
		put(t, filepath.Join(media, "x.jpg"), append(picture(t, "x"), "<script>alert(1)</script>"...))
		fine(t, os.Symlink("/etc/passwd", filepath.Join(media, "passwd.jpg")))
		sheet := filepath.Join(dir, "a.csv")
		put(t, sheet, hostileSheet(t, column))
		before := treeOf(t, dir)
		inTime(t, column, func() {
			_, err := generator.ImportCSV(context.Background(), generator.ImportOptions{Content: o.Content, File: sheet, Fonds: "nha-khac-" + strconv.Itoa(i),
				Media: media, State: "public", Clear: "qd-01", Title: "<script>alert(1)</script>"})
			if refused := errors.Is(err, generator.ErrRefused); err != nil && !refused || refused != (column == "parent") {
				t.Errorf("%s: %v", column, err)
			}
		})
		if column == "parent" { // under nothing that is known no row comes in to be public
			onlyIn(t, before, treeOf(t, dir))
			continue
		}
		onlyIn(t, before, treeOf(t, dir), "/content/fonds/nha-khac-")
		edit(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), "fonds: [phong-cau-mau]", "fonds: [phong-cau-mau, nha-khac-"+strconv.Itoa(i)+"]")
		before = treeOf(t, dir)
		inTime(t, column, func() {
			if _, err := buildReport(o); err != nil {
				t.Errorf("%s: %v", column, err)
			}
		})
		onlyIn(t, before, treeOf(t, dir), "/public/", "/.vitrine/")
		s, err := sitecheck.Open(o.Out, baseURL)
		fine(t, err)
		harmless(t, s)
		if pages, _ := filepath.Glob(o.Out + "/phong-luu-tru/nha-khac-*/*.html"); len(pages) < 40 {
			t.Errorf("%s: only %d rows became pages: the test has lost its subject", column, len(pages))
		}
	}
}

// hostileSheet puts every hostile cell into one column.
func hostileSheet(t *testing.T, column string) []byte {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	head := []string{"title", "file"}
	if column == "title" || column == "file" {
		head = []string{column, "notes"}
	}
	if column != head[0] {
		head = append(head, column)
	}
	fine(t, w.Write(head))
	for _, cell := range hostileCells {
		row := make([]string, len(head))
		for i, h := range head {
			switch h {
			case column:
				row[i] = cell
			case "title":
				row[i] = "Tài liệu"
			}
		}
		fine(t, w.Write(row))
	}
	w.Flush()
	return []byte(b.String())
}

// onlyIn asks that nothing has changed but in some folders.
func onlyIn(t *testing.T, before, after tree, folders ...string) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(union(before, after))) {
		within := slices.ContainsFunc(folders, func(dir string) bool { return strings.HasPrefix(name, dir) })
		if before[name] != after[name] && !within {
			t.Errorf("%s was touched", name)
		}
	}
}

// harmless asks of every page that no script, handler, style or address of it
// came from the content.
func harmless(t *testing.T, s *sitecheck.Site) {
	t.Helper()
	for _, p := range s.Pages {
		for n := range p.Elements() {
			description := n.Data == "meta" && sitecheck.Attr(n, "http-equiv") == "" // it is text, whatever it looks like
			if what := inlined(n); what != "" && !description {
				t.Errorf("%s: <%s> %s", p.Path, n.Data, what)
			}
			for _, a := range n.Attr {
				value := strings.ToLower(strings.TrimSpace(a.Val))
				if (a.Key == "href" || a.Key == "src") && (strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:") || strings.Contains(value, "evil.example")) {
					t.Errorf("%s: <%s %s=%q>", p.Path, n.Data, a.Key, a.Val)
				}
			}
		}
	}
}
