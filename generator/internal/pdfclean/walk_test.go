package pdfclean

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

const (
	fonts = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
	shown = "BT /F 24 Tf 60 540 Td (secret) Tj ET "
)

// lettered is a file that shows codes in a font of Type 3, with its matrix and the one glyph a.
func lettered(content, matrix, glyph string) []byte {
	return drawn(content, "/Font << /T << /Subtype /Type3 /FontMatrix ["+matrix+"] /Encoding << /Differences [97 /a] >> /FirstChar 97 /Widths [9] /CharProcs << /a 5 0 R >> >> >>", streamOf("", glyph))
}

// pictured is a file that draws an image of that many pixels with a matrix.
func pictured(columns, rows int, matrix string) []byte {
	return drawn("q "+matrix+" cm /I Do Q", "/XObject << /I 5 0 R >>", streamOf(fmt.Sprintf("/Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray", columns, rows), strings.Repeat("ab", columns*rows/2+1)))
}

// Text and pictures without width or height have no place on the page, and are refused
// however it comes about.
func TestRefusesWhatIsSqueezed(t *testing.T) {
	formed := func(matrix, content string) []byte {
		return drawn(content, "/XObject << /X 5 0 R >> "+fonts, streamOf("/Subtype /Form /BBox [0 0 600 900] "+matrix, shown))
	}
	for name, c := range map[string]struct {
		data []byte
		why  string
	}{
		"no scale":                   {drawn("BT 0 Tz /F 24 Tf (secret) Tj ET", fonts), "squeezed until"},
		"a scale of nearly nothing":  {drawn("BT 0.01 Tz /F 24 Tf (secret) Tj ET", fonts), "squeezed until"},
		"a scale from before":        {drawn("0.01 Tz BT /F 24 Tf [(se) 5 (cret)] TJ ET", fonts), "squeezed until"},
		"no size":                    {drawn("BT /F 0 Tf (secret) ' ET", fonts), "squeezed until"},
		"no width":                   {drawn("BT /F 24 Tf 0 0 0 1 60 540 Tm 1 2 (secret) \" ET", fonts), "squeezed until"},
		"no height":                  {drawn("BT /F 24 Tf 1 0 0 0 60 540 Tm (secret) Tj ET", fonts), "squeezed until"},
		"a skew to a line":           {drawn("BT /F 24 Tf 1 1 1 1 60 540 Tm (secret) Tj ET", fonts), "squeezed until"},
		"a matrix of nothing":        {drawn("q 0 0 0 0 0 0 cm "+shown+"Q", fonts), "squeezed until"},
		"a flat matrix":              {drawn("q 0.0001 0 0 1 0 0 cm "+shown+"Q", fonts), "squeezed until"},
		"two matrices":               {drawn("q 0.1 0 0 1 0 0 cm 0.1 0 0 1 0 0 cm "+shown+"Q", fonts), "squeezed until"},
		"a flat text in a q":         {drawn("BT /F 24 Tf 0 0 0 1 60 540 Tm q 1 0 0 1 0 0 Tm Q (secret) Tj ET", fonts), "squeezed until"},
		"a form":                     {formed("", "q 0.001 0 0 1 0 0 cm /X Do Q"), "squeezed until"},
		"a form by its matrix":       {formed("/Matrix [1 0 0 0.001 0 0]", "/X Do"), "squeezed until"},
		"a form the second time":     {formed("", "/X Do q 0.001 0 0 1 0 0 cm /X Do Q"), "squeezed until"},
		"unpainted without width":    {drawn("BT 3 Tr 0 Tz /F 24 Tf (secret) Tj ET", fonts), "squeezed until"},
		"a glyph of Type 3":          {lettered("BT /T 1 Tf 0.001 0 0 1 0 0 Tm (a) Tj ET", "0.1 0 0 0.1 0 0", "50 0 d0 0 0 90 90 re f"), "squeezed until"},
		"a number as nobody writes":  {drawn("BT /F 24 Tf 1 0 0 1x 0 0 Tm (secret) Tj ET", fonts), "damaged"},
		"a matrix of two numbers":    {formed("/Matrix [1 0]", "/X Do"), "damaged"},
		"a small unit":               {[]byte(strings.Replace(string(drawn(shown, fonts)), "/Type /Page /", "/Type /Page /UserUnit 0.001 /", 1)), "squeezed until"},
		"a picture as a line":        {pictured(64, 64, "0.3 0 0 400 50 300"), "squeezed to a line"},
		"a picture as a level line":  {pictured(64, 64, "400 0 0 0.3 50 300"), "squeezed to a line"},
		"a skewed picture":           {pictured(64, 64, "200 200 200 200 50 300"), "squeezed to a line"},
		"a picture as a narrow bar":  {pictured(64, 64, "6 0 0 400 50 300"), "squeezed to a line"},
		"an image in content":        {drawn("q 0.3 0 0 400 50 300 cm BI /W 64 /H 64 /BPC 8 /CS /G ID "+strings.Repeat("ab", 2048)+" EI Q", ""), "squeezed to a line"},
		"an image of a glyph":        {lettered("BT /T 10 Tf (aa) Tj ET", "0.1 0 0 0.1 0 0", "50 0 d0 q 0.01 0 0 90 0 0 cm BI /W 64 /H 64 /IM true ID "+strings.Repeat("ab", 256)+" EI Q"), "squeezed to a line"},
		"a form that draws itself":   {drawn("/X Do", "/XObject << /X 5 0 R >>", streamOf("/Subtype /Form /Resources << /XObject << /X 5 0 R >> >>", "0.9 0 0 1 0 0 cm /X Do")), "damaged"},
		"a form that draws in a row": {formed("", "/X Do 0 Tz "+strings.Replace(shown, "/F 24 Tf", "/F 9 Tf", 1)), "squeezed until"},
	} {
		var fault *Error
		if _, err := Clean(c.data); !errors.As(err, &fault) || !strings.Contains(fault.Why.En, c.why) || fault.Why.Vi == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Small print, turned and mirrored text, text of scanning programs, glyphs in units of their
// own, rules and strips that are images, and icons stay.
func TestKeepsWhatIsSmall(t *testing.T) {
	for name, data := range map[string][]byte{
		"small print":              drawn("BT /F 2 Tf 50 Tz (Van ban) Tj ET", fonts),
		"a size in a matrix":       drawn("0.1 0 0 0.1 0 0 cm BT /F 1 Tf 0 120 -120 0 60 540 Tm (Van ban) Tj ET", fonts),
		"nothing":                  drawn("BT /F 0 Tf () Tj [5] TJ ET", fonts),
		"unpainted":                drawn("BT 3 Tr 2 Tz /F 12 Tf (l) Tj ET", fonts),
		"a scale within q":         drawn("q 0 Tz 0 0 0 0 0 0 cm Q "+shown, fonts),
		"glyphs of dots":           lettered("q 0.12 0 0 0.12 0 0 cm BT /T 1 Tf (a) Tj ET Q", "1 0 0 1 0 0", "50 0 0 0 32 48 d1 q 32 0 0 48 0 0 cm BI /W 32 /H 48 /IM true ID "+strings.Repeat("ab", 96)+" EI Q"),
		"glyphs that are blank":    lettered("BT /T 1 Tf (a) Tj ET", "1 0 0 1 0 0", "50 0 d0"),
		"glyphs of curves":         lettered("BT /T 12 Tf (a) Tj ET", "0.001 0 0 0.001 0 0", "500 0 0 0 900 900 d1 0 0 m 100 200 300 400 600 700 c 0 700 l f"),
		"a rule":                   pictured(1, 1, "500 0 0 0.5 50 300"),
		"a rule of two":            pictured(600, 2, "500 0 0 0.5 50 300"),
		"a strip at 600 dpi":       pictured(600, 8, "72 0 0 0.96 50 300"),
		"a fax":                    pictured(64, 32, "9 0 0 9 50 300"),
		"a gradient":               pictured(256, 1, "20 0 0 400 50 300"),
		"a logo":                   pictured(64, 64, "0 8 -8 0 50 300"),
		"a bullet":                 pictured(8, 8, "2 0 0 2 50 300"),
		"a form in two sizes":      drawn("/X Do q 0.5 0 0 0.5 0 0 cm /X Do Q", "/XObject << /X 5 0 R >> "+fonts, streamOf("/Subtype /Form /BBox [0 0 600 900] /Matrix [1 0 0 1 5 5]", shown)),
		"a form that knows itself": drawn("/X Do", "/XObject << /X 5 0 R >>", streamOf("/Subtype /Form /Resources << /XObject << /X 5 0 R >> >>", "1 0 0 1 5 5 cm n")),
	} {
		if _, err := Clean(data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
