package record

import "vitrine/generator/diag"

// Field words one key of a unit of description.
type Field struct {
	Key  string
	Area string // the ISAD(G) area it is shown in: a key of Areas
	diag.Text
	ISAD      string // number in ISAD(G) 2nd ed., empty where it has none
	Mandatory string // levels at which it is mandatory for publication: letters of F S H I (fonds, series, hồ sơ, item)
	Required  bool   // missing is an error at the Mandatory levels; else a warning
}

// Areas are the areas of ISAD(G) and, behind them, those of item-level extras.
var Areas = []Term{
	term("identity", "Nhận dạng", "Identity statement"),
	term("context", "Bối cảnh hình thành", "Context"),
	term("content", "Nội dung và cấu trúc", "Content and structure"),
	term("conditions", "Điều kiện tiếp cận và sử dụng", "Conditions of access and use"),
	term("allied", "Tài liệu liên quan", "Allied materials"),
	term("points", "Điểm truy cập", "Access points"),
	term("document", "Yếu tố thể thức", "Elements of the document"),
	term("notes", "Ghi chú", "Notes"),
	term("control", "Kiểm soát mô tả", "Description control"),
}

// Fields are the keys of a unit in the order in which a card shows them.
// Labels, ISAD(G) numbers and obligations follow the table of the archival
// model; a profile may word a label differently.
var Fields = []Field{
	f("reference", "identity", "Mã tra cứu", "Reference code", "3.1.1", "FSHI", true),
	f("title", "identity", "Tên, tiêu đề", "Title", "3.1.2", "FSHI", true),
	f("title_kind", "identity", "Nguồn của tiêu đề", "Kind of title", "3.1.2", "", false),
	f("other_titles", "identity", "Tên khác", "Other titles", "3.1.2", "", false),
	f("subtitle", "identity", "Phụ đề", "Subtitle", "3.1.2", "", false),
	f("dates", "identity", "Thời gian tài liệu", "Dates", "3.1.3", "FSHI", true),
	f("level", "identity", "Cấp độ mô tả", "Level of description", "3.1.4", "FSHI", true),
	f("extent", "identity", "Khối lượng", "Extent and medium", "3.1.5", "FH", false),
	f("form", "identity", "Tên loại, loại hình", "Form", "", "I", true),
	f("special_value", "identity", "Giá trị đặc biệt", "Special value", "", "", false),
	f("creators", "context", "Đơn vị hình thành, tác giả", "Creators", "3.2.1", "F", false),
	f("creator_history", "context", "Lịch sử đơn vị hình thành phông", "Administrative / biographical history", "3.2.2", "", false),
	f("archival_history", "context", "Lịch sử phông", "Archival history", "3.2.3", "", false),
	f("acquisition", "context", "Nguồn thu thập, hiến tặng", "Immediate source of acquisition", "3.2.4", "", false),
	f("scope", "content", "Nội dung, phạm vi", "Scope and content", "3.3.1", "F", false),
	f("appraisal", "content", "Xác định giá trị, thời hạn bảo quản", "Appraisal", "3.3.2", "", false),
	f("accruals", "content", "Bổ sung tài liệu", "Accruals", "3.3.3", "", false),
	f("status", "content", "Trạng thái phông", "Status of the fonds", "3.3.3", "", false),
	f("arrangement", "content", "Phương án phân loại, hệ thống hoá", "System of arrangement", "3.3.4", "", false),
	f("access", "conditions", "Mức độ tiếp cận", "Conditions governing access", "3.4.1", "FSHI", false),
	f("rights", "conditions", "Điều kiện sử dụng, sao chụp", "Conditions governing reproduction", "3.4.2", "", false),
	f("languages", "conditions", "Ngôn ngữ", "Languages", "3.4.3", "HI", false),
	f("scripts", "conditions", "Chữ viết", "Scripts", "3.4.3", "", false),
	f("physical", "conditions", "Tình trạng vật lý, kỹ thuật", "Physical characteristics", "3.4.4", "", false),
	f("finding_aids", "conditions", "Công cụ tra cứu", "Finding aids", "3.4.5", "", false),
	f("originals", "allied", "Bản gốc, mức độ tin cậy", "Originals", "3.5.1", "I", false),
	f("copies", "allied", "Bản sao, bản số hoá", "Copies", "3.5.2", "", false),
	f("related", "allied", "Tài liệu liên quan", "Related units", "3.5.3", "", false),
	f("publications", "allied", "Đã công bố", "Publication note", "3.5.4", "", false),
	f("digitisation", "allied", "Tình trạng số hoá", "Digitisation", "", "", false),
	f("agents", "points", "Nhân vật, tổ chức", "People and bodies", "", "", false),
	f("place", "points", "Nơi làm ra", "Place of creation", "", "", false),
	f("places", "points", "Địa danh", "Places", "", "", false),
	f("events", "points", "Sự kiện", "Events", "", "", false),
	f("subjects", "points", "Chủ đề", "Subjects", "", "", false),
	f("keywords", "points", "Từ khoá", "Keywords", "", "", false),
	f("doc.type", "document", "Tên loại như ghi trên văn bản", "Type as written", "", "", false),
	f("doc.number", "document", "Số, ký hiệu", "Number and symbol", "", "", false),
	f("doc.symbol", "document", "Ký hiệu", "Symbol", "", "", false),
	f("doc.issuer", "document", "Cơ quan ban hành", "Issuing body", "", "", false),
	f("doc.signatory", "document", "Người ký", "Signatory", "", "", false),
	f("doc.capacity", "document", "Thể thức ký", "Capacity", "", "", false),
	f("doc.place_date_line", "document", "Địa danh, ngày tháng ghi trên văn bản", "Place and date as written", "", "", false),
	f("doc.addressees", "document", "Nơi nhận", "Addressees", "", "", false),
	f("doc.secrecy_as_marked", "document", "Dấu chỉ độ mật trên tài liệu", "Marking on the document", "", "", false),
	f("doc.copy_status", "document", "Loại bản", "Original or copy", "", "", false),
	f("doc.hand", "document", "Bút tích, chữ ký, dấu", "Handwriting, signatures, seals", "", "", false),
	f("doc.pseudonym", "document", "Tên ký", "Name as signed", "", "", false),
	f("news.title", "document", "Tên báo", "Newspaper", "", "", false),
	f("news.issue", "document", "Số báo", "Issue", "", "", false),
	f("news.number_printed", "document", "Số in trên báo", "Number as printed", "", "", false),
	f("photo.caption", "document", "Chú thích ảnh", "Caption", "", "", false),
	f("photo.photographer", "document", "Tác giả ảnh", "Photographer", "", "", false),
	f("photo.event", "document", "Sự kiện trong ảnh", "Event shown", "", "", false),
	f("photo.colour", "document", "Màu sắc", "Colour", "", "", false),
	f("photo.size", "document", "Cỡ phim, ảnh", "Size", "", "", false),
	f("photo.persons", "document", "Người trong ảnh", "Persons shown", "", "", false),
	f("av.duration", "document", "Thời lượng", "Duration", "", "", false),
	f("av.language", "document", "Ngôn ngữ nói", "Spoken language", "", "", false),
	f("av.quality", "document", "Chất lượng", "Quality", "", "", false),
	f("av.carrier", "document", "Vật mang tin", "Carrier", "", "", false),
	f("av.programme", "document", "Chương trình", "Programme", "", "", false),
	f("av.speakers", "document", "Người nói", "Speakers", "", "", false),
	f("av.tracks", "document", "Danh mục đoạn", "Tracks", "", "", false),
	f("map.scale", "document", "Tỉ lệ", "Scale", "", "", false),
	f("map.projection", "document", "Phép chiếu", "Projection", "", "", false),
	f("info_symbol", "notes", "Ký hiệu thông tin", "Information symbol", "", "", false),
	f("notes", "notes", "Ghi chú", "Note", "3.6.1", "", false),
	f("prefer_cite", "notes", "Cách trích dẫn", "Preferred citation", "", "", false),
	f("sources", "notes", "Nguồn của thông tin mô tả", "Sources", "", "", false),
	f("description_control", "control", "Người mô tả, quy tắc, ngày mô tả", "Archivist's note, rules, date", "3.7", "FSHI", false),
	f("id", "control", "Mã bản ghi", "Record identifier", "3.1.1", "FSHI", true),
	f("former_ids", "control", "Mã cũ", "Former identifiers", "", "", false),
}

func f(key, area, vi, en, isad, mandatory string, required bool) Field {
	return Field{key, area, diag.Text{Vi: vi, En: en}, isad, mandatory, required}
}

// FieldByKey returns the field with a key.
func FieldByKey(key string) (Field, bool) {
	for _, f := range Fields {
		if f.Key == key {
			return f, true
		}
	}
	return Field{}, false
}

// MandatoryAt reports whether the field is mandatory at a level.
func (f Field) MandatoryAt(level string) bool {
	letter, ok := levelLetters[level]
	if !ok {
		return false
	}
	for _, l := range f.Mandatory {
		if l == letter {
			return true
		}
	}
	return false
}

// levelLetters are the letters by which the model's table names levels.
var levelLetters = map[string]rune{
	"fonds": 'F', "collection": 'F', "subfonds": 'S', "series": 'S', "subseries": 'S', "file": 'H', "item": 'I', "part": 'I',
}
