package vi

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"
)

func found(p *Phrases, text string) (out []string) {
	p.In(text, func(n int, m Mention) bool {
		out = append(out, fmt.Sprintf("%s@%s", p.Text(n), text[m.From:m.To]))
		return true
	})
	return out
}

func TestPhrases(t *testing.T) {
	var p Phrases
	const title, other, short = "Biên bản họp Ban Xây dựng cầu", "Biên bản hợp ban xây dựng cầu", "Thư"
	n := p.Add(title)
	if p.Add(title) != n || p.Add("…") != -1 {
		t.Error("numbers")
	}
	p.Add(other)
	p.Add(short)
	long := strings.TrimSpace(strings.Repeat("một hai ", 40))
	p.Add(long)
	for text, want := range map[string]string{
		"Xem biên bản họp\nBan *Xây dựng* cầu.": title + "@biên bản họp\nBan *Xây dựng* cầu", "bien ban hop ban xay dung cau": title + "@bien ban hop ban xay dung cau, " + other + "@bien ban hop ban xay dung cau",
		norm.NFD.String("Biên bản họp Ban Xây dựng cầu"): title + "@" + norm.NFD.String(title), "Biên bản hợp ban xây dựng cầu": other + "@" + other, "Biên bản họp Ban Xây dựng": "", "Biên bản họp Ban Xây dựng cầuđường": "",
		"Thú": "", "thư": short + "@thư", long: long + "@" + long, strings.TrimSuffix(long, " hai") + " ba": "",
	} {
		if got := slices.Sorted(slices.Values(found(&p, text))); strings.Join(got, ", ") != want {
			t.Errorf("%q: %q", text, got)
		}
	}
	p.Drop(n)
	if got := found(&p, title); got != nil {
		t.Errorf("dropped, and found: %q", got)
	}
}

// The time goes by the length of the text, not by how many phrases there are.
func TestPhrasesTakeLinearTime(t *testing.T) {
	var p Phrases
	for i := range 20_000 {
		p.Add(fmt.Sprintf("Báo cáo công tác tháng %d của Ban", i))
	}
	text := strings.Repeat("Báo cáo công tác tháng của ", 40_000)
	began := time.Now()
	if got := found(&p, text); got != nil {
		t.Errorf("%q", got)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("%v for a mebibyte", took)
	}
}
