package exchange

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/internal/record"
)

const secretProfile = testProfile + `secrecy:
  markings: ["TUYỆT MẬT", "TỐI MẬT", "MẬT"]
  circulation: ["LƯU HÀNH NỘI BỘ", "KHÔNG PHỔ BIẾN"]
  warnings: ["HOẢ TỐC", "DỰ THẢO"]
  alone: ["MẬT", "KHÔNG PHỔ BIẾN", "HOẢ TỐC", "DỰ THẢO"]
  folded: ["TUYỆT MẬT", "TỐI MẬT"]
  degrees: {tuyet-mat: ["TM", "TOP SECRET"]}
`

// opened imports a sheet with --state public and a clearance, and gives the state of
// each record that came of it.
func opened(t *testing.T, sheet, plan string) (map[string]string, *Report) {
	t.Helper()
	dir := archive(t, map[string]string{"profiles/thu.yaml": secretProfile})
	src := t.TempDir()
	o := Options{Content: dir, File: filepath.Join(src, "a.csv"), FondsID: "f1", State: "public", Clearance: "kt-01"}
	writeFile(t, o.File, sheet)
	if plan != "" {
		o.MapFile = filepath.Join(src, "map.yaml")
		writeFile(t, o.MapFile, plan)
	}
	rep, err := ImportCSV(context.Background(), o)
	out := map[string]string{}
	if err != nil {
		return out, rep
	}
	for id, u := range readBack(t, dir, "f1") {
		out[id] = u.Access.State.V
	}
	return out, rep
}

// sheetWith is a sheet in which one row of two has something in another column.
func sheetWith(header, value string) string {
	quoted := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	return "Mã,Tiêu đề,Ngày tháng,Tên loại," + quoted(header) + "\nd1,A,1945,khac," + quoted(value) + "\nd2,B,1946,khac,\n"
}

// However staff say that a document is secret or restricted, the row is not opened.
func TestRestrictionsInSheets(t *testing.T) {
	for _, c := range [][2]string{
		{"Chế độ sử dụng", "Hạn chế"}, {"Che do su dung", "han che"}, {"CHẾ ĐỘ SỬ DỤNG", "Hạn chế sử dụng"}, {"Chế độ sử dụng", "Theo quy định riêng"}, {"Điều kiện tiếp cận", "hạn chế"}, {"Tình trạng tiếp cận", "hạn chế"}, {"Mức độ tiếp cận", "Hạn chế sử dụng"},
		{"Công bố", "Không"}, {"Được công bố", "Không"}, {"Duoc cong bo", "khong"}, {"Công bố", "chờ xin ý kiến"}, {"Restriction", "closed"}, {"Restrictions", "yes"}, {"Access conditions", "closed"}, {"Conditions governing access", "by appointment"}, {"accessRights", "closed"},
		{"Dấu chỉ mức độ mật", "Mật"}, {"Mức độ bảo mật", "Mật"}, {"Muc do bao mat", "A"}, {"Mật", "x"}, {"Mat", "x"}, {"Mật", "có"}, {"Bí mật", "Có"}, {"Security", "Secret"}, {"Security classification", "2"}, {"Thời hạn giải mật", "2040"}, {"Lưu hành", "Nội bộ"}, {"Phạm vi lưu hành", "nội bộ"},
		{"Ghi gì đó", "TUYỆT MẬT"}, {"Ghi gì đó", "toi mat"}, {"Ghi gì đó", "Dấu đóng: Mật"}, {"Ghi chú", "LƯU HÀNH NỘI BỘ"}, {"Mô tả", "Công văn.\nTỐI MẬT\nKính gửi"}, {"Tên tiếng Anh", "TUYỆT MẬT"}, {"Tờ số", "Mật"},
		{"Cột lạ", "hạn chế"}, {"Cột lạ", "tài liệu này chưa được công bố vì liên quan tới nhiều người còn sống"}, {"Cột lạ", "Chưa giải mật"}, {"Cột lạ", "restricted"}, {"Cột lạ", "closed until 2040"}, {"Cột lạ", "Confidential"}, {"Cột lạ", "tai lieu mat"},
		{"Có được công bố không", "0"}, {"Diện hạn chế", "1"}, {"Ngày giải mật", "1995"}, {"isPublic", "0"}, {"Mức mật của văn bản", "2"}, {"Embargo", "2040"}, {"Ghi chú kho", "kín"},
		{"Ghi chú", "Chưa giải mật"}, {"Ghi chú", "Không công bố"}, {"Ghi chú", "Hạn chế sử dụng"}, {"Ghi chú", "Không cho đọc"}, {"Ghi chú", "Tài liệu mật"}, {"Ghi chú", "Hạn chế"}, {"Notes", "Access restricted"}, {"Nội dung", "Không được phép công bố"},
		{"Ghi chú", "Không được khai thác"}, {"Ghi chú", "Không đưa lên mạng"}, {"Ghi chú", "Chưa cho phép công bố đến năm 2040"}, {"Ghi chú", "Đóng đến 2040"}, {"Ghi chú", "Chỉ dùng trong cơ quan"}, {"Ghi chú", "Cấm công bố"}, {"Ghi chú", "KHONG CONG BO"}, {"Ghi chú", "Cần xin ý kiến trước khi công bố"}, {"Ghi chú", "Chờ giải mật"}, {"Ghi chú", "Đề nghị chưa đưa ra công chúng"}, {"Ghi chú", "Không cho mượn"},
		{"Ghi chú", "Bản sao này ghi trong biên bản của hội đồng: tài liệu hạn chế sử dụng, không công bố trước 2040 theo yêu cầu"}, {"Ghi chú", "Theo ý kiến của gia đình người viết thì bức thư này và các thư kèm theo chưa được đưa lên mạng cho tới khi có thoả thuận"},
		{"Notes", "Closed to the public until 2040"}, {"Notes", "Withheld"}, {"Notes", "Not open"}, {"Notes", "No access"}, {"Notes", "Do not release"}, {"Notes", "Private papers: ask family before release"}, {"Notes", "The letters in this folder were given on the terms that they are not to be published before 2045"},
		{"Tình trạng", "Hạn chế"}, {"Tình trạng", "Đóng"}, {"Tình trạng", "Không công bố"}, {"Tình trạng vật lý", "Không công bố"}, {"Bản quyền", "Không được phép công bố"}, {"Rights", "Closed"}, {"Bản quyền", "Hạn chế sử dụng"}, {"Quyền", "Không công khai"}, {"Status", "closed"}, {"Status", "draft"}, {"Condition", "Restricted"},
		{"Chú thích ảnh", "Không công bố"}, {"Từ khoá", "Không công bố"}, {"Từ khoá", "Thư; Không công bố"}, {"Nguồn", "Không công bố"}, {"Tên khác", "Không công bố"}, {"Loại hình", "Không công bố"}, {"Số lượng", "Không công bố"}, {"Ngôn ngữ", "Không công bố"}, {"Địa điểm", "Không công bố"}, {"Lịch sử", "Không công bố"}, {"Người tạo", "Không công bố"},
		{"Published", "0"}, {"Published", "false"}, {"Xét duyệt", "chưa xét"}, {"Duyệt", "chưa"}, {"Khai thác", "Cấm"}, {"Khai thác", "Không"}, {"Sử dụng", "Không"}, {"Ngày mở", "2140-01-01"}, {"Năm mở", "2140"}, {"Thời hạn đóng", "2140"}, {"Hiển thị", "không"}, {"Visible", "false"}, {"Web", "no"}, {"Riêng tư", "x"}, {"Cá nhân", "Có"}, {"PII", "yes"}, {"Dấu", "M"}, {"Mở năm", "2140"}, {"Show", "no"},
		{"Dữ liệu cá nhân", "Có"}, {"Personal data", "Yes"}, {"PERSONAL", "unreviewed"}, {"Nhạy cảm", "x"}, {"Độ nhạy cảm", "Cao"}, {"Quyền xem", "Cán bộ lưu trữ"}, {"Cho phép đọc", "Không"}, {"Đưa lên web", "Không"}, {"Available online", "No"},
		{"Ghi chú", "đã được rút"}, {"Ghi chú", "đã gỡ bỏ"}, {"Ghi chú", "đang niêm phong"}, {"Ghi chú", "còn niêm phong"}, {"Ghi chú", "removed from site"}, {"Ghi chú", "withdrawn from site"}, {"Ghi chú", "no consent from family"}, {"Ghi chú", "consent not obtained"}, {"Ghi chú", "mở: 2140"}, {"Ghi chú", "đóng: 75 năm"}, {"Ghi chú", "tạm đóng"}, {"Ghi chú", "Tạm thời đóng"}, {"Ghi chú", "Công khai: không"}, {"Ghi chú", "Được công bố: chưa"}, {"Ghi chú", "public = no"}, {"Ghi chú", "Public? No"}, {"Ghi chú", "đóng - 75 năm"}, {"Ghi chú", "gia đình chưa đồng ý"}, {"Ghi chú", "Chưa được gia đình đồng ý công bố"}, {"Ghi chú", "chưa có sự đồng ý của gia đình"}, {"Ghi chú", "rút"}, {"Ghi chú", "gỡ"}, {"Ghi chú", "đã thu hồi"}, {"Ghi chú", "đã gỡ khỏi website"}, {"Ghi chú", "removed"}, {"Ghi chú", "do not use"}, {"Ghi chú", "on hold"}, {"Ghi chú", "open after 50 years"}, {"Ghi chú", "Hồ sơ chưa được xét duyệt"}, {"Ghi chú", "phải xin phép gia đình"}, {"Ghi chú", "không đồng ý cho công bố"}, {"Ghi chú", "gia đình chưa đồng ý công khai"}, {"Ghi chú", "public: no"}, {"Ghi chú", "withdrawn"}, {"Ghi chú", "đã rút"}, {"Ghi chú", "rút khỏi trang"}, {"Ghi chú", "takedown"}, {"Ghi chú", "not cleared"}, {"Ghi chú", "permission refused"}, {"Ghi chú", "no consent"}, {"Ghi chú", "not for web"}, {"Ghi chú", "niêm phong"}, {"Ghi chú", "chưa cho phép"}, {"Ghi chú", "không cho phép"}, {"Ghi chú", "cấm phát tán"}, {"Ghi chú", "sẽ mở năm 2140"}, {"Ghi chú", "opens 2140"}, {"Ghi chú", "75-year closure"}, {"Ghi chú", "đóng 75 năm"},
		{"Ghi chú", "Non communicable avant 2140"}, {"Ghi chú", "Avant 2140."}, {"Ghi chú", "Communicable à partir de 2140"}, {"Ghi chú", "Fermé jusqu'en 2140"}, {"Ghi chú", "Réservé jusqu’au 1er janvier 2140"}, {"Ghi chú", "Après le 1er mai 2140"}, {"Ghi chú", "Dossiers non communicables"}, {"Ghi chú", "Incommunicable"}, {"Ghi chú", "Accès restreint"}, {"Ghi chú", "Acces interdit au public"},
		{"Ghi chú", "Communication soumise à autorisation du déposant"}, {"Ghi chú", "Communicable sur dérogation"}, {"Ghi chú", "Consultation sous réserve de l'accord de la famille"}, {"Ghi chú", "Ne pas diffuser"}, {"Ghi chú", "Ne peut être communiqué"}, {"Ghi chú", "Reproduction interdite"}, {"Nội dung", "Consultation interdite"}, {"Bản quyền", "Non communicable avant 2140"}, {"Cột lạ", "Confidentiel"}, {"Cột lạ", "Non consultable"},
		{"Trạng thái", "public?"}, {"Trạng thái", "công khai (?)"}, {"Trạng thái", "？public"}, {"Từ khoá", "Thư; đã rút"}, {"access.personal", "none?"},
	} {
		got, rep := opened(t, sheetWith(c[0], c[1]), "")
		if s := got["d1"]; s != "" && s != "restricted" && s != "unreviewed" {
			t.Errorf("%s = %s: the row became %s\n%s", c[0], c[1], s, dump(rep))
		}
		if got["d2"] != "public" {
			t.Errorf("%s = %s: the other row became %q\n%s", c[0], c[1], got["d2"], dump(rep))
		}
		if _, kept := got["d1"]; !kept && (rep.Refused != 1 || !strings.Contains(dump(rep), `a.csv:2: error: cell E2 “`+c[0]+`”`)) {
			t.Errorf("%s = %s: the cell is not named\n%s", c[0], c[1], dump(rep))
		}
	}
}

// What only sounds like it, and what says that nothing stands against it, is taken.
func TestInnocentSheets(t *testing.T) {
	for _, c := range [][2]string{
		{"Tên tiếng Anh", "A report on secret police"}, {"Ghi chú", "Báo cáo về việc chống mật thám"}, {"Ghi chú", "In bí mật tại căn cứ, báo Cờ Giải phóng công bố năm 1945"}, {"Ghi chú", "Mặt trận Việt Minh"}, {"Tóm tắt", "Hạn chế lạm phát; tiếp cận thị trường"},
		{"Cột lạ", "Mặt trận"}, {"Cột lạ", "mật thám Pháp"}, {"Cột lạ", "lấy mật ong"}, {"Cột lạ", "The Secretary of the Committee"}, {"Cột lạ", "bị mất góc"}, {"Cột lạ", "Kể lại việc Trung ương công bố bản tuyên ngôn trước hàng vạn đồng bào"},
		{"Mặt", "trước"}, {"Mặt sau", "có chữ"}, {"Bị mất", "tờ 3"}, {"Mất", "x"}, {"Mật độ", "cao"}, {"Access points", "Hà Nội"}, {"Ghi chú nội bộ", "hỏi lại"}, {"Accession number", "12"}, {"Secretary", "Nguyễn Văn Mẫu"}, {"Nơi công bố", "Báo Nhân Dân, số 5, trang nhất, ngày 2-9"},
		{"Ghi chú", "Chữ mờ, không đọc được"}, {"Ghi chú", "Cuộn phim hỏng, không sử dụng được"}, {"Ghi chú", "Chùa mở hội năm 1938; đến năm 1945 bị phá"}, {"Ghi chú", "Không có hạn chế"}, {"Notes", "No publication date"}, {"Notes", "Access to the castle was not open to the army"}, {"Rights", "No known restrictions on publication."}, {"Tình trạng", "Rách mép, đóng tập"}, {"Địa điểm", "Hà Đông"}, {"Địa điểm", "Đông"}, {"Từ khoá", "Đồng; Mặt trận"},
		{"Ghi chú", "Librement communicable"}, {"Ghi chú", "Manuscrit non publié"}, {"Ghi chú", "Film non diffusé"}, {"Ghi chú", "Journal interdit avant 1945, puis jusqu'en 1954"}, {"Ghi chú", "Carte postale du cap Saint-Jacques, après 1910"}, {"Nội dung", "Manifestation sans autorisation à Hué"}, {"Nội dung", "Commerce soumis à autorisation"}, {"Ghi chú", "Journal dont la publication fut suspendue"}, {"Ghi chú", "Avant le no 2131"}, {"Nội dung", "Lettres confidentielles du gouverneur"},
		{"Dấu", "có dấu tròn"}, {"Published", "1958"}, {"Published in", "Hà Nội"}, {"Năm mở", "1938"}, {"Ngày mở hồ sơ", "1950-01-02"}, {"Website", "https://vi-du.vn"}, {"Sử dụng", "làm minh hoạ cho sách"}, {"Cá nhân liên quan", "Nguyễn Văn Mẫu"}, {"Duyệt", "x"}, {"Status", "Bản chính"}, {"Tên tiếng Anh", "Closed shops in Hanoi"}, {"Nội dung", "Kể lại việc báo không công bố bản tuyên ngôn trước hàng vạn đồng bào ở quảng trường mà đợi đến tháng sau"},
		{"Độ mật", "Không"}, {"Độ mật", "thường"}, {"Mật", "không"}, {"Công bố", "Có"}, {"Hạn chế", "không"}, {"Chế độ sử dụng", "Rộng rãi"}, {"Mức độ tiếp cận", "Tiếp cận rộng rãi"}, {"Restriction", "none"},
		{"Ghi chú", "Quân đội đã rút khỏi thành phố năm 1954"}, {"Nội dung", "Quân địch đã rút."}, {"Nội dung", "Kho gạo bị niêm phong, công nhân bãi công"}, {"Nội dung", "Bộ tem, chưa phát hành"}, {"Từ khoá", "thu hồi; cam; quýt"}, {"Ghi chú", "Tem không phát hành"}, {"Tình trạng vật lý", "Đã gỡ, tu bổ"}, {"Nội dung", "Permission refused to hold a public meeting"}, {"Notes", "French troops withdrawn from Hanoi"}, {"Ghi chú", "Trường mở năm 1938"}, {"Notes", "The bridge opens to the north"}, {"Ghi chú", "Sổ đóng 75 tờ"}, {"Nội dung", "Nhà máy tạm đóng"}, {"Nội dung", "Trường tạm đóng cửa vì dịch"}, {"Nội dung", "Công văn đi từ số 2131 đến số 2160"}, {"Ghi chú", "Từ số 2131 đến số 2160"}, {"Nội dung", "Đơn khiếu nại không được xét"}, {"Từ khoá", "rút; tiền"}, {"Ghi chú", "Đã rút ruột, còn bìa"},
	} {
		got, rep := opened(t, sheetWith(c[0], c[1]), "")
		if got["d1"] != "public" {
			t.Errorf("%s = %s: %q\n%s", c[0], c[1], got["d1"], dump(rep))
		}
	}
}

// The map says what a column is, also that it is only kept or left out. A marking it
// does not explain away, unless the row puts on record that it was lifted.
func TestExplainedColumns(t *testing.T) {
	const head = "id: Mã\nguess: true\ncolumns:\n  \"Cột lạ\": "
	for _, c := range []struct{ value, to, want string }{
		{"hạn chế", "extra", "public"}, {"hạn chế", "skip", "public"}, {"loại 2", "{to: access.state, values: {\"loại 2\": restricted}}", "restricted"}, {"loại 3", "{to: access.state, values: {\"loại 2\": restricted}}", ""},
		{"loại 2", "secrecy", ""}, {"Mật", "extra", ""}, {"TUYỆT MẬT", "extra", ""}, {"TUYỆT MẬT", "skip", "public"},
	} {
		if got, rep := opened(t, sheetWith("Cột lạ", c.value), head+c.to+"\n"); got["d1"] != c.want || got["d2"] != "public" {
			t.Errorf("%s as %s: %v\n%s", c.value, c.to, got, dump(rep))
		}
	}
	const lifted = "Mã,Tiêu đề,Dấu,QĐ giải mật,Ngày QĐ,Của\nd1,A,TỐI MẬT,12-QĐ,1995-05-01,Hội đồng mẫu\nd2,B,TỐI MẬT,,,\n"
	const plan = "id: Mã\ncolumns:\n  \"Tiêu đề\": title\n  \"Dấu\": {to: access.declassification.former_marking, values: {\"TỐI MẬT\": toi-mat}}\n  \"QĐ giải mật\": access.declassification.decision.number\n  \"Ngày QĐ\": access.declassification.decision.date\n  \"Của\": access.declassification.decision.by\n"
	if got, rep := opened(t, lifted, plan); got["d1"] != "public" || got["d2"] != "" {
		t.Errorf("%v\n%s", got, dump(rep))
	}
	// A column of secrecy is held against what was lifted, by its own words.
	for value, want := range map[string]string{"Tối mật": "public", "Mật": "public", "TM": "", "Top secret": ""} {
		sheet := strings.NewReplacer("Của\n", "Của,Độ\n", "mẫu\n", "mẫu,"+value+"\n", ",,,\n", ",,,,\n").Replace(lifted)
		if got, rep := opened(t, sheet, plan+"  \"Độ\": secrecy\n"); got["d1"] != want {
			t.Errorf("%s: %v\n%s", value, got, dump(rep))
		}
	}
}

// Two columns that contradict each other open nothing.
func TestContradictingColumns(t *testing.T) {
	for row, want := range map[string]string{"public,hạn chế": "restricted", "hạn chế,public": "restricted", "metadata-only,public": "", "public,public": "public", "public,": "public"} {
		if got, rep := opened(t, "id,title,Trạng thái,Chế độ sử dụng\nd1,A,"+row+"\nd2,B,,\n", ""); got["d1"] != want {
			t.Errorf("%s: %q\n%s", row, got["d1"], dump(rep))
		}
	}
}

// What hangs beneath a row that does not come in, or is a page of it, does not either:
// directly under the fonds it would be open.
func TestRowsBeneathASecretOne(t *testing.T) {
	got, rep := opened(t, "id,parent,title,Độ mật,filename\nh1,,Hồ sơ,Mật,\na1,h1,Văn bản,,\nb1,a1,Phụ lục,,\nh1,,,,2.jpg\nc1,,Khác,,\n", "")
	if len(got) != 2 || got["c1"] != "public" || rep.Refused != 4 || rep.Taken != 1 {
		t.Errorf("%v\n%s", got, dump(rep))
	}
}

// The real sheets of others come in whole.
func TestRealSheetsAreInnocent(t *testing.T) {
	var files []string
	for _, pattern := range []string{"collections/*/*.csv", "metadata/*/*.csv", "ric-o/*.csv"} {
		found, _ := filepath.Glob(data + pattern)
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skip("skipped: the real data is not here")
	}
	for _, file := range files {
		dir := archive(t, map[string]string{"profiles/thu.yaml": secretProfile})
		rep, err := ImportCSV(context.Background(), Options{Content: dir, File: file, FondsID: "f1", State: "public", Clearance: "kt-01"})
		for _, d := range rep.Notes {
			if err != nil || d.Code == "access-unexplained" || d.Code == "marking-current" {
				t.Errorf("%s: %v %v: %s", file, err, d.Pos, d.Msg.En)
			}
		}
		t.Logf("%s: %d rows, %d refused", filepath.Base(file), rep.Rows, rep.Refused)
	}
}

// Of two rows with one id that disagree on access the open one does not come in.
func TestTwinsThatDisagree(t *testing.T) {
	for _, second := range []string{"Hạn chế", "Không công bố"} {
		got, rep := opened(t, "Mã,Tiêu đề,Ngày tháng,Tên loại,Mức độ tiếp cận\nd1,A,1945,khac,\nd1,B,1946,khac,"+second+"\nd2,C,1947,khac,\n", "")
		if got["d1"] == "public" || got["d2"] != "public" {
			t.Errorf("%s: %v\n%s", second, got, dump(rep))
		}
	}
	if got, rep := opened(t, sheetWith("Độ mật", "Đã giải mật"), ""); got["d1"] != "" {
		t.Errorf("declassified without a decision: %v\n%s", got, dump(rep))
	}
}

// What the sheet says of access and nobody understands opens nothing, in whatever key of it.
func TestUnreadAccessOpensNothing(t *testing.T) {
	for key, value := range map[string]string{
		"access.personal": "còn sống", "access.embargo_until": "sang năm", "access.state": "không rõ", "withdrawn.reason": "đã rút", "access.declassification.former_marking": "TM",
	} {
		dir := archive(t, nil)
		o := sheetFile(t, dir, "Mã,Tiêu đề,Ngày tháng,Tên loại,K\nd1,Một,1945,khac,"+value+"\nd2,Hai,1946,khac,\n", nil)
		o.State, o.Clearance, o.MapFile = "public", "kt-01", filepath.Join(t.TempDir(), "map.yaml")
		writeFile(t, o.MapFile, "columns: {Mã: id, Tiêu đề: title, Ngày tháng: dates.created, Tên loại: form, K: "+key+"}\n")
		rep, err := ImportCSV(context.Background(), o)
		if back := readBack(t, dir, "f1"); err != nil || back["d1"] != nil || back["d2"] == nil {
			t.Errorf("%s: %v, %v\n%s", key, err, back["d1"], dump(rep))
		}
		o.State, o.Force = "restricted", true // and what stays closed may come
		if rep, err = ImportCSV(context.Background(), o); key != "access.embargo_until" && (err != nil || rep.Refused > 0) {
			t.Errorf("%s, restricted: %v\n%s", key, err, dump(rep))
		}
	}
}

// A row beneath one that is not taken, or that is nowhere, is not put in the open beside it.
func TestOrphansStayOut(t *testing.T) {
	const head = "Mã,Tiêu đề,Ngày tháng,Tên loại,Hồ sơ,Cấp,Trạng thái,Đến\nd0,Không,1944,khac,,item,,\n"
	for name, file := range map[string]string{
		"embargo to no day": "h1,Hồ sơ,1945,,,file,embargo,2030\n",
		"an id of others":   "h2,Hồ sơ,1945,,,file,restricted,\n",
		"an id twice":       "h1,Hồ sơ,1945,,,file,public,\nh1,Hồ sơ kín,1945,,,file,restricted,\n",
		"nowhere":           "",
	} {
		dir := archive(t, map[string]string{"fonds/f1/fonds.yaml": "id: f1\nlevel: fonds\ntitle: Phông\ndates: {created: \"1945\"}\nextent: {quantity: \"1\", unit: tập}\nreference: {repository: kho, fonds_no: f1}\naccess: {state: public}\nclearance: kt-01\n",
			"fonds/f1/records/cu.yaml": "id: h2\nlevel: file\nparent: f1\ntitle: Hồ sơ cũ\nreference: {repository: kho, fonds_no: f1}\ndates: {created: \"1945\"}\naccess: {state: public}\nclearance: kt-01\n"})
		parent := "h1"
		if strings.HasPrefix(file, "h2") {
			parent = "h2"
		}
		o := sheetFile(t, dir, head+file+"d1,Một,1945,khac,"+parent+",item,,\n", nil)
		o.State, o.Clearance, o.MapFile = "public", "kt-01", filepath.Join(t.TempDir(), "map.yaml")
		writeFile(t, o.MapFile, "columns: {Mã: id, Tiêu đề: title, Ngày tháng: dates.created, Tên loại: form, Hồ sơ: parent, Cấp: level, Trạng thái: access.state, Đến: access.embargo_until}\n")
		rep, err := ImportCSV(context.Background(), o)
		back := readBack(t, dir, "f1")
		if err != nil || back["d1"] != nil || back["d0"] == nil {
			t.Errorf("%s: %v, %v\n%s", name, err, back["d1"], dump(rep))
		}
	}
}

// What readers may see counts and dates nothing that is closed.
func TestImportCountsWhatIsOpen(t *testing.T) {
	dir := archive(t, nil)
	o := sheetFile(t, dir, "Mã,Tiêu đề,Ngày tháng,Tên loại,Hồ sơ,Cấp,Trạng thái\nh1,Hồ sơ,1945,,,file,public\nd1,Một,1945,khac,h1,item,public\nd2,Hai,1976,khac,h1,item,restricted\nd3,Ba,1977,khac,h1,item,\n", nil)
	o.Clearance, o.MapFile = "kt-01", filepath.Join(t.TempDir(), "map.yaml")
	writeFile(t, o.MapFile, "columns: {Mã: id, Tiêu đề: title, Ngày tháng: dates.created, Tên loại: form, Hồ sơ: parent, Cấp: level, Trạng thái: access.state}\n")
	rep, err := ImportCSV(context.Background(), o)
	if err != nil {
		t.Fatal(err, dump(rep))
	}
	back := readBack(t, dir, "f1")
	if n := back["h1"].Extent.Quantity.V; n != "1" {
		t.Errorf("the file counts %s", n)
	}
	if f := snapshot(t, dir)["fonds/f1/fonds.yaml"]; strings.Contains(f, "197") || !strings.Contains(f, `quantity: "2"`) {
		t.Errorf("the fonds says\n%s", f)
	}
}

// What readers see counts nothing that its decision does not cover; what they do not see yet counts
// what will come with it. A decision that there is not covers nothing, whatever the command says.
func TestImportCountsWhatIsCovered(t *testing.T) {
	for published, want := range map[string]string{"f1 h1 d1": "1", "": "2"} {
		dir := archive(t, nil)
		o := sheetFile(t, dir, "Mã,Tiêu đề,Ngày tháng,Tên loại,Hồ sơ,Cấp,QĐ\nh1,Hồ sơ,1945,,,file,\nd1,Một,1945,khac,h1,item,\nd2,Hai,1976,khac,h1,item,\nd3,Ba,1977,khac,h1,item,kt-99\n", nil)
		o.State, o.Clearance, o.MapFile = "public", "kt-01", filepath.Join(t.TempDir(), "map.yaml")
		o.Publishes = func(u *record.Unit) bool { return slices.Contains(strings.Fields(published), u.ID.V) }
		writeFile(t, o.MapFile, "columns: {Mã: id, Tiêu đề: title, Ngày tháng: dates.created, Tên loại: form, Hồ sơ: parent, Cấp: level, QĐ: clearance}\n")
		rep, err := ImportCSV(context.Background(), o)
		if err != nil {
			t.Fatal(err, dump(rep))
		}
		if n := readBack(t, dir, "f1")["h1"].Extent.Quantity.V; n != want {
			t.Errorf("where %q are published the file counts %s", published, n)
		}
		if f := snapshot(t, dir)["fonds/f1/fonds.yaml"]; strings.Contains(f, "1977") || strings.Contains(f, "1976") != (published == "") {
			t.Errorf("where %q are published the fonds says\n%s", published, f)
		}
	}
}
