package reference

// Field says where a part of a record lands in each format: the tag of RIS, the fields of
// BibTeX and CSL-JSON, and the meta element that Zotero reads, all of a numbered document.
// "-" is nowhere.
type Field struct{ Key, RIS, BibTeX, CSL, Meta string }

// Fields are the parts of an entry. The guide has the same table.
var Fields = []Field{
	{"id", "ID", "key", "id", "-"},
	{"title", "TI", "title", "title", "dc.title"},
	{"creators", "AU", "author", "author", "dc.creator"},
	{"dates", "DA", "year", "issued", "dc.date"},
	{"form", "M3", "type", "genre", "z:reportType"},
	{"doc.number", "SN", "number", "number", "z:reportNumber"},
	{"doc.issuer", "PB", "institution", "publisher", "z:institution"},
	{"reference", "CN", "-", "call-number", "z:callNumber"},
	{"reference.repository", "DB", "howpublished", "archive", "z:archive"},
	{"fonds", "AV", "howpublished", "archive_collection", "z:archiveLocation"},
	{"reference.unit_no", "AV", "howpublished", "archive_location", "z:archiveLocation"},
	{"repository.place", "CY", "address", "archive-place", "z:place"},
	{"languages", "LA", "language", "language", "dc.language"},
	{"scope", "AB", "abstract", "abstract", "dcterms.abstract"},
	{"physical.carrier", "N1", "note", "medium", "-"},
	{"physical.dimensions", "N1", "note", "dimensions", "-"},
	{"originals", "N1", "note", "note", "z:extra"},
	{"site.title", "-", "-", "source", "z:libraryCatalog"},
	{"address", "UR", "url", "URL", "z:url"},
	{"state", "N1", "note", "version", "z:extra"},
}
