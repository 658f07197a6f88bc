package catalog

import "bytes"

// idIndex finds rows by their ids: a table of rows in which every row stands
// at the place of its id's hash, or at the next free one behind it. It is at
// most half full and takes eight to sixteen bytes an entry.
type idIndex []int32

func (c *Catalog) indexIDs() {
	size := 4
	for size < 2*c.Rows() {
		size *= 2
	}
	c.index = make(idIndex, size)
	for i := range c.index {
		c.index[i] = -1
	}
	for row := range c.entries.len() {
		at := hashID(c.str(row, textID)) & uint64(size-1)
		for c.index[at] >= 0 {
			at = (at + 1) & uint64(size-1)
		}
		c.index[at] = row
	}
}

// Find returns the row of an id that is published.
func (c *Catalog) Find(id string) (row int32, ok bool) {
	want := []byte(id)
	for at := hashID(want); ; at++ {
		row := c.index[at&uint64(len(c.index)-1)]
		if row < 0 {
			return -1, false
		}
		if bytes.Equal(c.str(row, textID), want) {
			return row, true
		}
	}
}

// hashID is FNV-1a with the last steps of MurmurHash3 behind it: ids that
// differ in their last digit only would stand side by side without them.
func hashID(id []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, b := range id {
		h = (h ^ uint64(b)) * 1099511628211
	}
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
