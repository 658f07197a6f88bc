package exchange

import (
	"vitrine/generator/internal/record"
)

// familiar are headings that name a field though they are none of its labels:
// Dublin Core, CollectionBuilder, and what inventories of hồ sơ are headed.
var familiar = map[string]string{
	"objectid": "id", "identifier": "reference.unit_no", "ma": "id", "ma tai lieu": "id", "ma ho so": "id", "ma ban ghi": "id",
	"parentid": "parent", "parent id": "parent", "thuoc": "parent", "thuoc ho so": "parent", "ma cha": "parent", "ho so cha": "parent",
	"cap": "level", "cap mo ta": "level", "cap do": "level",
	"name": "title", "ten": "title", "ten ho so": "title", "ten tai lieu": "title", "tieu de": "title", "tieu de ho so": "title", "trich yeu": "title", "trich yeu noi dung": "title", "nhan de": "title",
	"title en": "title.en", "english title": "title.en", "ten tieng anh": "title.en", "tieu de tieng anh": "title.en",
	"date": "dates.created", "dates": "dates.created", "ngay": "dates.created", "ngay thang": "dates.created", "ngay thang nam": "dates.created", "thoi gian": "dates.created", "date created": "dates.created", "ngay van ban": "dates.created",
	"ngay bat dau": pathStart, "thoi gian bat dau": pathStart, "date start": pathStart, "start date": pathStart,
	"ngay ket thuc": pathEnd, "thoi gian ket thuc": pathEnd, "date end": pathEnd, "end date": pathEnd,
	"year": "dates.created", "nam": "dates.created", "date text": "dates.as_written", "datetext": "dates.as_written", "ngay ghi tren tai lieu": "dates.as_written",
	"accession number": "reference.unit_no", "artist": "creators[]", "creditline": "rights.credit", "inscription": "doc.hand",
	"creator": "creators[]", "author": "creators[]", "tac gia": "creators[]", "nguoi lap": "creators[]", "publisher": "creators[]", "nha xuat ban": "creators[]",
	"photographer": "photo.photographer", "nguoi chup": "photo.photographer", "nguoi ky": "doc.signatory", "co quan ban hanh": "doc.issuer", "so van ban": "doc.number", "so va ky hieu": "doc.number",
	"description": "scope", "mo ta": "scope", "noi dung": "scope", "tom tat": "scope", "abstract": "scope",
	"subject": "subjects[]", "chu de": "subjects[]", "genre": "keywords[]", "the loai": "keywords[]", "tu khoa": "keywords[]", "keyword": "keywords[]",
	"location": "places[]", "dia diem": "places[]", "dia danh": "places[]", "coverage": "places[]", "noi chup": "place",
	"source": "sources[].cite", "nguon": "sources[].cite",
	"rights": "rights.note", "quyen": "rights.note", "ban quyen": "rights.note", "rightsstatement": "rights.uri", "rights uri": "rights.uri", "rights statement": "rights.uri", "license": "rights.uri", "credit": "rights.credit", "credit line": "rights.credit", "ghi nguon": "rights.credit", "rights holder": "rights.holder", "chu so huu quyen": "rights.holder",
	"language": "languages[]", "ngon ngu": "languages[]", "medium": "physical.technique", "chat lieu": "physical.technique", "ky thuat": "physical.technique", "kich thuoc": "physical.dimensions", "dimensions": "physical.dimensions", "tinh trang": "physical.condition", "vat mang tin": "physical.carrier",
	"so to": "reference.folios", "to so": "reference.folios", "ho so so": "reference.unit_no", "dvbq so": "reference.unit_no", "dvbq": "reference.unit_no", "don vi bao quan": "reference.unit_no", "ky hieu": "reference.unit_no", "phong so": "reference.fonds_no", "muc luc so": "reference.inventory_no", "reference code": "reference.unit_no",
	"so trang": "extent", "so luong": "extent", "khoi luong": "extent", "extent": "extent",
	"ten loai": "form", "loai van ban": "form", "loai hinh": "form", "loai tai lieu": "form",
	"filename": "objects[].file", "file name": "objects[].file", "ten tep": "objects[].file", "tep": "objects[].file", "tep anh": "objects[].file", "ten file": "objects[].file", "file": "objects[].file", "object location": "objects[].file",
	"image alt text": "objects[].alt", "alt text": "objects[].alt", "alt": "objects[].alt", "mo ta anh": "objects[].alt", "object transcript": "objects[].transcript", "transcript": "objects[].transcript", "ban chep": "objects[].transcript", "transcript file": "objects[].transcript.file", "tep ban chep": "objects[].transcript.file", "tep loi": "objects[].transcript.file",
	"state": "access.state", "access": "access.state", "access state": "access.state", "muc do tiep can": "access.state", "trang thai": "access.state", "clearance": "clearance", "quyet dinh": "clearance", "quyet dinh cong bo": "clearance",
	"ghi chu": "notes", "note": "notes", "notes": "notes", "do mat": pathSecrecy, "muc do mat": pathSecrecy, "dau mat": pathSecrecy, "secrecy": pathSecrecy,
}

// roles of creators by the heading that names them.
var headingRoles = map[string]string{"publisher": "publisher", "nha xuat ban": "publisher", "author": "author", "tac gia": "author", "photographer": "photographer"}

// guess finds the field of a heading: the keys and labels of the model first,
// then the familiar names.
func guess(header string) (target, string, bool) {
	name := foldName(header)
	if path, ok := familiar[name]; ok {
		t, _ := resolve(path)
		return t, headingRoles[name], true
	}
	for _, f := range record.Fields {
		if foldName(f.Key) == name || foldName(f.Vi) == name || foldName(f.En) == name {
			if t, ok := resolve(f.Key); ok {
				return t, "", true
			}
		}
	}
	if t, ok := resolve(header); ok && name != "" && !t.is(pathSkip) {
		return t, "", true
	}
	return target{path: pathExtra}, "", false
}

// single fields that a second column must not fill again.
func repeatable(t target) bool { return t.list || t.is(pathExtra, pathSkip) }
