package recording

// bitReader reads numbers of some bits, the highest first.
type bitReader struct {
	b    []byte
	at   int  // bits read
	over bool // more were asked for than there are
}

func (r *bitReader) bits(n int) (v uint32) {
	for range n {
		if r.at >= 8*len(r.b) {
			r.over = true
			return 0
		}
		v = v<<1 | uint32(r.b[r.at/8]>>(7-r.at%8)&1)
		r.at++
	}
	return v
}

func (r *bitReader) flag() bool { return r.bits(1) == 1 }

// golomb is a number of the length that its leading zeros say, ue(v) of ITU-T H.264, section 9.1.
func (r *bitReader) golomb() uint32 {
	zeros := 0
	for !r.over && !r.flag() {
		zeros++
	}
	if zeros > 32 {
		r.over = true
		return 0
	}
	return uint32(uint64(1)<<zeros - 1 + uint64(r.bits(zeros)))
}

func (r *bitReader) golombs(n int) {
	for range n {
		r.golomb()
	}
}
