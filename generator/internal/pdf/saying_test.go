package pdf

import "testing"

// said is content of which a page says something, under a key of its mark.
func said(kind, key, what, content string) string {
	return "/" + kind + " << /" + key + " (" + what + ") >> BDC " + content + " EMC\n"
}

// structured is a page with an element of the document's structure, of some kind and
// with what it says, to which the marked content 0 belongs.
func structured(content, kind, says string) made {
	return made{contents: []string{content}, page: "/StructParents 0", catalog: "/StructTreeRoot 20 0 R /MarkInfo << /Marked true >>", objects: []string{
		"<< /Type /StructTreeRoot /K [21 0 R] /ParentTree 22 0 R >>",
		"<< /Type /StructElem /S /" + kind + " /P 20 0 R /Pg 23 0 R /K [<< /Type /MCR /MCID 0 /Pg 23 0 R >>] " + says + " >>",
		"<< /Nums [0 [21 0 R]] >>"}}
}

func tagged(content string) string { return "/Span << /MCID 0 >> BDC " + content + " EMC\n" }

const (
	picture = "q 60 0 0 15 100 696 cm /P Do Q "
	name    = "Tran Van B"
	outline = "0 g 100 696 6 40 re 106 696 20 6 re f 140 696 6 40 re 146 716 20 6 re 146 730 20 6 re f " // L, F
)

var blackBox = "0 g " + over(700)

// sayingGuilty are pages that say what is not seen.
var sayingGuilty = map[string]made{
	"of a box":                      {contents: []string{said("Span", "ActualText", name, blackBox)}},
	"of a white box":                {contents: []string{said("Span", "ActualText", name, "1 g "+over(700))}},
	"of two bars":                   {contents: []string{said("Span", "ActualText", name, blackBox+over(650))}},
	"of a box, in Unicode":          {contents: []string{"/Span << /ActualText <FEFF005400721EA7006E0020005600610306006E> >> BDC " + blackBox + " EMC"}},
	"of a box, by a property list":  {contents: []string{"/Span /P1 BDC " + blackBox + " EMC"}, page: "/Resources << /Properties << /P1 << /ActualText (" + name + ") >> >> >>"},
	"of a box, as a description":    {contents: []string{said("Span", "Alt", name, blackBox)}},
	"of a box, as an expansion":     {contents: []string{said("Span", "E", name, blackBox)}},
	"of a box in a form":            {contents: []string{"q 1 0 0 1 0 300 cm /F Do Q"}, form: said("Span", "ActualText", name, "0 g "+over(400))},
	"of a form with a box":          {contents: []string{said("Span", "ActualText", name, "q 1 0 0 1 0 300 cm /F Do Q")}, form: "0 g " + over(400)},
	"of a box within other content": {contents: []string{"/P << /MCID 0 >> BDC " + said("Span", "ActualText", name, blackBox) + show(700, "Kinh gui") + " EMC"}},
	"of stars":                      {contents: []string{said("Span", "ActualText", name, show(700, "***"))}},
	"of a blank":                    {contents: []string{said("Span", "ActualText", name, show(700, " ")) + blackBox}},
	"of a glyph under a box":        {contents: []string{said("Span", "ActualText", name, show(700, "g")) + "0 g 70 690 12 20 re f"}},
	"of a picture under a box":      {contents: []string{said("Figure", "Alt", name, picture) + blackBox}},
	"by an element, of a box":       structured(tagged(blackBox), "Span", "/ActualText ("+name+")"),
	"by an element, of nothing":     structured(tagged("")+blackBox, "Span", "/ActualText ("+name+")"),
	"by an element, of a picture":   structured(tagged(picture)+blackBox, "Figure", "/Alt ("+name+")"),
	"by an element, as expansion":   structured(tagged(blackBox), "Span", "/E ("+name+")"),
}

// sayingInnocent are pages that say what is seen.
var sayingInnocent = map[string]made{
	"of text":                         {contents: []string{said("Span", "ActualText", secret, show(700, secret))}},
	"a ligature":                      {contents: []string{said("Span", "ActualText", "ffi", show(700, "f"))}},
	"a soft hyphen":                   {contents: []string{"/Span << /ActualText <FEFF00AD> >> BDC " + show(700, "-") + " EMC"}},
	"a tabulator":                     {contents: []string{"/Span << /ActualText <FEFF0009> >> BDC " + show(700, " ") + " EMC"}},
	"a dash that is drawn":            {contents: []string{"/Span << /ActualText <FEFF2014> >> BDC 0 g 100 700 20 1 re f EMC"}},
	"an abbreviation":                 {contents: []string{said("Span", "E", "Uy ban nhan dan", show(700, "UBND"))}},
	"an initial that is an image":     {contents: []string{said("Span", "ActualText", "Kinh gui", picture)}},
	"letters in outlines":             {contents: []string{said("Span", "ActualText", "LF mau", outline)}},
	"a picture":                       {contents: []string{said("Figure", "Alt", name, picture)}},
	"a picture with its caption":      {contents: []string{said("Figure", "Alt", name, picture) + "1 g 100 696 60 5 re f 0 g BT /F1 4 Tf 101 697 Td (Anh) Tj ET"}},
	"a picture on a ground":           {contents: []string{blackBox + said("Figure", "Alt", name, picture)}},
	"a drawing of boxes":              {contents: []string{said("Figure", "Alt", "Bieu do", blackBox+over(650))}},
	"a scan with text on it":          {contents: []string{said("Figure", "Alt", "Trang 1", scanned("P")) + "1 g 0 0 595 700 re f " + show(600, "Kinh gui")}},
	"by an element, of text":          structured(tagged(show(700, secret)), "Span", "/ActualText ("+secret+")"),
	"by an element, of a picture":     structured(tagged(picture), "Figure", "/Alt ("+name+")"),
	"by an element, of a drawing":     structured(tagged(blackBox), "Figure", "/Alt (Bieu do)"),
	"by an element, of text it means": structured(tagged(show(700, "UBND")), "Span", "/E (Uy ban nhan dan)"),
	"by an element, of a link":        structured(tagged(show(700, "o day")), "Link", "/Alt (Trang cua luu tru)"),
	"by an element, of an ornament":   structured(tagged(blackBox), "Span", ""),
}

// What a page gives to be copied in place of what it draws is found where nothing that
// is seen could say it.
func TestCoveredSayings(t *testing.T) {
	e := &Engine{}
	defer e.Close()
	for name, m := range sayingGuilty {
		t.Run(name, func(t *testing.T) {
			if n := covered(t, e, m.bytes())[0]; n < 5 || n > 30 {
				t.Errorf("%d characters", n)
			}
		})
	}
}

func TestNotCoveredSayings(t *testing.T) {
	e := &Engine{}
	defer e.Close()
	for name, m := range sayingInnocent {
		t.Run(name, func(t *testing.T) {
			if n := covered(t, e, m.bytes())[0]; n != 0 {
				t.Errorf("%d characters", n)
			}
		})
	}
}
