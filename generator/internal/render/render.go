// Package render executes templates.
//
// A site has one template per kind of page and one catalogue of interface
// texts per language. Both are read once. The texts are set into the templates
// when these are parsed, one set per language, so that they cost nothing per
// page. A template sees the structs of package page and nothing else.
package render

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"sync"

	"vitrine/generator/page"
)

// version is part of every digest. It changes with the functions that
// templates can call and with the way sources are prepared.
const version = "2"

// fallback is the language whose interface texts are used for a language
// without a catalogue of its own.
const fallback = "en"

// kinds names the template of every page struct: a folder under pages.
var kinds = map[reflect.Type]string{
	reflect.TypeFor[page.Home]():            "home",
	reflect.TypeFor[page.FondsIndex]():      "fonds-index",
	reflect.TypeFor[page.Fonds]():           "fonds",
	reflect.TypeFor[page.Record]():          "record",
	reflect.TypeFor[page.Tombstone]():       "tombstone",
	reflect.TypeFor[page.Gallery]():         "gallery",
	reflect.TypeFor[page.AuthorityIndex]():  "authority-index",
	reflect.TypeFor[page.Authority]():       "authority",
	reflect.TypeFor[page.Exhibition]():      "exhibition",
	reflect.TypeFor[page.ExhibitionIndex](): "exhibition-index",
	reflect.TypeFor[page.TimelinePage]():    "timeline",
	reflect.TypeFor[page.Search]():          "search",
	reflect.TypeFor[page.BrowseIndex]():     "browse-index",
	reflect.TypeFor[page.Browse]():          "browse",
	reflect.TypeFor[page.Downloads]():       "downloads",
	reflect.TypeFor[page.DayIndex]():        "day-index",
	reflect.TypeFor[page.DayPage]():         "day",
	reflect.TypeFor[page.Article]():         "article",
	reflect.TypeFor[page.Repository]():      "repository",
	reflect.TypeFor[page.NotFound]():        "not-found",
	reflect.TypeFor[page.Redirect]():        "redirect",
}

// Renderer executes the templates of a site. It is safe for concurrent use.
type Renderer struct {
	texts   map[string]catalogue           // by language
	sets    map[string]*template.Template  // by language
	fast    map[string]map[string]*program // by language and kind; nil where html/template is needed
	assets  []Asset
	parts   []fragment // sources that every page depends on
	pages   map[string][]fragment
	buffers sync.Pool

	lostStyle string // hash of the style of the page for lost readers
}

// New reads the templates, styles and texts under fsys, as package templates
// embeds them, and parses everything once. Styles are further stylesheets, as
// text, that stand after those of the pages. A broken template is an error
// that names its file and line.
func New(fsys fs.FS, styles ...string) (*Renderer, error) {
	r := &Renderer{buffers: sync.Pool{New: func() any { return new(bytes.Buffer) }}}
	var err error
	if r.texts, err = readCatalogues(fsys); err != nil {
		return nil, err
	}
	if r.assets, err = readAssets(fsys, styles); err != nil {
		return nil, err
	}
	if err = r.readTemplates(fsys); err != nil {
		return nil, err
	}
	if lost, err := inlineStyle(fsys, lostStyle); err == nil { // who has no such page needs no hash of its style
		r.lostStyle = page.StyleHash(lost)
	}
	return r, r.parse(fsys)
}

// Kind is the name of the template of a page struct, or of a pointer to one.
// It is empty for anything else.
func Kind(p any) string {
	t := reflect.TypeOf(p)
	if t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return kinds[t]
}

// Render writes the page p, a struct of package page or a pointer to one, in
// the language of its layout. Nothing is written when the template fails.
func (r *Renderer) Render(w io.Writer, p any) error {
	kind := Kind(p)
	if kind == "" {
		return fmt.Errorf("no template for %T", p)
	}
	buf := r.buffers.Get().(*bytes.Buffer)
	defer r.buffers.Put(buf)
	buf.Reset()
	if err := r.execute(buf, kind, p); err != nil {
		return fmt.Errorf("%s: %w", kind, located(err))
	}
	_, err := w.Write(buf.Bytes())
	return err
}

func (r *Renderer) execute(buf *bytes.Buffer, kind string, p any) error {
	lang := p.(interface{ Language() string }).Language()
	if r.sets[lang] == nil {
		lang = fallback
	}
	if fast := r.fast[lang][kind]; fast != nil {
		return fast.run(buf, addressable(p))
	}
	return r.sets[lang].ExecuteTemplate(buf, pageFile(kind), p)
}

// addressable is the struct p, or the one that p points to.
func addressable(p any) reflect.Value {
	v := reflect.ValueOf(p)
	if v.Kind() == reflect.Pointer {
		return v.Elem()
	}
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	return out
}

// Digest identifies everything that a page of a kind is made with, apart from
// its struct: templates, texts, and the names of the assets. It is zero for an
// unknown kind.
func (r *Renderer) Digest(kind string) (sum [32]byte) {
	own, ok := r.pages[kind]
	if !ok {
		return sum
	}
	h := sha256.New()
	fmt.Fprintf(h, "render %s %s\n", version, kind)
	for _, a := range r.assets {
		fmt.Fprintf(h, "%s\n", a.Path)
	}
	for _, f := range r.parts {
		f.hash(h)
	}
	for _, f := range own {
		f.hash(h)
	}
	h.Sum(sum[:0])
	return sum
}

// DigestOfAll identifies everything that pages of any kind are made with.
func (r *Renderer) DigestOfAll() (sum [32]byte) {
	h := sha256.New()
	for _, kind := range slices.Sorted(maps.Keys(r.pages)) {
		own := r.Digest(kind)
		h.Write(own[:])
	}
	h.Sum(sum[:0])
	return sum
}
