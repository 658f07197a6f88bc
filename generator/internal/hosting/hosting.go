// Package hosting writes what a web server needs to serve a site rightly: that
// the pages of withdrawn records are answered with 410 (RFC 9110, 15.5.11), and
// the headers that keep a page to itself.
//
// The files are whole and need no edits. nginx and Apache answer 410 with the
// notice as the page; a host that knows `_redirects` does so if it lets a rule
// have that status. A bare host answers 200, and the notice itself asks search
// engines to drop it. What programs read, such as a IIIF manifest, has no notice: there
// the status alone says so.
//
// The list of withdrawn addresses lies beside the site and not in it: there it
// would lead every visitor to what was taken down.
package hosting

import (
	"fmt"
	"regexp"
	"strings"
)

// Site is what the files are made from.
type Site struct {
	Prefix string   // path of the site on its host, with a slash at both ends: "/"
	Base   string   // address of the site with a slash behind it; empty where it has none
	Gone   []string // files of the site that stand for withdrawn records, relative to it, in order; others than pages are not there any more
	Policy string   // Content-Security-Policy, with the hash of the style of 404.html
}

// File is one file with its name.
type File struct {
	Name string // slash-separated
	Data string
}

// Files are those for the people who run the server, to lie beside the site.
func (s Site) Files() []File {
	return []File{
		{"nginx.conf", s.nginx()}, {"apache.htaccess", s.apache()},
		{"netlify/_headers", s.headersFile()}, {"netlify/_redirects", s.redirects()},
		{"da-rut.txt", s.addresses()},
	}
}

// Inside are the files that a kind of server reads from the site itself: those
// of "apache" and "netlify".
func (s Site) Inside(kind string) []File {
	switch kind {
	case "apache":
		return []File{{".htaccess", s.apache()}}
	case "netlify":
		return []File{{"_headers", s.headersFile()}, {"_redirects", s.redirects()}}
	}
	return nil
}

// header is one field of every answer.
type header struct{ name, value string }

func (s Site) headers() []header {
	return []header{
		{"Content-Security-Policy", s.Policy},
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "same-origin"},
		{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
	}
}

// open is what pages of other sites may read: pictures, and what describes them. IIIF
// viewers stand on other sites (Image API 3.0, section 5.1 and Presentation API 3.0,
// section 7).
var (
	open       = header{"Access-Control-Allow-Origin", "*"}
	openFolder = []string{"data", "iiif", "media"}
)

const written = "# Vitrine ghi lại tệp này mỗi lần dựng; không cần và không nên sửa tay.\n# Vitrine writes this file at each build; it needs no edits.\n"

func (s Site) nginx() string {
	var b strings.Builder
	b.WriteString(written + `#
# Trong khối server { … } có dòng root, thêm / in the server { … } block that has the root line, add:
#     include /đường/dẫn/nginx.conf;
# rồi / then: nginx -t && nginx -s reload

`)
	for _, h := range s.headers() {
		fmt.Fprintf(&b, "add_header %s \"%s\" always;\n", h.name, h.value)
	}
	fmt.Fprintf(&b, "\nerror_page 404 %s404.html;\n", s.Prefix)
	for _, folder := range openFolder {
		// a location that adds a header loses those around it
		fmt.Fprintf(&b, "\n# Cho trình xem IIIF ở trang khác đọc / IIIF viewers of other sites may read this.\nlocation ^~ %s%s/ {\n", s.Prefix, folder)
		for _, h := range append(s.headers(), open) {
			fmt.Fprintf(&b, "    add_header %s \"%s\" always;\n", h.name, h.value)
		}
		b.WriteString("}\n")
	}
	if len(s.Gone) == 0 {
		return b.String()
	}
	b.WriteString("\n# Tài liệu đã rút: 410, với trang báo rút nếu có / withdrawn records: 410, with the notice where there is one.\n")
	b.WriteString("location @vitrine-410 { try_files $uri =410; }\n")
	for _, g := range s.Gone {
		if !hasNotice(g) {
			fmt.Fprintf(&b, "location = %s%s { return 410; }\n", s.Prefix, g)
			continue
		}
		fmt.Fprintf(&b, "location = %s%s { error_page 410 @vitrine-410; return 410; }\n", s.Prefix, g)
		if folder, ok := strings.CutSuffix(g, "/index.html"); ok {
			fmt.Fprintf(&b, "location = %s%s/ { rewrite ^ %s%s last; }\n", s.Prefix, folder, s.Prefix, g)
		}
	}
	return b.String()
}

func (s Site) apache() string {
	var b strings.Builder
	b.WriteString(written + `#
# Đặt thành .htaccess trong thư mục của trang (cần AllowOverride FileInfo), hoặc ghi «server: [apache]» trong site.yaml.
# Put it as .htaccess into the folder of the site (AllowOverride FileInfo), or write “server: [apache]” in site.yaml.

<IfModule mod_headers.c>
`)
	for _, h := range s.headers() {
		fmt.Fprintf(&b, "Header always set %s \"%s\"\n", h.name, h.value)
	}
	fmt.Fprintf(&b, "# Cho trình xem IIIF ở trang khác đọc / IIIF viewers of other sites may read these.\n<If \"%%{REQUEST_URI} =~ m#^%s(%s)/#\">\nHeader always set %s \"%s\"\n</If>\n",
		regexp.QuoteMeta(s.Prefix), strings.Join(openFolder, "|"), open.name, open.value)
	fmt.Fprintf(&b, "</IfModule>\n\nErrorDocument 404 %s404.html\n", s.Prefix)
	if len(s.Gone) == 0 {
		return b.String()
	}
	b.WriteString("\n# Tài liệu đã rút: 410, với trang báo rút nếu có / withdrawn records: 410, with the notice where there is one.\n<IfModule mod_rewrite.c>\nRewriteEngine On\n")
	for _, g := range s.Gone {
		pattern := regexp.QuoteMeta(g)
		if folder, ok := strings.CutSuffix(g, "/index.html"); ok {
			pattern = regexp.QuoteMeta(folder) + `/(index\.html)?`
		}
		fmt.Fprintf(&b, "RewriteCond %%{ENV:REDIRECT_STATUS} ^$\nRewriteRule ^%s$ - [G]\n", pattern)
	}
	b.WriteString("</IfModule>\n")
	for _, g := range s.Gone {
		if !hasNotice(g) {
			continue
		}
		at := s.Prefix + g
		fmt.Fprintf(&b, "<If \"%%{REQUEST_URI} in { '%s' }\">\nErrorDocument 410 %s\n</If>\n", strings.Join(forms(at), "', '"), at)
	}
	return b.String()
}

func (s Site) headersFile() string {
	var b strings.Builder
	b.WriteString(written)
	fmt.Fprintf(&b, "%s*\n", s.Prefix)
	for _, h := range s.headers() {
		fmt.Fprintf(&b, "  %s: %s\n", h.name, h.value)
	}
	for _, folder := range openFolder {
		fmt.Fprintf(&b, "%s%s/*\n  %s: %s\n", s.Prefix, folder, open.name, open.value)
	}
	return b.String()
}

func (s Site) redirects() string {
	var b strings.Builder
	b.WriteString(written + `#
# Chỉ máy chủ cho phép quy tắc có mã 410 mới trả 410 (Netlify). Cloudflare Pages, GitLab Pages bỏ qua các dòng này,
# GitHub Pages không đọc tệp này: ở đó trang báo rút trả 200 và tự xin máy tìm kiếm bỏ qua.
# Only a host that lets a rule have the status 410 answers so (Netlify). Cloudflare Pages and GitLab Pages skip these
# lines, GitHub Pages does not read the file: there the notice is answered with 200 and asks search engines to drop it.
`)
	for _, g := range s.Gone {
		if !hasNotice(g) {
			fmt.Fprintf(&b, "%s%s %s404.html 410!\n", s.Prefix, g, s.Prefix) // a rule must name a page
			continue
		}
		for _, form := range append(forms(g), shortForms(g)...) {
			fmt.Fprintf(&b, "%s%s %s%s 410!\n", s.Prefix, form, s.Prefix, g)
		}
	}
	return b.String()
}

// hasNotice reports whether a notice lies where something is gone: it is a page.
func hasNotice(file string) bool { return strings.HasSuffix(file, ".html") }

// forms are the addresses at which any server has a file: its own, and for an
// index that of its folder.
func forms(file string) []string {
	if folder, ok := strings.CutSuffix(file, "index.html"); ok {
		return []string{file, folder}
	}
	return []string{file}
}

// shortForms are further ones at which a host of the kind of Netlify has a file: it
// leaves out the ending, or the slash behind a folder, or adds one.
func shortForms(file string) []string {
	stem := strings.TrimSuffix(file, ".html")
	if folder, ok := strings.CutSuffix(stem, "/index"); ok {
		return []string{stem, folder}
	}
	return []string{stem, stem + "/"}
}

// addresses lists what is to be purged from caches, and what search engines
// are to be asked to drop.
func (s Site) addresses() string {
	root := s.Base
	if root == "" {
		root = s.Prefix
	}
	var b strings.Builder
	for _, g := range s.Gone {
		for _, form := range forms(g) {
			b.WriteString(root + form + "\n")
		}
	}
	return b.String()
}
