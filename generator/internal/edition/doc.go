// Package edition reads and writes what an archive keeps of its editions, in
// content/editions:
//
//	2026-11-26.yaml   one edition: number, date, program, counts, SHA-256 of
//	                  its manifest; a second one of that day is 2026-11-26-2
//	addresses.tsv     every address that was ever released, of pages and of what
//	                  programs read: IIIF descriptions, the feed, the sitemap
//	states.tsv        what became of every record
//	redirects.tsv     written by hand: an old address and where it leads now
//
// The two ledgers only ever grow. An address stays for good, so its line says
// nothing but whose it was and since when:
//
//	address <tab> id <tab> number of the edition
//
// where the id is empty for a page about no single record, such as an index,
// and "pages/<name>" for one of content/pages. Lines are in the order in which
// a folder is walked (ledger.Compare), so that they are merged with the files
// of a site without holding either, and a version control system shows an
// edition as lines that were added. A record has a line for each state:
//
//	id <tab> fingerprint <tab> number of the edition
//
// sorted by id and then by number; the fingerprint is 16 hex digits, or "-"
// where the record left the site. The last line of an id is its state now, and
// the first line with a fingerprint says in which edition that state appeared.
//
// A line takes about 70 bytes an address and 35 a record: 17 MB for 100,000
// records in two languages, and 5 MB more where all of them have a manifest.
package edition
