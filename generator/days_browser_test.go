package generator_test

import "testing"

// Which day is today the reader's browser says, and no page that was built.
func TestTodayIsMarkedByTheBrowser(t *testing.T) {
	t.Parallel()
	b := browser(t)
	origin := serve(t, sample(t).Root, "/")
	tb := tab(t, b, origin, true)
	if err := tb.Before(`Date = class extends Date { constructor() { super(2031, 1, 3, 12) } }`); err != nil {
		t.Fatal(err)
	}
	const says = `[...document.querySelectorAll("p.today a")].map(a => a.textContent + " " + new URL(a.href).pathname + new URL(a.href).hash).join() + " " + document.querySelectorAll("[aria-current=date]").length`
	for page, want := range map[string]string{
		"ngay-nay-nam-xua/index.html": "Hôm nay, 3 tháng 2 /ngay-nay-nam-xua/02.html#ngay-02-03 1",
		"ngay-nay-nam-xua/02.html":    "Hôm nay, 3 tháng 2 /ngay-nay-nam-xua/02.html#ngay-02-03 0",
		"ngay-nay-nam-xua/03.html":    " 0",
		"en/on-this-day/index.html":   "Today, February 3 /en/on-this-day/02.html#ngay-02-03 1",
	} {
		if err := tb.Open(origin + page); err != nil {
			t.Fatal(err)
		}
		if got, err := tb.Evaluate(says); err != nil || got != want {
			t.Errorf("%s: %q (%v), want %q", page, got, err, want)
		}
	}
}
