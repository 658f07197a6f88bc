package content

import (
	"strings"
	"sync"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// Nearly all records are written in a small part of YAML: keys of letters,
// values on one line, lists and maps in brackets, texts behind «|», no
// comments. They take a short way that makes the same nodes as yaml.v3 in
// a tenth of the time (FuzzPlainYAML holds them together). Where anything else
// stands the short way gives up, and yaml.v3 judges the whole piece.

// maxPlainDepth is how deep values may nest on the short way.
const maxPlainDepth = 8

// nodeRoom is memory for the nodes of one piece, used again for the next. No
// node may be kept beyond that.
type nodeRoom struct {
	nodes []yaml.Node  // those in use
	links []*yaml.Node // the children of those that are complete
	open  []*yaml.Node // the children of those that are being read
}

var nodeRooms = sync.Pool{New: func() any { return new(nodeRoom) }}

// release makes the room ready for the next piece.
func (m *nodeRoom) release() {
	clear(m.nodes)
	clear(m.links)
	m.nodes, m.links, m.open = m.nodes[:0], m.links[:0], m.open[:0]
	nodeRooms.Put(m)
}

func (m *nodeRoom) node() *yaml.Node {
	if len(m.nodes) == cap(m.nodes) {
		m.nodes = make([]yaml.Node, 0, max(64, 2*cap(m.nodes)))
	}
	m.nodes = m.nodes[:len(m.nodes)+1]
	return &m.nodes[len(m.nodes)-1]
}

// close returns the children that were opened from a place on.
func (m *nodeRoom) close(from int) []*yaml.Node {
	n := len(m.open) - from
	if n == 0 {
		return nil
	}
	if len(m.links)+n > cap(m.links) {
		m.links = make([]*yaml.Node, 0, max(128, 2*cap(m.links), n))
	}
	start := len(m.links)
	m.links = append(m.links, m.open[from:]...)
	m.open = m.open[:from]
	return m.links[start:len(m.links):len(m.links)]
}

// plainReader reads a piece line by line. It stands at a byte of a line.
type plainReader struct {
	*nodeRoom
	rest   string // what follows the line
	line   string // without its end
	row    int    // of the line, from 1
	indent int    // blanks before it
	at     int
	ended  bool // there is no line any more
	bad    bool // something stands there that yaml.v3 must judge

	counted, col int // the column, from 0, of a byte of the line
}

// readPlain returns the top mapping of a piece, or nil where it has to be read
// by yaml.v3.
func readPlain(text string, room *nodeRoom) *yaml.Node {
	if !plainBytes(text) {
		return nil
	}
	r := plainReader{nodeRoom: room, rest: text}
	r.advance()
	n := r.mapping(r.indent, 0)
	if r.bad || !r.ended {
		return nil
	}
	return n
}

// plainBytes tells whether a piece consists of whole lines without comments
// and without characters that YAML refuses, hides or takes for line ends.
func plainBytes(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= ' ' && c < 0x7f && c != '#', c == '\n', c > 0xc2 && c < 0xef && c != 0xe2:
		case c == 0xe2 && i+2 < len(s) && !(s[i+1] == 0x80 && (s[i+2] == 0xa8 || s[i+2] == 0xa9)):
		case c == 0xc2 && i+1 < len(s) && s[i+1] >= 0xa0:
		case c >= 0x80 && c < 0xc0:
		default:
			return false
		}
	}
	return strings.HasSuffix(s, "\n") && utf8.ValidString(s)
}

// advance moves to the next line that is not empty.
func (r *plainReader) advance() {
	for {
		line, rest, found := strings.Cut(r.rest, "\n")
		if !found {
			r.ended, r.at = true, 0
			return
		}
		r.line, r.rest = line, rest
		r.row++
		if line != "" {
			break
		}
	}
	r.indent = blanks(r.line)
	r.bad = r.bad || r.indent == len(r.line)
	r.at, r.counted, r.col = r.indent, r.indent, r.indent
}

func blanks(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }

func (r *plainReader) skipBlanks() { r.at += blanks(r.line[r.at:]) }

// peek is the byte where the reader stands, 0 at the end of a line.
func (r *plainReader) peek() byte {
	if r.at < len(r.line) {
		return r.line[r.at]
	}
	return 0
}

func (r *plainReader) refuse() { r.bad = true }

// begin makes a node that begins where the reader stands.
func (r *plainReader) begin(kind yaml.Kind, tag string, style yaml.Style) *yaml.Node {
	r.col += utf8.RuneCountInString(r.line[r.counted:r.at])
	r.counted = r.at
	n := r.node()
	n.Kind, n.Tag, n.Style, n.Line, n.Column = kind, tag, style, r.row, r.col+1
	return n
}

// plain makes the node of a value without quotation marks up to a byte of the
// line. Values are copies: a record may live longer than the file it is from.
func (r *plainReader) plain(end int) *yaml.Node {
	n := r.begin(yaml.ScalarNode, "", 0)
	n.Value = strings.Clone(r.line[r.at:end])
	n.Tag = n.ShortTag()
	r.at = end
	return n
}

// mapping reads keys that stand beneath each other.
func (r *plainReader) mapping(indent, depth int) *yaml.Node {
	n := r.begin(yaml.MappingNode, "!!map", 0)
	from := len(r.open)
	for !r.bad {
		r.open = append(r.open, r.key())
		r.open = append(r.open, r.beside(indent, depth+1))
		if r.ended || r.indent < indent {
			break
		}
		if r.indent > indent {
			r.refuse()
		}
	}
	n.Content = r.close(from)
	return n
}

// keyEnd is the byte of the colon behind the key where the reader stands, or
// -1 where none stands.
func (r *plainReader) keyEnd() int {
	for i := r.at; i < len(r.line) && i < r.at+100; i++ {
		switch c := r.line[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
		case i > r.at && (c >= '0' && c <= '9' || c == '-'):
		case i > r.at && c == ':' && (i+1 == len(r.line) || r.line[i+1] == ' '):
			return i
		default:
			return -1
		}
	}
	return -1
}

// key reads a key and its colon.
func (r *plainReader) key() *yaml.Node {
	end := r.keyEnd()
	if r.ended || end < 0 {
		r.refuse()
		return nil
	}
	n := r.plain(end)
	r.at++
	return n
}

// beside reads the value of a key, behind it or beneath it, and moves to the
// line that follows.
func (r *plainReader) beside(indent, depth int) *yaml.Node {
	if r.bad || depth > maxPlainDepth {
		r.refuse()
		return nil
	}
	r.skipBlanks()
	if r.peek() == '|' {
		return r.literal(indent)
	}
	if r.at < len(r.line) {
		return r.onLine()
	}
	r.advance()
	switch {
	case r.bad || r.ended:
	case r.indent >= indent && r.atDash():
		return r.sequence(r.indent, depth)
	case r.indent > indent:
		return r.mapping(r.indent, depth)
	}
	r.refuse()
	return nil
}

// onLine reads a value that fills the rest of the line.
func (r *plainReader) onLine() *yaml.Node {
	var n *yaml.Node
	switch r.peek() {
	case '{', '[':
		n = r.flow(0)
	case '"', '\'':
		n = r.quoted()
	default:
		if !beginsPlain(r.peek()) || strings.Contains(r.line[r.at:], ": ") || strings.HasSuffix(r.line, ":") || strings.HasSuffix(r.line, " ") {
			r.refuse()
			return nil
		}
		n = r.plain(len(r.line))
	}
	if r.at < len(r.line) {
		r.refuse()
		return nil
	}
	r.advance()
	return n
}

func beginsPlain(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}

func (r *plainReader) atDash() bool { return strings.HasPrefix(r.line[r.at:], "- ") }

// sequence reads items behind dashes.
func (r *plainReader) sequence(indent, depth int) *yaml.Node {
	n := r.begin(yaml.SequenceNode, "!!seq", 0)
	from := len(r.open)
	for !r.bad && !r.ended && r.indent == indent && r.atDash() {
		r.at++
		r.skipBlanks()
		if r.keyEnd() < 0 {
			r.open = append(r.open, r.onLine())
		} else if depth < maxPlainDepth {
			r.open = append(r.open, r.mapping(r.at, depth+1))
		} else {
			r.refuse()
		}
	}
	n.Content = r.close(from)
	return n
}

// literal reads a text whose lines stand beneath «|».
func (r *plainReader) literal(indent int) *yaml.Node {
	n := r.begin(yaml.ScalarNode, "!!str", yaml.LiteralStyle)
	margin := blanks(r.rest)
	if r.line[r.at:] != "|" || margin <= indent || r.rest[margin] == '\n' {
		r.refuse()
		return nil
	}
	var text strings.Builder
	text.Grow(min(len(r.rest), 1<<10))
	empty := 0 // lines since the last that is not
	for r.rest != "" {
		line, rest, _ := strings.Cut(r.rest, "\n")
		if line != "" && blanks(line) < margin {
			break
		}
		if line != "" && blanks(line) == len(line) {
			r.refuse()
		}
		r.rest = rest
		r.row++
		if line == "" {
			empty++
			continue
		}
		for ; empty > 0; empty-- {
			text.WriteByte('\n')
		}
		text.WriteString(line[margin:])
		text.WriteByte('\n')
	}
	n.Value = text.String()
	r.advance()
	return n
}

// flow reads a list or a map in brackets.
func (r *plainReader) flow(depth int) *yaml.Node {
	if depth > maxPlainDepth {
		r.refuse()
		return nil
	}
	isMap := r.peek() == '{'
	n, end := r.begin(yaml.SequenceNode, "!!seq", yaml.FlowStyle), byte(']')
	if isMap {
		n.Kind, n.Tag, end = yaml.MappingNode, "!!map", '}'
	}
	from := len(r.open)
	r.at++
	r.skipBlanks()
	for more := r.peek() != end; more && !r.bad; {
		if isMap {
			r.open = append(r.open, r.key())
			r.skipBlanks()
		}
		r.open = append(r.open, r.inFlow(depth+1))
		more = r.comma(end)
	}
	if !r.bad {
		r.at++
	}
	n.Content = r.close(from)
	return n
}

// comma moves behind a comma between two values, or to the bracket that ends
// them. It reports whether there are more.
func (r *plainReader) comma(end byte) bool {
	if r.bad {
		return false
	}
	r.skipBlanks()
	if r.peek() == end {
		return false
	}
	if !strings.HasPrefix(r.line[r.at:], ", ") {
		r.refuse()
		return false
	}
	r.at++
	r.skipBlanks()
	return true
}

// inFlow reads a value within brackets.
func (r *plainReader) inFlow(depth int) *yaml.Node {
	switch r.peek() {
	case '{', '[':
		return r.flow(depth)
	case '"', '\'':
		return r.quoted()
	}
	if r.bad || !beginsPlain(r.peek()) {
		r.refuse()
		return nil
	}
	end := r.at
	for end < len(r.line) && (beginsPlain(r.line[end]) || strings.IndexByte(" _-./()+;", r.line[end]) >= 0) {
		end++
	}
	return r.plain(r.at + len(strings.TrimRight(r.line[r.at:end], " ")))
}

// quoted reads a value in quotation marks that ends on the line.
func (r *plainReader) quoted() *yaml.Node {
	mark, style := r.peek(), yaml.DoubleQuotedStyle
	if mark == '\'' {
		style = yaml.SingleQuotedStyle
	}
	n := r.begin(yaml.ScalarNode, "!!str", style)
	inside := r.line[r.at+1:]
	var b strings.Builder
	for i := 0; i < len(inside); i++ {
		switch c := inside[i]; {
		case c == mark && mark == '\'' && strings.HasPrefix(inside[i+1:], "'"):
		case c == mark:
			b.WriteString(inside[:i])
			n.Value = b.String()
			r.at = len(r.line) - len(inside) + i + 1
			return n
		case c != '\\' || mark == '\'':
			continue
		case i+1 == len(inside) || inside[i+1] != '"' && inside[i+1] != '\\':
			r.refuse()
			return n
		}
		b.WriteString(inside[:i]) // of two marks the second counts
		b.WriteByte(inside[i+1])
		inside, i = inside[i+2:], -1
	}
	r.refuse()
	return n
}
