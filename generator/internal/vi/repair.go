package vi

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// FixKind is the stable code of a repair, as diagnostics name it.
type FixKind string

// The kinds of repair. QuotesMixed only reports; the text stays as it was.
const (
	InvalidUTF8 FixKind = "invalid-utf8" // bytes that are no text became U+FFFD
	NotNFC      FixKind = "not-nfc"      // marks were joined to their letters
	FullWidth   FixKind = "full-width"   // letters and digits of East Asian width
	Invisible   FixKind = "invisible"    // zero-width characters and soft hyphens in words
	Control     FixKind = "control"      // control characters, and those that turn the direction of writing
	SpaceRun    FixKind = "space-run"    // several no-break spaces
	LookAlike   FixKind = "look-alike"   // Cyrillic or Greek letters in Latin words
	Eth         FixKind = "eth"          // Ð typed for Đ
	Quote       FixKind = "quote"        // one straight quotation mark of a curly pair
	QuotesMixed FixKind = "quotes-mixed" // straight and curly quotation marks, not repaired
)

// Changed reports whether a fix of this kind changed the text.
func (k FixKind) Changed() bool { return k != QuotesMixed }

// Fix is one kind of repair made to a string.
type Fix struct {
	Kind   FixKind
	Offset int // byte in the input where it was first needed
	Count  int // how many times
	Vi, En string
}

// Repair returns s in NFC and with unmistakable slips of typing and conversion
// repaired, and one Fix for each kind. Spelling and the place of tone marks stay
// as written. Repairing twice changes nothing more. Ask Legacy first: in TCVN3
// text a soft hyphen is a letter. Clean text costs one pass and no memory.
func Repair(s string) (string, []Fix) {
	if clean(s) {
		return s, nil
	}
	t := decode(s)
	t.compose()
	t.narrow()
	t.dropControls()
	t.dropInvisible()
	t.joinSpaces()
	t.latinise()
	t.compose() // what was dropped may have stood between a letter and its mark
	t.stroke()
	t.pairQuotes()
	if len(t.fixes) == 0 || len(t.fixes) == 1 && !t.fixes[0].Kind.Changed() {
		return s, t.fixes
	}
	return t.String(), t.fixes
}

// MayChangeWords reports whether Repair may make other letters of some in s – of full width,
// Greek, Cyrillic; an Eth is none of them – or take controls out between them. It may be
// wrong in saying yes, never in saying no.
func MayChangeWords(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\n', c >= ' ' && c < 0x7f:
		case c < ' ' && c != '\t' && c != '\r', c == 0x7f, c == 0xc2 && i+1 < len(s) && s[i+1] < 0xa0:
			return true
		case c < 0xcd || c > 0xd4 && c != 0xef, i+1 == len(s):
		case c == 0xef:
			if next := s[i+1]; next == 0xbc || next == 0xbd {
				return true
			}
		case c >= 0xce || c == 0xcd && s[i+1] >= 0xb0:
			return true
		}
	}
	return false
}

// clean reports whether s has only characters that no repair looks at. Those
// below U+0300 and from U+1E00 to U+1EFF are in NFC wherever they stand.
func clean(s string) bool {
	straight, curly := false, false
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' && controls(rune(c)) || c == 0x7f {
				return false
			}
			straight = straight || c == '"'
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == '“' || r == '”':
			curly = true
		case r == 0xA0:
			if strings.HasPrefix(s[i:], "\u00A0") {
				return false
			}
		case r < 0xA0 || r == 0xAD || r == 'Ð' || r == 'ð':
			return false
		case r < 0x300 || r >= 0x1E00 && r < 0x1F00 || r >= 0x2010 && r < 0x2028:
		default:
			return false
		}
	}
	return !straight || !curly
}

// text is a string being repaired; every character remembers where it was.
type text struct {
	cells []cell
	fixes []Fix
}

type cell struct {
	r  rune
	at int // byte in the input
}

func decode(s string) *text {
	t := &text{cells: make([]cell, 0, len(s))}
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				t.note(InvalidUTF8, i, "có byte không phải UTF-8, đã thay bằng U+FFFD", "bytes that are not UTF-8 became U+FFFD")
			}
		}
		t.cells = append(t.cells, cell{r, i})
	}
	return t
}

// String returns the text as it now stands.
func (t *text) String() string {
	var b strings.Builder
	for _, c := range t.cells {
		b.WriteRune(c.r)
	}
	return b.String()
}

// note counts one repair; the first of its kind gives place and wording.
func (t *text) note(kind FixKind, at int, vi, en string) {
	for i := range t.fixes {
		if t.fixes[i].Kind == kind {
			t.fixes[i].Count++
			return
		}
	}
	t.fixes = append(t.fixes, Fix{Kind: kind, Offset: at, Count: 1, Vi: vi, En: en})
}

// compose brings the text into NFC, piece by piece so that offsets survive.
func (t *text) compose() {
	s := t.String()
	if norm.NFC.IsNormalString(s) {
		return
	}
	out := make([]cell, 0, len(t.cells))
	for i := 0; s != ""; {
		n := norm.NFC.NextBoundaryInString(s, true)
		piece := t.cells[i : i+utf8.RuneCountInString(s[:n])]
		if norm.NFC.IsNormalString(s[:n]) {
			out = append(out, piece...)
		} else {
			t.note(NotNFC, piece[0].at, "dấu rời đã được ghép vào chữ (Unicode NFC)", "combining marks were joined to their letters (Unicode NFC)")
			for _, r := range norm.NFC.String(s[:n]) {
				out = append(out, cell{r, piece[0].at})
			}
		}
		i += len(piece)
		s = s[n:]
	}
	t.cells = out
}

// narrow replaces full-width letters and digits by ASCII.
func (t *text) narrow() {
	const shift = 'Ａ' - 'A'
	for i, c := range t.cells {
		if a := c.r - shift; c.r > shift && a < utf8.RuneSelf && classOf(a) != other {
			t.cells[i].r = a
			t.note(FullWidth, c.at, "chữ hoặc số toàn độ rộng đã đổi thành ký tự thường", "full-width letters or digits became ordinary ones")
		}
	}
}

// dropControls removes what no text needs and what could steer a terminal or show
// words in another order than they are read in. Scripts written from right to left
// keep their marks (U+200E, U+200F, U+061C) and need no more: each of their letters
// has a direction.
func (t *text) dropControls() {
	out := t.cells[:0]
	for _, c := range t.cells {
		if !controls(c.r) {
			out = append(out, c)
			continue
		}
		t.note(Control, c.at, "ký tự điều khiển hoặc đổi chiều chữ đã được bỏ", "characters that control, or turn the direction of writing, were removed")
	}
	t.cells = out
}

func controls(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// dropInvisible removes zero-width characters and soft hyphens that touch a
// European word. Scripts that need them (Persian, Hindi, Khmer) keep theirs.
func (t *text) dropInvisible() {
	out := t.cells[:0]
	before, after, seenTo := ' ', ' ', 0
	for i, c := range t.cells {
		if !invisible(c.r) {
			out, before = append(out, c), c.r
			continue
		}
		if i >= seenTo {
			after, seenTo = t.visibleAfter(i)
		}
		if joins(before, after) || joins(after, before) {
			t.note(Invisible, c.at, "ký tự ẩn trong từ đã được bỏ", "invisible characters in words were removed")
			continue
		}
		out = append(out, c)
	}
	t.cells = out
}

// visibleAfter returns the first visible character from i on, and its index.
func (t *text) visibleAfter(i int) (rune, int) {
	for ; i < len(t.cells); i++ {
		if !invisible(t.cells[i].r) {
			return t.cells[i].r, i
		}
	}
	return ' ', i
}

// joins reports whether word is part of a European word and beside does not
// belong to another script.
func joins(word, beside rune) bool {
	return european(word) && (european(beside) || !unicode.In(beside, unicode.L, unicode.M))
}

func invisible(r rune) bool {
	return r == 0xAD || r >= 0x200B && r <= 0x200D || r == 0x2060 || r == 0xFEFF
}

func european(r rune) bool {
	if r < utf8.RuneSelf {
		return classOf(r) != other
	}
	return r >= 0x300 && r < 0x370 || unicode.IsLetter(r) && unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek)
}

// joinSpaces leaves one of several no-break spaces.
func (t *text) joinSpaces() {
	out := t.cells[:0]
	for i, c := range t.cells {
		if c.r == 0xA0 && i > 0 && t.cells[i-1].r == 0xA0 {
			t.note(SpaceRun, c.at, "nhiều dấu cách không ngắt liền nhau đã gộp thành một", "runs of no-break spaces became one")
			continue
		}
		out = append(out, c)
	}
	t.cells = out
}
