package content

import (
	"math"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

const (
	// MaxCover is the largest order to cover places that is read, in bytes.
	MaxCover = 1 << 20
	maxBoxes = 1000
)

// Cover reads an order to cover places of pictures, in YAML or JSON, which is
// YAML too. It is nil where there is an error. A ground of secrecy is one: such
// a document does not belong in the content at all.
func (t *Tree) Cover(name string, raw []byte) (*record.Cover, []diag.Diagnostic) {
	text, ds, ok := cleanText(name, raw)
	if !ok {
		return nil, ds
	}
	pieces := split(text)
	if len(pieces) != 1 {
		return nil, []diag.Diagnostic{diag.Errorf("yaml-kind", diag.Pos{File: name, Line: 1, Col: 1}, "tệp phải gồm đúng một phần, cho một bản ghi", "the file must have exactly one part, for one record")}
	}
	c, ds := decodePiece[record.Cover](t, name, pieces[0])
	if c == nil {
		return nil, ds
	}
	ds = append(ds, checkCover(name, pieces[0].Line, c)...)
	if slices.ContainsFunc(ds, func(d diag.Diagnostic) bool { return d.Severity == diag.Error }) {
		return nil, ds
	}
	return c, ds
}

// checkCover checks an order, and makes one of one master an order of a list of one.
func checkCover(name string, line int, c *record.Cover) (ds []diag.Diagnostic) {
	top := record.At{Line: int32(line), Col: 1}
	need := func(at record.At, key string, given bool) {
		if !given {
			ds = append(ds, missing(name, at, key))
		}
	}
	need(top, "record", c.Record.V != "")
	need(top, "by", c.By.V != "")
	switch {
	case len(c.Objects) == 0:
		need(top, "boxes", len(c.Boxes) > 0)
		c.Objects = []record.CoverObject{{Object: c.Object, Boxes: c.Boxes, Words: c.Words, At: top}}
	case len(c.Boxes) > 0 || len(c.Words) > 0 || c.Object.At != (record.At{}):
		return append(ds, diag.Errorf("cover-objects", c.Objects[0].At.In(name), "có objects thì object, boxes và words ghi trong từng mục của objects", "where objects is given, object, boxes and words belong into each of its items"))
	default:
		covers := false
		for _, o := range c.Objects {
			covers = covers || len(o.Boxes) > 0
			if o.At != (record.At{}) { // else no mapping, which was reported where it was read
				need(o.At, "master", o.Master.V != "")
				need(o.At, "boxes", o.Boxes != nil) // one that has nothing to cover says so
			}
		}
		need(c.Objects[0].At, "boxes", covers)
	}
	for i := range c.Objects {
		ds = append(ds, checkCoverObject(name, &c.Objects[i])...)
	}
	return append(ds, checkDoubles(name, c)...)
}

func checkCoverObject(name string, o *record.CoverObject) (ds []diag.Diagnostic) {
	if o.Object.V < 0 {
		ds = append(ds, diag.Errorf("value-kind", o.Object.At.In(name), "object là số thứ tự của đối tượng, từ 1", "object is the number of the object, 1 or more"))
	}
	if o.Object.V == 0 {
		o.Object.V = 1
	}
	if o.Master.V != "" && !filepath.IsLocal(filepath.FromSlash(o.Master.V)) {
		ds = append(ds, diag.Errorf("cover-master", o.Master.At.In(name), "master là tên tệp trong thư mục ảnh gốc, không dẫn ra ngoài", "master is the name of a file in the folder of masters, and leads nowhere else"))
	}
	if len(o.Boxes) > maxBoxes {
		return append(ds, diag.Errorf("cover-boxes", o.Boxes[maxBoxes].At.In(name), "quá %d ô cho một tệp gốc", "more than %d boxes for one master", maxBoxes))
	}
	if len(o.Boxes) == 0 && len(o.Words) > 0 {
		ds = append(ds, diag.Errorf("cover-words", o.Words[0].At.In(name), "che chữ trong bản chép mà ảnh không có ô nào: chữ ấy vẫn đọc được trên ảnh", "words of the transcript are covered and nothing in the picture, where they can still be read").
			WithHint("ghi vào boxes chỗ có những chữ ấy trên ảnh", "give in boxes the places of these words in the picture"))
	}
	for _, w := range o.Words {
		if w.At != (record.At{}) { // as above
			ds = append(ds, checkWords(name, w)...)
		}
	}
	for _, b := range o.Boxes {
		if b.At != (record.At{}) {
			ds = append(ds, checkBox(name, b)...)
		}
	}
	return ds
}

// checkDoubles refuses two items for one object or of one master: one of them would
// be lost.
func checkDoubles(name string, c *record.Cover) (ds []diag.Diagnostic) {
	objects, masters := map[int]bool{}, map[string]bool{}
	for _, o := range c.Objects {
		if master := path.Clean(o.Master.V); objects[o.Object.V] || masters[master] {
			ds = append(ds, diag.Errorf("cover-objects", o.At.In(name), "đối tượng số %d hoặc tệp %q đã có ở mục trên; gộp các ô vào một mục", "the object %d or the file %q was given above; put the boxes into one item", o.Object.V, o.Master.V))
		} else {
			objects[o.Object.V], masters[master] = true, true
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
			ds = append(ds, diag.Errorf("cover-boxes", need.is.At.In(name), "%q không phải một số đo", "%q is no measure", need.is.V).
				WithHint("viết ví dụ 120 (điểm ảnh) hoặc 12.5%[1]s; trên trang PDF: 12.5%[1]s, 90pt hoặc 32mm; chiều rộng và chiều cao lớn hơn 0", "write 120 (pixels), for example, or 12.5%[1]s; on a page of a PDF 12.5%[1]s, 90pt or 32mm; width and height are more than 0", "%"))
		}
	}
	if b.Page.V < 0 {
		ds = append(ds, diag.Errorf("cover-page", b.Page.At.In(name), "page là số trang trong tệp PDF, từ 1", "page is the number of a page of the PDF, 1 or more"))
	}
	return append(ds, checkGround(name, b.Ground, b.At)...)
}

func checkWords(name string, w record.CoveredWords) (ds []diag.Diagnostic) {
	if vi.NewWording(w.Text.V).Letters() < 2 {
		ds = append(ds, diag.Errorf("cover-words", w.At.In(name), "text là những chữ phải che trong bản chép, ít nhất hai chữ cái hoặc chữ số", "text is what to cover in the transcript, two letters or digits at least"))
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
