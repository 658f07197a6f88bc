package pdfclean

import "io"

// given is the value of a key, or nil where it has none.
func (d *document) given(of dict, key name) any {
	if o := d.at(of[key]); o != word("null") {
		return o
	}
	return nil
}

// refuseResource refuses a resource that draws content which package pdf cannot look
// into: PDFium tells only what a page and its forms draw, so what a tiling pattern holds
// (ISO 32000-1, 8.7.3) could be covered or cut off, and nobody would know. Nor is any
// XObject taken over but images and forms (8.8).
func (d *document) refuseResource(kind name, o any) error {
	of := d.dictAt(o)
	switch subtype := d.given(of, "Subtype"); {
	case kind == "Pattern" && d.given(of, "PatternType") != word("2"):
		return fault("PDF có hình tô bằng hoạ tiết lặp (tiling pattern), trong đó có thể có ảnh hay chữ không nhìn thấy",
			"the PDF fills a shape with a tiling pattern, which may hold pictures or text that are not seen")
	case kind == "XObject" && of != nil && subtype != name("Image") && subtype != name("Form"):
		return damaged()
	}
	return nil
}

// refuseSoftMask refuses a graphics state whose soft mask is drawn by a form of its own
// (ISO 32000-1, 11.6.5.2), into which package pdf cannot look either. The soft mask of
// an image is an image: see masked.
func (d *document) refuseSoftMask(of dict) error {
	m := d.given(of, "SMask")
	if m == nil || m == name("None") || d.given(of, "Subtype") == name("Image") {
		return nil
	}
	return fault("PDF dùng mặt nạ mờ (soft mask), trong đó có thể có ảnh hay chữ không nhìn thấy",
		"the PDF uses a soft mask, which may hold pictures or text that are not seen")
}

// faintest is the least that a soft mask may show of a pixel, of 255: a quarter.
const faintest = 64

// masked refuses an image that a mask hides a part of: whoever takes the mask away sees
// its colours. A stencil and a colour key (ISO 32000-1, 8.9.6) hide by their nature. A
// soft mask may show all; one that is not plainly readable is taken to hide.
func (d *document) masked(s *stream) error {
	hides := fault("PDF có ảnh bị mặt nạ của chính nó che một phần, phần bị che vẫn còn trong tệp",
		"the PDF has a picture of which its own mask hides a part, and what is hidden is still in the file")
	within := d.given(s.dict, "SMaskInData")
	if d.given(s.dict, "Mask") != nil || within != nil && within != word("0") {
		return hides
	}
	soft := d.given(s.dict, "SMask")
	if soft == nil {
		return nil
	}
	mask, ok := soft.(*stream)
	if !ok || d.given(mask.dict, "Subtype") != name("Image") || d.given(mask.dict, "Decode") != nil || d.given(mask.dict, "BitsPerComponent") != word("8") || d.given(mask.dict, "DecodeParms") != nil {
		return hides
	}
	pixels, _, err := d.pixels(mask)
	size, known := d.size(mask, nil)
	if err != nil || !known {
		return hides
	}
	shades, err := io.ReadAll(io.LimitReader(pixels, min(size, maxContent)))
	if err != nil || int64(len(shades)) < size {
		return hides
	}
	for _, shade := range shades {
		if shade < faintest {
			return hides
		}
	}
	return nil
}
