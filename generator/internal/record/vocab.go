package record

import (
	"strings"

	"vitrine/generator/diag"
)

// Term is a value of a closed list, with its words.
type Term struct {
	Key string
	diag.Text
}

func term(key, vi, en string) Term { return Term{key, diag.Text{Vi: vi, En: en}} }

// Levels of description, highest first. The order is that of the hierarchy:
// a unit may hang only under one that stands before it, or under its equal
// where a level can nest (sub-fonds, sub-series, part).
var levels = []Term{
	term("fonds", "phông lưu trữ", "fonds"),
	term("collection", "sưu tập lưu trữ", "collection"),
	term("subfonds", "phông con", "sub-fonds"),
	term("series", "nhóm", "series"),
	term("subseries", "nhóm nhỏ", "sub-series"),
	term("file", "hồ sơ", "file"),
	term("item", "tài liệu", "item"),
	term("part", "phần của tài liệu", "item part"),
}

// RightsURI prefixes of the two vocabularies that IIIF accepts too.
const (
	rightsStatements = "http://rightsstatements.org/vocab/"
	creativeCommons  = "http://creativecommons.org/"
)

// vocabularies are the closed lists of the model, by the name that the
// `vocab` tags use. "form" is not here: document types come from the profile.
var vocabularies = map[string][]Term{
	"level": levels,
	"title_kind": {
		term("formal", "tên gốc của tài liệu", "formal title"),
		term("supplied", "tên do cán bộ lưu trữ đặt", "title supplied by the archivist"),
	},
	"fonds_status": {
		term("dong", "phông đóng", "closed"),
		term("mo", "phông mở", "open"),
	},
	"access_state": {
		term("unreviewed", "chưa xét", "not reviewed"),
		term("public", "tiếp cận rộng rãi", "open"),
		term("metadata-only", "chỉ công bố thông tin mô tả", "description only"),
		term("conditional", "tiếp cận có điều kiện", "conditional access"),
		term("embargo", "chưa đến thời hạn công bố", "under embargo"),
		term("restricted", "hạn chế", "restricted"),
		term("withdrawn", "đã rút khỏi trang", "withdrawn"),
	},
	"personal": {
		term("none", "không có dữ liệu cá nhân", "no personal data"),
		term("dead-only", "chỉ có dữ liệu của người đã mất", "data of the dead only"),
		term("living-consented", "người còn sống đã đồng ý", "the living have consented"),
		term("reviewed", "đã xem xét", "reviewed"),
		term("unreviewed", "chưa xem xét", "not reviewed"),
	},
	"closing_event": {
		term("death", "người được nêu mất", "death of the person named"),
		term("creation", "tài liệu được lập", "creation of the record"),
	},
	"severity": {
		term("warning", "cảnh báo", "warning"),
		term("error", "lỗi", "error"),
	},
	"marking": {
		term("mat", "mật", "secret (mật)"),
		term("toi-mat", "tối mật", "highly secret (tối mật)"),
		term("tuyet-mat", "tuyệt mật", "top secret (tuyệt mật)"),
	},
	"withdrawal_reason": {
		term("state-secret-review", "xem xét lại theo quy định về bí mật nhà nước", "review under the rules on state secrets"),
		term("personal-data", "dữ liệu cá nhân", "personal data"),
		term("copyright", "quyền tác giả", "copyright"),
		term("error", "sai sót", "error"),
		term("superseded", "đã được thay thế", "superseded"),
		term("other", "khác", "other"),
	},
	"server": {
		term("apache", "Apache: tệp .htaccess", "Apache: the file .htaccess"),
		term("netlify", "Netlify: các tệp _redirects và _headers", "Netlify: the files _redirects and _headers"),
	},
	"redaction_ground": { // secrecy is none: such a document does not belong in the content
		term("personal-data", "thông tin cá nhân", "personal data"),
		term("donor-terms", "điều kiện của người hiến tặng", "terms of the donor"),
	},
	"withdrawal_level": {
		term("minimal", "tối thiểu", "minimal"),
		term("full", "đầy đủ", "full"),
	},
	"part": {
		term("metadata", "thông tin mô tả", "description"),
		term("images", "ảnh trang", "images"),
		term("transcript", "bản chép", "transcript"),
		term("audio", "âm thanh", "audio"),
		term("video", "phim", "video"),
	},
	"purpose": {
		term("web-exhibition", "trưng bày trên mạng", "exhibition on the web"),
		term("bulk-download", "tải về hàng loạt", "bulk download"),
		term("harvesting", "thu hoạch siêu dữ liệu", "harvesting"),
		term("offline", "bản dùng ngoại tuyến", "offline copies"),
	},
	"copy_status": {
		term("ban-goc", "bản gốc", "original"),
		term("ban-chinh", "bản chính", "fair copy"),
		term("ban-sao", "bản sao", "copy"),
		term("ban-chup", "bản chụp", "photographic copy"),
		term("ban-thao", "bản thảo", "draft"),
		term("ban-nhap", "bản nháp", "rough draft"),
		term("ban-phuc-che", "bản phục chế", "facsimile"),
		term("ban-so-hoa", "bản số hoá", "digital copy"),
		term("minh-hoa", "bản minh hoạ", "illustration"),
		term("khong-ro", "chưa xác định", "not determined"),
	},
	"special_value": {
		term("bao-vat-quoc-gia", "bảo vật quốc gia", "national treasure"),
		term("gia-tri-dac-biet", "tài liệu lưu trữ có giá trị đặc biệt", "records of special value"),
		term("quy-hiem", "tài liệu quý, hiếm", "precious and rare records"),
		term("di-san-tu-lieu", "di sản tư liệu", "documentary heritage"),
		term("ky-uc-the-gioi", "di sản tư liệu thế giới", "Memory of the World"),
	},
	"object_kind": {
		term("page", "ảnh trang", "page image"),
		term("image", "ảnh", "image"),
		term("text", "văn bản", "text"),
		term("audio", "âm thanh", "audio"),
		term("video", "phim", "video"),
		term("pdf", "tệp PDF", "PDF"),
		term("3d", "mô hình 3D", "3D model"),
	},
	"transcript_kind": {
		term("diplomatic", "chép đúng nguyên văn", "diplomatic transcription"),
		term("normalised", "chuẩn hoá chính tả", "normalised transcription"),
	},
	"agent_type": {
		term("corporate", "tổ chức", "corporate body"),
		term("person", "cá nhân", "person"),
		term("family", "gia đình, dòng họ", "family"),
	},
	"living": {
		term("yes", "còn sống", "living"),
		term("no", "đã mất", "deceased"),
		term("unknown", "chưa rõ", "not known"),
	},
	"name_kind": {
		term("former", "tên cũ", "former name"),
		term("later", "tên về sau", "later name"),
		term("alias", "bí danh", "alias"),
		term("pen-name", "bút danh", "pen name"),
		term("birth-name", "tên khai sinh", "birth name"),
		term("abbreviation", "tên viết tắt", "abbreviation"),
		term("reign-name", "niên hiệu", "reign name"),
		term("other", "tên khác", "other name"),
	},
	"relation": {
		term("predecessor", "tiền thân", "predecessor"),
		term("successor", "kế thừa bởi", "successor"),
		term("split-from", "tách từ", "split from"),
		term("merged-into", "sáp nhập vào", "merged into"),
		term("united-into", "hợp nhất thành", "united into"),
		term("renamed", "đổi tên thành", "renamed"),
		term("part-of", "trực thuộc", "part of"),
		term("has-part", "có đơn vị trực thuộc", "has part"),
		term("member-of", "thành viên của", "member of"),
		term("related", "liên quan", "related"),
	},
	"place_precision": {
		term("exact", "chính xác", "exact"),
		term("locality", "mức xã, phường", "locality"),
		term("district", "mức huyện", "district"),
		term("province", "mức tỉnh", "province"),
		term("uncertain", "chưa chắc chắn", "uncertain"),
	},
	"block_size": {
		term("column", "bằng cột chữ", "column"),
		term("wide", "rộng", "wide"),
		term("full", "toàn trang", "full"),
	},
	"compare_view": {
		term("side", "cạnh nhau", "side by side"),
		term("slider", "chồng lên nhau", "one over the other"),
		term("blink", "đổi qua lại", "in turn"),
	},
	"form_group": {
		term("document", "văn bản", "document"),
		term("publication", "ấn phẩm", "publication"),
		term("image", "ảnh, tranh", "image"),
		term("av", "âm thanh, phim", "sound and film"),
		term("map", "bản đồ", "map"),
		term("other", "khác", "other"),
	},
	"navigation": {
		term("exhibitions", "Trưng bày", "Exhibitions"),
		term("fonds", "Phông lưu trữ", "Fonds"),
		term("timeline", "Dòng thời gian", "Timeline"),
		term("on-this-day", "Ngày này năm xưa", "On this day"),
		term("gallery", "Thư viện ảnh", "Gallery"),
		term("agents", "Nhân vật, tổ chức", "People and bodies"),
		term("places", "Địa danh", "Places"),
		term("events", "Sự kiện", "Events"),
		term("subjects", "Chủ đề", "Subjects"),
		term("browse", "Duyệt theo mục", "Browse"),
		term("search", "Tìm kiếm", "Search"),
		term("about", "Giới thiệu", "About"),
		term("guide", "Hướng dẫn", "Guide"),
		term("visit", "Tham quan", "Visit"),
		term("terms", "Thuật ngữ", "Glossary"),
	},
	"rights": {
		term(rightsStatements+"InC/1.0/", "Còn bảo hộ quyền tác giả", "In Copyright"),
		term(rightsStatements+"InC-OW-EU/1.0/", "Còn bảo hộ – tác phẩm mồ côi (EU)", "In Copyright – EU Orphan Work"),
		term(rightsStatements+"InC-EDU/1.0/", "Còn bảo hộ – được dùng cho giáo dục", "In Copyright – Educational Use Permitted"),
		term(rightsStatements+"InC-NC/1.0/", "Còn bảo hộ – được dùng phi thương mại", "In Copyright – Non-Commercial Use Permitted"),
		term(rightsStatements+"InC-RUU/1.0/", "Còn bảo hộ – không tìm được chủ sở hữu", "In Copyright – Rights-holder(s) Unlocatable or Unidentifiable"),
		term(rightsStatements+"NoC-CR/1.0/", "Không bảo hộ – có ràng buộc hợp đồng", "No Copyright – Contractual Restrictions"),
		term(rightsStatements+"NoC-NC/1.0/", "Không bảo hộ – chỉ dùng phi thương mại", "No Copyright – Non-Commercial Use Only"),
		term(rightsStatements+"NoC-OKLR/1.0/", "Không còn hoặc không thuộc bảo hộ – có ràng buộc pháp lý khác", "No Copyright – Other Known Legal Restrictions"),
		term(rightsStatements+"NoC-US/1.0/", "Không bảo hộ – Hoa Kỳ", "No Copyright – United States"),
		term(rightsStatements+"CNE/1.0/", "Chưa đánh giá quyền tác giả", "Copyright Not Evaluated"),
		term(rightsStatements+"UND/1.0/", "Chưa xác định được quyền tác giả", "Copyright Undetermined"),
		term(rightsStatements+"NKC/1.0/", "Không rõ có bảo hộ hay không", "No Known Copyright"),
		term(creativeCommons+"licenses/by/4.0/", "CC BY 4.0", "CC BY 4.0"),
		term(creativeCommons+"licenses/by-sa/4.0/", "CC BY-SA 4.0", "CC BY-SA 4.0"),
		term(creativeCommons+"licenses/by-nc/4.0/", "CC BY-NC 4.0", "CC BY-NC 4.0"),
		term(creativeCommons+"publicdomain/zero/1.0/", "CC0 1.0", "CC0 1.0"),
		term(creativeCommons+"publicdomain/mark/1.0/", "Phạm vi công cộng", "Public Domain Mark"),
	},
	"creator_role": {
		term("creator", "đơn vị hình thành phông", "creator"),
		term("author", "tác giả", "author"),
		term("issuer", "cơ quan ban hành", "issuing body"),
		term("signatory", "người ký", "signatory"),
		term("editor", "người biên tập", "editor"),
		term("publisher", "nhà xuất bản", "publisher"),
		term("photographer", "người chụp", "photographer"),
		term("collector", "người sưu tầm", "collector"),
		term("accumulator", "đơn vị tập hợp", "accumulator"),
		term("addressee", "người nhận", "addressee"),
		term("speaker", "người nói", "speaker"),
		term("contributor", "người tham gia", "contributor"),
	},
}

// RightsURI turns an address of a rights statement, as people copy it from
// their browser, into the one the vocabulary has: http, /vocab/ for /page/, a
// slash at the end. Other strings stay as they are.
func RightsURI(s string) string {
	if !strings.Contains(s, "rightsstatements.org/") && !strings.Contains(s, "creativecommons.org/") {
		return s
	}
	s = strings.Replace(s, "https://", "http://", 1)
	s = strings.Replace(s, "http://www.", "http://", 1)
	s = strings.Replace(s, "rightsstatements.org/page/", "rightsstatements.org/vocab/", 1)
	s, _, _ = strings.Cut(s, "?")
	s, _, _ = strings.Cut(s, "/deed")
	return strings.TrimSuffix(s, "/") + "/"
}

// Vocabulary returns the terms of a closed list in their order, nil when there is none of that name.
func Vocabulary(name string) []Term { return vocabularies[name] }

// IsTerm reports whether a word is a term of any vocabulary.
func IsTerm(key string) bool {
	for _, terms := range vocabularies {
		for _, t := range terms {
			if t.Key == key {
				return true
			}
		}
	}
	return false
}

// Lookup returns the term of a closed list.
func Lookup(vocabulary, key string) (Term, bool) {
	for _, t := range vocabularies[vocabulary] {
		if t.Key == key {
			return t, true
		}
	}
	return Term{}, false
}

// LevelRank is the place of a level in the hierarchy, 0 for a fonds; -1 when it is not a level.
func LevelRank(level string) int {
	for i, t := range levels {
		if t.Key == level {
			return i
		}
	}
	return -1
}

// MayHold reports whether a unit of one level may have one of another directly beneath it.
func MayHold(parent, child string) bool {
	p, c := LevelRank(parent), LevelRank(child)
	if p < 0 || c < 2 {
		return false // nothing stands above a fonds or a collection
	}
	if p == c {
		return child == "subfonds" || child == "subseries" || child == "part"
	}
	return p < c
}

// IsTop reports whether a level stands at the top of a tree.
func IsTop(level string) bool { return level == "fonds" || level == "collection" }
