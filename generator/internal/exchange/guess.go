package exchange

import (
	"maps"
	"strings"

	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
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
	"thu tu trang": "objects[].seq", "page number": "objects[].seq", "nhan to": "objects[].label", "page label": "objects[].label", "image alt text": "objects[].alt", "alt text": "objects[].alt", "alt": "objects[].alt", "mo ta anh": "objects[].alt", "object transcript": "objects[].transcript", "transcript": "objects[].transcript", "ban chep": "objects[].transcript", "transcript file": "objects[].transcript.file", "tep ban chep": "objects[].transcript.file", "tep loi": "objects[].transcript.file",
	"clearance": "clearance", "quyet dinh": "clearance", "quyet dinh cong bo": "clearance",
	"ghi chu": "notes", "note": "notes", "notes": "notes",
}

// roles of creators by the heading that names them.
var headingRoles = map[string]string{"publisher": "publisher", "nha xuat ban": "publisher", "author": "author", "tac gia": "author", "photographer": "photographer"}

// secrecyHeadings are what columns are headed that hold a marking.
var secrecyHeadings = byFoldedName(`Độ mật, Mức độ mật, Mức mật, Cấp độ mật, Chế độ mật, Dấu mật, Dấu độ mật, Dấu chỉ độ mật, Dấu chỉ mức độ mật, Dấu chỉ mật, Mức độ bảo mật, Độ bảo mật, Cấp độ bảo mật, Bảo mật, Mật, Bí mật,
	Tài liệu mật, Văn bản mật, Thời hạn giải mật, Thời hạn bảo mật, Thời hạn bảo vệ bí mật, Bí mật nhà nước, Secrecy, Secrecy level, Level of secrecy, Secret, Confidential, Confidentiality, Classified,
	Security, Security level, Security classification, Security marking, Classification level, Protective marking`)

// accessHeadings are what columns are headed that hold the access state (mức độ tiếp
// cận, by older rules chế độ sử dụng).
var accessHeadings = byFoldedName(`State, Access, Access state, Access status, Access level, Access rights, AccessRights, Access condition, Access conditions, Access restriction, Access restrictions, accessrestrict, Conditions of access, conditionsOfAccess, Conditions governing access,
	Trạng thái, Mức độ tiếp cận, Mức tiếp cận, Tình trạng tiếp cận, Trạng thái tiếp cận, Điều kiện tiếp cận, Điều kiện tiếp cận và sử dụng, Chế độ tiếp cận, Quyền tiếp cận, Phạm vi tiếp cận, Khả năng tiếp cận, Tiếp cận,
	Chế độ sử dụng, Mức độ sử dụng, Chế độ khai thác, Chế độ khai thác sử dụng, Điều kiện khai thác, Mức độ công khai, Lưu hành, Phạm vi lưu hành, Chế độ lưu hành, Phạm vi phổ biến`)

// publishHeadings ask whether a document may be published, restrictionHeadings whether
// it may not.
var (
	publishHeadings     = byFoldedName(`Công bố, Được công bố, Cho công bố, Được phép công bố, Cho phép công bố, Tình trạng công bố, Mức độ công bố, Công khai, Được công khai, Public, Publish, Publishable`)
	restrictionHeadings = byFoldedName(`Hạn chế, Hạn chế sử dụng, Hạn chế tiếp cận, Restriction, Restrictions, Restricted, Closed`)
)

// What the cells of such columns say, by folded value. Whatever opens a record stands
// in the vocabulary of states; what would merely not close it says nothing ("").
var (
	accessValues = map[string]string{
		"han che su dung": "restricted", "han che tiep can": "restricted", "tiep can han che": "restricted", "su dung han che": "restricted", "noi bo": "restricted", "luu hanh noi bo": "restricted", "dong": "restricted", "kin": "restricted",
		"khong cong bo": "restricted", "khong duoc cong bo": "restricted", "khong cong khai": "restricted", "khong tiep can": "restricted", "khong duoc tiep can": "restricted", "closed": "restricted", "restricted access": "restricted", "not public": "restricted", "private": "restricted",
		"chua cong bo": "unreviewed", "chua duoc cong bo": "unreviewed", "cong khai": "", "rong rai": "", "su dung rong rai": "", "khong han che": "", "unrestricted": "",
	}
	publishValues     = with(accessValues, "restricted: khong, no, n, false, 0", "unreviewed: chua", ": co, duoc, x, yes, y, true, 1, duoc cong bo")
	restrictionValues = with(accessValues, "restricted: co, x, yes, y, true, 1", ": khong, no, n, false, 0, none")
)

// with adds values to a table, each list behind what it is translated to.
func with(table map[string]string, lists ...string) map[string]string {
	out := maps.Clone(table)
	for _, list := range lists {
		to, values, _ := strings.Cut(list, ":")
		for v := range strings.SplitSeq(values, ",") {
			out[strings.TrimSpace(v)] = to
		}
	}
	return out
}

func byFoldedName(list string) map[string]string {
	out := map[string]string{}
	for name := range strings.SplitSeq(list, ",") {
		out[foldName(name)] = strings.TrimSpace(name)
	}
	return out
}

// isOne reports whether a heading is one of some names, with its marks or without some
// of them: «Bị mất» is no «Bí mật».
func isOne(header string, names map[string]string) bool {
	name, ok := names[foldName(header)]
	if !ok {
		return false
	}
	found := vi.NewWording(name).In(header)
	return len(found) > 0 && found[0].Likeness != vi.Near
}

// ofAccess is the rule for a column whose heading says that it holds markings or states.
func ofAccess(header string) (rule, bool) {
	state, _ := resolve("access.state")
	switch {
	case isOne(header, secrecyHeadings):
		return rule{to: target{path: pathSecrecy}}, true
	case isOne(header, publishHeadings):
		return rule{to: state, values: publishValues}, true
	case isOne(header, restrictionHeadings):
		return rule{to: state, values: restrictionValues}, true
	case isOne(header, accessHeadings):
		return rule{to: state, values: accessValues}, true
	}
	return rule{}, false
}

// guess finds the rule for a heading: what says that a document is secret or restricted
// first, then the familiar names, then the keys and labels of the model.
func guess(header string) (rule, bool) {
	if r, ok := ofAccess(header); ok {
		return r, true
	}
	name := foldName(header)
	if path, ok := familiar[name]; ok {
		t, _ := resolve(path)
		return rule{to: t, role: headingRoles[name]}, true
	}
	for _, f := range record.Fields {
		if foldName(f.Key) == name || foldName(f.Vi) == name || foldName(f.En) == name {
			if t, ok := resolve(f.Key); ok {
				return rule{to: t}, true
			}
		}
	}
	if t, ok := resolve(header); ok && name != "" && !t.is(pathSkip) {
		return rule{to: t}, true
	}
	return rule{}, false
}

// secret reports whether the cell of a column of markings says that there is one.
func secret(s string) bool {
	switch foldName(s) {
	case "", "khong", "khong mat", "thuong", "binh thuong", "cong khai", "0", "false", "no", "n", "none", "khong co", "unclassified":
		return false
	}
	return true
}

// repeatable are fields that several columns may fill: lists, and what is held against
// what another column says.
func repeatable(t target) bool {
	return t.list || t.is(pathExtra, pathSkip, pathSecrecy, "access.state")
}
