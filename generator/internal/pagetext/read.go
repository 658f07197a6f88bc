package pagetext

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"vitrine/generator/diag"
)

// Read reads ALTO, PAGE XML or hOCR. The name of the file stands in the findings.
// The page is nil where there is an error; where there are warnings, what they
// name is left out. Errors: a file that is none of the three, is damaged, goes
// beyond the limits, declares entities or holds several pages.
func Read(file string, data []byte) (*Page, []diag.Diagnostic) {
	r := &reader{file: file, data: bytes.TrimPrefix(data, []byte("\ufeff")), page: &Page{}}
	r.read()
	if r.failed {
		return nil, r.ds
	}
	r.page.Blocks = r.inOrder()
	if r.lines > 0 && (r.page.Width <= 0 || r.page.Height <= 0) && r.placed {
		r.warn(0, "pagetext-measure", "tệp không ghi khổ của ảnh, nên không biết các dòng ở đâu trên ảnh", "the file does not say how large the picture is, so nobody knows where the lines are").
			Hint = diag.T("ghi chiều rộng và chiều cao của ảnh (WIDTH, HEIGHT của Page; imageWidth, imageHeight; bbox của ocr_page); lời vẫn hiện", "give width and height of the picture (WIDTH and HEIGHT of Page; imageWidth and imageHeight; bbox of ocr_page); the words are shown all the same")
	}
	return r.page, r.ds
}

// Is reports whether a file looks like one that Read reads, whatever its name.
func Is(data []byte) bool {
	r := &reader{data: bytes.TrimPrefix(data, []byte("\ufeff")), page: &Page{}}
	return r.root() != nil
}

// format takes the elements of one of the formats.
type format interface {
	open(r *reader, e xml.StartElement)
	close(r *reader, name string)
	text(r *reader, s string)
}

// reader goes through the elements of a file.
type reader struct {
	file   string
	data   []byte
	xml    tokens
	at     int64    // where the token that was read last begins
	open   []string // elements that are
	page   *Page
	blocks []placed
	order  map[string][]int // of a region, by its id; empty where the file gives none
	pages  int
	lines  int
	words  int
	placed bool // a line has a box
	failed bool
	warned map[string]bool
	ds     []diag.Diagnostic
}

// tokens are those of a file, each with the byte at which it begins.
type tokens interface {
	InputOffset() int64
	Token() (xml.Token, error)
}

// formats are those by the name of their root element.
func formats(root string) format {
	switch root {
	case "alto":
		return &alto{}
	case "PcGts":
		return &pageXML{}
	}
	if strings.EqualFold(root, "html") {
		return &hocr{}
	}
	return nil
}

func (r *reader) decoder() *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(r.data))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8, whatever it says, or refused
	return d
}

// root reads up to the root element, and returns the format it is of.
func (r *reader) root() format {
	if !bytes.HasPrefix(bytes.TrimLeft(r.data, " \t\r\n"), []byte("<")) {
		return nil
	}
	d := r.decoder()
	d.Strict = false // it may be HTML
	r.xml = d
	for {
		r.at = r.xml.InputOffset()
		token, err := r.xml.Token()
		if err != nil {
			return nil
		}
		if e, ok := token.(xml.StartElement); ok {
			return formats(e.Name.Local)
		}
	}
}

func (r *reader) read() {
	if len(r.data) > MaxSize {
		r.fail(0, "pagetext-size", "tệp lời của trang lớn hơn %d MB", "the file of the page's text is larger than %d MB", MaxSize>>20).
			Hint = diag.T("xuất lại mỗi trang một tệp, có chỗ của từng dòng hay từng từ là đủ, không cần từng con chữ (glyph)", "export it again with a file for each page; the places of lines or words are enough, those of single glyphs are not needed")
		return
	}
	if at := invalid(r.data); at >= 0 {
		r.fail(int64(at), "text-encoding", "tệp không phải UTF-8", "the file is not UTF-8").
			Hint = diag.T("lưu lại tệp với bảng mã UTF-8", "save the file again as UTF-8")
		return
	}
	f := r.root()
	if f == nil {
		r.fail(r.at, "pagetext-format", "không phải tệp ALTO, PAGE XML hay hOCR", "this is no file of ALTO, PAGE XML or hOCR").
			Hint = diag.T("xuất lại lời của trang ra một trong ba dạng ấy, hoặc ra văn bản thường (.txt)", "export the text of the page in one of these forms, or as plain text (.txt)")
		return
	}
	r.xml = r.decoder()
	if _, isHTML := f.(*hocr); isHTML {
		r.xml = newHTMLTokens(r.data)
	}
	for !r.failed && r.token(f) {
	}
}

// token reads one token. It returns false at the end.
func (r *reader) token(f format) bool {
	r.at = r.xml.InputOffset()
	token, err := r.xml.Token()
	if err != nil {
		if !errors.Is(err, io.EOF) {
			r.syntax(err)
		}
		return false
	}
	switch t := token.(type) {
	case xml.StartElement:
		if r.open = append(r.open, t.Name.Local); len(r.open) > maxDepth {
			r.tooMuch("các phần tử lồng nhau quá %d tầng", "elements lie more than %d deep", maxDepth)
			return false
		}
		f.open(r, t)
	case xml.EndElement:
		f.close(r, t.Name.Local)
		r.open = r.open[:max(0, len(r.open)-1)]
	case xml.CharData:
		f.text(r, string(t))
	case xml.Directive:
		if bytes.Contains(t, []byte("ENTITY")) || bytes.IndexByte(t, '[') >= 0 {
			r.fail(r.at, "pagetext-entity", "tệp tự khai báo thực thể (ENTITY) hoặc DTD riêng", "the file declares entities or a DTD of its own").
				Hint = diag.T("bỏ khai báo ấy: lời của trang không cần tới", "take the declaration out: the text of a page needs none")
		}
	}
	return true
}

// syntax reports what encoding/xml found, in words that say where.
func (r *reader) syntax(err error) {
	var at *xml.SyntaxError
	why := err.Error()
	if errors.As(err, &at) {
		why = at.Msg
	}
	r.fail(r.xml.InputOffset(), "pagetext-xml", "XML hỏng: %s", "the XML is broken: %s", why).
		Hint = diag.T("xuất lại tệp từ chương trình đã đọc trang này", "export the file again from the program that read the page")
}

// within reports whether an element is open.
func (r *reader) within(name string) bool {
	for _, o := range r.open {
		if o == name {
			return true
		}
	}
	return false
}

// attr is an attribute of an element, by its name in any namespace.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// onePage counts pages and refuses the second: which of them shows the image,
// nobody says.
func (r *reader) onePage() {
	if r.pages++; r.pages > 1 {
		r.fail(r.at, "pagetext-pages", "tệp chứa nhiều trang", "the file holds several pages").
			Hint = diag.T("tách thành mỗi trang một tệp, mỗi tệp ghi ở đúng ảnh của nó", "split it into a file for each page, and name each at its own image")
	}
}

// pos is the place of a byte.
func (r *reader) pos(at int64) diag.Pos {
	before := r.data[:min(max(at, 0), int64(len(r.data)))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return diag.Pos{File: r.file, Line: 1 + bytes.Count(before, []byte("\n")), Col: 1 + utf8.RuneCount(before[start:])}
}

// fail refuses the file. What a file is refused for first is told, and no more:
// the place of each fault costs a walk through the file.
func (r *reader) fail(at int64, code, vi, en string, args ...any) *diag.Diagnostic {
	if r.failed {
		return &diag.Diagnostic{}
	}
	r.failed = true
	r.ds = append(r.ds, diag.Errorf(code, r.pos(at), vi, en, args...))
	return &r.ds[len(r.ds)-1]
}

// warn reports the first fault of a kind: a file with one has it in every line.
func (r *reader) warn(at int64, code, vi, en string, args ...any) *diag.Diagnostic {
	if r.warned[code] {
		return &diag.Diagnostic{}
	}
	if r.warned == nil {
		r.warned = map[string]bool{}
	}
	r.warned[code] = true
	r.ds = append(r.ds, diag.Warnf(code, r.pos(at), vi, en, args...))
	return &r.ds[len(r.ds)-1]
}

// badBox warns of a place that cannot be read.
func (r *reader) badBox() {
	r.warn(r.at, "pagetext-box", "không đọc được toạ độ ở đây; dòng hiện mà không có chỗ trên ảnh", "the coordinates here cannot be read; the line is shown without its place")
}

// invalid is the first byte that is no UTF-8, -1 where all are.
func invalid(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; ; {
		c, n := utf8.DecodeRune(data[i:])
		if c == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
}

func hasClass(e xml.StartElement, names ...string) bool {
	for class := range strings.FieldsSeq(attr(e, "class")) {
		for _, n := range names {
			if class == n {
				return true
			}
		}
	}
	return false
}
