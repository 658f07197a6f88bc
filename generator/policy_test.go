package generator_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"vitrine/generator"
	"vitrine/generator/internal/sitecheck"
	"vitrine/generator/page"
	"vitrine/generator/preview"

	"golang.org/x/net/html"
)

// Every page says first of all what it may load, and holds nothing that this
// forbids: no style attribute, no script or style in the page, no handler.
// The page for lost readers holds one style, allowed by its hash.
func TestEveryPageBearsItsPolicy(t *testing.T) {
	t.Parallel()
	bothSites(t, func(t *testing.T, s *sitecheck.Site) {
		styles := 0
		for _, p := range s.Pages {
			inline := ""
			for style := range p.Elements("style") {
				inline = style.FirstChild.Data
				styles++
			}
			want := page.Policy()
			if inline != "" {
				want = page.Policy(inline)
			}
			if got := policyOf(p); got != want {
				t.Errorf("%s: policy %q, want %q", p.Path, got, want)
			}
			for n := range p.Elements() {
				if what := inlined(n); what != "" {
					t.Errorf("%s: <%s> %s", p.Path, n.Data, what)
				}
			}
		}
		if styles != 1 {
			t.Errorf("%d styles stand in pages, want that of 404.html", styles)
		}
	})
	for _, word := range []string{"unsafe", "*", "http:", "https:", "data:", "blob:"} {
		if strings.Contains(page.Policy("x")+page.HeaderPolicy(), word) {
			t.Errorf("the policy holds %q", word)
		}
	}
}

// policyOf is the policy of a page, where it stands before all that it governs.
func policyOf(p *sitecheck.Page) string {
	for n := range sitecheck.Within(p.First("head")) {
		if n.Data == "meta" && sitecheck.Attr(n, "http-equiv") == "Content-Security-Policy" {
			return sitecheck.Attr(n, "content")
		}
		if n.Data != "meta" {
			break
		}
	}
	return ""
}

// inlined says what of an element a policy would refuse.
func inlined(n *html.Node) string {
	for _, a := range n.Attr {
		switch {
		case a.Key == "style":
			return "has a style attribute"
		case strings.HasPrefix(a.Key, "on"):
			return "has a handler " + a.Key
		case strings.HasPrefix(strings.TrimSpace(strings.ToLower(a.Val)), "javascript:"):
			return "leads to a script"
		}
	}
	if n.Data == "script" && n.FirstChild != nil && sitecheck.Attr(n, "type") != "application/ld+json" { // data is no script, and is never run
		return "holds its script"
	}
	return ""
}

// program is the path of a web server.
func program(t *testing.T, name, advice string) string {
	t.Helper()
	found, err := exec.LookPath(name)
	if err != nil {
		found, err = exec.LookPath("/usr/sbin/" + name)
	}
	lacking(t, err, "the tests of the files for web servers need "+name+": run make test, or apt-get install "+advice)
	return found
}

// run runs a web server until the test ends, with a configuration in which
// DIR is a folder for its files and ADDRESS what it listens to, and returns
// its address.
func run(t *testing.T, config string, command func(dir string) *exec.Cmd) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	dir := t.TempDir()
	put(t, filepath.Join(dir, "conf"), []byte(strings.NewReplacer("DIR", dir, "ADDRESS", address).Replace(config)))
	cmd := command(dir)
	said, err := os.Create(filepath.Join(dir, "said"))
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
		said.Close()
	})
	for range 200 {
		if conn, err := net.Dial("tcp", address); err == nil {
			conn.Close()
			return "http://" + address
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%s does not answer: %s", cmd.Path, read(t, filepath.Join(dir, "said")))
	return ""
}

// hostedSample is a folder with the sample site below the path of its address,
// and the folder with the files that its build wrote for web servers.
func hostedSample(t *testing.T) (root, files string) {
	t.Helper()
	s := sample(t)
	if err := os.Chmod(scratch, 0o755); err != nil { // a server may run as somebody who owns nothing
		t.Fatal(err)
	}
	root = t.TempDir()
	if err := os.Symlink(s.Root, filepath.Join(root, "trung-bay")); err != nil {
		t.Fatal(err)
	}
	return root, filepath.Join(filepath.Dir(s.Root), ".vitrine", filepath.Base(s.Root), "server")
}

// nginx serves the sample site with the snippet of its build.
func nginx(t *testing.T) string {
	t.Helper()
	name := program(t, "nginx", "nginx-light")
	root, files := hostedSample(t)
	user := ""
	if os.Getuid() == 0 {
		user = "user root;"
	}
	return run(t, user+`
worker_processes 1; daemon off; pid DIR/pid; error_log DIR/errors;
events {}
http {
  access_log off;
  types { text/html html; text/css css; text/javascript js; image/jpeg jpg; image/png png; image/svg+xml svg; font/woff2 woff2; application/xml xml; text/plain txt; }
  client_body_temp_path DIR/a; proxy_temp_path DIR/b; fastcgi_temp_path DIR/c; uwsgi_temp_path DIR/d; scgi_temp_path DIR/e;
  server { listen ADDRESS; root `+root+`; index index.html; include `+files+`/nginx.conf; }
}
`, func(dir string) *exec.Cmd {
		return exec.Command(name, "-p", dir, "-e", filepath.Join(dir, "errors"), "-c", filepath.Join(dir, "conf"))
	})
}

// apache serves the sample site with the file of its build for .htaccess.
func apache(t *testing.T) string {
	t.Helper()
	name := program(t, "apache2", "apache2-bin")
	root, files := hostedSample(t)
	modules := ""
	for _, m := range []string{"mpm_event", "authz_core", "dir", "mime", "headers", "rewrite"} {
		modules += "LoadModule " + m + "_module /usr/lib/apache2/modules/mod_" + m + ".so\n"
	}
	put(t, filepath.Join(root, "types"), []byte("text/html html\n"))
	return run(t, modules+`
ServerRoot DIR
ServerName localhost
Listen ADDRESS
PidFile DIR/pid
ErrorLog DIR/errors
User nobody
TypesConfig `+root+`/types
DocumentRoot `+root+`
<Directory `+root+`>
Options FollowSymLinks
Require all granted
DirectoryIndex index.html
</Directory>
<Directory `+root+`/trung-bay>
Include `+files+`/apache.htaccess
</Directory>
`, func(dir string) *exec.Cmd {
		return exec.Command(name, "-f", filepath.Join(dir, "conf"), "-DFOREGROUND")
	})
}

func answered(t *testing.T, address string) (*http.Response, string) {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r, string(body)
}

// Debian's nginx and Apache with the files of the build: withdrawn records answer 410 with the notice
// as the page, in every language, other pages 200, unknown ones 404 with the
// page for lost readers, and all bear the protective headers.
func TestServersAnswerGone(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(*testing.T) string{"nginx": nginx, "apache": apache} {
		t.Run(name, func(t *testing.T) { answersGone(t, start(t)) })
	}
}

func answersGone(t *testing.T, origin string) {
	for path, want := range map[string]int{
		"/trung-bay/phong-luu-tru/mau-03/mau-0140.html": 410, "/trung-bay/en/fonds/mau-03/mau-0140.html": 410,
		"/trung-bay/phong-luu-tru/mau-03/index.html": 200, "/trung-bay/": 200, "/trung-bay/phong-luu-tru/mau-03/mau-0141.html": 200, "/trung-bay/khong-co.html": 404,
	} {
		r, body := answered(t, origin+path)
		if r.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, r.StatusCode, want)
		}
		file := strings.TrimPrefix(path, "/trung-bay/")
		switch {
		case want == 404:
			file = "404.html"
		case file == "":
			file = "index.html"
		}
		if body != string(read(t, filepath.Join(sample(t).Root, file))) {
			t.Errorf("%s: the body is not %s", path, file)
		}
		if r.Header.Get("Content-Type") != "text/html" {
			t.Errorf("%s: type %q", path, r.Header.Get("Content-Type"))
		}
		for name, part := range map[string]string{"Content-Security-Policy": "frame-ancestors 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Permissions-Policy": "camera=()"} {
			if got := r.Header.Values(name); len(got) != 1 || !strings.Contains(got[0], part) {
				t.Errorf("%s: %s %q", path, name, got)
			}
		}
	}
	answersOthers(t, origin+"/trung-bay/")
}

// answersOthers checks that pages of other sites may read pictures and descriptions, and
// nothing else, and that these bear the other headers too.
func answersOthers(t *testing.T, site string) {
	picture := ""
	for name := range treeOf(t, filepath.Join(sample(t).Root, "media")) {
		picture = "media" + filepath.ToSlash(name)
	}
	for path, want := range map[string]string{"index.html": "", "iiif/collection.json": "*", picture: "*"} {
		r, _ := answered(t, site+path)
		if got := strings.Join(r.Header.Values("Access-Control-Allow-Origin"), ", "); r.StatusCode != 200 || got != want || len(r.Header.Values("Content-Security-Policy")) != 1 {
			t.Errorf("%s: %d, for others %q, policies %q", path, r.StatusCode, got, r.Header.Values("Content-Security-Policy"))
		}
	}
}

// Chromium opens every kind of page from nginx with the headers, in both
// languages, from disk and from the preview: nothing is refused by the policy,
// nothing asked of another host, nothing stored; fonts, styles and scripts
// work.
func TestPolicyInTheBrowser(t *testing.T) {
	t.Parallel()
	b := browser(t)
	origins := map[string]string{"nginx": nginx(t) + "/trung-bay/", "disk": fromDisk(t, bare(t).Root), "preview": previewed(t)}
	for name, origin := range origins {
		t.Run(name, func(t *testing.T) {
			tb := tab(t, b, origin, true)
			files := onePageOfEachKind("vi")
			if name == "nginx" {
				files = append(files, onePageOfEachKind("en")...)
			}
			for _, file := range files {
				for _, what := range strange(tb, origin+file, file == "404.html") {
					t.Errorf("%s: %s", file, what)
				}
			}
		})
	}
}

// strange opens a page and returns everything that a policy or a reader's
// privacy would not have. lost is whether the page has no file of the site.
func strange(tb *sitecheck.Tab, address string, lost bool) (found []string) {
	say := func(list []string, err error) {
		if err != nil {
			list = append(list, err.Error())
		}
		found = append(found, list...)
	}
	if err := tb.Open(address); err != nil {
		return []string{err.Error()}
	}
	say(tb.Refusals())
	say(tb.Kept())
	if n, err := tb.Fonts(); !lost && n == 0 {
		say([]string{"no font of the site was loaded"}, err)
	}
	told, err := tb.Evaluate(`String([...document.querySelectorAll('script[type="application/ld+json"]')].every(s => JSON.parse(s.text)["@context"] === "https://schema.org"))`)
	if told != "true" {
		say([]string{"what the page tells machines cannot be read"}, err)
	}
	works, err := tb.Evaluate(`String(document.querySelector("button[data-copy][hidden]") === null && getComputedStyle(document.body).display === "flex")`)
	if works != "true" {
		say([]string{"the style or the script of the site does not work"}, err)
	}
	for _, f := range tb.Faults() {
		if !strings.Contains(f, "answered 410") && !strings.Contains(f, "status of 410") && !strings.HasSuffix(f, "/favicon.ico") {
			found = append(found, f)
		}
	}
	return found
}

// previewed is the address of a preview of the sample archive.
func previewed(t *testing.T) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	teller := &teller{address: make(chan string, 1)}
	done := make(chan error, 1)
	go func() {
		done <- preview.Serve(ctx, preview.Options{
			Site: generator.SessionOptions{Options: generator.Options{Content: contentDir(), Out: outDir("preview"), AsOf: asOf}},
			Addr: "127.0.0.1:0", Exact: true, Tell: teller,
		})
	}()
	t.Cleanup(func() { stop(); <-done })
	select {
	case a := <-teller.address:
		return strings.TrimSuffix(a, "/") + "/"
	case err := <-done:
		t.Fatal(err)
	case <-time.After(2 * time.Minute):
		t.Fatal("the preview does not begin")
	}
	return ""
}

// teller waits for the address of a preview.
type teller struct{ address chan string }

func (t *teller) Serving(address string, _ bool)                    { t.address <- address }
func (t *teller) Refreshed(*generator.Report, time.Duration, error) {}
func (t *teller) Polling(error)                                     {}
