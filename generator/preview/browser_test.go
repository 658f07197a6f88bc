package preview

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"vitrine/generator/internal/sitecheck"
)

// axeScript judges pages for people who do not see them or use no mouse.
const axeScript = "../../templates/node_modules/axe-core/axe.min.js"

// tab opens a page of Chromium.
func tab(t testing.TB, origin string, scripts bool) *sitecheck.Tab {
	t.Helper()
	if _, err := sitecheck.Chromium(); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skipf("%v: run make test, or apt-get install chromium", err)
	}
	profile, err := os.MkdirTemp("", "vitrine-preview-")
	if err != nil {
		t.Fatal(err)
	}
	b, err := sitecheck.StartBrowser(profile)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		b.Close()
		os.RemoveAll(profile)
	})
	tb, err := b.Tab(origin, scripts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tb.Close)
	return tb
}

func open(t testing.TB, tb *sitecheck.Tab, address string) {
	t.Helper()
	if err := tb.Open(address); err != nil {
		t.Fatal(err)
	}
}

func evaluate(t testing.TB, tb *sitecheck.Tab, expression string) string {
	t.Helper()
	out, err := tb.Evaluate(expression)
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return out
}

// until waits for an expression to be true in the page, which may reload
// meanwhile.
func until(t testing.TB, tb *sitecheck.Tab, expression string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if out, err := tb.Evaluate(expression); err == nil && out == "true" {
			return
		}
	}
	t.Fatalf("never true: %s", expression)
}

const panel = `document.querySelector("vitrine-preview")?.shadowRoot`

// listening is true when the page hears of changes.
const listening = `performance.getEntriesByType("resource").some(e => e.name.includes("/_vitrine/preview.js")) && document.readyState === "complete"`

func TestTheBrowserReloadsWhereTheReaderWas(t *testing.T) {
	dir := archive(t)
	address := started(t, dir, nil)
	tb := tab(t, address, true)
	if err := tb.Look(390, "light"); err != nil {
		t.Fatal(err)
	}
	open(t, tb, address+"phong-luu-tru/phong-01/tl-0001.html")
	until(t, tb, listening)
	evaluate(t, tb, `(scrollTo({top: 321, behavior: "instant"}), window.old = true)`)
	edit(t, filepath.Join(dir, recordFile), "Văn bản giả định, có một ảnh", "Văn bản đã sửa, có một ảnh")
	until(t, tb, `!window.old && document.readyState === "complete" && document.body.textContent.includes("Văn bản đã sửa")`)
	until(t, tb, `Math.round(scrollY) === 321`)
	if faults := tb.Faults(); len(faults) > 0 {
		t.Error(faults)
	}
}

func TestThePanelShowsWhatIsWrong(t *testing.T) {
	dir := archive(t)
	file := filepath.Join(dir, recordFile)
	address := started(t, dir, nil)
	tb := tab(t, address, true)
	open(t, tb, address)
	for _, width := range []int{390, 1440} {
		for _, scheme := range []string{"light", "dark"} {
			t.Run(fmt.Sprint(width, " ", scheme), func(t *testing.T) {
				if err := tb.Look(width, scheme); err != nil {
					t.Fatal(err)
				}
				edit(t, file, `created: "1945-11-10"`, `created: "19O5-11-10"`)
				until(t, tb, panel+`?.querySelector(".problems .error .at")?.textContent.endsWith("hs-0001.yaml:22:15") === true`)
				panelIsWhole(t, tb)
				edit(t, file, `created: "19O5-11-10"`, `created: "1945-11-10"`)
				until(t, tb, `!`+panel+`?.querySelector(".error")`)
			})
		}
	}
}

// panelIsWhole checks the panel of one error: what it says, that it can be
// worked by keys, that it leaves the page readable and cuts no marks off.
func panelIsWhole(t *testing.T, tb *sitecheck.Tab) {
	t.Helper()
	until(t, tb, panel+`.styleSheets.length === 1`)
	for expression, want := range map[string]string{
		`.querySelector("[role=alert]").textContent.includes("1 lỗi")`:              "true",
		`.querySelector(".error .message").textContent.includes("19O5")`:            "true",
		`.querySelector(".error .hint").textContent.startsWith("gợi ý: ")`:          "true",
		`.querySelector(".error .severity").textContent`:                            "lỗi",
		`.querySelector("section").lang`:                                            "vi",
		`.querySelector(".summary").getAttribute("aria-expanded")`:                  "true",
		`.querySelector("section").getBoundingClientRect().top > innerHeight * .45`: "true",
		`.querySelector("section").getBoundingClientRect().right <= innerWidth`:     "true",
		`.querySelector("section").scrollWidth <= innerWidth`:                       "true",
		// the marks above capitals need room
		`.querySelectorAll("p, .summary").length > 3 && ![...` + panel + `.querySelectorAll("p, .summary")].some(e => parseFloat(getComputedStyle(e).lineHeight) < 1.5 * parseFloat(getComputedStyle(e).fontSize))`: "true",
	} {
		if got := evaluate(t, tb, panel+expression); got != want {
			t.Errorf("%s: %s", expression, got)
		}
	}
	reportViolations(t, tb)
	evaluate(t, tb, panel+`.querySelector("section").dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}))`)
	if got := evaluate(t, tb, panel+`.querySelector(".problems").hidden + " " + `+panel+`.activeElement.className`); got != "true summary" {
		t.Errorf("after Escape: %s", got)
	}
	evaluate(t, tb, panel+`.querySelector(".summary").click()`)
	if got := evaluate(t, tb, panel+`.querySelector(".problems").hidden`); got != "false" {
		t.Errorf("after a click: hidden %s", got)
	}
}

func reportViolations(t *testing.T, tb *sitecheck.Tab) {
	t.Helper()
	if _, err := os.Stat(axeScript); err != nil {
		t.Logf("%v: accessibility of the panel is not judged; run make test", err)
		return
	}
	found, err := tb.Violations(axeScript)
	if err != nil || len(found) > 0 {
		t.Errorf("%v %s", err, strings.Join(found, "\n"))
	}
}

// The banner of drafts is no hindrance either.
func TestTheBannerCanBeReadByAll(t *testing.T) {
	address := started(t, archive(t), func(o *Options) { o.Site.Drafts = true })
	tb := tab(t, address, true)
	for _, page := range []string{"index.html", "nothing.html"} {
		open(t, tb, address+page)
		if got := evaluate(t, tb, `document.querySelector("aside.draft").textContent.trim()`); got != "Bản xem thử – có bản ghi chưa công bố" {
			t.Errorf("%s: %s", page, got)
		}
		reportViolations(t, tb)
	}
}

func TestPagesWorkWithoutScripts(t *testing.T) {
	dir := archive(t)
	address := started(t, dir, nil)
	tb := tab(t, address, false)
	open(t, tb, address)
	if err := tb.Follow(`a[href*="phong-luu-tru"]`); err != nil {
		t.Fatal(err)
	}
	if at, _, heading, err := tb.Where(); err != nil || heading == "" || !strings.HasPrefix(at, address) {
		t.Error(at, heading, err)
	}
	if faults := tb.Faults(); len(faults) > 0 {
		t.Error(faults)
	}
}

// benchContent names an archive that is copied and edited in place of the
// starter archive, and benchRecord a file of it with the record whose page is
// open, benchPage, and a text of it. A record is looked for where none is named.
const (
	benchContent = "VITRINE_BENCH_CONTENT"
	benchRecord  = "VITRINE_BENCH_RECORD"
	benchPage    = "VITRINE_BENCH_PAGE"
	benchText    = "VITRINE_BENCH_TEXT"
)

var (
	idLine    = regexp.MustCompile(`(?m)^id: *([a-z0-9-]+)$`)
	titleLine = regexp.MustCompile(`(?m)^title:.*?"([^"\\]{8,})"`)
)

// benchSubject is a public record of an archive: its file, its page and the end
// of its title.
func benchSubject(b *testing.B, content string) (record, page, text string) {
	b.Helper()
	files, err := filepath.Glob(filepath.Join(content, "fonds/*/records/*.yaml"))
	if err != nil {
		b.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		first, _, _ := strings.Cut(strings.TrimPrefix(string(data), "---\n"), "\n---\n")
		id, title := idLine.FindStringSubmatch(first), titleLine.FindStringSubmatch(first)
		if id == nil || title == nil || !strings.Contains(first, "access: {state: public}") {
			continue
		}
		rel, err := filepath.Rel(content, file)
		if err != nil {
			b.Fatal(err)
		}
		return rel, path.Join("phong-luu-tru", filepath.Base(filepath.Dir(filepath.Dir(file))), id[1]+".html"), title[1]
	}
	b.Fatalf("%s holds no record of which this knows that it is public", content)
	return "", "", ""
}

// moments are read from the page after its reload: when that began, when the
// text could be read, and when pictures and fonts were there too; all in
// milliseconds since 1970.
const moments = `(() => {
  const n = performance.getEntriesByType("navigation")[0];
  return [0, n.domContentLoadedEventEnd, n.loadEventEnd].map(t => performance.timeOrigin + t).join(" ");
})()`

// BenchmarkSaveToReload measures from the write of a record to the reload of
// its page in Chromium: `make bench-serve`.
func BenchmarkSaveToReload(b *testing.B) {
	dir, record, page, text := archive(b), recordFile, "phong-luu-tru/phong-01/tl-0001.html", "Văn bản giả định, có một"
	if from := os.Getenv(benchContent); from != "" {
		if record, page, text = os.Getenv(benchRecord), os.Getenv(benchPage), os.Getenv(benchText); record == "" {
			record, page, text = benchSubject(b, from)
		}
		record = filepath.Join("content", record)
		if err := os.RemoveAll(filepath.Join(dir, "content")); err != nil {
			b.Fatal(err)
		}
		if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS(from)); err != nil {
			b.Fatal(err)
		}
	}
	address := started(b, dir, nil)
	tb := tab(b, address, true)
	open(b, tb, address+page)
	until(b, tb, listening)
	var took [3][]float64
	for i := 0; b.Loop(); i++ {
		time.Sleep(200 * time.Millisecond) // the page has begun to listen
		now := fmt.Sprint(text, " ", i)
		evaluate(b, tb, `window.old = true`)
		before := time.Now()
		edit(b, filepath.Join(dir, record), text, now)
		time.Sleep(100 * time.Millisecond) // without a question of ours in its way
		until(b, tb, fmt.Sprintf(`!window.old && document.readyState === "complete" && performance.getEntriesByType("navigation")[0].loadEventEnd > 0 && document.body.textContent.includes(%q)`, now))
		for k, at := range strings.Fields(evaluate(b, tb, moments)) {
			ms, err := strconv.ParseFloat(at, 64)
			if err != nil {
				b.Fatal(err)
			}
			took[k] = append(took[k], ms-float64(before.UnixMicro())/1000)
		}
		text = now
	}
	for k, what := range []string{"ms-reload", "ms-text", "ms-whole"} {
		slices.Sort(took[k])
		b.ReportMetric(took[k][len(took[k])/2], what)
		b.ReportMetric(took[k][len(took[k])-1], what+"-slowest")
	}
}
