package generator_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/page"
)

const downloadsPage = "du-lieu/index.html"

var fileOnPage = regexp.MustCompile(`<li><a href="([^"]+)" type="[^"]+">[^<]+</a>(?: <span class="data-size">([^<]+)</span>)?`)

// filesOnPage are the files to which the page about downloads leads, with their sizes in words.
func filesOnPage(t *testing.T, o generator.Options) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, m := range fileOnPage.FindAllStringSubmatch(string(read(t, filepath.Join(o.Out, filepath.FromSlash(downloadsPage)))), -1) {
		file := path.Join(path.Dir(downloadsPage), m[1])
		if _, err := os.Stat(filepath.Join(o.Out, filepath.FromSlash(file))); err != nil {
			t.Errorf("it leads to %s: %v", file, err)
		}
		out[file] = m[2]
	}
	return out
}

// The page leads to every file for download that there is, with its size, from the foot of every
// page; there is none where nothing may be taken away.
func TestDownloadsPage(t *testing.T) {
	t.Parallel()
	o := gatherable(t)
	mustBuild(t, o)
	all := filesOnPage(t, o)
	for file := range treeOf(t, o.Out) {
		if name := slashed(file); strings.HasPrefix(name, "data/") && !page.IsResourceList(name) {
			info, err := os.Stat(filepath.Join(o.Out, file))
			if err != nil {
				t.Fatal(err)
			}
			want := fmt.Sprintf("%.1f KB", float64(info.Size())/1000)
			if info.Size() < 1000 {
				want = fmt.Sprintf("%d B", info.Size())
			} else if info.Size() >= 100_000 {
				want = fmt.Sprintf("%.0f KB", float64(info.Size())/1000)
			}
			if got := strings.ReplaceAll(strings.ReplaceAll(all[name], "\u00a0", " "), ",", "."); got != want {
				t.Errorf("%s is of %q, not %q", name, got, want)
			}
		}
	}
	for _, name := range []string{page.CapabilityList, "sitemap.xml"} {
		if _, ok := all[name]; !ok {
			t.Errorf("it does not lead to %s", name)
		}
	}
	if !strings.Contains(string(read(t, filepath.Join(o.Out, "phong-luu-tru/phong-cau-mau/tl-0001.html"))), `href="../../`+downloadsPage+`"`) {
		t.Error("no page leads there")
	}
	o.Data = false
	mustBuild(t, o)
	if rest := filesOnPage(t, o); len(rest) == 0 || rest[page.Database] != "" || rest[tableOne+".csv"] == "" {
		t.Errorf("without --data: %v", rest)
	}
	edit(t, filepath.Join(o.Content, "site.yaml"), withAddress, "features: {downloads: false}\n"+withAddress)
	mustBuild(t, o)
	if _, err := os.Stat(filepath.Join(o.Out, filepath.FromSlash(downloadsPage))); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it is there where nothing is offered: %v", err)
	}
}

// While the content cannot be built, a withdrawal leaves no link to a file that is gone.
func TestWithdrawalMendsTheDownloadsPage(t *testing.T) {
	t.Parallel()
	o := gatherable(t)
	edit(t, filepath.Join(o.Content, recordPath("hs-0002")), `"Hai"`, `"Hồ sơ thứ hai của cầu"`)
	mustBuild(t, o)
	put(t, filepath.Join(o.Content, "agents/hong.yaml"), []byte("id: [\n"))
	rep, err := generator.Withdraw(context.Background(), generator.WithdrawOptions{Options: o, ID: "hs-0002"})
	if err != nil || rep.Cut == nil || len(rep.Remains) > 0 {
		t.Fatalf("%v: %+v", err, rep)
	}
	filesOnPage(t, o)
}

// The catalogue of what can be downloaded is Turtle to a reader of others (rapper), says the
// same as JSON-LD, and names the files that there are and no other.
func TestDataCatalogOfTheSample(t *testing.T) {
	root := sample(t).Root
	turtle, linked := filepath.Join(root, filepath.FromSlash(page.CatalogTurtle)), read(t, filepath.Join(root, filepath.FromSlash(page.CatalogLinked)))
	var doc struct {
		Graph []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal(linked, &doc); err != nil {
		t.Fatal(err)
	}
	statements := 0
	var files []string
	for _, n := range doc.Graph {
		statements += len(n["@type"].([]any))
		for key, list := range n {
			if strings.HasPrefix(key, "@") {
				continue
			}
			statements += len(list.([]any))
			if key == "dcat:downloadURL" {
				files = append(files, strings.TrimPrefix(list.([]any)[0].(map[string]any)["@id"].(string), baseURL))
			}
		}
	}
	for _, f := range files {
		if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(f))); err != nil {
			t.Error(err)
		}
	}
	if !slices.Contains(files, page.Database) || !slices.Contains(files, "data/mau-01.csv") || slices.Contains(files, page.OAI) {
		t.Errorf("%q", files)
	}
	out, err := exec.Command("rapper", "-q", "-i", "turtle", "-o", "ntriples", turtle).CombinedOutput()
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") == "" {
		t.Skip("skipped: rapper is not here (Debian package raptor2-utils)")
	}
	if n := strings.Count(string(out), " .\n"); err != nil || n != statements {
		t.Errorf("%v: rapper finds %d statements, JSON-LD has %d: %s", err, n, statements, out[:min(len(out), 400)])
	}
}
