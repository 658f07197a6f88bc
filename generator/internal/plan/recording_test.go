package plan

import (
	"testing"
	"time"

	"vitrine/generator/internal/record"
)

func TestDurationsAreWorded(t *testing.T) {
	c := &composer{Plan: &Plan{Input: Input{Text: echo}}, lang: "vi"}
	for _, d := range []struct {
		long            time.Duration
		words, iso, now string
	}{
		{0, "plan.lasting-seconds[1]", "PT1S", "0:00"},
		{59600 * time.Millisecond, "plan.lasting-seconds[59]", "PT59S", "0:59"}, // both as the player beside them says
		{60 * time.Second, "plan.lasting-minutes[1]", "PT1M", "1:00"},
		{192 * time.Second, "plan.lasting-minutes[3] plan.lasting-seconds[12]", "PT3M12S", "3:12"},
		{2*time.Hour + 5*time.Second, "plan.lasting-hours[2] plan.lasting-seconds[5]", "PT2H5S", "2:00:05"},
	} {
		if w, i, n := c.lasting(d.long), isoDuration(d.long), clock(d.long); w != d.words || i != d.iso || n != d.now {
			t.Errorf("%v: %q, %q, %q", d.long, w, i, n)
		}
	}
}

// A recording without a label is called what it is, with its place among those of its
// kind where there are several, whatever its number among all objects.
func TestRecordingsWithoutALabel(t *testing.T) {
	c := &composer{Plan: &Plan{Input: Input{Text: echo}}, lang: "vi"}
	kinds := []string{"page", "audio", "video", "audio"}
	u := &record.Unit{}
	for _, kind := range kinds {
		u.Objects = append(u.Objects, record.Object{Kind: record.Str{V: kind}})
	}
	for i, want := range []string{"plan.sheet[1]", "plan.sound\u00a01", "plan.film", "plan.sound\u00a02"} {
		if got := c.leafLabel(u, leaf{object: u.Objects[i], seq: i + 1, pages: 1}); string(got.HTML) != want {
			t.Errorf("%s: %q, want %q", kinds[i], got.HTML, want)
		}
	}
}
