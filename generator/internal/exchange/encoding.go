package exchange

import (
	"bytes"
	"unicode/utf8"

	"vitrine/generator/diag"

	"golang.org/x/text/encoding/unicode"
)

// decodeText returns the bytes of a file as text with "\n" line ends. It
// reads UTF-8 with or without a byte order mark and UTF-16 with one.
func decodeText(file string, data []byte) (string, *diag.Diagnostic) {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		data = data[3:]
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}), bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		if err != nil || bytes.Contains(out, []byte("\uFFFD")) {
			return "", unreadableText(file, 0, "UTF-16")
		}
		data = out
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return "", unreadableText(file, lineAt(data, i), "")
	}
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return "", unreadableText(file, lineAt(data, i), "UTF-8")
		}
		i += n
	}
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	return string(bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))), nil
}

func lineAt(data []byte, i int) int { return 1 + bytes.Count(data[:i], []byte("\n")) }

func unreadableText(file string, line int, claimed string) *diag.Diagnostic {
	d := diag.Errorf("text-encoding", diag.Pos{File: file, Line: line}, "bảng không đọc được là văn bản Unicode", "the sheet cannot be read as Unicode text")
	if claimed != "" {
		d = diag.Errorf("text-encoding", diag.Pos{File: file, Line: line}, "bảng không phải văn bản %s hợp lệ", "the sheet is not valid %s text", claimed)
	}
	d = d.WithHint("trong Excel chọn «Save As → CSV UTF-8 (Comma delimited)» hoặc «Unicode Text»; bảng gõ bằng TCVN3, VNI hay bảng mã Windows phải chuyển sang Unicode trước",
		"in Excel choose «Save As → CSV UTF-8 (Comma delimited)» or «Unicode Text»; convert sheets in TCVN3, VNI or a Windows code page to Unicode first")
	return &d
}
