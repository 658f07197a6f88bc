package pdfclean

import (
	"bytes"
	"cmp"
	"strconv"
	"strings"
)

// drawing are the operators that draw (ISO 32000-1, annex A), with the operands of each: n
// is a number, s a string, t an array of both, d one of numbers, i an intent, c numbers of a
// colour; a capital letter is a name of a resource, see kinds. Those of marked content and of
// compatibility are left out with their operands, and so is what is none.
var drawing = operandsOf(`b B b* B* BT ET f F f* h n q Q s S T* W W*
	g:n G:n i:n j:n J:n M:n Tc:n TL:n Tr:n Ts:n Tw:n Tz:n w:n d0:nn l:nn m:nn Td:nn TD:nn rg:nnn RG:nnn k:nnnn K:nnnn re:nnnn v:nnnn y:nnnn
	c:nnnnnn cm:nnnnnn d1:nnnnnn Tm:nnnnnn Tj:s TJ:t ':s ":nns d:dn ri:i sc:c SC:c scn:c SCN:c cs:C CS:C Do:X gs:G sh:S Tf:Fn`)

// kinds are the kinds of resources that operators name (ISO 32000-1, 7.8.3). A pattern comes
// behind the numbers of a colour.
var kinds = map[rune]name{'C': "ColorSpace", 'X': "XObject", 'G': "ExtGState", 'S': "Shading", 'F': "Font", 'P': "Pattern"}

func operandsOf(operators string) map[word]string {
	out := map[word]string{}
	for _, o := range strings.Fields(operators) {
		op, operands, _ := strings.Cut(o, ":")
		out[word(op)] = operands
	}
	return out
}

func setOf[T ~string](words string) map[T]bool {
	out := map[T]bool{}
	for _, w := range strings.Fields(words) {
		out[T(w)] = true
	}
	return out
}

// used is what content uses.
type used struct {
	names  map[name]map[name]name // of resources, by kind: those that they have and those that they get
	order  map[name][]name        // of the first, as they come
	images []*stream              // that stand in it, with the long names of their keys
}

func usesNothing() *used { return &used{names: map[name]map[name]name{}, order: map[name][]name{}} }

// call gives a resource a name by its number in the content: what it was called may say
// anything.
func (u *used) call(letter rune, n name) name {
	kind := kinds[letter]
	if u.names[kind] == nil {
		u.names[kind] = map[name]name{}
	}
	if _, ok := u.names[kind][n]; !ok {
		u.order[kind] = append(u.order[kind], n)
		u.names[kind][n] = name(letter) + name(strconv.Itoa(len(u.order[kind])))
	}
	return u.names[kind][n]
}

// maxOperands is how many operands an operator may have; those of a colour are 32.
const maxOperands = 64

// operators reads content: it hands on each operator with what stands before it, and an
// image with the operator BI.
func operators(content []byte, each func(op word, operands []any, image *inline)) error {
	l := &lexer{data: content}
	var operands []any
	for {
		o := l.object(false, 0)
		op, isWord := o.(word)
		switch {
		case l.failed || len(operands) > maxOperands:
			return fault("nội dung trang không đọc được", "the content of a page cannot be read")
		case o == nil:
			return nil
		case !isWord || isOperand(op):
			operands = append(operands, o)
			continue
		case op == "BI":
			image, err := l.inline()
			if err != nil {
				return err
			}
			each(op, nil, image)
		default:
			each(op, operands, nil)
		}
		operands = operands[:0]
	}
}

// redraw writes content anew: its operators that draw, each on a line with its operands. One
// whose operands are none is left out.
func redraw(content []byte, uses *used) (out []byte, err error) {
	var b bytes.Buffer
	err = operators(content, func(op word, operands []any, image *inline) {
		takes, draws := drawing[op]
		switch {
		case image != nil:
			uses.inline(&b, image)
		case draws:
			if operands, ok := uses.operands(takes, operands); ok {
				for _, o := range operands {
					write(&b, o)
					b.WriteByte(' ')
				}
				b.WriteString(string(op) + "\n")
			}
		}
	})
	return b.Bytes(), err
}

// isOperand reports whether a word is a number, or a value by itself.
func isOperand(w word) bool {
	return w == "true" || w == "false" || w == "null" || strings.IndexByte("+-.0123456789", w[0]) >= 0
}

// inlineKeys are those of an image in content, short and long (ISO 32000-1, table 93).
var inlineKeys = setOf[name]("BPC BitsPerComponent CS ColorSpace D Decode DP DecodeParms F Filter H Height IM ImageMask I Interpolate W Width Intent")

// longNames are those of the short keys.
var longNames = map[name]name{"BPC": "BitsPerComponent", "CS": "ColorSpace", "D": "Decode", "DP": "DecodeParms", "F": "Filter", "H": "Height", "IM": "ImageMask", "I": "Interpolate", "W": "Width"}

// inline is an image that stands in content.
type inline struct {
	dict   dict    // as it is written
	stream *stream // with long names
}

// inline reads an image behind BI.
func (l *lexer) inline() (*inline, error) {
	of, image := dict{}, dict{}
	for {
		l.skip()
		if l.has("ID") {
			break
		}
		if !l.has("/") {
			return nil, damaged()
		}
		key := l.name()
		if value := l.object(false, 0); inlineKeys[key] {
			of[key], image[cmp.Or(longNames[key], key)] = value, value
		}
		if l.failed {
			return nil, damaged()
		}
	}
	body, ok := l.inlineBody(image)
	if !ok {
		return nil, fault("ảnh nằm trong nội dung trang không đọc được", "an image in the content of a page cannot be read")
	}
	return &inline{of, &stream{image, body}}, nil
}

// inline writes an image that stands in content, with the values that it may have.
func (u *used) inline(b *bytes.Buffer, image *inline) {
	u.images = append(u.images, image.stream)
	of := dict{}
	for key, value := range image.dict {
		switch n, isName := value.(name); {
		case isName && cmp.Or(longNames[key], key) == "ColorSpace" && !plainNames[n]:
			of[key] = u.call('C', n)
		case isPlain(value):
			of[key] = value
		}
	}
	b.WriteString("BI")
	var written bytes.Buffer
	write(&written, of)
	b.Write(bytes.TrimSuffix(bytes.TrimPrefix(written.Bytes(), []byte("<<")), []byte(">>")))
	b.WriteString("\nID ")
	b.Write(image.stream.body)
	b.WriteString("\nEI\n")
}

// inlineBody is the data of an image: as much as it says where it is not packed, else
// up to what can only be its end.
func (l *lexer) inlineBody(of dict) ([]byte, bool) {
	if l.at == len(l.data) || !isBlank(l.data[l.at]) {
		return nil, false
	}
	l.at++
	from := l.at
	for {
		i := bytes.Index(l.data[l.at:], []byte("EI"))
		if i < 0 {
			return nil, false
		}
		end := l.at + i
		l.at = end + 2
		if end > from && isBlank(l.data[end-1]) && l.goesOn() && end-from >= leastBytes(of) {
			return l.data[from : end-1], true
		}
	}
}

// leastBytes is how long the data of an image is that is not packed; 0 for any other.
func leastBytes(of dict) int {
	number := func(key name) int {
		if w, ok := of[key].(word); ok {
			n, _ := strconv.Atoi(string(w))
			return n
		}
		return 1
	}
	if of["Filter"] != nil {
		return 0
	}
	bits := number("Width") * number("BitsPerComponent") // of one colour at least
	return (bits + 7) / 8 * number("Height")
}

// goesOn reports whether content goes on behind an image: with its end, or with text
// in which an operator comes soon.
func (l *lexer) goesOn() bool {
	const enough = 60
	rest := l.data[l.at:min(len(l.data), l.at+enough)]
	for _, c := range rest {
		if c >= 0x7f || c < ' ' && !isBlank(c) {
			return false
		}
	}
	return len(rest) == 0 || isBlank(rest[0])
}
