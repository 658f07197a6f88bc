package generator_test

import (
	"strings"
	"testing"

	"vitrine/generator"
)

// Words that stand in the record are bound as files are: they may not be added, changed or
// put in the place of a file, nor take another object, until they are as decided on.
func TestRule09_WordsInTheRecordAreBound(t *testing.T) {
	r := bound(t, "d-003.md", generator.ClearanceOptions{})
	was := r.published()
	for what, c := range map[string][2]string{
		"transcript added":      {"alt: ba", "alt: ba, transcript: {text: \"CANARY-LOI\"}"},
		"translation added":     {"alt: ba", "alt: ba, translation: {text: \"CANARY-LOI\", lang: en}"},
		"in place of a file":    {"transcript: {file: d-002.xml, lang: vi}", "transcript: {text: \"CANARY-LOI\"}"},
		"translation of a file": {"translation: {file: d-002.en.txt, lang: en}", "translation: {text: \"CANARY-LOI\", lang: en}"},
		"beside a film":         {"translation: {file: d-001.en.vtt, lang: en}", "translation: {text: \"CANARY-LOI\", lang: en}"},
	} {
		r.with(recordedItem, c[0], c[1])
		r.refused(what)
		r.with(recordedItem, c[1], c[0])
	}
	sameTree(t, "as it was decided on", r.published(), was)
}

// Words that stood there when it was decided are listed, and bound from then on.
func TestRule09_WordsThatWereDecidedOn(t *testing.T) {
	const words = "transcript: {text: \"Lời trang ba\"}"
	r := bound(t, "d-003.md", generator.ClearanceOptions{})
	r.with(recordedItem, "alt: ba", "alt: ba, "+words)
	if _, err := r.propose("qd-41", generator.ClearanceOptions{Records: []string{"tl-0003"}, Parts: []string{"metadata,images,transcript,audio,video"}}); err != nil {
		t.Fatal(err)
	}
	r.sign("qd-41")
	r.with(recordedItem, "clearance: qd-40", "clearance: qd-41")
	r.age()
	was := r.published()
	if len(r.holds("Lời trang ba")) == 0 {
		t.Error("the words are not shown")
	}
	for what, c := range map[string][2]string{"changed": {"Lời trang ba", "Lời trang bốn"}, "of another page": {"seq: 4, file: d-004.txt", "seq: 4, file: d-004.txt, " + words}, "language": {words, "transcript: {text: {vi: \"Lời trang ba\", en: \"Page three\"}}"}} {
		r.with(recordedItem, c[0], c[1])
		r.refused(what)
		r.with(recordedItem, c[1], c[0])
	}
	r.with(recordedItem, ", "+words, "") // less may be shown than was decided on
	r.published()
	r.with(recordedItem, "alt: ba", "alt: ba, "+words)
	sameTree(t, "as it was decided on", r.published(), was)
}

// A file that was decided on for one record is not for another of the same decision.
func TestRule09_SwappedFiles(t *testing.T) {
	r := newRuled(t, map[string]string{recordedItem: strings.NewReplacer("id: tl-0001", "id: tl-0003", "a-001.jpg", "c-001.jpg", "a-002.jpg", "c-002.jpg", "clearance: qd-01", "clearance: qd-40").Replace(guideArchive()[firstItem]), firstItem: strings.Replace(guideArchive()[firstItem], "clearance: qd-01", "clearance: qd-40", 1)})
	for _, name := range []string{"c-001.jpg", "c-002.jpg"} {
		put(t, r.media(name), picture(t, name))
	}
	if _, err := r.propose("qd-40", generator.ClearanceOptions{Records: []string{"tl-0001", "tl-0003"}, Parts: []string{"metadata,images"}}); err != nil {
		t.Fatal(err)
	}
	r.sign("qd-40")
	r.age()
	was := r.published()
	r.with(recordedItem, "c-001.jpg", "a-001.jpg")
	r.refused("another's picture")
	r.with(recordedItem, "a-001.jpg", "c-001.jpg")
	r.with(recordedItem, "c-001.jpg", "c-00X.jpg")
	r.with(recordedItem, "c-002.jpg", "c-001.jpg")
	r.with(recordedItem, "c-00X.jpg", "c-002.jpg")
	r.published() // in another order within its record
	r.with(recordedItem, "c-001.jpg", "c-00X.jpg")
	r.with(recordedItem, "c-002.jpg", "c-001.jpg")
	r.with(recordedItem, "c-00X.jpg", "c-002.jpg")
	sameTree(t, "as it was decided on", r.published(), was)
}
