package markup

import (
	"bytes"

	"vitrine/generator/diag"
)

// Limits of a text. The parser looks back, or ahead, from many of its marks, so
// that its time grows with the square of their number, and it knows no limits of
// its own: they are looked for before it begins, in one walk over the bytes. An
// essay of 10,000 words has 60 KB and some hundred marks in a paragraph.
const (
	maxText        = 4 << 20 // bytes
	maxDepth       = 100     // elements within each other, and quotations and lists that begin in one line; browsers stop at 512
	maxOpen        = 200     // brackets or links that are open at one place: the end of each is looked for in all that follows
	maxDefinitions = 2000    // of links and notes, without an empty line between them
	maxTicks       = 32      // backticks in a row: their like is looked for in all that follows
	maxColumns     = 1000    // | in a line
	maxCells       = 200_000 // of all tables: short rows are filled up to the head
	maxSigns       = 400_000 // marks of all kinds, each line three: what is made of them takes some microseconds each
	maxNotes       = 10_000  // [^ in the text: each is looked for among all notes
	maxSteps       = 2e8     // looks at another mark of the paragraph, some nanoseconds each
)

// excess is what a text has too much of.
func excess(code, vi, en string, most int) *diag.Diagnostic {
	d := diag.Errorf(code, diag.Pos{}, vi, en, most).
		WithHint("ngắt đoạn bằng dòng trống; dấu chỉ là chữ thì viết \\ đằng trước; văn bản dài thì tách thành nhiều tệp", "part paragraphs by empty lines; write \\ before a sign that is only text; split a long text into several files")
	return &d
}

// hopeless is what a text has so much of that the parser would take too long, and
// where; nil for any text that somebody wrote.
func hopeless(text []byte) (int, *diag.Diagnostic) {
	if len(text) > maxText {
		return 0, excess("markdown-size", "văn bản Markdown dài quá %d MB", "the Markdown text is longer than %d MB", maxText>>20)
	}
	s := survey{}
	for at := 0; at < len(text); {
		end := lineEnd(text, at)
		if in, d := s.line(text[at:end]); d != nil {
			return at + in, d
		}
		at = end
	}
	return len(text), s.paragraph()
}

// survey counts marks.
type survey struct {
	size, brackets, links, definitions, marks, width int // of the paragraph; width is that of its widest row
	pipes                                            int // of the line
	ticks                                            int // in a row
	before                                           byte
	notes, cells, steps, signs                       int // of the text
}

// line goes through a line with its end. A finding has its place in the line.
func (s *survey) line(line []byte) (int, *diag.Diagnostic) {
	if len(line) == 1 && line[0] == '\n' {
		return 0, s.paragraph()
	}
	if at := tooDeep(line); at >= 0 {
		return at, excess("markdown-depth", "lồng nhau quá %d tầng", "nested more than %d deep", maxDepth)
	}
	s.pipes, s.ticks = 0, 0
	s.size += len(line)
	s.signs += 3
	for i, b := range line {
		if s.before == '\\' {
			b = 0 // it is only text
		}
		if marking[b] {
			s.take(b)
			if d := s.over(); d != nil {
				return i, d
			}
		}
		s.before = b
	}
	if s.width = max(s.width, s.pipes); s.width > 0 {
		s.cells += s.width + 1
	}
	return 0, s.over()
}

// marking tells the signs that are counted.
var marking = func() (signs [256]bool) {
	for _, b := range []byte("[]():^`|*_~") {
		signs[b] = true
	}
	return signs
}()

// take counts a sign.
func (s *survey) take(b byte) {
	s.signs++
	switch b {
	case '[':
		s.brackets++
	case ']':
		s.brackets = max(0, s.brackets-1)
		s.steps += s.marks // a link settles the marks before it
	case '(':
		s.links += btoi(s.before == ']')
	case ')':
		s.links = max(0, s.links-1)
	case ':':
		s.definitions += btoi(s.before == ']')
	case '^':
		s.notes += btoi(s.before == '[')
	case '`':
		s.ticks = 1 + s.ticks*btoi(s.before == '`')
	case '|':
		s.pipes++
	default:
		s.steps += s.marks
		s.marks++
	}
}

// paragraph ends one: nothing but notes and cells goes beyond it.
func (s *survey) paragraph() *diag.Diagnostic {
	steps := s.steps + s.definitions*s.size/8 // where one ends is looked for in what follows, many bytes at a time
	*s = survey{notes: s.notes, cells: s.cells, signs: s.signs, steps: steps}
	return s.over()
}

// over is what there is too much of up to here.
func (s *survey) over() *diag.Diagnostic {
	switch {
	case max(s.brackets, s.links) > maxOpen:
		return excess("markdown-link", "đoạn văn có hơn %d dấu ngoặc mở mà không đóng", "a paragraph has more than %d brackets that open and do not close", maxOpen)
	case s.definitions > maxDefinitions:
		return excess("markdown-link", "đoạn văn có hơn %d định nghĩa liền nhau", "a paragraph has more than %d definitions", maxDefinitions)
	case s.ticks > maxTicks:
		return excess("markdown-size", "có hơn %d dấu ` liền nhau", "more than %d backticks stand in a row", maxTicks)
	case s.pipes > maxColumns:
		return excess("markdown-size", "dòng có hơn %d dấu |", "a line has more than %d signs |", maxColumns)
	case s.cells > maxCells:
		return excess("markdown-size", "các bảng có hơn %d ô", "the tables have more than %d cells", maxCells)
	case s.notes > maxNotes:
		return excess("markdown-footnote", "văn bản có hơn %d dấu chú thích", "the text has more than %d marks of notes", maxNotes)
	case s.signs > maxSigns:
		return excess("markdown-size", "văn bản có hơn %d dấu và dòng", "the text has more than %d marks and lines", maxSigns)
	case s.steps > maxSteps:
		return excess("markdown-size", "các đoạn văn có quá nhiều dấu * _ ~ [ ]: hơn %d cặp phải xét", "paragraphs have too many marks * _ ~ [ ]: more than %d pairs to look at", maxSteps)
	}
	return nil
}

// tooDeep is where, at the head of a line, more quotations, lists and definitions
// begin than may lie within each other; -1 for none. A line of nothing but - or *
// is a rule.
func tooDeep(line []byte) int {
	n, head, rule := 0, byte(0), false // whether all that follows the first of a row of marks is like it
	rest := bytes.TrimLeft(line, " \t")
	for len(rest) > 0 {
		length := 1
		switch b := rest[0]; {
		case b == '>':
		case b == '-' || b == '*' || b == '+' || b == ':':
			if n == 0 || rest[0] != head {
				head, rule = rest[0], len(bytes.TrimLeft(rest, " \t\r\n"+string(b))) == 0
			}
			if rule {
				return -1
			}
			length = blankAfter(rest, 1)
		case isDigit(b):
			length = blankAfter(rest, 1+len(rest)-len(bytes.TrimLeft(rest, "0123456789")))
		default:
			return -1
		}
		if length == 0 {
			return -1
		}
		if n++; n > maxDepth {
			return len(line) - len(rest)
		}
		rest = bytes.TrimLeft(rest[length:], " \t")
	}
	return -1
}

// blankAfter is the length of a mark of a list, 0 where no blank follows it.
func blankAfter(line []byte, length int) int {
	if length >= len(line) || bytes.IndexByte([]byte(" \t\n"), line[length]) < 0 {
		return 0
	}
	return length
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
