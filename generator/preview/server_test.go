package preview

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/generator"
)

// archive is a small archive to edit.
func archive(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "kho")
	if _, err := generator.New("site", dir, generator.NewOptions{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

const recordFile = "content/fonds/phong-01/records/hs-0001.yaml"

func edit(t testing.TB, file, from, to string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil || !bytes.Contains(data, []byte(from)) {
		t.Fatalf("%s has no %q: %v", file, from, err)
	}
	if err := os.WriteFile(file, bytes.Replace(data, []byte(from), []byte(to), 1), 0o644); err != nil {
		t.Fatal(err)
	}
}

// heard is a Listener that passes on what it is told.
type heard struct {
	address chan string
	read    chan error
}

func (h heard) Serving(a string, _ bool) { h.address <- a }
func (h heard) Polling(error)            {}
func (h heard) Refreshed(_ *generator.Report, _ time.Duration, err error) {
	select {
	case h.read <- err:
	default:
	}
}

// started serves an archive until the test ends and returns the address.
func started(t testing.TB, dir string, change func(*Options)) string {
	t.Helper()
	address, stop := start(t, dir, change)
	t.Cleanup(stop)
	return address
}

func start(t testing.TB, dir string, change func(*Options)) (address string, stop func()) {
	t.Helper()
	h := heard{make(chan string, 1), make(chan error, 100)}
	o := Options{Addr: "127.0.0.1:0", Exact: true, Tell: h,
		Site: generator.SessionOptions{Options: generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), AsOf: "2026-11-22"}}}
	if change != nil {
		change(&o)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Serve(ctx, o) }()
	select {
	case address = <-h.address:
	case err := <-done:
		cancel()
		t.Fatal(err)
	}
	return address, func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// ask sends a request and returns the answer with its body read.
func ask(t testing.TB, method, address string, change func(*http.Request)) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(r)
	}
	res, err := http.DefaultTransport.RoundTrip(r) // as it is: no redirects followed
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func TestServesTheSiteAndNothingElse(t *testing.T) {
	address := started(t, archive(t), nil)
	for _, c := range []struct {
		path   string
		status int
		kind   string
	}{
		{"", 200, "text/html; charset=utf-8"},
		{"index.html", 200, "text/html; charset=utf-8"},
		{"phong-luu-tru/phong-01/tl-0001.html", 200, "text/html; charset=utf-8"},
		{"phong-luu-tru/", 200, "text/html; charset=utf-8"},
		{"phong-luu-tru", 302, ""},
		{"robots.txt", 200, "text/plain; charset=utf-8"},
		{"feed.xml", 200, "application/xml; charset=utf-8"},
		{"_vitrine/preview.js", 200, "text/javascript; charset=utf-8"},
		{"_vitrine/preview.css", 200, "text/css; charset=utf-8"},
		{"_vitrine/", 404, ""}, {"_vitrine/handler.go", 404, ""}, {"_vitrine/../index.html", 404, ""},
		{"nothing.html", 404, "text/html; charset=utf-8"},
		{"media/", 404, ""}, {"assets/", 404, ""}, {"assets", 404, ""},
		{"content/site.yaml", 404, ""}, {".vitrine/.preview/seen", 404, ""}, {"../content/site.yaml", 404, ""},
		{"%2e%2e/content/site.yaml", 404, ""}, {"..%2fcontent/site.yaml", 404, ""}, {"..%5ccontent%5csite.yaml", 404, ""},
		{"/index.html", 404, ""}, {"./index.html", 404, ""}, {"C:/index.html", 404, ""}, {"%00", 404, ""}, {"manifest-sha256.txt", 404, ""},
	} {
		res, body := ask(t, "GET", address+c.path, nil)
		if res.StatusCode != c.status || c.kind != "" && res.Header.Get("Content-Type") != c.kind {
			t.Errorf("%q: %d %s", c.path, res.StatusCode, res.Header.Get("Content-Type"))
		}
		if strings.Contains(body, "form_note") {
			t.Errorf("%q gives away the content", c.path)
		}
		if res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("X-Content-Type-Options") != "nosniff" || res.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%q: %v", c.path, res.Header)
		}
	}
	if res, _ := ask(t, "GET", address+"phong-luu-tru", nil); res.Header.Get("Location") != "/phong-luu-tru/" {
		t.Error(res.Header)
	}
}

func TestOnlyReadingIsAllowed(t *testing.T) {
	address := started(t, archive(t), nil)
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"} {
		for _, path := range []string{"index.html", "_vitrine/events", "_vitrine/preview.js"} {
			if res, _ := ask(t, method, address+path, nil); res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s: %d", method, path, res.StatusCode)
			}
		}
	}
	whole, body := ask(t, "GET", address, nil)
	head, none := ask(t, "HEAD", address, nil)
	if head.StatusCode != 200 || none != "" || head.ContentLength != int64(len(body)) || whole.ContentLength != head.ContentLength {
		t.Error(head.StatusCode, len(none), head.ContentLength, len(body))
	}
}

// A page of another site can have its own name lead to this machine.
func TestHostsThatAreNotThisServerAreRefused(t *testing.T) {
	address := started(t, archive(t), func(o *Options) { o.Hosts = []string{"may-luu-tru"} })
	for host, ok := range map[string]bool{
		"127.0.0.1:8080": true, "127.0.0.1": true, "localhost": true, "LOCALHOST:1": true, "localhost.": true, "[::1]:8080": true, "[::1]": true,
		"127.9.9.9": true, "may-luu-tru:8080": true, "May-Luu-Tru": true,
		"evil.example": false, "evil.example:8080": false, "127.0.0.1.evil.example": false, "localhost.evil.example": false,
		"192.168.1.7": false, "0.0.0.0": false, "[::]": false, "xlocalhost": false, "2130706433": false, "0x7f.1": false, "": false,
	} {
		for _, path := range []string{"", "_vitrine/events?page=none", "_vitrine/preview.js"} {
			if ok && path != "" {
				continue // a stream would not end
			}
			got := rawStatus(t, address, path, host)
			if want := map[bool]int{true: 200, false: 421}[ok]; got != want && (host != "" || got != 400) {
				t.Errorf("Host %q, /%s: %d", host, path, got)
			}
		}
	}
}

// rawStatus asks with a Host header that no client would send.
func rawStatus(t *testing.T, address, path, host string) (status int) {
	t.Helper()
	at := strings.TrimSuffix(strings.TrimPrefix(address, "http://"), "/")
	c, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "GET /%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", path, host)
	if _, err := fmt.Fscanf(bufio.NewReader(c), "HTTP/1.1 %d", &status); err != nil {
		t.Fatal(err)
	}
	return status
}

func TestPagesCarryTheScriptOnTheirWayOutOnly(t *testing.T) {
	dir := archive(t)
	address := started(t, dir, nil)
	for _, path := range []string{"index.html", "phong-luu-tru/phong-01/index.html", "nothing.html"} {
		if _, body := ask(t, "GET", address+path, nil); strings.Count(body, "/_vitrine/preview.js") != 1 || !strings.Contains(body, `data-page="`+path+`"`) {
			t.Errorf("%s: %s", path, body[:min(len(body), 2000)])
		}
	}
	if _, body := ask(t, "GET", address+`%22%3E%3Cscript%3Ealert(1)%3C/script%3E.html`, nil); strings.Contains(body, "<script>alert") {
		t.Error("an address becomes code")
	}
	out := filepath.Join(dir, "public")
	if _, err := generator.Build(context.Background(), generator.Options{Content: filepath.Join(dir, "content"), Out: out}); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(out, func(p string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		if bytes.Contains(data, []byte("_vitrine")) || bytes.Contains(data, []byte("127.0.0.1")) {
			t.Errorf("%s was built with something of the preview", p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDraftsAreKeptFromSearchEngines(t *testing.T) {
	dir := archive(t)
	for _, drafts := range []bool{false, true} {
		address := started(t, dir, func(o *Options) { o.Site.Drafts = drafts })
		for _, path := range []string{"", "nothing", "robots.txt", "_vitrine/preview.js"} {
			if res, _ := ask(t, "GET", address+path, nil); strings.Contains(res.Header.Get("X-Robots-Tag"), "noindex") != drafts {
				t.Errorf("drafts %v, /%s: %v", drafts, path, res.Header)
			}
		}
	}
}

func TestTheNextPortIsTakenUnlessOneWasNamed(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	l, err := listen(taken.Addr().String(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if a, b := l.Addr().(*net.TCPAddr), taken.Addr().(*net.TCPAddr); a.Port <= b.Port || !a.IP.IsLoopback() {
		t.Error(a, b)
	}
	for _, addr := range []string{taken.Addr().String(), "nowhere", "127.0.0.1", "999.1.1.1:80"} {
		if l, err := listen(addr, true); err == nil {
			l.Close()
			t.Errorf("%s was opened", addr)
		}
	}
}

func TestAddressesInWords(t *testing.T) {
	for _, c := range []struct {
		ip       string
		url      string
		loopback bool
	}{
		{"127.0.0.1", "http://127.0.0.1:80/", true}, {"::1", "http://[::1]:80/", true},
		{"0.0.0.0", "http://127.0.0.1:80/", false}, {"::", "http://127.0.0.1:80/", false}, {"192.168.1.2", "http://192.168.1.2:80/", false},
	} {
		if got := addressOf(&net.TCPAddr{IP: net.ParseIP(c.ip), Port: 80}, ""); got != (address{c.url, c.loopback}) {
			t.Errorf("%s: %+v", c.ip, got)
		}
	}
}

// Everything that a server began has ended when it has, with pages still open.
func TestNothingIsLeftRunning(t *testing.T) {
	dir := archive(t)
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	before := goroutines()
	for range 3 {
		address, stop := start(t, dir, nil)
		res, err := http.Get(address + "_vitrine/events?page=index.html&version=" + versionAt(t, address))
		if err != nil {
			t.Fatal(err)
		}
		edit(t, filepath.Join(dir, recordFile), "Văn bản giả định", "Văn bản giả định")
		stop()
		res.Body.Close()
	}
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	for range 100 {
		if after := goroutines(); len(after) <= len(before) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("still running:\n%s", strings.Join(goroutines(), "\n\n"))
}

// goroutines are the stacks that have something of this program in them.
func goroutines() []string {
	buf := make([]byte, 1<<20)
	all := strings.Split(string(buf[:runtime.Stack(buf, true)]), "\n\n")
	return slices.DeleteFunc(all, func(s string) bool {
		return !strings.Contains(s, "vitrine/") && !strings.Contains(s, "fsnotify") && !strings.Contains(s, "net/http.(*Server)")
	})
}

// versionAt is the version of the first page as it is served.
func versionAt(t testing.TB, address string) string {
	t.Helper()
	_, body := ask(t, "GET", address, nil)
	_, rest, _ := strings.Cut(body, `data-version="`)
	version, _, ok := strings.Cut(rest, `"`)
	if !ok {
		t.Fatal("the page has no version")
	}
	return version
}

// What could not be read for a reason of the disk is read again without
// anybody saving anything.
func TestReadsAgainAfterAFault(t *testing.T) {
	dir := archive(t)
	h := heard{make(chan string, 1), make(chan error, 100)}
	started(t, dir, func(o *Options) { o.Tell = overheard{o.Tell, h.read} })
	in := filepath.Join(dir, ".vitrine/.preview/seen.new") // where the reading writes
	if err := os.Mkdir(in, 0o755); err != nil {
		t.Fatal(err)
	}
	edit(t, filepath.Join(dir, "content/site.yaml"), "title:", "title :")
	await := func(fault bool) {
		t.Helper()
		for {
			select {
			case err := <-h.read:
				if (err != nil) == fault {
					return
				}
			case <-time.After(20 * time.Second):
				t.Fatalf("no reading ended as it should; with a fault: %t", fault)
			}
		}
	}
	await(true)
	if err := os.Remove(in); err != nil {
		t.Fatal(err)
	}
	await(false)
}

// overheard is a Listener that also passes on how readings ended.
type overheard struct {
	Listener
	read chan error
}

func (l overheard) Refreshed(r *generator.Report, took time.Duration, err error) {
	l.read <- err
	l.Listener.Refreshed(r, took, err)
}
