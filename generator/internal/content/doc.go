// Package content reads a content tree into records, with positions.
//
// A file is read through os.Root, so nothing outside the content folder can
// be reached. Its text is repaired to NFC, cut at `---` lines into pieces,
// and each piece is decoded by itself: a broken piece does not hide the
// others. Unknown and repeated keys, values outside a closed list and dates
// that are no EDTF are diagnostics with file, line and column.
package content
