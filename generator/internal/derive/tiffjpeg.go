package derive

import (
	"image"
	"io"
)

// maxTables bounds the tables of a JPEG stream; four of each kind take some 2 KiB.
const maxTables = 64 << 10

// decodeJPEG draws a TIFF page of which each strip or tile is a JPEG stream (Adobe
// Photoshop TIFF technical notes, 2002, "JPEG compression"); colour stays as coarse as it lies there.
func (l *layout) decodeJPEG(s *source, h header) (sh sheet, err error) {
	ink := l.ink(h)
	for i := range l.blocks() {
		x, y, w, ht := l.rect(i)
		part, err := l.jpegBlock(s, h, i, ink)
		switch {
		case err != nil:
			return sheet{}, err
		case l.blocks() == 1 && !l.tiled:
			return part, nil
		case i == 0:
			sh = part.empty(int(l.width), int(l.height))
		}
		if part.gray != sh.gray || part.subX != sh.subX || part.subY != sh.subY || x%int64(max(1, sh.subX)) != 0 || y%int64(max(1, sh.subY)) != 0 {
			return sheet{}, broken("TIFF", "các phần JPEG bên trong không khớp nhau", "the JPEG parts inside do not fit together")
		}
		sh.paste(part, int(x), int(y), int(w), int(ht))
	}
	return sh, nil
}

// openJPEG reads the tables that JPEG streams share, and the header of the first.
func (l *layout) openJPEG(d *directory) error {
	if l.pack != packJPEG {
		return nil
	}
	l.tables, _ = d.raw(tagJPEGTables, maxTables)
	h, err := l.jpegHeader(l.jpegSource(d.src, 0), 0)
	l.jpegNeed = h.need
	return err
}

// ink is what a CMYK page is printed with.
func (l *layout) ink(h header) *inks {
	if l.photo != photoCMYK {
		return nil
	}
	return inksOf(h.profile)
}

// jpegSource is the stream of a block as a file, with the tables that all blocks share.
func (l *layout) jpegSource(s *source, i int64) *source {
	head := []byte{0xff, markSOI}
	if l.photo == photoCMYK { // the decoder asks for it; 0: the channels are what they are
		head = append(head, "\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00"...)
	}
	if n := len(l.tables); n > 4 {
		head = append(head, l.tables[2:n-2]...)
	}
	body := io.NewSectionReader(s, int64(l.offsets[i])+2, max(0, int64(l.counts[i])-2))
	return &source{ctx: s.ctx, r: &joined{head, body}, size: int64(len(head)) + body.Size()}
}

// joined reads head and then body.
type joined struct {
	head []byte
	body io.ReaderAt
}

// ReadAt implements io.ReaderAt.
func (j *joined) ReadAt(p []byte, off int64) (n int, err error) {
	if off < int64(len(j.head)) {
		n = copy(p, j.head[off:])
		off = int64(len(j.head))
	}
	if n == len(p) {
		return n, nil
	}
	m, err := j.body.ReadAt(p[n:], off-int64(len(j.head)))
	return n + m, err
}

// jpegHeader reads that of a block, and holds it against what the page says.
func (l *layout) jpegHeader(src *source, i int64) (header, error) {
	_, _, _, rows := l.rect(i)
	h, err := probeJPEG(src)
	if err != nil {
		return h, err
	}
	h.orientation = 1
	channels := map[uint32]uint32{whiteIsZero: 1, blackIsZero: 1, photoRGB: 3, photoYCbCr: 3, photoCMYK: 4}[l.photo]
	switch {
	case int64(h.Width) != l.blockW || int64(h.Height) < rows || int64(h.Height) > l.blockH:
		return h, lies("TIFF", "phần JPEG bên trong có kích thước khác", "a JPEG part inside has another size")
	case h.gray != (channels == 1) || h.cmyk != (channels == 4):
		return h, broken("TIFF", "phần JPEG bên trong có số kênh màu khác", "a JPEG part inside has another number of channels")
	}
	return h, nil
}

// jpegBlock decodes a block.
func (l *layout) jpegBlock(s *source, h header, i int64, ink *inks) (sheet, error) {
	src := l.jpegSource(s, i)
	bh, err := l.jpegHeader(src, i)
	if err != nil {
		return sheet{}, err
	}
	if bh.need > l.jpegNeed { // which was reserved by the first
		return sheet{}, lies("TIFF", "phần JPEG bên trong cần nhiều bộ nhớ hơn phần đầu", "a JPEG part inside takes more memory than the first")
	}
	img, err := pixels(src, bh)
	if err != nil {
		return sheet{}, err
	}
	bh.inks = ink
	switch m := img.(type) {
	case *image.Gray:
		if l.photo == whiteIsZero {
			invert(m.Pix)
		}
	case *image.CMYK:
		invert(m.Pix) // Photoshop's JPEG files hold the negative, TIFF does not
	case *image.YCbCr:
		if l.photo == photoRGB && !asColours(m) {
			return sheet{}, l.no("nén JPEG RGB có màu thô hơn", "JPEG compression of RGB at several resolutions")
		}
	}
	return newSheet(img, bh), nil
}

// asColours takes three channels for what they are, RGB.
func asColours(m *image.YCbCr) bool {
	if m.SubsampleRatio != image.YCbCrSubsampleRatio444 {
		return false
	}
	for i := range m.Y {
		c := ycc(m.Y[i], m.Cb[i], m.Cr[i])
		m.Y[i], m.Cb[i], m.Cr[i] = c[0], c[1], c[2]
	}
	return true
}

// empty is a sheet of a size with channels like those of s.
func (s sheet) empty(w, h int) sheet {
	if s.gray {
		return blank(w, h, true)
	}
	s.y = newPlane(w, h)
	s.cb = newPlane((w+s.subX-1)/s.subX, (h+s.subY-1)/s.subY)
	s.cr = newPlane(s.cb.w, s.cb.h)
	return s
}

// paste draws w × h pixels of part at a place.
func (s *sheet) paste(part sheet, x, y, w, h int) {
	s.y.paste(part.y, x, y, w, h)
	if !s.gray {
		cw, ch := (w+s.subX-1)/s.subX, (h+s.subY-1)/s.subY
		s.cb.paste(part.cb, x/s.subX, y/s.subY, cw, ch)
		s.cr.paste(part.cr, x/s.subX, y/s.subY, cw, ch)
	}
}

func (p plane) paste(part plane, x, y, w, h int) {
	for i := range min(h, part.h, p.h-y) {
		copy(p.row(y + i)[x:], part.row(i)[:min(w, part.w)])
	}
}
