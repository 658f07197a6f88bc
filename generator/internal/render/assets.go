package render

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"vitrine/generator/page"
)

// An Asset is a file that pages load: a stylesheet, a script, a font, an icon.
// Its name holds the first 8 hex digits of its SHA-256, so that it can be kept
// by browsers for ever.
type Asset struct {
	Path   string // from the site root: "assets/site-1a2b3c4d.css"
	Data   []byte
	Images bool // only a site that shows images needs it
	Search bool // only a site that can be searched needs it
	own    string
}

const assetFolder = "assets/"

// Assets are the files that pages may load. All pages share one stylesheet and
// one script: they are small, and a reader's second page has them already. What
// is for few pages, or large, has a name in own, by which a page asks for it.
func (r *Renderer) Assets() ([]Asset, error) { return r.assets, nil }

// preloaded are the faces of running text, which every page needs at once.
var preloaded = []string{"source-serif-4-latin-wght-normal", "source-serif-4-vietnamese-wght-normal"}

// LayoutAssets are the links to the assets from a page whose site root is at
// the relative prefix root.
func (r *Renderer) LayoutAssets(root string) page.Assets {
	var out page.Assets
	own := map[string]*string{"viewer": &out.Viewer, "compare": &out.Compare, "search": &out.Search, "landing": &out.Landing, "timeline": &out.Timeline, "found": &out.Found, zoomScript: &out.Zoom}
	for _, a := range r.assets {
		href := root + a.Path
		if at, ok := own[a.own]; ok {
			*at = href
			continue
		}
		switch path.Ext(a.Path) {
		case ".css":
			out.Styles = append(out.Styles, href)
		case ".js":
			out.Scripts = append(out.Scripts, href)
		case ".svg":
			out.Icon = href
		case ".woff2":
			if slices.ContainsFunc(preloaded, func(face string) bool { return strings.Contains(a.Path, face) }) {
				out.Preloads = append(out.Preloads, href)
			}
		}
	}
	return out
}

func asset(name string, data []byte) Asset {
	sum := sha256.Sum256(data)
	ext := path.Ext(name)
	return Asset{Path: assetFolder + strings.TrimSuffix(name, ext) + "-" + hex.EncodeToString(sum[:4]) + ext, Data: data}
}

// readAssets makes the stylesheet and the script of the site, and takes in the
// fonts and pictures that the stylesheet names.
func readAssets(fsys fs.FS, styles []string) ([]Asset, error) {
	css, linked, err := stylesheet(fsys, styles)
	if err != nil {
		return nil, err
	}
	js, err := concat(fsys, "layout/*.js")
	if err != nil {
		return nil, err
	}
	icon, err := fs.ReadFile(fsys, "icons/icon.svg")
	if err != nil {
		return nil, err
	}
	out := append(linked, asset("site.css", []byte(css)), asset("site.js", []byte(js)), asset("icon.svg", icon))
	licences, err := readAll(fsys, "vendor/*-OFL.txt")
	for _, l := range licences {
		out = append(out, Asset{Path: assetFolder + "fonts/" + path.Base(l.name), Data: []byte(l.text)})
	}
	compare, broken := scriptOf(fsys, "compare")
	find, unfound := searchAssets(fsys)
	viewer, failed := viewerAssets(fsys)
	return append(append(append(out, compare), find...), viewer...), cmp.Or(err, broken, unfound, failed)
}

// zoomScript is the deep zoom of the viewer, as vendor.mjs lays it; it stands in
// a site as it came, so that its hash tells the version, with its licence.
const zoomScript = "openseadragon"

// scriptOf is the script of a folder of scripts, for the pages that ask for it.
func scriptOf(fsys fs.FS, name string) (Asset, error) {
	js, err := concat(fsys, "scripts/"+name+"/*.js")
	a := asset(name+".js", []byte(js))
	a.own, a.Images = name, true
	return a, err
}

// reading are the parts of the search that pages of records have too: what the words of a
// query and of a text are, and how they are marked.
var reading = []string{"scripts/search/1-*.js", "scripts/search/3-*.js", "scripts/search/5-*.js"}

// drawing are the parts of it that the timeline has too: what reads the index, and words
// what it holds.
var drawing = []string{"scripts/search/2-*.js", "scripts/search/5-*.js", "scripts/search/8-*.js"}

// searchAssets are the scripts that read the index, those of the search page (and what stands
// before it) and of the timeline, and that of pages opened from a hit.
func searchAssets(fsys fs.FS) ([]Asset, error) {
	var out []Asset
	for _, a := range []struct {
		own      string
		patterns []string
	}{{"search", []string{"scripts/search/*.js"}}, {"landing", []string{"scripts/landing/*.js"}}, {"found", append(slices.Clone(reading), "scripts/found/*.js")}, {"timeline", append(slices.Clone(drawing), "scripts/timeline/*.js")}} {
		var js strings.Builder
		for _, pattern := range a.patterns {
			part, err := concat(fsys, pattern)
			if err != nil {
				return nil, err
			}
			js.WriteString(part)
		}
		made := asset(a.own+".js", []byte(js.String()))
		made.own, made.Search = a.own, true
		out = append(out, made)
	}
	return out, nil
}

// viewerAssets are the scripts of the document viewer. There is none where
// vendor.mjs has not been run: pages then show plain pictures.
func viewerAssets(fsys fs.FS) ([]Asset, error) {
	zoom, err := fs.ReadFile(fsys, "vendor/"+zoomScript+".js")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	licence, failed := fs.ReadFile(fsys, "vendor/"+zoomScript+"-BSD.txt")
	viewer, broken := scriptOf(fsys, "viewer")
	library := asset(zoomScript+".js", zoom)
	library.own, library.Images = zoomScript, true
	return []Asset{viewer, library, {Path: assetFolder + zoomScript + "-BSD.txt", Data: licence, Images: true}}, cmp.Or(err, failed, broken)
}

// printStyle stands last, so that it wins; lostStyle is set into its page,
// which must look right at any address.
const (
	printStyle = "layout/print.css"
	lostStyle  = "pages/not-found/not-found.css"
)

// stylesheet joins all styles in the order layout, parts, pages, scripts, generated
// classes, further styles, print.
func stylesheet(fsys fs.FS, styles []string) (string, []Asset, error) {
	var b strings.Builder
	for _, pattern := range []string{"layout/*.css", "parts/*.css", "pages/*/*.css", "scripts/*/*.css"} {
		part, err := concat(fsys, pattern)
		if err != nil {
			return "", nil, err
		}
		b.WriteString(part)
	}
	b.WriteString(geometry())
	for _, s := range styles {
		b.WriteString(squeeze(s))
	}
	last, err := fs.ReadFile(fsys, printStyle)
	if err != nil {
		return "", nil, err
	}
	b.WriteString(squeeze(string(last)))
	return takeFiles(fsys, b.String())
}

func concat(fsys fs.FS, pattern string) (string, error) {
	files, err := readAll(fsys, pattern)
	var b strings.Builder
	for _, f := range files {
		if f.name != printStyle && f.name != lostStyle {
			b.WriteString(squeeze(f.text))
		}
	}
	return b.String(), err
}

// geometry makes the classes that carry proportions, since pages have no style
// attributes: r40 to r400 for the ratio of an image, w12 to w100 for the
// width of a spine.
func geometry() string {
	var b strings.Builder
	for r := 40; r <= 400; r++ {
		fmt.Fprintf(&b, ".r%d{--r:%d}", r, r)
	}
	for w := 12; w <= 100; w++ {
		fmt.Fprintf(&b, ".w%d{--w:%d}", w, w)
	}
	b.WriteByte('\n')
	return b.String()
}

var (
	blockComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	lineComment  = regexp.MustCompile(`(?m)^[ \t]*//.*$`)
	lineEdges    = regexp.MustCompile(`[ \t]*\n\s*`)
	aroundBraces = regexp.MustCompile(`\s*([{};])\s*`)
	fontFace     = regexp.MustCompile(`@font-face\{[^}]*\}`)
	urlRef       = regexp.MustCompile(`url\("([^")]+)"\)`)
)

// squeeze drops comments and the blanks at both ends of lines, from a
// stylesheet or a script. It does not touch what stands within a line.
func squeeze(s string) string {
	s = blockComment.ReplaceAllString(s, "")
	s = lineComment.ReplaceAllString(s, "")
	return strings.TrimSpace(lineEdges.ReplaceAllString(s, "\n")) + "\n"
}

// takeFiles replaces every url("vendor/x.woff2") by the hashed name of that file,
// relative to the stylesheet, and returns the files. A font that was not
// vendored is left out with its @font-face rule.
func takeFiles(fsys fs.FS, css string) (string, []Asset, error) {
	css = fontFace.ReplaceAllStringFunc(aroundBraces.ReplaceAllString(css, "$1"), func(rule string) string {
		if m := urlRef.FindStringSubmatch(rule); m != nil {
			if _, err := fs.Stat(fsys, m[1]); err != nil {
				return ""
			}
		}
		return rule
	})
	var out []Asset
	var failed error
	css = urlRef.ReplaceAllStringFunc(css, func(ref string) string {
		name := urlRef.FindStringSubmatch(ref)[1]
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			failed = err
			return ref
		}
		a := asset(folderOf(name)+path.Base(name), data)
		if !slices.ContainsFunc(out, func(b Asset) bool { return b.Path == a.Path }) {
			out = append(out, a)
		}
		return `url("` + strings.TrimPrefix(a.Path, assetFolder) + `")`
	})
	return css, out, failed
}

func folderOf(name string) string {
	if path.Ext(name) == ".woff2" {
		return "fonts/"
	}
	return ""
}
