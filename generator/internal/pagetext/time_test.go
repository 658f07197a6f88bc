package pagetext

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

// repeated has every element of the three formats that may stand many times, and
// texts that a tag parts, with what stands around them.
var repeated = map[string][3]string{
	"ALTO blocks":         {"<alto><Layout><Page>", "<TextBlock ID='a' LANG='vie'/>", "</Page></Layout></alto>"},
	"ALTO lines":          {"<alto><TextBlock>", "<TextLine><String CONTENT='a'/></TextLine>", "</TextBlock></alto>"},
	"ALTO empty lines":    {"<alto><TextBlock>", "<TextLine/>\n", "</TextBlock></alto>"},
	"ALTO words":          {"<alto><TextLine>", "<String CONTENT='aaaaa'/>", "</TextLine></alto>"},
	"ALTO words, empty":   {"<alto><TextLine>", "<String CONTENT=' '/>", "</TextLine></alto>"},
	"ALTO words, badly":   {"<alto><TextLine>", "<String HPOS='x' CONTENT=' '/>\n", "</TextLine></alto>"},
	"ALTO long words":     {"<alto><TextLine>", "<String CONTENT='" + strings.Repeat("ă", 130) + "'/>", "</TextLine></alto>"},
	"ALTO hyphens":        {"<alto><TextLine><String CONTENT='a'/>", "<HYP CONTENT='bb'/>", "</TextLine></alto>"},
	"ALTO order":          {"<alto>", "<ElementRef REF='a'/>", "</alto>"},
	"ALTO polygons":       {"<alto><TextLine>", "<Polygon POINTS='1,1 2,2'/>", "</TextLine></alto>"},
	"ALTO corners":        {"<alto><TextLine><Polygon POINTS='", "1,1 ", "'/></TextLine></alto>"},
	"ALTO attributes":     {"<alto><TextLine><String ", "HPOS='1' ", "CONTENT='a'/></TextLine></alto>"},
	"ALTO glyphs":         {"<alto><TextLine><String CONTENT='a'>", "<Glyph CONTENT='a'/>", "</String></TextLine></alto>"},
	"ALTO names":          {"<alto><sourceImageInformation><fileName>", "a<!---->", "</fileName></sourceImageInformation></alto>"},
	"ALTO deep":           {"<alto>", "<a>", ""},
	"PAGE points":         {"<PcGts><Page><TextLine><Coords>", "<Point x='1' y='1'/>", "</Coords></TextLine></Page></PcGts>"},
	"PAGE corners":        {"<PcGts><Page><TextLine><Coords points='", "1,1 ", "'/></TextLine></Page></PcGts>"},
	"PAGE outlines":       {"<PcGts><Page><TextLine>", "<Coords points='1,1 2,x'/>\n", "</TextLine></Page></PcGts>"},
	"PAGE regions":        {"<PcGts><Page>", "<TextRegion/>", "</Page></PcGts>"},
	"PAGE regions within": {"<PcGts><Page><TextRegion>", "<TextRegion/>", "</TextRegion></Page></PcGts>"},
	"PAGE lines":          {"<PcGts><Page><TextRegion>", "<TextLine><TextEquiv><Unicode>a</Unicode></TextEquiv></TextLine>", "</TextRegion></Page></PcGts>"},
	"PAGE words":          {"<PcGts><Page><TextRegion><TextLine>", "<Word><TextEquiv><Unicode>a</Unicode></TextEquiv></Word>", "</TextLine></TextRegion></Page></PcGts>"},
	"PAGE readings":       {"<PcGts><Page><TextRegion><TextLine>", "<TextEquiv index='-1'><Unicode>a</Unicode></TextEquiv>", "</TextLine></TextRegion></Page></PcGts>"},
	"PAGE lines of text":  {"<PcGts><Page><TextRegion><TextEquiv><Unicode>", "a\n", "</Unicode></TextEquiv></TextRegion></Page></PcGts>"},
	"PAGE parted text":    {"<PcGts><Page><TextRegion><TextLine><TextEquiv><Unicode>", "a<!---->", "</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>"},
	"PAGE groups":         {"<PcGts><Page><ReadingOrder>" + strings.Repeat("<OrderedGroup>", maxDepth-4), "<RegionRef regionRef='a'/>", strings.Repeat("</OrderedGroup>", maxDepth-4) + "</ReadingOrder></Page></PcGts>"},
	"hOCR blocks":         {"<html>", "<p class=ocr_par>", "</html>"},
	"hOCR lines":          {"<html>", "<p class=ocr_line>a\n", "</html>"},
	"hOCR words":          {"<html><p class=ocr_line>", "<b class=ocrx_word>a</b>", "</html>"},
	"hOCR parted words":   {"<html><p class=ocr_line><span class=ocrx_word>", "a<b></b>", "</span></html>"},
	"hOCR parted lines":   {"<html><p class=ocr_line>", "a<br>", "</html>"},
	"hOCR lost words":     {"<html><div class=ocr_page>", "a<br>\n", "</html>"},
	"hOCR open elements":  {"<html>", "<b>", "</html>"},
	"hOCR ends":           {"<html>" + strings.Repeat("<b>", maxDepth-2), "</i>", "</html>"},
	"hOCR classes":        {"<html><p class='", "ocr ", "'>a</html>"},
	"hOCR properties":     {"<html><p class=ocr_line title='", "a;", "'>a</html>"},
	"hOCR quotes":         {"<html><p class=ocr_line title='", `";`, "'>a</html>"},
	"hOCR entities":       {"<html><p class=ocr_line>", "&amp", "</html>"},
	"hOCR comments":       {"<html><p class=ocr_line>", "<!--", "</html>"},
	"hOCR scripts":        {"<html><script>", "<!--<script", "</html>"},
	"lines before all":    {"", "\n", "<alto/>"},
	"comments before all": {"", "<!---->", "<alto/>"},
}

// However often an element stands in a file, reading it takes time and memory in
// proportion to its size: texts that are joined piece by piece take with their
// square, and minutes.
func TestNoPageTakesForEver(t *testing.T) {
	const size = 2 << 20
	for name, c := range repeated {
		data := []byte(c[0] + strings.Repeat(c[1], size/len(c[1])) + c[2])
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begin := time.Now()
		p, ds := Read("x", data)
		if p != nil {
			_ = p.Text()
		}
		took := time.Since(begin)
		runtime.ReadMemStats(&after)
		if made := (after.TotalAlloc - before.TotalAlloc) / size; took > 10*time.Second || made > 250 {
			t.Errorf("%s: %v, %d bytes for each of the file", name, took.Round(time.Millisecond), made)
		}
		if len(ds) > 2 {
			t.Errorf("%s: %d findings", name, len(ds))
		}
	}
}

// Changes of a block are made in one walk over its lines.
func TestManyChangesOfManyLines(t *testing.T) {
	b := Block{Lines: make([]Line, maxLines)}
	var changes []Change
	for i := range b.Lines {
		b.Lines[i].Text = "ab cd"
		for at := range 2 {
			changes = append(changes, Change{6*i + 3*at, 6*i + 3*at + 2, "x"})
		}
	}
	begin := time.Now()
	b.Replace(changes)
	if took := time.Since(begin); took > 500*time.Millisecond || b.Lines[maxLines-1].Text != "x x" {
		t.Errorf("%v, the last line is %q", took, b.Lines[maxLines-1].Text)
	}
}

// A plain text may be that of a book, and no longer.
func TestPlainHasAnEnd(t *testing.T) {
	if p, ds := Plain("x.txt", strings.Repeat("a\n", maxPlain-1)); p == nil || p.Lines() != maxPlain-1 || len(ds) > 0 {
		t.Error("refused", ds)
	}
	if p, ds := Plain("x.txt", strings.Repeat("a\n", maxPlain)); p != nil || len(ds) != 1 || ds[0].Pos.Line != maxPlain+1 || ds[0].Hint.En == "" {
		t.Error("not refused", ds)
	}
}
