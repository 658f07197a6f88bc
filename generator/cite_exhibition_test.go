package generator_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// An exhibition is cited by those who made it, with its title in each reference, and at the
// place of the institution; its page leads nowhere that a record's would.
func TestExhibitionsAreCited(t *testing.T) {
	t.Parallel()
	s := sample(t)
	page := string(read(t, filepath.Join(s.Root, "trung-bay/mua-thu-1945/index.html")))
	want := map[string]string{
		"vi":           "Nhóm biên soạn bộ mẫu: Mùa thu 1945, ngày 3 tháng 2 năm 2026, Cơ quan mẫu",
		"chicago-note": "Sample archive editors, “Mùa thu 1945 [Autumn 1945],” 3 February 2026, Sample institution",
		"apa":          "Sample archive editors. (2026, February 3). Mùa thu 1945 [Autumn 1945] [online exhibition]. Sample institution",
		"harvard":      "Sample archive editors (2026) Mùa thu 1945 [Autumn 1945], 3 February 2026. Sample institution",
	}
	styles := 0
	for _, m := range regexp.MustCompile(`<p id="cite-([a-z-]+)"[^>]*>(.*?)</p>`).FindAllStringSubmatch(page, -1) {
		styles++
		got := bareText(m[2])
		if !strings.Contains(got, "Mùa thu 1945") {
			t.Errorf("%s: %q", m[1], got)
		}
		if w := want[m[1]]; w != "" && !strings.HasPrefix(got, w) {
			t.Errorf("%s\ngot  %s\nwant %s", m[1], got, w)
		}
	}
	if styles < 7 || !strings.Contains(page, "Trích dẫn trưng bày này") {
		t.Errorf("%d styles", styles)
	}
}
