package pdfclean

import "bytes"

// programs are the keys behind which a stream is a program that is written anew: what codes
// of a font stand for, and what its glyphs look like.
var programs = map[name]func([]byte) (out []byte, length []int, err error){
	"ToUnicode": codes, "Encoding": codes, "UseCMap": codes, "FontFile": font, "FontFile2": font, "FontFile3": font,
}

func codes(program []byte) ([]byte, []int, error) {
	out, err := cmap(program, nil)
	return out, nil, err
}

// program takes over what stands behind a key of programs: a stream, or the name of what
// every viewer has.
func (c *cleaner) program(key name, o any) any {
	if n, ok := c.doc.at(o).(name); ok && (encodings[n] || known.MatchString(string(n))) {
		return n
	}
	s, ok := c.doc.at(o).(*stream)
	if !ok {
		return c.object(o)
	}
	r, _ := o.(ref)
	if n, ok := c.numbers[r]; ok {
		if !c.anew[r] {
			c.fail(damaged()) // it is something else as well
		}
		return n
	}
	n := c.next()
	c.numbers[r], c.anew[r] = n, true
	out, length, err := programs[key](c.unpack(s))
	if err != nil {
		c.fail(err)
		return n
	}
	packed := pack(out)
	of := c.dict(s.dict)
	for _, key := range []name{"Filter", "DecodeParms", "Length1", "Length2", "Length3"} {
		delete(of, key)
	}
	of["Filter"] = packed.dict["Filter"]
	for i, n := range length {
		of[[]name{"Length1", "Length2", "Length3"}[i]] = number(n)
	}
	c.set(n, &stream{of, packed.body})
	return n
}

// calculator writes a function in PostScript (ISO 32000-1, 7.10.5) without its comments.
func (c *cleaner) calculator(s *stream) *stream {
	packed := pack(bytes.TrimSpace(wordless(c.unpack(s))))
	of := c.dict(s.dict)
	delete(of, "DecodeParms")
	of["Filter"] = packed.dict["Filter"]
	return &stream{of, packed.body}
}

// wordsOf writes what the codes of a font stand for, as far as some text shows them. Another
// font may have the same CMap and show others.
func (c *cleaner) wordsOf(font dict) any {
	s, ok := c.doc.at(font["ToUnicode"]).(*stream)
	if !ok || c.doc.codeSize(font) == 0 {
		return c.program("ToUnicode", font["ToUnicode"])
	}
	shown := c.drawn.codes[identity(font)]
	if shown == nil {
		shown = map[int]bool{}
	}
	out, err := cmap(c.unpack(s), shown)
	if err != nil {
		c.fail(err)
		return word("null")
	}
	n := c.next()
	c.set(n, pack(out))
	return n
}
