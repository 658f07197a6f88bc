package generator_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// lineOf is a line of ALTO: each word, or what stands for it, in an element.
func lineOf(x, y, w, h int, words ...string) string {
	s := fmt.Sprintf(`<TextLine HPOS="%d" VPOS="%d" WIDTH="%d" HEIGHT="%d">`, x, y, w, h)
	for _, word := range words {
		s += fmt.Sprintf(`<String CONTENT="%s"/><SP/>`, word)
	}
	return s + "</TextLine>\n"
}

// altoOf is a page of ALTO in tenths of a millimetre.
func altoOf(w, h int, lines ...string) string {
	return fmt.Sprintf("<?xml version=\"1.0\"?>\n<alto xmlns=\"http://www.loc.gov/standards/alto/ns-v3#\"><Description><MeasurementUnit>mm10</MeasurementUnit></Description><Layout><Page WIDTH=\"%d\" HEIGHT=\"%d\"><PrintSpace><TextBlock LANG=\"fra\">\n%s</TextBlock></PrintSpace></Page></Layout></alto>\n", w, h, strings.Join(lines, ""))
}

const wordsOfPage = "fonds/phong-cau-mau/media/a-001.xml"

// read from the picture of 40 × 30 pixels that the archive of the guide has.
func withPageText(t *testing.T, text string) *ruled {
	r := newRuled(t, map[string]string{wordsOfPage: text})
	return r.with(firstItem, "alt: một}", "alt: một, transcript: {file: a-001.xml, kind: diplomatic, lang: fr}}")
}

var twoLines = altoOf(400, 300, lineOf(20, 30, 101, 20, "Monsieur", "&lt;b&gt;", "*le*", "préfet"), lineOf(20, 60, 300, 20, "[…]{personal-data}"))

// line by line, as they stand, in pixels of the picture that is published: of
// what was larger nothing is told.
func TestPageTextIsShownLineByLine(t *testing.T) {
	for _, c := range []struct{ px, first, second string }{{"full", "2,3,11,2", "2,6,30,2"}, {"20", "1,1,6,2", "1,3,15,1"}} {
		r := withPageText(t, twoLines).with("clearances/qd-01.yaml", "open_ended", "max_px: "+c.px+", open_ended")
		r.published()
		page := string(read(t, r.page("tl-0001")))
		for _, want := range []string{
			`<span class="line" data-box="` + c.first + `">Monsieur &lt;b&gt; *le* préfet</span>`,
			`<span class="line" data-box="` + c.second + `">[…] (thông tin cá nhân)</span>`, `<div lang="fr"><p class="passage">`,
		} {
			if !strings.Contains(page, want) {
				t.Errorf("max_px %s: the page lacks %s", c.px, want)
			}
		}
	}
}

// A transcript that is not cleared is absent, be it read by a program; so are the
// places of its lines.
func TestRule08_PageTextNeedsItsPart(t *testing.T) {
	text := altoOf(400, 300, lineOf(20, 30, 100, 20, "CANARY-LINE"))
	for parts, c := range map[string]struct{ words, places bool }{"metadata": {}, "metadata, images": {}, "metadata, transcript": {words: true}, "metadata, images, transcript": {true, true}} {
		r := withPageText(t, text).with("clearances/qd-01.yaml", "[metadata, images, transcript]", "["+parts+"]")
		r.published()
		for word, want := range map[string]bool{"CANARY-LINE": c.words, `data-box="2,`: c.places, "a-001.xml": false} {
			if held := r.holds(word); (len(held) > 0) != want {
				t.Errorf("%s: %s is held by %q", parts, word, held)
			}
		}
	}
}

// Plain text is no Markdown, and keeps its lines.
func TestPlainTranscriptKeepsItsLines(t *testing.T) {
	r := newRuled(t, map[string]string{"fonds/phong-cau-mau/media/a-001.txt": "1. Kính gửi\n# <Ông> *Mẫu*\n\nHết\n"}).
		with(firstItem, "alt: một}", "alt: một, transcript: {file: a-001.txt}}")
	r.published()
	page := string(read(t, r.page("tl-0001")))
	if want := "<p class=\"passage\"><span class=\"line\">1. Kính gửi</span>\n<span class=\"line\"># &lt;Ông&gt; *Mẫu*</span>\n</p>\n<p class=\"passage\"><span class=\"line\">Hết</span>\n</p>"; !strings.Contains(page, want) {
		t.Errorf("the page lacks\n%s", want)
	}
}

// What is wrong with a text is told with its place; what was not read from this
// picture is shown without places.
func TestPageTextThatDoesNotFit(t *testing.T) {
	withPageText(t, strings.Replace(twoLines, "</TextLine>", "</Textline>", 1)).fails("pagetext-xml", wordsOfPage)
	withPageText(t, "Kính gửi").fails("pagetext-format", wordsOfPage)
	r := withPageText(t, strings.Replace(twoLines, `HEIGHT="300"`, `HEIGHT="900"`, 1))
	rep, site := r.build()
	if site == nil || !slices.ContainsFunc(worded(rep), func(s string) bool { return strings.Contains(s, "pagetext-fit") }) {
		t.Errorf("%s", strings.Join(worded(rep), "\n"))
	}
	if page := read(t, r.page("tl-0001")); bytes.Contains(page, []byte(`data-box="`)) || !bytes.Contains(page, []byte("Monsieur")) {
		t.Error("the lines stand in places of another picture, or not at all")
	}
}

// A picture was covered: a text that was read from its master still holds what
// was. One that says it was read from the covered picture may be shown.
func TestPageTextOfACoveredPicture(t *testing.T) {
	covered := fmt.Sprintf("alt: một, redaction: {count: 1, grounds: [personal-data], by: \"A\", date: \"2026-01-15\", derived_from_sha256: \"%x\"},", sha256.Sum256(nil))
	for from, shown := range map[string]bool{"": false, "goc.tif": false, "a-001.jpg": true, `C:\anh\a-001.jpg`: true} {
		name := "<Description><sourceImageInformation><fileName>" + from + "</fileName></sourceImageInformation>"
		r := withPageText(t, strings.Replace(twoLines, "<Description>", name, 1)).with(firstItem, "alt: một,", covered)
		if !shown {
			r.fails("pagetext-covered", wordsOfPage)
			continue
		}
		r.published()
		if len(r.holds("Monsieur")) == 0 {
			t.Errorf("%q: the text is not shown", from)
		}
	}
}

// The text is a file like others: frozen by a clearance, and a change to it
// changes the pages of its record as a clean build would.
func TestPageTextIsFrozenAndFollowed(t *testing.T) {
	r := withPageText(t, twoLines)
	r.published()
	other := strings.Replace(twoLines, "Monsieur", "Madame", 1)
	r.files[wordsOfPage] = other
	writeTo(t, r.o.Content, map[string]string{wordsOfPage: other})
	again := r.published()
	clean := withPageText(t, other)
	if !maps.Equal(clean.published(), again) {
		t.Error("the site is not that of a clean build")
	}
	if len(r.holds("Madame")) == 0 || len(r.holds("Monsieur")) > 0 {
		t.Error("the change is not shown")
	}
	files := ""
	for _, name := range []string{"a-001.jpg", "a-002.jpg", "b-001.png"} {
		files += fmt.Sprintf("  %s: sha256:%x\n", name, sha256.Sum256(read(t, r.media(name))))
	}
	files = fmt.Sprintf("files:\n  a-001.xml: sha256:%x\n", sha256.Sum256([]byte(other))) + files
	r.with("clearances/qd-01.yaml", "valid:", files+"valid:")
	r.published()
	writeTo(t, r.o.Content, map[string]string{wordsOfPage: twoLines})
	r.o.Out += "-2"
	r.fails("clearance-file", firstItem)
}

// A text may have been read from the pixels as they are stored: its size tells where they
// lie on their side; else its lines have no places, with a warning.
func TestPageTextOfATurnedPicture(t *testing.T) {
	lying := altoOf(300, 400, lineOf(30, 279, 20, 101, "Monsieur")) // what is 20,30 upright, with its sides
	for name, c := range map[string]struct {
		orientation byte
		w, h        int
		text, place string
	}{
		"half a turn": {3, 40, 30, twoLines, ""},
		"upright":     {6, 30, 40, twoLines, `data-box="2,3,11,2"`},
		"as stored":   {6, 30, 40, lying, `data-box="2,3,11,2"`},
		"not turned":  {1, 40, 30, twoLines, `data-box="2,3,11,2"`},
	} {
		r := withPageText(t, c.text)
		r.files["fonds/phong-cau-mau/media/a-001.jpg"] = string(turnedMaster(t, c.w, c.h, c.orientation))
		writeTo(t, r.o.Content, map[string]string{"fonds/phong-cau-mau/media/a-001.jpg": r.files["fonds/phong-cau-mau/media/a-001.jpg"]})
		rep, site := r.build()
		warned := slices.ContainsFunc(worded(rep), func(s string) bool { return strings.Contains(s, "pagetext-turned") })
		if site == nil || warned != (c.place == "") {
			t.Fatalf("%s: %s", name, strings.Join(worded(rep), "\n"))
		}
		page := string(read(t, r.page("tl-0001")))
		if !strings.Contains(page, "Monsieur") || c.place == "" && strings.Contains(page, "data-box=") || !strings.Contains(page, c.place) {
			t.Errorf("%s: the page lacks %s", name, c.place)
		}
	}
}

// hidden are pages in which everything that a file may say besides its lines bears a word;
// its one line says «còn lại».
var hidden = map[string]string{
	"ALTO": `<?xml version="1.0"?><?tool QXKIN?><!-- QXKIN --><alto xmlns="http://www.loc.gov/standards/alto/ns-v4#" xmlns:q="http://example.org/QXKIN">
<Description><MeasurementUnit>pixel</MeasurementUnit><sourceImageInformation><fileName>QXKIN.tif</fileName><fileIdentifier>QXKIN</fileIdentifier><documentIdentifier>QXKIN</documentIdentifier></sourceImageInformation>
<Processing ID="QXKIN"><processingStepDescription>QXKIN</processingStepDescription><processingSoftware><softwareName>QXKIN</softwareName></processingSoftware></Processing></Description>
<Styles><TextStyle ID="QXKIN" FONTFAMILY="QXKIN" FONTSIZE="9"/></Styles><Tags><NamedEntityTag ID="QXKIN" LABEL="QXKIN" DESCRIPTION="QXKIN" URI="QXKIN"><XmlData><q:x>QXKIN</q:x></XmlData></NamedEntityTag><LayoutTag ID="QXKIN2" LABEL="QXKIN"/></Tags>
<Layout><Page ID="QXKIN" PHYSICAL_IMG_NR="1" PRINTED_IMG_NR="QXKIN" WIDTH="1400" HEIGHT="1980" PAGECLASS="QXKIN"><PrintSpace><ComposedBlock ID="QXKIN" TYPE="QXKIN"><TextBlock ID="QXKIN" LANG="QXKIN" TAGREFS="QXKIN">
<TextLine ID="QXKIN" HPOS="100" VPOS="100" WIDTH="800" HEIGHT="40" q:name="QXKIN"><String CONTENT="còn" SUBS_TYPE="Abbreviation" SUBS_CONTENT="QXKIN" STYLEREFS="QXKIN"><ALTERNATIVE>QXKIN</ALTERNATIVE><Glyph CONTENT="QXKIN"><Variant CONTENT="QXKIN"/></Glyph></String><SP/><!-- QXKIN --><String CONTENT="lại" title="QXKIN" ALT="QXKIN"/>QXKIN</TextLine></TextBlock>
<Illustration ID="QXKIN" FILEID="QXKIN" TYPE="QXKIN"/></ComposedBlock></PrintSpace></Page></Layout></alto>`,
	"PAGE": `<?xml version="1.0"?><?tool QXKIN?><!-- QXKIN --><PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15" pcGtsId="QXKIN">
<Metadata externalRef="QXKIN"><Creator>QXKIN</Creator><Comments>QXKIN</Comments><UserDefined><UserAttribute name="QXKIN" value="QXKIN"/></UserDefined><MetadataItem name="QXKIN" value="QXKIN"><Labels><Label value="QXKIN" comments="QXKIN"/></Labels></MetadataItem></Metadata>
<Page imageFilename="QXKIN.tif" imageWidth="1400" imageHeight="1980" custom="QXKIN" primaryLanguage="QXKIN"><AlternativeImage filename="QXKIN" comments="QXKIN"/><TextStyle fontFamily="QXKIN"/><UserDefined><UserAttribute name="x" value="QXKIN"/></UserDefined>
<ReadingOrder><OrderedGroup id="QXKIN" caption="QXKIN"><RegionRefIndexed index="0" regionRef="QXKIN"/></OrderedGroup></ReadingOrder>
<ImageRegion id="QXKIN2"><Coords points="0,0 9,9"/><TextEquiv><Unicode>QXKIN</Unicode></TextEquiv></ImageRegion>
<TextRegion id="QXKIN" custom="person {name:QXKIN;}" comments="QXKIN"><Labels><Label value="QXKIN"/></Labels><Coords points="100,100 900,140"/>
<TextLine id="QXKIN3" custom="QXKIN" comments="QXKIN"><Coords points="100,100 900,100 900,140 100,140"/><Word id="QXKIN4" custom="QXKIN"><Coords points="100,100 200,140"/><Glyph id="QXKIN5"><Coords points="100,100 110,140"/><TextEquiv><Unicode>QXKIN</Unicode></TextEquiv></Glyph><TextEquiv><Unicode>QXKIN</Unicode></TextEquiv></Word>
<TextEquiv index="1" comments="QXKIN"><Unicode>QXKIN</Unicode></TextEquiv><TextEquiv index="0" dataTypeDetails="QXKIN"><PlainText>QXKIN</PlainText><Unicode><!-- QXKIN -->còn lại</Unicode></TextEquiv></TextLine><TextEquiv><Unicode>QXKIN</Unicode></TextEquiv></TextRegion>
<Relations><Relation id="QXKIN6" custom="QXKIN"/></Relations></Page></PcGts>`,
	"hOCR": `<html lang="en"><!-- QXKIN --><head><title>QXKIN</title><meta name="ocr-system" content="QXKIN"><style>QXKIN</style><script>QXKIN</script></head><body><div class="ocr_page QXKIN" id="QXKIN" title="image &quot;QXKIN.tif&quot;; bbox 0 0 400 300; x_scanner QXKIN"><div class="ocr_photo" title="QXKIN"><img alt="QXKIN" src="QXKIN"></div>
<p class="ocr_par" lang="QXKIN"><span class="ocr_line" id="QXKIN" data-x="QXKIN" title="bbox 20 30 120 50; x_font QXKIN"><span class="ocrx_word" title="QXKIN">còn</span> <!-- QXKIN --><span title="QXKIN" onclick="QXKIN">lại</span></span></p></div></body></html>`,
}

// Nothing that a file says besides its lines is on the site, be it a name of a picture, a
// note, another reading or a label.
func TestPageTextSaysNothingBesideItsLines(t *testing.T) {
	for name, text := range hidden {
		r := withPageText(t, text)
		r.published()
		if held := r.holds("QXKIN"); len(held) > 0 || len(r.holds("còn lại")) == 0 {
			t.Errorf("%s: what the file says besides is held by %q", name, held)
		}
	}
}
