package edtf

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// hint says what a string that is not EDTF was probably meant to be.
type hint struct {
	suggestion string
	vi, en     string
}

// maxHintInput is the length above which nobody guesses, in bytes.
const maxHintInput = 100

// hintFor tries one guess after the other. A suggestion is always valid EDTF.
func hintFor(input string) hint {
	if len(input) > maxHintInput || !utf8.ValidString(input) {
		return hint{}
	}
	for _, guess := range []func(string) hint{
		guessLookalike, guessReversed, guessTime, guessYearNotation, guessSet, guessWritten, guessAdvice,
	} {
		if h := guess(input); h.vi != "" {
			return h.asked()
		}
	}
	return hint{}
}

// asked adds the question "did you mean".
func (h hint) asked() hint {
	if h.suggestion == "" {
		return h
	}
	h.vi += fmt.Sprintf("; có phải là %q?", h.suggestion)
	h.en += fmt.Sprintf("; did you mean %q?", h.suggestion)
	return h
}

func isValid(s string) bool {
	_, f := parse(s)
	return f == nil
}

// lookalikes are letters that are typed, or read by a scanner, as digits.
var lookalikes = map[rune]string{'O': "0", 'o': "0", 'Ο': "0", 'О': "0", 'l': "1", 'I': "1"}

func guessLookalike(s string) hint {
	var b strings.Builder
	var found rune
	position, n := 0, 0
	for _, c := range s {
		n++
		digit, ok := lookalikes[c]
		if !ok {
			b.WriteRune(c)
			continue
		}
		b.WriteString(digit)
		if found == 0 {
			found, position = c, n
		}
	}
	if found == 0 || hasWordField(s) || !isValid(b.String()) {
		return hint{}
	}
	return hint{
		suggestion: b.String(),
		vi:         fmt.Sprintf("ký tự %s là chữ %c, không phải chữ số", ordinalWordVi(position), found),
		en:         fmt.Sprintf("the %s character is the letter %c", ordinalWordEn(position), found),
	}
}

// hasWordField reports whether a part of s has no digit at all: the "II" of
// "1930-II" is a Roman number, not an eleven.
func hasWordField(s string) bool {
	fields := strings.FieldsFunc(s, func(c rune) bool { return c == '-' || c == '/' })
	return slices.ContainsFunc(fields, func(field string) bool {
		return !strings.ContainsAny(field, "0123456789.")
	})
}

func guessReversed(s string) hint {
	first, second, _ := strings.Cut(s, "/")
	swapped := second + "/" + first
	if first == "" || second == "" || strings.Contains(s, ".") || !isValid(first) || !isValid(swapped) {
		return hint{}
	}
	return hint{
		suggestion: swapped,
		vi:         "mốc sớm hơn đứng trước dấu gạch chéo",
		en:         "the earlier end goes before the slash",
	}
}

var timePattern = lazily(`^(-?\d{4}-\d\d-\d\d)[Tt ]\d`)

func guessTime(s string) hint {
	match := timePattern().FindStringSubmatch(s)
	if match == nil || !isValid(match[1]) {
		return hint{}
	}
	return hint{
		suggestion: match[1],
		vi:         "giờ trong ngày không thuộc ngày tháng lưu trữ, hãy ghi vào as_written",
		en:         "a time of day is not part of an archival date, put it into as_written",
	}
}

var yearNotation = lazily(`Y-?\d|\dE\d|\dS\d`)

func guessYearNotation(s string) hint {
	if !yearNotation().MatchString(s) {
		return hint{}
	}
	return hint{
		vi: "năm chỉ viết bằng bốn chữ số, không dùng Y, E, S",
		en: "years are written with four digits, without Y, E or S",
	}
}

var orPattern = lazily(`\s+(?:hoặc|or)\s+`)

// guessSet looks for several dates without the brackets.
func guessSet(s string) hint {
	choice := orPattern().ReplaceAllString(s, ",")
	for _, suggestion := range []string{"{" + s + "}", "[" + choice + "]"} {
		if strings.Contains(suggestion, ",") && isValid(suggestion) {
			return hint{
				suggestion: suggestion,
				vi:         "nhiều mốc viết trong {} nếu là tất cả, trong [] nếu là một trong số đó",
				en:         "several dates go into {} for all of them, into [] for one of them",
			}
		}
	}
	return hint{}
}

// guessWritten reads the forms that people write.
func guessWritten(s string) hint {
	if compact := strings.Join(strings.Fields(s), ""); compact != s && isValid(compact) {
		return hint{suggestion: compact, vi: "ngày tháng viết liền, không có dấu cách", en: "a date has no spaces in it"}
	}
	text := strings.Join(strings.Fields(strings.ToLower(s)), " ")
	if h := guessForm(text); h.vi != "" {
		return h
	}
	return guessRange(text)
}

// guessForm looks for one written date, perhaps marked as approximate or
// uncertain.
func guessForm(text string) hint {
	text, mark := cutMark(text)
	if suggestion := strings.ToUpper(text) + mark; isValid(suggestion) {
		return markHint(suggestion, mark)
	}
	for _, form := range writtenForms {
		match := form.pattern().FindStringSubmatch(text)
		if match == nil {
			continue
		}
		if suggestion := form.edtf(match) + mark; isValid(suggestion) {
			return hint{suggestion: suggestion, vi: form.vi, en: form.en}
		}
	}
	return hint{}
}

func markHint(suggestion, mark string) hint {
	if mark == "" {
		return hint{suggestion: suggestion, vi: "chữ X viết hoa", en: "the X is a capital letter"}
	}
	return hint{
		suggestion: suggestion,
		vi:         `"khoảng" viết là "~" ở cuối, "chưa chắc" là "?", cả hai là "%"`,
		en:         `"circa" is a "~" at the end, "uncertain" a "?", both a "%"`,
	}
}

var (
	circaPattern    = lazily(`^(?:vào )?(?:khoảng|chừng|độ|circa|about|around|approx\.?|ca\.?|c\.|k\.|~)\s*`)
	questionPattern = lazily(`\s*(?:\(\s*\?\s*\)|\?+)$`)
)

// cutMark takes the words for "approximate" and "uncertain" off and returns the
// sign for them.
func cutMark(text string) (rest, mark string) {
	rest = circaPattern().ReplaceAllString(text, "")
	circa := rest != text
	certain := questionPattern().ReplaceAllString(rest, "")
	doubt := certain != rest
	switch {
	case circa && doubt:
		return certain, "%"
	case circa:
		return certain, "~"
	case doubt:
		return certain, "?"
	}
	return certain, ""
}

var (
	rangePattern     = lazily(`^(?:từ |from )?(.+?)\s*(?:–|—|‒|−|\.\.|\s-\s|\bto\b| đến | tới )\s*(.+)$`)
	yearRangePattern = lazily(`^(\d{4})-(\d{4})$`)
)

// guessRange looks for two dates with a dash or the like between them.
func guessRange(text string) hint {
	match := yearRangePattern().FindStringSubmatch(text)
	if match == nil {
		match = rangePattern().FindStringSubmatch(text)
	}
	if match == nil {
		return hint{}
	}
	suggestion := guessDate(match[1]) + "/" + guessDate(match[2])
	if !isValid(suggestion) {
		return hint{}
	}
	return hint{
		suggestion: suggestion,
		vi:         "giữa mốc đầu và mốc cuối là dấu gạch chéo /",
		en:         "a slash / goes between the start and the end",
	}
}

// guessDate returns s if it is EDTF, or what it was meant to be.
func guessDate(s string) string {
	if len(s) < len("1930") {
		return "" // rather a day than a year of two digits
	}
	upper := strings.ToUpper(s)
	if isValid(upper) {
		return upper
	}
	return guessForm(s).suggestion
}

// ordinalWordEn and ordinalWordVi count characters from 1.
func ordinalWordEn(n int) string {
	words := []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}
	if n <= len(words) {
		return words[n-1]
	}
	return ordinalEn(n)
}

func ordinalWordVi(n int) string {
	words := []string{"thứ nhất", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "thứ tám", "thứ chín", "thứ mười"}
	if n <= len(words) {
		return words[n-1]
	}
	return "thứ " + strconv.Itoa(n)
}
