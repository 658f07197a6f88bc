package generator_test

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// wire serves a folder, packed by gzip, as a web server does, and counts the bytes that it
// answers with, headers included.
type wire struct {
	root string
	kept func(file string) bool // which files a browser may keep
	mu   sync.Mutex
	sent map[string]int // bytes of each file since the last count
}

// on serves at an address of this machine.
func (w *wire) on(t testing.TB) string {
	server := httptest.NewServer(w)
	t.Cleanup(server.Close)
	return server.URL + "/"
}

// count returns what was sent since the last count.
func (w *wire) count() map[string]int {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := w.sent
	w.sent = map[string]int{}
	return out
}

func (w *wire) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	file := path.Clean("/" + r.URL.Path)
	data, err := os.ReadFile(filepath.Join(w.root, filepath.FromSlash(file)))
	if err != nil {
		http.NotFound(out, r)
		return
	}
	h := out.Header()
	h.Set("Content-Type", cmp.Or(mime.TypeByExtension(path.Ext(file)), "application/octet-stream"))
	h.Set("Cache-Control", "no-store")
	if w.kept != nil && w.kept(file) {
		h.Set("Cache-Control", "max-age=3600")
	}
	if packs(file) && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		data = gzipped(data)
	}
	var head bytes.Buffer
	h.Write(&head)
	w.mu.Lock()
	if w.sent == nil {
		w.sent = map[string]int{}
	}
	w.sent[file] += len("HTTP/1.1 200 OK\r\n\r\n") + head.Len() + len(data)
	w.mu.Unlock()
	out.Write(data)
}

// packs reports whether a file becomes smaller: pictures, fonts, recordings and what Pagefind
// has packed are packed already.
func packs(file string) bool {
	switch path.Ext(file) {
	case ".html", ".js", ".css", ".svg", ".json", ".txt", ".xml", ".wasm":
		return true
	}
	return false
}

func gzipped(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(data)
	z.Close()
	return b.Bytes()
}
