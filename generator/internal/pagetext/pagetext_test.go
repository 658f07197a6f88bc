package pagetext

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shown is a page as the tests write it: a line for each of its lines, with its
// box, its words with theirs, and "~" where it is broken.
func shown(p *Page) string {
	if p == nil {
		return "nil"
	}
	var s strings.Builder
	fmt.Fprintf(&s, "%gx%g %s\n", p.Width, p.Height, p.Image)
	for _, b := range p.Blocks {
		fmt.Fprintf(&s, "[%s]\n", b.Lang)
		for _, l := range b.Lines {
			fmt.Fprintf(&s, "%d %s %s", l.Row, l.Text, place(l.Box))
			for _, w := range l.Words {
				fmt.Fprintf(&s, " | %s %s", w.Text, place(w.Box))
			}
			if l.Broken {
				s.WriteString(" ~")
			}
			s.WriteByte('\n')
		}
	}
	return s.String()
}

func place(b Box) string {
	if b.IsZero() {
		return "-"
	}
	return fmt.Sprintf("%g,%g,%g,%g", b.X, b.Y, b.W, b.H)
}

const altoTwo = `<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v2#">
<Description><MeasurementUnit>mm10</MeasurementUnit><sourceImageInformation><fileName> to-1.jpg </fileName></sourceImageInformation></Description>
<Layout><Page WIDTH="2100" HEIGHT="2970"><TopMargin HPOS="0" VPOS="0" WIDTH="2100" HEIGHT="100"/><PrintSpace>
<TextBlock ID="b1" language="vi">
<TextLine HPOS="100" VPOS="200" WIDTH="900" HEIGHT="40"><String CONTENT="Kính" HPOS="100" VPOS="200" WIDTH="80" HEIGHT="40"><ALTERNATIVE>Kinh</ALTERNATIVE></String><SP/><String CONTENT="gửi" HPOS="200" VPOS="200" WIDTH="60" HEIGHT="40"/></TextLine>
<TextLine HPOS="100" VPOS="260" WIDTH="900" HEIGHT="40"><String CONTENT="repose" SUBS_TYPE="HypPart1" SUBS_CONTENT="reposera"/><HYP CONTENT="-"/></TextLine>
<TextLine HPOS="100" VPOS="320" WIDTH="900" HEIGHT="40"><String CONTENT="ra" SUBS_TYPE="HypPart2" SUBS_CONTENT="reposera"/></TextLine>
</TextBlock></PrintSpace></Page></Layout></alto>`

const altoFour = `<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><ReadingOrder><OrderedGroup><ElementRef REF="b2"/><ElementRef REF="b1"/></OrderedGroup></ReadingOrder>
<Layout><Page WIDTH="1000" HEIGHT="500"><PrintSpace><ComposedBlock>
<TextBlock ID="b1"><TextLine BASELINE="10,90 200,90"><Shape><Polygon POINTS="10 50 200 60 190 100"/></Shape><String CONTENT="hai"/></TextLine></TextBlock>
<TextBlock ID="b2" LANG="fra"><TextLine><String CONTENT="một" HPOS="1" VPOS="2" WIDTH="3" HEIGHT="4"/><String CONTENT="1" HPOS="10" VPOS="2" WIDTH="3" HEIGHT="5"/></TextLine><TextLine/></TextBlock>
</ComposedBlock></PrintSpace></Page></Layout></alto>`

const pageTen = `<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2010-03-19"><Page imageFilename="a.tif" imageWidth="800" imageHeight="600">
<TextRegion id="r1"><Coords><Point x="0" y="0"/><Point x="9" y="9"/></Coords><TextLine id="l"><Coords><Point x="5" y="10"/><Point x="105" y="10"/><Point x="105" y="30"/></Coords>
<TextEquiv><PlainText>no</PlainText><Unicode>Đông &amp; Tây</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>`

const pageNineteen = `<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page imageFilename="b.jpg" imageWidth="800" imageHeight="600" primaryLanguage="Vietnamese">
<ReadingOrder><OrderedGroup id="g"><OrderedGroupIndexed index="1" id="h"><RegionRefIndexed index="1" regionRef="r1"/><RegionRefIndexed index="0" regionRef="r3"/></OrderedGroupIndexed><RegionRefIndexed index="0" regionRef="r2"/></OrderedGroup></ReadingOrder>
<TextRegion id="r0"><TextEquiv><Unicode>không trong
thứ tự</Unicode></TextEquiv></TextRegion>
<TextRegion id="r1"><TextLine><Coords points="0,0 50,0 50,20"/><Word><Coords points="0,0 20,20"/><TextEquiv><Unicode>ba</Unicode></TextEquiv></Word><Word><TextEquiv index="1"><Unicode>xấu</Unicode></TextEquiv><TextEquiv index="0"><Unicode>tốt</Unicode></TextEquiv></Word></TextLine>
<TextRegion><TextLine><TextEquiv><Unicode>trong ba</Unicode></TextEquiv></TextLine></TextRegion><TextLine><TextEquiv><Unicode>sau ba</Unicode></TextEquiv></TextLine><TextEquiv><Unicode>cả vùng</Unicode></TextEquiv></TextRegion>
<TextRegion id="r2" primaryLanguage="French"><TextLine><Coords points="0,0 x,y"/><TextEquiv index="2"><Unicode>un deux</Unicode></TextEquiv><TextEquiv index="1"><Unicode>un</Unicode></TextEquiv></TextLine></TextRegion>
<TextRegion id="r3"><TextLine><TextEquiv><Unicode>hai</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>`

const hocrXHTML = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en"><head><title>x</title></head><body>
<div class='ocr_page' id='page_1' title='image "to; 1.png"; bbox 0 0 1600 2175; ppageno 0'>
<div class='ocr_carea' title="bbox 10 10 500 300"><p class='ocr_par' lang='vie'>
<span class='ocr_line' title="bbox 10 20 400 60; baseline 0 -5"><span class='ocrx_word' title='bbox 10 20 100 60; x_wconf 96'><strong>Hà</strong></span> <span class='ocrx_word' title='bbox 110 20 200 60'>Nội</span></span>
<span class='ocr_header' title="bbox 10 80 400 120">tự&nbsp;do<br/>và hạnh&shy;</span>
</p></div></div></body></html>`

const hocrHTML = `<!DOCTYPE html><HTML lang=vi><head><meta charset="utf-8"><title>x</title></head><body><div class="ocr_page extra" title="bbox 0 0 10 10"><img src=x.png>
<span class=ocr_line title="bbox 1 1 9 0">ngược</span></div></body></html>`

var readings = map[string]struct{ text, want, told string }{
	"ALTO 2, millimetres": {altoTwo, "2100x2970 to-1.jpg\n[vi]\n6 Kính gửi 100,200,900,40 | Kính 100,200,80,40 | gửi 200,200,60,40\n7 repose- 100,260,900,40 | repose - ~\n8 ra 100,320,900,40 | ra -\n", ""},
	"ALTO 4":              {altoFour, "1000x500 \n[fr]\n4 một 1 1,2,12,5 | một 1,2,3,4 | 1 10,2,3,5\n[]\n3 hai 10,50,190,50 | hai -\n", ""},
	"PAGE 2010":           {pageTen, "800x600 a.tif\n[]\n2 Đông & Tây 5,10,100,20\n", ""},
	"PAGE 2019":           {pageNineteen, "800x600 b.jpg\n[fr]\n7 un -\n[vi]\n8 hai -\n[vi]\n5 ba tốt 0,0,50,20 | ba 0,0,20,20 | tốt -\n[vi]\n6 trong ba -\n[vi]\n6 sau ba -\n[vi]\n4 không trong -\n4 thứ tự -\n", "pagetext-box 7:82"},
	"hOCR, XHTML":         {hocrXHTML, "1600x2175 to; 1.png\n[vi]\n6 Hà Nội 10,20,390,40 | Hà 10,20,90,40 | Nội 110,20,90,40\n7 tự do và hạnh- 10,80,390,40 ~\n", ""},
	"hOCR, HTML":          {hocrHTML, "10x10 \n[]\n2 ngược -\n", "pagetext-box 2:1"},

	"control characters":   {strings.Replace(altoFour, "hai", "h\u202ea&#x9;i\u0085", 1), "1000x500 \n[fr]\n4 một 1 1,2,12,5 | một 1,2,3,4 | 1 10,2,3,5\n[]\n3 ha i 10,50,190,50 | ha i -\n", ""},
	"no size":              {strings.Replace(pageTen, ` imageWidth="800"`, "", 1), "0x600 a.tif\n[]\n2 Đông & Tây 5,10,100,20\n", "pagetext-measure 1:1"},
	"not a number":         {strings.Replace(altoTwo, `WIDTH="900"`, `WIDTH="NaN"`, 1), "2100x2970 to-1.jpg\n[vi]\n6 Kính gửi 100,200,160,40 | Kính 100,200,80,40 | gửi 200,200,60,40\n7 repose- 100,260,900,40 | repose - ~\n8 ra 100,320,900,40 | ra -\n", "pagetext-box 6:1"},
	"words outside a line": {strings.Replace(hocrHTML, "<img", "lạc<img", 1), "10x10 \n[]\n2 ngược -\n", "pagetext-lost 1:138 pagetext-box 2:1"},

	"a byte order mark":        {"\ufeff" + pageTen, "800x600 a.tif\n[]\n2 Đông & Tây 5,10,100,20\n", ""},
	"an encoding by name":      {`<?xml version="1.0" encoding="ISO-8859-1"?>` + pageTen, "800x600 a.tif\n[]\n2 Đông & Tây 5,10,100,20\n", ""},
	"not UTF-8":                {strings.Replace(pageTen, "Đ", "\xd0", 1), "nil", "text-encoding 3:46"},
	"another format":           {"<TEI/>", "nil", "pagetext-format 1:1"},
	"no XML":                   {"Kính gửi", "nil", "pagetext-format 1:1"},
	"nothing":                  {"", "nil", "pagetext-format 1:1"},
	"cut off":                  {pageTen[:300], "nil", "pagetext-xml 2:158"},
	"an entity":                {`<!DOCTYPE alto [<!ENTITY a "b">]>` + altoFour, "nil", "pagetext-entity 1:1"},
	"an entity that is not":    {strings.Replace(pageTen, "&amp;", "&agrave;", 1), "nil", "pagetext-xml 3:59"},
	"two pages":                {strings.Replace(altoTwo, "</Layout>", "<Page/></Layout>", 1), "nil", "pagetext-pages 9:33"},
	"too deep":                 {"<alto>" + strings.Repeat("<a>", maxDepth), "nil", "pagetext-size 1:304"},
	"too many lines":           {`<alto><Layout><Page><TextBlock>` + strings.Repeat("<TextLine><String CONTENT='a'/></TextLine>", maxLines+1), "nil", "pagetext-size 1:840063"},
	"too many words in a line": {`<alto><TextLine>` + strings.Repeat("<String CONTENT='a'/>", maxLineWords+1), "nil", fmt.Sprintf("pagetext-size 1:%d", 17+21*maxLineWords)},
	"too long a line":          {"<html><p class=ocr_line>" + strings.Repeat("a<b></b>", maxLine+1) + "</p>", "nil", fmt.Sprintf("pagetext-size 1:%d", 25+8*(maxLine+1))},
	"too long an outline":      {"<PcGts><Page><TextLine><Coords>" + strings.Repeat("<Point x='1' y='1'/>", maxOutline/4+1) + "</Coords>", "nil", fmt.Sprintf("pagetext-size 1:%d", 32+20*(maxOutline/4+1))},
	"too many blocks":          {"<PcGts><Page>" + strings.Repeat("<TextRegion></TextRegion>", maxBlocks+1), "nil", fmt.Sprintf("pagetext-size 1:%d", 14+25*maxBlocks)},
	"too large":                {strings.Repeat(" ", MaxSize+1), "nil", "pagetext-size 1:1"},
}

func TestRead(t *testing.T) {
	for name, c := range readings {
		p, ds := Read("x.xml", []byte(c.text))
		var told []string
		for _, d := range ds {
			told = append(told, fmt.Sprintf("%s %d:%d", d.Code, d.Pos.Line, d.Pos.Col))
			if d.Pos.File != "x.xml" || d.Msg.Vi == "" || d.Msg.En == "" || (d.Hint.Vi == "") != (d.Hint.En == "") {
				t.Errorf("%s: %+v", name, d)
			}
		}
		if got := shown(p); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
		if got := strings.Join(told, " "); got != c.told {
			t.Errorf("%s: told %q, want %q", name, got, c.told)
		}
	}
}

func TestRunningText(t *testing.T) {
	p, _ := Read("x", []byte(altoTwo))
	if got := p.Text(); got != "Kính gửi\nreposera" {
		t.Errorf("%q", got)
	}
	if p, _ = Read("x", []byte(altoFour)); p.Text() != "một 1\n\nhai" {
		t.Errorf("%q", p.Text())
	}
}

// A plain text keeps its lines; empty ones part its blocks.
func TestPlain(t *testing.T) {
	p, _ := Plain("x.txt", "\r\n1. Kính  gửi\r\n# *hai*\r\n \r\n\r\nba\u202e\tx")
	if got, want := shown(p), "0x0 \n[]\n2 1. Kính gửi -\n3 # *hai* -\n[]\n6 ba x -\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A box is told in pixels of whichever size of the picture is shown, and nothing
// of it lies outside.
func TestOn(t *testing.T) {
	p := &Page{Width: 2100, Height: 2970}
	for _, c := range []struct {
		b    Box
		w, h int
		want string
	}{
		{Box{210, 297, 420, 594}, 1000, 1414, "100 141 300 425 true"}, {Box{0, 0, 2100, 2970}, 700, 990, "0 0 700 990 true"},
		{Box{-50, 2000, 100, 5000}, 2100, 2970, "0 2000 50 2970 true"}, {Box{2100, 0, 5, 5}, 700, 990, "700 0 700 2 false"},
		{Box{1, 1, 0, 5}, 700, 990, "0 0 0 0 false"}, {Box{1, 1, 5, 5}, 990, 700, "0 0 0 0 false"},
	} {
		x0, y0, x1, y1, ok := p.On(c.b, c.w, c.h)
		if got := fmt.Sprint(x0, y0, x1, y1, ok); got != c.want {
			t.Errorf("%v on %dx%d: %s, want %s", c.b, c.w, c.h, got, c.want)
		}
	}
}

// The real registers that were read by hand are read whole.
func TestRegisters(t *testing.T) {
	const dir = "../../../../shared/data/large-scans"
	files, _ := filepath.Glob(dir + "/*.xml")
	if len(files) == 0 {
		t.Skipf("the real scans are not here: %s", dir)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p, ds := Read(file, data)
		if len(ds) > 0 || p == nil {
			t.Fatalf("%s: %v", file, ds)
		}
		// A line of nothing but blanks is none.
		want := strings.Count(string(data), "<Unicode>") - strings.Count(string(data), "<Unicode></Unicode>")
		if p.Lines() != want || want < 50 || p.Image != strings.TrimSuffix(filepath.Base(file), ".xml")+".jpg" {
			t.Errorf("%s: %d lines of %d, of %s", file, p.Lines(), want, p.Image)
		}
		for _, b := range p.Blocks {
			for _, l := range b.Lines {
				if _, _, _, _, ok := p.On(l.Box, int(p.Width), int(p.Height)); !ok {
					t.Errorf("%s:%d: %q has no place", file, l.Row, l.Text)
				}
			}
		}
	}
}

// Whatever is read, it is read without harm, and what is said of it holds.
func FuzzRead(f *testing.F) {
	for _, c := range readings {
		if len(c.text) < 10_000 {
			f.Add([]byte(c.text))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, ds := Read("x", data)
		if p == nil && len(ds) == 0 {
			t.Fatal("refused without a word")
		}
		if p == nil {
			return
		}
		for _, b := range p.Blocks {
			if len(b.Lines) == 0 {
				t.Error("a block without lines")
			}
			for _, l := range b.Lines {
				if l.Text == "" || l.Text != tidy(l.Text) || l.Row < 1 {
					t.Errorf("%+v", l)
				}
				if x0, y0, x1, y1, ok := p.On(l.Box, 300, 400); ok && (x0 < 0 || y0 < 0 || x1 > 300 || y1 > 400 || x0 >= x1 || y0 >= y1) {
					t.Errorf("%+v lies outside", l)
				}
			}
		}
		_ = p.Text()
	})
}
