// Package pdfclean writes a PDF file anew with nothing in it but what draws its pages.
//
// It goes from the pages down and takes over what is on its list: the keys that a
// viewer needs to draw (ISO 32000-1), the operators that draw, and of the resources
// those that an operator names. All else is left behind without being looked at, so
// what nobody thought of is gone too: properties, XMP, attachments, scripts,
// actions, forms, annotations, bookmarks, structure, layers, marked content, private
// data of programs, comments, earlier revisions, objects that no page leads to. Of
// JPEG and JPEG 2000 images it takes the picture alone. CMaps are written anew from their
// codes. Of a font of Type 1 the comments and strings of the plain part go, of TrueType and
// OpenType all tables but those that draw, of CFF the strings by which it says something of
// itself; of functions in PostScript the comments. Resources and colorants get numbers for
// names, and glyphs that no text shows are left out with their names. An operator has the
// operands that it takes, an object numbers and names of the standard. What is drawn stays
// as it is written, so a page looks the same to the last pixel.
//
// It reads the plain files that PDFium saves, and no others: each object by itself,
// nothing encrypted. The same bytes give the same bytes, without day, number or name
// of a program.
//
// It refuses what draws by means that nobody could look into afterwards, tiling patterns,
// soft masks and glyphs of Type 3 that are more than one shape, and images that hold more than is shown
// of them: that have a mask which hides a part, or more data than their size says. It refuses
// text and images that are squeezed to a line, of which PDFium does not tell. What is
// drawn and not seen, under something else or beside the page, it keeps: that is for
// package pdf to find. It keeps, too, what fonts and colours are told by: the names of fonts,
// of the glyphs that are shown (and all of post, CFF, Type 1), and of registries; what a code
// stands for that is shown, or that only a CMap could find, in up to 64 bytes; the part of a
// Type 1 that is encrypted, and bytes of a CFF to which nothing leads; ICC profiles with their
// descriptions; samples of functions and tables of glyphs that nobody counts.
package pdfclean

import "vitrine/generator/diag"

// Error says why a file cannot be written anew.
type Error struct{ Why diag.Text }

// Error is the English reason.
func (e *Error) Error() string { return e.Why.En }

func fault(vi, en string, args ...any) *Error { return &Error{diag.T(vi, en, args...)} }

func damaged() *Error {
	return fault("cấu trúc của PDF bị hỏng", "the structure of the PDF is damaged")
}
