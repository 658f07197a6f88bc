package generator_test

import (
	"context"
	"fmt"
	"image"
	"maps"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator"
)

// wordy is an archive with hidden titles in which one record has words of every kind.
func wordy(t *testing.T) map[string]string {
	a := namingArchive()
	a["clearances/qd-01.yaml"] = strings.Replace(a["clearances/qd-01.yaml"], "[metadata, images, transcript]", "[metadata, images, transcript, audio, video]", 1)
	a[recordPath("tl-0095")] = `id: tl-0095
title: "Ghi âm và các trang"
level: item
parent: hs-0001
reference: {unit_no: "0001"}
form: ghi-am
dates: {created: "1964-05-19"}
access: {state: public}
clearance: qd-01
rights: {uri: "http://rightsstatements.org/vocab/CNE/1.0/", credit: "Kho mẫu"}
objects:
  - {kind: audio, seq: 1, file: w-1.mp3, captions: w-1.vtt, chapters: w-1-phan.vtt, audio_desc: w-1-ta.vtt, transcript: {file: w-1.txt}}
  - {kind: page, seq: 2, file: w-2.jpg, alt: hai, transcript: {file: w-2.xml, lang: vi}, translation: {file: w-2.en.md, lang: en}}
  - {kind: text, seq: 3, file: w-3.txt}
  - {kind: page, seq: 4, file: w-4.jpg, alt: bốn, transcript: {text: {vi: "Lời.", en: "Words."}}}
`
	for name, text := range map[string]string{
		"w-1.mp3": string(soundFile("t", "s")), "w-1.vtt": cuesOf("Lời."), "w-1-phan.vtt": cuesOf("Phần."), "w-1-ta.vtt": cuesOf("Tả."), "w-1.txt": "Lời.\n",
		"w-2.jpg": string(plainJPEG(t, image.Rect(0, 0, 400, 300), 99)), "w-2.xml": altoOf(400, 300, lineOf(20, 30, 100, 20, "Lời.")), "w-2.en.md": "Words.\n",
		"w-3.txt": "Lời.\n", "w-4.jpg": string(plainJPEG(t, image.Rect(0, 0, 40, 30), 99)), "khong-ai-neu.txt": "Biên bản họp ngày mồng năm, tl-0090\n",
	} {
		a[media+name] = text
	}
	return a
}

// cuesOf are captions of a line each.
func cuesOf(says ...string) string {
	out := "WEBVTT\n"
	for i, s := range says {
		out += fmt.Sprintf("\n00:%02d.000 --> 00:%02d.900\n%s\n", i, i, s)
	}
	return out
}

// The words that a record shows name nothing that is not public, wherever they stand; what
// a document itself says may, once somebody has said that it gives nothing away.
func TestRule07_WordsOfRecordsNameNothingThatIsNotPublic(t *testing.T) {
	if got := named(t, wordy(t)); got != nil {
		t.Fatalf("an archive that names nothing: %q", got)
	}
	const title = "Biên bản họp ngày mồng năm"
	acknowledged := func(file, text, date string) string {
		return fmt.Sprintf("named:\n  - {file: %q, text: %q, by: \"Người xem mẫu\", date: %q}\n", file, text, date)
	}
	record := recordPath("tl-0095")
	for _, c := range []struct {
		file, text, at string
		name           string // as an acknowledgement gives it
		house          bool
	}{
		{media + "w-1.vtt", cuesOf("Lời.", "Xem "+title+"."), ":7:", title, false}, {media + "w-1.vtt", cuesOf("Theo biên bản họp", "ngày mồng năm."), ":4:", title, false}, {media + "w-1.vtt", cuesOf("<v Tl>Xem <i>tl-0090</i>"), ":4:", "tl-0090", false},
		{media + "w-1.vtt", cuesOf("<v Thư kể chuyện riêng của gia đình>Lời."), ":4:", "Thư kể chuyện riêng của gia đình", false},
		{media + "w-1-phan.vtt", cuesOf(title), ":4:", title, true}, {media + "w-1-ta.vtt", cuesOf("Trên bàn là " + title), ":4:", title, true},
		{media + "w-1.txt", "Lời.\nTheo BIEN BAN HOP NGAY MONG NAM\n", ":2:6 ", title, false}, {media + "w-3.txt", title, ":1:1 ", title, false},
		{media + "w-2.xml", altoOf(400, 300, lineOf(20, 30, 100, 20, "Lời."), lineOf(20, 60, 200, 20, "Theo", "biên", "bản", "họp"), lineOf(20, 90, 200, 20, "ngày", "mồng", "năm")), ":", title, false},
		{media + "w-2.en.md", "Words.\n\nSee the *minutes* of the fifth day.\n", ":3:10 ", "Minutes of the fifth day", false}, {media + "w-2.en.md", "See [minutes](https://a.example/) of the fifth day.\n", ":1:1 ", "Minutes of the fifth day", false},
		{record, strings.Replace(wordy(t)[record], "vi: \"Lời.\"", "vi: \"Xem "+title+"\"", 1), ":15:", title, false}, {record, strings.Replace(wordy(t)[record], "Words.", "Minutes of the fifth day", 1), ":15:", "Minutes of the fifth day", false},
	} {
		a := wordy(t)
		a[c.file] = c.text
		if got := named(t, a); len(got) != 1 || !strings.HasPrefix(got[0], c.file+c.at) {
			t.Errorf("%s, %q: %q", c.file, c.text, got)
		}
		for _, ack := range []struct {
			text string
			ok   bool
		}{{acknowledged(c.file, c.name, "2026-11-22"), !c.house}, {acknowledged(c.file, c.name, "2026-11-23"), false}, {acknowledged(c.file, c.name+" khác", "2026-11-22"), false}, {acknowledged(media+"w-9.txt", c.name, "2026-11-22"), false}} {
			a["markings.yaml"] = ack.text
			if got := named(t, a); (len(got) == 0) != ack.ok {
				t.Errorf("%s, %q with %s: %q", c.file, c.text, ack.text, got)
			}
		}
		delete(a, "markings.yaml")
		// Where the words are not released nobody reads them.
		a["clearances/qd-01.yaml"] = strings.Replace(a["clearances/qd-01.yaml"], ", transcript", "", 1)
		if got := named(t, a); got != nil {
			t.Errorf("%s, not released: %q", c.file, got)
		}
	}
}

// An acknowledgement that nobody signed is an error and acknowledges nothing.
func TestRule07_AcknowledgementIsSigned(t *testing.T) {
	r := newRuled(t, map[string]string{"markings.yaml": "named:\n  - {file: \"" + media + "w-1.txt\", text: \"tl-0090\", by: \"…\", date: \"2026-11-22\"}\n", recordPath("tl-0090"): namingArchive()[recordPath("tl-0090")]})
	r.fails("value-kind", "markings.yaml")
	r.with("markings.yaml", ", by: \"…\"", "").fails("field-missing", "markings.yaml")
}

// Builds that read what changed find the same: a file of words, what is released of it, an
// acknowledgement that is taken back.
func TestIncrementalBuildsFindTheSameNamesInWords(t *testing.T) {
	archive := wordy(t)
	r := newRuled(t, nil)
	for name, text := range archive {
		put(t, filepath.Join(r.o.Content, filepath.FromSlash(name)), []byte(text))
	}
	maps.Copy(r.files, archive)
	write := func(name, text string) {
		r.files[name] = text
		put(t, filepath.Join(r.o.Content, filepath.FromSlash(name)), []byte(text))
		r.age()
	}
	const words = media + "w-1.vtt"
	unreleased := strings.Replace(archive["clearances/qd-01.yaml"], ", transcript", "", 1)
	ack := "named:\n  - {file: " + words + ", text: \"Biên bản họp ngày mồng năm\", by: \"Người xem mẫu\", date: \"2026-11-22\"}\n"
	for _, step := range []struct {
		what, file, text string
		faults           int
	}{
		{"nothing", "site.yaml", archive["site.yaml"], 0}, {"captions name the title", words, cuesOf("Biên bản họp ngày mồng năm"), 1}, {"words are not released", "clearances/qd-01.yaml", unreleased, 0},
		{"they are again", "clearances/qd-01.yaml", archive["clearances/qd-01.yaml"], 1}, {"it is acknowledged", "markings.yaml", ack, 0}, {"another text is touched", media + "w-1.txt", "Lời khác.\n", 0},
		{"that is taken back", "markings.yaml", "named: []\n", 1}, {"the captions are mended", words, cuesOf("Lời."), 0},
	} {
		write(step.file, step.text)
		rep, err := generator.Build(context.Background(), r.o)
		faults := 0
		for _, d := range rep.Diags.Sorted() {
			if d.Code == "named-not-public" {
				faults++
			}
		}
		if faults != step.faults || (err != nil) != (step.faults > 0) {
			t.Errorf("%s (%s): %d faults, want %d: %v\n%s", step.what, path.Base(step.file), faults, step.faults, err, strings.Join(worded(rep), "\n"))
		}
	}
}
