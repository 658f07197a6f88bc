package pdf

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

const secret = "Ho ten: Tran Van B, Ha Noi"

// guilty are shapes of a page that hides text and does not take it away.
var guilty = map[string]made{
	"a black box":                       {contents: []string{show(700, secret) + "0 g " + over(700)}},
	"a box of colour":                   {contents: []string{show(700, secret) + "0.8 0.1 0.1 rg " + over(700)}},
	"a white box":                       {contents: []string{show(700, secret) + "1 g " + over(700)}},
	"a box all but opaque":              {contents: []string{show(700, secret) + "/Most gs 0 g " + over(700)}},
	"a thick line":                      {contents: []string{show(700, secret) + "15 w 100 704 m 160 704 l S"}},
	"a polygon":                         {contents: []string{show(700, secret) + "0 g 98 695 m 165 694 l 166 712 l 97 713 l h f"}},
	"two boxes that meet":               {contents: []string{show(700, secret) + "0 g 100 696 60 8 re f 100 703.5 60 8 re f"}},
	"a black image":                     {contents: []string{show(700, secret) + "q 60 0 0 15 100 696 cm /B Do Q"}},
	"a stencil":                         {contents: []string{show(700, secret) + "q 0 g 60 0 0 15 100 696 cm /M Do Q"}},
	"a shading":                         {contents: []string{show(700, secret) + "q 100 696 60 15 re W n /S sh Q"}},
	"a box in a form":                   {contents: []string{show(700, secret) + "q 1 0 0 1 0 300 cm /F Do Q"}, form: "0 g 100 396 60 15 re f"},
	"text and box in a form":            {contents: []string{"q 0.5 0 0 0.5 0 300 cm /F Do Q"}, form: show(400, secret) + "0 g " + over(400)},
	"text in a form under a box":        {contents: []string{"q 1 0 0 1 0 300 cm /F Do Q 0 g " + over(700)}, form: show(400, secret)},
	"a label on the box":                {contents: []string{show(700, secret) + "0 g " + over(700) + "1 g BT /F1 8 Tf 104 700 Td (da che) Tj ET"}},
	"black text on a black ground":      {contents: []string{"0 g " + over(700) + show(700, secret)}},
	"a page that is turned":             {contents: []string{show(700, secret) + "0 g " + over(700)}, page: "/Rotate 90"},
	"a page that is cut":                {contents: []string{show(700, secret) + "0 g " + over(700)}, page: "/CropBox [50 300 500 800]"},
	"a box that darkens":                {contents: []string{show(700, secret) + "/Mul gs 0 g " + over(700)}},
	"a box over a scan and its text":    {contents: []string{scanned("P") + unseen(700, secret) + "0 g " + over(700)}},
	"a box over a scan, under its text": {contents: []string{scanned("P") + "1 g " + over(700) + unseen(700, secret)}},
	"a bar in a scan":                   {contents: []string{scanned("D") + unseen(700, secret)}},
	"a bar in a scan over its text":     {contents: []string{show(700, secret) + scanned("D")}},
	"text under a black page":           {contents: []string{show(700, secret) + scanned("B")}},
	"a square":                          annotated("/Subtype /Square /C [0 0 0] /IC [0 0 0] /Rect [100 696 160 711]"),
	"a stamp":                           annotated("/Subtype /Stamp /Rect [100 696 160 711] /AP << /N 21 0 R >>", stream("/Type /XObject /Subtype /Form /BBox [0 0 60 15]", "0 g 0 0 60 15 re f")),
	"a black highlight":                 annotated("/Subtype /Highlight /C [0 0 0] /QuadPoints [100 711 160 711 100 696 160 696] /Rect [100 696 160 711]"),
	"a field":                           annotated("/Subtype /Widget /FT /Btn /Ff 65536 /T (x) /Rect [100 696 160 711] /AP << /N 21 0 R >>", stream("/Type /XObject /Subtype /Form /BBox [0 0 60 15]", "0 g 0 0 60 15 re f")),
	"a redaction not carried out":       annotated("/Subtype /Redact /QuadPoints [100 711 160 711 100 696 160 696] /Rect [100 696 160 711]"),
	"a redaction with a rectangle":      annotated("/Subtype /Redact /Rect [100 696 160 711]"),
	"a thick line that says no more":    annotated("/Subtype /Line /L [100 704 160 704] /C [0 0 0] /BS << /W 15 >> /Rect [98 694 162 714]"),
	"a white line in a small rectangle": annotated("/Subtype /Line /L [100 704 160 704] /C [1 1 1] /Border [0 0 15] /Rect [100 704 160 704]"),
	"a bent line":                       annotated("/Subtype /PolyLine /Vertices [100 704 130 704 160 704] /BS << /W 15 >> /Rect [98 694 162 714]"),
	"ink":                               annotated("/Subtype /Ink /InkList [[100 704 160 704]] /C [0 0 0] /BS << /W 15 >> /Rect [98 694 162 714]"),
	"a filled polygon":                  annotated("/Subtype /Polygon /Vertices [100 696 160 696 160 711 100 711] /IC [0.9 0.9 0.9] /C [] /Border [0 0 0] /Rect [100 696 160 711]"),
	"a polygon with a thick border":     annotated("/Subtype /Polygon /Vertices [100 704 160 704 160 705 100 705] /C [0 0 0] /BS << /W 15 >> /Rect [100 696 160 711]"),
	"a square with a thick border":      annotated("/Subtype /Square /C [0 0 0] /BS << /W 15 >> /Rect [100 690 160 716]"),
	"a circle":                          annotated("/Subtype /Circle /IC [1 1 1] /Rect [80 690 180 716]"),
	"a text with a ground":              annotated("/Subtype /FreeText /C [1 1 1] /DA (0 g /F1 9 Tf) /Contents (x) /Rect [100 696 160 711]"),
	"a stamp that says no more":         annotated("/Subtype /Stamp /Name /Draft /Rect [100 696 160 711]"),
	"a field that says no more":         annotated("/Subtype /Widget /FT /Tx /T (x) /DA (0 g /F1 9 Tf) /MK << /BG [0 0 0] >> /Rect [100 696 160 711]"),
	"text that is turned":               {contents: []string{"BT /F1 12 Tf 0 1 -1 0 300 400 Tm (" + secret + ") Tj ET 0 g 288 430 18 60 re f"}},
	"the second page":                   {contents: []string{show(700, "Trang dau"), show(700, secret) + "0 g " + over(700)}},
}

// annotated is a page with a text and an annotation.
func annotated(entries string, more ...string) made {
	return made{contents: []string{show(700, secret)}, page: "/Annots [20 0 R]", objects: append([]string{"<< /Type /Annot /F 4 " + entries + " >>"}, more...)}
}

// innocent are shapes of a page that hides nothing.
var innocent = map[string]made{
	"text":                         {contents: []string{show(700, secret)}},
	"nothing":                      {contents: []string{""}},
	"no text under a box":          {contents: []string{show(650, secret) + "0 g " + over(700)}},
	"white text on a black box":    {contents: []string{"0 g " + over(700) + "1 g " + show(700, secret)}},
	"a white ground":               {contents: []string{"1 g 0 0 595 842 re f 0 g " + show(700, secret)}},
	"a banner":                     {contents: []string{"0.1 0.2 0.5 rg 0 680 595 60 re f 1 g " + show(700, secret)}},
	"a table":                      {contents: []string{table(12)}},
	"a highlighter":                {contents: []string{show(700, secret) + "/Half gs 1 1 0 rg " + over(700)}},
	"a highlighter that darkens":   {contents: []string{show(700, secret) + "/Mul gs 1 1 0 rg " + over(700)}},
	"a frame":                      {contents: []string{show(700, secret) + "2 w 60 690 400 30 re S"}},
	"an underline":                 {contents: []string{show(700, secret) + "0 g 72 697 150 1.2 re f"}},
	"struck out":                   {contents: []string{show(700, secret) + "0 g 72 703 150 1 re f"}},
	"a clipping path":              {contents: []string{show(700, secret) + "q 100 690 60 20 re W n Q"}},
	"a box that is clipped away":   {contents: []string{show(700, secret) + "q 400 100 10 10 re W n 0 g " + over(700) + " Q"}},
	"a frame of a filled path":     {contents: []string{show(700, secret) + "0 g 60 690 400 30 re 62 692 396 26 re f*"}},
	"a pattern of dots":            {contents: []string{show(700, secret) + "/Pattern cs /Dots scn " + over(700)}},
	"a scan with its text":         {contents: []string{scanned("P") + unseen(700, secret)}},
	"a scan over its text":         {contents: []string{unseen(700, secret) + scanned("P")}},
	"a scan over painted text":     {contents: []string{show(700, secret) + scanned("P")}},
	"a scan in strips":             {contents: []string{unseen(700, secret) + strips("P", 10)}},
	"a scan on black":              {contents: []string{scanned("B") + "q 575 0 0 822 10 10 cm /P Do Q " + unseen(700, secret)}},
	"a box beside the scan's text": {contents: []string{scanned("P") + unseen(700, secret) + "0 g " + over(600)}},
	"a picture beside text":        {contents: []string{show(700, secret) + "q 200 0 0 200 72 400 cm /B Do Q"}},
	"bold strokes":                 {contents: []string{"BT /B1 60 Tf 72 700 Td (III---lll...MMM) Tj ET"}},
	"a form with its ground":       {contents: []string{"q 1 0 0 1 0 300 cm /F Do Q"}, form: "0.9 g " + over(400) + "0 g " + show(400, secret)},
	"a form that lets through":     {contents: []string{show(700, secret) + "q /Half gs 1 0 0 1 0 300 cm /F Do Q"}, form: "0 g " + over(400)},
	"a highlight":                  annotated("/Subtype /Highlight /C [1 1 0] /QuadPoints [100 711 160 711 100 696 160 696] /Rect [100 696 160 711]"),
	"a link":                       annotated("/Subtype /Link /Rect [100 696 160 711] /Border [0 0 1]"),
	"an open square":               annotated("/Subtype /Square /C [1 0 0] /Rect [100 690 160 716]"),
	"a note":                       annotated("/Subtype /Text /Contents (x) /Rect [400 696 420 711]"),
	"a thin line":                  annotated("/Subtype /Line /L [100 704 160 704] /C [0 0 0] /BS << /W 1 >> /Rect [98 690 162 716]"),
	"a line across":                annotated("/Subtype /Line /L [72 690 230 716] /C [1 0 0] /BS << /W 2 >> /Rect [72 690 230 716]"),
	"a line without width":         annotated("/Subtype /Line /L [100 704 160 704] /BS << /W 0 >> /Rect [98 690 162 716]"),
	"a line that lets through":     annotated("/Subtype /Line /L [100 704 160 704] /C [1 1 0] /CA 0.4 /BS << /W 15 >> /Rect [98 690 162 716]"),
	"a line that is not shown":     annotated("/Subtype /Line /F 2 /L [100 704 160 704] /BS << /W 15 >> /Rect [98 690 162 716]"),
	"a line that is drawn thin":    annotated("/Subtype /Line /L [100 704 160 704] /BS << /W 15 >> /AP << /N 21 0 R >> /Rect [98 690 162 716]", stream("/Type /XObject /Subtype /Form /BBox [0 0 60 15]", "0 g 0 0 60 1 re f")),
	"a line without ends":          annotated("/Subtype /Line /BS << /W 15 >> /Rect [98 690 162 716]"),
	"an open polygon":              annotated("/Subtype /Polygon /Vertices [100 696 160 696 160 711 100 711] /IC [] /C [1 0 0] /Rect [100 696 160 711]"),
	"a text without a ground":      annotated("/Subtype /FreeText /C [] /DA (0 g /F1 9 Tf) /Contents (x) /Rect [100 696 160 711]"),
	"a text beside":                annotated("/Subtype /FreeText /C [1 1 1] /DA (0 g /F1 9 Tf) /Contents (x) /Rect [300 696 360 711]"),
	"a stamp beside":               annotated("/Subtype /Stamp /Name /Draft /Rect [300 696 360 711]"),
	"an underlining":               annotated("/Subtype /Underline /C [0 0 0] /QuadPoints [100 711 160 711 100 696 160 696] /Rect [100 696 160 711]"),
	"a striking out":               annotated("/Subtype /StrikeOut /C [0 0 0] /QuadPoints [100 711 160 711 100 696 160 696] /Rect [100 696 160 711]"),
	"a field over dots":            {contents: []string{show(700, "..................................................")}, page: "/Annots [20 0 R]", objects: []string{"<< /Type /Annot /F 4 /Subtype /Widget /FT /Tx /T (x) /MK << /BG [1 1 1] >> /Rect [72 690 200 716] >>"}},
}

// table is a page of shaded cells, each drawn before the words in it.
func table(rows int) string {
	var b bytes.Buffer
	for i := range rows {
		y := 700 - 20*i
		b.WriteString("0.2 g " + over(y) + "1 g BT /F1 9 Tf 104 ")
		b.WriteString(itoa(y) + " Td (O " + itoa(i) + ") Tj ET\n")
	}
	return b.String()
}

func strips(name string, n int) (out string) {
	for i := range n {
		out += "q 595 0 0 " + itoa(842/n) + " 0 " + itoa(i*842/n) + " cm /" + name + " Do Q\n"
	}
	return out
}

// covered is how many characters are, page by page.
func covered(t testing.TB, e *Engine, file []byte) (out []int) {
	t.Helper()
	err := e.Open(context.Background(), bytes.NewReader(file), int64(len(file)), time.Minute, func(d *Document) error {
		n, err := d.Pages()
		for i := range n {
			if err != nil {
				return err
			}
			var c int
			c, err = d.Covered(i)
			out = append(out, c)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Text that is hidden and still there is found on its page; the middle of the line
// is, and no more.
func TestCovered(t *testing.T) {
	e := &Engine{}
	defer e.Close()
	for name, m := range guilty {
		t.Run(name, func(t *testing.T) {
			for i, n := range covered(t, e, m.bytes()) {
				if last := i == len(m.contents)-1; last != (n >= 5) || n > 30 {
					t.Errorf("page %d: %d characters", i+1, n)
				}
			}
		})
	}
}

func TestNotCovered(t *testing.T) {
	e := &Engine{}
	defer e.Close()
	for name, m := range innocent {
		t.Run(name, func(t *testing.T) {
			for i, n := range covered(t, e, m.bytes()) {
				if n != 0 {
					t.Errorf("page %d: %d characters", i+1, n)
				}
			}
		})
	}
}

// Papers of archives, as they are, hide nothing.
func TestRealPapers(t *testing.T) {
	const dir = "../../../../shared/data"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("skipped: ../shared/data is not beside the repository")
	}
	e := &Engine{}
	defer e.Close()
	papers := 0
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".pdf" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		papers++
		began := time.Now()
		if old, err := outdated(t, e, data); len(old) > 0 || err != nil {
			t.Errorf("%s: earlier revisions of pages %v, %v", name, old, err)
		}
		pages := covered(t, e, data)
		t.Logf("%s: %d pages, %v", filepath.Base(name), len(pages), time.Since(began))
		for i, n := range pages {
			if n > 0 {
				t.Errorf("%s: page %d: %d characters", name, i+1, n)
			}
		}
		return nil
	})
	if err != nil || papers < 4 {
		t.Errorf("%d papers, %v", papers, err)
	}
}

// FuzzCovered holds the search to an end, whatever the bytes, and to an answer or a
// problem.
func FuzzCovered(f *testing.F) {
	for _, shapes := range []map[string]made{guilty, innocent, sayingGuilty, sayingInnocent} {
		for _, m := range shapes {
			f.Add(m.bytes())
		}
	}
	f.Add(saved(plain.bytes(), streamObject, redacted))
	e := &Engine{}
	f.Cleanup(func() { _ = e.Close() })
	covered(f, e, innocent["text"].bytes()) // the start alone takes longer than an input may
	f.Fuzz(func(t *testing.T, data []byte) {
		err := e.Open(context.Background(), bytes.NewReader(data), int64(len(data)), time.Minute, func(d *Document) error {
			if _, err := d.Outdated(); err != nil {
				return err
			}
			n, err := d.Pages()
			for i := range min(n, 3) {
				if _, err := d.Covered(i); err != nil {
					return err
				}
			}
			return err
		})
		var p *Problem
		if err != nil && !errors.As(err, &p) {
			t.Error(err)
		}
	})
}
