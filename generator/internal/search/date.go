package search

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Dates are the dates that are written among the tokens of a text in NFC, as keys of
// the index: "@1945-09-02" for a day, "@1945-09" for a month. They are read as
// Vietnamese has them, 2/9/1945, 2-9-1945, 2.9.1945, ngày 2 tháng 9 năm 1945, mùng 2
// tháng 9 năm 1945, 2 tháng 9 năm 1945, tháng 9 năm 1945, tháng 9/1945, 9/1945, as English
// has them, 2 September 1945, September 2, 1945, September 1945, and as sources are
// written, 1945-09-02 (ISO 8601). A year alone is a number like any other.
func Dates(text string, tokens []Token) []Stretch {
	var out []Stretch
	for i := 0; i < len(tokens); i++ {
		if !begins(tokens[i].Fold) {
			continue
		}
		d := dateReader{text: text, tokens: tokens, at: i}
		if key := d.read(); key != "" {
			out = append(out, Stretch{key, i, d.at - 1})
			i = d.at - 1
		}
	}
	return out
}

// begins reports whether a date can begin with a token.
func begins(fold string) bool {
	return fold[0] <= '9' && len(fold) <= 4 || slices.Contains(dayWords, fold) || fold == "thang" || slices.Contains(englishMonths, fold)
}

// dayWords stand before the number of a day: ngày, mùng, mồng.
var dayWords = []string{"ngay", "mung", "mong"}

// dateReader reads a date from a place among tokens on.
type dateReader struct {
	text   string
	tokens []Token
	at     int // the next token
}

// read returns the key of the date that begins here, or "".
func (d *dateReader) read() string {
	from := d.at
	for _, form := range []func(*dateReader) string{(*dateReader).worded, (*dateReader).short, (*dateReader).english, (*dateReader).iso} {
		if key := form(d); key != "" {
			return key
		}
		d.at = from
	}
	return ""
}

// worded reads ngày 2 tháng 9 năm 1945, also where the month is followed by a sign and
// the year, or the words before day and year are left out.
func (d *dateReader) worded() string {
	named := d.word("ngay")
	named = d.word("mung") || d.word("mong") || named
	day := d.number(31)
	switch {
	case named && day == 0:
		return ""
	case named && d.sign("-/."):
		return d.rest(day)
	}
	if !d.word("thang") {
		return ""
	}
	month := d.number(12)
	if month == 0 {
		return ""
	}
	if !d.word("nam") {
		d.sign("-/.,")
	}
	return keyOf(d.year(), month, day)
}

// iso reads 1945-09-02.
func (d *dateReader) iso() string {
	year := d.year()
	if year == 0 || !d.sign("-") {
		return ""
	}
	month := d.number(12)
	if month == 0 || !d.sign("-") {
		return ""
	}
	day := d.number(31)
	if day == 0 {
		return ""
	}
	return keyOf(year, month, day)
}

// short reads 2/9/1945 and 9/1945, with - or . for the slash; a month needs the slash,
// for 9-1945 may be anything.
func (d *dateReader) short() string {
	first := d.number(31)
	if first == 0 || !d.sign("-/.") {
		return ""
	}
	slash := d.text[d.tokens[d.at-1].To] == '/'
	if year := d.year(); year > 0 {
		if slash && first <= 12 {
			return keyOf(year, first, 0)
		}
		return ""
	}
	return d.rest(first)
}

// rest reads the month and year behind a day and its sign.
func (d *dateReader) rest(day int) string {
	month := d.number(12)
	if month == 0 || !d.sign("-/.") {
		return ""
	}
	return keyOf(d.year(), month, day)
}

// english reads 2 September 1945, September 2, 1945 and September 1945.
func (d *dateReader) english() string {
	day := d.number(31)
	month := d.month()
	if month == 0 {
		return ""
	}
	if at := d.at; day == 0 {
		if day = d.number(31); day == 0 || d.peek() == "" {
			d.at, day = at, 0
		}
	}
	return keyOf(d.year(), month, day)
}

var englishMonths = strings.Fields("january february march april may june july august september october november december")

func (d *dateReader) month() int {
	for i, name := range englishMonths {
		if d.word(name) {
			return i + 1
		}
	}
	return 0
}

// peek is the fold of the next token, "" behind the last.
func (d *dateReader) peek() string {
	if d.at == len(d.tokens) {
		return ""
	}
	return d.tokens[d.at].Fold
}

func (d *dateReader) word(fold string) bool {
	if d.peek() != fold {
		return false
	}
	d.at++
	return true
}

// number takes a number from 1 to most of at most two digits; 0 where there is none.
func (d *dateReader) number(most int) int {
	if d.peek() == "" || d.peek()[0] > '9' {
		return 0
	}
	n, err := strconv.Atoi(d.peek())
	if err != nil || n < 1 || n > most {
		return 0
	}
	d.at++
	return n
}

// year takes a number of four digits from 1000 on; 0 where there is none.
func (d *dateReader) year() int {
	n, err := strconv.Atoi(d.peek())
	if err != nil || n < 1000 || n > 2999 {
		return 0
	}
	d.at++
	return n
}

// sign reports whether one of the signs, and nothing else, stands between the token
// before and the next.
func (d *dateReader) sign(signs string) bool {
	if d.at == len(d.tokens) {
		return false
	}
	between := strings.TrimSpace(d.text[d.tokens[d.at-1].To:d.tokens[d.at].From])
	return len(between) == 1 && strings.Contains(signs, between)
}

func keyOf(year, month, day int) string {
	switch {
	case year == 0:
		return ""
	case day == 0:
		return fmt.Sprintf("@%04d-%02d", year, month)
	}
	return fmt.Sprintf("@%04d-%02d-%02d", year, month, day)
}
