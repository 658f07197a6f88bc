package generator_test

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// wire serves a folder, packed by gzip, as a web server does, and counts the bytes that it
// answers with, headers included.
type wire struct {
	root string
	kept func(file string) bool // which files a browser may keep
	line *line                  // nil where it is not slowed down
	mu   sync.Mutex
	sent map[string]int // bytes of each file since the last count
}

// line is how slow the line is, for all requests together. A browser can be told that too, but
// it lets what a worker asks for through at once.
type line struct {
	bits  float64 // a second
	delay time.Duration
	mu    sync.Mutex
	free  time.Time // when it has sent what it was given
}

func slow4G() *line { return &line{bits: 1.6e6, delay: 150 * time.Millisecond} }

// wait waits until so many bytes are through.
func (l *line) wait(bytes int) {
	l.mu.Lock()
	if now := time.Now(); l.free.Before(now) {
		l.free = now
	}
	l.free = l.free.Add(time.Duration(float64(bytes) * 8 / l.bits * float64(time.Second)))
	until := l.free
	l.mu.Unlock()
	time.Sleep(time.Until(until))
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
	h.Set("Accept-Ranges", "bytes")
	status := http.StatusOK
	if from, to, asked := part(r, len(data)); asked {
		status = http.StatusPartialContent
		h.Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, to-1, len(data)))
		data = data[from:to]
	} else if packs(file) && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		data = gzipped(data)
	}
	h.Set("Content-Length", strconv.Itoa(len(data)))
	var head bytes.Buffer
	h.Write(&head)
	w.mu.Lock()
	if w.sent == nil {
		w.sent = map[string]int{}
	}
	w.sent[file] += len("HTTP/1.1 200 OK\r\n\r\n") + head.Len() + len(data)
	w.mu.Unlock()
	out.WriteHeader(status)
	w.answer(out, head.Len(), data)
}

// part is the one stretch of bytes of a file that is asked for, if one is.
func part(r *http.Request, size int) (from, to int, asked bool) {
	_, err := fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-%d", &from, &to)
	return from, min(to+1, size), err == nil && 0 <= from && from <= to && from < size
}

// answer sends a file piece by piece, as the line lets them through.
func (w *wire) answer(out http.ResponseWriter, head int, data []byte) {
	const piece = 4 << 10
	if w.line == nil {
		out.Write(data)
		return
	}
	time.Sleep(w.line.delay)
	w.line.wait(head)
	for part := range slices.Chunk(data, piece) {
		w.line.wait(len(part))
		out.Write(part)
		if f, ok := out.(http.Flusher); ok {
			f.Flush()
		}
	}
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
