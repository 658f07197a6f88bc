package derive

import (
	"encoding/binary"

	"vitrine/generator/iiif"
)

// Tags and values of TIFF 6.0 that decide how pixels lie in the file.
const (
	tagSubfile      = 254
	tagWidth        = 256
	tagHeight       = 257
	tagBits         = 258
	tagCompression  = 259
	tagPhotometric  = 262
	tagFillOrder    = 266
	tagStripOffsets = 273
	tagSamples      = 277
	tagRowsPerStrip = 278
	tagStripCounts  = 279
	tagPlanar       = 284
	tagInkSet       = 332
	tagJPEGTables   = 347
	tagT4Options    = 292
	tagPredictor    = 317
	tagColorMap     = 320
	tagTileWidth    = 322
	tagTileHeight   = 323
	tagTileOffsets  = 324
	tagTileCounts   = 325
	tagExtraSamples = 338
	tagSampleFormat = 339
	tagICC          = 34675

	packNone       = 1
	packG3         = 3
	packG4         = 4
	packLZW        = 5
	packJPEGOld    = 6
	packJPEG       = 7
	packDeflate    = 8
	packDeflateOld = 32946
	packBits       = 32773

	whiteIsZero = 0
	blackIsZero = 1
	photoRGB    = 2
	photoColor  = 3
	photoCMYK   = 5
	photoYCbCr  = 6
	photoLab    = 8
)

// MaxPages is how many pages of a master are shown at most: all of them stand on one
// page of the site.
const MaxPages = 2000

// maxDirectories bounds the walk through a chain of directories.
const maxDirectories = 2*MaxPages + 1

// layout says where the pixels of a TIFF page lie: in strips or tiles ("blocks").
type layout struct {
	pack, photo, bits, samples uint32
	width, height              int64 // of the image
	blockW, blockH             int64
	tiled                      bool
	planar                     bool // each channel has blocks of its own
	predicted, reversed        bool // differences of samples; the bits of a byte, from the lowest
	severalPages               bool
	order                      binary.ByteOrder
	alpha                      transparency
	colours                    [][3]uint8
	offsets, counts            []uint32
	tables                     []byte // that all JPEG streams share
	jpegNeed                   int64  // memory for one of them
}

// probeTIFF reads the directories of all pages.
func probeTIFF(s *source) (header, error) {
	h, d, err := probeTIFFPage(s)
	if err != nil {
		return h, err
	}
	if h.dirs, err = directories(d); err != nil || len(h.dirs) == 1 {
		return h, err
	}
	if h.Pages = len(h.dirs); h.Pages > MaxPages {
		return h, tooManyPages(h.Pages)
	}
	first := h.turned()
	h.Sizes = []iiif.Size{{Width: first.Width, Height: first.Height}}
	for i := 1; i < len(h.dirs); i++ {
		_, p, err := h.page(s, i)
		if err != nil {
			return h, onPage(err, i, h.Info)
		}
		h.Sizes = append(h.Sizes, iiif.Size{Width: p.Width, Height: p.Height})
	}
	return h, nil
}

// page is the source and header of a page, from 0, as of a file by itself.
func (h header) page(s *source, i int) (*source, header, error) {
	if i == 0 {
		h.Info = h.Info.Page(0)
		return s, h, nil
	}
	s = s.opening(h.dirs[i])
	p, _, err := probeTIFFPage(s)
	return s, p.turned(), err
}

// probeTIFFPage reads the first page, and hands on its directory.
func probeTIFFPage(s *source) (header, *directory, error) {
	h := header{Info: Info{Format: "tiff"}, orientation: 1}
	d, ok := firstDirectory(s)
	if !ok {
		return h, nil, noDirectory()
	}
	l := &layout{width: int64(d.number(tagWidth, 0)), height: int64(d.number(tagHeight, 0)), order: d.order, severalPages: d.next != 0}
	switch {
	case l.width == 0 || l.height == 0:
		return h, nil, lies("TIFF", "một cạnh bằng 0 hoặc không khai", "one side is 0 or missing")
	case l.width*l.height > 1<<40 || l.width > 1<<30 || l.height > 1<<30:
		return h, nil, tooFewBytes("TIFF", int(l.width), int(l.height))
	}
	h.Width, h.Height, h.blocks = int(l.width), int(l.height), l
	h.orientation = int(d.number(tagOrientation, 1))
	h.profile, _ = d.raw(tagICC, maxProfile)
	for _, check := range []func(*directory) error{l.readable, l.cutUp, l.locate, l.openJPEG} {
		if err := check(d); err != nil {
			return h, nil, err
		}
	}
	h.gray, h.cmyk = l.photo <= blackIsZero, l.photo == photoCMYK
	h.need = l.need()
	return h, d, nil
}

// readable refuses the varieties that are not read, or would silently come out wrong.
func (l *layout) readable(d *directory) error {
	l.pack, l.photo = d.number(tagCompression, packNone), d.number(tagPhotometric, 1<<16)
	bits := d.ints(tagBits, 8)
	if len(bits) == 0 {
		bits = []uint32{1}
	}
	l.bits, l.samples = bits[0], d.number(tagSamples, uint32(len(bits)))
	l.planar = l.samples > 1 && d.number(tagPlanar, 1) == 2
	l.reversed, l.predicted = d.number(tagFillOrder, 1) == 2, d.number(tagPredictor, 1) == 2 && l.pack != packJPEG
	switch l.pack {
	case packNone, packG3, packG4, packLZW, packDeflate, packDeflateOld, packBits, packJPEG:
	case packJPEGOld:
		return l.no("nén JPEG kiểu cũ bên trong", "JPEG compression of the old kind inside")
	default:
		return l.no("có kiểu nén này", "this kind of compression")
	}
	if l.photo == photoLab {
		return l.no("có hệ màu Lab", "the colour model Lab")
	}
	for _, f := range d.ints(tagSampleFormat, 8) {
		if f != 1 {
			return unsupported("TIFF có giá trị điểm ảnh có dấu hoặc số thực", "TIFF with signed or floating-point pixels")
		}
	}
	for _, b := range bits {
		if b != l.bits {
			return l.no("có các kênh khác số bit", "channels of different depth")
		}
	}
	if l.samples != uint32(len(bits)) {
		return broken("TIFF", "số kênh và số bit không khớp nhau", "its channels and bit depths do not agree")
	}
	switch {
	case l.pack == packLZW && l.oldLZW(d):
		return l.no("nén LZW kiểu cũ (trước năm 1990)", "LZW compression of the old kind (before 1990)")
	case !l.known(d):
		return l.no("có hệ màu hoặc số bit này", "this colour model or depth")
	case l.pack == packG3 && d.number(tagT4Options, 0)&1 != 0:
		return l.no("nén Group 3 hai chiều", "two-dimensional Group 3 compression")
	case l.fax() && (l.bits != 1 || l.photo > blackIsZero):
		return broken("TIFF", "nén fax cho ảnh không phải đen trắng", "fax compression of an image that is not bilevel")
	case !l.fax() && l.pack != packJPEG && l.reversed:
		return l.no("có thứ tự bit đảo ngược", "reversed bit order")
	case l.planar && (l.bits < 8 || l.pack == packJPEG):
		return l.no("có các kênh màu tách rời", "separate colour planes")
	case d.number(tagPredictor, 1) > 2 || l.predicted && l.bits < 8:
		return l.no("có kiểu dự đoán này", "this predictor")
	}
	return nil
}

// no tells of a variety that libvips reads, and how it is converted.
func (l *layout) no(vi, en string) *Error {
	e := unsupported("TIFF "+vi, "TIFF with "+en)
	pages, tool := "", "vips copy %[1]s.tif%[2]s %[1]s-moi.tif[compression=lzw]"
	switch {
	case l.photo == photoLab:
		tool = "vips colourspace %[1]s.tif%[2]s %[1]s-moi.tif[compression=lzw] srgb"
	case l.fax():
		tool = "vips copy %[1]s.tif%[2]s %[1]s-moi.tif[compression=ccittfax4]"
	}
	if l.severalPages {
		pages = "[n=-1]"
	}
	return e.converted(tool, pages)
}

func (l *layout) fax() bool { return l.pack == packG3 || l.pack == packG4 }

// oldLZW knows the bit order of TIFF 5 by its first code, 256 in nine bits.
func (l *layout) oldLZW(d *directory) bool {
	for _, tag := range []uint16{tagStripOffsets, tagTileOffsets} {
		if b := d.src.bytes(int64(d.number(tag, 0)), 2); d.entries[tag] != nil && b != nil {
			return b[0] == 0 && b[1]&1 == 1
		}
	}
	return false
}

// known reads the colour model, and reports whether it is read at this depth.
func (l *layout) known(d *directory) bool {
	channels := l.samples
	if extra := d.number(tagExtraSamples, 0); extra == 1 || extra == 2 {
		l.alpha = transparency(extra)
		channels--
	}
	whole := l.bits == 8 || l.bits == 16 && l.pack != packJPEG
	switch l.photo {
	case whiteIsZero, blackIsZero:
		few := l.pack != packJPEG && (l.bits == 1 || l.bits == 2 || l.bits == 4)
		return l.samples == 1 && l.alpha == opaque && (whole || few)
	case photoColor:
		l.colours = palette(d.ints(tagColorMap, 768))
		return l.samples == 1 && l.alpha == opaque && l.bits <= 8 && l.bits&(l.bits-1) == 0 && len(l.colours) > 0 && l.pack != packJPEG
	case photoRGB:
		return channels == 3 && whole && (l.alpha == opaque || l.pack != packJPEG)
	case photoCMYK:
		return l.samples == 4 && l.alpha == opaque && whole && d.number(tagInkSet, 1) == 1
	case photoYCbCr:
		return l.samples == 3 && whole && l.pack == packJPEG
	}
	return false
}

// palette gives the colours of a map that holds all reds, then all greens, then all blues.
func palette(all []uint32) (out [][3]uint8) {
	if len(all)%3 != 0 {
		return nil
	}
	n := len(all) / 3
	for i := range n {
		out = append(out, ycc(uint8(all[i]>>8), uint8(all[n+i]>>8), uint8(all[2*n+i]>>8)))
	}
	return out
}

// cutUp finds the size of the strips or tiles.
func (l *layout) cutUp(d *directory) error {
	l.blockW, l.blockH = l.width, min(l.height, int64(d.number(tagRowsPerStrip, 1<<31)))
	if l.blockH == 0 {
		l.blockH = l.height
	}
	if tw := int64(d.number(tagTileWidth, 0)); tw != 0 {
		l.tiled, l.blockW, l.blockH = true, tw, int64(d.number(tagTileHeight, 0))
		// Tiles are padded to multiples of 16; more than a common tile size beyond the image
		// would only serve to take memory.
		if l.blockH < 8 || l.blockW < 8 || l.blockW > max(1024, l.width+16) || l.blockH > max(1024, l.height+16) {
			return lies("TIFF", "kích thước ô ảnh vô lý", "its tile size makes no sense")
		}
	}
	return nil
}

// locate reads where the blocks are and holds that against the length of the file.
func (l *layout) locate(d *directory) error {
	n := l.blocks()
	if l.planar {
		n *= int64(l.samples)
	}
	if n > d.src.size { // each block takes at least a byte and an entry
		return tooFewBytes("TIFF", int(l.width), int(l.height))
	}
	at, counts := uint16(tagStripOffsets), uint16(tagStripCounts)
	if l.tiled {
		at, counts = tagTileOffsets, tagTileCounts
	}
	l.offsets, l.counts = d.ints(at, n), d.ints(counts, n)
	if int64(len(l.offsets)) < n || int64(len(l.counts)) < n {
		return cut("TIFF")
	}
	for i := range n {
		if !d.src.inside(int64(l.offsets[i]), int64(l.counts[i])) {
			return cut("TIFF")
		}
		if l.pack == packNone && int64(l.counts[i]) < l.bytesIn(i%l.blocks()) {
			return tooFewBytes("TIFF", int(l.width), int(l.height))
		}
	}
	return nil
}

// bytesIn is the unpacked length of block i.
func (l *layout) bytesIn(i int64) int64 {
	rows := l.blockH
	if !l.tiled {
		_, _, _, rows = l.rect(i)
	}
	return l.rowLength() * rows
}

// blocks is how many strips or tiles one channel, or all together, has.
func (l *layout) blocks() int64 {
	return (l.width + l.blockW - 1) / l.blockW * ((l.height + l.blockH - 1) / l.blockH)
}

// perRow is how many samples of a pixel lie together.
func (l *layout) perRow() int64 {
	if l.planar {
		return 1
	}
	return int64(l.samples)
}

// rowLength is that of a row of a block, unpacked, in bytes.
func (l *layout) rowLength() int64 { return (l.blockW*l.perRow()*int64(l.bits) + 7) / 8 }

// need is our planes with the smaller ones that are drawn from them, some rows of a block,
// and where a block is a JPEG stream, one of these.
func (l *layout) need() int64 {
	if l.pack == packJPEG && l.blocks() == 1 {
		return l.jpegNeed
	}
	planes := int64(4)
	if l.photo <= blackIsZero {
		planes = 2
	}
	return l.width*l.height*planes + 8*l.blockW*int64(l.samples) + 8*int64(len(l.offsets)) + l.jpegNeed
}

func noDirectory() *Error {
	return broken("TIFF", "danh mục trang thiếu hoặc sai", "a page directory is missing or wrong")
}

// directories follows the chain of directories and gives the places of those of pages,
// leaving out previews and masks.
func directories(d *directory) ([]int64, error) {
	seen, out := map[int64]bool{d.at: true}, []int64{d.at}
	for d.next != 0 && len(seen) < maxDirectories {
		if seen[d.next] {
			return nil, broken("TIFF", "chuỗi trang quay vòng", "its pages form a loop")
		}
		seen[d.next] = true
		next, ok := readDirectory(d.src, d.order, d.next)
		if !ok {
			return nil, noDirectory()
		}
		if d = next; d.number(tagSubfile, 0)&5 == 0 {
			out = append(out, d.at)
		}
	}
	return out, nil
}
