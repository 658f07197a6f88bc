// Package sitecheck judges a finished site from outside, as a reader, a
// validator and a browser meet it. Only tests import it.
//
// Every check returns what it found as a list of Problems, so that one run
// shows all of them; an empty list is a sound site.
package sitecheck

import (
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Problem is one fault of a site: the file it is in, from the site root, and
// what is wrong.
type Problem struct{ Path, What string }

// String is the problem in one line.
func (p Problem) String() string { return p.Path + ": " + p.What }

// Site is a finished site on disk.
type Site struct {
	Root  string
	Base  string   // its address with a slash at the end; empty where it has none
	Files []string // every file, slash-separated, from the root, sorted
	Pages []*Page  // those that are HTML, in the same order
	paths map[string]*Page
}

// Page is one parsed page.
type Page struct {
	Path string
	Doc  *html.Node
	ids  map[string]bool
}

// Open reads every page of a site.
func Open(root, base string) (*Site, error) {
	s := &Site{Root: root, Base: base, paths: map[string]*Page{}}
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		s.Files = append(s.Files, filepath.ToSlash(rel))
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(s.Files)
	for _, f := range s.Files {
		if err := s.parse(f); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// parse keeps a file's tree, and for all other files the fact that they exist.
func (s *Site) parse(file string) error {
	s.paths[file] = nil
	if path.Ext(file) != ".html" {
		return nil
	}
	f, err := os.Open(s.Disk(file))
	if err != nil {
		return err
	}
	defer f.Close()
	doc, err := html.Parse(f)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	p := &Page{Path: file, Doc: doc, ids: map[string]bool{}}
	for n := range p.Elements() {
		if id := Attr(n, "id"); id != "" {
			p.ids[id] = true
		}
	}
	s.Pages, s.paths[file] = append(s.Pages, p), p
	return nil
}

// Disk is the name of a file of the site for the operating system.
func (s *Site) Disk(file string) string { return filepath.Join(s.Root, filepath.FromSlash(file)) }

// Page returns a page by its path, or nil.
func (s *Site) Page(file string) *Page { return s.paths[file] }

// Has reports whether the site has a file.
func (s *Site) Has(file string) bool { _, ok := s.paths[file]; return ok }

// Elements yields every element of the page, or those with one of the names.
func (p *Page) Elements(names ...string) iter.Seq[*html.Node] {
	return Within(p.Doc, names...)
}

// Within yields the elements beneath a node, or those with one of the names.
func Within(root *html.Node, names ...string) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && (len(names) == 0 || slices.Contains(names, n.Data)) && !yield(n) {
				return
			}
		}
	}
}

// First is the first element with one of the names, or nil.
func (p *Page) First(names ...string) *html.Node {
	for n := range p.Elements(names...) {
		return n
	}
	return nil
}

// Attr is the value of an attribute, empty where there is none.
func Attr(n *html.Node, key string) string {
	v, _ := Lookup(n, key)
	return v
}

// Lookup is the value of an attribute, and whether it is there.
func Lookup(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// HasClass reports whether an element has a class.
func HasClass(n *html.Node, class string) bool {
	return slices.Contains(strings.Fields(Attr(n, "class")), class)
}

// Text is the text of an element with its white space collapsed.
func Text(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Kind is the kind of a page, from the class of its body: "record".
func (p *Page) Kind() string {
	for class := range strings.FieldsSeq(Attr(p.First("body"), "class")) {
		if kind, ok := strings.CutPrefix(class, "page-"); ok {
			return kind
		}
	}
	return ""
}
