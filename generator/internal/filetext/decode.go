package filetext

import (
	"bytes"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"vitrine/generator/diag"
	"vitrine/generator/internal/vi"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var (
	bigEndian    = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	littleEndian = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
)

// labels stand before a text of EXIF and name its encoding (Exif 2.32, table 9).
// The text is tried in all, so they are only taken away.
var labels = [][]byte{[]byte("ASCII\x00\x00\x00"), []byte("UNICODE\x00"), []byte("JIS\x00\x00\x00\x00\x00")}

// decode returns the texts that some bytes of metadata may be: in UTF-8, else in
// the code page that Vietnamese Windows wrote, and in UTF-16 of both orders where
// there are zero bytes. whole is false where a text is in an encoding from before
// Unicode, which is not searched.
func decode(b []byte) (texts []string, whole bool) {
	for _, l := range labels {
		b = bytes.TrimPrefix(b, l)
	}
	if text, ok := marked(b); ok {
		return []string{text}, true
	}
	if bytes.IndexByte(bytes.TrimRight(b, "\x00"), 0) >= 0 {
		for _, e := range []encoding.Encoding{bigEndian, littleEndian} {
			if t, ok := in(e, b[:len(b)&^1]); ok {
				texts = append(texts, t)
			}
		}
	}
	whole = true
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	for part := range bytes.SplitSeq(b, []byte{0}) {
		text, seen := string(part), string(part)
		if !utf8.Valid(part) {
			text, _ = in(charmap.Windows1258, part)
			seen, _ = in(charmap.Windows1252, part) // as old text reaches a program that knows of Latin letters only
		}
		whole = whole && !(bytes.IndexFunc(part, control) < 0 && legacy(seen))
		if strings.TrimSpace(text) != "" {
			texts = append(texts, text)
		}
	}
	return texts, whole
}

func in(e encoding.Encoding, b []byte) (string, bool) {
	out, err := e.NewDecoder().Bytes(b)
	return string(out), err == nil
}

// control tells characters that no text holds: data that have some are numbers.
func control(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' }

func legacy(text string) bool {
	_, _, found := vi.Legacy(text)
	return found
}

// plainText reads a text file. It is none if it is neither UTF-8 nor UTF-16 with
// a byte order mark.
func plainText(b []byte) (string, bool) {
	if text, ok := marked(b); ok {
		return text, true
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	return string(b), utf8.Valid(b) && bytes.IndexByte(b, 0) < 0
}

// marked reads text that begins with a byte order mark of UTF-16.
func marked(b []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return in(littleEndian, b)
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return in(bigEndian, b)
	}
	return "", false
}

// coded hands on the lines of HTML, XML or JSON in which characters are written as
// numbers, with the characters themselves. Those of RTF are not read.
func (f *file) coded(text string) {
	if strings.HasPrefix(text, `{\rtf`) {
		f.miss(unread("chữ trong tệp RTF không đọc được; lưu thành tệp văn bản (.txt, UTF-8)", "the words of an RTF file cannot be read; save it as plain text (.txt, UTF-8)"))
		return
	}
	if start := strings.TrimSpace(text); start == "" || !strings.ContainsRune("<{[", rune(start[0])) {
		return
	}
	var decoded strings.Builder
	for line := range strings.Lines(text) {
		plain := html.UnescapeString(line)
		plain = escaped.ReplaceAllStringFunc(plain, func(e string) string {
			if one, err := strconv.Unquote(`"` + e + `"`); err == nil {
				return one
			}
			return e
		})
		if plain != line {
			decoded.WriteString(plain)
		}
	}
	if decoded.Len() > 0 {
		f.each(Text{Where: diag.T("các ký tự viết bằng số", "its characters that are written as numbers"), Text: decoded.String()})
	}
}

var escaped = regexp.MustCompile(`\\u[0-9A-Fa-f]{4}`)

// lines ends every line with "\n", as they are counted.
func lines(text string) string {
	if !strings.Contains(text, "\r") {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}
