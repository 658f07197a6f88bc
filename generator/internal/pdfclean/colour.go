package pdfclean

import (
	"encoding/binary"
	"strconv"
)

// space takes over a colour space that is more than a name (ISO 32000-1, 8.6): its colorants
// get numbers for names, a profile is one, or stands for the colours of a device.
func (c *cleaner) space(o []any) (out any, ok bool) {
	if len(o) < 2 {
		return nil, false
	}
	switch kind := c.doc.at(o[0]); {
	case kind == name("Separation") && len(o) > 3:
		return []any{kind, c.colorant(o[1]), c.object(o[2]), c.object(o[3])}, true
	case kind == name("DeviceN") && len(o) > 3:
		all, _ := c.doc.at(o[1]).([]any)
		names := make([]any, len(all))
		for i, n := range all {
			names[i] = c.colorant(n)
		}
		return []any{kind, names, c.object(o[2]), c.object(o[3])}, true
	case kind == name("ICCBased"):
		return c.profiled(o[1]), true
	case (kind == name("Indexed") || kind == name("I")) && len(o) == indexedColours+1:
		colours, isText := c.doc.at(o[indexedColours]).(text)
		if !isText {
			return []any{kind, c.object(o[1]), c.object(o[2]), c.data(o[indexedColours])}, true
		}
		if most := (c.doc.indices(o[2])) * c.doc.colours(o[1], nil, 0); len(colours) > most && most > 0 {
			colours = colours[:most]
		}
		return []any{kind, c.object(o[1]), c.object(o[2]), colours}, true
	}
	return nil, false
}

// indices is how many colours an indexed colour space has that names its highest.
func (d *document) indices(highest any) int { return d.whole(dict{"": highest}, "", -1) + 1 }

// processColorants are those that printers know by their names, and two with a meaning of
// their own.
var processColorants = setOf[name]("Cyan Magenta Yellow Black Red Green Blue Gray All None")

// colorant is a name for an ink: its own may say anything.
func (c *cleaner) colorant(o any) name {
	n, _ := c.doc.at(o).(name)
	if processColorants[n] {
		return n
	}
	if _, ok := c.inks[n]; !ok {
		c.inks[n] = name("Ink" + strconv.Itoa(len(c.inks)+1))
	}
	return c.inks[n]
}

// profiled is a colour space by an ICC profile (ICC.1, 7.2), without what lies behind its
// end. What is no profile is no more than the colours of a device, as viewers take it.
func (c *cleaner) profiled(o any) any {
	const head, signature, signatureAt = 128, "acsp", 36
	r, _ := o.(ref)
	if n, ok := c.numbers[r]; ok {
		if !c.anew[r] {
			c.fail(damaged()) // it is something else as well
		}
		return []any{name("ICCBased"), n}
	}
	s, ok := c.doc.at(o).(*stream)
	var body []byte
	if ok {
		body = c.unpack(s)
	}
	size := head
	if len(body) >= head {
		size = int(binary.BigEndian.Uint32(body))
	}
	if size < head || size > len(body) || string(body[signatureAt:signatureAt+len(signature)]) != signature {
		return map[int]any{1: name("DeviceGray"), 3: name("DeviceRGB"), 4: name("DeviceCMYK")}[c.doc.whole(c.doc.dictAt(o), "N", 0)]
	}
	n := c.next()
	c.numbers[r], c.anew[r] = n, true
	of, packed := c.dict(s.dict), pack(body[:size])
	delete(of, "DecodeParms")
	of["Filter"] = packed.dict["Filter"]
	c.set(n, &stream{of, packed.body})
	return []any{name("ICCBased"), n}
}
