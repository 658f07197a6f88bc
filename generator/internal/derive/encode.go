package derive

// drawn is the sheet, upright, at the size of the derivative.
func (p *pyramid) drawn(h header, width int) sheet {
	w, ht := width, heightAt(h.Info, width)
	if h.orientation >= 5 {
		w, ht = ht, w
	}
	s, sx, sy := p.near(w, ht)
	s.y = s.y.scaled(w, ht, sx, sy).oriented(h.orientation)
	if !s.gray {
		s.cb = s.cb.scaled((w+1)/2, (ht+1)/2, sx, sy).oriented(h.orientation)
		s.cr = s.cr.scaled((w+1)/2, (ht+1)/2, sx, sy).oriented(h.orientation)
	}
	return s
}

// encode makes a JPEG file that holds a paired sheet, its colour profile and
// nothing else. The file must not be larger than a side of 65,535 pixels allows.
func encode(s sheet, profile []byte, quality int) []byte {
	guess := s.y.w*s.y.h/4 + len(profile) + 1<<10
	return jpegWriterFor(quality, s.gray).write(make([]byte, 0, guess), segments(fitting(profile, s.gray)), s)
}
