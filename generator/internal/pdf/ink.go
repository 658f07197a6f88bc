package pdf

// inkUnseen reports whether a character that is no letter and no digit, by what its font
// says of it, draws something where the page looks the same without any text. A font may
// call letters blanks. It is asked behind seen, which leaves nothing active.
func (t *text) inkUnseen(leaves []leaf) (bool, error) {
	var dark []box
	for _, b := range t.blanks {
		if b.area() > 0 && t.part(t.lit, b) == 0 {
			dark = append(dark, b)
		}
	}
	for _, c := range t.chars {
		if !c.word && t.part(t.lit, c.box) == 0 {
			dark = append(dark, c.box)
		}
	}
	if len(dark) == 0 {
		return false, nil
	}
	var painted []leaf
	for _, l := range leaves {
		if l.text && !l.invisible {
			painted = append(painted, l)
		}
	}
	if err := t.activate(painted, true); err != nil {
		return false, err
	}
	const grey = 128 // text is not as black as one ground and as grey as the other
	ink := make([]bool, t.w*t.h)
	for _, shade := range []byte{0, grey} {
		err := t.before(uint(shade), func(pix []byte) {
			for i := range ink {
				ink[i] = ink[i] || departs(pix[4*i:], shade)
			}
		})
		if err != nil {
			return false, err
		}
	}
	for _, b := range dark {
		if t.part(ink, b) > 0 {
			return true, nil
		}
	}
	return false, t.activate(painted, false)
}
