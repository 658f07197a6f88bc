// Package excise takes a record out of a site that was published, with nothing
// but the files of that site.
//
// It serves the hour in which something must come off the web and the archive
// cannot be built: its sources have errors, or an exhibition still names the
// record. A build knows what each page is made of; here there is only HTML. So
// the rule is: cut what certainly shows the record – its slip, its row, its
// mark, its picture, the link to it – and with it every number that may have
// counted it. A running text that links to the record goes as a whole. Where it
// is not certain what a page says of the record, as in an exhibition, the whole
// page gives way to a notice until the next build. In the end no file holds
// the id of the record, its titles or its pictures; only the notice in its own
// place may name it.
//
// The package knows the classes that the templates give to parts of a page,
// and nothing of records, catalogs or disks.
package excise
