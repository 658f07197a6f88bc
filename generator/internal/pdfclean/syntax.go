package pdfclean

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// The objects of a PDF file (ISO 32000-1, 7.3): numbers and keywords stay as they are
// written, arrays are []any, names and strings are what they stand for.
type (
	word   string // a number, a keyword or an operator
	name   string // without its slash
	text   string // the bytes of a string
	ref    int    // to an indirect object, by its number
	dict   map[name]any
	stream struct {
		dict dict
		body []byte // as it is packed
	}
)

// maxDepth is how deep arrays and dictionaries may lie in each other.
const maxDepth = 50

// lexer reads objects from bytes. What cannot be read sets failed, and reading ends.
type lexer struct {
	data   []byte
	at     int
	failed bool
}

func isBlank(c byte) bool {
	return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' '
}

func isRegular(c byte) bool { return !isBlank(c) && bytes.IndexByte([]byte("()<>[]{}/%"), c) < 0 }

// skip passes over blanks and comments.
func (l *lexer) skip() {
	for l.at < len(l.data) {
		switch c := l.data[l.at]; {
		case c == '%':
			for l.at < len(l.data) && l.data[l.at] != '\n' && l.data[l.at] != '\r' {
				l.at++
			}
		case isBlank(c):
			l.at++
		default:
			return
		}
	}
}

// has passes over some bytes, if they come next.
func (l *lexer) has(s string) bool {
	ok := bytes.HasPrefix(l.data[l.at:], []byte(s))
	if ok {
		l.at += len(s)
	}
	return ok
}

// regular are the regular characters that come next.
func (l *lexer) regular() string {
	from := l.at
	for l.at < len(l.data) && isRegular(l.data[l.at]) {
		l.at++
	}
	return string(l.data[from:l.at])
}

// fail ends the reading.
func (l *lexer) fail() any {
	l.failed, l.at = true, len(l.data)
	return nil
}

// object reads what comes next; nil at the end. A reference is read where refs says
// that there may be some: in content there are none.
func (l *lexer) object(refs bool, depth int) any {
	l.skip()
	switch {
	case l.at == len(l.data):
		return nil
	case depth > maxDepth:
		return l.fail()
	case l.has("/"):
		return l.name()
	case l.has("("):
		return l.literal()
	case l.has("<<"):
		return l.dict(refs, depth)
	case l.has("<"):
		return l.hexadecimal()
	case l.has("["):
		return l.array(refs, depth)
	}
	w := l.regular()
	if w == "" {
		return l.fail()
	}
	if refs && isNumber(w) {
		if r, ok := l.reference(w); ok {
			return r
		}
	}
	return word(w)
}

func isNumber(w string) bool { _, err := strconv.ParseUint(w, 10, 31); return err == nil }

// reference reads the rest of one that begins with a number.
func (l *lexer) reference(number string) (ref, bool) {
	from := l.at
	l.skip()
	if generation := l.regular(); isNumber(generation) {
		l.skip()
		if l.has("R") && (l.at == len(l.data) || !isRegular(l.data[l.at])) {
			n, _ := strconv.Atoi(number)
			return ref(n), true
		}
	}
	l.at = from
	return 0, false
}

func (l *lexer) name() name {
	raw := l.regular()
	var b []byte
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) {
			if n, err := strconv.ParseUint(raw[i+1:i+3], 16, 8); err == nil {
				b = append(b, byte(n))
				i += 2
				continue
			}
		}
		b = append(b, raw[i])
	}
	return name(b)
}

func (l *lexer) array(refs bool, depth int) any {
	out := []any{}
	for {
		l.skip()
		if l.has("]") {
			return out
		}
		if l.at == len(l.data) {
			return l.fail()
		}
		out = append(out, l.object(refs, depth+1))
	}
}

func (l *lexer) dict(refs bool, depth int) any {
	out := dict{}
	for {
		l.skip()
		if l.has(">>") {
			return out
		}
		if !l.has("/") {
			return l.fail()
		}
		key := l.name()
		out[key] = l.object(refs, depth+1)
	}
}

// escapes are the characters that a letter behind a backslash stands for.
var escapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}

func (l *lexer) literal() any {
	var b []byte
	for depth := 1; l.at < len(l.data); {
		c := l.data[l.at]
		l.at++
		switch {
		case c == '\\':
			b = l.escape(b)
			continue
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return text(b)
			}
		case c == '\r':
			l.has("\n")
			c = '\n'
		}
		b = append(b, c)
	}
	return l.fail()
}

func (l *lexer) escape(b []byte) []byte {
	if l.at == len(l.data) {
		return b
	}
	c := l.data[l.at]
	l.at++
	switch {
	case c == '\r':
		l.has("\n")
		return b
	case c == '\n':
		return b
	case escapes[c] != 0:
		return append(b, escapes[c])
	case c < '0' || c > '7':
		return append(b, c)
	}
	n := c - '0'
	for i := 0; i < 2 && l.at < len(l.data) && l.data[l.at] >= '0' && l.data[l.at] <= '7'; i++ {
		n = n<<3 | (l.data[l.at] - '0')
		l.at++
	}
	return append(b, n)
}

func (l *lexer) hexadecimal() any {
	var digits []byte
	for l.at < len(l.data) {
		c := l.data[l.at]
		l.at++
		switch {
		case c == '>':
			if len(digits)%2 == 1 {
				digits = append(digits, '0')
			}
			out := make([]byte, len(digits)/2)
			for i := range out {
				n, err := strconv.ParseUint(string(digits[2*i:2*i+2]), 16, 8)
				if err != nil {
					return l.fail()
				}
				out[i] = byte(n)
			}
			return text(out)
		case !isBlank(c):
			digits = append(digits, c)
		}
	}
	return l.fail()
}

// write writes an object; keys are in order, so that the same gives the same.
func write(b *bytes.Buffer, o any) {
	switch o := o.(type) {
	case nil:
		b.WriteString("null")
	case word:
		b.WriteString(string(o))
	case name:
		writeName(b, o)
	case text:
		fmt.Fprintf(b, "<%X>", string(o))
	case ref:
		fmt.Fprintf(b, "%d 0 R", int(o))
	case []any:
		b.WriteByte('[')
		for i, e := range o {
			if i > 0 {
				b.WriteByte(' ')
			}
			write(b, e)
		}
		b.WriteByte(']')
	case dict:
		b.WriteString("<<")
		for _, key := range slices.Sorted(maps.Keys(o)) {
			writeName(b, key)
			b.WriteByte(' ')
			write(b, o[key])
		}
		b.WriteString(">>")
	case *stream:
		o.dict["Length"] = word(strconv.Itoa(len(o.body)))
		write(b, o.dict)
		b.WriteString("\nstream\n")
		b.Write(o.body)
		b.WriteString("\nendstream")
	}
}

func writeName(b *bytes.Buffer, n name) {
	b.WriteByte('/')
	for i := range len(n) {
		if c := n[i]; isRegular(c) && c > ' ' && c < 0x7f && c != '#' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(b, "#%02X", c)
		}
	}
}
