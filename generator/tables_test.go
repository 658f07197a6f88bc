package generator_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/internal/exchange/dataset"
	"vitrine/generator/internal/exchange/ead"
)

const (
	tableOne = "data/phong-cau-mau"
	tableTwo = "data/phong-hai"
)

// rowsOf are the ids of the records of a table as CSV, in its order.
func rowsOf(t *testing.T, data string) (ids []string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(data, "\ufeff"))).ReadAll()
	if err != nil || len(rows) == 0 || rows[0][0] != "id" {
		t.Fatal(err, data)
	}
	for _, row := range rows[1:] {
		ids = append(ids, row[0])
	}
	return ids
}

// objectsOf are the ids of the records of a table as JSON Lines.
func objectsOf(t *testing.T, data string) (ids []string) {
	t.Helper()
	for line := range strings.Lines(data) {
		var r struct{ ID string }
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, r.ID)
	}
	return ids
}

// tables are the ids in the tables of a fonds, as CSV and as JSON Lines; nil where there are none.
func tables(t *testing.T, o generator.Options, name string) (rows, objects []string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(o.Out, name+".csv")); errors.Is(err, os.ErrNotExist) {
		if _, err := os.Stat(filepath.Join(o.Out, name+".jsonl")); err == nil {
			t.Error("one table without the other")
		}
		return nil, nil
	}
	return rowsOf(t, string(read(t, filepath.Join(o.Out, name+".csv")))), objectsOf(t, string(read(t, filepath.Join(o.Out, name+".jsonl"))))
}

// A table holds the records whose decision lets them be taken away in bulk and no other.
func TestTablesNeedTheirPurpose(t *testing.T) {
	t.Parallel()
	o := offered(t)
	second := strings.Replace(string(read(t, filepath.Join(o.Content, "clearances/qd-01.yaml"))), "qd-01", "qd-03", 1)
	put(t, filepath.Join(o.Content, "clearances/qd-03.yaml"), []byte(strings.Replace(second, ", bulk-download", "", 1)))
	has := func(what string, want ...string) {
		t.Helper()
		mustBuild(t, o)
		rows, objects := tables(t, o, tableOne)
		if !slices.Equal(objects, want) || !slices.Equal(rows, slices.DeleteFunc(slices.Clone(want), func(id string) bool { return id == "phong-cau-mau" })) {
			t.Errorf("%s: %q, %q", what, rows, objects)
		}
		if linked := strings.Contains(string(read(t, filepath.Join(o.Out, "phong-luu-tru/phong-cau-mau/index.html"))), tableOne+".csv"); linked != (len(want) > 0) {
			t.Errorf("%s: linked %v", what, linked)
		}
	}
	has("all", "phong-cau-mau", "hs-0001", "tl-0001", "tl-0002", "hs-0002")
	edit(t, filepath.Join(o.Content, recordPath("hs-0001")), "qd-01", "qd-03")
	has("a file that may not be taken away", "phong-cau-mau", "tl-0001", "tl-0002", "hs-0002")
	for _, end := range []string{".csv", ".jsonl"} {
		if data := string(read(t, filepath.Join(o.Out, tableOne+end))); strings.Contains(data, "hs-0001") {
			t.Errorf("%s names it: %s", end, data)
		}
	}
	edit(t, filepath.Join(o.Content, "fonds/phong-cau-mau/fonds.yaml"), "qd-01", "qd-03")
	has("nor the fonds", "tl-0001", "tl-0002", "hs-0002")
	edit(t, filepath.Join(o.Content, "site.yaml"), withAddress, "features: {downloads: false}\n"+withAddress)
	has("no downloads")
	edit(t, filepath.Join(o.Content, "site.yaml"), "features: {downloads: false}\n", "")
	edit(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), ", bulk-download", "")
	has("no record")
}

// While the content cannot be built, a withdrawal leaves nothing of the record in any table:
// what tells of it is emptied, so that links hold, the others stay, and those of a fonds go
// with it.
func TestWithdrawalCutsTables(t *testing.T) {
	t.Parallel()
	o := offered(t)
	edit(t, filepath.Join(o.Content, "fonds/phong-hai/records/r03.yaml"), "clearance: qd-02", "related: [{id: tl-0002}]\nclearance: qd-02")
	edit(t, filepath.Join(o.Content, recordPath("tl-0002")), `"Ảnh"`, `"Ảnh \"lễ\" khánh thành"`)
	edit(t, filepath.Join(o.Content, recordPath("hs-0002")), `"Hai"`, `"Hồ sơ thứ hai của cầu"`)
	edit(t, filepath.Join(o.Content, "fonds/phong-hai/records/r02.yaml"), "Nội dung 6", `Mở đầu.\n\nHồ sơ thứ hai của cầu nói thêm`)
	mustBuild(t, o)
	put(t, filepath.Join(o.Content, "agents/hong.yaml"), []byte("id: [\n"))
	cut := func(id string) {
		t.Helper()
		rep, err := generator.Withdraw(context.Background(), generator.WithdrawOptions{Options: o, ID: id})
		if err != nil || rep.Cut == nil || len(rep.Remains) > 0 {
			t.Fatalf("%v: %+v", err, rep)
		}
	}
	cut("hs-0002")
	for _, name := range []string{tableOne, tableTwo} { // the title begins a paragraph of the other fonds
		if rows, objects := tables(t, o, name); len(rows)+len(objects) > 0 {
			t.Errorf("%s: %q %q", name, rows, objects)
		}
	}
	if err := os.Remove(filepath.Join(o.Content, "agents/hong.yaml")); err != nil {
		t.Fatal(err)
	}
	edit(t, filepath.Join(o.Content, "fonds/phong-hai/records/r02.yaml"), "Hồ sơ thứ hai của cầu", "Việc khác")
	mustBuild(t, o)
	if rows, objects := tables(t, o, tableOne); len(rows) != 3 || len(objects) != 4 {
		t.Errorf("the next build: %q %q", rows, objects)
	}
	put(t, filepath.Join(o.Content, "agents/hong.yaml"), []byte("id: [\n"))
	cut("tl-0002") // which the other fonds names
	if rows, objects := tables(t, o, tableTwo); len(rows)+len(objects) > 0 {
		t.Errorf("what names the record stays: %q %q", rows, objects)
	}
	cut("phong-hai")
	if rows, objects := tables(t, o, tableTwo); rows != nil || objects != nil {
		t.Errorf("the tables of a fonds outlived it: %q %q", rows, objects)
	}
}

// A folder whose ledger was lost is known by its tables, so that none of them stays.
func TestTablesAreKnownWithoutTheLedger(t *testing.T) {
	t.Parallel()
	o := offered(t)
	mustBuild(t, o)
	for _, lost := range []string{filepath.Join(filepath.Dir(o.Out), ".vitrine"), filepath.Join(o.Out, manifestName)} {
		if err := os.RemoveAll(lost); err != nil {
			t.Fatal(err)
		}
	}
	edit(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), ", bulk-download", "")
	o.Adopt = true
	mustBuild(t, o)
	if rows, objects := tables(t, o, tableOne); rows != nil || objects != nil {
		t.Errorf("%q %q are left", rows, objects)
	}
}

// The tables of the sample archive say in both formats what the description as EAD3 does, of
// the same records; an import takes the sheet without a map, every row of it; and the readers
// of another language (Python's csv and json) find as many rows.
func TestTablesOfTheSample(t *testing.T) {
	root := sample(t).Root
	names, err := filepath.Glob(filepath.Join(root, "data/*.csv"))
	if err != nil || len(names) < 3 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		fonds := strings.TrimSuffix(filepath.Base(name), ".csv")
		rows, objects := rowsOf(t, string(read(t, name))), objectsOf(t, string(read(t, strings.TrimSuffix(name, ".csv")+".jsonl")))
		if len(objects) != len(placesIn(t, string(read(t, filepath.Join(root, findingOf(fonds)))))) || !slices.Equal(rows, objects[1:]) || objects[0] != fonds {
			t.Errorf("%s: %q, %q", fonds, rows, objects)
		}
		dir := inMemory(t)
		if _, err := generator.New("site", filepath.Join(dir, "a"), generator.NewOptions{}); err != nil {
			t.Fatal(err)
		}
		rep, err := generator.ImportCSV(context.Background(), generator.ImportOptions{Content: filepath.Join(dir, "a/content"), File: name, Fonds: fonds})
		if err != nil || rep.Records != len(rows) || rep.Errors() > 0 {
			t.Errorf("%s: %v, %+v", fonds, err, rep)
		}
		readByPython(t, name, len(rows), len(objects))
	}
}

func findingOf(fonds string) string { return "data/" + fonds + ".ead3.xml" }

// readByPython counts what Python reads in a table and in the one of JSON Lines beside it.
func readByPython(t *testing.T, name string, rows, objects int) {
	t.Helper()
	const script = `
import csv, json, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8-sig", newline=""), strict=True))
objects = [json.loads(line) for line in open(sys.argv[1][:-4] + ".jsonl", encoding="utf-8")]
assert all(None not in r and all(v is not None for v in r.values()) for r in rows)
assert [r["title.vi"] for r in rows] == [o["fields"]["title"].get("vi", "") for o in objects[1:]]
print(len(rows), len(objects))`
	out, err := exec.Command("python3", "-c", script, name).CombinedOutput()
	if errors.Is(err, exec.ErrNotFound) {
		lacks(t, "python3")
	}
	var gotRows, gotObjects int
	if _, serr := fmt.Sscan(string(out), &gotRows, &gotObjects); err != nil || serr != nil || gotRows != rows || gotObjects != objects {
		t.Errorf("%s: Python reads %s (%v), not %d and %d", name, out, err, rows, objects)
	}
}

// Every field that EAD tells stands in the tables, and the guide names the column of each.
func TestTablesTellEveryField(t *testing.T) {
	for _, f := range ead.Fields {
		if !dataset.Has(f.Key) {
			t.Errorf("%s is in no table", f.Key)
		}
	}
	pages := guidePages(t)
	row := regexp.MustCompile("(?m)^\\| `([a-z_.]+)` \\| (?:`([^`|]+)`|–) \\| `([a-z]+)` \\|$")
	for _, name := range []string{"tables.md", "tables.en.md"} {
		got := map[string][2]string{}
		for _, m := range row.FindAllStringSubmatch(pages[name], -1) {
			got[m[1]] = [2]string{m[2], m[3]}
		}
		want := map[string][2]string{}
		for _, f := range dataset.Fields {
			want[f.Key] = [2]string{f.Column(), f.Shape()}
		}
		if !reflect.DeepEqual(got, want) {
			for key := range want {
				if got[key] != want[key] {
					t.Errorf("%s: %s is %q, and the program writes %q", name, key, got[key], want[key])
				}
			}
			t.Errorf("%s names %d fields, the tables have %d", name, len(got), len(want))
		}
	}
}

// The sitemap names the picture of each record that has one, at its address, and none that is not there.
func TestSitemapNamesPictures(t *testing.T) {
	s := sample(t)
	data := string(read(t, filepath.Join(s.Root, "sitemap.xml")))
	entry := regexp.MustCompile(`<url><loc>([^<]+)</loc>(?:<image:image><image:loc>([^<]+)</image:loc></image:image>)?</url>`)
	found, base := 0, strings.TrimSuffix(regexp.MustCompile(`<loc>(https?://[^<]+?/)(?:en/)?(?:</loc>|index|phong)`).FindStringSubmatch(data)[1], "/")
	for _, m := range entry.FindAllStringSubmatch(data, -1) {
		if m[2] == "" {
			continue
		}
		found++
		file := strings.TrimPrefix(m[2], base+"/")
		if _, err := os.Stat(filepath.Join(s.Root, filepath.FromSlash(file))); err != nil {
			t.Errorf("%s: %v", m[2], err)
		}
		if !strings.Contains(m[1], "/phong-luu-tru/") && !strings.Contains(m[1], "/fonds/") {
			t.Errorf("%s has a picture", m[1])
		}
	}
	if found < 20 {
		t.Errorf("%d pictures", found)
	}
}
