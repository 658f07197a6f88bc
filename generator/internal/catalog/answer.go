package catalog

import "encoding/binary"

// The functions of this file write down what an entry shows, so that two
// builds can be compared. They append to b and return the longer slice.

// AppendName appends what links to an entry show: its kind, the fonds in whose
// folder its page stands, and its titles.
func (c *Catalog) AppendName(b []byte, row int32) []byte {
	e := &c.entries[row]
	b = append(b, byte(e.kind))
	if e.fonds >= 0 {
		b = appendBlob(b, c.str(e.fonds, textID))
	}
	for i := range c.langs {
		b = appendBlob(b, c.str(row, textTitle+i))
	}
	return b
}

// AppendFace appends what lists show of an entry besides its name.
func (c *Catalog) AppendFace(b []byte, row int32) []byte {
	e := &c.entries[row]
	b = append(b, e.level, byte(e.flags))
	b = appendBlob(b, c.str(row, textReference))
	b = appendBlob(b, c.str(row, textDate))
	return appendBlob(b, []byte(c.Form(row)))
}

// AppendInherited appends the values of a unit completed from its ancestors.
func (c *Catalog) AppendInherited(b []byte, row int32) []byte {
	return appendBlob(b, []byte(c.keys[c.entries[row].inherited]))
}

func appendBlob(b, blob []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(blob))), blob...)
}

// Items is how many items there are beneath a unit, at every depth.
func (c *Catalog) Items(row int32) int {
	n := 0
	for at := row + 1; at < c.entries[row].end; at++ {
		if c.Level(at) == "item" {
			n++
		}
	}
	return n
}

// Append appends what was made of the images of a row.
func (t *Thumbs) Append(b []byte, row int32) []byte {
	if t.at[row] == 0 {
		return append(b, 0)
	}
	b = append(b, 1)
	for n := range thumbStrings {
		b = appendBlob(b, t.text.bytes(t.at[row]-1, n))
	}
	return b
}
