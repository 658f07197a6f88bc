// Package ledger remembers what the last build saw and wrote.
//
// There are two ledgers beside each site: one of the files that the build
// wrote, which changes only with the site, and one of the sources it saw, which
// is kept even where their faults stopped the build.
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
//	header    "vitrine ledger 3\n"
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
//	'a'  about: one row named "state", by whose data a build decides
//	     whether the rows behind it are of any use to it
//	's'  seen: what the build read, a row for each source file, as [Seen]:
//	     uvarint size in bytes
//	     varint  modification time in nanoseconds since 1970, UTC; 0 for a
//	             file that was young, which is never trusted
//	     uvarint inode
//	     varint  time of the last change of status, likewise; 0 for unknown
//	     uvarint length of the hash (0 or 32), SHA-256 of the file
//	     uvarint length of the summary, summary
//	     the rest is the diagnostics, in the code of package generator
//	't'  thumbs: what was made of a record's images, a row for each record
//	     that has any, under its id
//	'w'  written: what the build put into the output folder, as [Written]:
//	     uvarint size in bytes
//	     varint  modification time in nanoseconds since 1970, UTC
//	     32 bytes SHA-256 of the file
//	     uvarint length of the key (0 or 32), key
//	     the rest is what the key was made from, if there is a key
//	'x'  answers: what the pages among them were told, in the code of package
//	     plan
//	'z'  end: one row named "report", with what the build told people
//
// A row of section 's', of a scan that nobody read, and then two of section
// 'w', first a page with a key from nothing and then a picture without one:
//
//	13 "fonds/f/media/1.jpg" 18 8020 8080e084bc9cdf8a31 a706 80a8b6bec39cdf8a31 00 00
//	0a "index.html" 4c 8e26 8080e084bc9cdf8a31 <32 bytes> 20 <32 bytes>
//	0f "media/1f/1f.jpg" 2c 8020 8080e084bc9cdf8a31 <32 bytes> 00
//
// The size 8e26 is 4878 bytes, 8020 is 4096, the inode a706 is 807; all three
// files are of 2026-01-15 00:00:00 UTC, and the status of the scan changed a
// second later.
//
// A change of the format raises the version; an older or newer ledger is then
// as good as none, which costs one clean build.
package ledger
