package hosting

import (
	"strings"
	"testing"
)

func site(gone ...string) Site {
	return Site{Prefix: "/trung-bay/", Base: "https://kho.example.org/trung-bay/", Gone: gone, Policy: "default-src 'none'"}
}

func file(t *testing.T, s Site, name string) string {
	t.Helper()
	for _, f := range s.Files() {
		if f.Name == name {
			return f.Data
		}
	}
	t.Fatalf("there is no %s", name)
	return ""
}

// Each file names every withdrawn page, below the path of the site, and the
// policy; a fonds by its folder too, and where a host has more addresses for a
// page, by each.
func TestFilesNameWhatIsGone(t *testing.T) {
	s := site("phong-luu-tru/f/a-1.html", "en/fonds/f/index.html")
	for name, want := range map[string][]string{
		"nginx.conf": {"location = /trung-bay/phong-luu-tru/f/a-1.html { error_page 410 @vitrine-410; return 410; }", "location = /trung-bay/en/fonds/f/ {", `add_header Content-Security-Policy "default-src 'none'" always;`, "error_page 404 /trung-bay/404.html;"},
		"apache.htaccess": {`RewriteRule ^phong-luu-tru/f/a-1\.html$ - [G]`, `RewriteRule ^en/fonds/f/(index\.html)?$ - [G]`, "ErrorDocument 410 /trung-bay/phong-luu-tru/f/a-1.html",
			"in { '/trung-bay/en/fonds/f/index.html', '/trung-bay/en/fonds/f/' }", `Header always set Content-Security-Policy "default-src 'none'"`},
		"netlify/_redirects": {"\n/trung-bay/phong-luu-tru/f/a-1.html /trung-bay/phong-luu-tru/f/a-1.html 410!\n",
			"\n/trung-bay/phong-luu-tru/f/a-1 /trung-bay/phong-luu-tru/f/a-1.html 410!\n", "\n/trung-bay/phong-luu-tru/f/a-1/ /trung-bay/phong-luu-tru/f/a-1.html 410!\n",
			"\n/trung-bay/en/fonds/f/index.html /trung-bay/en/fonds/f/index.html 410!\n", "\n/trung-bay/en/fonds/f/ /trung-bay/en/fonds/f/index.html 410!\n",
			"\n/trung-bay/en/fonds/f /trung-bay/en/fonds/f/index.html 410!\n", "\n/trung-bay/en/fonds/f/index /trung-bay/en/fonds/f/index.html 410!\n"},
		"netlify/_headers": {"\n/trung-bay/*\n", "  Content-Security-Policy: default-src 'none'\n", "  X-Content-Type-Options: nosniff\n"},
		"da-rut.txt":       {"https://kho.example.org/trung-bay/phong-luu-tru/f/a-1.html\nhttps://kho.example.org/trung-bay/en/fonds/f/index.html\nhttps://kho.example.org/trung-bay/en/fonds/f/\n"},
	} {
		data := file(t, s, name)
		for _, w := range want {
			if !strings.Contains(data, w) {
				t.Errorf("%s lacks %q:\n%s", name, w, data)
			}
		}
	}
}

// Where no page was, no notice is: the status is answered without one, and of all
// addresses only the one of the file is named.
func TestFilesNameDescriptionsThatAreGone(t *testing.T) {
	const gone = "/trung-bay/iiif/a-1/manifest.json"
	s := site("iiif/a-1/manifest.json")
	for name, want := range map[string]string{
		"nginx.conf":         "\nlocation = " + gone + " { return 410; }\n",
		"apache.htaccess":    "\nRewriteRule ^iiif/a-1/manifest\\.json$ - [G]\n",
		"netlify/_redirects": "\n" + gone + " /trung-bay/404.html 410!\n",
		"da-rut.txt":         "https://kho.example.org" + gone + "\n",
	} {
		data := file(t, s, name)
		if !strings.Contains(data, want) || strings.Count(data, "manifest") != 1 {
			t.Errorf("%s lacks %q, or says more:\n%s", name, want, data)
		}
	}
}

// Without withdrawn records no file speaks of 410 but in its comments.
func TestFilesOfASiteWithNothingGone(t *testing.T) {
	for _, f := range site().Files() {
		for line := range strings.Lines(f.Data) {
			if !strings.HasPrefix(line, "#") && strings.Contains(line, "410") {
				t.Errorf("%s: %s", f.Name, line)
			}
		}
	}
}

// What lies in the site is what lies beside it.
func TestInside(t *testing.T) {
	s := site("a.html")
	for kind, names := range map[string]map[string]string{"apache": {".htaccess": "apache.htaccess"}, "netlify": {"_headers": "netlify/_headers", "_redirects": "netlify/_redirects"}, "other": {}} {
		in := s.Inside(kind)
		if len(in) != len(names) {
			t.Errorf("%s: %d files", kind, len(in))
		}
		for _, f := range in {
			if f.Data != file(t, s, names[f.Name]) {
				t.Errorf("%s: %s is another", kind, f.Name)
			}
		}
	}
}
