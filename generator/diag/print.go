package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// excerptMax is how many characters of a source line are shown; a minified
// line must not flood the screen.
const excerptMax = 160

var severityWords = map[Severity]Text{Error: {"lỗi", "error"}, Warning: {"cảnh báo", "warning"}}

// WriteText prints the list for people in a language, "vi" or "en":
//
//	content/fonds/mau-01/records/01.yaml:12:9: error: "19O4" is not a date [date-syntax]
//	   12 | created: "19O4"
//	      |          ^
//	  hint: did you mean "1904"?
func (l *List) WriteText(w io.Writer, lang string) error {
	var b strings.Builder
	for _, d := range l.Sorted() {
		d.writeText(&b, lang)
	}
	for _, m := range l.Dropped() {
		fmt.Fprintln(&b, m.text(lang))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (d Diagnostic) writeText(b *strings.Builder, lang string) {
	if d.Pos.File != "" {
		fmt.Fprintf(b, "%s: ", Printable(d.Pos.String()))
	}
	fmt.Fprintf(b, "%s: %s [%s]\n", severityWords[d.Severity].In(lang), Printable(d.Msg.In(lang)), d.Code)
	if d.Excerpt != "" {
		line, caret := excerpt(d.Excerpt, d.Pos.Col)
		if d.Pos.Line > 0 {
			fmt.Fprintf(b, "%5d | %s\n", d.Pos.Line, line)
		} else { // of a file that has no lines
			fmt.Fprintf(b, "      | %s\n", line)
		}
		if d.Pos.Col > 0 {
			fmt.Fprintf(b, "      | %s^\n", caret)
		}
	}
	if hint := d.Hint.In(lang); hint != "" {
		fmt.Fprintf(b, "  %s: %s\n", Text{"gợi ý", "hint"}.In(lang), Printable(hint))
	}
}

func (m Dropped) text(lang string) string {
	return T("và %d %s khác cùng loại [%s]", "and %d more of this %s [%s]", m.N, severityWords[m.Severity].In(lang), m.Code).In(lang)
}

// excerpt returns the line as shown and the padding that puts a caret under
// the character col, which counts from 1.
func excerpt(line string, col int) (shown, pad string) {
	runes := []rune(strings.ReplaceAll(line, "\t", " "))
	from := 0
	if col > excerptMax-20 {
		from = min(col-excerptMax/2, len(runes))
	}
	to := min(from+excerptMax, len(runes))
	at := max(0, min(col-1-from, to-from))
	return Printable(string(runes[from:to])), strings.Repeat(" ", cells([]rune(Printable(string(runes[from:from+at])))))
}

// cells is how many terminal columns the characters take.
func cells(runes []rune) int {
	n := 0
	for _, r := range runes {
		switch {
		case unicode.Is(unicode.Mn, r):
		case width.LookupRune(r).Kind() == width.EastAsianWide || width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// Printable is a text as it can be shown on a terminal, on one line: control
// characters, those that turn the direction of writing, those that nobody sees and
// bytes that are no text are written as Go escapes (\n, \x1b, \u202e), so that the
// name of a hostile file can neither steer the terminal of the person who reads the
// message nor pass for another name or another line.
func Printable(s string) string {
	plain := func(r rune, size int) bool {
		return !unicode.IsControl(r) && !unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) && (r != utf8.RuneError || size > 1)
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case plain(r, size):
			b.WriteString(s[i : i+size])
		case size == 1:
			fmt.Fprint(&b, strings.Trim(strconv.QuoteToASCII(s[i:i+1]), `"`))
		default:
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		}
		i += size
	}
	return b.String()
}

type jsonDiagnostic struct {
	Severity string `json:"severity"`
	Code     string `json:"code"`
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
	Excerpt  string `json:"excerpt,omitempty"`
	More     int    `json:"more,omitempty"` // further findings of this code that are not listed
}

// WriteJSON prints one JSON object a line, then one with "more" for every
// code whose findings were not all kept.
func (l *List) WriteJSON(w io.Writer, lang string) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, d := range l.Sorted() {
		row := jsonDiagnostic{d.Severity.String(), d.Code, d.Pos.File, d.Pos.Line, d.Pos.Col, d.Msg.In(lang), d.Hint.In(lang), d.Excerpt, 0}
		if err := enc.Encode(row); err != nil {
			return err
		}
	}
	for _, m := range l.Dropped() {
		row := jsonDiagnostic{Severity: m.Severity.String(), Code: m.Code, Message: m.text(lang), More: m.N}
		if err := enc.Encode(row); err != nil {
			return err
		}
	}
	return nil
}
