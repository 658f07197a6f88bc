package render

import (
	"fmt"

	"vitrine/generator/page"
)

// samplePages are one page of every kind, and variants that look different, by
// file name.
func samplePages(lang string) map[string]any {
	fallback := sampleRecord(lang)
	fallback.Sheets, fallback.Badges = fallback.Sheets[:1], nil
	fallback.Scope.Lang = "fr"
	bare := sampleRecord(lang)
	bare.Sheets, bare.Reading = nil, w("Tài liệu chưa số hoá; đọc tại phòng đọc theo quy chế.")
	bare.Children = slips(0, 5)
	mount := sampleRecord(lang)
	mount.Sheets = []page.Sheet{{Anchor: "to-1", Label: w("tờ 1"), Note: w("Ở đây sẽ là ảnh chụp bản gốc, giữ tại bảo tàng. Bản minh hoạ không vẽ lại tài liệu này.")}}
	lead := sampleImage(0)
	leadSlip := sampleSlip(0)
	return map[string]any{
		"record": sampleRecord(lang), "record-one": fallback, "record-bare": bare, "record-mount": mount,
		"home": &page.Home{Layout: sampleLayout(lang, "home", "Lưu trữ Mẫu"), Subtitle: w("Một phòng đọc mở cho mọi người: tài liệu thật của những ngày không có thật."),
			Intro: page.Words{HTML: sampleProse}, Lead: &lead, LeadSlip: &leadSlip,
			Exhibitions: []page.ExhibitionStrip{sampleStrip(0), sampleStrip(1), sampleStrip(2)}, Shelf: sampleShelf(), Figures: sampleFigures(),
			Timeline: link("timeline.html", "Mở dòng thời gian"), Gallery: link("gallery.html", "Xem thư viện ảnh"), Strip: images(1, 6), Density: sampleDensity(), Recent: slips(2, 4)},
		"fonds-index":      &page.FondsIndex{Layout: sampleLayout(lang, "fonds-index", "Phông lưu trữ"), Fonds: sampleShelf()},
		"fonds":            sampleFonds(lang),
		"exhibition":       sampleExhibition(lang),
		"exhibition-index": &page.ExhibitionIndex{Layout: sampleLayout(lang, "exhibition-index", "Trưng bày"), Exhibitions: []page.ExhibitionStrip{sampleStrip(0), sampleStrip(1)}},
		"gallery": &page.Gallery{Layout: sampleLayout(lang, "gallery", "Thư viện ảnh"), Heading: "Thư viện ảnh", Images: images(0, 24), Total: 1204, Pager: samplePager(),
			Filters: []page.Filter{{Label: "Thập niên", Links: counted("1930–1939", "1940–1949", "1950–1959", "1960–1969")}, {Label: "Loại hình", Links: counted("chỉ thị", "thư", "truyền đơn", "báo", "ảnh")}}},
		"authority":       sampleAuthority(lang),
		"authority-index": sampleAuthorityIndex(lang),
		"timeline":        sampleTimelinePage(lang),
		"timeline-year": &page.TimelinePage{Layout: sampleLayout(lang, "timeline", "1945–1949"), Heading: "1945–1949", Timeline: sampleTimeline(),
			Groups: []page.Group{{ID: "t8", Title: "Tháng 8 năm 1946", Slips: slips(0, 3)}, {ID: "t9", Title: "Tháng 9 năm 1946", Slips: slips(3, 2)}}},
		"article": &page.Article{Layout: sampleLayout(lang, "article", "Quét tài liệu"), Heading: w("Quét tài liệu"), Body: sampleArticle,
			Contents: []page.Link{link("#chuan-bi", "Chuẩn bị"), link("#ten-tep", "Đặt tên tệp")}, Siblings: []page.Link{link("article.html", "Mô tả một phông"), {Href: "article.html", Words: w("Quét tài liệu"), Current: true}, link("article.html", "Viết một trưng bày")},
			Prev: ptr(link("article.html", "Mô tả một phông")), Next: ptr(link("article.html", "Viết một trưng bày"))},
		"search": &page.Search{Layout: sampleLayout(lang, "search", "Tìm kiếm"), Heading: "Tìm kiếm", Index: "search-index/", Records: "phong-luu-tru/", Rooms: "chu-de=chu-de/",
			Facets: []page.Facet{{Name: "fonds", Label: "Phông"}, {Name: "decade", Label: "Thập niên"}}},
		"repository": &page.Repository{Layout: sampleLayout(lang, "repository", "Kho Lưu trữ Mẫu"), Name: w("Kho Lưu trữ Mẫu"), Contact: *sampleContact(), Fonds: sampleShelf()},
		"tombstone":  &page.Tombstone{Layout: sampleLayout(lang, "tombstone", "Tài liệu đã rút"), Heading: "Tài liệu đã được rút", Date: "1 tháng 3 năm 2026", Reason: "khác", Contact: sampleContact()},
		"redirect":   &page.Redirect{Layout: sampleLayout(lang, "redirect", "Đã chuyển sang địa chỉ mới"), Heading: "Đã chuyển sang địa chỉ mới", To: link("record.html", "Chỉ thị về việc sắp xếp hồ sơ")},
		"not-found":  &page.NotFound{Layout: sampleLayout(lang, "not-found", "Không tìm thấy"), Heading: "Không có tờ nào ở ngăn này", Links: []page.Link{link("home.html", "Trang đầu"), link("fonds-index.html", "Phông lưu trữ"), link("timeline.html", "Dòng thời gian")}},
	}
}

func ptr[T any](v T) *T { return &v }

func counted(names ...string) []page.Link {
	out := []page.Link{{Href: "gallery.html", Words: w("tất cả"), Current: true}}
	for i, n := range names {
		out = append(out, page.Link{Href: "gallery.html", Words: w(n), Count: 12 + i*131})
	}
	return out
}

func samplePager() page.Pager {
	p := page.Pager{Prev: ptr(link("gallery.html", "Ủy ban khởi nghĩa họp")), Next: ptr(link("gallery.html", "Ảnh chụp trước cửa Ỷ Lan")), First: ptr(link("gallery.html", ""))}
	for i := 1; i <= 7; i++ {
		p.Jumps = append(p.Jumps, page.Link{Href: "gallery.html", Words: w(fmt.Sprintf("%d/9/1945", i)), Note: w("Thư gửi Uỷ ban")})
	}
	return p
}

func sampleFigures() []page.Figure {
	return []page.Figure{
		{Label: w("mét giá tài liệu"), Value: w("21,7"), Date: "31/12/2025", Source: w("báo cáo thống kê mẫu")},
		{Label: w("hồ sơ"), Value: w("4.310"), Date: "31/12/2025", Source: w("báo cáo thống kê mẫu")},
		{Label: w("tài liệu trên trang này"), Value: w("95"), Date: "22/11/2026", Source: w("đếm khi dựng trang")},
		{Label: w("hình ảnh"), Value: w("1.204"), Date: "22/11/2026"},
	}
}

func sampleTree() []page.Branch {
	branch := func(title, ref, level string, n, x, width int, below ...page.Branch) page.Branch {
		return page.Branch{Slip: page.Slip{Href: "record-bare.html", Title: w(title), Reference: ref, Level: level, Count: n, Date: sampleDate("1945–1949", "", x, width)}, Branches: below}
	}
	more := branch("Thi đua, khen thưởng", "", "nhóm", 14, 500, 200)
	more.More = ptr(link("fonds.html", "11 hồ sơ nữa trong nhóm này"))
	return []page.Branch{
		branch("Công tác văn phòng", "", "nhóm", 31, 300, 300,
			branch("Hồ sơ về công tác lưu trữ", "0137", "hồ sơ", 9, 310, 60), branch("Sổ công văn đến, công văn đi", "0138–0142", "hồ sơ", 12, 320, 200),
			branch("Tập điện gửi các trạm liên lạc miền núi và trả lời của các trạm", "0143", "hồ sơ", 10, 400, 80)),
		branch("Hội nghị và đại hội", "", "nhóm", 8, 350, 420, branch("Thẻ đại biểu", "0201", "hồ sơ", 3, 540, 8)), more,
	}
}

func sampleFonds(lang string) *page.Fonds {
	return &page.Fonds{Layout: sampleLayout(lang, "fonds", "Phông Văn phòng Mẫu"), Level: "Phông lưu trữ", Title: w("Phông Văn phòng Mẫu"),
		Reference: page.Reference{Label: "MAU-01"}, Date: sampleDate("1945–1976, phần lớn 1954–1960", "", 300, 480),
		Lead: w("Công văn, chỉ thị, biên bản và sổ sách của một văn phòng làm việc qua ba mươi năm, từ căn nhà gỗ ở rừng đến toà nhà hai tầng trong phố."),
		Body: sampleProse, Contents: []page.Link{link("#a", "Từ rừng về phố"), link("#b", "Cách sắp xếp")}, Essentials: sampleEssentials(), Areas: sampleAreas(),
		Creators: []page.Creator{{Link: link("authority.html", "Văn phòng Mẫu"), Dates: "1945–1976", History: page.Words{HTML: sampleProse}}},
		Tree:     sampleTree(), Strip: images(0, 6), Gallery: ptr(link("gallery.html", "Tất cả hình ảnh của phông")), Special: slips(1, 2),
		Exhibitions: []page.Link{link("exhibition.html", "Ước muốn ấy: những người giữ giấy")}, Repository: sampleContact(),
		Counts: sampleFigures()[2:], Citations: sampleCitations()[:1]}
}

func sampleAuthority(lang string) *page.Authority {
	return &page.Authority{Layout: sampleLayout(lang, "authority", "Văn phòng Mẫu"), Type: "agents", TypeLabel: "Tổ chức", Title: w("Văn phòng Mẫu"),
		Date: sampleDate("1945–1976", "", 300, 480), Commemorated: w("14 tháng 10"), Lead: w("Cơ quan giúp việc của một tổ chức không có thật; lo công văn, giấy tờ, con dấu và kho lưu trữ."),
		Essentials: sampleEssentials()[1:4], Areas: sampleAreas()[:1],
		Lists:       []page.RecordList{{Title: "Là tác giả", Total: 31, Slips: slips(0, 4)}, {Title: "Được nhắc đến", Total: 2, Slips: slips(5, 2)}},
		Exhibitions: []page.Link{link("exhibition.html", "Những con đường giấy")}}
}

func sampleAuthorityIndex(lang string) *page.AuthorityIndex {
	p := &page.AuthorityIndex{Layout: sampleLayout(lang, "authority-index", "Nhân vật, tổ chức"), Heading: "Nhân vật, tổ chức"}
	for _, l := range []string{"B", "Đ", "H", "Ô", "V"} {
		p.Letters = append(p.Letters, link("#chu-"+l, l))
		g := page.Group{ID: "chu-" + l, Title: l}
		for i, name := range []string{"Ban Liên lạc Mẫu", "Đội Giao liên Suối Mẫu", "Người ký mẫu"} {
			g.Slips = append(g.Slips, page.Slip{Href: "authority.html", Title: w(name), Level: "tổ chức", Count: 3 + i*8, Date: sampleDate("1946–1954", "", 320, 120)})
		}
		p.Groups = append(p.Groups, g)
	}
	return p
}

func sampleTimelinePage(lang string) *page.TimelinePage {
	p := &page.TimelinePage{Layout: sampleLayout(lang, "timeline", "Dòng thời gian"), Heading: "Dòng thời gian", Density: sampleDensity(), Timeline: sampleTimeline(), Undated: slips(0, 2), UndatedCount: 2}
	for d := 1930; d < 1960; d += 10 {
		dec := page.Decade{Label: fmt.Sprintf("Thập niên %d", d), ID: fmt.Sprint("d", d), Count: 40, Slips: slips(d/10, 1)}
		for y := d; y < d+10; y++ {
			dec.Years = append(dec.Years, page.Link{Href: "timeline-year.html", Words: w(fmt.Sprint(y)), Count: y % 17})
		}
		p.Decades = append(p.Decades, dec)
	}
	return p
}

func sampleExhibition(lang string) *page.Exhibition {
	cover, detail := sampleImage(0), sampleImage(0)
	left, right := sampleImage(6), sampleImage(3)
	slip := sampleSlip(0)
	e := &page.Exhibition{Layout: sampleLayout(lang, "exhibition", "Ước muốn ấy"), Title: w("ƯỚC MUỐN ẤY, ĐỖ QUYÊN NGHẸN NGÀO"), Subtitle: w("Chuyện những người giữ giấy, 1930–1976"),
		Question: w("Vì sao một tờ giấy mỏng lại đi được qua chiến tranh?"), Lead: w("Họ gói tài liệu trong vải dầu, chôn dưới nền bếp, gánh qua đèo. Trưng bày này kể lại con đường của hai mươi bốn tờ giấy, từ căn nhà gỗ đến giá thép."),
		Cover: &cover, CoverSlip: &slip, Ruler: sampleRuler(1925, 1990, 80, 780), Dates: w("Khai mạc ngày 3 tháng 2 năm 2026"), Venue: w("Nhà trưng bày Mẫu, tầng 1"),
		Sources: []page.Link{link("fonds.html", "Phông Văn phòng Mẫu"), link("fonds.html", "Sưu tập báo chí Tiếng Mẫu")}, Documents: slips(0, 6),
		Credits: []page.Field{field("curators", "Biên soạn", "Người soạn mẫu"), field("advisers", "Cố vấn", "Người cố vấn mẫu")}, Decision: w("Quyết định số MẪU-02 ngày 15/1/2026 của Cơ quan mẫu"),
		Citations: sampleCitations()[:1], Versions: []page.Field{field("v1", "3/2/2026", "Lần đầu")}, NextUp: ptr(sampleStrip(1))}
	blocks := []page.Block{
		{Kind: "text", HTML: sampleProse},
		{Kind: "object", Size: "full", Image: ptr(sampleImage(4)), Slip: &slip, Caption: w("Sơ đồ đường giao liên, vẽ tay, bút chì xanh đỏ. Mỗi dấu chấm là một đêm nghỉ.")},
		{Kind: "text", HTML: sampleProse},
		{Kind: "quote", Quote: w("“Tờ nào rách thì dán lại bằng giấy dó; tờ nào mất thì ghi rõ là mất.”"), Slip: &slip, Folio: "tờ 3"},
		{Kind: "object", Size: "column", Image: ptr(sampleImage(5)), Slip: &slip, Caption: w("Thẻ đại biểu, giấy bìa, một góc bị cắt.")},
		{Kind: "pair", Left: &left, Right: &right, Caption: w("Bản nháp và bản in: câu kết được viết lại ba lần.")},
		{Kind: "detail", Image: &detail, Region: page.Region{X: 12, Y: 30, W: 60, H: 14}, Slip: &slip, Caption: w("Chỗ chữa tay ở tờ 2.")},
		{Kind: "gallery", Images: images(2, 5), Caption: w("Năm tờ trong cùng một cặp.")},
		{Kind: "question", Ask: w("Nếu chỉ giữ được một tờ, bạn giữ tờ nào?"), Answer: page.Words{HTML: sampleProse}},
		{Kind: "timeline", Timeline: sampleTimeline(), Caption: w("Năm năm của tập hồ sơ.")},
		{Kind: "object", Size: "wide", Image: ptr(sampleImage(2)), Slip: &slip, Caption: w("Bức điện, mười một chữ.")},
	}
	for i, title := range []string{"Căn nhà gỗ", "Đường gùi", "Giá thép"} {
		id := fmt.Sprintf("phan-%d", i+1)
		e.Chapters = append(e.Chapters, link("#"+id, title))
		e.Sections = append(e.Sections, page.Section{ID: id, Number: i + 1, Title: w(title), Lead: w("Giấy đến theo lưng người, và người giữ giấy học cách đọc mưa."), Date: sampleDate("1945–1949", "", 300, 80), Blocks: blocks})
	}
	e.Closing = blocks[:1]
	return e
}

const sampleArticle = `<p>Bản quét tốt bắt đầu trước khi bật máy: tờ giấy phẳng, sạch, đúng thứ tự. Trang này dành cho người làm lần đầu.</p>
<h2 id="chuan-bi">Chuẩn bị</h2><p>Tháo kim ghim, vuốt phẳng mép giấy, kiểm lại số tờ với mục lục. <strong>Không</strong> dán băng dính. Xem thêm <a href="record.html">một tài liệu mẫu</a>.</p>
<ul><li>Khăn khô, chổi mềm</li><li>Thước màu đặt cạnh tờ đầu</li></ul>
<h2 id="ten-tep">Đặt tên tệp</h2><p>Tên tệp là mã tài liệu và số thứ tự:</p><pre><code>mau-0007-001.tif
mau-0007-002.tif</code></pre>
<table><thead><tr><th>Loại</th><th>Độ phân giải</th></tr></thead><tbody><tr><td>văn bản</td><td>300 ppi</td></tr><tr><td>bản đồ</td><td>400 ppi</td></tr></tbody></table>
<blockquote><p>Tờ nào mất thì ghi rõ là mất.</p></blockquote>`
