package edtf

import "strings"

// noteWords are the remarks of one language that follow a date in brackets.
type noteWords struct {
	north, south               string // the hemisphere of a season
	noMonth, noDay, noMonthDay string
	parts                      [3]string // what the parts of a date are called
	yearPiece                  string    // and a season or the like
	approximate, uncertain     string    // follow the name of a part
}

// addNotes adds to the words of p what they leave out.
func addNotes(s string, p point, w noteWords) string {
	for _, note := range []string{w.hemisphere(p), w.unspecified(p)} {
		s = addNote(s, note)
	}
	for part := range w.parts {
		s = w.addDoubts(s, p, part)
	}
	return s
}

// addNote puts a remark in brackets at the end of s, or into the brackets that
// are there.
func addNote(s, note string) string {
	if note == "" {
		return s
	}
	if before, ok := strings.CutSuffix(s, ")"); ok {
		return before + ", " + note + ")"
	}
	return s + " (" + note + ")"
}

func (w noteWords) hemisphere(p point) string {
	switch {
	case p.month >= 25 && p.month <= 28:
		return w.north
	case p.month >= 29 && p.month <= 32:
		return w.south
	}
	return ""
}

func (w noteWords) unspecified(p point) string {
	switch {
	case p.month == unspecified && p.day == unspecified:
		return w.noMonthDay
	case p.month == unspecified:
		return w.noMonth
	case p.day == unspecified:
		return w.noDay
	}
	return ""
}

// addDoubts adds the qualifiers that one part has alone, but for the question
// mark that an uncertain day or month has already.
func (w noteWords) addDoubts(s string, p point, part int) string {
	name := w.parts[part]
	if part == monthPart && isYearPiece(p.month) {
		name = w.yearPiece
	}
	q := p.only(part)
	if q&approximate != 0 {
		s = addNote(s, name+w.approximate)
	}
	marked := part == monthPart && p.month > 0 || part == dayPart && p.day > 0
	if q&uncertain != 0 && !marked {
		s = addNote(s, name+w.uncertain)
	}
	return s
}
