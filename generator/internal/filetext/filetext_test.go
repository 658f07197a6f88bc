package filetext

import (
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/generator/internal/pdf"
)

// reader is one for all tests: PDFium takes seconds to start.
var reader = sync.OnceValue(func() *Reader { return &Reader{PDF: &pdf.Engine{}} })

const stamp = "TUYỆT MẬT"

// places are files that bear a stamp, each in another place. Without the reader
// of that place its test fails.
var places = map[string][]byte{
	"text":                []byte("Dòng một.\r\n" + stamp + "\r\n"),
	"text, UTF-16":        []byte("\xff\xfe" + utf16of(binary.LittleEndian, stamp)),
	"text, UTF-16, other": []byte("\xfe\xff" + utf16of(binary.BigEndian, stamp)),

	"ALTO, a word each": []byte(`<alto><Layout><Page><TextLine><String CONTENT="TUYỆT"/><SP/><String CONTENT="MẬT"/></TextLine></Page></Layout></alto>`),
	"ALTO, word broken": []byte(`<alto><Layout><Page><TextLine><String CONTENT="TUYỆT"/><String CONTENT="M" SUBS_TYPE="HypPart1"/><HYP CONTENT="-"/></TextLine><TextLine><String CONTENT="ẬT"/></TextLine></Page></Layout></alto>`),
	"PAGE, entities":    []byte(`<PcGts><Page><TextRegion><TextLine><TextEquiv><Unicode>TUY&#x1EC6;T M&#x1EAC;T</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>`),
	"hOCR":              []byte(`<html><body><div class="ocr_page"><span class="ocr_line"><span>TUYỆT</span> <b>MẬT</b></span></div></body></html>`),

	"JPEG comment":             jpegOf(segment(markCOM, stamp)),
	"JPEG EXIF":                jpegOf(segment(markAPP1, "Exif\x00\x00"+string(tiffOf(binary.LittleEndian, text(270, stamp))))),
	"JPEG second EXIF":         jpegOf(segment(markAPP1, "Exif\x00\x00"+string(tiffOf(binary.LittleEndian, text(270, "x")))), segment(markAPP1, "Exif\x00\x00"+string(tiffOf(binary.BigEndian, text(315, stamp))))),
	"JPEG EXIF of thumbnail":   jpegOf(segment(markAPP1, "Exif\x00\x00"+string(tiffOf(binary.BigEndian, text(271, "x"), text(270, stamp))))),
	"JPEG EXIF comment":        jpegOf(segment(markAPP1, "Exif\x00\x00"+string(pointing(tagEXIF, []tiffField{{37510, 7, []byte("UNICODE\x00" + utf16of(binary.LittleEndian, stamp))}})))),
	"JPEG EXIF title, Windows": jpegOf(segment(markAPP1, "Exif\x00\x00"+string(tiffOf(binary.LittleEndian, []tiffField{{40091, 1, []byte(utf16of(binary.LittleEndian, stamp) + "\x00\x00")}})))),
	"JPEG EXIF, code page":     jpegOf(segment(markAPP1, "Exif\x00\x00"+string(tiffOf(binary.LittleEndian, text(270, "TUY\xca\xf2T M\xc2\xf2T"))))),
	"JPEG EXIF of GPS":         jpegOf(segment(markAPP1, "Exif\x00\x00"+string(pointing(tagGPS, text(29, stamp))))),
	"JPEG XMP":                 jpegOf(segment(markAPP1, xmpLabel+xmpTitle(stamp))),
	"JPEG XMP attribute":       jpegOf(segment(markAPP1, xmpLabel+strings.Replace(xmpOf(""), "Kho mẫu", stamp, 1))),
	"JPEG XMP comment":         jpegOf(segment(markAPP1, xmpLabel+xmpOf("<!-- "+stamp+" -->"))),
	"JPEG XMP that is no XML":  jpegOf(segment(markAPP1, xmpLabel+"<x:xmpmeta <<< "+stamp)),
	"JPEG XMP extension":       jpegOf(extensionPart(20, xmpTitle(stamp)[20:]), extensionPart(0, xmpTitle(stamp)[:20])),
	"JPEG IPTC":                jpegOf(segment(markAPP13, photoshopLabel+resource(resourceIPTC, dataset(2, 120, stamp)))),
	"JPEG IPTC behind another": jpegOf(segment(markAPP13, photoshopLabel+resource(0x03ed, "\x00\x48\x00\x00")+resource(resourceIPTC, dataset(1, 90, "\x1b%G")+dataset(2, 25, "một")+dataset(2, 25, stamp)))),
	"JPEG IPTC, long":          jpegOf(segment(markAPP13, photoshopLabel+resource(resourceIPTC, "\x1c\x02\x78\x80\x02"+string(binary.BigEndian.AppendUint16(nil, uint16(len(stamp))))+stamp))),
	"JPEG IPTC in two":         jpegOf(twoSegments(resource(resourceIPTC, dataset(2, 5, stamp)))...),
	"JPEG Photoshop caption":   jpegOf(segment(markAPP13, photoshopLabel+resource(resourceCaption, stamp))),
	"JPEG Photoshop XMP":       jpegOf(segment(markAPP13, photoshopLabel+resource(resourceXMP, xmpTitle(stamp)))),
	"JPEG Photoshop EXIF":      jpegOf(segment(markAPP13, photoshopLabel+resource(resourceEXIF, string(tiffOf(binary.BigEndian, text(270, stamp)))))),
	"JPEG of another program":  jpegOf(segment(markAPP0+12, "Ducky\x00"+stamp)),

	"PNG tEXt":            pngOf(chunk("tEXt", "Comment\x00"+stamp)),
	"PNG keyword":         pngOf(chunk("tEXt", stamp+"\x00x")),
	"PNG zTXt":            pngOf(chunk("zTXt", "Title\x00\x00"+packed(stamp))),
	"PNG iTXt":            pngOf(chunk("iTXt", "Title\x00\x00\x00vi\x00Tiêu đề\x00"+stamp)),
	"PNG iTXt, packed":    pngOf(chunk("iTXt", "Title\x00\x01\x00vi\x00Tiêu đề\x00"+packed(stamp))),
	"PNG iTXt, keyword":   pngOf(chunk("iTXt", "Title\x00\x00\x00vi\x00"+stamp+"\x00x")),
	"PNG XMP":             pngOf(chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+xmpTitle(stamp))),
	"PNG EXIF":            pngOf(chunk("eXIf", string(tiffOf(binary.BigEndian, text(270, stamp))))),
	"PNG profile of EXIF": pngOf(chunk("zTXt", "Raw profile type exif\x00\x00"+packed(rawProfile("exif", "Exif\x00\x00"+string(tiffOf(binary.BigEndian, text(270, stamp))))))),
	"PNG profile of IPTC": pngOf(chunk("zTXt", "Raw profile type iptc\x00\x00"+packed(rawProfile("iptc", resource(resourceIPTC, dataset(2, 120, stamp)))))),
	"PNG profile of XMP":  pngOf(chunk("tEXt", "Raw profile type xmp\x00"+rawProfile("xmp", xmpTitle(stamp)))),

	"TIFF":                 tiffOf(binary.LittleEndian, text(270, stamp)),
	"TIFF, other order":    tiffOf(binary.BigEndian, text(269, stamp)),
	"TIFF of a later page": tiffOf(binary.LittleEndian, text(305, "x"), text(305, "y"), text(285, stamp)),
	"TIFF XMP":             tiffOf(binary.LittleEndian, []tiffField{{tagXMP, 1, []byte(xmpTitle(stamp))}}),
	"TIFF IPTC":            tiffOf(binary.LittleEndian, []tiffField{{tagIPTC, 7, []byte(dataset(2, 120, stamp))}}),
	"TIFF Photoshop":       tiffOf(binary.LittleEndian, []tiffField{{tagPhotoshop, 1, []byte(resource(resourceIPTC, dataset(2, 120, stamp)))}}),
	"TIFF of a sub-image":  pointing(tagSubIFDs, text(270, stamp)),
	"TIFF private field":   tiffOf(binary.LittleEndian, []tiffField{{65000, 7, []byte(stamp)}}),

	"WebP EXIF": webpOf("EXIF", string(tiffOf(binary.LittleEndian, text(270, stamp)))),
	"WebP XMP":  webpOf("XMP ", xmpTitle(stamp)),

	"PDF property":            pdfPage("Hello", 6, "<< /Title <FEFF"+hexOf(utf16of(binary.BigEndian, stamp))+"> >>"),
	"PDF property of a house": pdfPage("Hello", 6, "<< /DoMat (\xef\xbb\xbf"+stamp+") >>"),
	"PDF note":                pdfPage("Hello", 0, "<< /Type /Annot /Subtype /Text /Contents (\xfe\xff"+escapedOf(utf16of(binary.BigEndian, stamp))+") >>"),
	"PDF XMP":                 pdfPage("Hello", 0, streamOf("/Type /Metadata /Subtype /XML", xmpTitle(stamp))),
	"PDF XMP, packed":         pdfPage("Hello", 0, streamOf("/Type /Metadata /Subtype /XML /Filter /FlateDecode", packed(xmpTitle(stamp)))),
	"PDF packed objects":      pdfPage("Hello", 0, streamOf("/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode]", packed("6 0 << /Title (\xef\xbb\xbf"+stamp+") >>"))),
}

func extensionPart(at int, part string) []byte {
	whole := len(xmpTitle(stamp))
	head := extensionLabel + strings.Repeat("A", 32) + string(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(whole)), uint32(at)))
	return segment(markAPP1, head+part)
}

func twoSegments(resources string) [][]byte {
	return [][]byte{segment(markAPP13, photoshopLabel+resources[:15]), segment(markAPP13, photoshopLabel+resources[15:])}
}

func hexOf(s string) string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	for i := range len(s) {
		b.WriteByte(digits[s[i]>>4])
		b.WriteByte(digits[s[i]&15])
	}
	return b.String()
}

// escapedOf writes a string of a PDF with every kind of escape.
func escapedOf(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ':
			b.WriteString("\\" + string([]byte{'0' + c>>6, '0' + c>>3&7, '0' + c&7}) + "\\\r\n")
		case strings.IndexByte("()\\", c) >= 0:
			b.WriteString("\\" + string([]byte{c}))
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func TestEveryPlace(t *testing.T) {
	rd := reader()
	for name, file := range places {
		t.Run(name, func(t *testing.T) {
			want := stamp
			if strings.HasSuffix(name, "code page") {
				want = "TUYÊ\u0323T MÂ\u0323T"
			}
			mustHold(t, rd, file, want)
		})
	}
}

// A text that says what it is written in is read so and in no other way; one that
// does not is read in all that it may be.
func TestDecode(t *testing.T) {
	for name, c := range map[string]struct {
		bytes string
		want  []string
	}{
		"marked":         {"\xfe\xff" + utf16of(binary.BigEndian, stamp), []string{stamp}},
		"marked, UTF-8":  {"\ufeff" + stamp, []string{stamp}},
		"several":        {"một\x00hai\x00", []string{"một", "hai"}},
		"blank":          {" \x00\x00", nil},
		"Windows":        {"M\xc2\xf2T", []string{"MÂ\u0323T"}},
		"label of ASCII": {"ASCII\x00\x00\x00hai", []string{"hai"}},
	} {
		got, whole := decode([]byte(c.bytes))
		got = slices.DeleteFunc(got, func(s string) bool { return name == "several" && !slices.Contains(c.want, s) }) // and as UTF-16
		if !slices.Equal(got, c.want) || !whole {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// The text of pages comes from PDFium; a PDF without any is told.
func TestPDFPages(t *testing.T) {
	rd := reader()
	texts, res, err := read(rd, pdfPage("TOI MAT", 0))
	if err != nil || res.OnlyPixels || len(texts) != 1 || strings.TrimSpace(texts[0].Text) != "TOI MAT" || texts[0].Where.Vi != "trang 1" {
		t.Errorf("%+v %+v %v", texts, res, err)
	}
	if texts, res, err = read(rd, pdfPage("", 0)); err != nil || !res.OnlyPixels || len(texts) != 0 {
		t.Errorf("without text: %+v %+v %v", texts, res, err)
	}
	if _, res, err = read(rd, append(pdfPage("x", 0)[:300], " garbage"...)); !isUnread(err) || res.OnlyPixels {
		t.Errorf("damaged: %+v %v", res, err)
	}
	encrypted := strings.Replace(string(pdfPage("x", 0)), "/Root 1 0 R", "/Root 1 0 R /Encrypt << /Filter /Standard /V 1 >>", 1)
	if _, _, err = read(rd, []byte(encrypted)); !isUnread(err) {
		t.Errorf("encrypted: %v", err)
	}
}

func isUnread(err error) bool {
	var u *Unread
	return errors.As(err, &u) && u.Why.Vi != "" && u.Why.En != ""
}

// What cannot be looked at is told, and never passed over.
func TestUnread(t *testing.T) {
	long := strings.Repeat("x", 300)
	rd := reader()
	for name, file := range map[string]string{
		"sound":               "ID3\x04\x00\x00\x00\x00\x00\x00\xff\xfb",
		"cut JPEG":            string(jpegOf(segment(markCOM, long))[:100]),
		"JPEG without end":    "\xff\xd8\xff\xe0\x00\x01",
		"bad EXIF":            string(jpegOf(segment(markAPP1, "Exif\x00\x00nothing"))),
		"cut PNG":             string(pngOf(chunk("tEXt", "a\x00"+long))[:60]),
		"PNG damaged":         string(pngOf(chunk("zTXt", "a\x00\x00nothing"))),
		"PNG without text":    string(pngOf(chunk("tEXt", "a"))),
		"PNG bomb":            string(pngOf(chunk("zTXt", "a\x00\x00"+packed(strings.Repeat("\x00", maxBlock+1))))),
		"PNG profile":         string(pngOf(chunk("tEXt", "Raw profile type exif\x00one"))),
		"PNG profile, digits": string(pngOf(chunk("tEXt", "Raw profile type exif\x00\nexif\n4\nzzzz"))),
		"TIFF outside":        string(tiffOf(binary.LittleEndian, text(270, long))[:80]),
		"TIFF too large":      "II*\x00\x08\x00\x00\x00\x01\x00\x0e\x01\x02\x00\xff\xff\xff\x7f\x08\x00\x00\x00\x00\x00\x00\x00",
		"WebP cut":            string(webpOf("XMP ", long)[:60]),
		"IPTC cut":            string(jpegOf(segment(markAPP13, photoshopLabel+resource(resourceIPTC, dataset(2, 120, long)[:50])))),
		"Photoshop cut":       string(jpegOf(segment(markAPP13, photoshopLabel+resource(resourceIPTC, dataset(2, 120, long))[:50]))),
		"RTF":                 `{\rtf1 T\u7888?I M\u7852?T}`,
		"old encoding":        "C«ng v¨n ®\u00adîc göi ®i trong ngµy, ®ãng dÊu ®á ë gãc.",
		"old IPTC":            string(jpegOf(segment(markAPP13, photoshopLabel+resource(resourceIPTC, dataset(2, 120, "C\xabng v\xa8n \xae\xad\xeec g\xf6i \xaei trong ng\xb5y"))))),
		"PDF attachment":      string(pdfPage("x", 0, "<< /Type /Filespec /F (a.doc) /EF << /F 4 0 R >> >>")),
		"PDF form":            string(pdfPage("x", 0, "<< /XFA 4 0 R >>")),
		"PDF, old fonts":      string(pdfPage("C\xabng v\xa8n \xae\xad\xeec g\xf6i \xaei trong ng\xb5y", 0)),
		"PDF filter":          string(pdfPage("x", 0, streamOf("/Type /Metadata /Filter /LZWDecode", "x"))),
	} {
		if _, _, err := read(rd, []byte(file)); !isUnread(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A file that is cut short, a disk that fails and a search that is called off are
// told apart.
func TestFaultsOfReading(t *testing.T) {
	none := func(Text) {}
	if _, err := reader().Read(context.Background(), strings.NewReader("MẬT"), 100, none); !isUnread(err) {
		t.Errorf("cut short: %v", err)
	}
	broken := errors.New("the disk is broken")
	if _, err := reader().Read(context.Background(), failing{broken}, 100, none); !errors.Is(err, broken) {
		t.Errorf("a broken disk: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := reader().Read(ctx, strings.NewReader("MẬT"), 5, none); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
}

type failing struct{ err error }

func (f failing) ReadAt([]byte, int64) (int, error) { return 0, f.err }

// Ordinary files are read to their end.
func TestNothingIsMissedInOrdinaryFiles(t *testing.T) {
	rd := reader()
	for name, file := range map[string][]byte{"empty": nil, "text": []byte("xin chào"), "JPEG": jpegOf(), "PNG": pngOf(), "TIFF": tiffOf(binary.BigEndian, text(270, "Một trang")), "PDF": pdfPage("x", 0)} {
		if _, _, err := read(rd, file); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLoopOfDirectories(t *testing.T) {
	loop := tiffOf(binary.LittleEndian, text(270, stamp))
	binary.LittleEndian.PutUint32(loop[8+2+12:], 8)
	mustHold(t, reader(), loop, stamp)
}

// Hostile and broken pictures neither crash nor hang.
func TestSharedImages(t *testing.T) {
	const dir = "../../../../shared/data"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("skipped: ../shared/data is not beside the repository")
	}
	rd := reader()
	files, unread := 0, 0
	for _, sub := range []string{"images", "media"} {
		err := filepath.WalkDir(filepath.Join(dir, sub), func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			began := time.Now()
			files++
			if _, _, err := read(rd, data); err != nil {
				unread++
				if !isUnread(err) {
					t.Errorf("%s: %v", name, err)
				}
			}
			if took := time.Since(began); took > 30*time.Second {
				t.Errorf("%s: %v", name, took)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d files, %d not read to their end", files, unread)
	if files < 300 || unread > files/3 {
		t.Errorf("%d files, %d unread", files, unread)
	}
}

// fuzz holds every reader to one property: whatever the bytes, it comes to an
// end, and hands on no more than it may unpack, each in a few encodings.
func fuzz(f *testing.F, begins string, run func(*file)) {
	for name, data := range places {
		if strings.HasPrefix(name, begins) {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		told := 0
		x := &file{ctx: context.Background(), r: strings.NewReader(string(data)), size: int64(len(data)), left: maxTotal, each: func(x Text) { told += len(x.Text) }}
		began := time.Now()
		run(x)
		if limit := 16 * (maxTotal + len(data)); told > limit {
			t.Errorf("%d bytes of text from %d", told, len(data))
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%v for %d bytes", took, len(data))
		}
	})
}

func FuzzJPEG(f *testing.F)       { fuzz(f, "JPEG", (*file).jpeg) }
func FuzzPNG(f *testing.F)        { fuzz(f, "PNG", (*file).png) }
func FuzzTIFF(f *testing.F)       { fuzz(f, "TIFF", func(x *file) { x.tiff(x, x.size) }) }
func FuzzWebP(f *testing.F)       { fuzz(f, "WebP", (*file).webp) }
func FuzzText(f *testing.F)       { fuzz(f, "text", (*file).plain) }
func FuzzPDFStrings(f *testing.F) { fuzz(f, "PDF", (*file).pdfStrings) }
func FuzzXMP(f *testing.F) {
	f.Add([]byte(xmpTitle(stamp)))
	f.Add([]byte(xmpOf("<!-- x --><a b='c'>&amp;<![CDATA[d]]></a>")))
	fuzz(f, "JPEG XMP", func(x *file) { x.xmp(x.bytes(0, x.size)) })
}
func FuzzIPTC(f *testing.F) {
	f.Add([]byte(resource(resourceIPTC, dataset(2, 120, stamp)) + resource(resourceCaption, stamp)))
	fuzz(f, "JPEG IPTC", func(x *file) { x.photoshop(x.bytes(0, x.size)) })
}

// FuzzPDFPages asks PDFium, which is slow to start.
func FuzzPDFPages(f *testing.F) {
	rd := reader()
	fuzz(f, "PDF", func(x *file) {
		if x.isPDF() {
			x.pdfPages(rd.PDF)
		}
	})
}

// Characters that a text file writes as numbers are read.
func TestCharactersAsNumbers(t *testing.T) {
	for name, file := range map[string]string{
		"HTML": "<p>T&#7888;I M&#x1EAC;T</p>", "XML": "<a>T&#7888;I M&#7852;T</a>", "JSON": `{"do_mat": "T\u1ed0I M\u1eacT"}`,
	} {
		texts, _, err := read(reader(), []byte(file))
		if err != nil || !slices.ContainsFunc(texts, func(x Text) bool { return !x.Plain && x.Where.Vi != "" && strings.Contains(x.Text, "TỐI MẬT") }) {
			t.Errorf("%s: %v, %v", name, texts, err)
		}
	}
	texts, _, err := read(reader(), []byte(`C:\users & sons`))
	if err != nil || len(texts) != 1 {
		t.Errorf("%v, %v", texts, err)
	}
}
