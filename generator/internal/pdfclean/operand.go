package pdfclean

// maxColour is how many numbers a colour may have (ISO 32000-1, annex C).
const maxColour = 32

// operands are those that an operator takes of what stands before it, the last of them; ok
// says whether all are what they should be.
func (u *used) operands(takes string, given []any) (out []any, ok bool) {
	if takes == "c" {
		return u.colour(given)
	}
	if len(given) < len(takes) {
		return nil, false
	}
	given = given[len(given)-len(takes):]
	for i, kind := range takes {
		o, ok := u.operand(kind, given[i])
		if !ok {
			return nil, false
		}
		out = append(out, o)
	}
	return out, true
}

// operand is one of a kind.
func (u *used) operand(kind rune, o any) (any, bool) {
	switch kind {
	case 'n':
		return o, isPlainNumber(o)
	case 's':
		_, ok := o.(text)
		return o, ok
	case 't', 'd':
		all, ok := o.([]any)
		out := []any{}
		for _, e := range all {
			if _, isText := e.(text); isText && kind == 't' || isPlainNumber(e) {
				out = append(out, e)
			}
		}
		return out, ok
	case 'i':
		n, _ := o.(name)
		return o, intents[n]
	}
	n, ok := o.(name)
	if !ok || kind == 'C' && deviceSpaces[n] {
		return o, ok
	}
	return u.call(kind, n), true
}

// colour are the numbers of a colour, and the name of a pattern.
func (u *used) colour(given []any) (out []any, ok bool) {
	var pattern []any
	if last := len(given) - 1; last >= 0 {
		if n, isName := given[last].(name); isName {
			given, pattern = given[:last], []any{u.call('P', n)}
		}
	}
	from := len(given)
	for from > 0 && len(given)-from < maxColour && isPlainNumber(given[from-1]) {
		from--
	}
	out = append(append(out, given[from:]...), pattern...)
	return out, len(out) > 0
}

func isPlainNumber(o any) bool {
	w, ok := o.(word)
	return ok && plainNumber.MatchString(string(w))
}

// deviceSpaces are the colour spaces that operators name without a resource (ISO 32000-1, 8.6.3),
// intents those that renderings may have (8.6.5.8).
var (
	deviceSpaces = setOf[name]("DeviceGray DeviceRGB DeviceCMYK Pattern")
	intents      = setOf[name]("AbsoluteColorimetric RelativeColorimetric Saturation Perceptual")
)

// plainNames are the names that the standard gives to what draws: kinds of objects, filters,
// colour spaces, blend modes and intents. All others are somebody's own.
var plainNames = setOf[name](`XObject Image Form Font Pattern ExtGState Group Transparency Encoding CMap FontDescriptor Mask
	Type0 Type1 MMType1 Type1C Type3 TrueType CIDFontType0 CIDFontType2 CIDFontType0C OpenType
	ASCIIHexDecode ASCII85Decode LZWDecode FlateDecode RunLengthDecode CCITTFaxDecode JBIG2Decode DCTDecode JPXDecode AHx A85 LZW Fl RL CCF DCT
	DeviceGray DeviceRGB DeviceCMYK CalGray CalRGB Lab ICCBased Indexed Separation DeviceN Pattern G RGB CMYK I
	Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion Hue Saturation Color Luminosity
	AbsoluteColorimetric RelativeColorimetric Perceptual
	Alpha None All Identity Default
	StandardEncoding MacRomanEncoding WinAnsiEncoding PDFDocEncoding MacExpertEncoding
	UltraCondensed ExtraCondensed Condensed SemiCondensed SemiExpanded Expanded ExtraExpanded UltraExpanded`)

// isPlain reports whether a value says nothing but what a viewer draws with: numbers, names
// of the standard, and strings of colours.
func isPlain(o any) bool {
	switch o := o.(type) {
	case word:
		return plainWords[o] || isPlainNumber(o)
	case name:
		return plainNames[o]
	case []any:
		for i, e := range o {
			if _, isText := e.(text); isText && i == indexedColours && len(o) == indexedColours+1 {
				continue
			}
			if !isPlain(e) {
				return false
			}
		}
		return true
	case dict:
		for key, e := range o {
			if !kept[key] || !isPlain(e) {
				return false
			}
		}
		return true
	}
	return false
}

var plainWords = setOf[word]("true false null")

// indexedColours is the place of the colours in an indexed colour space (ISO 32000-1, 8.6.6.3).
const indexedColours = 3
