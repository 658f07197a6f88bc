package generator_test

import (
	"context"
	"image"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
)

// lapsing is a decision of an object's own that ends on 1 December 2026.
func lapsing() map[string]string {
	return map[string]string{"clearances/qd-09.yaml": secondClearance(inForce+`, until: "2026-12-01"`, strings.Replace(allParts, "tl-0001", "tl-0001, tl-0002", 1))}
}

// When the decision of an object ends, the object is left out as if it had never been
// there, with a warning, and all else of the site stands and can be built again.
func TestRule12_ObjectWhoseOwnDecisionHasEnded(t *testing.T) {
	const one, two = "  - {kind: page, seq: 1, file: a-001.jpg, alt: một}\n", "  - {kind: page, seq: 2, file: a-002.jpg, alt: hai}\n"
	const only = "objects: [{kind: image, seq: 1, file: b-001.png, alt: ba}]\n"
	second := recordPath("tl-0002")
	for what, c := range map[string]struct{ file, objects, cleared, left string }{
		"one of two":          {firstItem, one + two, strings.Replace(one, "alt: một", clearedBy, 1) + two, two},
		"its number is kept":  {firstItem, one + two, strings.ReplaceAll(strings.Replace(one, "alt: một", clearedBy, 1)+two, ", seq: 2", ""), two},
		"the last one":        {firstItem, one + two, one + strings.Replace(two, "alt: hai", "alt: hai, cleared_by: qd-09", 1), one},
		"the only one":        {second, only, strings.Replace(only, "alt: ba", "alt: ba, cleared_by: qd-09", 1), ""},
		"all of them":         {firstItem, "objects:\n" + one + two, "objects:\n" + strings.ReplaceAll(one+two, ", alt", ", cleared_by: qd-09, alt"), ""},
		"all, not numbered":   {firstItem, "objects:\n" + one + two, strings.NewReplacer(", alt", ", cleared_by: qd-09, alt", ", seq: 1", "", ", seq: 2", "").Replace("objects:\n" + one + two), ""},
		"one of another kind": {firstItem, one + two, strings.Replace(one, "alt: một", clearedBy, 1) + two + "  - {kind: text, seq: 3, file: loi.txt, cleared_by: qd-09}\n", two},
	} {
		r := newRuled(t, lapsing()).with(c.file, c.objects, c.cleared)
		put(t, r.media("loi.txt"), []byte("Lời."))
		put(t, r.media("a-001.jpg"), plainJPEG(t, image.Rect(0, 0, 60, 30), 99)) // another than the second
		rep, before := r.build()
		if before == nil || slices.ContainsFunc(worded(rep), func(line string) bool { return strings.Contains(line, "object-lapsed") }) {
			t.Fatalf("%s, before: %q", what, worded(rep))
		}
		if !slices.ContainsFunc(rep.Due, func(d generator.Due) bool { return d.Event == "expires" && d.ID == "qd-09" && d.Day == "2026-12-02" }) {
			t.Errorf("%s: the calendar has %v", what, rep.Due)
		}

		r.o.AsOf = "2026-12-02"
		rep, after := r.build()
		checked, err := generator.Check(context.Background(), r.o)
		for _, rep := range []*generator.Report{rep, checked} {
			if !slices.ContainsFunc(worded(rep), func(line string) bool {
				return strings.Contains(line, c.file) && strings.Contains(line, "object-lapsed") && strings.Contains(line, "the clearance qd-09 expired")
			}) {
				t.Errorf("%s: %q", what, worded(rep))
			}
		}
		if after == nil || err != nil {
			t.Fatalf("%s: nothing is published: %v %q", what, err, worded(rep))
		}
		twin := newRuled(t, lapsing()).with(c.file, c.objects, c.left)
		twin.o.AsOf = r.o.AsOf
		put(t, twin.media("a-001.jpg"), plainJPEG(t, image.Rect(0, 0, 60, 30), 99))
		sameTree(t, what+": against an archive without it", after, twin.published())

		r.o.AsOf = "2026-11-30" // the clock was wrong, or the decision was prolonged
		sameTree(t, what+": in force again", r.published(), before)
	}
}

// One that is not in force yet waits in the same way, for the day that the calendar names.
func TestRule12_ObjectWhoseOwnDecisionIsToCome(t *testing.T) {
	r := newRuled(t, map[string]string{"clearances/qd-09.yaml": secondClearance(`from: "2026-12-01"`, allParts)}).with(firstItem, "alt: một", clearedBy)
	put(t, r.media("a-001.jpg"), plainJPEG(t, image.Rect(0, 0, 60, 30), 99))
	rep, site := r.build()
	if site == nil || !slices.ContainsFunc(rep.Due, func(d generator.Due) bool { return d.Event == "begins" && d.ID == "qd-09" && d.Day == "2026-12-01" }) {
		t.Fatalf("%q, %v", worded(rep), rep.Due)
	}
	if pictures := len(mediaOf(site)); pictures == 0 {
		t.Error("the other picture is gone too")
	}
	r.o.AsOf = "2026-12-01"
	if later := r.published(); len(mediaOf(later)) <= len(mediaOf(site)) {
		t.Errorf("%d pictures, %d once it is in force", len(mediaOf(site)), len(mediaOf(later)))
	}
}
