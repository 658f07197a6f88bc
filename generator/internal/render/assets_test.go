package render

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/templates"
)

func TestAssets(t *testing.T) {
	r, err := New(templates.FS, ".chroma { color: red }")
	if err != nil {
		t.Fatal(err)
	}
	assets, err := r.Assets()
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string]string{}
	for _, a := range assets {
		sum := sha256.Sum256(a.Data)
		if path.Ext(a.Path) != ".txt" && !strings.Contains(a.Path, "-"+hex.EncodeToString(sum[:4])+".") {
			t.Errorf("%s does not carry its hash", a.Path)
		}
		byPath[a.Path] = string(a.Data)
	}
	links := r.LayoutAssets("../../")
	if len(links.Styles) != 1 || len(links.Scripts) != 1 || links.Icon == "" {
		t.Fatalf("links %+v", links)
	}
	for _, href := range slices.Concat(links.Styles, links.Scripts, links.Preloads, []string{links.Icon}) {
		if _, ok := byPath[strings.TrimPrefix(href, "../../")]; !ok {
			t.Errorf("%s leads to no asset", href)
		}
	}
	css := byPath[strings.TrimPrefix(links.Styles[0], "../../")]
	if at, print := strings.Index(css, ".chroma{color: red}"), strings.LastIndex(css, "@media print"); at < 0 || at > print {
		t.Error("further styles must stand before those for print")
	}
	for _, m := range regexp.MustCompile(`url\("?([^")]*)`).FindAllStringSubmatch(css, -1) {
		if _, ok := byPath["assets/"+m[1]]; !ok {
			t.Errorf("the stylesheet links to %s, which is no asset", m[1])
		}
	}
}

// Only pages that show documents ask for the viewer, and where vendor.mjs has
// not been run there is none; its library stands in a site as it came.
func TestViewerIsAnAssetOfItsOwn(t *testing.T) {
	r, err := New(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	links, byPath := r.LayoutAssets("../"), map[string]Asset{}
	for _, a := range r.assets {
		byPath[a.Path] = a
	}
	viewer, zoom := byPath[strings.TrimPrefix(links.Viewer, "../")], byPath[strings.TrimPrefix(links.Zoom, "../")]
	if !viewer.Images || !zoom.Images || !byPath["assets/openseadragon-BSD.txt"].Images {
		t.Fatalf("run npm ci and node vendor.mjs in templates: viewer %q, zoom %q", links.Viewer, links.Zoom)
	}
	if npm, err := fs.ReadFile(templates.FS, "vendor/openseadragon.js"); err != nil || string(zoom.Data) != string(npm) {
		t.Errorf("the library is not what came from npm: %v", err)
	}
	bare := overlay(t, "vendor/none.txt", "")
	delete(bare, "vendor/openseadragon.js")
	if r, err = New(bare); err != nil {
		t.Fatal(err)
	}
	if links := r.LayoutAssets(""); links.Viewer != "" || links.Zoom != "" || len(links.Scripts) != 1 {
		t.Errorf("without the library: %+v", links)
	}
}

// TestFontsAreVendored fails where vendor.mjs has not been run.
func TestFontsAreVendored(t *testing.T) {
	fonts, err := fs.Glob(templates.FS, "vendor/*.woff2")
	if err != nil || len(fonts) != 8 {
		t.Fatalf("%d font files, error %v: run npm ci and node vendor.mjs in templates", len(fonts), err)
	}
	licences, err := fs.Glob(templates.FS, "vendor/*-OFL.txt")
	if err != nil || len(licences) != 2 {
		t.Errorf("%d licences, error %v", len(licences), err)
	}
}

func TestMissingFontsAreLeftOut(t *testing.T) {
	bare := overlay(t, "vendor/none.txt", "")
	for name := range bare {
		if path.Ext(name) == ".woff2" {
			delete(bare, name)
		}
	}
	r, err := New(bare)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range r.assets {
		if path.Ext(a.Path) == ".css" && strings.Contains(string(a.Data), "@font-face") {
			t.Error("a face without its file is declared")
		}
	}
}

// TestStylesAskNobody holds styles and templates to the rule that a site asks
// nothing of any other host.
func TestStylesAskNobody(t *testing.T) {
	err := fs.WalkDir(templates.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(name, "vendor/") {
			return err
		}
		data, err := fs.ReadFile(templates.FS, name)
		text := string(data)
		for _, format := range []string{"http://www.w3.org/2000/svg", "http://iiif.io/api/presentation/3/context.json"} { // names, which nobody asks for
			text = strings.ReplaceAll(text, format, "")
		}
		for _, bad := range []string{"//cdn", "http://", "https://", "@import", " style=\"", "onclick="} {
			if strings.Contains(text, bad) {
				t.Errorf("%s holds %q", name, bad)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
