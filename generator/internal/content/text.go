package content

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"vitrine/generator/diag"
	"vitrine/generator/internal/vi"
)

// maxText is the largest YAML or Markdown file that is read, in bytes.
const maxText = 64 << 20

// MaxRecord is the largest single YAML document, in bytes. A record is a page of text,
// not a book; the limit keeps a hostile file from filling the memory.
const MaxRecord = 4 << 20

// readText returns a file as repaired text with "\n" line ends, and what was
// found in it. ok is false when the text cannot be used.
func (t *Tree) readText(file string) (text string, ds []diag.Diagnostic, ok bool) {
	data, err := t.readFile(file, maxText)
	if err != nil {
		return "", []diag.Diagnostic{unreadable(file, err)}, false
	}
	return cleanText(file, data)
}

// cleanText turns the bytes of a file into repaired text. Line ends of
// Windows and a byte order mark are removed, which moves no line number.
func cleanText(file string, data []byte) (string, []diag.Diagnostic, bool) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if i := invalidUTF8(data); i >= 0 {
		return "", []diag.Diagnostic{notUTF8(file, data, i)}, false
	}
	text := string(data)
	if strings.Contains(text, "\r") {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	return text, nil, true
}

// Legacy encodings and repairs are looked for value by value: quotation
// marks are text in a value and syntax in a file.

// cleanValue repairs a text that starts at pos. ok is false when it is in a
// legacy encoding.
func cleanValue(pos diag.Pos, s string) (fixed string, ds []diag.Diagnostic, ok bool) {
	if plainASCII(s) {
		return s, nil, true
	}
	if enc, _, found := vi.Legacy(s); found {
		return s, []diag.Diagnostic{diag.Errorf("text-encoding", pos,
			"văn bản có vẻ dùng bảng mã %s, không phải Unicode", "the text seems to be in the %s encoding, not Unicode", enc).
			WithHint("chuyển tệp sang Unicode (NFC) bằng công cụ chuyển mã rồi lưu lại", "convert the file to Unicode (NFC) with a code converter and save it again")}, false
	}
	fixed, fixes := vi.Repair(s)
	for _, f := range fixes {
		if f.Kind.Changed() && f.Kind != vi.NotNFC { // NFC is loss-free and done everywhere
			ds = append(ds, diag.Diagnostic{Code: "text-repaired", Pos: pos, Msg: diag.Text{Vi: f.Vi, En: f.En}})
		}
	}
	return fixed, ds, true
}

// plainASCII reports whether nothing of a text can need repair.
func plainASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x7f || c < ' ' && c != '\n' && c != '\t' && c != '\r' {
			return false
		}
	}
	return true
}

func invalidUTF8(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

func notUTF8(file string, data []byte, i int) diag.Diagnostic {
	before := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(data[:i]))
	line := 1 + strings.Count(before, "\n")
	col := 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	d := diag.Errorf("text-encoding", diag.Pos{File: file, Line: line, Col: col}, "tệp không phải UTF-8", "the file is not UTF-8")
	return d.WithHint("lưu lại tệp với bảng mã UTF-8", "save the file again as UTF-8")
}

// Piece is one YAML document of a file, without its `---` line.
type Piece struct {
	Text   string
	Line   int // of its first line, from 1
	Offset int // of its first byte in the repaired text
}

// split cuts a text at lines that are exactly `---` (trailing blanks and a
// comment allowed). Pieces with nothing but blanks and comments are left out.
func split(text string) []Piece {
	var out []Piece
	start, line, startLine := 0, 1, 1
	flush := func(end int) {
		if !blank(text[start:end]) {
			out = append(out, Piece{text[start:end], startLine, start})
		}
	}
	for pos := 0; pos < len(text); {
		end := strings.IndexByte(text[pos:], '\n')
		next := pos + end + 1
		if end < 0 {
			end, next = len(text)-pos, len(text)
		}
		if separator(text[pos : pos+end]) {
			flush(pos)
			start, startLine = next, line+1
		}
		pos = next
		line++
	}
	flush(len(text))
	return out
}

func separator(line string) bool {
	if !strings.HasPrefix(line, "---") {
		return false
	}
	rest := strings.TrimLeft(line[3:], " \t")
	return rest == "" || len(rest) < len(line)-3 && rest[0] == '#'
}

func blank(s string) bool {
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if line != "" && line[0] != '#' {
			return false
		}
	}
	return true
}
