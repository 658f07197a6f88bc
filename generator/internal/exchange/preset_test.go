package exchange

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/generator/internal/record"
)

// fromSystem imports a sheet of testdata/from as one of a system.
func fromSystem(t *testing.T, system, media string) (map[string]*record.Unit, *Report) {
	t.Helper()
	dir := archive(t, map[string]string{"site.yaml": "title: {en: \"Test\"}\nlanguages: [en, vi]\nrepository: kho\n"})
	rep, err := ImportCSV(context.Background(), Options{Content: dir, File: filepath.Join("testdata", "from", system+".csv"), FondsID: "f1", From: system, MediaDir: media, State: "public", Clearance: "kt-01"})
	if err != nil {
		t.Fatal(err, dump(rep))
	}
	return readBack(t, dir, "f1"), rep
}

// outline is what a record is and where it hangs.
func outline(u *record.Unit) string {
	title := ""
	if len(u.Title.Langs) > 0 {
		title = u.Title.Langs[0].V
	}
	return strings.TrimSpace(u.Level.V + " < " + u.Parent.V + ": " + title + " " + u.Dates.Created.String())
}

func outlines(units map[string]*record.Unit) map[string]string {
	out := map[string]string{}
	for id, u := range units {
		out[id] = outline(u)
	}
	return out
}

func namesOf(refs []record.Ref) (out []string) {
	for _, r := range refs {
		out = append(out, r.Name.Langs[0].V)
	}
	return out
}

func extraOf(u *record.Unit, key string) string {
	for _, x := range u.Extra {
		if x.Key == key {
			return x.V
		}
	}
	return ""
}

func TestFromCollectionBuilder(t *testing.T) {
	units, rep := fromSystem(t, "collectionbuilder", scanned(t, "cb_1.jpg", "cb_2.jpg"))
	if d := cmp.Diff(map[string]string{"f1": "fonds < : f1 1910/1946", "cb_0": "file < f1: The album 1910", "cb_1": "item < cb_0: A square 1910~", "cb_2": "item < f1: A letter 1946"}, outlines(units)); d != "" {
		t.Error(d, dump(rep))
	}
	u := units["cb_1"]
	if len(u.Objects) != 1 || len(units["cb_2"].Objects) != 1 || u.Objects[0].Alt.Langs[0].V != "People in a square" || u.Rights.URI.V != "http://rightsstatements.org/vocab/NoC-US/1.0/" || extraOf(u, "latitude") != "21.03" {
		t.Errorf("%+v\n%s", u, dump(rep))
	}
	if d := cmp.Diff([]string{"squares", "people"}, namesOf(u.Subjects)); d != "" {
		t.Error(d)
	}
}

func TestFromWax(t *testing.T) {
	units, rep := fromSystem(t, "wax", scanned(t, "w1.jpg", "w2/1.jpg", "w2/10.jpg", "w2/2.jpg"))
	if d := cmp.Diff(map[string]string{"f1": "fonds < : f1 1890/1901", "w1": "item < f1: One 1890", "w2": "item < f1: Two 1901", "w3": "item < f1: Three"}, outlines(units)); d != "" {
		t.Error(d, dump(rep))
	}
	var files []string
	for _, o := range units["w2"].Objects {
		files = append(files, o.File.V)
	}
	if d := cmp.Diff([]string{"w2/1.jpg", "w2/2.jpg", "w2/10.jpg"}, files); d != "" {
		t.Error(d)
	}
	if len(units["w1"].Objects) != 1 || len(units["w3"].Objects) != 0 {
		t.Error(dump(rep))
	}
}

func TestFromOmekaS(t *testing.T) {
	units, rep := fromSystem(t, "omeka-s", scanned(t, "abc123.jpg", "def456.jpg"))
	if d := cmp.Diff(map[string]string{"f1": "fonds < : f1 1950", "f1-12": "item < f1: A map 1950", "f1-13": "item < f1: A draft"}, outlines(units)); d != "" {
		t.Error(d, dump(rep))
	}
	u := units["f1-12"]
	if len(u.Objects) != 2 || len(u.Creators) != 3 || u.Creators[2].Role.V != "publisher" || u.Access.State.V != "public" || units["f1-13"].Access.State.V != "unreviewed" || extraOf(u, "o:item_set") != "Maps" || extraOf(u, "o:media") != "101 | 102" {
		t.Errorf("%+v\n%s", u, dump(rep))
	}
	if title, _ := u.Title.In("vi"); title != "Một bản đồ" {
		t.Error(title)
	}
}

func TestFromArchivesSpace(t *testing.T) {
	units, rep := fromSystem(t, "archivesspace", "")
	want := map[string]string{"f1": "fonds < : f1 1930/1945", "f1-0001": "series < f1: Letters 1930/1945", "f1-0002": "file < f1-0001: Received", "f1-ref9": "item < f1-0002: A letter 1931-02-03", "f1-0003": "item < f1: A map"}
	if d := cmp.Diff(want, outlines(units)); d != "" {
		t.Error(d, dump(rep))
	}
	u := units["f1-ref9"]
	if len(u.Creators) != 2 || len(u.Subjects) != 1 || u.Extent.Text.Langs[0].V != "2 sheets" || extraOf(u, "indicator_1") != "7" || units["f1-0003"].Access.State.V != "restricted" {
		t.Errorf("%+v\n%s", u, dump(rep))
	}
}

func TestFromAtoM(t *testing.T) {
	units, rep := fromSystem(t, "atom", "")
	want := map[string]string{"f1": "fonds < : The office fonds 1930-01-01/1945", "f1-2": "series < f1: Minutes 1930/1931", "f1-3": "item < f1-2: First meeting 1930-02-03", "f1-4": "item < f1-2: Second meeting 1931"}
	if d := cmp.Diff(want, outlines(units)); d != "" {
		t.Error(d, dump(rep))
	}
	u := units["f1-3"]
	if len(u.Creators) != 1 || !slices.Equal(namesOf(u.Subjects), []string{"meetings", "votes"}) || units["f1-4"].Access.State.V != "unreviewed" || len(u.FormerIDs) != 0 || extraOf(u, "legacyId") != "3" || extraOf(u, "physicalObjectName") != "Box 1" {
		t.Errorf("%+v\n%s", u, dump(rep))
	}
	if units["f1"].Reference.FondsNo.V != "f1" || units["f1"].Scope.IsZero() {
		t.Errorf("%+v", units["f1"])
	}
}

func TestFromUnknown(t *testing.T) {
	dir := archive(t, nil)
	var ue *UsageError
	_, err := ImportCSV(context.Background(), Options{Content: dir, File: "testdata/from/wax.csv", FondsID: "f1", From: "dspace"})
	if !errors.As(err, &ue) || !strings.Contains(ue.Hint.En, "archivesspace, atom, collectionbuilder, omeka-s, wax") {
		t.Error(err)
	}
	rep, err := ImportCSV(context.Background(), Options{Content: dir, File: "testdata/from/wax.csv", FondsID: "f1", From: "atom"})
	if !errors.Is(err, ErrRefused) || !strings.Contains(dump(rep), `the sheet has no column "legacyid"`) {
		t.Error(err, dump(rep))
	}
}

// What a preset says of a column explains nothing: a row that speaks of restriction is not opened.
func TestFromOpensNothing(t *testing.T) {
	dir, file := archive(t, nil), filepath.Join(t.TempDir(), "s.csv")
	writeFile(t, file, "legacyId,parentId,title,levelOfDescription,accessConditions,generalNote\n1,,A,Item,Open,\n2,,B,Item,Closed for 30 years,\n3,,C,Item,,đóng đến 2045\n4,,D,Item,Restricted,\n")
	rep, err := ImportCSV(context.Background(), Options{Content: dir, File: file, FondsID: "f1", From: "atom", State: "public", Clearance: "kt-01"})
	units := readBack(t, dir, "f1")
	if err != nil || units["f1-1"] == nil || units["f1-2"] != nil || units["f1-3"] != nil || units["f1-4"].Access.State.V != "restricted" {
		t.Error(err, dump(rep))
	}
}

// What a system shows to staff alone is kept under extra, and what it does not publish is not opened.
func TestFromKeepsWhatIsInternal(t *testing.T) {
	dir, file := archive(t, nil), filepath.Join(t.TempDir(), "s.csv")
	writeFile(t, file, "ref_id,hierarchy,title,level,publish,n_scopecontent,p_scopecontent,e_accessrestrict\na,1,A,item,1,SHOWN,1,\nb,1,B,item,1,HIDDEN,0,\nc,1,C,item,,UNSAID,,\nd,1,D,item,1,,,2050-01-01\n")
	rep, err := ImportCSV(context.Background(), Options{Content: dir, File: file, FondsID: "f1", From: "archivesspace", State: "public", Clearance: "kt-01"})
	units := readBack(t, dir, "f1")
	if err != nil || units["f1-a"].Scope.IsZero() || !units["f1-b"].Scope.IsZero() || extraOf(units["f1-b"], "n_scopecontent (2)") != "HIDDEN" || units["f1-c"].Access.State.V != "unreviewed" || units["f1-d"] != nil {
		t.Error(err, dump(rep))
	}
	writeFile(t, file, "o:id,o:is_public,dcterms:title,dcterms:description §private\n1,1,A,HIDDEN\n")
	rep, err = ImportCSV(context.Background(), Options{Content: dir, File: file, FondsID: "f2", From: "omeka-s"})
	if u := readBack(t, dir, "f2")["f2-1"]; err != nil || u == nil || !u.Scope.IsZero() || extraOf(u, "dcterms:description §private") != "HIDDEN" {
		t.Error(err, dump(rep))
	}
}

// The collections at hand come with their system as they come by their headings, and the list of the Tate with a map.
func TestFromRealCollections(t *testing.T) {
	src := needData(t, "collections/americans-in-egypt")
	dir := archive(t, map[string]string{"site.yaml": "title: {en: \"Test\"}\nlanguages: [en, vi]\nrepository: kho\n"})
	rep, err := ImportCSV(context.Background(), Options{Content: dir, File: filepath.Join(src, "loring_metadata.csv"), FondsID: "f1", From: "collectionbuilder", MediaDir: filepath.Join(src, "objects"), State: "public", Clearance: "kt-01"})
	if err != nil || rep.Taken != 127 || rep.Copied != 73 || rep.Missing != 30 || rep.Dates != 56 {
		t.Error(err, strings.Join(rep.Lines("en"), "\n"))
	}
	src = needData(t, "collections/collectionbuilder-demo")
	rep, err = ImportCSV(context.Background(), Options{Content: dir, File: filepath.Join(src, "demo-compoundobjects-metadata.csv"), FondsID: "f2", From: "collectionbuilder", MediaDir: src})
	if err != nil || rep.Refused != 0 || rep.Copied != 2 {
		t.Error(err, dump(rep))
	}
	for _, name := range []string{"cities", "psychiana", "watkins"} {
		file := uidahoSheet(t, needData(t, "metadata/uidaho/"+name+".json"))
		rep, err := ImportCSV(context.Background(), Options{Content: dir, File: file, FondsID: "u-" + name, From: "collectionbuilder"})
		if err != nil || rep.Refused > 0 {
			t.Errorf("%s: %v\n%s", name, err, strings.Join(rep.Lines("en"), "\n"))
		}
	}
}

// uidahoSheet is the metadata of a collection as the sheet that it was made from.
func uidahoSheet(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Objects []map[string]any `json:"objects"`
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	var heads []string
	for _, o := range doc.Objects {
		for k := range o {
			if !seen[k] {
				seen[k] = true
				heads = append(heads, k)
			}
		}
	}
	slices.Sort(heads)
	out := filepath.Join(t.TempDir(), "sheet.csv")
	f, err := os.Create(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := csv.NewWriter(f)
	_ = w.Write(heads)
	for _, o := range doc.Objects {
		var cells []string
		for _, h := range heads {
			s, _ := o[h].(string)
			cells = append(cells, s)
		}
		_ = w.Write(cells)
	}
	w.Flush()
	return out
}

// The first thousand works of the Tate as a collection of Wax has them.
func TestFromTate(t *testing.T) {
	in, err := os.Open(needData(t, "metadata/tate/tate-artworks.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	z, err := gzip.NewReader(in)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(io.LimitReader(z, 1<<20))
	file := filepath.Join(t.TempDir(), "works.csv")
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	w := csv.NewWriter(out)
	for n := range 1001 {
		cells, err := r.Read()
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			cells[0], cells[5], cells[9] = "pid", "label", "_date"
		}
		_ = w.Write(cells)
	}
	w.Flush()
	dir := archive(t, nil)
	rep, err := ImportCSV(context.Background(), Options{Content: dir, File: file, FondsID: "f1", From: "wax"})
	if err != nil || rep.Taken != 1000 || rep.Dates < 400 {
		t.Error(err, strings.Join(rep.Lines("en"), "\n"))
	}
}
