package pdfclean

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// cmapParts are the parts of a CMap that say which codes there are and what each stands
// for (ISO 32000-1, 9.7.5 and 9.10.3), with how many values an entry has.
var cmapParts = map[word]int{"codespacerange": 2, "bfchar": 2, "bfrange": 3, "cidchar": 2, "cidrange": 3, "notdefchar": 2, "notdefrange": 3}

// maxCode is how long a code may be, in bytes, and maxStands what it stands for: the longest
// ligature of Unicode has 18 characters.
const (
	maxCode   = 4
	maxStands = 64
)

// known are the CMaps that every viewer has, by their names, and the orderings of those that
// embedded ones begin with.
var (
	known     = regexp.MustCompile(`^(Identity-[HV]|Adobe-(GB1|CNS1|Japan1|Japan2|Korea1|KR)-(\d|UCS2|UTF16|UTF32)|[A-Z0-9][A-Za-z0-9]{1,14}(-[A-Z0-9][A-Za-z0-9]{0,10}){0,2}-[HV])$`)
	orderings = regexp.MustCompile(`^(Identity|UCS|GB1|CNS1|Japan1|Japan2|Korea1|KR)$`)
)

func noCMap() *Error {
	return fault("PDF có bảng mã chữ (CMap) không đọc được", "the PDF has a CMap that cannot be read")
}

// cmap writes a CMap anew, with the codes and what they stand for and nothing else of the
// program that it is: no comments, no names but those that every viewer knows. Of characters
// those are left that shown codes stand for; nil shows all.
func cmap(program []byte, shown map[int]bool) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n")
	l := &lexer{data: program}
	var before []any // of the word that comes next
	for {
		o := l.object(false, 0)
		w, isWord := o.(word)
		switch {
		case l.failed:
			return nil, noCMap()
		case o == nil:
			b.WriteString("endcmap\nend\nend\n")
			return b.Bytes(), nil
		case !isWord || isOperand(w):
			before = append(before[max(0, len(before)-1):], o)
			continue
		case w == "usecmap" || w == "def":
			if err := define(&b, w, before); err != nil {
				return nil, err
			}
		case len(w) > len("begin") && w[:len("begin")] == "begin" && cmapParts[w[len("begin"):]] > 0:
			if err := l.cmapPart(&b, w[len("begin"):], shown); err != nil {
				return nil, err
			}
		}
		before = before[:0]
	}
}

// define writes what a CMap says of itself as far as it bears on codes: the one that it goes
// on from, its direction, its name where that is a known one, and its ordering.
func define(b *bytes.Buffer, w word, operands []any) error {
	var key, last name
	if len(operands) > 0 {
		key, _ = operands[0].(name)
		last, _ = operands[len(operands)-1].(name)
	}
	switch {
	case w == "usecmap" && !known.MatchString(string(last)):
		return noCMap()
	case w == "usecmap":
		fmt.Fprintf(b, "/%s usecmap\n", last)
	case len(operands) < 2:
	case key == "WMode" && (operands[1] == word("0") || operands[1] == word("1")):
		fmt.Fprintf(b, "/WMode %s def\n", operands[1])
	case key == "CMapName" && known.MatchString(string(last)):
		fmt.Fprintf(b, "/CMapName /%s def\n", last)
	case key == "CIDSystemInfo":
		of, _ := operands[1].(dict)
		ordering(b, of["Ordering"])
	case key == "Ordering":
		ordering(b, operands[1])
	}
	return nil
}

func ordering(b *bytes.Buffer, o any) {
	if s, ok := o.(text); ok && orderings.MatchString(string(s)) {
		fmt.Fprintf(b, "/Registry (Adobe) def\n/Ordering (%s) def\n", s)
	}
}

// cmapPart writes the entries of a part, 100 at most in one.
func (l *lexer) cmapPart(b *bytes.Buffer, part word, shown map[int]bool) error {
	var entries []any
	for {
		o := l.object(false, 0)
		if o == "end"+part {
			break
		}
		if o == nil || l.failed || !isEntry(part, len(entries)%cmapParts[part], o) {
			return noCMap()
		}
		entries = append(entries, o)
	}
	size := cmapParts[part]
	if len(entries)%size != 0 {
		return noCMap()
	}
	if shown != nil && (part == "bfchar" || part == "bfrange") {
		entries = standing(entries, size, shown)
	}
	for some := range slices.Chunk(entries, 100*size) {
		fmt.Fprintf(b, "%d begin%s\n", len(some)/size, part)
		for i, o := range some {
			write(b, o)
			if (i+1)%size == 0 {
				b.WriteByte('\n')
			} else {
				b.WriteByte(' ')
			}
		}
		fmt.Fprintf(b, "end%s\n", part)
	}
	return nil
}

// standing are the entries that say what shown codes stand for. Of a list there is one for
// each such code.
func standing(entries []any, size int, shown map[int]bool) (out []any) {
	codes := slices.Sorted(maps.Keys(shown))
	for entry := range slices.Chunk(entries, size) {
		first, _ := entry[0].(text)
		from, to := codeOf(entry[0]), codeOf(entry[size-2])
		list, isList := entry[size-1].([]any)
		at, _ := slices.BinarySearch(codes, from)
		for _, code := range codes[at:] {
			if code > to || isList && code-from >= len(list) {
				break
			}
			if !isList {
				out = append(out, entry...)
				break
			}
			one := text(binary.BigEndian.AppendUint32(nil, uint32(code))[maxCode-len(first):])
			out = append(out, one, one, []any{list[code-from]})
		}
	}
	return out
}

// codeOf is a code as a number.
func codeOf(o any) (n int) {
	s, _ := o.(text)
	for i := range len(s) {
		n = n<<8 | int(s[i])
	}
	return n
}

// isEntry reports whether a value may stand at a place of an entry: first codes, last what
// they stand for, a number of a glyph or characters.
func isEntry(part word, place int, o any) bool {
	if place < cmapParts[part]-1 || part == "codespacerange" {
		s, ok := o.(text)
		return ok && len(s) <= maxCode
	}
	if part != "bfchar" && part != "bfrange" {
		w, ok := o.(word)
		return ok && isNumber(string(w))
	}
	list, ok := o.([]any)
	if !ok || part != "bfrange" {
		list = []any{o}
	}
	return !slices.ContainsFunc(list, func(o any) bool {
		s, ok := o.(text)
		return !ok || len(s) > maxStands
	})
}
