package catalog

import (
	"vitrine/generator/internal/pack"
	"vitrine/generator/internal/record"
)

// The functions of this file write down what an entry shows, so that two
// builds can be compared. They append to b and return the longer slice.

// AppendName appends what links to an entry show: its kind, the fonds in whose
// folder its page stands, and its title in the first language.
func (c *Catalog) AppendName(b []byte, row int32) []byte {
	e := c.entries.at(row)
	b = append(b, byte(e.kind))
	if e.fonds >= 0 {
		b = pack.Text(b, c.str(e.fonds, textID))
	}
	return pack.Text(b, c.str(row, textTitle))
}

// AppendTranslations appends the titles of an entry in the other languages.
func (c *Catalog) AppendTranslations(b []byte, row int32) []byte {
	for i := 1; i < len(c.langs); i++ {
		b = pack.Text(b, c.str(row, textTitle+i))
	}
	return b
}

// AppendFace appends what lists show of an entry besides its name.
func (c *Catalog) AppendFace(b []byte, row int32) []byte {
	e := c.entries.at(row)
	b = append(b, e.level, byte(e.flags))
	b = pack.Text(b, c.str(row, textReference))
	b = pack.Text(b, c.str(row, textDate))
	return pack.Text(b, c.Form(row))
}

// AppendInherited appends the values of a unit completed from its ancestors.
func (c *Catalog) AppendInherited(b []byte, row int32) []byte {
	return pack.Text(b, c.keys[c.entries.at(row).inherited])
}

// Counts are the units of each level beneath one, at every depth.
func (c *Catalog) Counts(row int32) map[string]int {
	var n [noLevel + 1]int
	for at := row + 1; at < c.entries.at(row).end; at++ {
		n[c.entries.at(at).level]++
	}
	out := map[string]int{}
	for i, t := range record.Vocabulary("level") {
		if n[i] > 0 {
			out[t.Key] = n[i]
		}
	}
	return out
}

// Special are the first units of special value beneath one.
func (c *Catalog) Special(row int32, most int) []int32 {
	var out []int32
	for at := row + 1; at < c.entries.at(row).end && len(out) < most; at++ {
		if c.Has(at, Special) {
			out = append(out, at)
		}
	}
	return out
}

// Narrower are the subjects that name one as broader.
func (c *Catalog) Narrower(row int32) []int32 {
	var out []int32
	for _, l := range c.Links(row) {
		if l.Role == RoleBroader {
			out = append(out, l.Entry)
		}
	}
	return out
}

// Documents is how many units an exhibition shows.
func (c *Catalog) Documents(row int32) int {
	n, last := 0, int32(-1)
	for _, l := range c.shown {
		if l.Entry == row && l.to != last && c.Kind(l.to) == Unit {
			n, last = n+1, l.to
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
		b = pack.Text(b, t.text.bytes(t.at[row]-1, n))
	}
	return b
}
