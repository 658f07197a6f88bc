package excise

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func setAttr(n *html.Node, key, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

func hasClass(n *html.Node, class string) bool {
	return slices.Contains(strings.Fields(attr(n, "class")), class)
}

func isElement(n *html.Node, names ...string) bool {
	return n != nil && n.Type == html.ElementNode && slices.Contains(names, n.Data)
}

// all are the elements beneath a node that a test accepts.
func all(root *html.Node, is func(*html.Node) bool) (out []*html.Node) {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && is(n) {
			out = append(out, n)
		}
	}
	return out
}

func named(names ...string) func(*html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(names, n.Data) }
}

func first(root *html.Node, is func(*html.Node) bool) *html.Node {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && is(n) {
			return n
		}
	}
	return nil
}

// closest is the node itself or the nearest element above it that a test
// accepts; nil where there is none.
func closest(n *html.Node, is func(*html.Node) bool) *html.Node {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && is(n) {
			return n
		}
	}
	return nil
}

// under reports whether a node still hangs in a document.
func under(n, root *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == root {
			return true
		}
	}
	return false
}

func remove(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

func element(name string, kv ...string) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: name}
	for i := 0; i+1 < len(kv); i += 2 {
		n.Attr = append(n.Attr, html.Attribute{Key: kv[i], Val: kv[i+1]})
	}
	return n
}

// text is the text of an element, with single blanks.
func text(n *html.Node) string {
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

// kindOf is the kind of a page, from the class of its body.
func kindOf(doc *html.Node) string {
	body := first(doc, named("body"))
	if body == nil {
		return ""
	}
	for _, class := range strings.Fields(attr(body, "class")) {
		if kind, ok := strings.CutPrefix(class, "page-"); ok {
			return kind
		}
	}
	return ""
}

// targets are the files of the site that an element names.
func targets(page string, n *html.Node) (out []string) {
	for _, a := range n.Attr {
		switch a.Key {
		case "href", "src", "poster", "data", "xlink:href":
			out = append(out, resolve(page, a.Val))
		case "srcset", "imagesrcset":
			for candidate := range strings.SplitSeq(a.Val, ", ") { // names of IIIF images hold commas
				name, _, _ := strings.Cut(strings.TrimSpace(candidate), " ")
				out = append(out, resolve(page, name))
			}
		}
	}
	return out
}

// resolve is the file that a relative link of a page names, empty for any
// other link.
func resolve(page, href string) string {
	u, err := url.Parse(href)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" || strings.HasPrefix(u.Path, "/") {
		return ""
	}
	return path.Join(path.Dir(page), u.Path)
}

func parse(data []byte) (*html.Node, error) { return html.Parse(bytes.NewReader(data)) }

func render(doc *html.Node) ([]byte, error) {
	var b bytes.Buffer
	err := html.Render(&b, doc)
	return append(b.Bytes(), '\n'), err
}
