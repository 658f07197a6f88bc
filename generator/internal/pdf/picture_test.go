package pdf

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"
)

// A page that is nothing but scans has the dots of the finest, and no more than an
// archive would scan; whatever is drawn in lines has as many as there may be.
func TestPictureIsNoLargerThanItsScans(t *testing.T) {
	scan := func(w, h string, rows int) string {
		return "q 595 0 0 842 0 0 cm BI /W " + w + " /H " + h + " /BPC 1 /CS /G ID " + strings.Repeat("U", rows) + " EI Q\n"
	}
	coarse, fine, finest := scan("827", "1169", 104*1169), scan("1240", "1754", 155*1754), scan("4960", "7016", 620*7016)
	hidden := "BT 3 Tr /F1 12 Tf 72 700 Td (read by a program) Tj ET\n"
	cases := []struct {
		name, content string
		w, h          int
	}{
		{"nothing", "", 595, 842},
		{"a scan of 100 dots per inch", coarse, 826, 1169},
		{"with the words that were read from it", coarse + hidden, 826, 1169},
		{"two scans, of which one is finer", coarse + fine, 1240, 1754},
		{"in a quarter of the page, twice as fine", "q 0.5 0 0 0.5 0 0 cm " + coarse + "Q", 1653, 2339},
		{"turned on its side", "q 0 -842 595 0 0 842 cm BI /W 1169 /H 827 /BPC 1 /CS /G ID " + strings.Repeat("U", 147*827) + " EI Q\n", 826, 1169},
		{"a scan of 600 dots per inch", finest, 2479, 3508},
		{"a scan with a line", coarse + "0 0 m 100 100 l S\n", 2479, 3508},
		{"a scan with a heading", coarse + strings.Replace(hidden, "3 Tr", "0 Tr", 1), 2479, 3508},
		{"a dot", "q 595 0 0 842 0 0 cm /B Do Q", 595, 842},
	}
	m := made{}
	for _, c := range cases {
		m.contents = append(m.contents, c.content)
	}
	data := m.bytes()
	e := &Engine{}
	defer e.Close()
	err := e.Open(context.Background(), bytes.NewReader(data), int64(len(data)), time.Minute, func(d *Document) error {
		for i, c := range cases {
			x, err := d.Extent(i)
			if err != nil {
				return err
			}
			if near := func(a, b int) bool { return a-b <= 1 && b-a <= 1 }; !near(x.Width, c.w) || !near(x.Height, c.h) {
				t.Errorf("%s: %d × %d pixels, want %d × %d", c.name, x.Width, x.Height, c.w, c.h)
			}
			img, err := d.Picture(i)
			if err != nil {
				return err
			}
			if img.Rect.Dx() != x.Width || img.Rect.Dy() != x.Height {
				t.Errorf("%s: drawn as %v, said %+v", c.name, img.Rect, x)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
