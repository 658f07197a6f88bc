package generator_test

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/generator"
	"vitrine/generator/preview"
)

// tellsAddress hears where a preview is served.
type tellsAddress chan string

func (c tellsAddress) Serving(address string, _ bool)                  { c <- address }
func (tellsAddress) Refreshed(*generator.Report, time.Duration, error) {}
func (tellsAddress) Polling(error)                                     {}

// serveSide serves a side of an archive until the test ends.
func (a *leakArchive) serveSide(s side) (address string) {
	a.t.Helper()
	dir := inMemory(a.t)
	o := generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), AsOf: asOf}
	a.lay(o.Content, nil, a.tree(s))
	ctx, cancel := context.WithCancel(context.Background())
	told, ended := make(tellsAddress, 1), make(chan error, 1)
	go func() {
		ended <- preview.Serve(ctx, preview.Options{Site: generator.SessionOptions{Options: o}, Addr: "127.0.0.1:0", Tell: told})
	}()
	a.t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			a.t.Error(err)
		}
	})
	select {
	case address = <-told:
	case err := <-ended:
		ended <- err
		a.t.Fatal(err)
	}
	return address
}

// version tells two states of a page apart, which its own address enters.
var version = regexp.MustCompile(`data-version="[^"]*"`)

// ask returns the answer to a path, without the address of who gave it.
func ask(t *testing.T, address, name string) (status int, kind, body string) {
	t.Helper()
	r, err := http.Get(address + name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	body = version.ReplaceAllString(strings.NewReplacer(address, "https://example.org/", url.PathEscape(address), "https://example.org/").Replace(string(data)), "")
	return r.StatusCode, r.Header.Get("Content-Type"), body
}

// Who asks a preview for the page of a hidden record, or for its pictures and
// sources, is answered as if there were no such record.
func TestAPreviewKnowsNoHiddenRecord(t *testing.T) {
	for _, seed := range []uint64{1, 2, 5} {
		a := newLeakArchive(t, seed)
		with, without := a.serveSide(asItIs), a.serveSide(asTwin)
		names := []string{"khong-co-gi.html", "phong-luu-tru/khong-co/index.html"}
		for _, u := range a.units {
			if !u.public() && !u.leavesTombstone() {
				names = append(names, "phong-luu-tru/"+u.fonds.id+"/"+u.id+".html", "en/fonds/"+u.fonds.id+"/"+u.id+".html", "phong-luu-tru/"+u.id, u.file)
			}
		}
		for name := range a.hidden {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			status, kind, body := ask(t, with, name)
			wantStatus, wantKind, want := ask(t, without, name)
			if status != http.StatusNotFound || status != wantStatus || kind != wantKind || body != want {
				t.Errorf("archive %d, %s: %d %s, without the record %d %s: %s", seed, name, status, kind, wantStatus, wantKind, firstDifference([]byte(body), []byte(want)))
			}
		}
		a.t.Logf("archive %d: %d addresses asked for", seed, len(names))
	}
}
