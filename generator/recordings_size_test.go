package generator_test

import (
	"errors"
	"strings"
	"testing"

	"vitrine/generator"
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
