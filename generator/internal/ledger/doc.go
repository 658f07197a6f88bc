// Package ledger remembers what the last build saw and wrote.
//
// A ledger is one file of rows in the order in which a folder is walked (see
// [Compare]), so that finding what changed is a merge of two sorted lists and
// takes the same memory for a hundred files as for a million. It is read as a
// whole or not at all: [Open] checks the header, the version and a checksum of
// every byte before it hands out the first row, and answers [*Unusable] with
// the reason if one of them is wrong. A build then starts clean; it never
// trusts half a ledger.
//
// # Format
//
//	header    "vitrine ledger 1\n"
//	rows      section after section, each sorted by path, no path twice
//	sections  25 bytes each: kind, offset, length in bytes, number of rows
//	          (three unsigned 64-bit numbers, big-endian)
//	count     1 byte: how many sections there are
//	checksum  SHA-256 of everything before it, 32 bytes
//
// A row is
//
//	uvarint length, path     slash-separated, relative to the walked folder
//	uvarint length, data     what the section says about the path
//
// Sections stand in the order of their kinds, which are single letters:
//
//	's'  seen: what the build read, a row for each source file. The data is
//	     size, modification time, inode, SHA-256, summary and diagnostics,
//	     in a code of its own; a ledger without this section is complete.
//	'w'  written: what the build put into the output folder, as [Written]:
//	     uvarint size in bytes
//	     varint  modification time in nanoseconds since 1970, UTC
//	     32 bytes SHA-256 of the file
//	     uvarint length of the key (0 or 32), key
//
// Two rows of section 'w', first a page with a key and then a picture without:
//
//	0a "index.html" 4c 8e26 8080e084bc9cdf8a31 <32 bytes> 20 <32 bytes>
//	0f "media/1f/1f.jpg" 2c 8020 8080e084bc9cdf8a31 <32 bytes> 00
//
// The size 8e26 is 4878 bytes, 8020 is 4096; both files are of
// 2026-01-15 00:00:00 UTC.
//
// A change of the format raises the version; an older or newer ledger is then
// as good as none, which costs one clean build.
package ledger
