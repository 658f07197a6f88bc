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
	var all []string
	for i := range 80 {
		all = append(all, fmt.Sprint("chữ", i))
	}
	long, most := strings.Join(all, " "), strings.Join(all[:maxCount], " ")
	p.Add(long)
	for text, want := range map[string]string{
		"Xem biên bản họp\nBan *Xây dựng* cầu.": title + "@biên bản họp\nBan *Xây dựng* cầu", "bien ban hop ban xay dung cau": title + "@bien ban hop ban xay dung cau, " + other + "@bien ban hop ban xay dung cau",
		norm.NFD.String("Biên bản họp Ban Xây dựng cầu"): title + "@" + norm.NFD.String(title), "Biên bản hợp ban xây dựng cầu": other + "@" + other, "Biên bản họp Ban Xây dựng": "", "Biên bản họp Ban Xây dựng cầuđường": "",
		"Thú": "", "thư": short + "@thư", long: most + "@" + most, most: most + "@" + most, strings.Join(all[:maxCount-1], " "): "",
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

// Nor by how long a phrase is that the text repeats the words of.
func TestPhrasesOfRepeatedWords(t *testing.T) {
	for _, phrase := range []string{"là là là là là", strings.Repeat("la ", 2000) + "b"} {
		var p Phrases
		p.Add(phrase)
		began, n := time.Now(), 0
		p.In(strings.Repeat("la ", 300_000), func(int, Mention) bool { n++; return true })
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%.20s: %v for %d mentions", phrase, took, n)
		}
	}
}
