package content

import (
	"image"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

const (
	// MaxCover is the largest order to cover places that is read, in bytes.
	MaxCover = 1 << 20
	maxBoxes = 1000
)

// Cover reads an order to cover places of a picture, in YAML or JSON, which is
// YAML too. It is nil where there is an error. A ground of secrecy is one: such
// a document does not belong in the content at all.
func (t *Tree) Cover(name string, raw []byte) (*record.Cover, []diag.Diagnostic) {
	text, ds, ok := cleanText(name, raw)
	if !ok {
		return nil, ds
	}
	pieces := split(text)
	if len(pieces) != 1 {
		return nil, []diag.Diagnostic{diag.Errorf("yaml-kind", diag.Pos{File: name, Line: 1, Col: 1}, "tệp phải gồm đúng một phần, cho một ảnh", "the file must have exactly one part, for one picture")}
	}
	c, ds := decodePiece[record.Cover](t, name, pieces[0])
	if c == nil {
		return nil, ds
	}
	ds = append(ds, checkCover(name, pieces[0].Line, c)...)
	if slices.ContainsFunc(ds, func(d diag.Diagnostic) bool { return d.Severity == diag.Error }) {
		return nil, ds
	}
	if c.Object.V == 0 {
		c.Object.V = 1
	}
	return c, ds
}

func checkCover(name string, line int, c *record.Cover) (ds []diag.Diagnostic) {
	top := record.At{Line: int32(line), Col: 1}
	for _, need := range []struct {
		key   string
		given bool
	}{{"record", c.Record.V != ""}, {"by", c.By.V != ""}, {"boxes", len(c.Boxes) > 0}} {
		if !need.given {
			ds = append(ds, missing(name, top, need.key))
		}
	}
	if c.Object.V < 0 {
		ds = append(ds, diag.Errorf("value-kind", c.Object.At.In(name), "object là số thứ tự của đối tượng, từ 1", "object is the number of the object, 1 or more"))
	}
	if len(c.Boxes) > maxBoxes {
		ds = append(ds, diag.Errorf("cover-boxes", c.Boxes[maxBoxes].At.In(name), "quá %d ô cho một ảnh", "more than %d boxes for one picture", maxBoxes))
		return ds
	}
	for _, w := range c.Words {
		if w.At != (record.At{}) { // as below
			ds = append(ds, checkWords(name, w)...)
		}
	}
	for _, b := range c.Boxes {
		if b.At != (record.At{}) { // else no mapping, which was reported where it was read
			ds = append(ds, checkBox(name, b)...)
		}
	}
	return ds
}

func checkBox(name string, b record.Box) (ds []diag.Diagnostic) {
	for _, need := range []struct {
		key   string
		is    record.Str
		least float64
	}{{"left", b.Left, 0}, {"top", b.Top, 0}, {"width", b.Width, math.SmallestNonzeroFloat64}, {"height", b.Height, math.SmallestNonzeroFloat64}} {
		if need.is.V == "" {
			ds = append(ds, missing(name, b.At, need.key))
			continue
		}
		if v, _, ok := measure(need.is.V); !ok || v < need.least {
			ds = append(ds, diag.Errorf("cover-boxes", need.is.At.In(name), "%q không phải một số điểm ảnh hay phần trăm", "%q is no number of pixels or percent", need.is.V).
				WithHint("viết ví dụ 120, hoặc 12.5%%; chiều rộng và chiều cao lớn hơn 0", "write 120, for example, or 12.5%%; width and height are more than 0"))
		}
	}
	return append(ds, checkGround(name, b.Ground, b.At)...)
}

func checkWords(name string, w record.CoveredWords) (ds []diag.Diagnostic) {
	if utf8.RuneCountInString(w.Text.V) < 2 {
		ds = append(ds, diag.Errorf("cover-words", w.At.In(name), "text là những chữ phải che trong bản chép, ít nhất hai ký tự", "text is what to cover in the transcript, two characters at least"))
	}
	return append(ds, checkGround(name, w.Ground, w.At)...)
}

// checkGround refuses what is no ground for covering, secrecy above all.
func checkGround(name string, g record.Str, at record.At) []diag.Diagnostic {
	if g.V == "" {
		return []diag.Diagnostic{missing(name, at, "ground")}
	}
	const vocabulary = "redaction_ground"
	if _, ok := record.Lookup(vocabulary, g.V); ok {
		return nil
	}
	for _, word := range strings.Split(vi.Slug(g.V), "-") {
		if slices.Contains([]string{"mat", "secret", "secrecy", "classified"}, word) {
			return []diag.Diagnostic{diag.Errorf("cover-secrecy", g.At.In(name), "không che vì lý do bí mật: tài liệu như vậy không được để trong kho này, dù đã che", "nothing is covered for secrecy: such a document may not lie in this archive, covered or not").
				WithHint("để tài liệu ở ngoài; nếu đã có trong thư mục nội dung thì lấy ra, cả khỏi lịch sử phiên bản", "keep the document outside; if it lies in the content already, take it out, and out of the version history")}
		}
	}
	var known []string
	for _, t := range record.Vocabulary(vocabulary) {
		known = append(known, t.Key)
	}
	return []diag.Diagnostic{diag.Errorf("value-unknown", g.At.In(name), "%q không có trong danh mục", "%q is not in the list of values", g.V).
		WithHint("các giá trị dùng được: %s", "values that may stand here: %s", strings.Join(known, ", "))}
}

// measure reads a number of pixels or of percent.
func measure(s string) (v float64, percent, ok bool) {
	s, percent = strings.CutSuffix(s, "%")
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	return v, percent, err == nil && v >= 0 && v <= 1e6 // so neither NaN nor infinite
}

// Boxes are the boxes of an order in the pixels of a picture of w × h, rounded
// outwards to whole ones. One that is not wholly in the picture is an error:
// it was measured in another.
func Boxes(name string, c *record.Cover, w, h int) (out []image.Rectangle, ds []diag.Diagnostic) {
	for _, b := range c.Boxes {
		x0, x1 := stretch(b.Left.V, b.Width.V, w)
		y0, y1 := stretch(b.Top.V, b.Height.V, h)
		r := image.Rect(x0, y0, x1, y1)
		if r.Empty() || !r.In(image.Rect(0, 0, w, h)) {
			ds = append(ds, diag.Errorf("cover-outside", b.At.In(name), "ô nằm ngoài ảnh: ảnh rộng %d, cao %d điểm khi xem đúng chiều", "the box lies outside the picture, which is %d wide and %d high when it is upright", w, h).
				WithHint("đo lại trên đúng tệp này, hoặc ghi theo phần trăm", "measure again in this very file, or give percent"))
		}
		out = append(out, r)
	}
	return out, ds
}

// stretch is what a beginning and a length cover of full pixels. A rounding of
// a thousandth is not another pixel.
func stretch(begin, length string, full int) (from, to int) {
	pixels := func(s string) float64 {
		v, percent, _ := measure(s)
		if percent {
			v *= float64(full) / 100
		}
		return v
	}
	a, b := pixels(begin), pixels(length)
	return int(math.Floor(a + 1e-3)), int(math.Ceil(a + b - 1e-3))
}
