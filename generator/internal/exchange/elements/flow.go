package elements

import (
	"bytes"
	"strings"
)

// blocks begin a paragraph, and end one.
var blocks = map[string]bool{"p": true, "item": true, "defitem": true, "head": true, "head01": true, "head02": true, "row": true, "chronitem": true, "event": true, "blockquote": true, "list": true,
	"note": true, "bibref": true, "archref": true, "bibliography": true, "relatedmaterial": true, "separatedmaterial": true, "index": true, "indexentry": true, "controlaccess": true, "address": true, "addressline": true, "legalstatus": true}

// words stand apart from what is around them.
var words = map[string]bool{"date": true, "entry": true, "datesingle": true, "label": true, "part": true, "fromDate": true, "toDate": true, "fromdate": true, "todate": true}

// Flow is the text of a node as it is read: paragraphs, parted by a blank line. Headings are left
// out where they name the element.
func Flow(n *Node) string {
	f := &flowing{}
	f.in(n)
	f.end()
	return strings.Join(f.paragraphs, "\n\n")
}

type flowing struct {
	paragraphs []string
	b          strings.Builder
}

func (f *flowing) in(n *Node) {
	for _, c := range n.In {
		switch {
		case c.Name == "":
			f.b.WriteString(c.Text)
		case c.Name == "lb":
			f.b.WriteString("\x00")
		case c.Name == "head" && n.Name != "list" && n.Name != "odd":
			// it names the element
		case blocks[c.Name]:
			f.end()
			f.in(c)
			f.end()
		case words[c.Name]:
			f.b.WriteString(" ")
			f.in(c)
			f.b.WriteString(" ")
		default:
			f.in(c)
		}
	}
}

// end ends a paragraph. Line ends of the document are blanks, those of <lb> stay.
func (f *flowing) end() {
	var lines []string
	for line := range strings.SplitSeq(f.b.String(), "\x00") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	f.b.Reset()
	if len(lines) > 0 {
		f.paragraphs = append(f.paragraphs, strings.Join(lines, "\n"))
	}
}

// OneLine is the text of a node in one line.
func OneLine(n *Node) string { return strings.Join(strings.Fields(Flow(n)), " ") }

// WithoutControls is a text without the characters that XML may not hold, which some exports have, and
// how many there were.
func WithoutControls(data []byte) (out []byte, removed int) {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return data, 0 // UTF-16 has them in every letter
	}
	out = make([]byte, 0, len(data))
	for _, b := range data { // of one byte in UTF-8 and in whatever else such documents are written
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' {
			removed++
			continue
		}
		out = append(out, b)
	}
	return out, removed
}
