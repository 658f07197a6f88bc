package content

import (
	"image"
	"math"
	"strconv"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
)

// perInch is how many of a unit make an inch, of those that a page of a PDF has.
var perInch = map[string]float64{"pt": 72, "mm": 25.4}

// measure reads a number and its unit: "%", "pt", "mm", or none for pixels.
func measure(s string) (v float64, unit string, ok bool) {
	for _, u := range []string{"%", "pt", "mm"} {
		if number, found := strings.CutSuffix(s, u); found {
			s, unit = number, u
			break
		}
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	return v, unit, err == nil && v >= 0 && v <= 1e6 // so neither NaN nor infinite
}

// Boxes are boxes of an order in the pixels of a picture of w × h, rounded
// outwards to whole ones. dpi are its dots per inch where it was made of a page
// of a PDF: then numbers are of percent, points or millimetres, else of percent or
// pixels, and dpi is 0. One that is not wholly in the picture is an error: it was
// measured in another.
func Boxes(name string, boxes []record.Box, w, h int, dpi float64) (out []image.Rectangle, ds []diag.Diagnostic) {
	for _, b := range boxes {
		if d, found := foreignUnit(name, b, dpi > 0); found {
			ds = append(ds, d)
			continue
		}
		x0, x1 := stretch(b.Left.V, b.Width.V, w, dpi)
		y0, y1 := stretch(b.Top.V, b.Height.V, h, dpi)
		r := image.Rect(x0, y0, x1, y1)
		if r.Empty() || !r.In(image.Rect(0, 0, w, h)) {
			ds = append(ds, outside(name, b, w, h, dpi))
		}
		out = append(out, r)
	}
	return out, ds
}

// foreignUnit refuses a measure that says nothing in a picture, or on a page: it
// would cover some other place.
func foreignUnit(name string, b record.Box, page bool) (d diag.Diagnostic, found bool) {
	for _, m := range []record.Str{b.Left, b.Top, b.Width, b.Height} {
		_, unit, _ := measure(m.V)
		switch {
		case page && unit == "":
			return diag.Errorf("cover-unit", m.At.In(name), "trang PDF không có điểm ảnh: %q thiếu đơn vị", "a page of a PDF has no pixels: %q lacks a unit", m.V).
				WithHint("ghi phần trăm (12.5%[1]s), point (90pt, 72 point là một inch) hoặc milimét (32mm), tính từ góc trên bên trái của trang khi xem", "give percent (12.5%[1]s), points (90pt, of 72 to the inch) or millimetres (32mm), from the upper left corner of the page as it is seen", "%"), true
		case !page && perInch[unit] > 0:
			return diag.Errorf("cover-unit", m.At.In(name), "ảnh không có khổ giấy: %q không phải điểm ảnh hay phần trăm", "a picture has no size on paper: %q is neither pixels nor percent", m.V).
				WithHint("ghi số điểm ảnh (120) hoặc phần trăm (12.5%[1]s)", "give pixels (120) or percent (12.5%[1]s)", "%"), true
		}
	}
	return d, false
}

func outside(name string, b record.Box, w, h int, dpi float64) diag.Diagnostic {
	d := diag.Errorf("cover-outside", b.At.In(name), "ô nằm ngoài ảnh: ảnh rộng %d, cao %d điểm khi xem đúng chiều", "the box lies outside the picture, which is %d wide and %d high when it is upright", w, h)
	if dpi > 0 {
		d = diag.Errorf("cover-outside", b.At.In(name), "ô nằm ngoài trang %d: trang rộng %gpt, cao %gpt khi xem", "the box lies outside page %d, which is %gpt wide and %gpt high as it is seen",
			b.Page.V, math.Round(float64(w)/dpi*perInch["pt"]), math.Round(float64(h)/dpi*perInch["pt"]))
	}
	return d.WithHint("đo lại trên đúng tệp này, hoặc ghi theo phần trăm", "measure again in this very file, or give percent")
}

// stretch is what a beginning and a length cover of full pixels. A rounding of
// a thousandth is not another pixel.
func stretch(begin, length string, full int, dpi float64) (from, to int) {
	pixels := func(s string) float64 {
		v, unit, _ := measure(s)
		switch unit {
		case "":
			return v
		case "%":
			return v * float64(full) / 100
		}
		return v * dpi / perInch[unit]
	}
	a, b := pixels(begin), pixels(length)
	return int(math.Floor(a + 1e-3)), int(math.Ceil(a + b - 1e-3))
}
