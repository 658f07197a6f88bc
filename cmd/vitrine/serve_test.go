package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/generator"
)

// output gathers what a command prints while it still runs.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

// serving runs serve on a small archive until its output has a text, then
// does something and interrupts it.
func serving(t *testing.T, c serveCmd, lang string, asJSON bool, until string, do func()) (stdout, stderr string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "kho")
	if _, err := generator.New("site", dir, generator.NewOptions{}); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	c.Content = "content"
	var out, errs output
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	e := &env{ctx: ctx, stdout: &out, stderr: &errs, lang: lang, json: asJSON}
	done := make(chan int, 1)
	go func() { done <- e.fail(c.Run(e)) }()
	for end := time.Now().Add(20 * time.Second); !strings.Contains(out.String()+errs.String(), until); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never %q: %s %s", until, out.String(), errs.String())
		}
	}
	if do != nil {
		do()
	}
	cancel()
	if code := <-done; code != exitDone {
		t.Errorf("interrupted: status %d, %s", code, errs.String())
	}
	if _, err := os.Stat("public"); err == nil {
		t.Error("a preview wrote into the output folder")
	}
	return out.String(), errs.String()
}

func TestServeSaysWhereAndWhat(t *testing.T) {
	_, said := serving(t, serveCmd{Addr: "127.0.0.1:0"}, "vi", false, "Ctrl+C", nil)
	if !strings.Contains(said, "Xem thử tại http://127.0.0.1:") || strings.Contains(said, "cảnh báo: máy khác") || strings.Contains(said, "chưa công bố") {
		t.Error(said)
	}
	_, said = serving(t, serveCmd{Addr: "0.0.0.0:0", Drafts: true}, "vi", false, "chưa công bố", nil)
	if !strings.Contains(said, texts["exposed"].Vi) || !strings.Contains(said, texts["drafts"].Vi) {
		t.Error(said)
	}
	_, said = serving(t, serveCmd{Addr: "0.0.0.0:0", Drafts: true}, "en", false, texts["drafts"].En, nil)
	if !strings.Contains(said, texts["exposed"].En) {
		t.Error(said)
	}
}

func TestServeInJSON(t *testing.T) {
	out, said := serving(t, serveCmd{Addr: "127.0.0.1:0", Drafts: true}, "en", true, `"kind":"serving"`, nil)
	found := false
	for line := range strings.Lines(out) {
		var v struct {
			Kind, Address string
			Drafts        bool
		}
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Errorf("%q: %v", line, err)
		}
		found = found || v.Kind == "serving" && v.Drafts && strings.HasPrefix(v.Address, "http://127.0.0.1:")
	}
	if !found || said != "" {
		t.Error(out, said)
	}
}

// What is wrong is printed when it goes wrong, and where.
func TestServePrintsWhatGoesWrong(t *testing.T) {
	_, said := serving(t, serveCmd{Addr: "127.0.0.1:0"}, "vi", false, "Ctrl+C", func() {
		data, err := os.ReadFile("content/site.yaml")
		if err == nil {
			err = os.WriteFile("content/site.yaml", bytes.Replace(data, []byte("title:"), []byte("titel:"), 1), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
	})
	if !strings.Contains(said, "content/site.yaml:3:1: lỗi") || !strings.Contains(said, texts["still_old"].Vi) {
		t.Error(said)
	}
}

// Templates of a folder are shown as they are edited.
func TestServeShowsEditedTemplates(t *testing.T) {
	templates := t.TempDir()
	if err := os.CopyFS(templates, os.DirFS("../../templates")); err != nil {
		t.Fatal(err)
	}
	_, said := serving(t, serveCmd{Addr: "127.0.0.1:0", Templates: templates}, "en", false, "Ctrl+C", nil)
	address := addressIn(said)
	if address == "" {
		t.Fatal(said)
	}
	serving(t, serveCmd{Addr: strings.TrimSuffix(strings.TrimPrefix(address, "http://"), "/"), Templates: templates}, "en", false, "Ctrl+C", func() {
		file := filepath.Join(templates, "layout/base.html")
		data, err := os.ReadFile(file)
		if err == nil {
			err = os.WriteFile(file, bytes.Replace(data, []byte(`<header>`), []byte(`<header id="edited">`), 1), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
		for end := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
			res, err := http.Get(address)
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(res.Body)
			res.Body.Close()
			if bytes.Contains(body, []byte(`id="edited"`)) {
				return
			}
			if time.Now().After(end) {
				t.Fatal("the edited template is not shown")
			}
		}
	})
}

func addressIn(said string) string {
	_, rest, _ := strings.Cut(said, "http://")
	address, _, ok := strings.Cut(rest, "\n")
	if !ok {
		return ""
	}
	return "http://" + address
}

func TestServeThatCannotBegin(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	t.Chdir(t.TempDir())
	for _, c := range []struct {
		call serveCmd
		want int
	}{
		{serveCmd{Content: "none", Addr: "127.0.0.1:0"}, exitIO},
		{serveCmd{Content: "none", Addr: "nowhere"}, exitUsage},
		{serveCmd{Content: "none", Addr: taken.Addr().String()}, exitIO},
	} {
		var out bytes.Buffer
		e := &env{ctx: context.Background(), stdout: &out, stderr: &out, lang: "vi"}
		if got := e.fail(c.call.Run(e)); got != c.want || !strings.Contains(out.String(), "gợi ý") {
			t.Errorf("%+v: %d %s", c.call, got, out.String())
		}
	}
}

func TestTemplatesOfACheckoutAreFound(t *testing.T) {
	t.Chdir("../..")
	if got := workingTemplates(); got != "templates" {
		t.Error(got)
	}
	t.Chdir(t.TempDir())
	if got := workingTemplates(); got != "" {
		t.Error(got)
	}
}
