package generator_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"vitrine/generator"
)

const (
	findingOne = "data/phong-cau-mau.ead3.xml"
	findingTwo = "data/phong-hai.ead3.xml"
	inBulkToo  = "[web-exhibition, harvesting, bulk-download]"
)

// offered is the big archive on a site with an address, of which both fonds may be taken
// away in bulk.
func offered(t *testing.T) generator.Options {
	t.Helper()
	dir := inMemory(t)
	o := generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), AsOf: asOf}
	a := bigArchive()
	a["site.yaml"] += withAddress
	a["clearances/qd-01.yaml"] = strings.Replace(clearance, "[web-exhibition]", inBulkToo, 1)
	writeTo(t, o.Content, a)
	return o
}

// findings are the descriptions of fonds of a site, by path.
func findings(t *testing.T, o generator.Options) map[string]string {
	t.Helper()
	out := map[string]string{}
	names, err := filepath.Glob(filepath.Join(o.Out, "data/*.ead3.xml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		out["data/"+filepath.Base(name)] = string(read(t, name))
	}
	return out
}

// placesIn are the elements in which the records of a description stand, by their ids.
func placesIn(t *testing.T, finding string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, e := range elementsOf(t, finding) {
		if e.attrs["localtype"] == "id" && strings.HasSuffix(e.path, "/did/unitid") {
			out[e.text] = strings.TrimSuffix(e.path, "/did/unitid")
		}
	}
	return out
}

// xmlElement is an element with the words in it.
type xmlElement struct {
	path  string
	attrs map[string]string
	text  string
}

func elementsOf(t *testing.T, data string) (out []xmlElement) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(data))
	var open []int
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		} else if err != nil {
			t.Fatal(err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			e := xmlElement{path: x.Name.Local, attrs: map[string]string{}}
			if len(open) > 0 {
				e.path = out[open[len(open)-1]].path + "/" + e.path
			}
			for _, a := range x.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			open, out = append(open, len(out)), append(out, e)
		case xml.CharData:
			for _, i := range open {
				out[i].text += string(x)
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}

// A description holds the records whose decision lets them be taken away in bulk, each
// under the nearest above it that does; of a fonds that does not, the id. Where no record
// does there is none, nor where the site offers no downloads, and no page leads to it.
func TestFindingsNeedTheirPurpose(t *testing.T) {
	t.Parallel()
	o := offered(t)
	second := strings.Replace(string(read(t, filepath.Join(o.Content, "clearances/qd-01.yaml"))), "qd-01", "qd-03", 1)
	put(t, filepath.Join(o.Content, "clearances/qd-03.yaml"), []byte(strings.Replace(second, ", bulk-download", "", 1)))
	has := func(what string, linked bool, want map[string]string) string {
		t.Helper()
		mustBuild(t, o)
		finding := findings(t, o)[findingOne]
		if finding == "" != (len(want) == 0) {
			t.Fatalf("%s: %q", what, finding)
		}
		if finding != "" {
			if got := placesIn(t, finding); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %v", what, got)
			}
		}
		for _, p := range []string{"phong-luu-tru/phong-cau-mau/index.html", "en/fonds/phong-cau-mau/index.html"} {
			if strings.Contains(string(read(t, filepath.Join(o.Out, p))), findingOne) != linked {
				t.Errorf("%s: %s leads to what is not there, or does not", what, p)
			}
		}
		return finding
	}
	const archdesc, c, cc = "ead/archdesc", "ead/archdesc/dsc/c", "ead/archdesc/dsc/c/c"
	all := map[string]string{"phong-cau-mau": archdesc, "hs-0001": c, "hs-0002": c, "tl-0001": cc, "tl-0002": cc}
	has("all", true, all)
	edit(t, filepath.Join(o.Content, recordPath("hs-0001")), "qd-01", "qd-03")
	has("a file that may not be taken away", true, map[string]string{"phong-cau-mau": archdesc, "hs-0002": c, "tl-0001": c, "tl-0002": c})
	edit(t, filepath.Join(o.Content, recordPath("tl-0002")), "state: public", "state: unreviewed")
	edit(t, filepath.Join(o.Content, "fonds/phong-cau-mau/fonds.yaml"), "qd-01", "qd-03")
	finding := has("nor the fonds, and a record that is not public", true, map[string]string{"phong-cau-mau": archdesc, "hs-0002": c, "tl-0001": c})
	if strings.Contains(finding, "Phông cầu Mẫu") || strings.Contains(finding, "MAU-09") || strings.Contains(finding, "hs-0001") || strings.Contains(finding, "Ảnh") {
		t.Errorf("it tells of the fonds, of the file or of the record that is hidden:\n%s", finding)
	}
	edit(t, filepath.Join(o.Content, "site.yaml"), withAddress, "features: {downloads: false}\n"+withAddress)
	has("no downloads", false, nil)
	edit(t, filepath.Join(o.Content, "site.yaml"), "features: {downloads: false}\n", "")
	edit(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), ", bulk-download", "")
	has("no record", false, nil)
	if findings(t, o)[findingTwo] == "" {
		t.Error("the other fonds has none either")
	}
}

// Without an address of the site there is a description all the same, which leads nowhere.
func TestFindingsWithoutAnAddress(t *testing.T) {
	t.Parallel()
	o := offered(t)
	edit(t, filepath.Join(o.Content, "site.yaml"), withAddress, "")
	rep := mustBuild(t, o)
	all := findings(t, o)
	if len(all) != 2 || rep.Data != 2 || !slices.ContainsFunc(rep.Lines("vi"), func(s string) bool { return strings.Contains(s, "2 bản mô tả phông EAD3") }) {
		t.Fatalf("%d, told of %d: %q", len(all), rep.Data, rep.Lines("vi"))
	}
	for path, finding := range all {
		for _, e := range elementsOf(t, finding) {
			for name, value := range e.attrs {
				if strings.Contains(value, ".html") || name == "href" && !strings.HasPrefix(value, "http") || strings.HasSuffix(e.path, "/dao") {
					t.Errorf("%s: %s %s=%q", path, e.path, name, value)
				}
			}
		}
		valid(t, path, finding)
	}
}

// An edit makes the description of its fonds anew, no other, and as a clean build does; a
// title in another fonds counts where a record says that it is related.
func TestFindingsFollowTheirRecords(t *testing.T) {
	t.Parallel()
	o := offered(t)
	edit(t, filepath.Join(o.Content, "fonds/phong-hai/records/r03.yaml"), "clearance: qd-02", "related: [{id: tl-0002, note: \"cùng việc\"}]\nclearance: qd-02")
	var mu sync.Mutex
	var made []string
	o.Made = func(path string) {
		mu.Lock()
		defer mu.Unlock()
		if strings.HasPrefix(path, "data/") {
			made = append(made, path)
		}
	}
	same := func(what string, findings ...string) {
		t.Helper()
		made = nil
		var want []string
		for _, f := range findings {
			for _, end := range []string{".csv", ".ead3.xml", ".jsonl", ".ris"} { // the tables and the references with it
				want = append(want, strings.TrimSuffix(f, ".ead3.xml")+end)
			}
		}
		mustBuild(t, o)
		if slices.Sort(made); !slices.Equal(made, want) {
			t.Errorf("%s: %q were made", what, made)
		}
		clean := o
		clean.Out, clean.Made = filepath.Join(filepath.Dir(o.Out), "clean"), nil
		mustBuild(t, clean)
		sameTree(t, what, treeOf(t, o.Out), treeOf(t, clean.Out))
	}
	same("the first build", findingOne, findingTwo)
	same("nothing")
	edit(t, filepath.Join(o.Content, recordPath("hs-0002")), "\"Hai\"", "\"Hồ sơ hai\"")
	same("a title", findingOne)
	edit(t, filepath.Join(o.Content, "fonds/phong-hai/records/r02.yaml"), "Nội dung 6", "Nội dung khác")
	same("a scope", findingTwo)
	edit(t, filepath.Join(o.Content, recordPath("tl-0002")), "\"Ảnh\"", "\"Ảnh khánh thành\"")
	same("a title that another fonds tells", findingOne, findingTwo)
	edit(t, filepath.Join(o.Content, "subjects/cau-sat.yaml"), "Cầu sắt", "Cầu thép")
	same("a subject", findingTwo)
	edit(t, filepath.Join(o.Content, "agents/ban-cau-mau.yaml"), "type: corporate", "type: family")
	same("the kind of an agent that both name", findingOne, findingTwo)
	edit(t, filepath.Join(o.Content, recordPath("tl-0002")), "access: {state: public}", "access: {state: withdrawn}\nwithdrawn: {date: \"2026-05-01\", reason: copyright, level: minimal}")
	same("withdrawn", findingOne, findingTwo)
	for path, finding := range findings(t, o) {
		if strings.Contains(finding, "tl-0002") || strings.Contains(finding, "khánh thành</unittitle>") || strings.Contains(finding, "cùng việc") {
			t.Errorf("%s still tells of it", path)
		}
		valid(t, path, finding)
	}
}

// While the content cannot be built, a withdrawal leaves nothing of the record in any
// description: what tells of it gives way to a notice, the others stay, and that of a fonds
// goes with it.
func TestWithdrawalCutsFindings(t *testing.T) {
	t.Parallel()
	o := offered(t)
	edit(t, filepath.Join(o.Content, "fonds/phong-hai/records/r03.yaml"), "clearance: qd-02", "related: [{id: tl-0002}]\nclearance: qd-02")
	edit(t, filepath.Join(o.Content, recordPath("hs-0002")), "\"Hai\"", "\"Hồ sơ thứ hai\"") // a title that can be looked for
	mustBuild(t, o)
	before := findings(t, o)
	put(t, filepath.Join(o.Content, "agents/hong.yaml"), []byte("id: [\n"))
	cut := func(id string) {
		t.Helper()
		rep, err := generator.Withdraw(context.Background(), generator.WithdrawOptions{Options: o, ID: id})
		if err != nil || rep.Cut == nil || len(rep.Remains) > 0 {
			t.Fatalf("%v: %+v", err, rep)
		}
	}
	cut("hs-0002")
	now := findings(t, o)
	if now[findingTwo] != before[findingTwo] || len(now) != 2 {
		t.Error("the description of the other fonds did not stay")
	}
	if got := placesIn(t, now[findingOne]); len(got) != 1 || got["phong-cau-mau"] == "" || strings.Contains(now[findingOne], "Phông") || !strings.Contains(now[findingOne], `lang="eng"`) {
		t.Errorf("%s", now[findingOne])
	}
	valid(t, findingOne, now[findingOne])
	cut("tl-0002")
	if now = findings(t, o); len(placesIn(t, now[findingTwo])) != 1 || strings.Contains(now[findingTwo], "tl-0002") {
		t.Errorf("what named the record stays: %s", now[findingTwo])
	}
	cut("phong-hai")
	if now = findings(t, o); len(now) != 1 || now[findingTwo] != "" {
		t.Errorf("the description of a fonds outlived it: %d", len(now))
	}
	if err := os.Remove(filepath.Join(o.Content, "agents/hong.yaml")); err != nil {
		t.Fatal(err)
	}
	mustBuild(t, o)
	if got := placesIn(t, findings(t, o)[findingOne]); len(got) != 3 {
		t.Errorf("the next build: %v", got)
	}
}

// A preview shows what a build would publish, one of drafts none; a folder whose ledger
// was lost is known by it.
func TestFindingsInPreviewsAndLostLedgers(t *testing.T) {
	t.Parallel()
	o := offered(t)
	mustBuild(t, o)
	for _, drafts := range []bool{false, true} {
		s, err := generator.OpenSession(generator.SessionOptions{Options: o, Drafts: drafts})
		if err != nil {
			t.Fatal(err)
		}
		refresh(t, s, 0)
		for path, finding := range findings(t, o) {
			if f, ok, err := s.File(path); ok == drafts || err != nil || ok && string(f.Data) != finding || f.Page {
				t.Errorf("drafts %v: %s: %v %v", drafts, path, ok, err)
			}
		}
		if f, _, err := s.File("phong-luu-tru/phong-cau-mau/index.html"); strings.Contains(string(f.Data), findingOne) == drafts || err != nil {
			t.Errorf("drafts %v: the page: %v", drafts, err)
		}
		s.Close()
	}
	for _, lost := range []string{filepath.Join(filepath.Dir(o.Out), ".vitrine"), filepath.Join(o.Out, manifestName)} {
		if err := os.RemoveAll(lost); err != nil {
			t.Fatal(err)
		}
	}
	edit(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), ", bulk-download", "")
	o.Adopt = true
	mustBuild(t, o)
	if left := findings(t, o); len(left) != 1 {
		t.Errorf("%d are left", len(left))
	}
}

// Manifests and collections lead to the description of their fonds, where their record
// stands in it.
func TestManifestsLeadToFindings(t *testing.T) {
	t.Parallel()
	o := harvested(t, "")
	lead := func(want ...string) {
		t.Helper()
		mustBuild(t, o)
		var got []string
		for path, data := range described(t, o) {
			var m struct {
				SeeAlso []struct {
					ID, Type, Format, Profile string
					Label                     map[string][]string
				}
			}
			nodeInto(t, data, &m)
			for _, s := range m.SeeAlso {
				if got = append(got, path); s.ID != baseURL+findingOne || s.Type != "Dataset" || s.Format != "application/xml" || s.Profile != "http://ead3.archivists.org/schema/" || len(s.Label) != 2 {
					t.Errorf("%s: %+v", path, s)
				}
			}
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%q lead to it", got)
		}
	}
	lead()
	edit(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), "harvesting]", "harvesting, bulk-download]")
	lead("iiif/hs-0001/collection.json", "iiif/phong-cau-mau/collection.json", "iiif/tl-0001/manifest.json", "iiif/tl-0002/manifest.json")
	second := strings.Replace(string(read(t, filepath.Join(o.Content, "clearances/qd-01.yaml"))), "qd-01", "qd-02", 1)
	put(t, filepath.Join(o.Content, "clearances/qd-02.yaml"), []byte(strings.Replace(second, ", bulk-download", "", 1)))
	edit(t, filepath.Join(o.Content, recordPath("tl-0001")), "qd-01", "qd-02")
	lead("iiif/hs-0001/collection.json", "iiif/phong-cau-mau/collection.json", "iiif/tl-0002/manifest.json")
}

// The schema of the standard accepts the descriptions of the sample archive.
func TestFindingsOfTheSampleAreValid(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(sample(t).Root, "data/*.ead3.xml"))
	if err != nil || len(names) < 3 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		data := string(read(t, name))
		if len(placesIn(t, data)) < 10 {
			t.Errorf("%s has %d records", name, len(placesIn(t, data)))
		}
		valid(t, filepath.Base(name), data)
	}
}

// ead3Schema is the schema of the standard, which lies beside the repository.
const ead3Schema = "../../shared/data/ead/schema-ead3/ead3.rng"

// valid holds a description against the schema that lies beside the repository, in a test of
// its own: that is skipped where the schema is not there, and nothing else is.
func valid(t *testing.T, name, finding string) {
	t.Helper()
	t.Run("schema of "+name, func(t *testing.T) {
		schema, err := filepath.Abs(ead3Schema)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(schema); err != nil {
			t.Skip("skipped: the schema of EAD3 is not in ../shared/data/ead beside the repository")
		}
		_, err = exec.LookPath("xmllint")
		lacking(t, err, "Debian has it in libxml2-utils")
		cmd := exec.Command("xmllint", "--noout", "--nonet", "--relaxng", schema, "-")
		cmd.Stdin = strings.NewReader(finding)
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, said)
		}
	})
}

func nodeInto(t *testing.T, data []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatal(err)
	}
}
