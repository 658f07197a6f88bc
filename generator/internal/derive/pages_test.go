package derive

import (
	"bytes"
	"context"
	"encoding/binary"
	"image/color"
	"os"
	"slices"
	"strings"
	"testing"
)

// leaf is a page of a TIFF file: grey of one shade.
type leaf struct {
	w, h  uint32
	shade byte
	more  []tiffField // beside those that every page has
}

// leaves writes a TIFF file of several pages.
func leaves(pages ...leaf) []byte {
	le := binary.LittleEndian
	b := append([]byte("II*\x00"), 8, 0, 0, 0)
	for i, p := range pages {
		fields := append(gray8(p.w, p.h, packNone, 0, p.w*p.h), p.more...)
		slices.SortFunc(fields, func(a, b tiffField) int { return int(a.tag) - int(b.tag) })
		data := uint32(len(b) + 2 + 12*len(fields) + 4)
		b = le.AppendUint16(b, uint16(len(fields)))
		for _, f := range fields {
			if f.tag == tagStripOffsets {
				f.value = data
			}
			b = le.AppendUint32(le.AppendUint32(le.AppendUint16(le.AppendUint16(b, f.tag), f.typ), f.count), f.value)
		}
		next := data + p.w*p.h
		if i == len(pages)-1 {
			next = 0
		}
		b = append(le.AppendUint32(b, next), bytes.Repeat([]byte{p.shade}, int(p.w*p.h))...)
	}
	return b
}

// Every page of a TIFF has derivatives of its own: in its own size, turned as it says, of
// its own pixels. Those of a file of one page keep their names.
func TestPagesOfATIFF(t *testing.T) {
	turned := []tiffField{{tagOrientation, 3, 1, 6}}
	preview := []tiffField{{tagSubfile, 4, 1, 1}}
	file := leaves(leaf{40, 30, 10, turned}, leaf{8, 8, 99, preview}, leaf{70, 50, 120, nil}, leaf{20, 60, 230, turned})
	info, err := Probe(bytes.NewReader(file), int64(len(file)))
	if err != nil || info.Pages != 3 || len(info.Sizes) != 3 {
		t.Fatalf("%+v, %v", info, err)
	}
	var specs []Spec
	for i := range info.Pages {
		specs = append(specs, Spec{Width: Full, Page: i}, Spec{Width: 16, Page: i})
	}
	c, fsys := newCache(t, 0), os.DirFS(folder(t, map[string][]byte{"m": file}))
	out, err := c.Make(context.Background(), fsys, "m", specs)
	if err != nil || len(out) != 6 {
		t.Fatal(out, err)
	}
	names := map[string]bool{}
	for i, pages := range Pages(out) {
		want := [][3]int{{30, 40, 10}, {70, 50, 120}, {60, 20, 230}}[i]
		img, _ := readDerived(t, pages[0])
		got := color.GrayModel.Convert(img.At(5, 5)).(color.Gray).Y
		if pages[0].Width != want[0] || pages[0].Height != want[1] || max(int(got), want[2])-min(int(got), want[2]) > 2 || info.Page(i).Width != want[0] {
			t.Errorf("page %d: %+v, shade %d", i, pages[0], got)
		}
		names[pages[0].Name], names[pages[1].Name] = true, true
	}
	if len(names) != 6 || c.Stats().Decoded != 3 {
		t.Errorf("%d names, %+v", len(names), c.Stats())
	}
	named, err := c.Expect(context.Background(), fsys, "m", specs)
	if err != nil || !slices.EqualFunc(named, out, func(a, b Derived) bool { return a.Name == b.Name && a.Page == b.Page && a.Height == b.Height }) {
		t.Errorf("%+v, %v", named, err)
	}
	if plain, page := (Spec{Width: 320}).name("a"), (Spec{Width: 320, Page: 1}).name("a"); plain == page {
		t.Error("two pages have one name")
	}
}

// A page that cannot be read is named, as is a file of too many.
func TestPagesThatCannotBeShown(t *testing.T) {
	bad := leaves(leaf{40, 30, 10, nil}, leaf{40, 30, 10, []tiffField{{tagSampleFormat, 3, 1, 3}}})
	_, err := Probe(bytes.NewReader(bad), int64(len(bad)))
	if kindOf(err) != Unsupported || !strings.HasPrefix(err.Error(), "page 2: ") || !strings.HasPrefix(err.(*Error).Vi, "trang 2: ") {
		t.Error(err)
	}
	many := leaves(slices.Repeat([]leaf{{1, 1, 0, nil}}, MaxPages+1)...)
	if _, err := Probe(bytes.NewReader(many), int64(len(many))); kindOf(err) != TooLarge || !strings.Contains(err.Error(), "2001 pages") {
		t.Error(err)
	}
	most := leaves(slices.Repeat([]leaf{{1, 1, 0, nil}}, MaxPages)...)
	if info, err := Probe(bytes.NewReader(most), int64(len(most))); err != nil || info.Pages != MaxPages {
		t.Error(info.Pages, err)
	}
}

// A format that is not read is named, with the command that converts it.
func TestFormatsThatAreConverted(t *testing.T) {
	for name, c := range map[string]struct{ head, hint string }{
		"JPEG 2000": {"\x00\x00\x00\x0cjP  \r\n\x87\n", "vips copy image.jp2 image.tif"},
		"HEIC":      {"\x00\x00\x00\x18ftypheic\x00\x00", "vips copy image.heic image.jpg[Q=95]"},
		"AVIF":      {"\x00\x00\x00\x18ftypavif\x00\x00", "vips copy image.avif image.jpg[Q=95]"},
		"BigTIFF":   {"II+\x00\x08\x00\x00\x00", "vips copy image.tif image-new.tif[compression=lzw]"},
		"JPEG XL":   {"\xff\x0a\x00\x00", "vips copy image.jxl image.tif"},
		"GIF":       {"GIF89a\x01\x00", "vips copy image.gif image.png"},
		"BMP":       {"BM\x00\x00\x00\x00", "vips copy image.bmp image.png"},
		"PDF":       {"%PDF-1.7\n", "kind: pdf"},
	} {
		_, err := Probe(strings.NewReader(c.head), int64(len(c.head)))
		e, ok := err.(*Error)
		if !ok || e.Kind != Unsupported || !strings.Contains(e.En, name) || !strings.Contains(e.HintEn, c.hint) || !strings.Contains(e.HintVi, strings.NewReplacer("image", "anh", "-new", "-moi").Replace(c.hint)) {
			t.Errorf("%s: %v, %+v", name, err, e)
		}
	}
}

// The white runs of a fax are black where its file says that zeros are, as other
// programs read it, on every page.
func TestFaxIsNoNegative(t *testing.T) {
	const whiteRows = "\xc0\x01\x00\x10" // two rows like the white one above the page, and the end: 11 000000000001 000000000001
	for photo, want := range map[uint32]byte{whiteIsZero: 255, blackIsZero: 0} {
		fields := func(offset uint32) []tiffField {
			return []tiffField{
				{tagWidth, 4, 1, 400}, {tagHeight, 4, 1, 2}, {tagBits, 3, 1, 1}, {tagCompression, 3, 1, packG4}, {tagPhotometric, 3, 1, photo},
				{tagStripOffsets, 4, 1, offset}, {tagRowsPerStrip, 4, 1, 2}, {tagStripCounts, 4, 1, uint32(len(whiteRows))},
			}
		}
		const data = 8 + 2 + 8*12 + 4
		file := tiffBytes(0, []byte(whiteRows), fields(data)...)
		second := uint32(len(file))
		file = tiffBytes(second, []byte(whiteRows), fields(data)...)
		file = append(file, tiffBytes(0, []byte(whiteRows), fields(second+data-8)...)[8:]...)
		c, fsys := newCache(t, 0), os.DirFS(folder(t, map[string][]byte{"m": file}))
		out, err := c.Make(context.Background(), fsys, "m", []Spec{{Width: Full}, {Width: Full, Page: 1}})
		if err != nil || len(out) != 2 {
			t.Fatal(out, err)
		}
		for page, d := range out {
			img, _ := readDerived(t, d)
			if got := color.GrayModel.Convert(img.At(5, 1)).(color.Gray).Y; max(got, want)-min(got, want) > 2 {
				t.Errorf("photometric interpretation %d, page %d: %d, want %d", photo, page, got, want)
			}
		}
	}
}
