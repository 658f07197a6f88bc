package plan

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestArchives reads small archives and asks what their pages show. Each file
// in testdata holds, beside content:
//
//	facts   lines "page: template => text", the template executed on the
//	        composed struct; "no page" says that a page does not exist
//	faults  the errors, as file:line: code; none where the file is absent
//
// The files of the archive that every test shares are in base.
func TestArchives(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no archives", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txtar"), func(t *testing.T) { judge(t, f) })
	}
}

func judge(t *testing.T, name string) {
	parsed, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var facts, faults string
	files := base()
	for _, f := range parsed.Files {
		switch f.Name {
		case "facts":
			facts = string(f.Data)
		case "faults":
			faults = string(f.Data)
		default:
			files = slices.DeleteFunc(files, func(x txtar.File) bool { return x.Name == f.Name })
			files = append(files, f)
		}
	}
	a := read(t, write(t, files))
	got := a.composeAll(t)
	slices.Sort(got)
	if want := lines(faults); !slices.Equal(got, want) {
		t.Errorf("faults:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		for _, d := range a.said() {
			t.Log(d)
		}
	}
	if faults == "" {
		checkLinks(t, a)
	}
	for _, line := range lines(facts) {
		ask(t, a, line)
	}
}

func lines(s string) (out []string) {
	for l := range strings.Lines(s) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// wordsInBraces is how a template prints page.Words: {text language}.
var wordsInBraces = regexp.MustCompile(`\{([^{}]*) ([a-z]*)\}`)

// readable shows Words as their text, with @ and a language where it is not
// that of the page, and all white space as one blank.
func readable(s string) string {
	s = wordsInBraces.ReplaceAllStringFunc(s, func(w string) string {
		m := wordsInBraces.FindStringSubmatch(w)
		if m[2] != "" {
			return m[1] + "@" + m[2]
		}
		return m[1]
	})
	return strings.Join(strings.Fields(s), " ")
}

func ask(t *testing.T, a *archive, line string) {
	t.Helper()
	path, question, _ := strings.Cut(line, ": ")
	if question == "no page" {
		if _, exists := a.jobs[path]; exists {
			t.Errorf("%s exists", path)
		}
		return
	}
	source, want, ok := strings.Cut(question, " => ")
	if !ok {
		source = strings.TrimSuffix(question, " =>")
	}
	tmpl, err := template.New(path).Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	if err := tmpl.Execute(&got, a.compose(t, path)); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	if s := readable(got.String()); s != want {
		t.Errorf("%s: %s\n got %q\nwant %q", path, source, s, want)
	}
}
