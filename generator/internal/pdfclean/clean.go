package pdfclean

import (
	"maps"
	"slices"
)

// kept are the keys that a viewer needs to draw, wherever they stand but in pages and
// resources: those of images and their filters, forms, states, patterns, shadings,
// functions, colour spaces and fonts (ISO 32000-1, 7.4, 7.10 and 8 to 9).
var kept = setOf[name](`Type Subtype
	Width Height ColorSpace BitsPerComponent ImageMask Mask Decode Interpolate SMask SMaskInData Matte Intent
	Filter DecodeParms JBIG2Globals K Columns Rows BlackIs1 EndOfLine EncodedByteAlign EndOfBlock Predictor Colors EarlyChange ColorTransform
	BBox Matrix FormType Group S CS I
	LW LC LJ ML D RI OP op OPM SA BM CA ca AIS TK TR TR2 FL SM
	PatternType Shading ExtGState
	ShadingType Background AntiAlias Domain Function Coords Extend BitsPerCoordinate BitsPerFlag VerticesPerRow
	FunctionType Range Size BitsPerSample Order Encode C0 C1 N Functions Bounds
	WhitePoint BlackPoint Gamma Alternate
	FirstChar LastChar Widths FontDescriptor Encoding BaseEncoding Differences ToUnicode DescendantFonts FontMatrix FontBBox CharProcs
	CIDSystemInfo Supplement DW W DW2 W2 CIDToGIDMap WMode UseCMap
	FontStretch FontWeight Flags ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth
	FontFile FontFile2 FontFile3 Length1 Length2 Length3`)

// called are the keys of what fonts are told by.
var called = setOf[name]("BaseFont FontName CMapName Registry Ordering")

// pageKept are the keys of a page, besides its content and resources.
var pageKept = setOf[name]("MediaBox CropBox Rotate UserUnit Group")

// The objects of what is written that have a place of their own.
const (
	rootNumber ref = 1 + iota
	pagesNumber
)

// cleaner takes over the objects of a document as they are needed.
type cleaner struct {
	doc     *document
	numbers map[ref]ref  // of what was taken over
	anew    map[ref]bool // of these, programs that were written anew
	drawn   *walker
	inks    map[name]name // what colorants are called
	out     []any         // by number, from 1
	err     error
}

// Clean writes a file as PDFium saves it anew, with what draws its pages and nothing
// else. The error is an *Error.
func Clean(data []byte) ([]byte, error) {
	doc, err := read(data)
	if err != nil {
		return nil, err
	}
	tree := doc.dictAt(doc.dictAt(doc.root)["Pages"])
	drawn, err := doc.walk(tree)
	if err != nil {
		return nil, err
	}
	c := &cleaner{doc: doc, drawn: drawn, inks: map[name]name{}, numbers: map[ref]ref{}, anew: map[ref]bool{}, out: make([]any, 2)}
	kids := c.pages(tree)
	c.set(rootNumber, dict{"Type": name("Catalog"), "Pages": pagesNumber})
	c.set(pagesNumber, dict{"Type": name("Pages"), "Count": number(len(kids)), "Kids": kids})
	if c.err == nil && len(kids) == 0 {
		c.err = damaged()
	}
	if c.err != nil {
		return nil, c.err
	}
	return assemble(c.out), nil
}

func (c *cleaner) set(n ref, o any) { c.out[n-1] = o }

// next is a number that nothing has yet.
func (c *cleaner) next() ref {
	c.out = append(c.out, nil)
	return ref(len(c.out))
}

// fail keeps the first error.
func (c *cleaner) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

// pages takes over the pages. PDFium puts all that it imports directly beneath the
// root, with all that they had inherited.
func (c *cleaner) pages(tree dict) (kids []any) {
	all, _ := c.doc.at(tree["Kids"]).([]any)
	for _, kid := range all {
		page := c.doc.dictAt(kid)
		if page == nil || page["Kids"] != nil {
			c.fail(damaged())
			return nil
		}
		kids = append(kids, c.page(page))
	}
	return kids
}

func (c *cleaner) page(from dict) ref {
	to := dict{"Type": name("Page"), "Parent": pagesNumber}
	n := c.next()
	for _, key := range slices.Sorted(maps.Keys(from)) {
		if pageKept[key] {
			to[key] = c.object(from[key])
		}
	}
	all, err := c.doc.contents(from["Contents"])
	if err != nil {
		c.fail(err)
	}
	content, resources := c.redrawn(all, c.doc.dictAt(from["Resources"]))
	body := c.next()
	c.set(body, content)
	to["Contents"], to["Resources"] = body, resources
	c.set(n, to)
	return n
}

// contents is the content of a page in one piece.
func (d *document) contents(o any) (out []byte, err error) {
	switch o := d.at(o).(type) {
	case *stream:
		return d.unpack(o)
	case []any:
		for _, part := range o {
			if s, ok := d.at(part).(*stream); ok {
				body, err := d.unpack(s)
				if err != nil {
					return nil, err
				}
				out = append(append(out, body...), '\n')
			}
		}
	}
	return out, nil
}

func (c *cleaner) unpack(s *stream) []byte {
	content, err := c.doc.unpack(s)
	if err != nil {
		c.fail(err)
	}
	return content
}

// redrawn is content that draws alone, and the resources that it uses.
func (c *cleaner) redrawn(content []byte, from dict) (*stream, dict) {
	uses := usesNothing()
	drawn, err := redraw(content, uses)
	if err != nil {
		c.fail(err)
		return nil, nil
	}
	return pack(drawn), c.resources(uses, from)
}

// resources takes over those that content uses, in the order in which it does.
func (c *cleaner) resources(uses *used, from dict) dict {
	for _, image := range uses.images {
		c.fail(c.doc.wholeInline(image, c.doc.dictAt(from["ColorSpace"])))
	}
	to := dict{}
	for _, kind := range slices.Sorted(maps.Keys(uses.names)) {
		all, of := c.doc.dictAt(from[kind]), dict{}
		for _, n := range uses.order[kind] {
			if o, ok := all[n]; ok {
				c.fail(c.doc.refuseResource(kind, o))
				of[uses.names[kind][n]] = c.drawnBy(o, from)
			}
		}
		if len(of) > 0 {
			to[kind] = of
		}
	}
	return to
}

// drawnBy takes over a resource.
func (c *cleaner) drawnBy(o any, resources dict) any {
	if s, ok := c.doc.at(o).(*stream); ok && c.doc.isForm(s) {
		c.doc.lend(s, resources)
	}
	return c.object(o)
}

// lend gives a form without resources those of whoever draws it (ISO 32000-1, 7.8.3).
func (d *document) lend(s *stream, resources dict) {
	if s.dict["Resources"] == nil && resources != nil {
		s.dict["Resources"] = resources
	}
}

// isForm reports whether a stream draws by operators, as a page does.
func (d *document) isForm(s *stream) bool { return d.given(s.dict, "Subtype") == name("Form") }

// object takes over an object, and what it refers to. Strings, and names that the standard
// does not know, are left out: those that are needed have a place of their own.
func (c *cleaner) object(o any) any {
	switch o := o.(type) {
	case ref:
		return c.refer(o)
	case []any:
		if out, ok := c.space(o); ok {
			return out
		}
		out := make([]any, len(o))
		for i, e := range o {
			out[i] = c.object(e)
		}
		return out
	case dict:
		return c.dict(o)
	}
	if !isPlain(o) {
		return word("null")
	}
	return o
}

// refer takes over an indirect object. A stream says by its keys what it is; one that does
// not is data, and has a place of its own (see data).
func (c *cleaner) refer(r ref) any {
	if s, ok := c.doc.objects[r].(*stream); ok && !c.doc.isForm(s) && c.doc.given(s.dict, "Subtype") != name("Image") && s.dict["FunctionType"] == nil && s.dict["ShadingType"] == nil {
		if _, taken := c.numbers[r]; !taken {
			return word("null")
		}
	}
	return c.data(r)
}

// data takes over an indirect object once, whatever it is.
func (c *cleaner) data(given any) any {
	r, ok := given.(ref)
	if !ok {
		return c.object(given)
	}
	if n, ok := c.numbers[r]; ok {
		return n
	}
	o := c.doc.objects[r]
	if o == nil || len(c.numbers) > len(c.doc.objects) {
		return word("null")
	}
	if of, ok := o.(dict); ok && (of["Type"] == name("Page") || of["Type"] == name("Pages") || of["Type"] == name("Catalog")) {
		return word("null") // nothing that is drawn leads back
	}
	n := c.next()
	c.numbers[r] = n
	if s, ok := o.(*stream); ok {
		c.set(n, c.stream(s))
	} else {
		c.set(n, c.object(o))
	}
	return n
}

func (c *cleaner) dict(from dict) dict {
	to := dict{}
	c.fail(c.doc.refuseSoftMask(from))
	for _, key := range slices.Sorted(maps.Keys(from)) {
		switch {
		case key == "CharProcs":
			to[key], to["Resources"] = c.glyphs(from)
		case key == "Encoding" && c.isDict(from[key]):
			to[key] = c.encoding(from)
		case key == "CIDToGIDMap" || key == "JBIG2Globals":
			to[key] = c.data(from[key])
		case key == "ToUnicode":
			to[key] = c.wordsOf(from)
		case programs[key] != nil:
			to[key] = c.program(key, from[key])
		case called[key]:
			if o := c.doc.at(from[key]); isCalled(o) {
				to[key] = o
			}
		case kept[key]:
			to[key] = c.object(from[key])
		}
	}
	return to
}

// isCalled reports whether an object is a name or a string.
func isCalled(o any) bool {
	switch o.(type) {
	case name, text:
		return true
	}
	return false
}

// stream takes over a stream: content is written anew, of an image the picture stays.
func (c *cleaner) stream(s *stream) *stream {
	if c.doc.given(s.dict, "FunctionType") == word("4") {
		return c.calculator(s)
	}
	out := &stream{c.dict(s.dict), s.body}
	switch {
	case c.doc.isForm(s):
		drawn, resources := c.redrawn(c.unpack(s), c.doc.dictAt(s.dict["Resources"]))
		if drawn == nil {
			return out
		}
		out.body, out.dict["Resources"] = drawn.body, resources
		delete(out.dict, "DecodeParms")
		out.dict["Filter"] = drawn.dict["Filter"]
	case c.doc.given(s.dict, "Subtype") == name("Image"):
		c.fail(c.doc.masked(s))
		c.fail(c.doc.excessive(s, nil))
		body, err := c.doc.picture(s)
		c.fail(err)
		out.body = body
	}
	return out
}
