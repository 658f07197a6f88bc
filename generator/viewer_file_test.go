package generator_test

import (
	"bytes"
	"path/filepath"
	"testing"
)

// The file of a PDF is offered with the sizes of its first page, without scripts too, and in
// the viewer at each of its pages; nowhere else.
func TestViewerOffersTheFile(t *testing.T) {
	t.Parallel()
	b, origin := browser(t), serve(t, bare(t).Root, "/a/b/")
	page := origin + "phong-luu-tru/mau-01/mau-0012.html"
	const inViewer = `[...document.querySelectorAll(".viewer-sizes a")].filter((a) => a.href.endsWith("-file.pdf") && a.textContent.startsWith("PDF, 2 trang")).length`
	r := readerBefore(t, b, origin, 390)
	for sheet, files := range map[string]string{"1": "0", "2": "1", "2-2": "1"} {
		r.open(page + "#page=" + sheet)
		r.waits(viewerShows)
		r.finds("String("+inViewer+")", files)
	}
	r.clean()
	html := read(t, filepath.Join(bare(t).Root, "phong-luu-tru/mau-01/mau-0012.html"))
	if n := bytes.Count(html, []byte(`download="mau-0012-to-2.pdf"`)); n != 1 {
		t.Errorf("the page offers the file %d times", n)
	}
}
