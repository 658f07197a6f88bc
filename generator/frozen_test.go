package generator_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"vitrine/generator"
)

// recorded is an archive with a record of a sound, a film, a PDF, a text and
// what goes with them, with a picture or without, all of whose files its
// clearance froze.
func recorded(t *testing.T, pictured bool) *ruled {
	r := newRuled(t, map[string]string{recordedItem: `id: tl-0003
level: item
parent: hs-0001
reference: {unit_no: "0001"}
title: "Ghi âm buổi lễ"
form: ghi-am
dates: {created: "1964-05-19"}
access: {state: public}
clearance: qd-01
rights: {uri: "http://rightsstatements.org/vocab/CNE/1.0/", credit: "Kho mẫu"}
objects:
  - {kind: audio, seq: 1, file: c-001.mp3, captions: c-001.vtt, transcript: {file: c-001.txt}}
  - {kind: video, seq: 2, file: phim/c-002.webm}
  - {kind: pdf, seq: 3, file: c-003.pdf}
  - {kind: text, seq: 4, file: c-004.txt}
`})
	if pictured {
		r.with(recordedItem, "objects:\n", "objects:\n  - {kind: page, seq: 5, file: c-005.jpg, alt: năm}\n")
	}
	r.with("clearances/qd-01.yaml", "[metadata, images, transcript]", "[metadata, images, transcript, audio, video]")
	files := "files:\n"
	for _, name := range append(frozenFiles, "a-001.jpg", "a-002.jpg", "b-001.png") {
		file := r.media(name)
		if _, err := os.Stat(file); err != nil {
			put(t, file, madeAs(t, name, asDecided))
		}
		files += fmt.Sprintf("  %s: sha256:%x\n", name, sha256.Sum256(read(t, file)))
	}
	r.with("clearances/qd-01.yaml", "valid:", files+"valid:")
	r.age()
	return r
}

const recordedItem = "fonds/phong-cau-mau/records/tl-0003.yaml"

var frozenFiles = []string{"c-001.mp3", "c-001.vtt", "c-001.txt", "phim/c-002.webm", "c-003.pdf", "c-004.txt", "c-005.jpg"}

const asDecided = "đã xét"

// madeAs is a file as it was at some time.
func madeAs(t *testing.T, name, which string) []byte {
	switch jpeg := strings.HasSuffix(name, ".jpg"); {
	case jpeg && which == asDecided:
		return picture(t, name)
	case jpeg:
		return plainJPEG(t, image.Rect(0, 0, 40+len(which), 30), 99)
	}
	switch text := which + ": " + name; path.Ext(name) {
	case ".mp3":
		return soundFile(text, which)
	case ".webm":
		return filmFile(text, which)
	case ".pdf":
		return []byte(onePage("Trang") + "\n% " + text)
	case ".xml":
		return []byte(altoOf(400, 300, lineOf(20, 30, 100, 20, text)))
	case ".vtt":
		return []byte("WEBVTT\n\n00:01.000 --> 00:02.000\n" + text + "\n")
	default:
		return []byte(text)
	}
}

// media is where a file lies.
func (r *ruled) media(name string) string {
	return filepath.Join(r.o.Content, "fonds/phong-cau-mau/media", filepath.FromSlash(name))
}

// refused fails where a site can be built from the archive as it is, from
// nothing, over the last one or as of another day, or a check finds no error.
func (r *ruled) refused(what string) {
	r.t.Helper()
	for _, o := range []generator.Options{r.o, {Content: r.o.Content, Out: r.o.Out + "-clean", AsOf: r.o.AsOf}, {Content: r.o.Content, Out: r.o.Out, AsOf: "2026-06-01"}} {
		for range 2 { // nor is it forgotten from one build to the next
			rep, err := generator.Build(context.Background(), o)
			if !errors.Is(err, generator.ErrContent) || !hasError(rep, "clearance-file", recordedItem) {
				r.t.Errorf("%s, %s as of %s: %v, %q", what, filepath.Base(o.Out), o.AsOf, err, worded(rep))
			}
		}
	}
	if rep, err := generator.Check(context.Background(), r.o); !errors.Is(err, generator.ErrContent) || !hasError(rep, "clearance-file", recordedItem) {
		r.t.Errorf("%s: check: %v", what, err)
	}
}

func TestRule09_FileOfAnyKindThatChangedVoidsItsClearance(t *testing.T) {
	for _, name := range frozenFiles {
		r := recorded(t, path.Ext(name) == ".jpg")
		was := r.published()
		put(t, r.media(name), madeAs(t, name, "đã đổi sau"))
		r.age()
		r.refused(name)
		sameTree(t, name+": the site that lies there", treeOf(t, r.o.Out), was)

		put(t, r.media(name), madeAs(t, name, asDecided))
		sameTree(t, name+": as it was decided on", r.published(), was)
	}
}

// A film is read once, and again when something has happened to it.
func TestFrozenFilesThatStayAreNotReadAgain(t *testing.T) {
	r := recorded(t, true)
	var mu sync.Mutex
	compared := map[string]int{}
	r.o.Read = func(name string) {
		mu.Lock()
		defer mu.Unlock()
		if strings.Contains(name, "/media/") {
			compared[name]++
		}
	}
	film := "fonds/phong-cau-mau/media/phim/c-002.webm"
	for build, want := range []int{1, 0, 0, 1} {
		clear(compared)
		switch build {
		case 2: // another record
			r.with(recordPath("tl-0002"), "\"Ảnh\"", "\"Ảnh khác\"")
		case 3:
			put(t, r.media("phim/c-002.webm"), read(t, r.media("phim/c-002.webm")))
		}
		if r.published(); compared[film] != want {
			t.Errorf("build %d: compared %v", build, compared)
		}
	}
}

// A file that is replaced while others of its record are compared is compared
// again by the next build, whatever time it bears. As something of it is published, it
// ends the build itself.
func TestRule09_FileThatIsReplacedMeanwhile(t *testing.T) {
	for _, name := range []string{"c-003.pdf", "c-001.mp3", "c-001.vtt", "phim/c-002.webm"} {
		r := recorded(t, false)
		r.o.Read = func(path string) {
			if strings.HasSuffix(path, "c-004.txt") {
				r.o.Read = nil
				put(t, r.media(name), madeAs(t, name, "sửa lén"))
				if err := os.Chtimes(r.media(name), aged, aged); err != nil {
					t.Error(err)
				}
			}
		}
		if _, err := generator.Build(context.Background(), r.o); err == nil {
			t.Errorf("%s: no error", name)
		}
		if _, out := os.Stat(r.o.Out); !errors.Is(out, os.ErrNotExist) {
			t.Errorf("%s: a site was made: %v", name, out)
		}
		r.o.Read = nil
		r.refused(name + " replaced")
	}
}

// A recording that changes behind the back of the program, with its length and its
// time as they were, is found each time; put back, it is published again.
func TestRule09_RecordingThatChangesAndIsPutBack(t *testing.T) {
	r := recorded(t, false)
	was := r.published()
	for _, name := range []string{"c-001.mp3", "phim/c-002.webm"} {
		file := r.media(name)
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		decided := read(t, file)
		other := bytes.Clone(decided)
		if at := bytes.Index(other, []byte("\x9d\x01\x2a")); at >= 0 { // of a picture of VP8
			other[at+12] = 1
		} else {
			other[len(other)-140] = 1 // before the tag behind the sound
		}
		swap := func(with []byte) {
			put(t, file, with)
			if err := os.Chtimes(file, info.ModTime(), info.ModTime()); err != nil {
				t.Fatal(err)
			}
		}
		for range 3 {
			swap(other)
			r.refused(name)
			sameTree(t, name+": the site that lies there", treeOf(t, r.o.Out), was)
			swap(decided)
			sameTree(t, name+": as it was decided on", r.published(), was)
		}
	}
}

func TestRule09_RecordingThatWasAddedIsNotDecidedOn(t *testing.T) {
	r := recorded(t, false)
	r.published()
	put(t, r.media("c-006.mp3"), madeAs(t, "c-006.mp3", "thêm sau"))
	r.with(recordedItem, "objects:\n", "objects:\n  - {kind: audio, seq: 6, file: c-006.mp3}\n")
	r.refused("added")
	r.with(recordedItem, "{kind: audio, seq: 6, file: c-006.mp3}", "{kind: page, seq: 6, file: c-006.jpg, alt: sáu}")
	put(t, r.media("c-006.jpg"), madeAs(t, "c-006.jpg", "thêm sau"))
	r.refused("added as a page")
}

// Nor is a file that stands in place of the only one of its record, nor one of a
// record that had none, unless the decision takes in what comes later.
func TestRule09_FileOfARecordWithoutListedOnes(t *testing.T) {
	r := recorded(t, true)
	var lines []string
	for _, line := range strings.Split(r.files["clearances/qd-01.yaml"], "\n") {
		if !strings.Contains(line, "c-00") { // the decision lists files of other records alone
			lines = append(lines, line)
		}
	}
	decide := func(old, now string) {
		put(t, filepath.Join(r.o.Content, "clearances/qd-01.yaml"), []byte(strings.Replace(strings.Join(lines, "\n"), old, now, 1)))
		r.age()
	}
	decide("", "") // it takes in what comes later
	r.published()
	each := "records: [phong-cau-mau, hs-0001, hs-0002, tl-0001, tl-0002, tl-0003]"
	decide("fonds: [phong-cau-mau]", each)
	r.published()
	closed := strings.NewReplacer("fonds: [phong-cau-mau]", each, ", open_ended: true", "")
	put(t, filepath.Join(r.o.Content, "clearances/qd-01.yaml"), []byte(closed.Replace(strings.Join(lines, "\n"))))
	r.age()
	r.refused("none of its files is listed")
}

// A decision that froze files later on asks for those that were published
// before it did, also where nothing else changed.
func TestRule09_HashesThatAreWrittenLaterAreAskedFor(t *testing.T) {
	r := recorded(t, true)
	whole := r.files["clearances/qd-01.yaml"]
	at, behind := strings.Index(whole, "files:"), strings.Index(whole, "valid:")
	decide := func(files string) { // and touch nothing else
		put(t, filepath.Join(r.o.Content, "clearances/qd-01.yaml"), []byte(whole[:at]+files+whole[behind:]))
	}
	decide("")
	r.published()
	for _, name := range frozenFiles {
		decide(fmt.Sprintf("files: {%s: sha256:%x}\n", name, sha256.Sum256(nil)))
		r.refused(name)
	}
}

// Files that are not cleared need not be as they were decided on: nothing of
// them is shown, nor is it where they are looked at.
func TestRule09_FileThatIsNotShownMayChange(t *testing.T) {
	r := recorded(t, true).with("clearances/qd-01.yaml", "[metadata, images, transcript, audio, video]", "[metadata, transcript, video]")
	if made := mediaOf(r.published()); len(made) != 1 || !strings.HasSuffix(made[0], "-film.webm") {
		t.Errorf("what is published is not the film alone: %q", made)
	}
	put(t, r.media("c-001.mp3"), madeAs(t, "c-001.mp3", "bản đổi sau"))
	r.published()
	r.with("clearances/qd-01.yaml", "transcript, video]", "images, transcript, audio, video]")
	r.refused("cleared after it changed")
}

// A file that is not what its record says is an error, whatever its kind, until
// one of them is put right.
func TestFilesWithAHashInTheRecord(t *testing.T) {
	t.Parallel()
	r := recorded(t, true)
	for _, name := range []string{"c-005.jpg", "c-003.pdf", "c-001.mp3"} {
		was := fmt.Sprintf("%x", sha256.Sum256(read(t, r.media(name))))
		for i, hash := range []string{strings.Repeat("0", 64), "ABC", strings.ToUpper(was), was} {
			r.with(recordedItem, "file: "+name, "file: "+name+", sha256: \""+hash+"\"")
			r.age()
			rep, err := buildReport(r.o)
			if refused := hasError(rep, "object-changed", name); refused != (i < 2) || (err == nil) != (i >= 2) {
				t.Errorf("%s with %s: %v: %v", name, hash, err, worded(rep))
			}
			r.with(recordedItem, "file: "+name+", sha256: \""+hash+"\"", "file: "+name)
		}
	}
}
