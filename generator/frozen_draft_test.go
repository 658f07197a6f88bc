package generator_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"vitrine/generator"
)

// closedWith is a decision that lists the files of the archive of the guide and takes in
// nothing that comes later.
func closedWith(r *ruled, clearance string) string {
	files := "files:\n"
	for _, name := range []string{"a-001.jpg", "a-002.jpg", "b-001.png"} {
		files += fmt.Sprintf("  %s: sha256:%x\n", name, sha256.Sum256(read(r.t, r.media(name))))
	}
	return strings.NewReplacer("fonds: [phong-cau-mau]", "records: [phong-cau-mau, hs-0001, hs-0002, tl-0001, tl-0002, tl-0009]", ", open_ended: true", "", "valid:", files+"valid:").Replace(clearance)
}

// A record that nobody has decided on yet is shown as a draft with files that no decision
// lists; once it is to be published they are errors.
func TestRule09_DraftsAreNotDecidedOnYet(t *testing.T) {
	draft := strings.NewReplacer("id: tl-0002", "id: tl-0009", "b-001.png", "c-009.jpg", "{state: public}", "{state: unreviewed}").Replace(guideArchive()[recordPath("tl-0002")])
	for what, object := range map[string]string{"by the clearance of the record": "alt: ba", "by that of the object": "alt: ba, cleared_by: qd-09"} {
		own := object != "alt: ba"
		r := newRuled(t, map[string]string{recordPath("tl-0009"): strings.Replace(draft, "alt: ba", object, 1)})
		closed := closedWith(r, clearance)
		if own {
			put(t, r.o.Content+"/clearances/qd-09.yaml", []byte(strings.Replace(closed, "id: qd-01", "id: qd-09", 1)))
		} else {
			put(t, r.o.Content+"/clearances/qd-01.yaml", []byte(closed))
		}
		served, err := generator.OpenSession(generator.SessionOptions{Options: r.o, Drafts: true})
		if err != nil {
			t.Fatal(err)
		}
		defer served.Close()
		refresh(t, served, 0)
		if page := fileOf(t, served, pageOf("tl-0009")); !madePicture.MatchString(page) {
			t.Errorf("%s: the draft has no picture", what)
		}
		edit(t, r.o.Content+"/"+recordPath("tl-0009"), "unreviewed", "public")
		r.age()
		if rep, err := buildReport(r.o); err == nil || !hasError(rep, "clearance-file", recordPath("tl-0009")) {
			t.Errorf("%s: published: %v", what, err)
		}
	}
}

// A decision of an object's own binds the files that it lists where it takes in what comes
// later as well.
func TestRule09_OpenDecisionOfAnObjectBindsWhatItLists(t *testing.T) {
	open := func(sum [32]byte) string {
		return secondClearance(inForce, allParts+", open_ended: true") + fmt.Sprintf("files: {a-001.jpg: \"sha256:%x\"}\n", sum)
	}
	r := newRuled(t, nil).with(firstItem, "alt: một", clearedBy)
	for _, c := range []struct {
		sum     [32]byte
		refused bool
	}{{sha256.Sum256(read(t, r.media("a-001.jpg"))), false}, {sha256.Sum256([]byte("x")), true}} {
		put(t, r.o.Content+"/clearances/qd-09.yaml", []byte(open(c.sum)))
		r.age()
		if rep, err := buildReport(r.o); (err != nil) != c.refused || hasError(rep, "clearance-file", firstItem) != c.refused {
			t.Errorf("refused %t: %v %q", c.refused, err, worded(rep))
		}
	}
}
