package pdfclean

import "bytes"

// cffIndex is a list of objects in a font program (Adobe Technical Note 5176, 5).
type cffIndex struct {
	objects [][]byte // parts of the program
	end     int      // the byte behind it
}

// indexAt reads the list that begins at a byte.
func indexAt(program []byte, at int) (list cffIndex, ok bool) {
	if at < 0 || at+2 > len(program) {
		return list, false
	}
	count := int(program[at])<<8 | int(program[at+1])
	if count == 0 {
		return cffIndex{end: at + 2}, true
	}
	if at+3 > len(program) {
		return list, false
	}
	size, first := int(program[at+2]), at+3
	data := first + (count+1)*size - 1 // offsets count from the byte before the data
	if size < 1 || size > 4 || data >= len(program) {
		return list, false
	}
	offset := func(i int) (n int) {
		for _, c := range program[first+i*size : first+(i+1)*size] {
			n = n<<8 | int(c)
		}
		return n
	}
	for i := range count {
		from, to := data+offset(i), data+offset(i+1)
		if from <= data || to < from || to > len(program) {
			return list, false
		}
		list.objects = append(list.objects, program[from:to])
		list.end = to
	}
	return list, true
}

// standardStrings is how many strings every reader of fonts has; those of a font are
// numbered behind them.
const standardStrings = 391

// saying are the operators of a dictionary of a font whose operand is a string that says
// something of it: version, notice, names, weight, copyright, code in PostScript.
var saying = map[int]bool{0: true, 1: true, 2: true, 3: true, 4: true, 0xc00: true, 0xc15: true, 0xc16: true}

// cff blanks the strings by which a font program says something of itself (Adobe Technical
// Note 5176, 9 and 10). All stays where it is, so nothing else need be written anew.
func cff(program []byte) ([]byte, error) {
	out := bytes.Clone(program)
	if len(out) < 4 {
		return nil, noFont()
	}
	names, ok := indexAt(out, int(out[2]))
	tops, ok2 := cffIndex{}, false
	if ok {
		tops, ok2 = indexAt(out, names.end)
	}
	if !ok2 || len(tops.objects) == 0 {
		return nil, noFont()
	}
	strings, ok := indexAt(out, tops.end)
	if !ok {
		return nil, noFont()
	}
	for _, top := range tops.objects {
		if !operands(top, func(operator, operand int) {
			if n := operand - standardStrings; saying[operator] && n >= 0 && n < len(strings.objects) {
				blank(strings.objects[n])
			}
		}) {
			return nil, noFont()
		}
	}
	return out, nil
}

func blank(b []byte) {
	for i := range b {
		b[i] = ' '
	}
}

// operands hands on each operator of a dictionary with its last operand that is a whole
// number. It reports whether all could be read.
func operands(of []byte, each func(operator, operand int)) bool {
	last := -1
	for i := 0; i < len(of); {
		c, size := int(of[i]), 1
		switch {
		case c == 28:
			size = 3
		case c == 29:
			size = 5
		case c >= 247 && c <= 254, c == 12:
			size = 2
		case c == 30: // a real number, up to the half byte f
			for i+size < len(of) && of[i+size]&0xf != 0xf && of[i+size]>>4 != 0xf {
				size++
			}
			size++
		}
		if i+size > len(of) {
			return false
		}
		switch value := of[i : i+size]; {
		case c == 12:
			each(0xc00|int(value[1]), last)
		case c <= 21:
			each(c, last)
		case c == 28:
			last = int(int16(uint16(value[1])<<8 | uint16(value[2])))
		case c == 29:
			last = int(int32(uint32(value[1])<<24 | uint32(value[2])<<16 | uint32(value[3])<<8 | uint32(value[4])))
		case c >= 32 && c <= 246:
			last = c - 139
		case c >= 247 && c <= 250:
			last = (c-247)*256 + int(value[1]) + 108
		case c >= 251 && c <= 254:
			last = -(c-251)*256 - int(value[1]) - 108
		}
		i += size
	}
	return true
}
