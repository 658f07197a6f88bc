package main

import (
	"strings"

	"vitrine/generator/diag"

	"github.com/alecthomas/kong"
)

// texts are the words of the command itself.
var texts = map[string]diag.Text{
	"h_app":         diag.T("Dựng trang trưng bày công khai từ một kho tài liệu lưu trữ.", "Builds a public exhibition site from an archive."),
	"h_lang":        diag.T("Ngôn ngữ của thông báo: vi hoặc en. Mặc định theo máy.", "Language of messages: vi or en. By default that of the system."),
	"h_format":      diag.T("Dạng thông báo: text cho người đọc, json cho chương trình.", "Form of messages: text for people, json for programs."),
	"h_build":       diag.T("Dựng trang.", "Build the site."),
	"h_check":       diag.T("Xem nội dung có gì cần sửa; không ghi gì.", "Find what is wrong in the content; writes nothing."),
	"h_serve":       diag.T("Xem thử trên máy này, tự cập nhật khi nội dung thay đổi.", "Preview on this machine, live while the content is edited."),
	"h_new":         diag.T("Bắt đầu một kho, phông, bản ghi, nhân vật, trưng bày hoặc quyết định mới.", "Begin a new archive, fonds, record, agent, exhibition or clearance."),
	"h_import":      diag.T("Nhập từ dạng khác.", "Import from other formats."),
	"h_csv":         diag.T("Nhập bảng CSV và thư mục ảnh thành bản ghi của một phông.", "Import a CSV sheet and a folder of media as records of a fonds."),
	"h_xlsx":        diag.T("Nhập một trang tính của bảng Excel (.xlsx) và thư mục ảnh thành bản ghi của một phông.", "Import a sheet of an Excel workbook (.xlsx) and a folder of media as records of a fonds."),
	"h_scans":       diag.T("Lập bảng Excel liệt kê ảnh quét trong một thư mục, để chia thành tài liệu và mô tả rồi nhập.", "List the scans of a folder in an Excel workbook, to be grouped and described there and then imported."),
	"h_scandir":     diag.T("Thư mục ảnh quét; không gì trong đó bị sửa.", "The folder of scans; nothing in it is changed."),
	"h_scanout":     diag.T("Bảng ghi ra; mặc định là FONDS-scans.xlsx.", "The workbook to write; FONDS-scans.xlsx if not given."),
	"h_scanforce":   diag.T("Ghi đè bảng đã có.", "Overwrite the workbook if it exists."),
	"h_export":      diag.T("Ghi các bản ghi của một phông ra bảng CSV hoặc Excel, để sửa rồi nhập lại.", "Write the records of a fonds into a sheet, CSV or Excel, to be edited and imported again."),
	"h_exportfonds": diag.T("Mã của phông.", "The id of the fonds."),
	"h_exportcsv":   diag.T("Ghi CSV.", "Write CSV."),
	"h_exportxlsx":  diag.T("Ghi bảng Excel (.xlsx).", "Write an Excel workbook (.xlsx)."),
	"h_exportout":   diag.T("Bảng ghi ra; mặc định là FONDS.csv hoặc FONDS.xlsx. Không ghi được vào content hay trang đã dựng.", "The sheet to write; FONDS.csv or FONDS.xlsx if not given. It may not lie in the content or a built site."),
	"h_workbook":    diag.T("Bảng Excel (.xlsx).", "The Excel workbook (.xlsx)."),
	"h_sheet":       diag.T("Tên trang tính; không ghi thì lấy trang đầu tiên có dòng.", "Name of the sheet; if not given, the first that has rows."),
	"h_ead":         diag.T("Nhập công cụ tra cứu EAD 2002 hoặc EAD3 thành cây mô tả của một phông.", "Import a finding aid in EAD 2002 or EAD3 as the tree of a fonds."),
	"h_version":     diag.T("In phiên bản.", "Print the version."),
	"h_content":     diag.T("Thư mục nội dung.", "The content folder."),
	"h_out":         diag.T("Thư mục của trang dựng ra.", "The folder of the site."),
	"h_baseurl":     diag.T("Địa chỉ của trang, như https://vi-du.vn/trung-bay/.", "Address of the site, such as https://example.org/show/."),
	"h_asof":        diag.T("Ngày dựng trang, năm-tháng-ngày. Mặc định hôm nay.", "Day of the build, year-month-day. By default today."),
	"h_jobs":        diag.T("Số việc làm cùng lúc. Mặc định theo máy.", "How much is done at once. By default as many as processors."),
	"h_verify":      diag.T("Dựng lại mọi trang và báo trang nào lẽ ra bị giữ nhầm.", "Make every page anew and report any that would have been kept wrongly."),
	"h_data":        diag.T("Làm cả các tệp về toàn kho để tải về và thu thập, như khi phát hành.", "Also make the files about the whole archive for download and harvesting, as a release does."),
	"h_marks":       diag.T("Tìm cả dấu chỉ mức độ mật trong mọi tệp: chữ, tên tệp, PDF, siêu dữ liệu của ảnh.", "Also look for current markings in every file: text, names, PDF, metadata of images."),
	"h_adopt":       diag.T("Dùng một thư mục đã có tệp mà vitrine chưa từng ghi.", "Take over a folder that vitrine did not write."),
	"h_kind":        diag.T("site, fonds, record, agent, exhibition, clearance; hoặc schema: lược đồ để trình soạn thảo kiểm tra và gợi ý.", "site, fonds, record, agent, exhibition, clearance; or schema: what editors check and complete by."),
	"h_id":          diag.T("Mã của mô tả mới; với site là tên thư mục, với schema thì không cần.", "Id of the new description; for a site, the folder; for schema, none."),
	"h_fonds":       diag.T("Mã của phông.", "Id of the fonds."),
	"h_title":       diag.T("Tên, tiêu đề.", "The title."),
	"h_file":        diag.T("Bảng CSV.", "The CSV sheet."),
	"h_eac":         diag.T("Nhập bản ghi nhân vật, tổ chức ở dạng EAC-CPF.", "Import records of people and bodies in EAC-CPF."),
	"h_eacs":        diag.T("Tệp EAC-CPF (XML), hoặc thư mục các tệp ấy.", "The EAC-CPF file (XML), or a folder of them."),
	"h_aid":         diag.T("Tệp EAD (XML).", "The EAD file (XML)."),
	"h_media":       diag.T("Thư mục có các tệp mà bảng nhắc tới.", "Folder of the files that the sheet names."),
	"h_from":        diag.T("Hệ thống mà bảng xuất từ đó: archivesspace, atom, collectionbuilder, omeka-s, wax.", "The system that the sheet comes from: archivesspace, atom, collectionbuilder, omeka-s, wax."),
	"h_map":         diag.T("Tệp ánh xạ cột thành trường.", "Map from columns to fields."),
	"h_state":       diag.T("Trạng thái tiếp cận cho các hàng không ghi, ví dụ public.", "Access state of rows that have none, such as public."),
	"h_clear":       diag.T("Mã quyết định cho các hàng không ghi.", "Clearance of rows that have none."),
	"h_records":     diag.T("Quyết định: các mã và khoảng mã được xét, cách nhau bằng dấu phẩy.", "Of a clearance: ids and ranges of ids to decide on, between commas."),
	"h_parts":       diag.T("Quyết định: metadata, images, transcript, audio, video. Mặc định metadata,images.", "Of a clearance: metadata, images, transcript, audio, video. By default metadata,images."),
	"h_purpose":     diag.T("Quyết định: web-exhibition, bulk-download, harvesting, offline. Mặc định web-exhibition.", "Of a clearance: web-exhibition, bulk-download, harvesting, offline. By default web-exhibition."),
	"h_maxpx":       diag.T("Quyết định: cạnh dài nhất của ảnh công bố, hoặc full. Mặc định 1600.", "Of a clearance: longest side of published images, or full. By default 1600."),
	"h_growing":     diag.T("Quyết định: tính cả bản ghi thêm về sau vào phạm vi.", "Of a clearance: also cover records added to the scope later."),
	"h_annex":       diag.T("Quyết định: thư mục của danh mục trình ký. Mặc định ho-so-cong-bo/MÃ cạnh thư mục nội dung.", "Of a clearance: folder of the annex for signature. By default ho-so-cong-bo/ID beside the content folder."),
	"h_force":       diag.T("Ghi đè những gì lần nhập trước đã ghi.", "Overwrite what an earlier import wrote."),
	"h_redact":      diag.T("Che thông tin cá nhân hoặc theo điều kiện của người hiến tặng trong ảnh hay PDF, rồi đưa ảnh đã che vào kho.", "Cover personal data, or what a donor asked for, in pictures or a PDF, and take the covered pictures in."),
	"h_master":      diag.T("Ảnh hay PDF gốc, hoặc thư mục các ảnh gốc nếu tệp ghi ô có objects; ở ngoài thư mục nội dung, không bị thay đổi.", "The uncovered picture or PDF, or the folder of masters where the boxes are given by objects; outside the content folder, and not changed."),
	"h_boxes":       diag.T("Tệp YAML hoặc JSON ghi các ô phải che; mẫu ở trên.", "YAML or JSON file of the boxes to cover; an example is above."),
	"h_asof_redact": diag.T("Ngày che, năm-tháng-ngày. Mặc định hôm nay.", "Day of the covering, year-month-day. By default today."),
	"h_withdraw":    diag.T("Rút một tài liệu khỏi trang ngay, kể cả khi nội dung đang có lỗi.", "Take a record off the site at once, even while the content has errors."),
	"h_withdraw_id": diag.T("Mã của phông, nhóm, hồ sơ hoặc tài liệu.", "Id of the fonds, series, file or item."),
	"h_reason":      diag.T("Lý do: state-secret-review, personal-data, copyright, error, superseded hoặc other (mặc định).", "Ground: state-secret-review, personal-data, copyright, error, superseded, or other (the default)."),
	"h_level":       diag.T("Trang báo rút nói gì: minimal (mặc định) không nêu tên, full nêu tên, quyết định và ghi chú.", "What the notice says: minimal (the default) gives no title, full gives title, decision and note."),
	"h_note":        diag.T("Ghi chú cho người đọc; chỉ ở mức full.", "Note for readers; level full only."),
	"h_decision":    diag.T("Số quyết định.", "Number of the decision."),
	"h_release":     diag.T("Làm một lần phát hành: dựng trang, ghi sổ địa chỉ, lập danh mục để ký.", "Make an edition: build the site, keep the ledger of addresses, write the list for signature."),
	"h_audit":       diag.T("Đối chiếu một trang đã đưa ra, trong thư mục hoặc trên mạng, với danh sách tệp và chữ ký của nó.", "Compare a published site, in a folder or on a server, with its manifest and signature."),
	"h_papers":      diag.T("Thư mục giấy tờ của các lần phát hành. Mặc định ban-phat-hanh cạnh thư mục nội dung.", "Folder for the papers of editions. By default ban-phat-hanh beside the content folder."),
	"h_sign":        diag.T("Tệp khoá bí mật của minisign, để ký danh sách tệp.", "File of a secret key of minisign, to sign the manifest."),
	"h_passfile":    diag.T("Tệp chứa mật khẩu của khoá. Không có thì lấy từ VITRINE_SIGN_PASSWORD, hoặc hỏi.", "File with the password of the key. Without it: VITRINE_SIGN_PASSWORD, or you are asked."),
	"h_where":       diag.T("Thư mục của trang, hoặc địa chỉ http(s) của trang.", "Folder of the site, or its http(s) address."),
	"h_key":         diag.T("Tệp khoá công khai của minisign, để kiểm chữ ký.", "File of a public key of minisign, to check the signature."),

	"h_addr":      diag.T("Địa chỉ máy:cổng. Mặc định 127.0.0.1:8080 hoặc cổng trống kế tiếp.", "Address as host:port. By default 127.0.0.1:8080 or the next free port."),
	"h_drafts":    diag.T("Hiện cả bản ghi chưa công bố (chưa xét, thiếu quyết định, chưa đến hạn), kèm dải báo.", "Also show records that are not yet public (not reviewed, not cleared, under embargo), under a banner."),
	"h_open":      diag.T("Mở trình duyệt.", "Open the browser."),
	"h_host":      diag.T("Tên máy khác được phép dùng để truy cập.", "Another name by which the server may be reached."),
	"h_templates": diag.T("Thư mục mẫu trang thay cho mẫu có sẵn, cho người sửa mẫu.", "Folder of templates in place of the embedded ones, for work on these."),

	"serving":    diag.T("Xem thử tại", "Preview at"),
	"stop":       diag.T("Giữ cửa sổ này mở; nhấn Ctrl+C để kết thúc.", "Keep this window open; press Ctrl+C to end."),
	"exposed":    diag.T("máy khác trong mạng có thể truy cập và đọc mọi thứ đang xem thử", "other machines on the network can reach this preview and read all it shows"),
	"drafts":     diag.T("đang hiện cả bản ghi chưa công bố; không để người ngoài xem màn hình này", "records that are not public are shown; keep this preview to yourselves"),
	"no_browser": diag.T("không mở được trình duyệt; hãy tự mở địa chỉ trên", "the browser could not be opened; open the address yourself"),
	"polling":    diag.T("hệ thống không báo thay đổi (ổ mạng?): dò lại mỗi giây", "the system does not tell of changes (a network share?): looking every second"),
	"read_again": diag.T("đã đọc nội dung", "the content was read"),
	"still_old":  diag.T("nội dung có lỗi: vẫn hiện trạng thái tốt gần nhất", "the content has errors: the last good state is still shown"),

	"password": diag.T("Mật khẩu của khoá:", "Password of the key:"),

	"statuses":    diag.T("Mã thoát:", "Exit status:"),
	"bad_lang":    diag.T("--lang là vi hoặc en", "--lang is vi or en"),
	"no_command":  diag.T("thiếu lệnh", "the command is missing"),
	"remains":     diag.T("tệp này còn nhắc đến mã hoặc tên tài liệu vừa rút; hãy xem lại", "this file still holds the id or a title of the withdrawn record; please look at it"),
	"wrote":       diag.T("đã ghi", "wrote"),
	"same_schema": diag.T("Các lược đồ đã đúng với kho, không phải ghi lại.", "The schemas are as the archive needs them; nothing was written."),
	"next_site":   diag.T("Tiếp theo:", "Next:"),
	"next_clear":  diag.T("Quyết định còn là dự thảo và chưa cho phép gì. In danh mục để trình ký; ký xong thì điền số, ngày, cơ quan, người ký, rồi ghi clearance và access vào các bản ghi.", "The decision is a draft and allows nothing yet. Print the annex for signature; when it is signed, fill in number, date, body and signatory, then write clearance and access into the records."),
	"columns":     diag.T("Các cột được hiểu như sau:", "The columns were taken so:"),
}

func (e *env) say(key string) string { return texts[key].In(e.lang) }

// vars gives kong the help texts in a language.
func vars(lang string) kong.Vars {
	out := kong.Vars{}
	for key, t := range texts {
		if strings.HasPrefix(key, "h_") {
			out[key] = t.In(lang)
		}
	}
	return out
}

// language is that of --lang, else of the locale, else of the system.
func language(args []string, getenv func(string) string) string {
	for i, a := range args {
		value, given := strings.CutPrefix(a, "--lang=")
		if a == "--lang" && i+1 < len(args) {
			value, given = args[i+1], true
		}
		if given && (value == "vi" || value == "en") {
			return value
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			return vietnameseOr(v)
		}
	}
	return vietnameseOr(systemLanguage())
}

func vietnameseOr(locale string) string {
	if l := strings.ToLower(locale); l == "vi" || strings.HasPrefix(l, "vi_") || strings.HasPrefix(l, "vi-") || strings.HasPrefix(l, "vi.") {
		return "vi"
	}
	return "en"
}
