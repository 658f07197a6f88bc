package webvtt

import (
	"html"
	"slices"
	"strings"

	"vitrine/generator/diag"
)

// tagNames are the elements of the text of a cue. Only the voice is kept; the
// others say how words look or sound, or part them (ruby).
var tagNames = []string{"c", "i", "b", "u", "ruby", "rt", "v", "lang"}

// voices gathers what is said in one cue.
type voices struct {
	r    *reader
	cue  Cue
	open []element
	says []Speech
	text strings.Builder
}

// element is a tag that is open: its name, and of a voice who speaks.
type element struct {
	name, speaker string
	line, at      int
}

// speeches reads the text of a cue, lines begin up to end.
func (r *reader) speeches(begin, end int, c Cue) []Speech {
	v := &voices{r: r, cue: c}
	for line := begin; line < end; line++ {
		v.line(line)
		v.text.WriteByte('\n')
	}
	for _, e := range v.open {
		if e.name != "v" { // the whole cue may be one voice
			r.add(diag.Warnf("vtt-tag", r.at(e.line, e.at), "thẻ <%s> không được đóng", "the tag <%s> is not closed", e.name))
		}
	}
	v.flush()
	return v.says
}

func (v *voices) line(line int) {
	text := v.r.lines[line]
	for at := 0; at < len(text); {
		open := strings.IndexByte(text[at:], '<')
		if open < 0 {
			open = len(text) - at
		}
		v.text.WriteString(words(text[at : at+open]))
		if at += open; at == len(text) {
			return
		}
		end := strings.IndexByte(text[at:], '>')
		if end < 0 {
			d := diag.Errorf("vtt-tag", v.r.at(line, at), "dấu < mở một thẻ mà không đóng: phần sau của phụ đề bị mất", "a < opens a tag that does not close: what follows in the cue is lost")
			v.r.add(d.WithHint("để hiện dấu < hãy viết &lt;", "to show a < write &lt;"))
			return
		}
		v.tag(line, at, text[at+1:at+end])
		at += end + 1
	}
}

// words are a piece of text with its character references resolved. Of these none
// makes a line, and none a character that would be taken for a mark.
func words(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	return strings.NewReplacer("\n", " ", "\r", " ").Replace(html.UnescapeString(s))
}

// tag takes what stands between < and >.
func (v *voices) tag(line, at int, inside string) {
	if name, ok := strings.CutPrefix(inside, "/"); ok {
		v.close(line, at, strings.TrimSpace(name))
		return
	}
	if inside != "" && inside[0] >= '0' && inside[0] <= '9' {
		v.timestamp(line, at, inside)
		return
	}
	name, annotation, _ := strings.Cut(strings.ReplaceAll(inside, "\t", " "), " ")
	name, _, _ = strings.Cut(name, ".") // the rest are classes
	if !slices.Contains(tagNames, name) {
		d := diag.Warnf("vtt-tag", v.r.at(line, at), "WebVTT không có thẻ <%s>, thẻ bị bỏ", "WebVTT has no tag <%s>, it is left out", name)
		v.r.add(d.WithHint("dùng <v tên>, <c>, <i>, <b>, <u>, <ruby>, <rt>, <lang>; để hiện dấu < hãy viết &lt;", "use <v name>, <c>, <i>, <b>, <u>, <ruby>, <rt>, <lang>; to show a < write &lt;"))
		return
	}
	e := element{name: name, speaker: v.speaker(), line: line, at: at}
	switch name {
	case "v":
		v.flush()
		e.speaker = strings.Join(strings.Fields(words(annotation)), " ")
	case "rt":
		v.text.WriteString(" (")
	}
	v.open = append(v.open, e)
}

// close ends the innermost element, if it is of that name; a ruby ends its rt too.
func (v *voices) close(line, at int, name string) {
	if name == "ruby" && v.innermost() == "rt" {
		v.end()
	}
	if name == "" || v.innermost() != name {
		v.r.add(diag.Warnf("vtt-tag", v.r.at(line, at), "thẻ </%s> không đóng thẻ nào đang mở", "the tag </%s> closes none that is open", name))
		return
	}
	v.end()
}

func (v *voices) end() {
	switch v.innermost() {
	case "v":
		v.flush()
	case "rt":
		v.text.WriteByte(')')
	}
	v.open = v.open[:len(v.open)-1]
}

func (v *voices) innermost() string {
	if len(v.open) == 0 {
		return ""
	}
	return v.open[len(v.open)-1].name
}

func (v *voices) speaker() string {
	if len(v.open) == 0 {
		return ""
	}
	return v.open[len(v.open)-1].speaker
}

// timestamp checks a time within the text, from which on what follows is said.
func (v *voices) timestamp(line, at int, inside string) {
	s := &scanner{text: inside}
	if t, ok := s.time(); !ok || s.rest() != "" || t <= v.cue.Start || t >= v.cue.End {
		v.r.add(diag.Warnf("vtt-tag", v.r.at(line, at), "<%s> không phải mốc giờ nằm trong phụ đề này", "<%s> is no time within this cue", inside))
	}
}

// flush ends what one voice says, without its empty lines.
func (v *voices) flush() {
	var lines []string
	for line := range strings.Lines(v.text.String()) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	v.text.Reset()
	said, n := Speech{v.speaker(), strings.Join(lines, "\n")}, len(v.says)
	switch {
	case len(lines) == 0:
	case n > 0 && v.says[n-1].Speaker == said.Speaker:
		v.says[n-1].Text += "\n" + said.Text
	default:
		v.says = append(v.says, said)
	}
}
