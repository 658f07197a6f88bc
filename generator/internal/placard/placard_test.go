package placard

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// faces are the typefaces as vendor.mjs lays them (make build).
func faces(t testing.TB) *Fonts {
	t.Helper()
	f, err := Load(os.DirFS("../../../templates/vendor"))
	if errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") == "" {
		t.Skip("no fonts: run make build")
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func drawn(t testing.TB, c Content, sheet image.Image) image.Image {
	t.Helper()
	var b bytes.Buffer
	if err := faces(t).Draw(&b, c, sheet); err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("PLACARDS"); dir != "" { // to be looked at
		name := strings.Map(func(r rune) rune {
			if r == '/' || r == ' ' {
				return '-'
			}
			return r
		}, t.Name())
		out, err := os.Create(dir + "/" + name + ".png")
		if err != nil {
			t.Fatal(err)
		}
		defer out.Close()
		if err := png.Encode(out, img); err != nil {
			t.Fatal(err)
		}
	}
	return img
}

const marks = "ƯỚC MUỐN ẤY, ĐỖ QUYÊN NGHẸN NGÀO"

// titles are hard to set: marks stacked on capitals, one word, many words, a word that goes
// into no line.
var titles = map[string]string{
	"marks":   marks,
	"short":   "Ẫm",
	"middle":  "Phông mẫu 01: Văn kiện và hoạt động của Đảng",
	"long":    "Từ Thanh niên đến Cờ giải phóng: báo chí cách mạng Việt Nam trong những năm tháng vận động thành lập Đảng và đấu tranh giành chính quyền, từ lúc mới ra đời đến Cách mạng tháng Tám năm 1945",
	"endless": strings.Repeat("Nghiêng", 20),
	"flood":   strings.Repeat("Ổ Ữ Ặ nghiêng ngả ", 60),
}

// Nothing of a title is cut off: the band around it stays empty, and so does the gap to the
// table.
func TestTitlesGoIntoTheirBox(t *testing.T) {
	sheet := image.NewRGBA(image.Rect(0, 0, 640, 896))
	for i := range sheet.Pix {
		sheet.Pix[i] = 0xF0
	}
	for name, title := range titles {
		for _, with := range []image.Image{nil, sheet} {
			kind := name
			if with != nil {
				kind += " with a sheet"
			}
			t.Run(kind, func(t *testing.T) {
				img := drawn(t, Content{Title: title, Kind: "Trưng bày", Dates: "19 tháng 8 – 2 tháng 9 năm 1945", House: "Kho lưu trữ mẫu", Credit: "Bản minh hoạ, không phải tài liệu gốc"}, with)
				right := Width
				if with != nil {
					right = tableFrom
				}
				for _, empty := range []image.Rectangle{{image.Pt(0, 126), image.Pt(right, 138)}, {image.Pt(0, 510), image.Pt(right, 520)}, {image.Pt(0, 130), image.Pt(margin-8, 500)}, {image.Pt(right-40, 130), image.Pt(right-4, 500)}} {
					if at, marked := inked(img, empty); marked {
						t.Errorf("ink at %v", at)
					}
				}
				if _, marked := inked(img, image.Rect(margin, 152, right-48, 500)); !marked {
					t.Error("no title")
				}
			})
		}
	}
}

// inked finds a pixel that is not paper.
func inked(img image.Image, r image.Rectangle) (at image.Point, found bool) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if c := color.GrayModel.Convert(img.At(x, y)).(color.Gray); c.Y < 0xD0 {
				return image.Pt(x, y), true
			}
		}
	}
	return at, false
}

// Lines break between words alone, none is wider than the box, and they are of about one width.
func TestLines(t *testing.T) {
	f := faces(t)
	m := f.title.measured(0)
	for name, title := range titles {
		lines, size := fit(title, m, 640, 348, 84, 34, 6)
		if name != "endless" && name != "flood" && strings.Join(lines, " ") != title {
			t.Errorf("%s: %q", name, lines)
		}
		if len(lines) == 0 || len(lines) > 6 || widest(lines, m, size) > 640 || float32(len(lines))*size*leading > 348 {
			t.Errorf("%s: %d lines at %v", name, len(lines), size)
		}
	}
	for _, name := range []string{"endless", "flood"} {
		if lines, _ := fit(titles[name], m, 640, 348, 84, 34, 6); !strings.HasSuffix(lines[len(lines)-1], "…") {
			t.Errorf("%s: what was cut is not marked: %q", name, lines)
		}
	}
	if got := shorten("Một kho lưu trữ mẫu để xem, thử và sửa", m, 40, 500); got != "Một kho lưu trữ mẫu…" && !strings.HasPrefix("Một kho lưu trữ mẫu để xem, thử và sửa", strings.TrimSuffix(got, "…")+" ") {
		t.Errorf("cut within a word: %q", got)
	}
	if lines, _ := fit("ngày 2\u00a0tháng\u00a09", m, 300, 348, 84, 34, 6); strings.HasPrefix(lines[len(lines)-1], "9") {
		t.Errorf("a line breaks at a blank that holds words together: %q", lines)
	}
}

// All letters of Vietnamese can be set, and those of another script are not said to be.
func TestLettersThatCanBeSet(t *testing.T) {
	f := faces(t)
	const letters = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ 0123456789–“”…,.;:?!()/«»·"
	if all := letters + strings.ToUpper(letters) + " Édition française, 1945"; !f.Sets(all) {
		for _, r := range all {
			if !f.Sets(string(r)) {
				t.Errorf("no %q", r)
			}
		}
	}
	if f.Sets("Пленум") || f.Sets("南國") {
		t.Error("letters that nobody drew are said to be there")
	}
}

// The same content gives the same bytes.
func TestDrawingIsDeterministic(t *testing.T) {
	var a, b bytes.Buffer
	for _, to := range []*bytes.Buffer{&a, &b} {
		if err := faces(t).Draw(to, Content{Title: marks, House: "Kho"}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) || a.Len() > 120<<10 {
		t.Errorf("%d and %d bytes", a.Len(), b.Len())
	}
}

// What is no font, or a broken one, is an error and no more.
func FuzzUnpack(f *testing.F) {
	f.Add([]byte("wOFF"))
	f.Add(append([]byte("wOFF\x00\x01\x00\x00"), make([]byte, 80)...))
	f.Fuzz(func(t *testing.T, data []byte) {
		if out, err := unpack(data); err == nil && len(out) < 12 {
			t.Errorf("%d bytes", len(out))
		}
	})
}

func BenchmarkDraw(b *testing.B) {
	f := faces(b)
	for b.Loop() {
		var buf bytes.Buffer
		if err := f.Draw(&buf, Content{Title: titles["middle"], Kind: "Phông lưu trữ", Dates: "1925–1945", House: "Kho lưu trữ mẫu"}, nil); err != nil {
			b.Fatal(err)
		}
	}
}
