package sitecheck

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// faulty are the faults that the examples have.
var faulty = map[string][]string{
	"canvas__standalone-canvas.json":                     {"@context does not end", "may not have context", "has the target"}, // a canvas taken out of its manifest by hand
	"manifest__annotations__paged-gh.json":               {"Manifest may not have logo"},
	"manifest__custom-displays__pdf-no-placeholder.json": {"Manifest may not have logo"},
	"manifest__interactive-2d__stereo-winterton.json":    {"Manifest may not have logo"},
	"manifest__interactive-2d__muybridge-plate.json":     {"@context does not end"},
}

// The checker has nothing to say against manifests that others publish as examples of
// the standard, but for faults that are there.
func TestPresentationTakesExamples(t *testing.T) {
	const dir = "../../../../shared/data/iiif/clover-manifests"
	names, _ := filepath.Glob(dir + "/*.json")
	if len(names) == 0 {
		t.Skip("the examples are not there: " + dir)
	}
	seen := 0
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(name, "content-state") {
			continue // annotations that lead into a manifest: another standard
		}
		seen++
		known := faulty[filepath.Base(name)]
		for _, f := range Presentation(data) {
			if !slices.ContainsFunc(known, func(k string) bool { return strings.Contains(f, k) }) {
				t.Errorf("%s: %s", filepath.Base(name), f)
			}
		}
	}
	t.Logf("%d examples", seen)
	if seen < 10 {
		t.Errorf("only %d examples", seen)
	}
}

const sound = `{"@context":"http://iiif.io/api/presentation/3/context.json","id":"https://x.org/m.json","type":"Manifest","label":{"vi":["Thư"]},
"navDate":"1945-09-02T00:00:00Z","rights":"http://rightsstatements.org/vocab/NoC-OKLR/1.0/",
"items":[{"id":"https://x.org/c/1","type":"Canvas","height":400,"width":300,"items":[{"id":"https://x.org/c/1/p","type":"AnnotationPage","items":[
{"id":"https://x.org/c/1/a","type":"Annotation","motivation":"painting","body":{"id":"https://x.org/1.jpg","type":"Image"},"target":"https://x.org/c/1"}]}],
"annotations":[{"id":"https://x.org/c/1/t","type":"AnnotationPage","items":[
{"id":"https://x.org/c/1/t/1","type":"Annotation","motivation":"supplementing","body":{"type":"TextualBody","value":"a"},"target":"https://x.org/c/1#xywh=0,0,300,20"}]}]}],
"structures":[{"id":"https://x.org/r/1","type":"Range","label":{"vi":["Phần"]},"items":[{"id":"https://x.org/c/1","type":"Canvas"}]}]}`

func TestPresentationFindsFaults(t *testing.T) {
	if got := Presentation([]byte(sound)); len(got) > 0 {
		t.Fatalf("nothing is wrong here: %q", got)
	}
	for _, c := range []struct{ old, new, want string }{
		{`"label":{"vi":["Thư"]},`, ``, "has no label"},
		{`"label":{"vi":["Thư"]},`, `"label":"Thư",`, "no text by language"},
		{`{"vi":["Thư"]}`, `{"vi":"Thư"}`, "no list of texts"},
		{`1945-09-02T00:00:00Z`, `1945-09-02`, "no date with time"},
		{`rightsstatements.org/vocab`, `example.org/vocab`, "no licence"},
		{`"height":400,`, ``, "size"},
		{`"motivation":"painting"`, `"motivation":"supplementing"`, "motivation"},
		{`#xywh=0,0,300,20`, `#xywh=0,0,301,20`, "not on the canvas"},
		{`"target":"https://x.org/c/1"}`, `"target":"https://x.org/c/2"}`, "target"},
		{`"items":[{"id":"https://x.org/c/1","type":"Canvas"}]}]`, `"items":[{"id":"https://x.org/c/9","type":"Canvas"}]}]`, "does not have"},
		{`"navDate"`, `"sequences":[],"navDate"`, "may not have sequences"},
		{`"type":"Manifest"`, `"type":"sc:Manifest"`, "belongs"},
		{`"https://x.org/m.json"`, `"m.json"`, "no address"},
		{`/presentation/3/`, `/presentation/2/`, "@context"},
	} {
		broken := strings.Replace(sound, c.old, c.new, 1)
		if broken == sound {
			t.Fatalf("%s is not there", c.old)
		}
		if got := strings.Join(Presentation([]byte(broken)), "\n"); !strings.Contains(got, c.want) {
			t.Errorf("%s for %s: found %q", c.new, c.old, got)
		}
	}
}
