package markup

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"vitrine/generator/diag"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// scheme is the part before the colon (RFC 3986, 3.1).
var scheme = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*):`)

var phone = regexp.MustCompile(`^\+?[0-9][0-9().-]{1,30}$`)

// link is a destination that passed.
type link struct {
	href     string
	external bool // leads to another site
}

// resolve judges a destination whose escapes are resolved. The diagnostic
// has no position yet; an empty code means that there is none.
func (c *checker) resolve(dest string) (link, diag.Diagnostic) {
	m := scheme.FindStringSubmatch(dest)
	switch {
	case dest == "":
		return link{}, refuseLink("liên kết không có địa chỉ", "the link has no address")
	case strings.IndexFunc(dest, hidden) >= 0:
		return link{}, refuseLink("địa chỉ liên kết có khoảng trắng, ký tự ẩn hoặc dấu \\: %q",
			"the address of the link has white space, hidden characters or a backslash: %q", dest)
	case dest[0] == '#':
		return link{href: escapeURL(dest)}, diag.Diagnostic{}
	case m == nil:
		return link{}, refuseLink("liên kết tương đối %q không dùng được", "a relative link cannot be used: %q", dest).
			WithHint("trang có thể đổi chỗ; hãy liên kết bằng mã: [chữ](id:mã)", "pages may move; link by id: [words](id:the-id)")
	}
	return c.resolveScheme(strings.ToLower(m[1]), dest[len(m[0]):])
}

func (c *checker) resolveScheme(name, rest string) (link, diag.Diagnostic) {
	full := name + ":" + rest
	switch {
	case name == "id":
		return c.resolveID(rest)
	case name == "http" || name == "https":
		if u, err := url.Parse(full); err == nil && u.Hostname() != "" && u.User == nil {
			return link{href: escapeURL(full), external: true}, diag.Diagnostic{}
		}
	case name == "mailto":
		if at := strings.IndexByte(rest, '@'); at > 0 && at < len(rest)-1 {
			return link{href: escapeURL(full)}, diag.Diagnostic{}
		}
	case name == "tel":
		if phone.MatchString(rest) {
			return link{href: full}, diag.Diagnostic{}
		}
	default:
		return link{}, refuseLink("liên kết loại %q không được phép", "links of the kind %q are not allowed", name+":").
			WithHint("chỉ dùng http, https, mailto, tel, id:mã hoặc #mục", "use http, https, mailto, tel, id:the-id or #section")
	}
	return link{}, refuseLink("địa chỉ %q viết sai", "the address %q is not well formed", full)
}

func (c *checker) resolveID(id string) (link, diag.Diagnostic) {
	if c.links != nil {
		href, why, ok := c.links(id)
		switch {
		case ok:
			return link{href: href}, diag.Diagnostic{}
		case why != diag.Text{}:
			return link{}, refuseLink("liên kết tới %[1]q chưa được công bố: %[2]s", "link to %[1]q, which is not public: %[3]s", id, why.Vi, why.En).
				WithHint("bỏ liên kết, hoặc hoàn tất việc cho phép công bố bản ghi ấy", "remove the link, or complete the clearance of that record")
		}
	}
	return link{}, refuseLink("liên kết tới %q: mã không có hoặc chưa được công bố", "link to %q: no such id, or it is not public", id).
		WithHint("kiểm tra mã, hoặc bỏ liên kết", "check the id, or remove the link")
}

func refuseLink(vi, en string, args ...any) diag.Diagnostic {
	return diag.Errorf("markdown-link", diag.Pos{}, vi, en, args...)
}

// hidden tells characters that browsers drop or change inside an address,
// so that it would not be the one that was judged.
func hidden(r rune) bool {
	return r == '\\' || unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar
}

// escapeURL percent-encodes what may not stand in an address.
func escapeURL(s string) string { return string(util.URLEscape([]byte(s), false)) }

// checkLink puts the final address into a link, or takes the link away and
// leaves its words.
func (c *checker) checkLink(n *ast.Link) {
	to, fault := c.resolve(unescape(string(n.Destination)))
	if fault.Code == "" && c.textOf(n) == "" {
		c.report(refuseLink("liên kết không có chữ", "the link has no words"), n.Pos())
		unwrap(n)
		return
	}
	if fault.Code != "" {
		if n.Reference == nil { // else it is reported where the address is defined
			c.report(fault, n.Pos())
		}
		unwrap(n)
		return
	}
	n.Destination, n.Title = []byte(to.href), []byte(unescape(string(n.Title)))
	if to.external {
		n.SetAttributeString("rel", "noopener")
	}
	if strings.HasPrefix(to.href, "#") {
		c.fragments = append(c.fragments, n)
	}
}

// checkAutoLink does the same for `<https://…>`, which becomes a link or text.
func (c *checker) checkAutoLink(n *ast.AutoLink) {
	address := string(n.URL(c.source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(address), "mailto:") {
		address = "mailto:" + address
	}
	to, fault := c.resolve(address)
	if fault.Code != "" {
		c.report(fault, n.Pos())
		n.Parent().RemoveChild(n.Parent(), n)
		return
	}
	n.SetAttributeString("href", to.href)
	if to.external {
		n.SetAttributeString("rel", "noopener")
	}
}

// checkDefinition reports a refused address in `[label]: address`, used or not.
func (c *checker) checkDefinition(n *ast.LinkReferenceDefinition) {
	if _, fault := c.resolve(unescape(string(n.Destination))); fault.Code != "" {
		c.report(fault, n.Pos())
	}
}

// unwrap puts the children of a node in its place.
func unwrap(n ast.Node) {
	parent := n.Parent()
	for child := n.FirstChild(); child != nil; {
		next := child.NextSibling()
		parent.InsertBefore(parent, n, child)
		child = next
	}
	parent.RemoveChild(parent, n)
}

// LinkedIDs are the ids that the links of a text lead to, each with how often it is asked
// for where the text is set as blocks.
func LinkedIDs(src string) map[string]int {
	out := map[string]int{}
	c := newChecker(Source{Text: src}, func(id string) (string, diag.Text, bool) {
		out[id]++
		return "#", diag.Text{}, true
	})
	c.directivesAllowed = true
	c.parse(blockParser())
	return out
}
