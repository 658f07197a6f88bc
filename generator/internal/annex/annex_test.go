package annex

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestGrouped(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1.000", 12345: "12.345", 1234567: "1.234.567"} {
		if got := grouped(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

// count counts the elements of a name.
func count(n *html.Node, name string) (out int) {
	if n.Type == html.ElementNode && n.Data == name {
		out++
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		out += count(c, name)
	}
	return out
}

func TestAnnexHoldsEveryRecordAndPage(t *testing.T) {
	rows := []Row{{ID: "tl-0001", Title: "Một <b> & hai", Pages: 2, State: "chưa xét"}, {ID: "tl-0002", Title: "Băng", Extent: "30 phút"}}
	var b strings.Builder
	w := NewWriter(&b)
	thumb := Thumb{JPEG: []byte{0xff, 0xd8}, Width: 240, Height: 340, Label: "tờ 1", SHA256: strings.Repeat("ab", 32)}
	for _, err := range []error{
		w.Head(Annex{ID: "qd-01", Institution: "Cơ quan mẫu", Scope: []Line{{"Phông", "Phông mẫu"}}, Rows: rows, Pages: 2, SHA256: "00"}),
		w.Sheet(Sheet{Row: rows[0], Thumbs: []Thumb{thumb, thumb}}),
		w.Sheet(Sheet{Row: rows[1], Files: []File{{Label: "bang.mp3", SHA256: "cd"}}}),
		w.Foot(),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	doc, err := html.Parse(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"img": 2, "h3": 2, "tr": 4, "figure": 2, "b": 3, "script": 0} {
		if got := count(doc, name); got != want {
			t.Errorf("%d <%s>, want %d", got, name, want)
		}
	}
	for _, want := range []string{"CƠ QUAN MẪU", "Một &lt;b&gt; &amp; hai", "30 phút", "bang.mp3", "data:image/jpeg;base64,/9g=", "abababababab<"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the annex lacks %q", want)
		}
	}
}
