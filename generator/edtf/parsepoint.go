package edtf

import (
	"fmt"
	"strings"
)

// scanner reads one point from left to right.
type scanner struct {
	text   string
	pos    int
	offset int // of text in the whole input
}

// parsePoint reads a date without a slash or brackets; offset is where s begins
// in the whole input.
func parsePoint(s string, offset int) (point, *fault) {
	sc := scanner{text: s, offset: offset}
	p := point{years: 1}
	for part, read := range []func(*point) *fault{sc.year, sc.month, sc.day} {
		if part > 0 {
			if sc.done() {
				break
			}
			if !sc.accept('-') {
				return point{}, sc.unexpected()
			}
		}
		left := sc.qualifier()
		if f := read(&p); f != nil {
			return point{}, f
		}
		right := sc.qualifier()
		p.quality[part] |= left
		// A qualifier at the right of a part holds for all parts up to it.
		for i := 0; i <= part; i++ {
			p.quality[i] |= right
		}
	}
	if !sc.done() {
		return point{}, sc.unexpected()
	}
	return p, nil
}

func (sc *scanner) done() bool { return sc.pos == len(sc.text) }

func (sc *scanner) accept(c byte) bool {
	if sc.done() || sc.text[sc.pos] != c {
		return false
	}
	sc.pos++
	return true
}

func (sc *scanner) qualifier() qualifier {
	switch {
	case sc.accept('?'):
		return uncertain
	case sc.accept('~'):
		return approximate
	case sc.accept('%'):
		return uncertain | approximate
	}
	return 0
}

// year reads four digits, of which the last one or two may be X, after a minus
// if the year is before 0.
func (sc *scanner) year(p *point) *fault {
	p.negative = sc.accept('-')
	start := sc.pos
	digits, f := sc.digits(4)
	if f != nil {
		return f
	}
	known := strings.TrimRight(digits, "X")
	if strings.Contains(known, "X") || len(known) < 2 {
		return faultAt(sc.offset+start,
			"trong năm, chỉ một hoặc hai chữ số cuối được để là X",
			"in a year only the last one or two digits can be X")
	}
	p.year = number(strings.ReplaceAll(digits, "X", "0"))
	p.years = [...]int{4: 1, 3: 10, 2: 100}[len(known)]
	if p.negative && p.year == 0 && p.years == 1 {
		return faultAt(sc.offset, "không có năm âm 0", "there is no year minus 0")
	}
	return nil
}

// month reads 01 to 12, the code of a part of the year, or XX.
func (sc *scanner) month(p *point) *fault {
	start := sc.pos
	digits, f := sc.digits(2)
	if f != nil {
		return f
	}
	if f := sc.wholeOrX(digits, start); f != nil {
		return f
	}
	if p.years > 1 {
		return afterUnspecified(sc.offset + start)
	}
	if digits == "XX" {
		p.month = unspecified
		return nil
	}
	p.month = number(digits)
	if (p.month < 1 || p.month > 12) && !isYearPiece(p.month) {
		return faultAt(sc.offset+start,
			fmt.Sprintf("không có tháng %s; tháng từ 01 đến 12, mùa, quý, nửa năm từ 21 đến 41", digits),
			fmt.Sprintf("there is no month %s; months are 01 to 12, seasons, quarters and halves 21 to 41", digits))
	}
	return nil
}

// day reads a day the month has, or XX.
func (sc *scanner) day(p *point) *fault {
	start := sc.pos
	digits, f := sc.digits(2)
	if f != nil {
		return f
	}
	if f := sc.wholeOrX(digits, start); f != nil {
		return f
	}
	if digits == "XX" {
		p.day = unspecified
	} else {
		p.day = number(digits)
	}
	return p.checkDay(sc.offset + start)
}

func (p point) checkDay(offset int) *fault {
	if p.month == unspecified && p.day != unspecified {
		return afterUnspecified(offset)
	}
	if isYearPiece(p.month) {
		return faultAt(offset, "mùa, quý, nửa năm không có ngày", "a season, quarter or half has no days")
	}
	if p.month == unspecified || p.day == unspecified {
		return nil
	}
	year, _ := p.yearRange()
	if last := daysIn(year, p.month); p.day < 1 || p.day > last {
		month := point{year: p.year, years: 1, negative: p.negative, month: p.month}
		return faultAt(offset,
			fmt.Sprintf("%s chỉ có các ngày từ 01 đến %d", plainSpaces(vietnamese{}.point(month, keepAll)), last),
			fmt.Sprintf("%s has only the days 01 to %d", plainSpaces(english{}.point(month, keepAll)), last))
	}
	return nil
}

// digits reads n characters that are digits or X.
func (sc *scanner) digits(n int) (string, *fault) {
	start := sc.pos
	for sc.pos-start < n {
		if sc.done() || !isDigit(sc.text[sc.pos]) {
			return "", sc.shortOf(n, start)
		}
		sc.pos++
	}
	return sc.text[start:sc.pos], nil
}

func (sc *scanner) shortOf(n, start int) *fault {
	if !sc.done() && !strings.ContainsRune("-?~%", rune(sc.text[sc.pos])) {
		return sc.unexpected()
	}
	if n == 4 {
		return faultAt(sc.offset+start, "năm phải có bốn chữ số", "a year has four digits")
	}
	return faultAt(sc.offset+start, "tháng và ngày phải có hai chữ số", "months and days have two digits")
}

func (sc *scanner) unexpected() *fault {
	c := firstRune(sc.text[sc.pos:])
	return faultAt(sc.offset+sc.pos,
		fmt.Sprintf("ký tự %s không đúng chỗ", c),
		fmt.Sprintf("unexpected character %s", c))
}

// wholeOrX refuses a month or a day of which one digit is X.
func (sc *scanner) wholeOrX(digits string, start int) *fault {
	if strings.Count(digits, "X") != 1 {
		return nil
	}
	return faultAt(sc.offset+start,
		"tháng hoặc ngày không rõ thì viết XX, không để một chữ số",
		"an unknown month or day is XX, not one digit of it")
}

func afterUnspecified(offset int) *fault {
	return faultAt(offset,
		"sau phần không rõ (X) không được có phần đã rõ",
		"nothing specified can follow what is unspecified (X)")
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' || c == 'X' }

// number converts digits, of which there are at most four.
func number(digits string) int {
	n := 0
	for _, c := range digits {
		n = n*10 + int(c-'0')
	}
	return n
}
