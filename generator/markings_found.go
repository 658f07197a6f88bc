package generator

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/filetext"
	"vitrine/generator/internal/marking"
	"vitrine/generator/internal/vi"
)

// finding is a marking with the place where it was found.
type finding struct {
	hit     marking.Hit
	pos     diag.Pos
	where   diag.Text // what of the file holds it; empty for the lines of a text
	passage string    // the line that bears it, as an acknowledgement names it
	piece   int       // line of the document of YAML that holds it; 0 for none
	carried bool      // the file is no text
	sum     string    // then its hash
	rest    bool      // the text holds more than can be told apart
}

// inName looks at the last part of the path of a file or folder.
func (m *markings) inName(name string, of diag.Text) (out []finding) {
	base := path.Base(name)
	stem := strings.TrimSuffix(base, path.Ext(base))
	for _, h := range m.rules.Name(stem) {
		f := finding{hit: h, pos: diag.Pos{File: name}, where: of, passage: passage(base)}
		switch {
		case out == nil:
			out = []finding{f}
		case outweighs(m.gate, h, out[0].hit):
			out[0] = f
		}
	}
	return out
}

// inText looks at a text of a file. Of YAML each value is a text by itself.
func (m *markings) inText(f content.File, name string, t filetext.Text) []finding {
	if !t.Plain {
		return m.inCarried(name, t)
	}
	lines := &lineCounter{text: t.Text}
	if f.Kind == "" || f.Kind == content.KindPage {
		return m.inLines(name, t.Text, lines)
	}
	return m.inYAML(f, t.Text, lines)
}

func (m *markings) inCarried(name string, t filetext.Text) (out []finding) {
	for _, h := range m.oneByLine(t.Text, m.rules.Text(t.Text)) {
		out = append(out, finding{hit: h.Hit, pos: diag.Pos{File: name}, where: t.Where, passage: h.passage, carried: true, rest: h.rest})
	}
	return out
}

func (m *markings) inLines(name, text string, lines *lineCounter) (out []finding) {
	for _, h := range m.oneByLine(text, m.rules.Text(text)) {
		out = append(out, finding{hit: h.Hit, pos: lines.pos(name, h.Start), passage: h.passage, rest: h.rest})
	}
	return out
}

// inYAML looks at the values of a file. What a profile says of markings, what an
// acknowledgement quotes, and a state of access that is called as one is, is none.
func (m *markings) inYAML(f content.File, text string, lines *lineCounter) []finding {
	var out []finding
	seen := map[int]bool{}
	suspect := func(document string) bool { return strings.Contains(document, `\`) || m.rules.Suspect(document) }
	content.Values(text, suspect, func(v content.Value) {
		if quotesMarkings(f.Kind, v.Path) {
			return
		}
		from := v.Offset
		for _, h := range m.oneByLine(v.Text, m.rules.Text(v.Text)) {
			at := locate(text, v.Text[h.Start:h.End], from, v.Offset+4*len(v.Text)+200)
			if v.Comment && seen[at] {
				continue // it was no comment
			}
			seen[at] = true
			from = at + 1
			out = append(out, finding{hit: h.Hit, pos: lines.pos(f.Path, at), passage: h.passage, piece: v.Piece, rest: h.rest})
		}
	})
	return out
}

func quotesMarkings(kind content.Kind, path string) bool {
	switch kind {
	case content.KindProfile:
		return strings.HasPrefix(path, "secrecy.")
	case content.KindMarkings:
		return slices.Contains([]string{"acknowledged.text", "acknowledged.file", "named.text", "named.file"}, path)
	}
	return path == "access.state"
}

// locate is where a text stands between two bytes of a file, or the first of them
// where it is written otherwise there, with escapes or across lines.
func locate(file, text string, from, to int) int {
	if i := strings.Index(file[min(from, len(file)):min(to, len(file))], text); i >= 0 {
		return from + i
	}
	return from
}

// lineHit is the first hit of a line.
type lineHit struct {
	marking.Hit
	passage string
	rest    bool // there is more behind it than was looked for
}

// oneByLine keeps the first hit of every line: a line is what a person judges.
// Of a long line it is as much as is quoted, so that nobody acknowledges what was
// not shown. An error stands before a warning, a higher degree of secrecy before a lower:
// what lifts it lifts the line. Where there may be more than
// MaxHits, the last says so, and cannot be acknowledged.
func (m *markings) oneByLine(text string, hits []marking.Hit) (out []lineHit) {
	start, end, quoted := 0, -1, 0
	for _, h := range hits {
		if h.Start >= end {
			start, end = strings.LastIndexByte(text[:h.Start], '\n')+1, len(text)
			if i := strings.IndexByte(text[h.End:], '\n'); i >= 0 {
				end = h.End + i
			}
		}
		if h.End <= quoted {
			if was := &out[len(out)-1]; outweighs(m.gate, h, was.Hit) {
				was.Hit = h
			}
			continue
		}
		quoted = min(end, h.End+maxPassage/2)
		out = append(out, lineHit{Hit: h, passage: passage(around(text, max(start, h.Start-maxPassage/2), quoted))})
	}
	if len(hits) == marking.MaxHits {
		out[len(out)-1].rest = true
	}
	return out
}

// outweighs reports whether one marking is told in place of another beside it.
func outweighs(g *access.Gate, h, other marking.Hit) bool {
	return other.Warning && !h.Warning || other.Warning == h.Warning && g.Degree(h.Word) > g.Degree(other.Word)
}

// maxPassage is how much of a long line is quoted, in bytes.
const maxPassage = 240

// around cuts out a part of a text, at whole characters.
func around(text string, from, to int) string {
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	return text[from:to]
}

// passage is a quotation as it is compared with another: repaired as all values
// of YAML are, and with single blanks.
func passage(s string) string {
	fixed, _ := vi.Repair(strings.ToValidUTF8(s, "\ufffd"))
	return strings.Join(strings.Fields(fixed), " ")
}

// lineCounter turns bytes of a text into lines and columns. It is quick where
// they are asked for in order.
type lineCounter struct {
	text          string
	at, line, col int // the place of the byte that was asked for last
}

func (c *lineCounter) pos(file string, at int) diag.Pos {
	if at < c.at || c.line == 0 {
		c.at, c.line, c.col = 0, 1, 1
	}
	between := c.text[c.at:at]
	if i := strings.LastIndexByte(between, '\n'); i >= 0 {
		c.line += strings.Count(between, "\n")
		between, c.col = between[i+1:], 1
	}
	c.at, c.col = at, c.col+utf8.RuneCountInString(between)
	return diag.Pos{File: file, Line: c.line, Col: c.col}
}

// diagnostic words a finding, with the line to acknowledge it by.
func (f finding) diagnostic() diag.Diagnostic {
	d := diag.Errorf("marking-found", f.pos, "có dấu %[1]q%[2]s", "the marking %[1]q%[3]s", f.hit.Word, f.in(" ở ").Vi, f.in(" in ").En)
	line := f.acknowledgement()
	if f.hit.Warning {
		d.Severity = diag.Warning
		return d.WithHint("xem có đúng là bản được công bố không; nếu đúng thì thêm vào %[1]s: %[2]s", "see whether this is the version to publish; if so, add to %[1]s: %[2]s", content.MarkingsFile, line)
	}
	d.Hint = diag.T("còn mật, còn hạn chế: lấy ra khỏi thư mục và khỏi lịch sử phiên bản; đã giải mật: ghi access.declassification; không phải dấu hiện hành: thêm vào %[1]s: %[2]s",
		"still secret or restricted: take it out of the folder and of the version history; declassified: write access.declassification; no marking in force: add to %[1]s: %[2]s", content.MarkingsFile, line)
	if f.carried && f.pos.Line == 0 {
		d.Excerpt = f.passage
	}
	return d
}

func (f finding) in(word string) diag.Text {
	if f.where.Vi == "" {
		return diag.Text{}
	}
	return diag.Text{Vi: word + f.where.Vi, En: word + f.where.En}
}

// acknowledgement is the line by which a person may acknowledge a finding.
func (f finding) acknowledgement() string {
	line := "- {file: " + strconv.Quote(f.pos.File) + ", text: " + strconv.Quote(f.passage)
	if f.sum != "" {
		line += ", sha256: " + strconv.Quote(f.sum)
	}
	return line + `, by: "…", date: "…"}`
}
