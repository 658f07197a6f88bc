package generator_test

import (
	"context"
	"strings"
	"testing"

	"vitrine/generator"
)

// Words that a public record has and its page lacks are told of, by each build and by
// check; what the clearance releases, and what nobody would look for, is not.
func TestWordsThatAreWithheldAreToldOf(t *testing.T) {
	covered := "objects:\n  - {kind: page, seq: 1, file: a-001.jpg, alt: một, redaction: {count: 1, grounds: [personal-data], by: \"Người che mẫu\", date: \"2026-05-01\", derived_from_sha256: \"" + strings.Repeat("0", 64) + "\"}, transcript: {text: \"Lời.\"}}\n"
	const (
		text   = "objects:\n  - {kind: text, seq: 1, file: loi.txt}\n"
		plain  = "objects:\n  - {kind: page, seq: 1, file: a-001.jpg, alt: một, transcript: {text: \"Lời.\"}}\n"
		file   = "objects:\n  - {kind: pdf, seq: 1, file: don.pdf, alt: một}\n"
		spoken = "objects:\n  - {kind: pdf, seq: 1, file: don.pdf, alt: một, transcript: {text: \"Lời.\"}}\n"
	)
	for _, c := range []struct{ objects, parts, told string }{
		{text, "metadata, images", "does not release the part transcript"}, {text, "metadata, transcript", ""}, {text, "metadata, images, transcript", ""},
		{covered, "metadata, transcript", "something is covered in the picture"}, {covered, "metadata, images, transcript", ""}, {covered, "metadata", ""}, {covered, "metadata, images", ""},
		{plain, "metadata, transcript", ""}, {plain, "metadata, images", ""}, {plain, "metadata", ""},
		{file, "metadata, transcript", "that of a PDF itself"}, {file, "metadata, images, transcript", ""}, {file, "metadata, images", ""}, {spoken, "metadata, transcript", ""},
	} {
		r := newRuled(t, nil)
		was := r.files[firstItem]
		r.with(firstItem, was[strings.Index(was, "objects:"):], c.objects).with("clearances/qd-01.yaml", "metadata, images, transcript", c.parts)
		put(t, r.media("loi.txt"), []byte("Lời."))
		put(t, r.media("don.pdf"), pdfMaster("Lời"))
		told := func(what string, rep *generator.Report) {
			n := 0
			for _, line := range worded(rep) {
				if strings.Contains(line, "words-withheld") {
					n++
					if c.told == "" || !strings.HasPrefix(line, firstItem) || !strings.Contains(line, c.told) {
						t.Errorf("%q with %s, %s: %s", c.objects, c.parts, what, line)
					}
				}
			}
			if (n == 1) != (c.told != "") || n > 1 {
				t.Errorf("%q with %s, %s: told %d times\n%s", c.objects, c.parts, what, n, strings.Join(worded(rep), "\n"))
			}
		}
		for _, what := range []string{"a build", "the next", "one after another record changed"} {
			if what != "a build" && what != "the next" {
				r.with(recordPath("tl-0002"), "\"Ảnh\"", "\"Ảnh khác\"")
			}
			rep, err := buildReport(r.o)
			if err != nil {
				t.Fatalf("%q with %s: %v", c.objects, c.parts, err)
			}
			told(what, rep)
		}
		checked, _ := generator.Check(context.Background(), r.o)
		told("check", checked)
	}
}
