package generator_test

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/generator"
)

const aids = "../../shared/data/ead"

// explained says of what finding aids say of access that it closes nothing; who imports one knows that.
const explained = "columns:\n"

// Every finding aid at hand, of six houses, becomes a fonds with as many records as it has components,
// is built, and written as EAD3; what is written becomes the same fonds again.
func TestFindingAidsComeAndGo(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(aids, "*", "*.xml"))
	if _, missing := os.Stat(aids); errors.Is(missing, fs.ErrNotExist) {
		t.Skip("the real finding aids are not here: ", aids)
	}
	if err != nil || len(files) != 27 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			first, n := comeAndGo(t, file)
			if want := componentsIn(t, file); n != want {
				t.Errorf("%d records of %d components", n, want)
			}
			again := filepath.Join(t.TempDir(), "aid.xml")
			writeIn(t, filepath.Dir(again), "aid.xml", first)
			if want := componentsIn(t, again); n != want {
				t.Errorf("%d records are %d components again", n, want)
			}
			second, _ := comeAndGo(t, again)
			if diff := cmp.Diff(strings.Split(first, "\n"), strings.Split(second, "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// comeAndGo imports a finding aid into an archive of its own, builds that and returns what the site
// has of it in EAD3, and how many records there are.
func comeAndGo(t *testing.T, file string) (finding string, records int) {
	t.Helper()
	dir := inMemory(t)
	o := generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), AsOf: asOf}
	cleared(t, o.Content, "p1", "en")
	writeIn(t, o.Content, "site.yaml", "title: \"Test\"\nlanguages: [en]\nrepository: kho\n"+withAddress)
	clearance := filepath.Join(o.Content, "clearances", "kt.yaml")
	writeIn(t, o.Content, "clearances/kt.yaml", strings.Replace(string(read(t, clearance)), "[web-exhibition]", inBulkToo, 1))
	plan := filepath.Join(dir, "map.yaml")
	im := generator.ImportOptions{Content: o.Content, File: file, Fonds: "p1"}
	rep, err := generator.ImportEAD(context.Background(), im)
	if err != nil {
		t.Fatal(err, rep.Notes)
	}
	// And now for readers: the map says that no element closes what it describes.
	var b strings.Builder
	for _, c := range rep.Columns {
		if c.Field != "id" && c.Field != "parent" && c.Field != "level" {
			b.WriteString("  " + quoteYAML(c.Header) + ": " + strings.Replace(c.Field, "access.state", "extra", 1) + "\n")
		}
	}
	if err := os.RemoveAll(filepath.Join(o.Content, "fonds")); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 0 {
		writeIn(t, dir, "map.yaml", explained+b.String())
		im.Map = plan
	}
	im.State, im.Clear = "public", "kt"
	rep, err = generator.ImportEAD(context.Background(), im)
	if err != nil || rep.Refused > 0 {
		t.Fatal(err, rep.Notes)
	}
	if built, err := generator.Build(context.Background(), o); err != nil {
		t.Fatal(err, built)
	}
	return string(read(t, filepath.Join(o.Out, "data/p1.ead3.xml"))), rep.Records
}

func quoteYAML(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }

var aComponent = regexp.MustCompile(`^c(0[1-9]|1[0-2])?$`)

func componentsIn(t *testing.T, file string) (n int) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d := xml.NewDecoder(f)
	d.Entity = xml.HTMLEntity
	for {
		token, err := d.Token()
		if err == io.EOF {
			return n
		}
		if err != nil {
			t.Fatal(err)
		}
		if s, ok := token.(xml.StartElement); ok && aComponent.MatchString(s.Name.Local) {
			n++
		}
	}
}
