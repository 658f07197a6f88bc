package generator_test

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"

	"aead.dev/minisign"
)

// signed is a site of an edition with a signature, and the file of its public key.
func signed(t *testing.T) (r *releasing, public string) {
	t.Helper()
	r = newSmallReleasing(t)
	dir := t.TempDir()
	secret, public := newKey(t, dir)
	key, err := generator.OpenKey(secret, func() (string, error) { return "", errors.New("asked") })
	if err != nil {
		t.Fatal(err)
	}
	r.age()
	o := r.o
	o.AsOf, o.Templates = day1, nil
	if rep, err := generator.Release(context.Background(), generator.ReleaseOptions{Options: o, Key: key}); err != nil || !rep.Released.Signed {
		t.Fatal(err, rep)
	}
	return r, public
}

// newKey makes a pair of keys without a password.
func newKey(t *testing.T, dir string) (secret, public string) {
	t.Helper()
	pub, key, err := minisign.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	secretText, err := key.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	publicText, err := pub.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	secret, public = filepath.Join(dir, "kho.key"), filepath.Join(dir, "kho.pub")
	put(t, secret, secretText)
	put(t, public, publicText)
	return secret, public
}

func verify(where, key string) (*generator.Verified, error) {
	return generator.Verify(context.Background(), generator.VerifyOptions{Where: where, Key: key})
}

// differing is what a verification says of files, as "kind path".
func differing(v *generator.Verified) []string {
	out := []string{}
	if v != nil {
		v.Each(func(kind string, _ diag.Text, path string, _ diag.Text) { out = append(out, kind+" "+path) })
	}
	return out
}

// damage spoils a site in three ways and says what is to be found.
func damage(t *testing.T, site string) (local, remote []string) {
	t.Helper()
	flip(t, filepath.Join(site, "phong-luu-tru/phong-cau-mau/tl-0001.html"), false)
	if err := os.Remove(filepath.Join(site, "feed.xml")); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(site, "la.html"), []byte("của người khác"))
	remote = []string{"missing feed.xml", "changed phong-luu-tru/phong-cau-mau/tl-0001.html"}
	return []string{remote[0], "foreign la.html", remote[1]}, remote
}

// A single flipped bit, a removed file and an added file are found in a folder.
func TestVerifyFolder(t *testing.T) {
	t.Parallel()
	r, public := signed(t)
	v, err := verify(r.o.Out, public)
	if err != nil || !v.Signed || v.Checked != v.Files || v.Files < 30 || !strings.Contains(v.Comment, "edition:1") {
		t.Fatalf("%v: %+v", err, v)
	}
	bit(t, filepath.Join(r.o.Out, "robots.txt"))
	if v, err = verify(r.o.Out, public); !errors.Is(err, generator.ErrDiffers) || !slices.Equal(differing(v), []string{"changed robots.txt"}) {
		t.Errorf("a single bit: %v: %v", err, differing(v))
	}
	bit(t, filepath.Join(r.o.Out, "robots.txt"))
	local, _ := damage(t, r.o.Out)
	if v, err = verify(r.o.Out, public); !errors.Is(err, generator.ErrDiffers) || !slices.Equal(differing(v), local) {
		t.Errorf("%v: %v, want %v", err, differing(v), local)
	}
	if _, err := verify(t.TempDir(), ""); err == nil || errors.Is(err, generator.ErrDiffers) {
		t.Errorf("an empty folder: %v", err)
	}
}

// bit turns one bit of a file over.
func bit(t *testing.T, name string) {
	t.Helper()
	data := read(t, name)
	data[len(data)/2] ^= 1
	put(t, name, data)
}

// Whoever changes the site and its manifest is found out by the signature, and
// so is a signature of another key, or none.
func TestVerifySignature(t *testing.T) {
	t.Parallel()
	r, public := signed(t)
	_, other := newKey(t, t.TempDir())
	if v, err := verify(r.o.Out, other); !errors.Is(err, generator.ErrDiffers) || !slices.Equal(differing(v), []string{"signature manifest-sha256.txt.minisig"}) {
		t.Errorf("another key: %v: %v", err, differing(v))
	}
	if v, err := verify(r.o.Out, ""); err != nil || v.Signed || !strings.Contains(strings.Join(v.Lines("en"), "\n"), "was not checked") {
		t.Errorf("without a key: %v", err)
	}
	name := filepath.Join(r.o.Out, "manifest-sha256.txt")
	text := read(t, name)
	put(t, name, append(text, "0000000000000000000000000000000000000000000000000000000000000000  zz.html\n"...))
	put(t, filepath.Join(r.o.Out, "zz.html"), nil)
	if v, err := verify(r.o.Out, public); !errors.Is(err, generator.ErrDiffers) || !slices.Contains(differing(v), "signature manifest-sha256.txt.minisig") {
		t.Errorf("a changed manifest: %v: %v", err, differing(v))
	}
	put(t, name, text)
	_ = os.Remove(filepath.Join(r.o.Out, "zz.html"))

	// A build that changes nothing keeps the signature, one that changes the
	// site takes it away.
	r.again(day1)
	if v, err := verify(r.o.Out, public); err != nil || !v.Signed {
		t.Errorf("behind a build: %v: %v", err, differing(v))
	}
	r.swap(recordPath("tl-0001"), `"Quyết định"`, `"Quyết nghị"`)
	r.again(day1)
	if v, err := verify(r.o.Out, public); !errors.Is(err, generator.ErrDiffers) || !slices.Equal(differing(v), []string{"signature manifest-sha256.txt.minisig"}) {
		t.Errorf("behind an edit: %v: %v", err, differing(v))
	}
}

// A key with a password is opened with it and no other.
func TestKeyWithPassword(t *testing.T) {
	t.Parallel()
	name := "testdata/minisign/kho.key" // made for this test, with the least work that the format allows
	say := func(s string) func() (string, error) { return func() (string, error) { return s, nil } }
	if _, err := generator.OpenKey(name, say("mật khẩu")); err != nil {
		t.Error(err)
	}
	var ue *generator.UserError
	if _, err := generator.OpenKey(name, say("mat khau")); !errors.As(err, &ue) {
		t.Errorf("a wrong password: %v", err)
	}
	name = filepath.Join(t.TempDir(), "kho.key")
	put(t, name, []byte("không phải khoá"))
	if _, err := generator.OpenKey(name, say("")); !errors.As(err, &ue) {
		t.Errorf("no key: %v", err)
	}
}

// The manifest is verified by sha256sum alone, also where a master, a page or a
// former id has an odd name.
func TestSha256sumVerifiesASite(t *testing.T) {
	t.Parallel()
	tool, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Skip("sha256sum is not on this machine")
	}
	r := newReleasing(t)
	r.put("fonds/phong-cau-mau/media/ảnh “cũ” (1) & 'x'.jpg", string(picture(t, "a.jpg")))
	r.swap(recordPath("tl-0001"), "file: a-002.jpg", "file: \"ảnh “cũ” (1) & 'x'.jpg\"")
	r.put("editions/redirects.tsv", "trang cũ/Ảnh & 'tư liệu' #1.html\ttl-0001\n")
	r.must(day1)
	odd := filepath.Join(r.o.Out, "trang cũ", "Ảnh & 'tư liệu' #1.html")
	if _, err := os.Stat(odd); err != nil {
		t.Fatal(err)
	}
	check := func() ([]byte, error) {
		cmd := exec.Command(tool, "-c", "--strict", "--quiet", "manifest-sha256.txt")
		cmd.Dir = r.o.Out
		return cmd.CombinedOutput()
	}
	if out, err := check(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	bit(t, odd)
	if out, err := check(); err == nil || !strings.Contains(string(out), "#1.html") {
		t.Errorf("a changed file: %v: %s", err, out)
	}
}

// Over HTTP from nginx: a flipped bit and a removed file are found, and the
// command says that foreign files cannot be seen.
func TestVerifyNginx(t *testing.T) {
	t.Parallel()
	r, public := signed(t)
	base := compressing(t, r.o.Out)
	v, err := verify(base, public)
	if err != nil || !v.Signed || v.Checked != v.Files || v.Files < 30 {
		t.Fatalf("%v: %v", err, differing(v))
	}
	bit(t, filepath.Join(r.o.Out, "robots.txt"))
	if v, err = verify(base, public); !errors.Is(err, generator.ErrDiffers) || !slices.Equal(differing(v), []string{"changed robots.txt"}) {
		t.Errorf("a single bit: %v: %v", err, differing(v))
	}
	bit(t, filepath.Join(r.o.Out, "robots.txt"))
	_, remote := damage(t, r.o.Out)
	v, err = verify(base+"index.html", public)
	if !errors.Is(err, generator.ErrDiffers) || !slices.Equal(differing(v), remote) {
		t.Errorf("%v: %v, want %v", err, differing(v), remote)
	}
	contains(t, "what is said", strings.Join(v.Lines("vi"), "\n"), true, "không thấy được tệp lạ", "1 thiếu, 1 đã đổi")
	if _, err := verify(base+"khong-co/", ""); err == nil || errors.Is(err, generator.ErrDiffers) {
		t.Errorf("an address without a site: %v", err)
	}
}

// compressing is nginx, which serves a folder from a loopback port, compressing what it can.
func compressing(t *testing.T, root string) string {
	t.Helper()
	name := program(t, "nginx", "nginx-light")
	user := ""
	if os.Getuid() == 0 {
		user = "user root;"
	}
	return run(t, user+`
worker_processes 1; daemon off; pid DIR/pid; error_log DIR/errors;
events {}
http {
  types { text/html html; text/css css; application/xml xml; text/plain txt; image/jpeg jpg; }
  access_log off; gzip on; gzip_types *; gzip_min_length 1;
  client_body_temp_path DIR/a; proxy_temp_path DIR/b; fastcgi_temp_path DIR/c; uwsgi_temp_path DIR/d; scgi_temp_path DIR/e;
  server { listen ADDRESS; root `+root+`; error_page 404 /404.html; }
}
`, func(dir string) *exec.Cmd {
		return exec.Command(name, "-p", dir, "-e", filepath.Join(dir, "errors"), "-c", filepath.Join(dir, "conf"))
	}) + "/"
}

// Servers that do as they please: each is a handler before the files of a site,
// with what is to be found.
func TestVerifyOddServers(t *testing.T) {
	t.Parallel()
	r, _ := signed(t)
	site := r.o.Out
	foreign := httptest.NewServer(http.FileServer(http.Dir(site)))
	defer foreign.Close()
	rewritten := func(name string) bool { return path.Ext(name) == ".html" }
	for _, c := range []struct {
		name  string
		serve http.HandlerFunc
		want  func(v *generator.Verified, err error) bool
		says  string
	}{
		{"adds slashes and takes endings away", func(w http.ResponseWriter, q *http.Request) {
			if to, ok := strings.CutSuffix(q.URL.Path, "index.html"); ok {
				http.Redirect(w, q, to, http.StatusMovedPermanently)
			} else if to, ok := strings.CutSuffix(q.URL.Path, ".html"); ok {
				http.Redirect(w, q, to, http.StatusFound)
			} else {
				serveClean(w, q, site)
			}
		}, func(v *generator.Verified, err error) bool { return err == nil && v.Checked == v.Files }, ""},
		{"compresses whatever it is asked", func(w http.ResponseWriter, q *http.Request) {
			data, err := askedFor(site, q)
			if err != nil {
				http.NotFound(w, q)
				return
			}
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			z.Write(data)
			z.Close()
		}, func(v *generator.Verified, err error) bool { return err == nil && v.Checked == v.Files }, ""},
		{"answers 200 for what is not there", func(w http.ResponseWriter, q *http.Request) {
			data, err := askedFor(site, q)
			if err != nil || strings.HasSuffix(q.URL.Path, "tl-0002.html") {
				w.Header().Set("Content-Type", "text/html")
				io.WriteString(w, "<h1>Không có trang</h1>")
				return
			}
			w.Write(data)
		}, func(v *generator.Verified, err error) bool {
			return errors.Is(err, generator.ErrDiffers) && slices.Equal(differing(v), []string{"missing phong-luu-tru/phong-cau-mau/tl-0002.html"})
		}, "answers 200"},
		{"rewrites its pages", func(w http.ResponseWriter, q *http.Request) {
			data, err := askedFor(site, q)
			if err != nil {
				http.NotFound(w, q)
				return
			}
			w.Write(data)
			if rewritten(q.URL.Path) {
				io.WriteString(w, "<script></script>")
			}
		}, func(v *generator.Verified, err error) bool {
			return errors.Is(err, generator.ErrDiffers) && !slices.ContainsFunc(differing(v), func(s string) bool { return !strings.HasPrefix(s, "changed ") || !rewritten(s) })
		}, "rewrites pages"},
		{"answers 410 with a page that is no notice, 404 with its page", func(w http.ResponseWriter, q *http.Request) {
			data, err := askedFor(site, q)
			if err != nil || path.Base(q.URL.Path) == "404.html" {
				w.WriteHeader(http.StatusNotFound)
			} else if strings.HasSuffix(q.URL.Path, "tl-0002.html") {
				w.WriteHeader(http.StatusGone)
			}
			w.Write(data)
		}, func(v *generator.Verified, err error) bool {
			return errors.Is(err, generator.ErrDiffers) && slices.Equal(differing(v), []string{"missing phong-luu-tru/phong-cau-mau/tl-0002.html"})
		}, ""},
		{"leads to another host", func(w http.ResponseWriter, q *http.Request) {
			if strings.HasSuffix(q.URL.Path, "tl-0002.html") {
				http.Redirect(w, q, strings.Replace(foreign.URL, "127.0.0.1", "localhost", 1)+q.URL.Path, http.StatusFound)
				return
			}
			data, err := askedFor(site, q)
			if err != nil {
				w.WriteHeader(http.StatusNotFound)
			}
			w.Write(data)
		}, func(v *generator.Verified, err error) bool {
			return slices.Equal(differing(v), []string{"unchecked phong-luu-tru/phong-cau-mau/tl-0002.html"})
		}, "another host"},
		{"is broken for one file", func(w http.ResponseWriter, q *http.Request) {
			if strings.HasSuffix(q.URL.Path, "feed.xml") {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			data, err := askedFor(site, q)
			if err != nil {
				w.WriteHeader(http.StatusNotFound)
			}
			w.Write(data)
		}, func(v *generator.Verified, err error) bool {
			var ue *generator.UserError
			return errors.As(err, &ue) && slices.Equal(differing(v), []string{"unchecked feed.xml"})
		}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := httptest.NewServer(c.serve)
			defer s.Close()
			v, err := verify(s.URL+"/", "")
			if v == nil || !c.want(v, err) {
				t.Fatalf("%v: %v", err, differing(v))
			}
			text := strings.Join(v.Lines("en"), "\n")
			v.Each(func(_ string, _ diag.Text, _ string, note diag.Text) { text += "\n" + note.En })
			contains(t, "what is said", text, true, c.says)
		})
	}
}

// askedFor is the file that a request names.
func askedFor(site string, q *http.Request) ([]byte, error) {
	return os.ReadFile(filepath.Join(site, filepath.FromSlash(q.URL.Path)))
}

// serveClean serves pages by their names without an ending.
func serveClean(w http.ResponseWriter, q *http.Request, site string) {
	for _, name := range []string{q.URL.Path, q.URL.Path + ".html", q.URL.Path + "index.html"} {
		if data, err := os.ReadFile(filepath.Join(site, filepath.FromSlash(name))); err == nil {
			w.Write(data)
			return
		}
	}
	http.NotFound(w, q)
}

// A manifest that names files outside the site, or is no manifest, asks for
// nothing.
func TestVerifyHostileManifest(t *testing.T) {
	t.Parallel()
	const zeros = "0000000000000000000000000000000000000000000000000000000000000000"
	for _, text := range []string{zeros + "  ../../etc/passwd\n", zeros + "  /etc/passwd\n", "<html>\n", zeros + "  b\n" + zeros + "  a\n", `\` + zeros + "  a\\n/../..\n"} {
		dir := t.TempDir()
		put(t, filepath.Join(dir, "manifest-sha256.txt"), []byte(text))
		put(t, filepath.Join(dir, "b"), nil)
		asked := 0
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			if !strings.HasPrefix(path.Base(q.URL.Path), "manifest") && !strings.HasPrefix(path.Base(q.URL.Path), "vitrine-") && q.URL.Path != "/b" {
				asked++
			}
			http.FileServer(http.Dir(dir)).ServeHTTP(w, q)
		}))
		for _, where := range []string{dir, s.URL} {
			var ue *generator.UserError
			if _, err := verify(where, ""); !errors.As(err, &ue) {
				t.Errorf("%q in %s: %v", text, where, err)
			}
		}
		s.Close()
		if asked > 0 {
			t.Errorf("%q: %d files were asked for", text, asked)
		}
	}
	for _, where := range []string{"ftp://example.org/", "http://", "https://user:pass@example.org/"} {
		var ue *generator.UserError
		if _, err := verify(where, ""); !errors.As(err, &ue) || !ue.Usage {
			t.Errorf("%s: %v", where, err)
		}
	}
}
