package recording

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// unseen is how much of a track its edit list may leave out: the beginning of sound that only sets
// the decoder going, and pictures that others were made from, are some hundredths of a second.
const unseen = time.Second / 2

// maxSpans is how many stretches of time a track may have, one for each picture
// where they do not stand in the order in which they are shown: of a film of 23 h at 25 a second. So many
// take 32 MiB.
const maxSpans = 1 << 21

// span is a stretch of the time of a track, in its units.
type span struct{ from, to int64 }

// times refuses a track of which a part goes out that is never played (ISO/IEC 14496-12, sections
// 8.6.1 and 8.6.6), and takes note of how long what is played lasts.
func (m *mp4File) times(samples int) {
	spans, length := m.spans(samples)
	e := m.edits()
	if m.fault != nil || len(spans) == 0 {
		return
	}
	t := m.track
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	from, to := spans[0].from, int64(math.MinInt64)
	for _, s := range spans {
		to = max(to, s.to)
	}
	if e.given {
		from = e.from
	}
	if e.length > 0 {
		to = min(to, from+e.length)
	}
	t.length = max(0, to-from)
	if t.aac {
		m.sound.skip, m.sound.silent = seconds(from-spans[0].from, t.rate), seconds(e.silent, m.rate)
	}
	m.r.Duration = max(m.r.Duration, seconds(e.silent, m.rate)+seconds(t.length, t.rate))
	if left := seconds(length-covered(spans, from, to), t.rate); left > unseen {
		m.fail(cutAway(MP4, left, t.kind == "vide"))
	}
}

// covered is how long some stretches are that lie in another, each moment counted once.
func covered(spans []span, from, to int64) (n int64) {
	for _, s := range spans {
		s.from, s.to = max(s.from, from), min(s.to, to)
		if s.to > s.from {
			n += s.to - s.from
			from = s.to
		}
	}
	return n
}

// spans are the stretches of time in which the samples of a track are shown, and how long all samples are.
func (m *mp4File) spans(samples int) (out []span, length int64) {
	rows, offsets, t := m.table("stts", 8), m.table("ctts", 8), m.track
	if t.rate <= 0 {
		m.fail(broken(MP4, "thang thời gian không đúng", "its timescale is wrong"))
		return nil, 0
	}
	most := int64(longest/time.Second) * t.rate
	shift, same := int64(0), int64(math.MaxInt64) // of the times at which samples are shown, for so many
	if len(offsets) > 0 {
		same, out = 0, make([]span, 0, min(len(offsets)/8, maxSpans))
	}
	left := int64(samples)
	for ; len(rows) > 0; rows = rows[8:] {
		count, each := int64(be.Uint32(rows)), int64(be.Uint32(rows[4:]))
		if left -= count; left < 0 || each > 0 && count > (most-length)/each {
			m.fail(wrongTimes)
			return nil, 0
		}
		if each == 0 && (count > 1 || left > 0) {
			m.fail(cutAway(MP4, 0, t.kind == "vide"))
			return nil, 0
		}
		for count > 0 {
			for ; same == 0 && len(offsets) > 0; offsets = offsets[8:] {
				same, shift = int64(be.Uint32(offsets)), int64(int32(be.Uint32(offsets[4:])))
			}
			n := min(count, same)
			switch {
			case n == 0:
				m.fail(wrongTimes)
				return nil, 0
			case len(out) >= maxSpans:
				m.fail(tooLarge("bảng thời gian của tệp MP4", "the table of times of the MP4 file"))
				return nil, 0
			}
			s := span{length + shift, length + shift + n*each}
			if i := len(out) - 1; i >= 0 && out[i].to == s.from {
				out[i].to = s.to
			} else {
				out = append(out, s)
			}
			length, count, same = length+n*each, count-n, same-n
		}
	}
	if left > 0 {
		m.fail(wrongTimes)
	}
	return out, length
}

var wrongTimes = broken(MP4, "bảng thời gian không khớp số mẫu", "its table of times does not agree with the number of samples")

// mp4Edit is what an edit list plays.
type mp4Edit struct {
	given        bool
	silent       int64 // how long nothing is played before, in units of the film
	from, length int64 // in units of the track; length 0 is all the rest
}

// edits reads an edit list that plays one stretch of its track.
func (m *mp4File) edits() (e mp4Edit) {
	b := m.track.tables["elst"]
	version, _ := m.s.number(b.body(), 1)
	wide := 4 + 4*int64(version&1)
	rows := m.table("elst", 2*wide+4)
	for ; len(rows) > 0; rows = rows[2*wide+4:] {
		length, from := number(rows[:wide]), number(rows[wide:2*wide])
		if wide == 4 {
			from = int64(int32(from))
		}
		most := int64(longest / time.Second)
		switch rate := be.Uint32(rows[2*wide:]); {
		case m.rate <= 0, m.track.rate <= 0, length < 0, (e.silent+length)/m.rate > most, from < -1, from/m.track.rate > most:
			m.fail(broken(MP4, "danh sách cắt không đúng", "its edit list is wrong"))
			return e
		case e.given:
			m.fail(hidden("danh sách cắt (edit list) của tệp MP4 ghép nhiều đoạn; phần nằm giữa ra ngoài mà không ai thấy",
				"the edit list of the MP4 file joins several stretches; what lies between goes out unseen", anew(m.track.kind == "vide")))
			return e
		case from == -1:
			e.silent += length
		case rate != 1<<16:
			m.fail(hidden("danh sách cắt (edit list) của tệp MP4 phát nhanh chậm khác thường; có phần ra ngoài mà không ai thấy",
				"the edit list of the MP4 file plays at another speed; some of it goes out unseen", anew(m.track.kind == "vide")))
			return e
		default:
			units := length / m.rate * m.track.rate
			e.given, e.from, e.length = true, from, units+int64(float64(length%m.rate)*float64(m.track.rate)/float64(m.rate))
		}
	}
	if e.silent > 0 && !e.given {
		m.fail(cutAway(MP4, 0, m.track.kind == "vide"))
	}
	return e
}
