package plan

import (
	"html/template"
	"path"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"vitrine/generator/page"
)

// fileFields are the fields of page structs that hold a link.
var fileFields = map[string]bool{"Href": true, "Src": true, "Home": true, "Feed": true, "Icon": true, "Styles": true, "Scripts": true, "Preloads": true}

var hrefInHTML = regexp.MustCompile(`(?:href|src)="([^"]*)"`)

// linksOf walks a page struct and yields every link in it with its place.
func linksOf(v any, yield func(field, href string)) {
	walk(reflect.ValueOf(v), "", yield)
}

func walk(v reflect.Value, field string, yield func(field, href string)) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			walk(v.Elem(), field, yield)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				walk(v.Field(i), f.Name, yield)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), field, yield)
		}
	case reflect.String:
		if html, ok := v.Interface().(template.HTML); ok {
			for _, m := range hrefInHTML.FindAllStringSubmatch(string(html), -1) {
				yield("HTML", m[1])
			}
		} else if fileFields[field] && v.String() != "" {
			yield(field, v.String())
		}
	}
}

// outside reports whether a link leads off the site or stays on the page.
func outside(href string) bool {
	return strings.HasPrefix(href, "mailto:") || strings.HasPrefix(href, "https://") || strings.HasPrefix(href, "http://") || strings.HasPrefix(href, "#")
}

// checkLinks composes every page and fails for each link that leads to no
// file of the site, and for paths that a file system could not tell apart.
func checkLinks(t *testing.T, a *archive) (links int) {
	t.Helper()
	files := map[string]bool{}
	for _, x := range a.Extras(a.WholeListing()) {
		files[x.Path] = true
	}
	folded := map[string]string{}
	for _, p := range a.paths {
		files[p] = true
		low := strings.Map(func(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }, p)
		if other, taken := folded[low]; taken {
			t.Errorf("%s and %s are one file", p, other)
		}
		folded[low] = p
	}
	if len(a.jobs) != len(a.paths) {
		t.Errorf("%d jobs for %d paths", len(a.paths), len(a.jobs))
	}
	for _, p := range a.paths { // a thumbnail is published with the page of its record
		linksOf(a.compose(t, p), func(string, string) { links++ })
	}
	broken := 0
	for _, p := range a.paths {
		linksOf(a.compose(t, p), func(field, href string) {
			target, _, _ := strings.Cut(href, "#")
			at := path.Join(path.Dir(p), target)
			if outside(href) || files[at] || strings.HasPrefix(at, "assets/") || a.derived(at) {
				return
			}
			if broken++; broken <= 20 {
				t.Errorf("%s: %s %q leads nowhere", p, field, href)
			}
		})
	}
	return links
}

// derived reports whether a path is that of a derivative that was asked for.
func (a *archive) derived(file string) bool {
	name, ok := strings.CutPrefix(file, "media/")
	if !ok {
		return false
	}
	a.images.mu.Lock()
	defer a.images.mu.Unlock()
	for master := range a.images.max {
		if flat := strings.ReplaceAll(master, "/", "-"); name == "320-"+flat || name == "640-"+flat || name == "am-"+flat {
			return true
		}
	}
	return false
}

// The property on the archive that is published with the program.
func TestSampleArchiveLinks(t *testing.T) {
	a := read(t, open(t, "../../../content")).sound(t)
	if n := checkLinks(t, a); n < 10_000 {
		t.Errorf("only %d links were found", n)
	}
	if len(a.paths) < 500 {
		t.Errorf("only %d pages", len(a.paths))
	}
}

// checkIDs fails when two groups, sections or sheets of a page share an id.
func checkIDs(t *testing.T, a *archive) {
	t.Helper()
	for _, p := range a.paths {
		seen := map[string]bool{}
		for _, id := range idsOf(a.compose(t, p)) {
			if seen[id] {
				t.Errorf("%s: the id %s stands twice", p, id)
			}
			seen[id] = true
		}
	}
}

func idsOf(v any) (out []string) {
	groups := func(list []page.Group) {
		for _, g := range list {
			out = append(out, g.ID)
		}
	}
	switch v := v.(type) {
	case *page.AuthorityIndex:
		groups(v.Groups)
	case *page.TimelinePage:
		groups(v.Groups)
		for _, d := range v.Decades {
			out = append(out, d.ID)
		}
	case *page.Record:
		for _, s := range v.Sheets {
			out = append(out, s.Anchor)
		}
		out = append(out, htmlIDs(string(v.Body), string(v.Scope.HTML))...)
	case *page.Exhibition:
		for _, s := range v.Sections {
			out = append(out, s.ID)
			for _, b := range s.Blocks {
				out = append(out, htmlIDs(string(b.HTML), string(b.Answer.HTML))...)
			}
		}
	}
	return out
}

var idInHTML = regexp.MustCompile(` id="([^"]*)"`)

func htmlIDs(texts ...string) (out []string) {
	for _, m := range idInHTML.FindAllStringSubmatch(strings.Join(texts, " "), -1) {
		out = append(out, m[1])
	}
	return out
}
