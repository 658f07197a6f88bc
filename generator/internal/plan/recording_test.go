package plan

import (
	"testing"
	"time"
)

func TestDurationsAreWorded(t *testing.T) {
	c := &composer{Plan: &Plan{Input: Input{Text: echo}}, lang: "vi"}
	for _, d := range []struct {
		long            time.Duration
		words, iso, now string
	}{
		{0, "plan.lasting-seconds[1]", "PT1S", "0:00"},
		{59600 * time.Millisecond, "plan.lasting-minutes[1]", "PT1M", "0:59"},
		{192 * time.Second, "plan.lasting-minutes[3] plan.lasting-seconds[12]", "PT3M12S", "3:12"},
		{2*time.Hour + 5*time.Second, "plan.lasting-hours[2] plan.lasting-seconds[5]", "PT2H5S", "2:00:05"},
	} {
		if w, i, n := c.lasting(d.long), isoDuration(d.long), clock(d.long); w != d.words || i != d.iso || n != d.now {
			t.Errorf("%v: %q, %q, %q", d.long, w, i, n)
		}
	}
}
