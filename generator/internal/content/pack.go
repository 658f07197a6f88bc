package content

import (
	"vitrine/generator/internal/pack"
	"vitrine/generator/internal/record"
)

// Pack is a unit in its binary form, about a tenth of the memory that it takes as a struct. It is for whoever holds
// many of them within a run.
func Pack(u *record.Unit) string {
	room := entryBuffers.Get().(*[]byte)
	defer entryBuffers.Put(room)
	*room = putUnit((*room)[:0], u)
	return string(*room)
}

// Unpack is the unit that was packed. Its texts share the memory of s.
func Unpack(s string) *record.Unit {
	return takeUnit(&pack.Reader[string]{Rest: s})
}
