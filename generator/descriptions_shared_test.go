package generator_test

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/internal/sitecheck"
)

// soundedSite is a site with large pictures, a sound and a film, which others may gather.
func soundedSite(t *testing.T) generator.Options {
	t.Helper()
	o := harvested(t, "")
	edit(t, filepath.Join(o.Content, "clearances/qd-01.yaml"), "transcript]", "transcript, audio, video]")
	for id, object := range map[string]string{
		"tl-0003": "{kind: audio, seq: 1, file: mau-0129-001.mp3, captions: mau-0129-001.vtt, chapters: mau-0129-001-phan.vtt}",
		"tl-0004": "{kind: video, seq: 1, file: mau-0130-001.mp4, captions: mau-0130-001.vtt, chapters: mau-0130-001-phan.vtt, poster: mau-0130-001-hinh.jpg}",
	} {
		head, _, _ := strings.Cut(guideArchive()[recordPath("tl-0001")], "objects:")
		put(t, filepath.Join(o.Content, recordPath(id)), []byte(strings.ReplaceAll(head, "tl-0001", id)+"objects: ["+object+"]\n"))
	}
	files, err := filepath.Glob(filepath.Join(contentDir(), "fonds/mau-02/media/mau-01[23]*"))
	if err != nil || len(files) < 8 {
		t.Fatal(err, files)
	}
	for _, file := range files {
		put(t, filepath.Join(o.Content, "fonds/phong-cau-mau/media", filepath.Base(file)), read(t, file))
	}
	return o
}

// shared is a folder of real data; the test is skipped where there is none.
func shared(t *testing.T, name string) string {
	t.Helper()
	if _, err := os.Stat("../../shared/data"); err != nil {
		t.Skip("skipped: ../shared/data is not beside the repository")
	}
	return filepath.Join("../../shared/data", name)
}

func decoded(t *testing.T, data []byte) (v map[string]any) {
	t.Helper()
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// Descriptions of pictures, sound and film are like the examples of the standard: written with its terms and no others,
// with every member that all examples of a kind have, and read by the same parser.
func TestDescriptionsAreLikeTheExamples(t *testing.T) {
	t.Parallel()
	examples, specs := shared(t, "iiif/clover-manifests"), shared(t, "iiif/api-spec-examples")
	o := soundedSite(t)
	mustBuild(t, o)
	ours := described(t, o)
	if len(ours) != 7 { // four items, their file, the fonds, the site
		t.Fatalf("%d descriptions", len(ours))
	}
	known := anno()
	for _, file := range []string{"presentation__3__context.json", "image__3__context.json"} {
		terms(decoded(t, read(t, filepath.Join(specs, file)))["@context"], known)
	}
	theirs, mine := map[string]map[string]int{}, map[string]map[string]int{}
	files, err := filepath.Glob(filepath.Join(examples, "manifest__*.json"))
	if err != nil || len(files) < 10 {
		t.Fatal(err, files)
	}
	files = slices.DeleteFunc(files, func(f string) bool { // annotations of other standards are among them
		return strings.Contains(f, "content-state") || decoded(t, read(t, f))["type"] != "Manifest"
	})
	for _, file := range files {
		kinds(decoded(t, read(t, file)), theirs)
	}
	for path, data := range ours {
		document := decoded(t, data)
		kinds(document, mine)
		for _, word := range unknown(document, known) {
			t.Errorf("%s: %s is no term of the standard", path, word)
		}
	}
	for _, info := range below(t, o, "iiif") {
		if strings.HasSuffix(info, "/info.json") {
			for _, word := range unknown(decoded(t, read(t, filepath.Join(o.Out, "iiif", info))), known) {
				t.Errorf("%s: %s is no term of the standard", info, word)
			}
		}
	}
	for _, kind := range []string{"Manifest", "Canvas of Image", "Canvas of Video", "AnnotationPage", "Annotation without items", "Image without items", "Video without items"} {
		if theirs[kind][""] == 0 || mine[kind][""] == 0 {
			t.Errorf("%s: %d in the examples, %d of ours", kind, theirs[kind][""], mine[kind][""])
		}
		for member, n := range theirs[kind] {
			if n == theirs[kind][""] && mine[kind][member] != mine[kind][""] {
				t.Errorf("every %s of the examples has %q, and %d of our %d", kind, member, mine[kind][member], mine[kind][""])
			}
		}
	}
	t.Run("parser", func(t *testing.T) { readAlike(t, o, slices.Sorted(maps.Keys(ours)), files) })
}

// readAlike has one parser read our manifests and the examples.
func readAlike(t *testing.T, o generator.Options, ours, examples []string) {
	needViewers(t)
	node, err := exec.LookPath("node")
	lacking(t, err, "the parser of others needs Node")
	var files []string
	for _, path := range ours {
		if strings.HasSuffix(path, "manifest.json") {
			files = append(files, filepath.Join(o.Out, path))
		}
	}
	mine := len(files)
	for _, file := range examples {
		full, err := filepath.Abs(file)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, full)
	}
	for i, r := range readByOthers(t, node, files) {
		if r.Type != "Manifest" || r.Canvases == 0 || r.Paintings < r.Canvases || i < mine && r.Paintings != r.Canvases {
			t.Errorf("%+v", r)
		}
	}
}

// Our checker does not take what is of another version of the standard.
func TestCheckerRefusesOtherVersions(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(shared(t, "iiif/api-spec-examples"), "presentation__[24]*__example__*.json"))
	if err != nil || len(files) < 100 {
		t.Fatal(err, len(files))
	}
	for _, file := range files {
		if len(sitecheck.Presentation(read(t, file))) == 0 {
			t.Errorf("%s is taken for version 3", filepath.Base(file))
		}
	}
}

// anno are terms of the Web Annotation Vocabulary, whose context that of the standard names, and the type of sound, which
// section 3.2 of Presentation 3.0 names and no context has.
func anno() map[string]bool {
	out := map[string]bool{}
	for _, word := range strings.Fields("id type body target motivation value format language items TextualBody Annotation AnnotationPage Image Video Text Dataset Sound") {
		out[word] = true
	}
	return out
}

// terms gathers what a JSON-LD context defines, at any depth.
func terms(context any, known map[string]bool) {
	switch c := context.(type) {
	case []any:
		for _, one := range c {
			terms(one, known)
		}
	case map[string]any:
		for word, is := range c {
			if !strings.HasPrefix(word, "@") {
				known[word] = true
			}
			if def, ok := is.(map[string]any); ok {
				terms(def["@context"], known)
			}
		}
	}
}

// unknown are the members and types of a document that are no terms. Texts stand by their languages.
func unknown(v any, known map[string]bool) (out []string) {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			out = append(out, unknown(one, known)...)
		}
	case map[string]any:
		for member, of := range v {
			if !known[member] && member != "@context" {
				out = append(out, member)
			}
			if kind, ok := of.(string); ok && member == "type" && !known[kind] {
				out = append(out, kind)
			}
			if member != "label" && member != "summary" && member != "value" {
				out = append(out, unknown(of, known)...)
			}
		}
	}
	return out
}

// kinds counts the members of the resources of a document by their types, and the resources under "".
func kinds(v any, count map[string]map[string]int) {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			kinds(one, count)
		}
	case map[string]any:
		kind, _ := v["type"].(string)
		switch {
		case v["items"] == nil:
			kind += " without items"
		case kind == "Canvas":
			kind += " of " + paintedOn(v)
		}
		if count[kind] == nil {
			count[kind] = map[string]int{}
		}
		count[kind][""]++
		for member, of := range v {
			count[kind][member]++
			kinds(of, count)
		}
	}
}

// paintedOn is the type of what is first painted on a canvas.
func paintedOn(canvas map[string]any) string {
	var at any = canvas
	for _, step := range []string{"items", "items", "body"} {
		if list, ok := at.(map[string]any)[step].([]any); ok && len(list) > 0 {
			at = list[0]
		} else {
			at = at.(map[string]any)[step]
		}
		if _, ok := at.(map[string]any); !ok {
			return ""
		}
	}
	kind, _ := at.(map[string]any)["type"].(string)
	return kind
}
