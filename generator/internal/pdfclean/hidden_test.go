package pdfclean

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"strings"
	"testing"
)

// drawn is a file of one page whose content is given, with its resources and with the
// objects from 5 on, as PDFium saves it.
func drawn(content, resources string, objects ...string) []byte {
	var b bytes.Buffer
	all := append([]string{
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << " + resources + " >> >>", streamOf("", content),
	}, objects...)
	for i, o := range all {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	b.WriteString("xref\ntrailer << /Root 1 0 R >>")
	return b.Bytes()
}

func streamOf(keys, body string) string {
	return fmt.Sprintf("<< %s /Length %d >> stream\n%s\nendstream", keys, len(body), body)
}

// picturing is a file that draws an image, the object 5, of 4 × 2 grey pixels but for
// what its keys say.
func picturing(keys, body string, objects ...string) []byte {
	for _, standard := range []string{"/Width 4", "/Height 2", "/BitsPerComponent 8", "/ColorSpace /DeviceGray"} {
		if !strings.Contains(keys, strings.Fields(standard)[0]+" ") {
			keys += " " + standard
		}
	}
	return drawn("/I Do", "/XObject << /I 5 0 R >>", append([]string{streamOf("/Subtype /Image "+keys, body)}, objects...)...)
}

func flate(body string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write([]byte(body))
	_ = w.Close()
	return b.String()
}

func jpegOf(width, height int) string {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, height)), nil)
	return b.String()
}

// jbig2 is the first segment of a page of that size.
func jbig2(width, height byte) string {
	return string([]byte{0, 0, 0, 0, 48, 0, 1, 0, 0, 0, 19, 0, 0, 0, width, 0, 0, 0, height, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})
}

// codestream is the beginning of a JPEG 2000 of that size.
func codestream(width, height byte) string {
	return "\xff\x4f\xff\x51\x00\x29\x00\x00" + string([]byte{0, 0, 0, width, 0, 0, 0, height}) + strings.Repeat("\x00", 29) + "\xff\x90tiles\xff\xd9"
}

// fax are rows of white, each of which is one bit in Group 4, and the end of the block.
func fax(rows int) string {
	bits := strings.Repeat("1", rows) + "000000000001000000000001" + strings.Repeat("0", 7)
	var out []byte
	for ; len(bits) >= 8; bits = bits[8:] {
		var c byte
		_, _ = fmt.Sscanf(bits[:8], "%b", &c)
		out = append(out, c)
	}
	return string(out)
}

const (
	pixels8 = "\x10\x20\x30\x40\x50\x60\x70\x80" // of a picture of 4 × 2
	clear8  = "\xff\xff\xff\xff\xff\xff\xff\xff"
	mask    = "/Subtype /Image /Width 4 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray"
	tiling  = "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >>"
)

// glyph is a file that shows a glyph of Type 3, of that content.
func glyph(content string) []byte {
	return lettered("BT /T 1 Tf (a) Tj ET", "1 0 0 1 0 0", "50 0 d0 "+content)
}

// What is drawn by means that nobody looks into, or is more than is shown, is refused.
func TestRefusesWhatIsNotSeen(t *testing.T) {
	form := streamOf("/Subtype /Form /BBox [0 0 9 9]", "n")
	for name, c := range map[string]struct {
		data []byte
		why  string
	}{
		"a tiling pattern":              {drawn("/Pattern cs /P scn", "/Pattern << /P 5 0 R >>", streamOf(tiling, "n")), "tiling pattern"},
		"a tiling pattern in a form":    {drawn("/F Do", "/XObject << /F 5 0 R >>", streamOf("/Subtype /Form /Resources << /Pattern << /P 6 0 R >> >>", "/P scn"), streamOf(tiling, "n")), "tiling pattern"},
		"a kind by reference":           {drawn("/P SCN", "/Pattern << /P 5 0 R >>", streamOf("/PatternType 6 0 R", "n"), "1"), "tiling pattern"},
		"a tiling pattern of a glyph":   {drawn("/F 9 Tf (a) Tj", "/Font << /F << /Subtype /Type3 /Encoding << /Differences [97 /a] >> /FontMatrix [0.1 0 0 0.1 0 0] /CharProcs << /a 5 0 R >> /Resources << /Pattern << /P 6 0 R >> >> >> >>", streamOf("", "/P scn"), streamOf(tiling, "n")), "tiling pattern"},
		"a soft mask":                   {drawn("/G gs", "/ExtGState << /G << /SMask << /S /Luminosity /G 5 0 R >> >> >>", form), "soft mask"},
		"a soft mask by reference":      {drawn("/G gs", "/ExtGState << /G 6 0 R >>", form, "<< /SMask 7 0 R >>", "<< /S /Alpha /G 5 0 R >>"), "soft mask"},
		"a soft mask of a shading":      {drawn("/P scn", "/Pattern << /P << /PatternType 2 /ExtGState << /SMask << /G 5 0 R >> >> >> >>", form), "soft mask"},
		"a glyph that draws a form":     {drawn("/F 9 Tf (a) Tj", "/Font << /F << /Subtype /Type3 /Encoding << /Differences [97 /a] >> /FontMatrix [0.1 0 0 0.1 0 0] /CharProcs << /a 5 0 R >> /Resources << /XObject << /X 6 0 R >> >> >> >>", streamOf("", "/X Do"), form), "Type 3"},
		"a glyph that draws text":       {glyph("BT /F 20 Tf (secret) Tj ET"), "Type 3"},
		"text under a box of a glyph":   {glyph("BT /F 20 Tf [(secret)] TJ ET 0 0 250 40 re f"), "Type 3"},
		"a shape under a shape":         {glyph("5 5 m 10 30 l 15 5 l f 0 0 250 40 re f"), "Type 3"},
		"an image under a shape":        {glyph("BI /W 8 /H 2 /IM true ID ab EI 0 0 250 40 re f"), "Type 3"},
		"a shape that is cut off":       {glyph("0 0 1 1 re W n 5 5 m 10 30 l 15 5 l f"), "Type 3"},
		"an XObject of no kind":         {drawn("/X Do", "/XObject << /X 5 0 R >>", streamOf("", "n")), "damaged"},
		"a stencil":                     {picturing("/Mask 6 0 R", pixels8, streamOf("/Subtype /Image /Width 4 /Height 2 /ImageMask true", "\x00\x00")), "own mask"},
		"a colour key":                  {picturing("/Mask [0 1]", pixels8), "own mask"},
		"a mask in the data":            {picturing("/SMaskInData 1 /Filter /JPXDecode", codestream(4, 2)), "own mask"},
		"a soft mask of a picture":      {picturing("/SMask 6 0 R", pixels8, streamOf(mask, clear8[:7]+"\x00")), "own mask"},
		"a mask that is too short":      {picturing("/SMask 6 0 R", pixels8, streamOf(mask, clear8[:7])), "own mask"},
		"a mask turned round":           {picturing("/SMask 6 0 R", pixels8, streamOf(mask+" /Decode [1 0]", clear8)), "own mask"},
		"a mask with a predictor":       {picturing("/SMask 6 0 R", pixels8, streamOf(mask+" /Filter /FlateDecode /DecodeParms << /Predictor 15 >>", flate(clear8))), "own mask"},
		"rows that are not packed":      {picturing("", pixels8+pixels8), "more than is shown"},
		"rows of Flate":                 {picturing("/Filter /FlateDecode", flate(pixels8+pixels8)), "more than is shown"},
		"rows in two filters":           {picturing("/Filter [/ASCIIHexDecode /FlateDecode]", fmt.Sprintf("%x>", flate(pixels8+pixels8))), "more than is shown"},
		"rows of RunLength":             {picturing("/Filter /RunLengthDecode", "\xf1\x00\x80"), "more than is shown"},
		"rows with a predictor":         {picturing("/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 4 >>", flate(strings.Repeat("\x00abcd", 3))), "more than is shown"},
		"data behind the end":           {picturing("/Filter /FlateDecode", flate(pixels8)+"secret"), "more than is shown"},
		"rows of a mask":                {picturing("/SMask 6 0 R", pixels8, streamOf(mask, clear8+clear8)), "more than is shown"},
		"rows of a JPEG":                {picturing("/Filter /DCTDecode", jpegOf(4, 8)), "more than is shown"},
		"columns of a JPEG":             {picturing("/Filter /DCTDecode", jpegOf(8, 2)), "more than is shown"},
		"rows of a JPEG 2000":           {picturing("/Filter /JPXDecode", codestream(4, 8)), "more than is shown"},
		"rows of a fax":                 {picturing("/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 4 >> /BitsPerComponent 1", fax(40)), "more than is shown"},
		"columns of a fax":              {picturing("/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 40 >> /BitsPerComponent 1", fax(2)), "more than is shown"},
		"rows of JBIG2":                 {picturing("/Filter /JBIG2Decode /BitsPerComponent 1", jbig2(4, 8)), "more than is shown"},
		"rows of an image in content":   {drawn("BI /W 4 /H 2 /BPC 8 /CS /G ID "+pixels8+pixels8+" EI", ""), "more than is shown"},
		"the same of a glyph":           {drawn("/F 9 Tf (a) Tj", "/Font << /F << /Subtype /Type3 /Encoding << /Differences [97 /a] >> /FontMatrix [0.1 0 0 0.1 0 0] /CharProcs << /a 5 0 R >> >> >>", streamOf("", "BI /W 4 /H 2 /IM true ID abcdefgh EI")), "more than is shown"},
		"shades that are alike":         {picturing("/Decode [0.97 1]", pixels8), "shades"},
		"shades that are turned round":  {picturing("/Decode [1 0.5]", pixels8), "shades"},
		"one colour that is alike":      {picturing("/Decode [0 1 0 1 0.4 0.6] /ColorSpace /DeviceRGB", pixels8+pixels8+pixels8), "shades"},
		"colours of a table":            {picturing("/Decode [0 1] /ColorSpace [/Indexed /DeviceRGB 1 <000000ffffff>]", pixels8), "shades"},
		"shades of an image in content": {drawn("BI /W 4 /H 2 /BPC 8 /CS /G /D [0.9 1] ID "+pixels8+" EI", ""), "shades"},
		"a colour space of no kind":     {picturing("/ColorSpace /Own", pixels8), "unknown size"},
	} {
		var fault *Error
		if _, err := Clean(c.data); !errors.As(err, &fault) || !strings.Contains(fault.Why.En, c.why) || fault.Why.Vi == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// packed are files in which all is seen, however it is packed.
var packed = map[string][]byte{
	"a shading pattern":     drawn("/P scn", "/Pattern << /P << /PatternType 2 /Shading << /ShadingType 2 >> >> >>"),
	"a state without mask":  drawn("/G gs", "/ExtGState << /G << /SMask /None /ca 0.5 >> >>"),
	"a glyph of an image":   drawn("/F 9 Tf (a) Tj", "/Font << /F << /Subtype /Type3 /Encoding << /Differences [97 /a] >> /FontMatrix [0.1 0 0 0.1 0 0] /CharProcs << /a 5 0 R >> >> >>", streamOf("", "BI /W 8 /H 2 /IM true ID ab EI")),
	"a mask that hides not": picturing("/SMask 6 0 R", pixels8, streamOf(mask+" /Filter /FlateDecode", flate(clear8))),
	"pixels":                picturing("", pixels8+"\r\n"),
	"Flate":                 picturing("/Filter /FlateDecode", flate(pixels8)),
	"RunLength":             picturing("/Filter /RunLengthDecode", "\xfd\x00\x03abcd\x80"),
	"hexadecimal and Flate": picturing("/Filter [/ASCIIHexDecode /FlateDecode]", fmt.Sprintf("%x>\n", flate(pixels8))),
	"a predictor":           picturing("/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 4 >>", flate(strings.Repeat("\x00abcd", 2))),
	"one bit":               picturing("/BitsPerComponent 1", "ab"),
	"colours by a profile":  picturing("/ColorSpace [/ICCBased << /N 3 >>]", pixels8+pixels8+pixels8),
	"shades turned round":   picturing("/Decode [1 0]", pixels8),
	"a table with its span": picturing("/Decode [0 255] /ColorSpace [/Indexed /DeviceRGB 1 <000000ffffff>]", pixels8),
	"a table of two":        picturing("/Decode [1 0] /BitsPerComponent 1 /ColorSpace [/Indexed /DeviceRGB 1 <000000ffffff>]", "ab"),
	"colours by a table":    picturing("/ColorSpace [/Indexed /DeviceRGB 1 <000000ffffff>]", pixels8),
	"special colours":       picturing("/ColorSpace [/DeviceN [/A /B] /DeviceCMYK << >>]", pixels8+pixels8),
	"a JPEG":                picturing("/Filter /DCTDecode", jpegOf(4, 2)),
	"a JPEG 2000":           picturing("/Filter /JPXDecode", codestream(4, 2)),
	"a fax":                 picturing("/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 4 >> /BitsPerComponent 1", fax(2)),
	"JBIG2":                 picturing("/Filter /JBIG2Decode /BitsPerComponent 1", jbig2(4, 2)),
	"an image in content":   drawn("BI /W 4 /H 2 /BPC 8 /CS /C ID "+pixels8+" EI", "/ColorSpace << /C [/CalGray << >>] >>"),
}

// What is seen as it is written goes through.
func TestKeepsWhatIsSeen(t *testing.T) {
	for name, data := range packed {
		if _, err := Clean(data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
