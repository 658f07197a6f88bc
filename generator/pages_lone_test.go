package generator_test

import (
	"slices"
	"strings"
	"testing"
)

// A page that stands in another language alone is no page, and that is said.
func TestPageInAnotherLanguageAlone(t *testing.T) {
	const head = "---\ntitle: Riêng\naccess: {state: public}\n---\nLời.\n"
	for _, c := range []struct {
		what, code, at string // at is the file of the fault; it is an error where it lacks a page
		isError        bool
		files          map[string]string
	}{
		{what: "both", files: map[string]string{"pages/rieng.md": head, "pages/rieng.en.md": head}},
		{what: "the first alone", files: map[string]string{"pages/rieng.md": head}},
		{what: "notes with a dot", files: map[string]string{"pages/rieng.md": head, "pages/v1.old-2.txt": head}},
		{what: "English alone", files: map[string]string{"pages/rieng.en.md": head}, code: "page-lone", at: "pages/rieng.en.md", isError: true},
		{what: "in a folder", files: map[string]string{"pages/a/rieng.en.md": head, "pages/rieng.md": head}, code: "page-lone", at: "pages/a/rieng.en.md", isError: true},
		{what: "named by the first language", files: map[string]string{"pages/rieng.vi.md": head}, code: "page-lone", at: "pages/rieng.vi.md", isError: true},
		{what: "twice in the first language", files: map[string]string{"pages/rieng.md": head, "pages/rieng.vi.md": head}, code: "file-ignored", at: "pages/rieng.vi.md"},
		{what: "a language that the site has not", files: map[string]string{"pages/rieng.md": head, "pages/rieng.fr.md": head}, code: "file-ignored", at: "pages/rieng.fr.md"},
	} {
		r := newRuled(t, c.files)
		rep, site := r.build()
		found := slices.DeleteFunc(worded(rep), func(line string) bool { return !strings.HasPrefix(line, "pages/") })
		if (site == nil) != c.isError || (len(found) > 0) != (c.code != "") {
			t.Errorf("%s: published %t: %q", c.what, site != nil, found)
		}
		for _, line := range found {
			if !strings.HasPrefix(line, c.at) || !strings.Contains(line, c.code) || !strings.Contains(line, "pages/") {
				t.Errorf("%s: %q", c.what, line)
			}
		}
	}
}
