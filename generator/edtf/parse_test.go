package edtf_test

import (
	"errors"
	"strings"
	"testing"

	"vitrine/generator/edtf"
)

// TestErrors checks where a string goes wrong, what is said of it, and what is
// suggested.
func TestErrors(t *testing.T) {
	for _, test := range []struct {
		in         string
		offset     int
		en         string // a part of the message
		suggestion string
	}{
		{"", 0, "the date is empty", ""},
		{"19O4-03", 2, `unexpected character "O"`, "1904-03"},
		{"l945", 0, "unexpected", "1945"},
		{"1930-II", 5, "unexpected", "1930-02"},
		{"2/9/1945", 3, "more than one slash", "1945-09-02"},
		{"02/09/1945", 5, "more than one slash", "1945-09-02"},
		{"2-9-1945", 0, "a year has four digits", "1945-09-02"},
		{"2.9.1945", 1, `unexpected character "."`, "1945-09-02"},
		{"9/1945", 0, "a year has four digits", "1945-09"},
		{"9/30/1945", 4, "more than one slash", ""},
		{"1945-9-2", 5, "two digits", "1945-09-02"},
		{"1945-9", 5, "two digits", "1945-09"},
		{"1945/9/2", 6, "more than one slash", "1945-09-02"},
		{"19450902", 4, "unexpected", "1945-09-02"},
		{"1930–1931", 4, `unexpected character "–"`, "1930/1931"},
		{"1930 - 1931", 4, "unexpected", "1930/1931"},
		{"1930-1931", 5, "there is no month 19", "1930/1931"},
		{"1930..1932", 4, "unexpected", "1930/1932"},
		{"từ năm 1930 đến năm 1931", 0, "unexpected", "1930/1931"},
		{" 1945-09-02", 0, `unexpected character " "`, "1945-09-02"},
		{"1945 -09-02", 4, "unexpected", "1945-09-02"},
		{"[1929-07, 1929-08]", 9, "unexpected", "[1929-07,1929-08]"},
		{"18.XI.1930", 2, "unexpected", "1930-11-18"},
		{"XI-1930", 1, "unexpected", "1930-11"},
		{"khoảng 1930", 0, "unexpected", "1930~"},
		{"khoảng năm 1930", 0, "unexpected", "1930~"},
		{"khoảng tháng 2 năm 1930 (?)", 0, "unexpected", "1930-02%"},
		{"c. 1930", 0, "unexpected", "1930~"},
		{"1930 (?)", 4, "unexpected", "1930?"},
		{"1930??", 5, "unexpected", "1930?"},
		{"ngày 2 tháng 9 năm 1945", 0, "unexpected", "1945-09-02"},
		{"tháng 2/1930", 0, "unexpected", "1930-02"},
		{"năm 1930", 0, "unexpected", "1930"},
		{"2 September 1945", 1, "unexpected", "1945-09-02"},
		{"le 18 février 1930", 0, "unexpected", "1930-02-18"},
		{"Sep 1945", 0, "unexpected", "1945-09"},
		{"193x", 3, "unexpected", "193X"},
		{"1930s", 4, "unexpected", "193X"},
		{"thập niên 1930", 0, "unexpected", "193X"},
		{"thế kỷ XX", 0, "unexpected", "19XX"},
		{"19th century", 2, "unexpected", "18XX"},
		{"mùa xuân 1941", 0, "unexpected", "1941-21"},
		{"quý I năm 1945", 0, "unexpected", "1945-33"},
		{"Q4 1945", 0, "unexpected", "1945-36"},
		{"938", 0, "a year has four digits", "0938"},
		{"1945-09-02T07:00:00", 10, "unexpected", "1945-09-02"},
		{"Y170000002", 0, "unexpected", ""},
		{"27–31/3/1935", 9, "more than one slash", "1935-03-27/1935-03-31"},
		{"2/9/1945 - 19/12/1946", 3, "more than one slash", "1945-09-02/1946-12-19"},
		{"1945-", 5, "two digits", "1945/.."},
		{"từ năm 1945 đến nay", 0, "unexpected", "1945/.."},
		{"cuối năm 1945", 0, "unexpected", "1945-09~/1945-12~"},
		{"1930,1931", 4, "unexpected", "{1930,1931}"},
		{"1930 hoặc 1931", 4, "unexpected", "[1930,1931]"},
		{"1945/1944", 5, "the end 1944 is before the start 1945", "1944/1945"},
		{"1945-09-02/1945-09", 11, "is before the start", "1945-09/1945-09-02"},
		{"[1932..1930]", 7, "is before the start", ""},
		{"1930-02-29", 8, "February 1930 has only the days 01 to 28", ""},
		{"1945-09-31", 8, "September 1945 has only the days 01 to 30", ""},
		{"1945-09-00", 8, "only the days", ""},
		{"1945-13", 5, "there is no month 13", ""},
		{"1945-00", 5, "there is no month 00", ""},
		{"1945-42", 5, "there is no month 42", ""},
		{"1945-21-03", 8, "has no days", ""},
		{"-0000", 0, "no year minus 0", ""},
		{"1XXX", 0, "only the last one or two digits", ""},
		{"1930-1X", 5, "not one digit of it", ""},
		{"193X-02", 5, "nothing specified can follow", ""},
		{"1930-XX-03", 8, "nothing specified can follow", ""},
		{"1930-02-18-", 10, "unexpected", ""},
		{"1930?~", 5, "unexpected", ""},
		{"/", 0, "neither a start nor an end", ""},
		{"1930/..1932", 5, "unexpected", ""},
		{"[]", 1, "empty member", ""},
		{"[1930", 5, `the closing ']' is missing`, ""},
		{"[", 1, "is missing", ""},
		{"[1930,,1931]", 6, "empty member", ""},
		{"[..]", 1, "at least one side", ""},
		{"[1930,..1931]", 6, "only the first member", ""},
		{"[1930..,1931]", 1, "only the last member", ""},
		{"[1930/1931]", 5, "unexpected", ""},
		{"1930\xff", 4, "unexpected", ""},
	} {
		e := parseError(t, test.in)
		if e == nil {
			continue
		}
		if e.Offset != test.offset || !strings.Contains(e.En, test.en) {
			t.Errorf("%q goes wrong at %d: %s\nwant %d: %s", test.in, e.Offset, e.En, test.offset, test.en)
		}
		if e.Suggestion != test.suggestion {
			t.Errorf("for %q %q is suggested, want %q", test.in, e.Suggestion, test.suggestion)
		}
	}
}

// parseError returns the error for s, checked for what all errors have.
func parseError(t *testing.T, s string) *edtf.ParseError {
	t.Helper()
	_, err := edtf.Parse(s)
	var e *edtf.ParseError
	if !errors.As(err, &e) {
		t.Errorf("Parse(%q) gives %v, want a *ParseError", s, err)
		return nil
	}
	if e.Input != s || e.Vi == "" || e.En == "" || e.Vi == e.En || (e.HintVi == "") != (e.HintEn == "") {
		t.Errorf("the error for %q is not complete: %+v", s, e)
	}
	if e.Suggestion != "" {
		parse(t, e.Suggestion)
		if !strings.Contains(e.HintVi, e.Suggestion) || !strings.Contains(e.HintEn, e.Suggestion) {
			t.Errorf("the hint for %q does not name its suggestion: %q, %q", s, e.HintVi, e.HintEn)
		}
	}
	return e
}

func TestErrorText(t *testing.T) {
	e := parseError(t, "19O4-03")
	if want := `the third character is the letter O; did you mean "1904-03"?`; e.Hint("en") != want {
		t.Errorf("the English hint is %s\nwant %s", e.Hint("en"), want)
	}
	if want := `ký tự thứ ba là chữ O, không phải chữ số; có phải là "1904-03"?`; e.Hint("vi") != want {
		t.Errorf("the Vietnamese hint is %s\nwant %s", e.Hint("vi"), want)
	}
	if want := `"1930-02-29" không phải là ngày tháng hợp lệ: tháng 2 năm 1930 chỉ có các ngày từ 01 đến 28`; parseError(t, "1930-02-29").Message("vi") != want {
		t.Errorf("the Vietnamese message is %s\nwant %s", parseError(t, "1930-02-29").Message("vi"), want)
	}
	for in, want := range map[string]string{
		"không rõ":                "leave the field out where the date is unknown",
		"Tết Canh Ngọ (1930)":     "copy a lunar date into as_written, and put here the solar date that research gives",
		"23 tháng 7 năm Ất Dậu":   "copy a lunar date into as_written, and put here the solar date that research gives",
		"sau Cách mạng Tháng Tám": "write digits as in 1945-09-02, 1930-02 or 1930~, and the words into as_written",
		"1985-04-1X":              "",
		"1930-02-30":              "",
	} {
		if got := parseError(t, in).Hint("en"); got != want {
			t.Errorf("the hint for %q is %q, want %q", in, got, want)
		}
	}
	if got := e.Error(); got != e.Message("en")+"; "+e.Hint("en") {
		t.Errorf("the error reads %s", got)
	}
}
