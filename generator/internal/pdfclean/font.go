package pdfclean

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
)

func noFont() *Error {
	return fault("PDF có phông chữ nhúng không đọc được, trong đó có thể có chữ không ai thấy", "the PDF has an embedded font that cannot be read, which may hold text that nobody sees")
}

// font writes a font program anew, without what it says of itself and does not draw with. It
// is told by its bytes, since files name it wrongly. length are the keys Length1 to Length3 of
// its stream; none where it needs none.
func font(program []byte) (out []byte, length []int, err error) {
	switch {
	case bytes.HasPrefix(program, []byte("%!")):
		return type1(program)
	case bytes.HasPrefix(program, []byte("\x00\x01\x00\x00")), bytes.HasPrefix(program, []byte("true")), bytes.HasPrefix(program, []byte("OTTO")):
		out, err = sfnt(program)
		return out, []int{len(out)}, err
	case bytes.HasPrefix(program, []byte("\x01\x00")):
		out, err = cff(program)
		return out, nil, err
	}
	return nil, nil, noFont()
}

// type1Head begins a font of Type 1.
const type1Head = "%!PS-AdobeFont-1.0\n"

// type1 leaves of the plain part of a font of Type 1 (Adobe Type 1 Font Format, 2) its
// tokens, without comments and with every string empty: these are the notice and the names
// in FontInfo. The part that is encrypted, which draws, stays; what comes behind it is
// written anew.
func type1(program []byte) (out []byte, length []int, err error) {
	plain, rest, ok := bytes.Cut(program, []byte("eexec"))
	if !ok || len(rest) < 2 || !isBlank(rest[0]) {
		return nil, nil, noFont()
	}
	blank := 1
	if rest[0] == '\r' && rest[1] == '\n' {
		blank = 2
	}
	out = append([]byte(type1Head), wordless(plain)...)
	out = append(append(out, "eexec"...), rest[:blank]...)
	length = []int{len(out)}
	drawing, closed := cleartomark(rest[blank:])
	if !closed {
		return nil, nil, noFont() // there might be anything behind it
	}
	out = append(out, drawing...)
	length = append(length, len(drawing))
	tail := strings.Repeat(strings.Repeat("0", 64)+"\n", 8) + "cleartomark\n"
	return append(out, tail...), append(length, len(tail)), nil
}

// cleartomark is what stands before the 512 zeros that end a font.
func cleartomark(rest []byte) (before []byte, ok bool) {
	const zeros = 512
	end := bytes.LastIndex(rest, []byte("cleartomark"))
	if end < 0 {
		return nil, false
	}
	first, n := end, 0
	for i := end - 1; i >= 0 && n < zeros; i-- {
		if rest[i] == '0' {
			first, n = i, n+1
		} else if !isBlank(rest[i]) {
			break
		}
	}
	return rest[:first], n > 0
}

// wordless is a program in PostScript without its comments and the text of its strings.
func wordless(program []byte) (out []byte) {
	for i := 0; i < len(program); i++ {
		switch c := program[i]; {
		case c == '%':
			for i+1 < len(program) && program[i+1] != '\n' && program[i+1] != '\r' {
				i++
			}
		case c == '(':
			out = append(out, "()"...)
			for depth := 1; depth > 0 && i+1 < len(program); {
				switch i++; program[i] {
				case '\\':
					i++
				case '(':
					depth++
				case ')':
					depth--
				}
			}
		default:
			out = append(out, c)
		}
	}
	return bytes.TrimLeft(out, "\r\n\t ")
}

// drawsWith are the tables of a font by which its glyphs are found and drawn (ISO/IEC
// 14496-22; ISO 32000-1, 9.9). Names, metadata, signatures and features are not among them.
var drawsWith = strings.Split("CFF |OS/2|VORG|cmap|cvt |fpgm|gasp|glyf|head|hhea|hmtx|loca|maxp|post|prep|vhea|vmtx", "|")

// paints are tables of glyphs that are pictures or have colours.
var paints = strings.Split("CBDT|CBLC|COLR|CPAL|EBDT|EBLC|SVG |bdat|sbix", "|")

// sfnt leaves of a TrueType or OpenType font the tables that draw, one after the other.
func sfnt(program []byte) ([]byte, error) {
	const head, entry = 12, 16
	if len(program) < head {
		return nil, noFont()
	}
	count := int(binary.BigEndian.Uint16(program[4:]))
	if len(program) < head+count*entry {
		return nil, noFont()
	}
	tables := map[string][]byte{}
	for i := range count {
		e := program[head+i*entry:]
		tag, from, size := string(e[:4]), uint64(binary.BigEndian.Uint32(e[8:])), uint64(binary.BigEndian.Uint32(e[12:]))
		switch {
		case slices.Contains(paints, tag):
			return nil, noFont()
		case !slices.Contains(drawsWith, tag):
			continue
		case from+size > uint64(len(program)):
			return nil, noFont()
		}
		table := program[from : from+size]
		if tag == "CFF " {
			var err error
			if table, err = cff(table); err != nil {
				return nil, err
			}
		}
		tables[tag] = table
	}
	if len(tables) == 0 {
		return nil, noFont()
	}
	return assembleFont(program[:4], tables), nil
}

// assembleFont writes tables in the order of their tags.
func assembleFont(version []byte, tables map[string][]byte) []byte {
	var directory, body []byte
	from, log := 12+16*len(tables), 0
	for 2<<log <= len(tables) {
		log++
	}
	for _, tag := range drawsWith {
		table, ok := tables[tag]
		if !ok {
			continue
		}
		padded := append(bytes.Clone(table), make([]byte, (4-len(table)%4)%4)...)
		sum := uint32(0)
		for i := 0; i < len(padded); i += 4 {
			sum += binary.BigEndian.Uint32(padded[i:])
		}
		directory = append(directory, tag...)
		for _, n := range []uint32{sum, uint32(from + len(body)), uint32(len(table))} {
			directory = binary.BigEndian.AppendUint32(directory, n)
		}
		body = append(body, padded...)
	}
	out := bytes.Clone(version)
	for _, n := range []int{len(tables), 16 << log, log, 16*len(tables) - 16<<log} {
		out = binary.BigEndian.AppendUint16(out, uint16(n))
	}
	return append(append(out, directory...), body...)
}
