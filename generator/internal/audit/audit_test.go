package audit

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"vitrine/generator/diag"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/manifest"

	"aead.dev/minisign"
)

// oddNames are names of files that a manifest must escape, or a shell would.
var oddNames = []string{"dấu cách.html", "'ngoặc' & \"kép\".html", "#%3f.html", "gạch\\chéo.html", "hai\ndòng.html", "về\rđầu.html"}

// site is a folder of files with the manifest of them.
func site(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	slices.SortFunc(names, ledger.Compare)
	var list []byte
	for _, name := range names {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), []byte(name))
		list = manifest.Append(list, manifest.Sum{Path: name, Hash: sha256.Sum256([]byte(name))})
	}
	write(t, filepath.Join(dir, manifest.Name), list)
	return dir
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, data, 0o644)); err != nil {
		t.Fatal(err)
	}
}

// folderOf audits a folder; the audit itself must not fail.
func folderOf(t *testing.T, dir string, key *minisign.PublicKey) *Result {
	t.Helper()
	r, err := Folder(t.Context(), dir, key, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// serverOf audits what a handler answers below a path.
func serverOf(t *testing.T, h http.Handler, key *minisign.PublicKey) *Result {
	t.Helper()
	r, err := serverAt(t, h, key)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func serverAt(t *testing.T, h http.Handler, key *minisign.PublicKey) (*Result, error) {
	t.Helper()
	s := httptest.NewServer(http.StripPrefix("/kho", h))
	defer s.Close()
	base, err := url.Parse(s.URL + "/kho/index.html")
	if err != nil {
		t.Fatal(err)
	}
	return Server(t.Context(), base, key, func(int) {})
}

// raw serves a folder without turning addresses around, as nginx does.
func raw(dir string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(r.URL.Path)))
		if err != nil {
			http.Error(w, "không có", http.StatusNotFound)
			return
		}
		_, _ = w.Write(data)
	})
}

// told are the findings in words.
func told(r *Result) (out []string) {
	for _, f := range r.Findings {
		out = append(out, fmt.Sprintf("%s %q", f.Kind, f.Path))
	}
	return out
}

func mustTell(t *testing.T, what string, r *Result, want ...string) {
	t.Helper()
	if got := told(r); !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
	if r.Whole() != (len(want) == 0) {
		t.Errorf("%s: whole is %v", what, r.Whole())
	}
}

// A site is whole whatever its files are called, in a folder and on a server.
func TestOddNamesAreWhole(t *testing.T) {
	names := append([]string{"index.html", "media/ab/ảnh.jpg"}, oddNames...)
	dir := site(t, names...)
	for what, r := range map[string]*Result{"folder": folderOf(t, dir, nil), "server": serverOf(t, raw(dir), nil)} {
		mustTell(t, what, r)
		if r.Files != len(names) || r.Checked != len(names) || r.Read == 0 || r.Differs() || r.Signed {
			t.Errorf("%s: %d of %d files, %d bytes, differs %v, signed %v", what, r.Checked, r.Files, r.Read, r.Differs(), r.Signed)
		}
	}
}

// What was changed, removed and added is told by its name, odd as it may be.
func TestChangedMissingForeign(t *testing.T) {
	dir := site(t, append([]string{"a.html", "z.html"}, oddNames...)...)
	write(t, filepath.Join(dir, "hai\ndòng.html"), []byte("hai\ndòng.htmk")) // one bit
	if err := os.Remove(filepath.Join(dir, "gạch\\chéo.html")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "\"lạ\"\n.html"), nil)
	r := folderOf(t, dir, nil)
	mustTell(t, "folder", r, `foreign "\"lạ\"\n.html"`, `missing "gạch\\chéo.html"`, `changed "hai\ndòng.html"`)
	if !r.Differs() || r.Files != 8 || r.Checked != 6 {
		t.Errorf("differs %v, %d of %d", r.Differs(), r.Checked, r.Files)
	}
	mustTell(t, "server", serverOf(t, raw(dir), nil), `missing "gạch\\chéo.html"`, `changed "hai\ndòng.html"`)
}

// A folder and a link in the place of a file are no file; an empty .gitkeep is
// nothing, and one with words in it is foreign.
func TestWhatIsNoFile(t *testing.T) {
	dir := site(t, "a.html", "b.html", "c.html")
	for _, name := range []string{"a.html", "b.html"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(dir, "a.html/trong.txt"), nil)
	if err := os.Symlink("c.html", filepath.Join(dir, "b.html")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, ".gitkeep"), nil)
	mustTell(t, "folder", folderOf(t, dir, nil), `missing "a.html"`, `foreign "a.html/trong.txt"`, `changed "b.html"`)
	write(t, filepath.Join(dir, ".gitkeep"), []byte("x"))
	if r := folderOf(t, dir, nil); r.Counts[Foreign] != 2 {
		t.Errorf("%q", told(r))
	}
}

// A manifest that lists nothing proves nothing; a folder or server without one is no site.
func TestEmptySite(t *testing.T) {
	dir := site(t)
	nothing := `unchecked "` + manifest.Name + `"`
	mustTell(t, "folder", folderOf(t, dir, nil), nothing)
	mustTell(t, "server", serverOf(t, raw(dir), nil), nothing)
	if _, err := Folder(t.Context(), t.TempDir(), nil, nil); !errors.Is(err, ErrNoManifest) {
		t.Errorf("without a manifest: %v", err)
	}
	if _, err := serverAt(t, http.NotFoundHandler(), nil); !errors.Is(err, ErrNoManifest) {
		t.Errorf("a server without one: %v", err)
	}
	if _, err := Folder(t.Context(), filepath.Join(dir, "khong-co"), nil, nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without a folder: %v", err)
	}
}

// A manifest that no release wrote is refused: nothing outside the folder is
// read for it.
func TestManifestThatNoReleaseWrote(t *testing.T) {
	sum := strings.Repeat("0a", 32) + "  "
	for what, list := range map[string]string{
		"out of the folder": sum + "../a\n", "absolute": sum + "/etc/passwd\n", "the folder": sum + ".\n", "an empty name": sum + "\n",
		"out of order": sum + "b\n" + sum + "a\n", "twice": sum + "a\n" + sum + "a\n", "no hash": "abc  a\n", "prose": "Đây không phải danh sách.\n",
	} {
		dir := site(t)
		write(t, filepath.Join(dir, manifest.Name), []byte(list))
		if r, err := Folder(t.Context(), dir, nil, func(int) {}); err == nil {
			t.Errorf("%s: %q", what, told(r))
		}
		if r, err := serverAt(t, raw(dir), nil); err == nil {
			t.Errorf("%s, on a server: %q", what, told(r))
		}
	}
}

// A signature counts where it is of the key and of the manifest as it lies there.
func TestSignature(t *testing.T) {
	public, private, err := minisign.GenerateKey(rand.Reader)
	foreign, other, err2 := minisign.GenerateKey(rand.Reader)
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	sign := func(dir string, key minisign.PrivateKey) {
		text, err := os.ReadFile(filepath.Join(dir, manifest.Name))
		if err != nil {
			t.Fatal(err)
		}
		in := minisign.NewReader(bytes.NewReader(text))
		if _, err := in.Read(make([]byte, len(text)+1)); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, manifest.SignatureName), in.SignWithComments(key, "lần phát hành 1", ""))
	}
	unsigned := `signature "` + manifest.SignatureName + `"`
	for what, c := range map[string]struct {
		change func(dir string)
		key    *minisign.PublicKey
		want   []string
		signed bool
	}{
		"of the key":            {func(dir string) { sign(dir, private) }, &public, nil, true},
		"of another key":        {func(dir string) { sign(dir, other) }, &public, []string{unsigned}, false},
		"asked by another key":  {func(dir string) { sign(dir, private) }, &foreign, []string{unsigned}, false},
		"not there":             {func(string) {}, &public, []string{unsigned}, false},
		"not asked for":         {func(dir string) { sign(dir, private) }, nil, nil, false},
		"not there, nor wanted": {func(string) {}, nil, nil, false},
		"of an earlier manifest": {func(dir string) {
			sign(dir, private)
			write(t, filepath.Join(dir, "b.html"), []byte("b.html"))
			list, err := os.ReadFile(filepath.Join(dir, manifest.Name))
			if err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, manifest.Name), manifest.Append(list, manifest.Sum{Path: "b.html", Hash: sha256.Sum256([]byte("b.html"))}))
		}, &public, []string{unsigned}, false},
	} {
		dir := site(t, "a.html")
		c.change(dir)
		for where, r := range map[string]*Result{"folder": folderOf(t, dir, c.key), "server": serverOf(t, raw(dir), c.key)} {
			mustTell(t, what+", "+where, r, c.want...)
			if r.Signed != c.signed || c.signed != (r.Comment == "lần phát hành 1") {
				t.Errorf("%s, %s: signed %v, %q", what, where, r.Signed, r.Comment)
			}
			if c.key == nil && !slices.ContainsFunc(r.Notes, noteOf("sign")) {
				t.Errorf("%s, %s: nothing says that no signature was checked: %v", what, where, r.Notes)
			}
		}
	}
	if _, err := ParseKey([]byte("không phải khoá")); err == nil {
		t.Error("prose is read as a key")
	}
	text, err := public.MarshalText()
	if key, err2 := ParseKey(text); errors.Join(err, err2) != nil || !key.Equal(public) {
		t.Errorf("a key is not read as it was written: %v %v", err, err2)
	}
}

// A server that answers everything with 200 does not hide what is missing, and
// one that fails is not taken for one that changed a file.
func TestServersThatAnswerOddly(t *testing.T) {
	dir := site(t, "a.html", "b.css")
	if err := os.Remove(filepath.Join(dir, "b.css")); err != nil {
		t.Fatal(err)
	}
	soft := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(r.URL.Path))); err == nil {
			_, _ = w.Write(data)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("Không có trang này"))
	})
	r := serverOf(t, soft, nil)
	mustTell(t, "200 for all", r, `missing "b.css"`)
	if !slices.ContainsFunc(r.Notes, noteOf("answers 200")) {
		t.Errorf("it is not said: %v", r.Notes)
	}
	denied := serverOf(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".css") {
			http.Error(w, "cấm", http.StatusForbidden)
			return
		}
		raw(dir).ServeHTTP(w, r)
	}), nil)
	if mustTell(t, "forbidden", denied, `unchecked "b.css"`); denied.Differs() {
		t.Error("what could not be checked is told as changed")
	}
	away := serverOf(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".css") {
			http.Redirect(w, r, "http://localhost:1/b.css", http.StatusFound)
			return
		}
		raw(dir).ServeHTTP(w, r)
	}), nil)
	mustTell(t, "led to another host", away, `unchecked "b.css"`)
}

// The right bytes with another answer than 200 are not published: but for a notice with 410
// and the page of that name with 404.
func TestServersThatAnswerWithAnotherStatus(t *testing.T) {
	dir := site(t, "404.html", "a.html", "b.html", "c.txt", "d.txt")
	list, err := os.ReadFile(filepath.Join(dir, manifest.Name))
	if err != nil {
		t.Fatal(err)
	}
	notice := []byte(`<meta name="robots" content="noindex">`)
	write(t, filepath.Join(dir, "a.html"), notice)
	write(t, filepath.Join(dir, manifest.Name), []byte(strings.Replace(string(list), fmt.Sprintf("%x", sha256.Sum256([]byte("a.html"))), fmt.Sprintf("%x", sha256.Sum256(notice)), 1)))
	status := map[string]int{"/404.html": 404, "/a.html": 410, "/b.html": 410, "/c.txt": 404, "/d.txt": 206}
	r := serverOf(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if code := status[r.URL.Path]; code != 0 {
			data, _ := os.ReadFile(filepath.Join(dir, filepath.FromSlash(r.URL.Path)))
			w.WriteHeader(code)
			_, _ = w.Write(data)
			return
		}
		raw(dir).ServeHTTP(w, r)
	}), nil)
	mustTell(t, "other answers", r, `missing "b.html"`, `missing "c.txt"`, `unchecked "d.txt"`)
}

// A page that never ends is another than was published, and is left soon.
func TestPageWithoutEnd(t *testing.T) {
	dir := site(t, "a.html", "b.css")
	var sent atomic.Int64
	r := serverOf(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/a.html" {
			raw(dir).ServeHTTP(w, r)
			return
		}
		for piece := make([]byte, 1<<16); ; {
			n, err := w.Write(piece)
			if sent.Add(int64(n)); err != nil {
				return
			}
		}
	}), nil)
	if mustTell(t, "a page without end", r, `changed "a.html"`); sent.Load() > 2*maxPageBody {
		t.Errorf("%d bytes were sent", sent.Load())
	}
}

// noteOf reports whether a note says something, in English.
func noteOf(part string) func(n diag.Text) bool {
	return func(n diag.Text) bool { return strings.Contains(n.En, part) }
}

// An audit that is given up says so and gives no result.
func TestGivenUp(t *testing.T) {
	dir := site(t, "a.html")
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("thôi")
	cancel(why)
	if r, err := Folder(ctx, dir, nil, func(int) {}); !errors.Is(err, why) || r != nil {
		t.Errorf("%v, %v", r, err)
	}
}

// Of very many findings of a kind some are shown and all are counted.
func TestFindingsAreBounded(t *testing.T) {
	dir := site(t, "zzzz.html")
	for i := range maxShown + 7 {
		write(t, filepath.Join(dir, fmt.Sprintf("%04d.html", i)), nil)
	}
	if r := folderOf(t, dir, nil); len(r.Findings) != maxShown || r.Counts[Foreign] != maxShown+7 {
		t.Errorf("%d shown, %d counted", len(r.Findings), r.Counts[Foreign])
	}
}

// A server that sends byte by byte is given up, and after a few files asked for no more.
func TestServerThatStalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(&url.URL{Scheme: "http", Host: "stalls.test"}, func(int) {})
		asked := 0
		s.client.Transport = dripping{&asked}
		for n := range 2 * maxStalls {
			resp, body, err := s.open(t.Context(), "a.html")
			if err == nil {
				_, err = io.ReadAll(body)
				resp.Body.Close()
			}
			if want := []error{errStalled, errGivenUp}[min(n/maxStalls, 1)]; err != want {
				t.Fatalf("file %d: %v, want %v", n, err, want)
			}
		}
		if asked != maxStalls {
			t.Errorf("%d files were asked for", asked)
		}
	})
}

// dripping answers one byte a second, without end.
type dripping struct{ asked *int }

func (d dripping) RoundTrip(req *http.Request) (*http.Response, error) {
	*d.asked++
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: drips{req.Context()}, Request: req}, nil
}

type drips struct{ ctx context.Context }

func (d drips) Read(b []byte) (int, error) {
	select {
	case <-d.ctx.Done():
		return 0, d.ctx.Err()
	case <-time.After(time.Second):
		return copy(b, "."), nil
	}
}

func (drips) Close() error { return nil }

// A server that sends without end is left after a few files, each cut off where no
// file of its kind is larger.
func TestServerThatSendsTooMuch(t *testing.T) {
	s := newServer(&url.URL{Scheme: "http", Host: "endless.test"}, func(int) {})
	var sent atomic.Int64
	s.client.Transport = endless{&sent}
	for n := range 2 * maxStalls {
		_, err := s.once(t.Context(), "a.html")
		if p := (*problem)(nil); !errors.As(err, &p) || (n >= maxStalls/tooLarge) != (err == errGivenUp) {
			t.Fatalf("file %d: %v", n, err)
		}
	}
	if n := sent.Load(); n > maxStalls/tooLarge*(maxPageBody+1<<20) {
		t.Errorf("%d bytes were read", n)
	}
}

type endless struct{ sent *atomic.Int64 }

func (e endless) RoundTrip(req *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(e), Request: req}, nil
}

func (e endless) Read(b []byte) (int, error) {
	e.sent.Add(int64(len(b)))
	return len(b), nil
}
