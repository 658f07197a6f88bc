package generator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/internal/sitecheck"
)

// harvested is an archive with large pictures that others may gather, on a site with an
// address.
func harvested(t *testing.T, more string) generator.Options {
	t.Helper()
	o := tiledSite(t, oneMegapixel+withAddress+more)
	edit(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), "[web-exhibition, offline]", "[web-exhibition, offline, harvesting]")
	return o
}

// described are the descriptions of a site for others, by path.
func described(t *testing.T, o generator.Options) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	if _, err := os.Stat(filepath.Join(o.Out, "iiif")); err != nil {
		return out
	}
	for _, name := range below(t, o, "iiif") {
		if base := filepath.Base(name); base == "manifest.json" || strings.HasPrefix(base, "collection.") {
			out["iiif/"+name] = read(t, filepath.Join(o.Out, "iiif", name))
		}
	}
	return out
}

// node is a part of a description as a client reads it.
type node struct {
	ID, Type, Rights, NavDate, Motivation, Value, Target, Format         string
	Label, Summary                                                       map[string][]string
	Metadata                                                             []struct{ Label, Value map[string][]string }
	RequiredStatement                                                    struct{ Value map[string][]string }
	Width, Height                                                        int
	Duration                                                             float64
	Items, Annotations, Structures, PartOf, Homepage, Thumbnail, Service []node
	Provider, SeeAlso                                                    []node
	Body                                                                 *node
	Language                                                             any // a text in bodies, a list elsewhere
}

func nodeOf(t *testing.T, data []byte) (n node) {
	t.Helper()
	if err := json.Unmarshal(data, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// fileOf is the file of the site at an address.
func (n node) fileAt(t *testing.T, o generator.Options) string {
	t.Helper()
	rel, ok := strings.CutPrefix(n.ID, baseURL)
	if !ok {
		t.Errorf("%s is not on the site", n.ID)
	}
	if rel == "" || strings.HasSuffix(rel, "/") {
		rel += "index.html"
	}
	return filepath.Join(o.Out, filepath.FromSlash(rel))
}

// Every description is valid, says what the page says, names only what is there, and is
// reached from the collection of the site.
func TestManifests(t *testing.T) {
	t.Parallel()
	o := harvested(t, "")
	edit(t, filepath.Join(o.Content, recordPath("tl-0001")), "events:", "scope: {vi: \"Giao việc xây cầu.\", en: \"Orders the bridge to be *built*.\"}\nevents:")
	rep := mustBuild(t, o)
	all := described(t, o)
	if len(all) != 5 || rep.Described != 5 { // two items, their file, the fonds, the site
		t.Fatalf("%d described, %d told of", len(all), rep.Described)
	}
	reached := map[string]bool{}
	var walk func(n node)
	walk = func(n node) {
		file := n.fileAt(t, o)
		reached[file] = true
		for _, child := range nodeOf(t, read(t, file)).Items {
			if child.Type == "Manifest" || child.Type == "Collection" {
				walk(child)
			}
		}
	}
	walk(node{ID: baseURL + "iiif/collection.json"})
	for path, data := range all {
		for _, fault := range sitecheck.Presentation(data) {
			t.Errorf("%s: %s", path, fault)
		}
		n := nodeOf(t, data)
		if n.ID != baseURL+path || !reached[n.fileAt(t, o)] {
			t.Errorf("%s calls itself %s; reached: %v", path, n.ID, reached[n.fileAt(t, o)])
		}
		there(t, o, n)
	}
	m := nodeOf(t, all["iiif/tl-0001/manifest.json"])
	if m.Label["vi"][0] != "Quyết định" || m.Label["en"] != nil || m.NavDate != "1958-03-14T00:00:00Z" || m.Rights != "http://rightsstatements.org/vocab/CNE/1.0/" || m.RequiredStatement.Value["vi"][0] != "Kho mẫu" {
		t.Errorf("%+v", m)
	}
	if len(m.Items) != 2 || m.Items[0].Width != 1337 || m.Items[0].Height != 905 || m.Items[0].Summary["vi"][0] != "một" || len(m.Homepage) != 2 || m.PartOf[0].ID != baseURL+"iiif/hs-0001/collection.json" {
		t.Errorf("%+v", m)
	}
	if m.Summary["vi"][0] != "Giao việc xây cầu." || m.Summary["en"][0] != "Orders the bridge to be built." {
		t.Errorf("summary %q", m.Summary)
	}
	if len(m.Provider) != 1 || m.Provider[0].Type != "Agent" || m.Provider[0].ID == "" || m.Provider[0].Label["vi"][0] != "Kho thử" || len(m.Provider[0].Homepage) != 2 {
		t.Errorf("provider %+v", m.Provider)
	}
	if len(m.Thumbnail) != 1 || m.Thumbnail[0].Type != "Image" || m.Thumbnail[0].Width != 320 || m.Thumbnail[0].Height != 217 {
		t.Errorf("thumbnail %+v", m.Thumbnail)
	} else if c, _, err := image.DecodeConfig(bytes.NewReader(read(t, m.Thumbnail[0].fileAt(t, o)))); err != nil || c.Width != 320 || c.Height != 217 {
		t.Errorf("thumbnail of %v: %v", c, err)
	}
	rows := map[string]string{}
	for _, f := range m.Metadata {
		rows[f.Label["vi"][0]+" / "+f.Label["en"][0]] = strings.Join(append(f.Value["vi"], f.Value["en"]...), "; ")
	}
	for label, want := range map[string]string{"Ký hiệu tra cứu / Reference code": "0001", "Thời gian tài liệu / Dates": "14\u00a0March 1958"} {
		if got := rows[label]; !strings.Contains(got, want) {
			t.Errorf("%s: %q in %q", label, got, rows)
		}
	}
	page := string(read(t, filepath.Join(o.Out, "en/fonds/phong-cau-mau/tl-0001.html")))
	if strings.Count(page, `href="../../../iiif/tl-0001/manifest.json"`) != 2 {
		t.Error("the page does not lead to the description")
	}
	if v, err := verify(o.Out, ""); err != nil {
		t.Errorf("%v: %v", err, v)
	}
	if maps := string(read(t, filepath.Join(o.Out, "sitemap.xml"))); strings.Contains(maps, ".json") {
		t.Error("the sitemap names what is no page")
	}
}

// there checks that what a description names is there: pages, pictures in their size, tiles.
func there(t *testing.T, o generator.Options, n node) {
	t.Helper()
	for _, list := range [][]node{n.Homepage, n.Thumbnail, n.PartOf, n.SeeAlso} {
		for _, x := range list {
			read(t, x.fileAt(t, o))
		}
	}
	for _, canvas := range n.Items {
		if canvas.Type != "Canvas" {
			there(t, o, canvas)
			continue
		}
		img := canvas.Items[0].Items[0].Body
		if read(t, img.fileAt(t, o)); img.Width != canvas.Width || img.Height != canvas.Height || img.Format != "image/jpeg" {
			t.Errorf("%+v on %+v", img, canvas)
		}
		for _, s := range img.Service {
			info := nodeOf(t, read(t, filepath.Join(s.fileAt(t, o), "info.json")))
			if info.ID != s.ID || info.Width != canvas.Width || info.Height != canvas.Height {
				t.Errorf("%+v serves %+v", info, canvas)
			}
		}
	}
}

// To be described for others needs the purpose “harvesting”, of each record by itself,
// and an address of the site; a record without pictures that may be shown has no manifest.
func TestManifestsNeedTheirPurpose(t *testing.T) {
	t.Parallel()
	o := harvested(t, "")
	second := strings.Replace(string(read(t, filepath.Join(o.Content, "clearances/qd-01.yaml"))), "qd-01", "qd-02", 1)
	put(t, filepath.Join(o.Content, "clearances/qd-02.yaml"), []byte(strings.Replace(second, ", harvesting", "", 1)))
	has := func(what string, want ...string) {
		t.Helper()
		mustBuild(t, o)
		var got []string
		for path := range described(t, o) {
			got = append(got, strings.TrimPrefix(path, "iiif/"))
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q", what, got)
		}
		for _, id := range []string{"tl-0001", "tl-0002"} {
			page := string(read(t, filepath.Join(o.Out, "phong-luu-tru/phong-cau-mau", id+".html")))
			if strings.Contains(page, "manifest.json") != slices.Contains(want, id+"/manifest.json") {
				t.Errorf("%s: %s leads to a description that is not there, or does not", what, id)
			}
		}
	}
	item, file := filepath.Join(o.Content, recordPath("tl-0001")), filepath.Join(o.Content, recordPath("hs-0001"))
	edit(t, item, "qd-01", "qd-02")
	has("an item that may not be gathered", "collection.json", "hs-0001/collection.json", "phong-cau-mau/collection.json", "tl-0002/manifest.json")
	edit(t, file, "qd-01", "qd-02")
	has("nor its file", "collection.json", "phong-cau-mau/collection.json", "tl-0002/manifest.json")
	if data := described(t, o)["iiif/phong-cau-mau/collection.json"]; !strings.Contains(string(data), "iiif/tl-0002/manifest.json") || strings.Contains(string(data), "hs-0001") {
		t.Errorf("%s", data)
	}
	edit(t, item, "qd-02", "qd-01")
	edit(t, file, "qd-02", "qd-01")
	edit(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), "images, ", "")
	has("no pictures")
	edit(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), "[metadata, ", "[metadata, images, ")
	edit(t, filepath.Join(o.Content, "site.yaml"), withAddress, "")
	has("no address")
	if rep := mustBuild(t, o); !rep.NoAddress || !slices.ContainsFunc(rep.Lines("vi"), func(s string) bool { return strings.Contains(s, "chưa có base_url") }) {
		t.Errorf("%q", rep.Lines("vi"))
	}
}

// Nothing larger than the clearance allows is named, and the lines of a page lie on the
// picture that is published.
func TestManifestsKeepToTheClearance(t *testing.T) {
	t.Parallel()
	o := harvested(t, "")
	edit(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), "max_px: full", "max_px: 200")
	edit(t, filepath.Join(o.Content, recordPath("tl-0001")), "alt: một}", "alt: một, transcript: {file: a-001.xml, lang: fr}, translation: {text: \"Kính *gửi*\"}}")
	put(t, filepath.Join(o.Content, wordsOfPage), []byte(altoOf(13370, 9050, lineOf(1337, 905, 6685, 905, "Monsieur", "&lt;préfet&gt;"))))
	mustBuild(t, o)
	data := described(t, o)["iiif/tl-0001/manifest.json"]
	for _, fault := range sitecheck.Presentation(data) {
		t.Error(fault)
	}
	m := nodeOf(t, data)
	there(t, o, m)
	canvas := m.Items[0]
	if canvas.Width != 200 || canvas.Height != 135 || len(canvas.Annotations) != 2 {
		t.Fatalf("%+v", canvas)
	}
	line, whole := canvas.Annotations[0].Items[0], canvas.Annotations[1].Items[0]
	if line.Body.Value != "Monsieur <préfet>" || line.Body.Language != "fr" || !strings.HasPrefix(line.Target, canvas.ID+"#xywh=20,1") {
		t.Errorf("%+v %+v", line, line.Body)
	}
	if whole.Body.Value != "Kính gửi" || whole.Target != canvas.ID || whole.Body.Format != "text/plain" {
		t.Errorf("%+v %+v", whole, whole.Body)
	}
	edit(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), "images, transcript]", "images]")
	mustBuild(t, o)
	if data := string(described(t, o)["iiif/tl-0001/manifest.json"]); strings.Contains(data, "Monsieur") || strings.Contains(data, "supplementing") {
		t.Error("a transcript that is not cleared is described")
	}
}

// A record that changes or goes takes its description along, and the collections that list
// it; what was kept is what a clean build makes.
func TestManifestsFollowTheirRecords(t *testing.T) {
	t.Parallel()
	o := harvested(t, "")
	mustBuild(t, o)
	same := func(what string) {
		t.Helper()
		mustBuild(t, o)
		clean := o
		clean.Out = filepath.Join(filepath.Dir(o.Out), "clean")
		mustBuild(t, clean)
		sameTree(t, what, treeOf(t, o.Out), treeOf(t, clean.Out))
	}
	edit(t, filepath.Join(o.Content, recordPath("tl-0002")), "\"Ảnh\"", "\"Ảnh khánh thành\"")
	same("another title")
	for _, path := range []string{"iiif/tl-0002/manifest.json", "iiif/hs-0001/collection.json"} {
		if !strings.Contains(string(described(t, o)[path]), "khánh thành") {
			t.Errorf("%s has the old title", path)
		}
	}
	edit(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), ", harvesting", "")
	same("may not be gathered any more")
	edit(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), "[web-exhibition", "[web-exhibition, harvesting")
	edit(t, filepath.Join(o.Content, recordPath("tl-0002")), "access: {state: public}", "access: {state: withdrawn}\nwithdrawn: {date: \"2026-05-01\", reason: copyright, level: minimal}")
	same("withdrawn")
	for path, data := range described(t, o) {
		if strings.Contains(path+string(data), "tl-0002") {
			t.Errorf("%s still describes it", path)
		}
	}
}

// While the content cannot be built, a withdrawal takes the description of the record and
// its entry in collections out of the site that is published.
func TestWithdrawalCutsDescriptions(t *testing.T) {
	t.Parallel()
	o := harvested(t, "")
	mustBuild(t, o)
	put(t, filepath.Join(o.Content, "agents/hong.yaml"), []byte("id: [\n"))
	rep, err := generator.Withdraw(context.Background(), generator.WithdrawOptions{Options: o, ID: "tl-0002"})
	if err != nil || rep.Cut == nil {
		t.Fatalf("%v: %+v", err, rep)
	}
	all := described(t, o)
	for path, data := range all {
		for _, fault := range sitecheck.Presentation(data) {
			t.Errorf("%s: %s", path, fault)
		}
		if strings.Contains(path+string(data), "tl-0002") {
			t.Errorf("%s still describes it", path)
		}
	}
	if len(all) != 4 || !strings.Contains(string(all["iiif/hs-0001/collection.json"]), "tl-0001") {
		t.Errorf("%d are left", len(all))
	}
	page := string(read(t, filepath.Join(o.Out, "phong-luu-tru/phong-cau-mau/tl-0002.html")))
	if strings.Contains(page, "manifest.json") {
		t.Error("the notice leads to the description")
	}
}

// A preview shows the descriptions that a build would publish, and one of drafts none. So
// does an output folder whose ledger was lost: they are known as its own.
func TestManifestsInPreviewsAndLostLedgers(t *testing.T) {
	t.Parallel()
	o := harvested(t, "")
	mustBuild(t, o)
	for _, drafts := range []bool{false, true} {
		s, err := generator.OpenSession(generator.SessionOptions{Options: o, Drafts: drafts})
		if err != nil {
			t.Fatal(err)
		}
		refresh(t, s, 0)
		for path, data := range described(t, o) {
			f, ok, err := s.File(path)
			if ok == drafts || err != nil || ok && string(f.Data) != string(data) || f.Page {
				t.Errorf("drafts %v: %s: %v %v", drafts, path, ok, err)
			}
		}
		f, _, err := s.File("phong-luu-tru/phong-cau-mau/tl-0001.html")
		if strings.Contains(string(f.Data), "manifest.json") == drafts || err != nil {
			t.Errorf("drafts %v: the page: %v", drafts, err)
		}
		s.Close()
	}
	for _, lost := range []string{filepath.Join(filepath.Dir(o.Out), ".vitrine"), filepath.Join(o.Out, manifestName)} {
		if err := os.RemoveAll(lost); err != nil {
			t.Fatal(err)
		}
	}
	edit(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), ", harvesting", "")
	o.Adopt = true
	mustBuild(t, o)
	if left := described(t, o); len(left) > 0 {
		t.Errorf("%d are left behind", len(left))
	}
}
