package generator_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator"
)

// beside are the files that stand beside the masters of an object, as its record
// names them.
var beside = map[string]string{
	"d-001.vtt":      ", captions: d-001.vtt",
	"d-001-phan.vtt": ", chapters: d-001-phan.vtt",
	"d-001-ta.vtt":   ", audio_desc: d-001-ta.vtt",
	"d-001.jpg":      ", poster: d-001.jpg",
	"d-001.en.vtt":   ", translation: {file: d-001.en.vtt, lang: en}",
	"d-002.xml":      ", transcript: {file: d-002.xml, lang: vi}",
	"d-002.en.txt":   ", translation: {file: d-002.en.txt, lang: en}",
	"d-003.md":       ", transcript: {file: d-003.md}",
}

// bound is an archive with a record of a film, two pages and a text, with all that may
// stand beside them but what is left out, released by a decision that was written by
// the program and then signed.
func bound(t *testing.T, without string, o generator.ClearanceOptions) *ruled {
	r := newRuled(t, map[string]string{recordedItem: strings.ReplaceAll(`id: tl-0003
level: item
parent: hs-0001
reference: {unit_no: "0001"}
title: "Phim buổi lễ"
form: ghi-am
dates: {created: "1964-05-19"}
access: {state: public}
clearance: qd-40
rights: {uri: "http://rightsstatements.org/vocab/CNE/1.0/", credit: "Kho mẫu"}
objects:
  - {kind: video, seq: 1, file: d-001.webm, captions: d-001.vtt, chapters: d-001-phan.vtt, audio_desc: d-001-ta.vtt, poster: d-001.jpg, translation: {file: d-001.en.vtt, lang: en}}
  - {kind: page, seq: 2, file: d-002.jpg, alt: hai, transcript: {file: d-002.xml, lang: vi}, translation: {file: d-002.en.txt, lang: en}}
  - {kind: page, seq: 3, file: d-003.jpg, alt: ba, transcript: {file: d-003.md}}
  - {kind: text, seq: 4, file: d-004.txt}
`, beside[without], "")})
	for name := range beside {
		put(t, r.media(name), madeAs(t, name, asDecided))
	}
	for _, name := range []string{"d-001.webm", "d-002.jpg", "d-003.jpg", "d-004.txt"} {
		put(t, r.media(name), madeAs(t, name, asDecided))
	}
	if o.Records == nil {
		o = generator.ClearanceOptions{Records: []string{"tl-0003"}, Parts: []string{"metadata,images,transcript,audio,video"}}
	}
	if _, err := r.propose("qd-40", o); err != nil {
		t.Fatal(err)
	}
	r.sign("qd-40")
	r.age()
	return r
}

// A file of any kind that is shown is bound: it may not change, be it to one of the
// same length and time, nor give its place to another, until it is as it was.
func TestRule09_EveryFileThatIsShownIsBound(t *testing.T) {
	r := bound(t, "none", generator.ClearanceOptions{})
	was := r.published()
	for name, named := range beside {
		decided := read(t, r.media(name))
		if line := fmt.Sprintf("%q: sha256:%x\n", "fonds/phong-cau-mau/media/"+name, sha256.Sum256(decided)); !strings.Contains(r.text("clearances/qd-40.yaml"), line) {
			t.Errorf("the clearance lacks %s", line)
		}
		other := madeAs(t, name, "đã sét")
		if len(other) != len(decided) && path.Ext(name) != ".jpg" || bytes.Equal(other, decided) {
			t.Fatalf("%s: %d and %d bytes", name, len(other), len(decided))
		}
		put(t, r.media(name), other)
		r.age()
		r.refused(name + " changed")
		sameTree(t, name+": the site that lies there", treeOf(t, r.o.Out), was)
		put(t, r.media(name), decided)
		r.age()

		again := "moi-" + name
		put(t, r.media(again), decided) // its bytes too: nobody decided that they stand here
		r.with(recordedItem, named, strings.Replace(named, name, again, 1))
		r.refused(name + " replaced by another name")
		r.with(recordedItem, strings.Replace(named, name, again, 1), named)
		if err := os.Remove(r.media(again)); err != nil {
			t.Fatal(err)
		}
		sameTree(t, name+": as it was decided on", r.published(), was)
	}
}

// One that is added after the decision is not decided on, nor where the decision takes
// in what comes later: its record has files that are listed.
func TestRule09_FileThatIsAddedBesideAnother(t *testing.T) {
	places := map[string]string{"d-001": "file: d-001.webm", "d-002": "alt: hai", "d-003": "alt: ba"}
	for name, named := range beside {
		r := bound(t, name, generator.ClearanceOptions{})
		was := r.published()
		at := places[name[:len("d-001")]]
		for _, ending := range []string{"", ", open_ended: true"} {
			if ending != "" {
				r.with("clearances/qd-40.yaml", "records: [tl-0003]", "records: [tl-0003]\n  open_ended: true")
				yaml := r.files["clearances/qd-40.yaml"]
				from := strings.Index(yaml, "  covers:")
				r.with("clearances/qd-40.yaml", yaml[from:from+strings.Index(yaml[from:], "\n")+1], "")
				if err := os.Remove(filepath.Join(r.o.Content, "clearances/qd-40.txt")); err != nil {
					t.Fatal(err)
				}
			}
			r.with(recordedItem, at, at+named)
			if ending == "" {
				r.refused(name + " added")
			} else if rep, err := buildReport(r.o); !errors.Is(err, generator.ErrContent) || !hasError(rep, "clearance-file", recordedItem) {
				t.Errorf("%s added%s: %v", name, ending, err)
			}
			r.with(recordedItem, at+named, at)
			sameTree(t, name+": as it was decided on", r.published(), was)
		}
	}
}

// What is replaced between the comparison and the making of its page does not go out.
func TestRule09_WordsThatAreReplacedMeanwhile(t *testing.T) {
	for name := range beside {
		if name == "d-001-ta.vtt" { // is on no page
			continue
		}
		r := bound(t, "none", generator.ClearanceOptions{})
		r.o.Read = func(file string) {
			if strings.HasSuffix(file, "d-004.txt") {
				r.o.Read = nil
				put(t, r.media(name), madeAs(t, name, "đã sét"))
				if err := os.Chtimes(r.media(name), aged, aged); err != nil {
					t.Error(err)
				}
			}
		}
		if _, err := generator.Build(context.Background(), r.o); err == nil {
			t.Errorf("%s: a site was made", name)
		}
		if _, err := os.Stat(r.o.Out); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: the site: %v", name, err)
		}
	}
}

// What the decided parts do not show is not bound: the decision was not about it.
func TestRule09_WordsThatAreNotShownAreNotBound(t *testing.T) {
	r := bound(t, "none", generator.ClearanceOptions{Records: []string{"tl-0003"}, Parts: []string{"metadata,images"}})
	was := r.published()
	for name := range beside {
		if listed := strings.Contains(r.text("clearances/qd-40.yaml"), "/"+name+`"`); listed {
			t.Errorf("%s is listed", name)
		}
		put(t, r.media(name), madeAs(t, name, "đã sét"))
	}
	sameTree(t, "other words", r.published(), was)
}
