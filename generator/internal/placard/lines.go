package placard

import "strings"

// measure is the width of a text in pixels at a size.
type measure func(text string, size float32) float32

// fit breaks a text into lines by words, as large as they go into a box of pixels: no more
// than most lines, none wider than the box, all of about one width. Lines are leading times
// their size apart. What goes in at no size is cut, with an ellipsis.
func fit(text string, m measure, width, height float32, largest, smallest float32, most int) (lines []string, size float32) {
	for size = largest; size >= smallest; size -= 2 {
		rows := min(most, int(height/(size*leading)))
		if lines = wrap(text, m, size, width); rows > 0 && len(lines) <= rows && widest(lines, m, size) <= width {
			return balanced(text, lines, m, size, width), size
		}
	}
	size = smallest
	rows := max(1, min(most, int(height/(size*leading))))
	lines = wrap(text, m, size, width)
	if len(lines) > rows {
		lines = lines[:rows]
		lines[rows-1] += "…"
	}
	for i, l := range lines {
		lines[i] = shorten(l, m, size, width)
	}
	return lines, size
}

// wrap breaks a text between its words wherever the next does not go into the line.
func wrap(text string, m measure, size, width float32) (lines []string) {
	line := ""
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }) {
		switch longer := line + " " + word; {
		case line == "":
			line = word
		case m(longer, size) <= width:
			line = longer
		default:
			lines, line = append(lines, line), word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// balanced breaks a text into as many lines at the least width that gives no more.
func balanced(text string, lines []string, m measure, size, width float32) []string {
	lo, hi := width/2, width
	for hi-lo > 2 {
		mid := (lo + hi) / 2
		if got := wrap(text, m, size, mid); len(got) > len(lines) || widest(got, m, size) > mid {
			lo = mid
		} else {
			hi, lines = mid, got
		}
	}
	return lines
}

func widest(lines []string, m measure, size float32) (out float32) {
	for _, l := range lines {
		out = max(out, m(l, size))
	}
	return out
}

// shorten cuts a line that does not go into a width, before its ellipsis: behind a word, or
// within the only one.
func shorten(line string, m measure, size, width float32) string {
	if m(line, size) <= width {
		return line
	}
	cut := func(s string) string { return strings.TrimRight(s, " ,.;:–-") + "…" }
	rest := strings.TrimSuffix(line, "…")
	for at := strings.LastIndex(rest, " "); at > 0; at = strings.LastIndex(rest, " ") {
		if rest = rest[:at]; m(cut(rest), size) <= width {
			return cut(rest)
		}
	}
	letters := []rune(rest)
	for len(letters) > 1 && m(cut(string(letters)), size) > width {
		letters = letters[:len(letters)-1]
	}
	return cut(string(letters))
}
