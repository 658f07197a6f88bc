package sitecheck

import (
	"fmt"
	"net/url"
	"os"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// reference is a place where a page or a style names another file.
type reference struct {
	value  string
	anchor bool // a link that a reader follows, not a file that the page loads
}

// Links returns every link that leads nowhere, that leaves the site where only
// a reader may leave it, or that works over HTTP but not from disk.
func (s *Site) Links() []Problem {
	var out []Problem
	for _, p := range s.Pages {
		for n := range p.Elements() {
			for _, r := range references(n) {
				if what := s.follow(p.Path, r); what != "" {
					out = append(out, Problem{p.Path, fmt.Sprintf("<%s> %q: %s", n.Data, r.value, what)})
				}
			}
		}
	}
	return append(out, s.styleLinks()...)
}

func references(n *html.Node) []reference {
	var out []reference
	for _, a := range n.Attr {
		switch a.Key {
		case "href":
			rel := Attr(n, "rel")
			address := n.Data == "link" && (rel == "canonical" || rel == "alternate")
			out = append(out, reference{a.Val, n.Data == "a" || n.Data == "area" || address})
		case "src", "poster", "data", "action", "formaction", "cite", "background":
			out = append(out, reference{a.Val, false})
		case "srcset", "imagesrcset":
			for candidate := range strings.SplitSeq(a.Val, ", ") { // names of IIIF images hold commas
				name, _, _ := strings.Cut(strings.TrimSpace(candidate), " ")
				out = append(out, reference{name, false})
			}
		}
	}
	return out
}

var cssURL = regexp.MustCompile(`url\(\s*["']?([^"')]*)["']?\s*\)|@import\s+["']([^"']*)["']`)

func (s *Site) styleLinks() []Problem {
	var out []Problem
	for _, f := range s.Files {
		if path.Ext(f) != ".css" {
			continue
		}
		css, err := os.ReadFile(s.Disk(f))
		if err != nil {
			out = append(out, Problem{f, err.Error()})
		}
		for _, m := range cssURL.FindAllSubmatch(css, -1) {
			if what := s.follow(f, reference{string(m[1]) + string(m[2]), false}); what != "" {
				out = append(out, Problem{f, fmt.Sprintf("url(%s%s): %s", m[1], m[2], what)})
			}
		}
	}
	return out
}

// follow says what is wrong with a reference, or nothing.
func (s *Site) follow(from string, r reference) string {
	u, err := url.Parse(r.value)
	if err != nil {
		return err.Error()
	}
	if s.Base != "" && strings.HasPrefix(r.value, s.Base) {
		if !r.anchor {
			return "loaded by its full address"
		}
		return s.arrive(strings.TrimPrefix(u.Path, basePath(s.Base)), u.Fragment, true)
	}
	switch {
	case u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "mailto":
		if !r.anchor {
			return "loaded from elsewhere"
		}
		return ""
	case u.Scheme != "" || u.Host != "":
		return "not a kind of address that a page may name"
	case strings.HasPrefix(u.Path, "/"):
		return "starts at the root of the server"
	case u.Path == "" && u.Fragment == "":
		return "empty"
	case u.Path == "":
		return s.arrive(from, u.Fragment, false)
	}
	return s.arrive(path.Join(path.Dir(from), u.Path), u.Fragment, false)
}

func basePath(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return u.Path
}

// arrive looks for a file and a place in it. A server completes the address
// of a folder, a disk does not.
func (s *Site) arrive(file, fragment string, served bool) string {
	if served && (file == "" || strings.HasSuffix(file, "/")) {
		file += "index.html"
	}
	p, ok := s.paths[file]
	switch {
	case strings.HasPrefix(file, ".."):
		return "leads out of the site"
	case !ok:
		return "no such file"
	case fragment != "" && p != nil && !p.ids[fragment]:
		return "no such place in the page"
	}
	return ""
}

// Reachable returns the pages that no chain of links from the first page
// leads to.
func (s *Site) Reachable(start string) []Problem {
	seen := map[string]bool{start: true}
	for queue := []string{start}; len(queue) > 0; queue = queue[1:] {
		p := s.paths[queue[0]]
		if p == nil {
			continue
		}
		for a := range p.Elements("a") {
			to := s.target(p.Path, Attr(a, "href"))
			if to != "" && !seen[to] {
				seen[to] = true
				queue = append(queue, to)
			}
		}
	}
	var out []Problem
	for _, p := range s.Pages {
		if !seen[p.Path] {
			out = append(out, Problem{p.Path, "no link leads to it"})
		}
	}
	return out
}

// target is the file that a relative link names, empty for any other link.
func (s *Site) target(from, href string) string {
	u, err := url.Parse(href)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
		return ""
	}
	return path.Join(path.Dir(from), u.Path)
}
