package render

import (
	"fmt"
	"html/template"

	"vitrine/generator/page"
)

// The pages below look like those of a real site. They serve the preview and
// the benchmark; all their content is invented.

func w(s string) page.Words { return page.Words{HTML: template.HTML(template.HTMLEscapeString(s))} }

func link(href, s string) page.Link { return page.Link{Href: href, Words: w(s)} }

func sampleLayout(lang, kind, title string) page.Layout {
	nav := []page.Link{
		link("fonds-index.html", "Phông lưu trữ"), link("exhibition-index.html", "Trưng bày"),
		link("timeline.html", "Dòng thời gian"), link("gallery.html", "Thư viện ảnh"),
		link("authority-index.html", "Nhân vật, tổ chức"), link("authority.html", "Sự kiện"),
		link("article.html", "Hướng dẫn"),
	}
	if lang == "en" {
		for i, s := range []string{"Fonds", "Exhibitions", "Timeline", "Gallery", "Agents", "Events", "Guide"} {
			nav[i].Words = w(s)
		}
	}
	for i := range nav {
		nav[i].Current = nav[i].Href == kind+".html"
	}
	return page.Layout{
		Kind: kind, Lang: lang, Path: kind + ".html", Title: title, SiteTitle: "Lưu trữ Mẫu",
		Description: "Trang mẫu của một lưu trữ không có thật.", Home: "home.html",
		Notice: w("Toàn bộ tài liệu trên trang này là bản minh hoạ, không phải tài liệu gốc."), Nav: nav,
		Languages: []page.Alternate{
			{Lang: "vi", Name: "Tiếng Việt", Href: "../vi/" + kind + ".html", Current: lang == "vi"},
			{Lang: "en", Name: "English", Href: "../en/" + kind + ".html", Current: lang == "en"},
		},
		Canonical: "https://example.org/" + kind + ".html",
		Footer: page.Footer{
			Body: w("Cơ quan Lưu trữ Mẫu"), Responsible: w("Người chịu trách nhiệm mẫu"),
			Address: w("Số 1 phố Mẫu, Hà Nội"), Email: "luutru@example.org", Phone: "024 0000 0000",
			Licence: w("Mô tả: CC BY 4.0"), LicenceURI: "https://creativecommons.org/licenses/by/4.0/deed.vi",
			ReportError: "mailto:luutru@example.org?subject=L%E1%BB%97i%20m%C3%B4%20t%E1%BA%A3",
			Pages:       []page.Link{link("article.html", "Giới thiệu"), link("article.html", "Tham quan"), link("article.html", "Thuật ngữ")},
		},
	}
}

func sampleRuler(from, to, x, width int) *page.Ruler {
	r := &page.Ruler{FromYear: from, ToYear: to, X: x, W: width, Label: fmt.Sprintf("%d đến %d", from, to)}
	for y := from; y <= to; y++ {
		if y%5 == 0 {
			r.Ticks = append(r.Ticks, page.Tick{X: (y - from) * 1000 / (to - from), Long: y%10 == 0})
		}
	}
	return r
}

func sampleDate(words, iso string, x, width int) page.Date {
	return page.Date{Words: words, Short: words, Datetime: iso, Ruler: sampleRuler(1925, 1990, x, width)}
}

type sheetShape struct {
	name, title, date string
	w, h              int
}

var sheetShapes = []sheetShape{
	{"chi-thi", "Chỉ thị về việc sắp xếp hồ sơ của văn phòng", "12 tháng 8 năm 1946", 1280, 1810},
	{"bao", "Báo Tiếng Mẫu, số 101", "1 tháng 8 năm 1941", 1280, 1880},
	{"dien", "Điện gửi các trạm liên lạc miền núi", "tháng 5 năm 1954", 1280, 800},
	{"truyen-don", "Truyền đơn in li-tô: “Mỗi nhà một cuốn sách”", "khoảng 1930", 1000, 1500},
	{"so-do", "Sơ đồ đường giao liên, đoạn suối Mẫu", "1968", 1280, 930},
	{"the", "Thẻ đại biểu dự hội nghị mẫu", "tháng 9 năm 1960", 900, 620},
	{"thu", "Thư của cán bộ lưu trữ gửi về từ Việt Bắc", "mùa đông 1947", 1100, 1600},
	{"phieu", "Phiếu tra mục lục hồ sơ, ngăn C", "1956–1959", 1200, 760},
	{"anh", "Ảnh kho lưu trữ sau trận lụt", "tháng 8 năm 1971", 1280, 900},
	{"bien-ban", "Biên bản bàn giao tài liệu, ba bản", "30 tháng 6 năm 1976", 1200, 1700},
}

func sampleImage(i int) page.Image {
	s := sheetShapes[i%len(sheetShapes)]
	img := page.Image{
		Href: "record.html", Src: "../media/" + s.name + "-640.jpg", Width: s.w, Height: s.h,
		Alt: "Một tờ giấy ngả vàng, đánh máy, có dấu chữ nhật MẪU ở góc dưới.", Title: w(s.title),
		Date: page.Date{Words: s.date}, Credit: w("Lưu trữ Mẫu, phông MAU-01, hồ sơ 0137. Bản sao số hoá."), Mark: "MINH HOẠ",
	}
	for _, width := range []int{320, 640, 1280} {
		img.Sources = append(img.Sources, page.Source{Href: fmt.Sprintf("../media/%s-%d.jpg", s.name, width), Width: min(width, s.w)})
	}
	return img
}

func images(from, n int) []page.Image {
	out := make([]page.Image, n)
	for i := range out {
		out[i] = sampleImage(from + i)
	}
	return out
}

func sampleSlip(i int) page.Slip {
	s, img := sheetShapes[i%len(sheetShapes)], sampleImage(i)
	slip := page.Slip{
		Href: "record.html", Title: w(s.title), Level: "tài liệu", Form: w("chỉ thị"), Reference: fmt.Sprintf("MAU-01, 0137, tờ %d", i+1),
		Date: sampleDate(s.date, "", 80+i*90, 4+i*7), Special: i%4 == 1,
	}
	if i%3 != 2 {
		slip.Thumb = &img
	}
	if i%2 == 0 {
		slip.Summary = w("Yêu cầu các phòng lập mục lục, đánh số tờ và ghi rõ người lập trước ngày cuối tháng.")
	}
	return slip
}

func slips(from, n int) []page.Slip {
	out := make([]page.Slip, n)
	for i := range out {
		out[i] = sampleSlip(from + i)
	}
	return out
}

func field(key, label string, values ...string) page.Field {
	f := page.Field{Key: key, Label: label}
	for _, v := range values {
		f.Values = append(f.Values, page.Value{Words: w(v)})
	}
	return f
}

func sampleEssentials() []page.Field {
	author := field("creators", "Tác giả", "Văn phòng Mẫu", "Người ký mẫu")
	author.Values[0].Href, author.Values[1].Href = "authority.html", "authority.html"
	author.Values[1].Note = w("người ký")
	return []page.Field{
		field("form", "Tên loại văn bản", "chỉ thị"), author,
		field("place", "Địa danh", "Hà Nội"), field("extent", "Khối lượng", "4 tờ, 7 trang"),
		field("languages", "Ngôn ngữ, chữ viết", "tiếng Việt (quốc ngữ)"),
		field("originals", "Bản gốc", "bản chính; giữ tại Lưu trữ Mẫu"),
	}
}

func sampleAreas() []page.Area {
	long := page.Field{Key: "physical", Label: "Tình trạng vật lý", Values: []page.Value{{
		Words: page.Words{HTML: "<p>Giấy dó mỏng, ố ở mép trên; ruy băng máy chữ mờ ở tờ 3.</p><p>Đã tu bổ năm 1998.</p>"}, Block: true}}}
	return []page.Area{
		{ID: "context", Title: "Bối cảnh", Folded: true, Fields: []page.Field{
			field("archival_history", "Lịch sử bảo quản", "Chuyển giao từ Văn phòng Mẫu năm 1976."), field("acquisition", "Nguồn thu thập", "Thu thập theo kế hoạch.")}},
		{ID: "conditions", Title: "Điều kiện sử dụng", Folded: true, Fields: []page.Field{
			field("access", "Mức độ tiếp cận", "công khai"), field("rights", "Điều kiện sao chụp", "theo quy chế phòng đọc"), long}},
		{ID: "control", Title: "Kiểm soát mô tả", Folded: true, Fields: []page.Field{
			field("rules", "Quy tắc", "ISAD(G)"), field("by", "Người mô tả", "Người mô tả mẫu"), field("date", "Ngày mô tả", "15/1/2026")}},
	}
}

func sampleCitations() []page.Citation {
	return []page.Citation{
		{Style: "vi", Label: "Cách dẫn trong nước", Runs: []page.CiteRun{{HTML: "Văn phòng Mẫu: "}, {Kind: "i", HTML: "Chỉ thị về việc sắp xếp hồ sơ của văn phòng"}, {HTML: ", ngày 12 tháng 8 năm 1946, Lưu trữ Mẫu, phông MAU-01, mục lục số 01, hồ sơ số 0137, tờ 1–4."}}},
		{Style: "chicago", Label: "Chicago 17", Lang: "en", Runs: []page.CiteRun{{HTML: "Văn phòng Mẫu, “Chỉ thị về việc sắp xếp hồ sơ của văn phòng,” August 12, 1946, Fonds MAU-01, inv. 01, file 0137, fol. 1–4, Lưu trữ Mẫu, Hà Nội."}, {Kind: "accessed", Words: ", accessed {us}"}, {HTML: " "}, {Kind: "url", HTML: "https://example.org/1.html"}}},
		{Style: "apa", Label: "APA 7", Runs: []page.CiteRun{{HTML: "Văn phòng Mẫu. (1946, August 12). "}, {Kind: "i", HTML: "Chỉ thị về việc sắp xếp hồ sơ của văn phòng"}, {HTML: " [Directive]. MAU-01 (Inv. 01, File 0137, fol. 1–4), Lưu trữ Mẫu, Hà Nội."}}},
	}
}

func sampleContact() *page.Contact {
	return &page.Contact{Name: w("Kho Lưu trữ Mẫu"), Href: "repository.html", Address: w("Số 1 phố Mẫu, Hà Nội"),
		Hours: w("Thứ hai đến thứ sáu, 8 giờ đến 16 giờ 30"), Email: "phongdoc@example.org", URL: "https://example.org/",
		Service: w("Phòng đọc 12 chỗ; cấp bản sao và bản sao chứng thực")}
}

const sampleProse = template.HTML(`<p>Chỉ thị yêu cầu các phòng lập mục lục cho từng hồ sơ, đánh số tờ bằng bút chì ở góc phải phía trên và ghi rõ người lập. Đây là văn bản sớm nhất trong phông nói đến việc <em>đánh số tờ</em>, một thói quen mà người đọc hôm nay vẫn dựa vào khi dẫn tài liệu.</p>
<p>Bản đánh máy có nhiều chỗ chữa tay; ở tờ 2, câu “trước ngày 30” được sửa thành “trước ngày cuối tháng”. Dấu chữ nhật mang chữ MẪU đóng ở cuối tờ 4.</p>`)

func sampleTranscript(n int) template.HTML {
	return template.HTML(fmt.Sprintf(`<p>Kính gửi các phòng,</p><p>Nay yêu cầu từ ngày nhận được chỉ thị này, mỗi phòng cử một người coi việc giữ hồ sơ (tờ %d). Giấy tờ xong việc phải xếp theo thứ tự ngày tháng, kim ghim gỡ bỏ, tờ nào rách thì dán lại bằng giấy dó.</p><p>Mục lục lập thành hai bản; một bản để trong cặp, một bản nộp văn phòng trước ngày cuối tháng.</p>`, n))
}

func sampleRecord(lang string) *page.Record {
	r := &page.Record{
		Layout: sampleLayout(lang, "record", "Chỉ thị về việc sắp xếp hồ sơ của văn phòng"),
		Level:  "item", LevelLabel: "tài liệu", Form: w("Chỉ thị"), Title: w("Chỉ thị về việc sắp xếp hồ sơ của văn phòng"), Supplied: true,
		Byline:    []page.Link{link("authority.html", "Văn phòng Mẫu"), link("authority.html", "Hà Nội")},
		Reference: page.Reference{Label: "MAU-01, mục lục 01, hồ sơ 0137, tờ 1–4", Parts: []page.Field{field("fonds", "Phông", "MAU-01"), field("unit", "Hồ sơ số", "0137")}},
		Date:      sampleDate("ngày 12 tháng 8 năm 1946", "1946-08-12", 330, 4),
		Badges:    []page.Badge{{Kind: "gia-tri-dac-biet", Words: w("Tài liệu lưu trữ có giá trị đặc biệt"), Note: w("công nhận năm 2012")}},
		Scope:     page.Words{HTML: sampleProse}, Essentials: sampleEssentials(), Areas: sampleAreas(),
		Rights: page.Rights{Label: "Chưa đánh giá", URI: "http://rightsstatements.org/vocab/CNE/1.0/", Note: "bản dịch không chính thức",
			Credit: w("Lưu trữ Mẫu, phông MAU-01, mục lục 01, hồ sơ 0137, tờ 1–4. Bản sao số hoá."), Copy: "Bản số hoá phục vụ trưng bày; không thay thế bản sao có chứng thực."},
		Citations: sampleCitations(), Fonds: link("fonds.html", "Phông Văn phòng Mẫu"), Repository: sampleContact(), Request: "mailto:phongdoc@example.org",
		Exhibitions: []page.Link{link("exhibition.html", "Ước muốn ấy: những người giữ giấy")},
		Related:     []page.Link{link("record.html", "Thông tri về việc lập mục lục"), link("record.html", "Biên bản bàn giao tài liệu, ba bản")},
	}
	r.Date.Written = w("Hà Nội, ngày 12 tháng 8 năm Bính Tuất")
	r.Breadcrumb = []page.Link{link("home.html", "Trang đầu"), link("fonds-index.html", "Phông lưu trữ"), link("fonds.html", "Phông Văn phòng Mẫu"), link("fonds.html", "Hồ sơ 0137")}
	up, prev, next := link("fonds.html", "Hồ sơ về công tác lưu trữ, 1945–1949"), link("record.html", "Báo cáo tình hình kho giấy"), link("record.html", "Thông tri về việc lập mục lục và đánh số tờ trong các cặp hồ sơ")
	r.Up, r.Prev, r.Next = &up, &prev, &next
	for i := range 4 {
		img := sampleImage([]int{0, 9, 6, 2}[i])
		img.Caption, img.Credit, img.Title = page.Words{}, page.Words{}, page.Words{}
		r.Sheets = append(r.Sheets, page.Sheet{Anchor: fmt.Sprintf("to-%d", i+1), Label: w(fmt.Sprintf("tờ %d", i+1)), Kind: "page", Image: &img,
			Transcript: page.Words{HTML: sampleTranscript(i + 1)}, TranscriptBy: w("Bản chép đúng nguyên văn; người chép mẫu, đã đối chiếu.")})
	}
	r.Sheets[3].Transcript = page.Words{}
	r.Sheets[1].Note = w("Đã che một địa chỉ nhà riêng.")
	return r
}

func sampleShelf() []page.Spine {
	rows := []struct {
		title, ref, metres string
		width, items, x, w int
	}{
		{"Phông Văn phòng Mẫu", "MAU-01", "12,4 mét giá", 100, 48, 300, 480},
		{"Phông Ban Liên lạc Mẫu", "MAU-02", "3,1 mét giá", 38, 21, 80, 260},
		{"Sưu tập báo chí Tiếng Mẫu", "MAU-ST", "1,2 mét giá", 14, 17, 10, 300},
		{"Sưu tập ảnh và phim", "MAU-AF", "5 mét giá", 46, 9, 420, 560},
	}
	var out []page.Spine
	for _, r := range rows {
		out = append(out, page.Spine{Slip: page.Slip{Href: "fonds.html", Title: w(r.title), Reference: r.ref,
			Date: sampleDate("1930–1975", "", r.x, r.w)}, Metres: r.metres, Width: r.width, Items: r.items})
	}
	return out
}

func sampleStrip(i int) page.ExhibitionStrip {
	img := sampleImage([]int{0, 4, 1}[i%3])
	titles := []string{"ƯỚC MUỐN ẤY, ĐỖ QUYÊN NGHẸN NGÀO", "Những con đường giấy", "Một tờ báo, một trăm tay người"}
	return page.ExhibitionStrip{Href: "exhibition.html", Title: w(titles[i%3]), Subtitle: w("Chuyện những người giữ giấy, 1930–1976"),
		Question: w("Vì sao một tờ giấy mỏng lại đi được qua chiến tranh?"), Image: &img, Dates: w("từ ngày 3 tháng 2 năm 2026"),
		Ruler: sampleRuler(1925, 1990, 80+i*200, 400), Sections: 5, Documents: 24}
}

func sampleDensity() *page.Density {
	d := &page.Density{Width: 1200, Height: 120, Label: "Số tài liệu theo năm, 1925 đến 1986"}
	for y := 1925; y <= 1986; y++ {
		n := (y*7919)%23 + 1
		if y%9 == 0 {
			n *= 3
		}
		h, x := n*118/69, (y-1925)*1200/62
		d.Bars = append(d.Bars, page.Bar{Href: "timeline.html", Label: fmt.Sprintf("%d: %d tài liệu", y, n), X: x + 1, Y: 120 - h, W: 17, H: h, Year: y, Count: n})
		if y%5 == 0 {
			t := page.Tick{X: x + 9, Long: y%10 == 0}
			if t.Long {
				t.Label = fmt.Sprint(y)
			}
			d.Ticks = append(d.Ticks, t)
		}
	}
	return d
}

func sampleTimeline() *page.Timeline {
	t := &page.Timeline{Width: 1200, Height: 300, Label: "Dòng thời gian, 1945 đến 1949",
		Bands: []page.Band{{Label: "Sự kiện", Y: 10, H: 70}, {Label: "Tài liệu", Y: 90, H: 140}, {Label: "Cả thập niên", Y: 240, H: 50}}}
	for m := 0; m <= 60; m++ {
		tick := page.Tick{X: m * 20, Long: m%12 == 0}
		if tick.Long {
			tick.Label = fmt.Sprint(1945 + m/12)
		}
		t.Ticks = append(t.Ticks, tick)
	}
	add := func(m page.Mark) { m.Href = "record.html"; t.Marks = append(t.Marks, m) }
	add(page.Mark{Label: "Hội nghị mẫu, 12 tháng 8 năm 1946", Kind: "point", Event: true, X: 390, Y: 45, Text: "Hội nghị mẫu", Flag: true})
	add(page.Mark{Label: "Lễ mẫu, 2 tháng 9 năm 1945", Kind: "point", Event: true, X: 160, Y: 45, Text: "Lễ mẫu"})
	add(page.Mark{Label: "Chỉ thị", Kind: "point", X: 391, Y: 130, Text: "Chỉ thị"})
	add(page.Mark{Label: "Thư, tháng 3 năm 1947", Kind: "month", X: 530, Y: 130, Text: "Thư"})
	add(page.Mark{Label: "Sổ, 1946 đến 1948", Kind: "bar", X: 300, Y: 160, W: 420, Text: "Sổ công văn đến"})
	add(page.Mark{Label: "Truyền đơn, khoảng 1948", Kind: "bar", X: 760, Y: 190, W: 200, SoftLo: true, SoftHi: true, Text: "Truyền đơn"})
	add(page.Mark{Label: "Nhật ký, từ 1948", Kind: "bar", X: 820, Y: 220, W: 380, OpenHi: true})
	add(page.Mark{Label: "Sơ đồ, thập niên 1940", Kind: "decade", X: 0, Y: 270, W: 1000, SoftLo: true, Text: "Sơ đồ"})
	return t
}
