package generator_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"sync"

	"vitrine/generator/internal/placard"
)

// Every picture of the leak test is painted in two hues that no other picture
// of its archive has together. They survive scaling, cropping, turning and
// compression, so that whatever is shown tells which picture it is of.

// paint is two hues by number, the smaller first.
type paint struct{ a, b int }

const (
	hues    = 24
	apart   = 4  // the least difference of the two
	patches = 8  // across a picture: colour has half the size of light in the least of them
	thumbPx = 96 // of a side of an embedded thumbnail
	noHue   = -1 // of what is too pale or dark

	mostPaints = 120 // of an archive; there are some 190 pairs of hues
)

// painted is whose picture has a paint.
type painted struct {
	public bool
	maxPx  int // the longest side at which it may be shown
	where  string
}

// newPaint is one that no picture of the archive has yet.
func (a *leakArchive) newPaint(of painted) paint {
	for {
		p := paint{a.r.IntN(hues), a.r.IntN(hues)}
		if p.b-p.a >= apart && p.b-p.a <= hues-apart && a.paints[p] == nil {
			a.paints[p] = &of
			return p
		}
	}
}

// paintMaster paints a picture of a record, or one that is nobody's, with
// canaries in all metadata. Its thumbnail shows something that never goes out. It
// is shown if pictures are, and so are the parts that it stands beside.
func (a *leakArchive) paintMaster(u *leakUnit, ending string, beside ...string) []byte {
	of := painted{where: "a master"}
	if u != nil {
		of.public, of.maxPx = u.shows.has("images"), u.fate.maxPx()
		for _, part := range beside {
			of.public = of.public && u.shows.has(part)
		}
	}
	w, h := 360, 270
	if a.r.IntN(8) == 0 {
		w, h = 700, 500
	}
	word := func(where string) string { return a.canaries.word(canary{where: where, part: secretPart}) }
	thumb := paintedFile(a.newPaint(painted{where: "an embedded thumbnail"}), thumbPx, thumbPx, ".jpg")
	data := paintedFile(a.newPaint(of), w, h, ending)
	if ending == ".png" {
		return withPNGText(data, word, thumb)
	}
	return append(withSegments(data, word, thumb), word("behind the end")...)
}

// drawn keeps the files without metadata: painting takes long.
var drawn sync.Map

type drawing struct {
	p      paint
	w, h   int
	ending string
}

// paintedFile is a picture in the paint.
func paintedFile(p paint, w, h int, ending string) []byte {
	key := drawing{p, w, h, ending}
	if data, ok := drawn.Load(key); ok {
		return bytes.Clone(data.([]byte))
	}
	var b bytes.Buffer
	var err error
	if ending == ".png" {
		err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, p.picture(w, h))
	} else {
		err = jpeg.Encode(&b, p.picture(w, h), &jpeg.Options{Quality: 92})
	}
	if err != nil {
		panic(err) // a bytes.Buffer never fails
	}
	drawn.Store(key, b.Bytes())
	return bytes.Clone(b.Bytes())
}

// picture is patches of the two hues, light and dark.
func (p paint) picture(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	size := max(w/patches, 8)
	for at := range (w/size + 1) * (h/size + 1) {
		x, y := at%(w/size+1), at/(w/size+1)
		hue := p.a
		if (x+y)%2 == 1 {
			hue = p.b
		}
		colour := image.NewUniform(shade(hue, 0.6+0.1*float64((7*x+13*y)%5)))
		draw.Draw(img, image.Rect(x*size, y*size, (x+1)*size, (y+1)*size), colour, image.Point{}, draw.Src)
	}
	return img
}

// shade is a hue of full strength and some brightness, from the middle of its
// part of the circle.
func shade(hue int, value float64) color.RGBA {
	channel := func(n float64) uint8 {
		k := math.Mod(n+(float64(hue)+0.5)*6/hues, 6)
		return uint8(255 * value * (1 - 0.9*max(0, min(k, 4-k, 1))))
	}
	return color.RGBA{channel(5), channel(3), channel(1), 255}
}

// hueOf is the hue of a colour by number, noHue where it is too pale or dark.
func hueOf(c color.Color) int {
	r, g, b, _ := c.RGBA()
	hi, lo := max(r, g, b), min(r, g, b)
	if hi < 0x3000 || float64(hi-lo) < 0.45*float64(hi) {
		return noHue
	}
	span := float64(hi - lo)
	var at float64
	switch hi {
	case r:
		at = math.Mod((float64(g)-float64(b))/span+6, 6)
	case g:
		at = (float64(b)-float64(r))/span + 2
	default:
		at = (float64(r)-float64(g))/span + 4
	}
	return int(at*hues/6) % hues
}

// paintOf is the paint of a picture; ok is false where it is not one of ours.
func paintOf(img image.Image) (p paint, ok bool) {
	var count [hues]int
	total, step := 0, max(1, img.Bounds().Dx()/80)
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y += step {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x += step {
			total++
			if h := hueOf(img.At(x, y)); h != noHue {
				count[h]++
			}
		}
	}
	first := most(count, noHue)
	second := most(count, first)
	p = paint{min(first, second), max(first, second)}
	return p, count[second] > total/10 && count[first]+count[second] > total/2
}

// sheetOn is the sheet that a placard shows at its right: what is painted there. It is nil
// where there is none.
func sheetOn(img image.Image) image.Image {
	var box image.Rectangle
	for y := range placard.Height {
		for x := placard.Width / 2; x < placard.Width; x++ {
			if hueOf(img.At(x, y)) != noHue {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if box.Empty() {
		return nil
	}
	if inner := box.Inset(4); !inner.Empty() { // colour of JPEG bleeds over an edge by some pixels
		box = inner
	}
	return img.(interface {
		SubImage(image.Rectangle) image.Image
	}).SubImage(box)
}

// most is the hue that is seen most, but for one.
func most(count [hues]int, but int) int {
	best := noHue
	for h, n := range count {
		if h != but && (best == noHue || n > count[best]) {
			best = h
		}
	}
	return best
}

// withSegments puts into a JPEG file what cameras and programs put there.
func withSegments(file []byte, word func(string) string, thumb []byte) []byte {
	utf16 := func(s string) (out []byte) {
		for i := range len(s) {
			out = append(out, s[i], 0)
		}
		return out
	}
	segment := func(marker byte, body ...[]byte) []byte {
		whole := bytes.Join(body, nil)
		return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(whole)+2)), whole...)
	}
	caption := word("IPTC")
	iim := append([]byte{0x1c, 2, 120, 0, byte(len(caption))}, caption...)
	if len(iim)%2 == 1 {
		iim = append(iim, 0)
	}
	return bytes.Join([][]byte{file[:2],
		segment(0xe1, []byte("Exif\x00\x00"), exif(word, utf16, thumb)),
		segment(0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta xmlns:x='adobe:ns:meta/'>"+word("XMP")+"</x:xmpmeta>")),
		segment(0xed, []byte("Photoshop 3.0\x008BIM\x04\x04\x00\x00"), binary.BigEndian.AppendUint32(nil, uint32(len(iim))), iim),
		segment(0xe2, []byte("ICC_PROFILE\x00\x01\x01"), profile(word("colour profile"))),
		segment(0xfe, []byte(word("JPEG comment"))), file[2:]}, nil)
}

// withPNGText puts into a PNG file what programs put there.
func withPNGText(file []byte, word func(string) string, thumb []byte) []byte {
	chunk := func(kind string, body string) []byte {
		c := append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), kind+body...)
		return binary.BigEndian.AppendUint32(c, crc32.ChecksumIEEE(c[4:]))
	}
	const headEnd = 33 // of the signature and IHDR
	return bytes.Join([][]byte{file[:headEnd],
		chunk("tEXt", "Comment\x00"+word("PNG tEXt")), chunk("zTXt", "Author\x00\x00"+deflated(word("PNG zTXt"))),
		chunk("iTXt", "XML:com.adobe.xmp\x00\x01\x00\x00\x00"+deflated(word("PNG iTXt"))),
		chunk("iCCP", "profile\x00\x00"+deflated(string(profile(word("colour profile"))))),
		chunk("eXIf", string(exif(word, func(s string) []byte { return []byte(s) }, thumb))), file[headEnd:]}, nil)
}

func deflated(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write([]byte(s)) // a bytes.Buffer never fails
	_ = w.Close()
	return b.String()
}

// exif is a TIFF block with descriptions, a place and a thumbnail.
func exif(word func(string) string, utf16 func(string) []byte, thumb []byte) []byte {
	const ascii, octets, short, long, rational, undefined = 2, 1, 3, 4, 5, 7
	le := binary.LittleEndian
	number := func(n int) []byte { return le.AppendUint32(nil, uint32(n)) }
	degrees := le.AppendUint32(le.AppendUint32(number(21), 1), 2)
	degrees = append(degrees, bytes.Repeat(number(1), 3)...)
	described, artist, comment := word("EXIF description")+"\x00", word("EXIF artist")+"\x00", utf16(word("EXIF comment"))
	main := func(gps, next int) []byte {
		return directory(8, next, []tag{{0x010e, ascii, []byte(described)}, {0x013b, ascii, []byte(artist)}, {0x8825, long, number(gps)}, {0x9c9c, octets, comment}})
	}
	at := 8 + len(main(0, 0))
	place := directory(at, 0, []tag{{1, ascii, []byte("N\x00")}, {2, rational, degrees}, {0x1c, undefined, []byte(word("EXIF GPS area"))}})
	small := func(start int) []byte {
		return directory(at+len(place), 0, []tag{{0x0103, short, number(6)}, {0x0201, long, number(start)}, {0x0202, long, number(len(thumb))}})
	}
	start := at + len(place) + len(small(0))
	return bytes.Join([][]byte{[]byte("II*\x00"), number(8), main(at, at+len(place)), place, small(start), thumb}, nil)
}

// tag is an entry of a TIFF directory.
type tag struct {
	id, kind uint16
	data     []byte
}

// directory is a TIFF directory that begins at an offset, with its values
// behind it.
func directory(at, next int, tags []tag) []byte {
	le := binary.LittleEndian
	size := map[uint16]int{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}
	out := le.AppendUint16(nil, uint16(len(tags)))
	behind := at + 2 + 12*len(tags) + 4
	var values []byte
	for _, t := range tags {
		count := len(t.data) / size[t.kind]
		if t.kind == 3 {
			count = 1
		}
		out = le.AppendUint32(le.AppendUint16(le.AppendUint16(out, t.id), t.kind), uint32(count))
		if len(t.data) <= 4 {
			out = append(out, append(t.data, 0, 0, 0, 0)[:4]...)
			continue
		}
		out = le.AppendUint32(out, uint32(behind+len(values)))
		values = append(values, t.data...)
	}
	return append(le.AppendUint32(out, uint32(next)), values...)
}

// profile is a colour profile that is well formed as far as it is read, with a
// word in its description.
func profile(word string) []byte {
	p := make([]byte, 128+4+12)
	copy(p[12:], "scnrRGB XYZ ")
	copy(p[36:], "acsp")
	p[8] = 2
	binary.BigEndian.PutUint32(p[128:], 1)
	copy(p[132:], "desc")
	binary.BigEndian.PutUint32(p[136:], uint32(len(p)))
	text := "desc\x00\x00\x00\x00" + string(binary.BigEndian.AppendUint32(nil, uint32(len(word)+1))) + word + "\x00"
	binary.BigEndian.PutUint32(p[140:], uint32(len(text)))
	p = append(p, text...)
	binary.BigEndian.PutUint32(p, uint32(len(p)))
	return p
}
