package generator_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"
)

// A film is copied as it is, so one that is larger than its clearance allows is refused.
func TestFilmIsNoLargerThanItsClearance(t *testing.T) {
	t.Parallel()
	const film = "id: tl-0003\nlevel: item\nparent: hs-0001\nreference: {unit_no: \"0001\"}\ntitle: \"Phim buổi lễ\"\nform: ghi-am\ndates: {created: \"1964-05-19\"}\naccess: {state: public}\nclearance: qd-50\nobjects: [{kind: video, seq: 1, file: d-001.webm}]\n"
	for most, ok := range map[string]bool{"31": false, "32": true, "full": true, "": true} {
		scope := "records: [tl-0003], parts: [metadata, video]"
		if most != "" {
			scope += ", max_px: " + most
		}
		decided := strings.NewReplacer("id: qd-01", "id: qd-50", "fonds: [phong-cau-mau], parts: [metadata, images, transcript]", scope, ", open_ended: true", "").Replace(clearance)
		r := newRuled(t, map[string]string{recordedItem: film, "clearances/qd-50.yaml": decided})
		put(t, r.media("d-001.webm"), filmFile("", "film"))
		rep, err := buildReport(r.o)
		if errors.Is(err, generator.ErrContent) == ok || hasError(rep, "recording-size", recordedItem) == ok {
			t.Errorf("max_px %q: %v\n%v", most, err, worded(rep))
		}
	}
}

// A sound that is shorter than its file promises is published as long as it is, with a warning that says
// both lengths: each time, by a check and by a build.
func TestLengthOfASoundIsTheOneThatIsThere(t *testing.T) {
	t.Parallel()
	const sound = "id: tl-0003\nlevel: item\nparent: hs-0001\nreference: {unit_no: \"0001\"}\ntitle: \"Lời kể\"\nform: ghi-am\ndates: {created: \"1964-05-19\"}\naccess: {state: public}\nclearance: qd-50\nobjects: [{kind: audio, seq: 1, file: d-001.mp3}]\n"
	decided := strings.NewReplacer("id: qd-01", "id: qd-50", "fonds: [phong-cau-mau], parts: [metadata, images, transcript]", "records: [tl-0003], parts: [metadata, audio]", ", open_ended: true", "").Replace(clearance)
	r := newRuled(t, map[string]string{recordedItem: sound, "clearances/qd-50.yaml": decided})
	file := soundFile("", "")
	first := bytes.Index(file, []byte("\xff\xfb\x90\xc4")) + 4 + 17
	copy(file[first:], "Xing\x00\x00\x00\x01\x00\x00\x01\x90") // 400 frames, and there are 39
	put(t, r.media("d-001.mp3"), file)
	for i, run := range []func(context.Context, generator.Options) (*generator.Report, error){generator.Check, generator.Build, generator.Build} {
		rep, err := run(context.Background(), r.o)
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		for _, d := range rep.Diags.Sorted() {
			if d.Code == "recording-length" && d.Severity == diag.Warning && strings.Contains(d.Msg.En, "states 10 seconds, and there are 1 in it") {
				told++
			}
		}
		if told != 1 {
			t.Errorf("run %d: told %d times: %v", i, told, worded(rep))
		}
	}
}

// What is told of a film, or of a PDF whose file is not offered, is told by each build
// again: nothing of it has changed, and the site is as it was.
func TestWarningsOfMastersAreToldAgain(t *testing.T) {
	t.Parallel()
	film, err := os.ReadFile("internal/recording/testdata/hevc.mp4")
	fine(t, err)
	scripted := bytes.Replace(pdfMaster("Thay"), []byte("/Type /Catalog"), []byte("/Type /Catalog /OpenAction << /S /JavaScript /JS (x) >>"), 1)
	decided := strings.NewReplacer("transcript]", "transcript, video], max_px: full", "[web-exhibition]", "[web-exhibition, offline]").Replace(clearance)
	r := newRuled(t, map[string]string{"clearances/qd-01.yaml": decided, "fonds/phong-cau-mau/media/p.mp4": string(film), "fonds/phong-cau-mau/media/s.pdf": string(scripted)}).
		with(firstItem, "objects:\n", "objects:\n  - {kind: video, seq: 8, file: p.mp4}\n  - {kind: pdf, seq: 9, file: s.pdf, alt: x}\n")
	r.age()
	told := func() (codes []string) {
		rep, err := buildReport(r.o)
		fine(t, err)
		for _, d := range rep.Diags.Sorted() {
			if d.Code == "recording-rare" || d.Code == "pdf-file" {
				codes = append(codes, d.Code+" "+d.Pos.String())
			}
		}
		return codes
	}
	first := told()
	edit(t, filepath.Join(r.o.Content, recordPath("tl-0002")), "level: item", "subtitle: Khác\nlevel: item") // or the report of the build before is given
	if second := told(); len(first) != 2 || !slices.Equal(first, second) {
		t.Errorf("told %q, then %q", first, second)
	}
}
