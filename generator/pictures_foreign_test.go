package generator_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator"
)

// A picture in a format that is not read is told of once, by its ending, and with the command
// that converts it.
func TestAForeignPictureIsOneError(t *testing.T) {
	a := guideArchive()
	a[recordPath("tl-0001")] = strings.Replace(a[recordPath("tl-0001")], "a-002.jpg", "a-002.jp2", 1)
	o := generator.Options{Content: write(t, a), Out: filepath.Join(t.TempDir(), "public"), BaseURL: baseURL, AsOf: asOf}
	put(t, filepath.Join(o.Content, "fonds/phong-cau-mau/media/a-002.jp2"), []byte("\x00\x00\x00\x0cjP  \r\n\x87\n"))
	for name, run := range map[string]func(context.Context, generator.Options) (*generator.Report, error){"check": generator.Check, "build": generator.Build} {
		r, _ := run(context.Background(), o)
		told := 0
		for _, d := range r.Diags.Sorted() {
			if strings.HasPrefix(d.Code, "image-") {
				told++
				if !strings.Contains(d.Hint.En, "vips copy a-002.jp2 a-002.tif") {
					t.Errorf("%s: %+v", name, d)
				}
			}
		}
		if told != 1 {
			t.Errorf("%s: told %d times: %v", name, told, r.Diags.Sorted())
		}
	}
}
