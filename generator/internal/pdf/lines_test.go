package pdf

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"
)

// layers are those of optional content: the first is shown, the second hidden.
var layers = []string{"<< /Type /OCG /Name (Hien) >>", "<< /Type /OCG /Name (An) >>"}

// layered is a page in whose resources the layers are Hien and An; forms are X1, in no layer,
// and X2, in the hidden one.
func layered(content string) []byte {
	m := made{contents: []string{content}, catalog: "/OCProperties << /OCGs [20 0 R 21 0 R] /D << /ON [20 0 R] /OFF [21 0 R] >> >>"}
	m.objects = append(m.objects, layers...)
	form := stream("/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /Font << /F1 5 0 R >> >>", show(500, "Bieu mau"))
	unpainted := stream("/Type /XObject /Subtype /Form /BBox [0 0 600 900] /OC 21 0 R /Resources << /Font << /F1 5 0 R >> >>", unseen(400, secret))
	m.objects = append(m.objects, form, strings.Replace(form, "/BBox", "/OC 21 0 R /BBox", 1), unpainted)
	objects := m.all()
	for i, o := range objects {
		objects[i] = strings.Replace(o, "/Contents", "/Resources << /Font << /F1 5 0 R >> /Properties << /L1 20 0 R /L2 21 0 R >> /XObject << /P 8 0 R /X1 22 0 R /X2 23 0 R /X3 24 0 R >> >> /Contents", 1)
		if at := strings.LastIndex(objects[i], resources); at > 0 && strings.Contains(objects[i], "/Type /Page ") {
			objects[i] = objects[i][:at] + objects[i][at+len(resources):]
		}
	}
	return file(objects)
}

// linesOf are the lines of the first page, blocks parted by "|".
func linesOf(t *testing.T, e *Engine, data []byte) (out string, all Lines) {
	t.Helper()
	err := e.Open(context.Background(), bytes.NewReader(data), int64(len(data)), time.Minute, func(d *Document) (err error) {
		all, err = d.Lines(0)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range all.Blocks {
		if i > 0 {
			out += "|"
		}
		for j, l := range b {
			if j > 0 {
				out += "/"
			}
			out += l.Text
		}
	}
	return out, all
}

// The text of a page is what a reader sees of it, line by line, and nothing that is
// hidden there, by whatever means.
func TestLinesAreThoseThatAreSeen(t *testing.T) {
	var e Engine
	defer e.Close()
	first := show(700, "Kinh gui ban")
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"lines and blocks":               {made{contents: []string{first + show(686, "Dong hai") + show(600, "Doan sau")}}.bytes(), "Kinh gui ban/Dong hai|Doan sau"},
		"white on white":                 {made{contents: []string{first + "1 g " + show(686, secret)}}.bytes(), "Kinh gui ban"},
		"white on black":                 {made{contents: []string{first + "0 g 60 630 400 40 re f 1 g " + show(650, "Chu trang")}}.bytes(), "Kinh gui ban|Chu trang"},
		"not painted":                    {made{contents: []string{first + unseen(686, secret)}}.bytes(), "Kinh gui ban"},
		"not painted, on a scan":         {made{contents: []string{scanned("P") + unseen(700, "Kinh gui ban")}}.bytes(), "Kinh gui ban"},
		"off the page":                   {made{contents: []string{first + show(900, secret)}}.bytes(), "Kinh gui ban"},
		"cut off":                        {made{contents: []string{first + show(100, secret)}, page: "/CropBox [0 300 595 842]"}.bytes(), "Kinh gui ban"},
		"in place of glyphs":             {made{contents: []string{"/Span << /ActualText (" + secret + ") >> BDC " + first + " EMC"}}.bytes(), "Kinh gui ban"},
		"a layer that is shown":          {layered("/OC /L1 BDC " + first + " EMC"), "Kinh gui ban"},
		"a hidden layer":                 {layered(first + "/OC /L2 BDC " + show(650, secret) + " EMC"), "Kinh gui ban"},
		"a hidden layer in one place":    {layered(first + "/OC /L2 BDC " + show(700, secret) + " EMC"), "Kinh gui ban"},
		"a form":                         {layered(first + "/X1 Do"), "Kinh gui ban|Bieu mau"},
		"a form in a hidden layer":       {layered(first + "/X2 Do"), "Kinh gui ban"},
		"a hidden form over a shown one": {layered(first + "/X1 Do /X2 Do"), "Kinh gui ban|Bieu mau"},
		"a hidden form on a scan":        {layered(scanned("P") + "/X3 Do"), ""},
		"a hidden layer on a scan":       {layered(scanned("P") + "/OC /L2 BDC " + unseen(700, secret) + " EMC"), ""},
	} {
		if got, _ := linesOf(t, &e, c.data); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Lines have places on the page as it is seen, turned and cut.
func TestLinesHavePlaces(t *testing.T) {
	var e Engine
	defer e.Close()
	for name, c := range map[string]struct {
		page       string
		w, h, x, y float64 // in pixels at 100 dpi
	}{
		"upright": {"", 826, 1169, 100, 187}, "turned": {"/Rotate 90", 1169, 826, 970, 100}, "cut": {"/CropBox [50 300 500 800]", 625, 694, 31, 129},
	} {
		_, all := linesOf(t, &e, made{contents: []string{show(700, "HHHHHHHH")}, page: c.page}.bytes())
		l := all.Blocks[0][0]
		if all.Width != c.w || all.Height != c.h || l.X < c.x-3 || l.X > c.x+3 || l.Y < c.y-6 || l.Y > c.y+6 || l.W < 10 || l.H < 10 {
			t.Errorf("%s: %g × %g, %+v", name, all.Width, all.Height, l)
		}
	}
}

// A line that ends in a hyphen is a line by itself, also where PDFium joins the word.
func TestLinesEndAtAHyphen(t *testing.T) {
	var e Engine
	defer e.Close()
	m := made{contents: []string{"BT /F1 12 Tf 14 TL 72 700 Td (organisms play an impor-) Tj T* (tant part in disease, and a vege-) Tj ET\nBT /F1 12 Tf 300 790 Td (table. VOL. 5) Tj ET\nBT /F1 12 Tf 72 600 Td (No. 113-115 here) Tj ET"}}
	out, all := linesOf(t, &e, m.bytes())
	const want = "organisms play an impor-/tant part in disease, and a vege-|table. VOL. 5|No. 113-115 here"
	if out != want {
		t.Errorf("%q, want %q", out, want)
	}
	for _, b := range all.Blocks {
		for _, l := range b {
			if l.H > 20 {
				t.Errorf("%q is %g pixels high", l.Text, l.H)
			}
		}
	}
	if !all.Blocks[0][0].Broken {
		t.Error("the word that goes on is not told")
	}
}

// An annotation that is for print alone is not seen on a screen, and so not here.
func TestAnnotationsThatAreNotViewed(t *testing.T) {
	var e Engine
	defer e.Close()
	for flags, want := range map[string]string{"/F 4": "Thay|Dau", "/F 32": "Thay", "/F 36": "Thay", "/F 2": "Thay"} {
		m := made{contents: []string{show(700, "Thay")}, page: "/Annots [20 0 R]", objects: []string{
			"<< /Type /Annot /Subtype /Stamp /Rect [72 100 300 140] " + flags + " /AP << /N 21 0 R >> >>",
			stream("/Type /XObject /Subtype /Form /BBox [0 0 228 40] /Resources << /Font << /F1 5 0 R >> >>", "BT /F1 12 Tf 5 5 Td (Dau) Tj ET"),
		}}
		if out, _ := linesOf(t, &e, m.bytes()); out != want {
			t.Errorf("%s: %q, want %q", flags, out, want)
		}
	}
}
