package preview

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/generator/diag"
)

// event is one message of a stream.
type event struct{ name, data string }

// stream reads the messages of an open page. The channel is closed when the
// server ends the stream.
func stream(t *testing.T, address, page, version string) <-chan event {
	t.Helper()
	res, err := http.Get(address + "_vitrine/events?page=" + page + "&version=" + version)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	if got := res.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/event-stream") {
		t.Fatal(got)
	}
	out := make(chan event, 100)
	go func() {
		defer close(out)
		var e event
		for lines := bufio.NewScanner(res.Body); lines.Scan(); {
			key, value, _ := strings.Cut(lines.Text(), ": ")
			switch key {
			case "event":
				e.name = value
			case "data":
				e.data = value
				out <- e
			}
		}
	}()
	return out
}

func next(t *testing.T, from <-chan event) event {
	t.Helper()
	select {
	case e := <-from:
		return e
	case <-time.After(20 * time.Second):
		t.Fatal("nothing was sent")
		return event{}
	}
}

// versionOfPage is what a page was served with.
func versionOfPage(t *testing.T, address, page string) string {
	t.Helper()
	_, body := ask(t, "GET", address+page, nil)
	_, rest, _ := strings.Cut(body, `data-version="`)
	version, _, _ := strings.Cut(rest, `"`)
	return strings.ReplaceAll(version, " ", "%20")
}

// Only the page that shows what was edited is told to reload.
func TestOnlyPagesThatChangedReload(t *testing.T) {
	dir := archive(t)
	address := started(t, dir, nil)
	const mine, other = "phong-luu-tru/phong-01/tl-0001.html", "phong-luu-tru/phong-01/tl-0002.html"
	a, b := stream(t, address, mine, versionOfPage(t, address, mine)), stream(t, address, other, versionOfPage(t, address, other))
	if first, second := next(t, a), next(t, b); first.name != "problems" || second.name != "problems" {
		t.Fatal(first, second)
	}
	edit(t, filepath.Join(dir, recordFile), "Văn bản giả định, có một ảnh", "Văn bản đã sửa, có một ảnh")
	if e := next(t, a); e.name != "reload" {
		t.Errorf("the edited page: %v", e)
	}
	if e := next(t, b); e.name != "problems" {
		t.Errorf("another page: %v", e)
	}
	if _, body := ask(t, "GET", address+mine, nil); !strings.Contains(body, "Văn bản đã sửa") {
		t.Error("the page still shows the old text")
	}
}

// A page that was out of date when it began to listen reloads at once, one
// that comes into being as soon as it is there, one that goes when it has gone.
func TestPagesThatComeAndGo(t *testing.T) {
	dir := archive(t)
	address := started(t, dir, nil)
	if e := next(t, stream(t, address, "index.html", "old")); e.name != "reload" {
		t.Error(e)
	}
	const page = "phong-luu-tru/phong-01/tl-0003.html"
	lost := stream(t, address, page, versionOfPage(t, address, page))
	if e := next(t, lost); e.name != "problems" {
		t.Fatal(e)
	}
	file := filepath.Join(dir, "content/fonds/phong-01/records/moi.yaml")
	text := "id: tl-0003\nlevel: item\nparent: hs-0001\nform: thong-bao\ntitle: Mới\ndates: {created: \"1946\"}\nreference: {unit_no: \"1\"}\naccess: {state: public}\nclearance: kt-01\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if e := next(t, lost); e.name != "reload" {
		t.Fatal(e)
	}
	there := stream(t, address, page, versionOfPage(t, address, page))
	next(t, there)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if e := next(t, there); e.name != "reload" {
		t.Error(e)
	}
}

func TestProblemsNameThePlaceInBothLanguages(t *testing.T) {
	dir := archive(t)
	address := started(t, dir, nil)
	page := stream(t, address, "index.html", versionAt(t, address))
	next(t, page)
	file := filepath.Join(dir, recordFile)
	edit(t, file, `created: "1945-11-10"`, `created: "19O5-11-10"`)
	var problems []problem
	if err := json.Unmarshal([]byte(next(t, page).data), &problems); err != nil {
		t.Fatal(err)
	}
	at := -1
	for i, p := range problems {
		if p.Code == "date-syntax" {
			at = i
		}
	}
	if at < 0 {
		t.Fatal(problems)
	}
	p := problems[at]
	if p.Severity != "error" || !strings.HasPrefix(p.At, filepath.ToSlash(file)+":22:") || p.Message["vi"] == "" || p.Message["en"] == "" ||
		p.Hint["vi"] == p.Hint["en"] || !strings.Contains(p.Excerpt, "19O5") {
		t.Errorf("%+v", p)
	}
	edit(t, file, `created: "19O5-11-10"`, `created: "1945-11-10"`)
	if e := next(t, page); strings.Contains(e.data, "date-syntax") {
		t.Errorf("what was mended is still told: %s", e.data)
	}
}

// While the content has errors from the start a page says so, and reloads
// when there is something to show.
func TestNothingToShowYet(t *testing.T) {
	dir := archive(t)
	edit(t, filepath.Join(dir, "content/site.yaml"), "title:", "titel:")
	address := started(t, dir, nil)
	res, body := ask(t, "GET", address, nil)
	if res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, unready.Vi) || !strings.Contains(body, unready.En) {
		t.Fatal(res.StatusCode, body)
	}
	page := stream(t, address, "index.html", versionAt(t, address))
	if e := next(t, page); !strings.Contains(e.data, "titel") {
		t.Fatal(e)
	}
	edit(t, filepath.Join(dir, "content/site.yaml"), "titel:", "title:")
	if e := next(t, page); e.name != "reload" {
		t.Error(e)
	}
}

// A content folder that vanishes is told, and the last good state stays.
func TestContentThatVanishes(t *testing.T) {
	dir := archive(t)
	address := started(t, dir, nil)
	page := stream(t, address, "index.html", versionAt(t, address))
	next(t, page)
	if err := os.Rename(filepath.Join(dir, "content"), filepath.Join(dir, "away")); err != nil {
		t.Fatal(err)
	}
	if e := next(t, page); !strings.Contains(e.data, "content-unreadable") {
		t.Errorf("%v", e)
	}
	if res, _ := ask(t, "GET", address, nil); res.StatusCode != http.StatusOK {
		t.Error(res.StatusCode)
	}
	if err := os.Rename(filepath.Join(dir, "away"), filepath.Join(dir, "content")); err != nil {
		t.Fatal(err)
	}
	for e := next(t, page); strings.Contains(e.data, "content-unreadable"); e = next(t, page) {
	}
}

func TestProblemsAreAListEvenWhereThereAreNone(t *testing.T) {
	if both(diag.Text{}) != nil || both(diag.T("a", "b"))["en"] != "b" {
		t.Error("texts")
	}
}
