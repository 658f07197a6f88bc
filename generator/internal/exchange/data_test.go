package exchange

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const data = "../../../../shared/data/"

func needData(t *testing.T, name string) string {
	t.Helper()
	p := filepath.FromSlash(data + name)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("the real data is not here: %s", p)
	}
	return p
}

// A real CollectionBuilder collection: 24 people with 103 items, of which 30
// name a file that is not there.
func TestAmericansInEgypt(t *testing.T) {
	src := needData(t, "collections/americans-in-egypt")
	dir := archive(t, map[string]string{"site.yaml": "title: {en: \"Test\"}\nlanguages: [en, vi]\nrepository: kho\n"})
	rep, err := ImportCSV(context.Background(), Options{
		Content: dir, File: filepath.Join(src, "loring_metadata.csv"), FondsID: "f1", MediaDir: filepath.Join(src, "objects"),
		State: "public", Clearance: "kt-01", Title: "Americans in Egypt",
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, dump(rep))
	}
	missing := map[string]bool{}
	for _, d := range rep.Notes {
		if d.Code == "file-missing" {
			missing[d.Msg.En] = true
		}
	}
	if rep.Rows != 127 || rep.Taken != 127 || rep.Records != 127 || rep.Refused != 0 || rep.Missing != 30 || len(missing) != 30 || rep.Copied != 73 || rep.Objects != 73 || rep.Public != 127 || rep.Dates != 56 {
		t.Errorf("%d notes of missing files\n%s", len(missing), dump(rep))
	}
	units := readBack(t, dir, "f1")
	if len(units) != 128 {
		t.Errorf("%d units", len(units))
	}
	parent, child := units["w_loring"], units["w_loring_002"]
	if parent == nil || parent.Level.V != "file" || child == nil || child.Level.V != "item" || child.Parent.V != "w_loring" || child.Form.V == "" || len(child.Objects) != 1 {
		t.Errorf("parent %+v\nchild %+v", parent, child)
	}
	t.Log(strings.Join(rep.Lines("vi"), "\n"))
}

func TestTateArtists(t *testing.T) {
	src := needData(t, "metadata/tate/artist_data.csv")
	dir := archive(t, nil)
	rep, err := ImportCSV(context.Background(), Options{Content: dir, File: src, FondsID: "f1"})
	if err != nil {
		t.Fatalf("%v\n%s", err, dump(rep))
	}
	if rep.Rows != 3532 || rep.Taken != 3532 || rep.Public != 0 {
		t.Errorf("%s", strings.Join(rep.Lines("en"), "\n"))
	}
	units := readBack(t, dir, "f1")
	abbey := units["0"]
	if len(units) != 3533 || abbey == nil || abbey.Title.Langs[0].V != "Abbey, Edwin Austin" || abbey.Dates.Created.String() != "1852/1911" {
		t.Errorf("%d units, %+v", len(units), abbey)
	}
}
