package ead

import "strings"

// shape is how the values of a field are written.
type shape uint8

const (
	shapeNone      shape = iota // by the writer itself, or not at all
	shapeText                   // an element of did with words
	shapeName                   // an element of did with a name in it
	shapeDate                   // unitdatestructured
	shapeWritten                // unitdate
	shapeExtent                 // physdescstructured, or physdesc
	shapeLanguages              // langmaterial
	shapeLink                   // dao
	shapePoint                  // a name in controlaccess
	shapeBlock                  // paragraphs
	shapeRefs                   // a list of references
)

// Field is the element that a field of the model becomes.
type Field struct {
	Key     string // of the model; some fields are told in parts
	Element string // path beneath c or archdesc
	Type    string // attribute localtype, or label and datechar where the element has none

	shape shape
	order int
}

// Fields are the fields in the order in which they are written: first those
// of did, then those beside it. What has no element here is in no document.
var Fields = number([]Field{
	{Key: "level", Element: "@level"},
	{Key: "reference", Element: "did/unitid", Type: "reference", shape: shapeText},
	{Key: "reference.fonds_no", Element: "did/unitid", Type: "fonds_no", shape: shapeText},
	{Key: "reference.inventory_no", Element: "did/unitid", Type: "inventory_no", shape: shapeText},
	{Key: "reference.unit_no", Element: "did/unitid", Type: "unit_no", shape: shapeText},
	{Key: "reference.folios", Element: "did/unitid", Type: "folios", shape: shapeText},
	{Key: "reference.former", Element: "did/unitid", Type: "former", shape: shapeText},
	{Key: "id", Element: "did/unitid", Type: "id", shape: shapeText},
	{Key: "former_ids", Element: "did/unitid", Type: "former_ids", shape: shapeText},
	{Key: "doc.number", Element: "did/unitid", Type: "doc.number", shape: shapeText},
	{Key: "doc.symbol", Element: "did/unitid", Type: "doc.symbol", shape: shapeText},
	{Key: "title", Element: "did/unittitle", shape: shapeText},
	{Key: "title_kind", Element: "did/unittitle/@localtype"},
	{Key: "subtitle", Element: "did/unittitle", Type: "subtitle", shape: shapeText},
	{Key: "other_titles", Element: "did/unittitle", Type: "other_titles", shape: shapeText},
	{Key: "dates", Element: "did/unitdatestructured", shape: shapeDate},
	{Key: "dates.words", Element: "did/unitdate", shape: shapeWritten},
	{Key: "dates.as_written", Element: "did/unitdate", Type: "as_written", shape: shapeWritten},
	{Key: "dates.basis", Element: "did/didnote", Type: "dates.basis", shape: shapeText},
	{Key: "dates.note", Element: "did/didnote", Type: "dates.note", shape: shapeText},
	{Key: "extent", Element: "did/physdescstructured", shape: shapeExtent},
	{Key: "extent.text", Element: "did/physdesc", Type: "extent", shape: shapeText},
	{Key: "physical.carrier", Element: "did/physdesc", Type: "physical.carrier", shape: shapeText},
	{Key: "physical.dimensions", Element: "did/physdesc", Type: "physical.dimensions", shape: shapeText},
	{Key: "physical.technique", Element: "did/physdesc", Type: "physical.technique", shape: shapeText},
	{Key: "doc.hand", Element: "did/physdesc", Type: "doc.hand", shape: shapeText},
	{Key: "photo.colour", Element: "did/physdesc", Type: "photo.colour", shape: shapeText},
	{Key: "photo.size", Element: "did/physdesc", Type: "photo.size", shape: shapeText},
	{Key: "av.duration", Element: "did/physdesc", Type: "av.duration", shape: shapeText},
	{Key: "av.quality", Element: "did/physdesc", Type: "av.quality", shape: shapeText},
	{Key: "av.carrier", Element: "did/physdesc", Type: "av.carrier", shape: shapeText},
	{Key: "languages", Element: "did/langmaterial", shape: shapeLanguages},
	{Key: "scripts", Element: "did/langmaterial/languageset/script"},
	{Key: "av.language", Element: "did/langmaterial", Type: "av.language", shape: shapeLanguages},
	{Key: "creators", Element: "did/origination", shape: shapeName},
	{Key: "doc.issuer", Element: "did/origination", Type: "doc.issuer", shape: shapeName},
	{Key: "doc.signatory", Element: "did/origination", Type: "doc.signatory", shape: shapeName},
	{Key: "photo.photographer", Element: "did/origination", Type: "photo.photographer", shape: shapeName},
	{Key: "reference.repository", Element: "did/repository", shape: shapeName},
	{Key: "info_symbol", Element: "did/materialspec", Type: "info_symbol", shape: shapeText},
	{Key: "map.scale", Element: "did/materialspec", Type: "map.scale", shape: shapeText},
	{Key: "map.projection", Element: "did/materialspec", Type: "map.projection", shape: shapeText},
	{Key: "objects", Element: "did/dao", shape: shapeLink},
	{Key: "objects.manifest", Element: "did/dao", Type: "iiif-manifest", shape: shapeLink},

	{Key: "creator_history", Element: "bioghist", shape: shapeBlock},
	{Key: "creators.history", Element: "bioghist", Type: "creators", shape: shapeBlock},
	{Key: "archival_history", Element: "custodhist", shape: shapeBlock},
	{Key: "acquisition", Element: "acqinfo", shape: shapeBlock},
	{Key: "scope", Element: "scopecontent", shape: shapeBlock},
	{Key: "body", Element: "odd", Type: "body", shape: shapeBlock},
	{Key: "accruals", Element: "accruals", shape: shapeBlock},
	{Key: "status", Element: "accruals", Type: "status", shape: shapeBlock},
	{Key: "arrangement", Element: "arrangement", shape: shapeBlock},
	{Key: "access", Element: "accessrestrict", shape: shapeBlock},
	{Key: "rights", Element: "userestrict", shape: shapeBlock},
	{Key: "rights.holder", Element: "userestrict", Type: "holder", shape: shapeBlock},
	{Key: "physical", Element: "phystech", shape: shapeBlock},
	{Key: "finding_aids", Element: "otherfindaid", shape: shapeBlock},
	{Key: "originals", Element: "originalsloc", shape: shapeBlock},
	{Key: "copies", Element: "altformavail", shape: shapeBlock},
	{Key: "related", Element: "relatedmaterial/archref", shape: shapeRefs},
	{Key: "publications", Element: "bibliography/bibref", shape: shapeRefs},
	{Key: "special_value", Element: "odd", Type: "special_value", shape: shapeBlock},
	{Key: "digitisation", Element: "processinfo", Type: "digitisation", shape: shapeBlock},
	{Key: "description_control", Element: "processinfo", Type: "description_control", shape: shapeBlock},
	{Key: "sources", Element: "processinfo", Type: "sources", shape: shapeBlock},
	{Key: "prefer_cite", Element: "prefercite", shape: shapeBlock},
	{Key: "notes", Element: "odd", Type: "notes", shape: shapeBlock},
	{Key: "doc.capacity", Element: "odd", Type: "doc.capacity", shape: shapeBlock},
	{Key: "doc.place_date_line", Element: "odd", Type: "doc.place_date_line", shape: shapeBlock},
	{Key: "doc.addressees", Element: "odd", Type: "doc.addressees", shape: shapeBlock},
	{Key: "doc.secrecy_as_marked", Element: "odd", Type: "doc.secrecy_as_marked", shape: shapeBlock},
	{Key: "doc.copy_status", Element: "odd", Type: "doc.copy_status", shape: shapeBlock},
	{Key: "doc.pseudonym", Element: "odd", Type: "doc.pseudonym", shape: shapeBlock},
	{Key: "news.title", Element: "odd", Type: "news.title", shape: shapeBlock},
	{Key: "news.issue", Element: "odd", Type: "news.issue", shape: shapeBlock},
	{Key: "news.number_printed", Element: "odd", Type: "news.number_printed", shape: shapeBlock},
	{Key: "photo.caption", Element: "odd", Type: "photo.caption", shape: shapeBlock},
	{Key: "photo.event", Element: "odd", Type: "photo.event", shape: shapeBlock},
	{Key: "av.programme", Element: "odd", Type: "av.programme", shape: shapeBlock},
	{Key: "av.tracks", Element: "odd", Type: "av.tracks", shape: shapeBlock},
	{Key: "form", Element: "controlaccess/genreform", shape: shapePoint},
	{Key: "doc.type", Element: "controlaccess/genreform", Type: "doc.type", shape: shapePoint},
	{Key: "agents", Element: "controlaccess/persname", shape: shapePoint},
	{Key: "photo.persons", Element: "controlaccess/persname", Type: "photo.persons", shape: shapePoint},
	{Key: "av.speakers", Element: "controlaccess/persname", Type: "av.speakers", shape: shapePoint},
	{Key: "place", Element: "controlaccess/geogname", Type: "place", shape: shapePoint},
	{Key: "places", Element: "controlaccess/geogname", shape: shapePoint},
	{Key: "events", Element: "controlaccess/subject", Type: "events", shape: shapePoint},
	{Key: "subjects", Element: "controlaccess/subject", shape: shapePoint},
	{Key: "keywords", Element: "controlaccess/subject", Type: "keywords", shape: shapePoint},
})

func number(fields []Field) []Field {
	for i := range fields {
		fields[i].order = i
	}
	return fields
}

// byKey finds a field.
var byKey = func() map[string]*Field {
	out := map[string]*Field{}
	for i := range Fields {
		out[Fields[i].Key] = &Fields[i]
	}
	return out
}()

// Has reports whether a field has an element.
func Has(key string) bool { return byKey[key] != nil }

// where says in which part of a component a field stands.
type where uint8

const (
	inDid where = iota
	beside
	inPoints
)

func (f *Field) where() where {
	switch {
	case f.shape == shapePoint:
		return inPoints
	case strings.HasPrefix(f.Element, "did/"):
		return inDid
	}
	return beside
}

// name is the last element of the path, outer the one around it.
func (f *Field) name() string  { return f.Element[strings.LastIndexByte(f.Element, '/')+1:] }
func (f *Field) outer() string { return f.Element[:strings.LastIndexByte(f.Element, '/')] }
