package render

import (
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"strings"

	"vitrine/generator/page"
)

// A fragment is a source file that a page is made of.
type fragment struct {
	name string
	text string
}

func (f fragment) hash(w io.Writer) {
	fmt.Fprintf(w, "%s %d\n%s", f.name, len(f.text), f.text)
}

func pageFile(kind string) string { return "pages/" + kind + "/" + kind + ".html" }

// readTemplates reads the sources of all templates and the texts. A file of a
// page's folder belongs to that page; everything else belongs to all.
func (r *Renderer) readTemplates(fsys fs.FS) error {
	r.pages = map[string][]fragment{}
	for _, pattern := range []string{"layout/*.html", "parts/*.html", "i18n/*.yaml"} {
		got, err := readAll(fsys, pattern)
		if err != nil {
			return err
		}
		r.parts = append(r.parts, got...)
	}
	for _, kind := range kinds {
		got, err := readAll(fsys, "pages/"+kind+"/*.html")
		if err != nil {
			return err
		}
		if len(got) == 0 {
			return fmt.Errorf("%s: no such template", pageFile(kind))
		}
		r.pages[kind] = got
	}
	return nil
}

func readAll(fsys fs.FS, pattern string) ([]fragment, error) {
	names, err := fs.Glob(fsys, pattern)
	if err != nil {
		return nil, err
	}
	out := make([]fragment, 0, len(names))
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		out = append(out, fragment{name, string(data)})
	}
	return out, nil
}

// parse makes one set of templates per language and executes every page once
// with an empty struct, since html/template finds some errors only then.
func (r *Renderer) parse(fsys fs.FS) error {
	r.sets = map[string]*template.Template{}
	r.fast = map[string]map[string]*program{}
	for lang, texts := range r.texts {
		set := template.New(lang).Funcs(functions(lang, texts))
		for _, f := range r.templates() {
			text, err := prepare(fsys, f, texts)
			if err != nil {
				return err
			}
			if _, err := set.New(f.name).Parse(text); err != nil {
				return located(err)
			}
		}
		for t, kind := range kinds {
			if err := set.ExecuteTemplate(io.Discard, pageFile(kind), zero(t)); err != nil {
				return located(err)
			}
		}
		r.sets[lang], r.fast[lang] = set, compileAll(set, lang, texts)
	}
	return nil
}

func (r *Renderer) templates() []fragment {
	var out []fragment
	for _, f := range r.parts {
		if path.Ext(f.name) == ".html" {
			out = append(out, f)
		}
	}
	for _, own := range r.pages {
		out = append(out, own...)
	}
	return out
}

var (
	textCall   = regexp.MustCompile(`\{\{t "([^"]*)"\}\}`)
	styleCall  = regexp.MustCompile(`\{\{style "([^"]*)"\}\}`)
	policyCall = regexp.MustCompile(`\{\{policy(?: "([^"]*)")?\}\}`)
	blankStart = regexp.MustCompile(`(?m)^[ \t]+`)
)

// prepare sets the texts of a language into a source, where it says
// {{t "key"}}, stylesheets, where it says {{style "file"}}, and the policy of
// the page, where it says {{policy}}, or {{policy "file"}} for one that holds
// that stylesheet. Lines keep their numbers, so that errors name the right one.
func prepare(fsys fs.FS, f fragment, texts catalogue) (string, error) {
	var failed error
	replace := func(re *regexp.Regexp, in string, by func(string) (string, error)) string {
		return re.ReplaceAllStringFunc(in, func(call string) string {
			out, err := by(re.FindStringSubmatch(call)[1])
			if err != nil && failed == nil {
				line := 1 + strings.Count(in[:strings.Index(in, call)], "\n")
				failed = fmt.Errorf("%s:%d: %w", f.name, line, err)
			}
			return out
		})
	}
	out := replace(textCall, f.text, func(key string) (string, error) {
		t, ok := texts[key]
		if !ok {
			return "", fmt.Errorf("no text %q in the catalogue", key)
		}
		return template.HTMLEscapeString(t.other), nil
	})
	out = replace(policyCall, out, func(name string) (string, error) {
		if name == "" {
			return page.Policy(), nil
		}
		css, err := inlineStyle(fsys, name)
		return page.Policy(css), err
	})
	out = replace(styleCall, out, func(name string) (string, error) { return inlineStyle(fsys, name) })
	return blankStart.ReplaceAllString(out, ""), failed
}

// inlineStyle is a stylesheet as it stands in a page.
func inlineStyle(fsys fs.FS, name string) (string, error) {
	css, err := fs.ReadFile(fsys, name)
	return strings.ReplaceAll(squeeze(string(css)), "\n", ""), err
}

// LostStyle is the hash of the style that the page for lost readers holds, for
// the policy that a server sends.
func (r *Renderer) LostStyle() string { return r.lostStyle }

// functions are what templates can call beside the built-in ones: n words a
// count, f sets values into a text, group writes a number, add is for geometry.
func functions(lang string, texts catalogue) template.FuncMap {
	return template.FuncMap{
		"n":     func(key string, count int) string { return texts.text(lang, key, count) },
		"f":     func(key string, args ...any) string { return texts.text(lang, key, args...) },
		"group": func(n int) string { return grouped(lang, n) },
		"add":   func(a, b int) int { return a + b },
	}
}

// zero is an empty page of a kind.
func zero(t reflect.Type) any { return reflect.New(t).Interface() }

// located turns "template: FILE:LINE: …" into "FILE:LINE: …".
func located(err error) error {
	for _, prefix := range []string{"html/template:", "template: "} {
		if rest, ok := strings.CutPrefix(err.Error(), prefix); ok {
			return fmt.Errorf("%s", rest)
		}
	}
	return err
}
