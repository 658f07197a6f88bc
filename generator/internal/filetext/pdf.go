package filetext

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"regexp"
	"strings"

	"vitrine/generator/internal/pdf"
)

func (f *file) isPDF() bool { return pdf.Is(f.bytes(0, min(pdf.Head, f.size))) }

// maxString is how much of a string or dictionary of a PDF is kept, in bytes.
const maxString = 1 << 20

// hexString is where hexadecimal strings stand. They are digests more often than
// texts.
const hexString = "PDF < >"

// tail is where the end of a file tells of its encryption, in bytes.
const tail = 4096

// lexer reads the tokens of a PDF file from its beginning, without regard to the
// table of objects: so it finds what is damaged, what no page leads to and what a
// later version of the file has replaced (ISO 32000-2, 7.2 to 7.5).
type lexer struct {
	*file
	in      *bufio.Reader
	dict    bytes.Buffer // what was read since the object began
	name    string       // the last name: the key of what follows
	secret  bool         // the strings are encrypted
	streams bool         // there may be streams: not within one
}

// pdfStrings tells every string of the file, and XMP.
func (f *file) pdfStrings() {
	l := &lexer{file: f, in: bufio.NewReaderSize(io.NewSectionReader(f, 0, f.size), 64<<10), streams: true}
	l.secret = bytes.Contains(f.bytes(max(0, f.size-tail), min(tail, f.size)), []byte("/Encrypt"))
	l.read()
	if l.secret {
		f.miss(unread("PDF được mã hoá: chỉ xem được chữ trên trang", "the PDF is encrypted: only the text of its pages could be looked at"))
	}
}

func (l *lexer) read() {
	for l.ctx.Err() == nil {
		c, err := l.in.ReadByte()
		if err != nil {
			return
		}
		switch c {
		case '%':
			l.comment()
		case '(':
			l.literal()
		case '<':
			l.angle()
		case '/':
			l.name = l.word()
			l.secret = l.secret || l.name == "Encrypt" && l.streams
			l.note("/" + l.name)
			l.aside()
		default:
			if isRegular(c) {
				_ = l.in.UnreadByte() // it was just read
				l.keyword(l.word())
			}
		}
	}
}

// aside tells of what a PDF may carry besides its pages.
func (l *lexer) aside() {
	switch l.name {
	case "EF":
		l.miss(unread("PDF có tệp đính kèm, chưa được xem", "the PDF has attachments, which were not looked at"))
	case "XFA":
		l.miss(unread("PDF có biểu mẫu XFA, chưa được xem", "the PDF has an XFA form, which was not looked at"))
	}
}

// note keeps what the dictionary of an object says.
func (l *lexer) note(s string) {
	if l.dict.Len() < maxString {
		l.dict.WriteString(s)
		l.dict.WriteByte(' ')
	}
}

func (l *lexer) comment() {
	for {
		c, err := l.in.ReadByte()
		if err != nil || c == '\n' || c == '\r' {
			return
		}
	}
}

// isRegular tells the characters of names, numbers and keywords.
func isRegular(c byte) bool {
	return c > ' ' && c < 0x7f && !strings.ContainsRune("()<>[]{}/%", rune(c))
}

func (l *lexer) word() string {
	var b []byte
	for {
		c, err := l.in.ReadByte()
		if err != nil {
			return string(b)
		}
		if !isRegular(c) {
			_ = l.in.UnreadByte() // it was just read
			return string(b)
		}
		if len(b) < 128 {
			b = append(b, c)
		}
	}
}

func (l *lexer) keyword(word string) {
	switch {
	case word == "obj", word == "endobj":
		l.dict.Reset()
		l.name = ""
	case word == "stream" && l.streams:
		l.stream()
	default:
		l.note(word)
	}
}

// escapes are the characters that a letter behind a backslash stands for.
var escapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}

// literal reads a string in parentheses.
func (l *lexer) literal() {
	var b []byte
	for depth := 1; depth > 0; {
		c, err := l.in.ReadByte()
		if err != nil || len(b) > maxString {
			l.miss(damaged("PDF"))
			break
		}
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		case '\\':
			b = l.escape(b)
			continue
		}
		if depth > 0 {
			b = append(b, c)
		}
	}
	l.string(l.name, b)
}

func (l *lexer) escape(b []byte) []byte {
	c, err := l.in.ReadByte()
	switch {
	case err != nil || c == '\n':
		return b
	case c == '\r':
		if next, _ := l.in.Peek(1); len(next) == 1 && next[0] == '\n' {
			_, _ = l.in.Discard(1)
		}
		return b
	case escapes[c] != 0:
		return append(b, escapes[c])
	case c < '0' || c > '7':
		return append(b, c)
	}
	n := c - '0'
	for range 2 {
		next, _ := l.in.Peek(1)
		if len(next) == 0 || next[0] < '0' || next[0] > '7' {
			break
		}
		_, _ = l.in.Discard(1)
		n = n<<3 | (next[0] - '0')
	}
	return append(b, n)
}

// angle reads a hexadecimal string, or passes over the sign of a dictionary.
func (l *lexer) angle() {
	if next, _ := l.in.Peek(1); len(next) == 1 && next[0] == '<' {
		_, _ = l.in.Discard(1)
		return
	}
	var digits []byte
	for {
		c, err := l.in.ReadByte()
		if err != nil || c == '>' || len(digits) > 2*maxString {
			break
		}
		if c > ' ' {
			digits = append(digits, c)
		}
	}
	if len(digits)%2 == 1 {
		digits = append(digits, '0')
	}
	b := make([]byte, len(digits)/2)
	n, _ := hex.Decode(b, digits) // what is no digit ends it
	where := hexString
	if _, ok := marked(b[:n]); ok {
		where = l.name
	}
	l.string(where, b[:n])
}

func (l *lexer) string(where string, b []byte) {
	if l.secret {
		return
	}
	if where != hexString {
		where = "PDF /" + where
	}
	l.tell(where, b)
}

var (
	objectStream = regexp.MustCompile(`/Type /ObjStm\b`)
	metadata     = regexp.MustCompile(`/Type /Metadata\b`)
	filter       = regexp.MustCompile(`/Filter (/\w+)`)
	predictor    = regexp.MustCompile(`/Predictor (1\d|2)\b`)
)

// stream passes over a stream, but for those that hold objects or XMP.
func (l *lexer) stream() {
	dict := l.dict.Bytes()
	objects, xmp := objectStream.Match(dict), metadata.Match(dict)
	packed, other := "", predictor.Match(dict)
	if m := filter.FindSubmatch(dict); m != nil {
		packed = string(m[1])
	}
	l.dict.Reset()
	wanted := (objects || xmp) && !l.secret
	body, whole := l.toEnd(wanted)
	switch {
	case !wanted:
		return
	case !whole:
		l.miss(tooMuch())
	case other, packed != "" && packed != "/FlateDecode":
		l.miss(unread("PDF có phần nén theo cách không đọc được", "a part of the PDF is packed in a way that cannot be read"))
		return
	}
	body = bytes.TrimLeft(body, "\r\n")
	if packed != "" {
		body = l.inflate(body)
	}
	if xmp {
		l.xmp(body)
		return
	}
	within := &lexer{file: l.file, in: bufio.NewReader(bytes.NewReader(body))}
	within.read()
}

// toEnd reads up to the end of a stream, whatever its dictionary says of its
// length. What is to be kept is bounded by the limit of a block.
func (l *lexer) toEnd(keep bool) (body []byte, whole bool) {
	const end = "endstream"
	var last []byte
	whole = true
	for {
		part, err := l.in.ReadSlice('m') // the last letter of what ends it
		last = append(last[max(0, len(last)-len(end)):], part...)
		if whole = whole && len(body)+len(part) <= maxBlock; keep && whole {
			body = append(body, part...)
		}
		switch {
		case bytes.HasSuffix(last, []byte(end)):
			return bytes.TrimSuffix(body, []byte(end)), whole
		case err != nil && !errors.Is(err, bufio.ErrBufferFull):
			return body, whole
		}
	}
}
