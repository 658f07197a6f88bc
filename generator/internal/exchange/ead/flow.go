package ead

import "strings"

// blocks begin a paragraph, and end one.
var blocks = map[string]bool{"p": true, "item": true, "defitem": true, "head": true, "head01": true, "head02": true, "row": true, "chronitem": true, "event": true, "blockquote": true, "list": true,
	"note": true, "bibref": true, "archref": true, "bibliography": true, "relatedmaterial": true, "separatedmaterial": true, "index": true, "indexentry": true, "controlaccess": true, "address": true, "addressline": true, "legalstatus": true}

// flow is the text of a node as it is read: paragraphs, parted by a blank line. Headings of one
// word are left out where the element says the same.
func flow(n *node) string {
	f := &flowing{}
	f.in(n)
	f.end()
	return strings.Join(f.paragraphs, "\n\n")
}

type flowing struct {
	paragraphs []string
	b          strings.Builder
}

func (f *flowing) in(n *node) {
	for _, c := range n.in {
		switch {
		case c.name == "":
			f.b.WriteString(c.text)
		case c.name == "lb":
			f.b.WriteString("\x00")
		case c.name == "head" && n.name != "list" && n.name != "odd":
			// it names the element
		case blocks[c.name]:
			f.end()
			f.in(c)
			f.end()
		case c.name == "date" || c.name == "entry" || c.name == "datesingle" || c.name == "label" || c.name == "part":
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

// line is the text of a node in one line.
func line(n *node) string { return strings.Join(strings.Fields(flow(n)), " ") }
