package generator_test

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/generator"
)

// clockAt is a clock that stands at a day.
func clockAt(year int, month time.Month, day int) func() time.Time {
	return func() time.Time { return time.Date(year, month, day, 9, 0, 0, 0, time.Local) }
}

// backThen are the warnings of a build as of a day before the last one.
func backThen(rep *generator.Report) (out []string) {
	for _, d := range rep.Diags.Sorted() {
		if d.Code == "day-back" {
			out = append(out, d.Msg.En)
		}
	}
	return out
}

func TestRule11_CalendarThatIsTurnedBackOpensNothing(t *testing.T) {
	r := newRuled(t, map[string]string{"pages/rieng.md": "---\ntitle: Riêng\naccess: {state: public, embargo_until: \"2026-07-01\"}\n---\nLời.\n"}).with("clearances/qd-01.yaml", "{from: \"2026-01-15\"}", "{from: \"2026-01-15\", until: \"2026-06-01\"}")
	r.o.AsOf, r.o.Clock = "", clockAt(2026, 11, 22)
	if r.published(); r.has("tl-0001") {
		t.Fatal("what has expired is published")
	}
	before := treeOf(t, r.o.Out)
	r.o.Clock = clockAt(2026, 5, 1)
	var ue *generator.UserError
	if _, err := generator.Build(context.Background(), r.o); !errors.As(err, &ue) || !strings.Contains(ue.Hint.En, "--as-of 2026-05-01") || !strings.Contains(ue.Msg.Vi, "2026-11-22") {
		t.Errorf("with a clock that was turned back: %v", err)
	}
	if _, err := generator.Release(context.Background(), generator.ReleaseOptions{Options: r.o}); !errors.As(err, &ue) || r.has("tl-0001") {
		t.Errorf("release: %v", err)
	}
	if !maps.Equal(before, treeOf(t, r.o.Out)) {
		t.Error("the site changed")
	}
	s, err := generator.OpenSession(generator.SessionOptions{Options: r.o})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if rep, err := s.Refresh(context.Background()); err != nil || rep.AsOf != "2026-11-22" || len(backThen(rep)) != 1 {
		t.Errorf("preview: %v, %s", err, worded(rep))
	}
	if _, ok, _ := s.File(filepath.ToSlash(pageOf("tl-0001"))); ok {
		t.Error("the preview shows what has expired")
	}
	r.o.AsOf = "2026-05-01"
	for range 2 { // the second finds nothing to do
		rep, site := r.build()
		want := []string{"judged as of 2026-05-01, and this site has been built as of 2026-11-22: what has expired since may be published again", "pages/rieng.md is published from 2026-07-01 on; by this day it is not", "the clearance qd-01 is in force no more from 2026-06-02 on (5 records); by this day it is again"}
		if got := backThen(rep); site == nil || !slices.Equal(got, want) {
			t.Errorf("as of a day that has passed: %q", got)
		}
	}
	r.o.AsOf = ""
	r.o.Clock = clockAt(2026, 11, 22)
	if rep, _ := r.build(); r.has("tl-0001") || len(backThen(rep)) > 0 {
		t.Errorf("on the latest day: %s", worded(rep))
	}
	if err := os.Remove(filepath.Join(filepath.Dir(r.o.Out), ".vitrine", "public", "day")); err != nil {
		t.Error(err)
	}
	r.o.Clock = clockAt(2026, 5, 1)
	if r.published(); !r.has("tl-0001") {
		t.Error("the file that the message names does not set it right")
	}
}

// A withdrawal takes one record off and brings none back, whatever the clock shows.
func TestRule11_WithdrawalByAClockThatWasTurnedBack(t *testing.T) {
	for name, c := range map[string]struct {
		clock func() time.Time
		asOf  string
		date  string // of the withdrawal
		built bool
	}{
		"turned back": {clockAt(2026, 5, 1), "", "2026-05-01", false}, "never set": {clockAt(1970, 1, 1), "", "2026-11-22", false}, "a day that was asked for": {clockAt(2026, 11, 23), "2026-05-01", "2026-05-01", false},
		"never set, and a day": {clockAt(1970, 1, 1), "2026-11-25", "2026-11-25", false}, "as it should be": {clockAt(2026, 11, 23), "", "2026-11-23", true},
	} {
		r := newRuled(t, map[string]string{"clearances/qd-02.yaml": strings.NewReplacer("id: qd-01", "id: qd-02", "fonds: [phong-cau-mau]", "records: [tl-0002]", "from: \"2026-01-15\"", "from: \"2026-01-15\", until: \"2026-06-01\"").Replace(clearance)})
		r.with(recordPath("tl-0002"), "clearance: qd-01", "clearance: qd-02")
		r.o.AsOf, r.o.Clock = "", clockAt(2026, 11, 22)
		if r.published(); r.has("tl-0002") || !r.has("tl-0001") {
			t.Fatal("the archive is not that of the test")
		}
		r.o.AsOf, r.o.Clock = c.asOf, c.clock
		rep, err := generator.Withdraw(context.Background(), generator.WithdrawOptions{Options: r.o, ID: "tl-0001"})
		if err != nil || rep.Rebuilt != c.built || rep.Turned == c.built || r.has("tl-0002") || !bytes.Contains(read(t, r.page("tl-0001")), []byte("page-tombstone")) {
			t.Errorf("%s: %v, %+v", name, err, rep)
			continue
		}
		if told := strings.Contains(strings.Join(rep.Lines("en"), "\n"), "built as of 2026-11-22"); told == c.built {
			t.Errorf("%s: %q", name, rep.Lines("en"))
		}
		if text := string(read(t, filepath.Join(r.o.Content, filepath.FromSlash(firstItem)))); !strings.Contains(text, c.date) {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// A clock that once was ahead left its day with the site: a withdrawal brings nothing on
// that begins by then.
func TestRule11_WithdrawalFromASiteOfALaterDay(t *testing.T) {
	r := newRuled(t, nil).with(recordPath("tl-0002"), "access: {state: public}", "access: {state: public, embargo_until: \"2030-01-01\"}")
	r.o.AsOf, r.o.Clock = "", clockAt(2031, 1, 1)
	if r.published(); !r.has("tl-0002") {
		t.Fatal("the archive is not that of the test")
	}
	r.o.AsOf, r.o.Clock = "2026-11-22", clockAt(2026, 11, 22)
	if r.published(); r.has("tl-0002") {
		t.Fatal("what is under embargo is published")
	}
	r.o.AsOf = ""
	rep, err := generator.Withdraw(context.Background(), generator.WithdrawOptions{Options: r.o, ID: "tl-0001"})
	if err != nil || !rep.Turned || r.has("tl-0002") || !bytes.Contains(read(t, r.page("tl-0001")), []byte("page-tombstone")) {
		t.Errorf("%v, %+v", err, rep)
	}
}
