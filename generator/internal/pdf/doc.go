// Package pdf opens PDF files with PDFium: for the text of their pages, for text
// that was covered or left out and not taken away, and for pictures of the pages.
//
// PDFium is compiled to WebAssembly and runs in a box of its own without files,
// clock or network. It adds 12 MB to the command (20 to 32 MB). Its start, at the
// first PDF, takes 4.5 s of processor time and 305 MB of memory; after that the text
// of a page takes 10 to 30 ms. Interpreted instead of compiled it would start in
// 1 s and 190 MB, and take a second a page.
//
// Not looked for are text in a hidden layer or in the appearance of an annotation
// that an earlier revision had, text that marked content gives in place of nothing at
// all, pictures of earlier revisions, and objects that no revision reaches.
//
// Files are not trusted: each is opened in a new box, within limits of memory, time
// and pages, and whatever goes beyond is a [Problem], never a crash.
package pdf
