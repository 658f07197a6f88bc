package pdfclean

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// profile is an ICC profile of so many bytes, as far as anybody looks.
func profile(size int) string {
	b := make([]byte, size)
	b[2], b[3] = byte(size>>8), byte(size)
	copy(b[36:], "acsp")
	return string(b)
}

// What a file calls its resources, colorants and values is left out, and so is a profile
// that is none.
func TestOwnNamesAreLeftOut(t *testing.T) {
	const ramp = "<< /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0] /N 1 >>"
	space := func(space string, objects ...string) []byte {
		return drawn("/secret cs 1 scn", "/ColorSpace << /secret "+space+" >>", objects...)
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"a colorant":                 {space("[/Separation /secret /DeviceGray " + ramp + "]"), "[/Separation /Ink1 /DeviceGray "},
		"a colorant by reference":    {space("[/Separation 5 0 R /DeviceGray "+ramp+"]", "/secret"), "[/Separation /Ink1 /DeviceGray "},
		"a colorant of printers":     {space("[/Separation /Black /DeviceGray " + ramp + "]"), "[/Separation /Black /DeviceGray "},
		"colorants":                  {space("[/DeviceN [/secret /All /secret2 /secret] /DeviceGray " + ramp + " << /Colorants << /secret [/Separation /secret /DeviceGray " + ramp + "] >> >>]"), "[/DeviceN [/Ink1 /All /Ink2 /Ink1] /DeviceGray <<"},
		"a profile":                  {space("[/ICCBased 5 0 R]", streamOf("/N 3 /Alternate /DeviceRGB", profile(200)+"secret")), "/C1 [/ICCBased "},
		"a profile of nothing":       {space("[/ICCBased 5 0 R]", streamOf("/N 1", "secret")), "/C1 /DeviceGray"},
		"a profile that is too long": {space("[/ICCBased 5 0 R]", streamOf("/N 3", strings.Replace(profile(300), "\x01\x2c", "\x02\x00", 1)+"secret")), "/C1 /DeviceRGB"},
		"a profile by another name":  {space("[/ICCBased 5 0 R]", streamOf("/N 4", strings.Replace(profile(300), "acsp", "secr", 1)+"secret")), "/C1 /DeviceCMYK"},
		"colours behind the last":    {space("[/Indexed /DeviceRGB 1 (abcdefsecret)]"), "/C1 [/Indexed /DeviceRGB 1 <616263646566>]"},
		"a resource":                 {drawn("/secret Do", "/XObject << /secret 5 0 R >>", streamOf("/Subtype /Form", "n")), "/X1 "},
		"a state":                    {drawn("/G gs", "/ExtGState << /G << /BM /secret /CA (secret) /ca 0.5 /LW secret /RI /Saturation /SMask /None >> >>"), "<</BM null/CA null/LW null/RI "},
		"a font":                     {drawn("/F 9 Tf", "/Font << /F << /Subtype /Type1 /BaseFont /Times /Encoding /secret /FontDescriptor << /FontFamily (secret) /FontStretch /secret /Flags 4 >> >> >>"), "/BaseFont /Times"},
	} {
		got, err := Clean(c.data)
		if err != nil || says(got, "secret") || bytes.Contains(got, fmt.Appendf(nil, "%X", "secret")) || !bytes.Contains(got, []byte(c.want)) {
			t.Errorf("%s: %v\n%q", name, err, got)
		}
		if again, err := Clean(got); err != nil || !bytes.Equal(again, got) {
			t.Errorf("%s: again %v\n%q\n%q", name, err, got, again)
		}
	}
}

// What the standard knows by a name keeps it.
func TestNamesOfTheStandardStay(t *testing.T) {
	type0 := "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /UniJIS-UTF16-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /CIDToGIDMap /Identity >>] >>"
	got, err := Clean(drawn("/F 9 Tf /G gs", "/Font << /F "+type0+" >> /ExtGState << /G << /Type /ExtGState /BM [/Multiply /Normal] /TR /Identity >> >>"))
	for _, want := range []string{"/Encoding /UniJIS-UTF16-H", "/CIDToGIDMap /Identity", "/BM [/Multiply /Normal]", "/TR /Identity", "/Registry <41646F6265>", "/Subtype /CIDFontType2"} {
		if err != nil || !bytes.Contains(got, []byte(want)) {
			t.Errorf("%s: %v\n%q", want, err, got)
		}
	}
}
