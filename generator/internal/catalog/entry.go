package catalog

import (
	"encoding/binary"
	"slices"
	"unicode/utf8"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/record"
)

// Kind is what an entry stands for.
type Kind uint8

// The kinds.
const (
	Unit Kind = iota
	Repository
	Agent
	Place
	Event
	Subject
	Exhibition
	Clearance // never visible: its id is taken, nothing more
	kindCount
)

// Flag is a yes-or-no property of an entry.
type Flag uint8

// The flags.
const (
	HasImages    Flag = 1 << iota // it has page images that may be shown
	Special                       // it is of special value
	Supplied                      // its title was given by the archivist
	Placeholder                   // its images are illustrations, not originals
	Commemorated                  // the event is kept on another day
	HasObjects                    // it has digital objects of which something may be shown
)

// entry is the summary of one record. It holds no pointer, so the garbage
// collector never looks inside the table.
//
//	text                         4   where its strings stand in the arena
//	parent, fonds, end          12   rows
//	file, line, offset, length  16   where the record stands, to read it again
//	key                          8   date, packed for sorting
//	inherited                    4   row of the table of inherited values
//	kept                         4   where the record waits, decoded
//	facts, then verdict         20   12 + 8
//	sum                         16   of the text it was read from
//	form                         2
//	kind, level, flags           3
//	parentLine, parentCol        2   where the parent is named, and 1 of padding
//	                            --
//	                            92   bytes, held by TestEntrySize
//
// The strings take about 180 bytes more for a record with a title of 90
// characters in one language, a link to an authority 12 bytes, and the tables
// that lead to a row 20: 4 the order of ids, 8 to 16 their index, 4 the place
// where the row was read.
type entry struct {
	text      uint32
	parent    int32
	fonds     int32
	end       int32
	file      uint32
	line      int32
	offset    int32
	length    int32
	key       edtf.Key
	inherited uint32
	kept      record.Kept
	facts     access.Facts
	verdict   access.Verdict
	sum       record.Sum
	form      uint16
	kind      Kind
	level     uint8
	flags     Flag

	parentLine uint8 // below the first line of the record; both 0 where too far away
	parentCol  uint8
}

// pictureFlags are about images. What is not cleared of a record is not told
// by a mark on what is.
const pictureFlags = HasImages | Placeholder

// withhold takes off the marks that tell what is not cleared.
func (e *entry) withhold() {
	if !e.verdict.Parts.Has(imageParts) {
		e.flags &^= pictureFlags
	}
	if e.verdict.Parts&^access.Metadata == 0 {
		e.flags &^= HasObjects
	}
}

// noLevel is the level of a unit whose level is not in the vocabulary.
const noLevel = 255

// arena holds strings in chunks that never move. An address is the number of
// the chunk and the place in it; a blob never crosses two chunks.
type arena struct{ chunks [][]byte }

const (
	chunkBits = 20
	maxChunks = 1 << (32 - chunkBits)
)

// fork returns an arena that holds the same strings and to which others can be
// added without a reader of this one noticing. ok is false when the numbers of
// chunks are used up.
func (a *arena) fork() (out arena, ok bool) {
	return arena{chunks: append(slices.Clip(a.chunks), nil)}, len(a.chunks) < maxChunks
}

// add stores strings as one blob and returns its address. A string longer
// than maxString is cut: such a title is no title.
func (a *arena) add(parts ...string) uint32 {
	n := 0
	for _, p := range parts {
		n += binary.MaxVarintLen32 + min(len(p), maxString)
	}
	if last := len(a.chunks) - 1; last < 0 || len(a.chunks[last])+n > 1<<chunkBits {
		a.chunks = append(a.chunks, make([]byte, 0, 1<<chunkBits))
	}
	last := len(a.chunks) - 1
	at := uint32(last<<chunkBits | len(a.chunks[last]))
	for _, p := range parts {
		p = cut(p)
		a.chunks[last] = binary.AppendUvarint(a.chunks[last], uint64(len(p)))
		a.chunks[last] = append(a.chunks[last], p...)
	}
	return at
}

// maxString is the longest string the arena keeps, in bytes.
const maxString = 1 << 14

// cut shortens a string to maxString bytes, never inside a character.
func cut(s string) string {
	if len(s) <= maxString {
		return s
	}
	n := maxString
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// bytes returns string n of a blob. The slice must not be changed.
func (a *arena) bytes(at uint32, n int) []byte {
	chunk := a.chunks[at>>chunkBits]
	rest := chunk[at&(1<<chunkBits-1):]
	for {
		size, w := binary.Uvarint(rest)
		rest = rest[w:]
		if n == 0 {
			return rest[:size]
		}
		rest = rest[size:]
		n--
	}
}

// The strings of an entry, in order. The titles follow, one per language.
const (
	textID        = iota
	textReference // of an event, the day it is kept on
	textDate      // EDTF
	textTitle
)
