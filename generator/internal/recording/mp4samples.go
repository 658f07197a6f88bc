package recording

import (
	"cmp"
	"slices"
)

// samples notes where in the file the samples of a track lie.
func (m *mp4File) samples() {
	sizes, chunks, per := m.sampleSizes(), m.chunks(), m.table("stsc", 12)
	m.table("stss", 4)
	m.times(sizes.count)
	if m.fault != nil {
		return
	}
	if !inOrder(per) {
		m.fail(broken(MP4, "bảng mẫu không đúng", "its table of samples is wrong"))
		return
	}
	if m.film != nil {
		m.track.look = nil // who asks for the pictures has looked into them
	}
	if m.track.look != nil { // one at a time would leave the memory full of what was outgrown
		m.r.edits = slices.Grow(m.r.edits, min(sizes.count, maxEdits))
	}
	m.runs = slices.Grow(m.runs, len(chunks))
	next, run := 0, 0 // of sizes, of per
	for i, at := range chunks {
		for run+1 < len(per)/12 && int(be.Uint32(per[12*(run+1):])) <= i+1 {
			run++
		}
		if len(per) == 0 {
			break
		}
		last := min(next+int(be.Uint32(per[12*run+4:])), sizes.count)
		m.runs = append(m.runs, byteRange{at, sizes.sum(next, last)})
		if m.track.look != nil && !m.lookInto(at, sizes, next, last) {
			m.fail(broken(MP4, "các đơn vị trong một hình không khớp kích thước", "the units of a picture do not fit its size"))
			return
		}
		if m.track.aac {
			m.sound.chunk(at, sizes, next, last)
		}
		if m.film != nil && m.track.kind == "vide" {
			m.film.chunk(at, sizes, next, last)
		}
		next = last
	}
	if next < sizes.count {
		m.fail(broken(MP4, "bảng mẫu không khớp nhau", "its tables of samples do not agree"))
	}
}

// lookInto goes through the samples of a chunk.
func (m *mp4File) lookInto(at int64, sizes sampleSizes, from, to int) bool {
	for i := from; i < to; i++ {
		n := sizes.sum(i, i+1)
		if n > m.s.size-at || !m.track.look(at, at+n) {
			return false
		}
		at += n
	}
	return true
}

// inOrder reports whether the rows of stsc follow each other from the first
// chunk on, and all name the one sample entry there is.
func inOrder(per []byte) bool {
	for i, before := 0, uint32(0); i < len(per); i += 12 {
		first := be.Uint32(per[i:])
		if first <= before || i == 0 && first != 1 || be.Uint32(per[i+8:]) != 1 {
			return false
		}
		before = first
	}
	return true
}

// table is what a box of rows holds behind its head, so many bytes a row; nil
// where there is none.
func (m *mp4File) table(kind string, row int64) []byte {
	b, ok := m.track.tables[kind]
	if !ok {
		return nil
	}
	n, there := m.s.number(b.body()+4, 4)
	if !there || int64(n)*row > b.size-b.head-8 {
		m.fail(short(MP4))
		return nil
	}
	m.blankBehind(b, 8+int64(n)*row)
	return append([]byte(nil), m.s.bytes(b.body()+8, int64(n)*row)...)
}

// chunks are the offsets of the chunks of a track.
func (m *mp4File) chunks() (out []int64) {
	wide := int64(4)
	rows := m.table("stco", wide)
	if _, ok := m.track.tables["co64"]; ok {
		wide = 8
		rows = m.table("co64", wide)
	}
	out = make([]int64, 0, int64(len(rows))/wide)
	for i := int64(0); i < int64(len(rows)); i += wide {
		at := number(rows[i : i+wide])
		if at < 0 || at > m.s.size {
			m.fail(short(MP4))
			return nil
		}
		out = append(out, at)
	}
	return out
}

// sampleSizes are the sizes in bytes of the samples of a track.
type sampleSizes struct {
	count int
	same  int64 // of all, where rows is nil
	rows  []byte
	bits  int // of one of rows
}

func (z sampleSizes) sum(from, to int) (n int64) {
	if z.rows == nil {
		return z.same * int64(to-from)
	}
	wide := z.bits / 8
	for i := from; i < to; i++ {
		if z.bits == 4 {
			n += int64(z.rows[i/2] >> (4 * (1 - i%2)) & 15)
		} else {
			n += number(z.rows[i*wide : (i+1)*wide])
		}
	}
	return n
}

// sampleSizes reads stsz or stz2 (ISO/IEC 14496-12, section 8.7.3).
func (m *mp4File) sampleSizes() (z sampleSizes) {
	b, ok := m.track.tables["stsz"]
	z.bits = 32
	if !ok {
		b, ok = m.track.tables["stz2"]
		z.bits = 0
	}
	head := m.s.bytes(b.body(), 12)
	if !ok || head == nil {
		m.fail(short(MP4))
		return z
	}
	z.count = int(be.Uint32(head[8:]))
	if z.bits == 0 {
		if z.bits = int(head[7]); z.bits != 4 && z.bits != 8 && z.bits != 16 {
			m.fail(broken(MP4, "bảng mẫu không đúng", "its table of samples is wrong"))
			return z
		}
	} else if z.same = int64(be.Uint32(head[4:])); z.same > 0 {
		if int64(z.count) > m.s.size/z.same {
			m.fail(short(MP4))
		}
		m.blankBehind(b, 12)
		return z
	}
	n := (int64(z.count)*int64(z.bits) + 7) / 8
	if n > b.size-b.head-12 {
		m.fail(short(MP4))
		z.count = 0
		return z
	}
	m.blankBehind(b, 12+n)
	z.rows = append([]byte{}, m.s.bytes(b.body()+12, n)...)
	return z
}

// blankUnused blanks what lies in the media data and belongs to no track that
// is kept: subtitles, chapters, places of a camera, what an editor left.
func (m *mp4File) blankUnused(data []box) *Error {
	slices.SortFunc(m.runs, func(a, b byteRange) int { return cmp.Compare(a.at, b.at) })
	runs := m.runs
	for _, b := range data {
		at := b.body()
		for ; len(runs) > 0 && runs[0].at < b.end(); runs = runs[1:] {
			run := runs[0]
			if run.at < b.body() || run.n > b.end()-run.at {
				return short(MP4)
			}
			m.r.blank(at, run.at-at)
			at = max(at, run.at+run.n)
		}
		m.r.blank(at, b.end()-at)
	}
	if len(runs) > 0 {
		return short(MP4)
	}
	return nil
}
