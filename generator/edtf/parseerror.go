package edtf

import (
	"fmt"
	"unicode/utf8"
)

// ParseError says why a string is not a date of the profile.
type ParseError struct {
	Input  string
	Offset int // the byte at which Input goes wrong
	// Vi and En say what is wrong, as a sentence without capital and full stop.
	Vi, En string
	// HintVi and HintEn say what to write instead, "" where that cannot be
	// guessed.
	HintVi, HintEn string
	// Suggestion is the date that the hint proposes; "" or valid EDTF.
	Suggestion string
}

// Error returns the message in English.
func (e *ParseError) Error() string {
	if e.HintEn == "" {
		return e.En
	}
	return e.En + "; " + e.HintEn
}

// Message returns what is wrong, in Vietnamese for "vi" and else in English.
func (e *ParseError) Message(lang string) string {
	if lang == "vi" {
		return e.Vi
	}
	return e.En
}

// Hint returns what to write instead, or "".
func (e *ParseError) Hint(lang string) string {
	if lang == "vi" {
		return e.HintVi
	}
	return e.HintEn
}

// fault is what the parser itself knows of an error.
type fault struct {
	offset int
	vi, en string
}

func faultAt(offset int, vi, en string) *fault {
	return &fault{offset: offset, vi: vi, en: en}
}

func newParseError(input string, f *fault) *ParseError {
	e := &ParseError{
		Input:  input,
		Offset: f.offset,
		Vi:     fmt.Sprintf("%q không phải là ngày tháng hợp lệ: %s", input, f.vi),
		En:     fmt.Sprintf("%q is not a valid date: %s", input, f.en),
	}
	h := hintFor(input)
	e.Suggestion, e.HintVi, e.HintEn = h.suggestion, h.vi, h.en
	return e
}

// firstRune quotes the character that s begins with.
func firstRune(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return fmt.Sprintf("%q", s[:size])
}
