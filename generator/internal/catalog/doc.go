// Package catalog is the small frozen summary of every publishable record.
//
// A Builder takes each record as it is read and keeps only a summary; the
// record is dropped. Freeze resolves parents and links, asks the gate for a
// verdict on every record, drops what is not published and puts the rest
// into the order of the tree. A Catalog never changes after that and may be
// read by any number of goroutines. What is not in it cannot reach a page.
package catalog
