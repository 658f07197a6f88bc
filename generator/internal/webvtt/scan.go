package webvtt

import (
	"fmt"
	"strings"
	"time"
)

// scanner reads a line from the left.
type scanner struct {
	text string
	at   int // byte that is read next
}

func (s *scanner) rest() string { return s.text[s.at:] }

// skip passes over blanks.
func (s *scanner) skip() { s.at = len(s.text) - len(strings.TrimLeft(s.rest(), blanks)) }

// word takes what stands up to the next blank.
func (s *scanner) word() string {
	rest := s.rest()
	if end := strings.IndexAny(rest, blanks); end >= 0 {
		rest = rest[:end]
	}
	s.at += len(rest)
	return rest
}

// maxHours keeps a time within a time.Duration, and within what was ever recorded.
const maxHours = 9999

// time takes a time: mm:ss.ttt, or hours of two digits or more before it.
func (s *scanner) time() (time.Duration, bool) {
	first, digits := s.number()
	second, ok := s.pair(':')
	if digits < 2 || !ok {
		return 0, false
	}
	hours, minutes, seconds := 0, first, second
	if strings.HasPrefix(s.rest(), ":") {
		hours, minutes = first, second
		if seconds, ok = s.pair(':'); !ok {
			return 0, false
		}
	} else if digits != 2 {
		return 0, false
	}
	if !strings.HasPrefix(s.rest(), ".") {
		return 0, false
	}
	s.at++
	thousandths, digits := s.number()
	if digits != 3 || minutes > 59 || seconds > 59 || hours > maxHours {
		return 0, false
	}
	return time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute + time.Duration(seconds)*time.Second + time.Duration(thousandths)*time.Millisecond, true
}

// number takes digits. Beyond nine the number is of no use, their count is.
func (s *scanner) number() (n, digits int) {
	for ; s.at < len(s.text) && s.text[s.at] >= '0' && s.text[s.at] <= '9'; s.at++ {
		if digits++; digits < 10 {
			n = 10*n + int(s.text[s.at]-'0')
		} else {
			n = maxHours + 1
		}
	}
	return n, digits
}

// pair takes a character and a number of two digits behind it.
func (s *scanner) pair(before byte) (int, bool) {
	if s.rest() == "" || s.text[s.at] != before {
		return 0, false
	}
	s.at++
	n, digits := s.number()
	return n, digits == 2
}

// stamp writes a time as WebVTT has it.
func stamp(d time.Duration) string {
	ms := d.Milliseconds()
	out := fmt.Sprintf("%02d:%02d.%03d", ms/60_000%60, ms/1000%60, ms%1000)
	if ms >= 3_600_000 {
		out = fmt.Sprintf("%02d:", ms/3_600_000) + out
	}
	return out
}
