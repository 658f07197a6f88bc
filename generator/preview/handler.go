package preview

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html"
	"mime"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"vitrine/generator/diag"
)

// reserved begins the addresses of the preview itself. No id begins with an
// underscore, so no page of a site can stand there.
const reserved = "/_vitrine/"

//go:embed preview.js preview.css
var own embed.FS

// ServeHTTP answers one request.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Content-Security-Policy", "frame-ancestors 'self'")
	if s.o.Site.Drafts {
		h.Set("X-Robots-Tag", "noindex, nofollow, noarchive")
	}
	switch name, inner := strings.CutPrefix(r.URL.Path, reserved); {
	case !s.guard.admits(r):
		http.Error(w, "421 không biết tên máy này / this host name is not known here (--host)", http.StatusMisdirectedRequest)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "405 chỉ đọc / read only", http.StatusMethodNotAllowed)
	case inner && name == "events":
		s.events(w, r)
	case inner:
		s.ownFile(w, r, name)
	default:
		s.siteFile(w, r)
	}
}

// ownFile serves a file of the preview itself.
func (s *server) ownFile(w http.ResponseWriter, r *http.Request, name string) {
	data, err := own.ReadFile(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	send(w, r, http.StatusOK, contentType(name), data)
}

// siteFile serves a file of the site, and its page for lost readers where it
// has no such file.
func (s *server) siteFile(w http.ResponseWriter, r *http.Request) {
	name, ok := sitePath(r.URL.Path)
	if !ok {
		name = ""
	}
	a := s.answer(name)
	if a.status == http.StatusNotFound && ok && s.isFolder(name) {
		http.Redirect(w, r, "/"+name+"/", http.StatusFound)
		return
	}
	if a.file != "" {
		sendFile(w, r, a)
		return
	}
	if a.page {
		a.data = inject(a.data, name, a.version)
	}
	send(w, r, a.status, a.kind, a.data)
}

// sitePath turns the path of an address into that of a file. ok is false for
// one that no link of a site has: with dots, doubled slashes, backslashes.
func sitePath(p string) (name string, ok bool) {
	if !strings.HasPrefix(p, "/") || strings.ContainsAny(p, "\\\x00:") {
		return "", false
	}
	if strings.HasSuffix(p, "/") {
		p += "index.html"
	}
	return strings.TrimPrefix(p, "/"), path.Clean(p) == p
}

// isFolder reports whether a path without a slash behind it names a folder
// that has a first page.
func (s *server) isFolder(name string) bool {
	if path.Ext(name) != "" {
		return false
	}
	_, ok, _ := s.session.File(name + "/index.html")
	return ok
}

// answer is what a path of the site is answered with.
type answer struct {
	status  int
	kind    string // content type
	data    []byte
	file    string // on disk, in place of data
	page    bool   // HTML that takes part in the preview
	version string // tells whether a page has changed since
}

// answer finds the file of a path. A page that cannot be shown is answered by
// one that says so, and that reloads when it can.
func (s *server) answer(name string) answer {
	f, ok, err := s.session.File(name)
	switch {
	case err != nil:
		return s.instead(http.StatusInternalServerError, unrendered, err)
	case !ok && !s.session.Ready():
		return s.instead(http.StatusServiceUnavailable, unready, nil)
	case !ok:
		return s.lost()
	case !f.Page:
		return answer{status: http.StatusOK, kind: contentType(name), data: f.Data, file: f.Path}
	}
	return answer{status: http.StatusOK, kind: contentType(name), data: f.Data, page: true, version: versionOf(f.Data)}
}

// lost is the page for lost readers.
func (s *server) lost() answer {
	f, ok, err := s.session.File("404.html")
	if err != nil || !ok {
		return s.instead(http.StatusNotFound, missing, err)
	}
	return answer{status: http.StatusNotFound, kind: contentType("404.html"), data: f.Data, page: true, version: "404 " + versionOf(f.Data)}
}

var (
	unready    = diag.T("Nội dung còn lỗi, chưa có gì để xem", "The content has errors, there is nothing to show yet")
	unrendered = diag.T("Chưa hiện được trang này", "This page cannot be shown yet")
	missing    = diag.T("Không có trang này", "There is no such page")
)

// instead is a page of the preview's own.
func (s *server) instead(status int, what diag.Text, err error) answer {
	cause := ""
	if err != nil {
		cause = err.Error()
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "<!doctype html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n<title>%s</title>\n<link rel=\"stylesheet\" href=\"%spreview.css\">\n</head>\n<body>\n<main class=\"instead\">\n<h1>%s</h1>\n<p lang=\"en\">%s</p>\n<p><code>%s</code></p>\n</main>\n</body>\n</html>\n",
		html.EscapeString(what.Vi), reserved, html.EscapeString(what.Vi), html.EscapeString(what.En), html.EscapeString(cause))
	return answer{status: status, kind: contentType("x.html"), data: b.Bytes(), page: true, version: fmt.Sprint(status, versionOf(b.Bytes()))}
}

func versionOf(page []byte) string {
	sum := sha256.Sum256(page)
	return hex.EncodeToString(sum[:8])
}

var headEnd = []byte("</head>")

// inject puts the script of the preview into a page, with what it needs to
// ask whether the page is still the same.
func inject(page []byte, name, version string) []byte {
	head, rest, ok := bytes.Cut(page, headEnd)
	if !ok {
		return page
	}
	out := fmt.Appendf(slices.Clone(head), `<script defer src="%spreview.js" data-page="%s" data-version="%s"></script>`+"\n", reserved, html.EscapeString(name), version)
	out = append(out, headEnd...)
	return append(out, rest...)
}

// contentType is that of a name of the site; the system is not asked, whose
// tables differ.
func contentType(name string) string {
	switch ext := path.Ext(name); ext {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css", ".js", ".txt", ".csv":
		return map[string]string{".css": "text/css", ".js": "text/javascript", ".txt": "text/plain", ".csv": "text/csv"}[ext] + "; charset=utf-8"
	case ".mp3", ".wav", ".ogg", ".m4a", ".mp4", ".webm":
		return map[string]string{".mp3": "audio/mpeg", ".wav": "audio/wav", ".ogg": "audio/ogg", ".m4a": "audio/mp4", ".mp4": "video/mp4", ".webm": "video/webm"}[ext]
	case ".xml", ".json", ".svg", ".jpg", ".png", ".webp", ".woff2", ".pdf":
		return map[string]string{".xml": "application/xml; charset=utf-8", ".json": "application/json; charset=utf-8", ".svg": "image/svg+xml; charset=utf-8",
			".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".woff2": "font/woff2", ".pdf": "application/pdf"}[ext]
	default:
		if t := mime.TypeByExtension(ext); t != "" {
			return t
		}
		return "application/octet-stream"
	}
}

// sendFile sends a recording, in part where a player asks for a part: it leaps
// about in a film.
func sendFile(w http.ResponseWriter, r *http.Request, a answer) {
	f, err := os.Open(a.file)
	if err != nil {
		http.Error(w, http.StatusText(http.StatusNotFound), http.StatusNotFound)
		return
	}
	defer f.Close()
	w.Header().Set("Content-Type", a.kind)
	http.ServeContent(w, r, "", time.Time{}, f)
}

func send(w http.ResponseWriter, r *http.Request, status int, kind string, data []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", number(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(data) // whoever asked has gone
	}
}
