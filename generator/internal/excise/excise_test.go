package excise

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// pageOf is a page of the site with a main part.
func pageOf(kind, main string) string {
	return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Trang</title><meta name="description" content="d"><link rel="stylesheet" href="../s.css"></head><body class="page-` + kind + `"><header><a class="masthead-name" href="../index.html">Kho</a></header>` +
		main + `<footer><p><a class="report" href="mailto:x?subject=Trang">Báo lỗi</a></p></footer></body></html>`
}

func record(id, title, crumbs, more string) string {
	return pageOf("record", `<nav class="crumbs"><ol>`+crumbs+`</ol></nav><main><h1>`+title+`</h1>`+more+`</main>`)
}

// sites is a small site, by path.
func sites() map[string]string {
	up := `<li><a href="../index.html">Kho</a></li><li><a href="index.html">Phông</a></li>`
	in := up + `<li><a href="h-1.html">Hồ sơ</a></li>`
	sheets := func(pics ...string) string {
		out := `<div id="sheets">`
		for _, pic := range pics {
			out += `<figure><a href="../../media/aa/` + pic + `-w640.jpg"><img src="../../media/aa/` + pic + `-w320.jpg" srcset="../../media/aa/` + pic + `-w320.jpg 320w"></a></figure>`
		}
		return out + `</div>`
	}
	slip := func(id, title string) string {
		return `<li class="slip"><p><a href="` + id + `.html">` + title + `</a></p></li>`
	}
	return map[string]string{
		"fonds/p/h-1.html":   record("h-1", "Hồ sơ về chuyện một", up, `<section><h2 id="tree">Gồm</h2><ul class="slips">`+slip("t-1", "Thư gửi người bạn cũ")+slip("t-2", "Điện trả lời trạm")+`</ul></section><p><span data-count>2 tài liệu</span></p>`),
		"fonds/p/t-1.html":   record("t-1", "Thư gửi người <em>bạn cũ</em>", in, sheets("one", "both")),
		"fonds/p/t-2.html":   record("t-2", "Điện trả lời trạm", in, sheets("both")+`<nav class="neighbours"><a rel="prev" href="t-1.html">Trước: Thư gửi người bạn cũ</a><a href="h-1.html">Lên</a></nav><span data-count>5</span>`),
		"fonds/p/index.html": pageOf("fonds", `<main><h1>Phông</h1><ul class="rows"><li><figure><a href="t-1.html"><img src="../../media/aa/one-w320.jpg"></a><figcaption>Thư gửi người bạn cũ</figcaption></figure></li></ul><section><h2>Về phông</h2><div class="prose"><p>Có <a href="t-1.html">một bức thư</a>.</p></div></section><p id="cuoi">Hết</p></main>`),
		"n/mot.html":         pageOf("authority", `<main><h1>Một</h1><section class="record-list"><h2>Nói đến</h2><ul class="slips"><li class="slip"><a href="../fonds/p/t-1.html">Thư</a></li></ul></section></main>`),
		"n/hai.html":         pageOf("authority", `<main><h1>Hai</h1><section class="record-list"><h2 id="list-0">Nói đến <span class="count" data-count>2</span></h2><ul class="slips"><li class="slip"><a href="../fonds/p/t-1.html">Thư</a></li><li class="slip"><a href="../fonds/p/t-2.html">Điện</a></li></ul></section></main>`),
		"n/ba.html":          pageOf("authority", `<main><h1>Ba</h1><ul class="links"><li><a href="bon.html">Bốn</a></li></ul></main>`),
		"n/bon.html":         pageOf("authority", `<main><h1>Bốn</h1><ul class="links"><li><a href="ba.html">Ba</a></li><li><a href="nam.html">Năm</a></li></ul></main>`),
		"n/nam.html":         pageOf("authority", `<main><h1>Năm</h1></main>`),
		"n/index.html":       pageOf("authority-index", `<main><ul class="slips"><li class="slip"><a href="mot.html">Một</a></li><li class="slip"><a href="hai.html">Hai</a></li><li class="slip"><a href="ba.html">Ba</a></li><li class="slip"><a href="bon.html">Bốn</a></li><li class="slip"><a href="nam.html">Năm</a></li></ul></main>`),
		"d/1950.html":        pageOf("timeline", `<main><h1>1950</h1><section class="lens" id="lens" data-first="1949"></section><svg class="timeline" aria-label="Gồm 2 tài liệu"><a href="../fonds/p/t-1.html"><title>Thư</title><circle r="5"/></a><text class="mark-text">Thư gửi</text><a href="../fonds/p/t-2.html"><circle r="5"/></a><text class="mark-text">Điện</text></svg><ol class="slips"><li class="slip"><a href="../fonds/p/t-2.html">Điện</a></li></ol></main>`),
		"d/1951.html":        pageOf("timeline", `<main><h1>1951</h1><svg class="timeline" aria-label="Gồm 2 tài liệu"><a href="../fonds/p/t-1.html"><circle r="5"/></a><a href="../fonds/p/t-2.html"><circle r="5"/></a></svg><ol class="slips"><li class="slip"><a href="../fonds/p/t-1.html">Thư</a></li><li class="slip"><a href="../fonds/p/t-2.html">Điện</a></li></ol></main>`),
		"d/1953.html":        pageOf("timeline", `<main><h1>1953</h1><svg class="timeline"><g class="band"><text>Tài liệu</text></g><a class="mark-point" href="../fonds/p/t-1.html"></a><a class="mark-point mark-event" href="../n/nam.html"></a></svg><ol class="slips"><li class="slip"><a href="../n/nam.html">Năm</a></li></ol></main>`),
		"s/index.html":       pageOf("search", `<main><div id="search-found" data-count="{n} tài liệu">Kết quả</div></main>`),
		"t/kich.html":        pageOf("exhibition", `<main><h1>Kịch</h1><section id="hoi-1"><div class="prose"><p>Đọc <a href="../fonds/p/t-1.html">thư</a>.</p></div></section></main>`),
		"x/nhac.html":        pageOf("article", `<main><h1>Nhắc</h1><p>Trong “Thư gửi người bạn cũ” có câu.</p></main>`),
		"x/yen.html":         pageOf("article", `<main><h1>Yên</h1><p>Không có gì.</p></main>`),
		"l/p.t-2.html":       pageOf("gallery", `<main><ul class="rows"><li><a href="../fonds/p/t-2.html">Điện</a></li></ul><nav class="pager"><a rel="prev" href="p.html"><b>Thư gửi người bạn cũ</b></a><a rel="next" href="p.t-3.html"><b>Sổ</b></a></nav></main>`),
		"l/p.t-1.html":       pageOf("gallery", `<main><ul class="rows"><li><a href="../fonds/p/t-2.html">Điện</a></li></ul></main>`),
	}
}

// excised takes a record out of the small site and returns what is left.
func excised(t *testing.T, id string) (*Cut, map[string]string) {
	t.Helper()
	return excisedFrom(t, id, func(map[string]string) {})
}

func excisedFrom(t *testing.T, id string, change func(site map[string]string)) (*Cut, map[string]string) {
	t.Helper()
	c := New(id)
	made := func(heading string) []byte {
		return []byte(pageOf("tombstone", `<main><h1>`+heading+`</h1><div class="reading-column"><h2>Liên hệ</h2><div class="contact"></div></div></main>`))
	}
	c.Tombstone = func(string) ([]byte, error) { return made("Đã rút"), nil }
	c.Beneath = func(string) ([]byte, error) { return made("Cũng đã rút"), nil }
	c.Least = func(string) ([]byte, error) { return made("Đã rút"), nil }
	c.Silent = func(string) []string { return []string{"Đã rút", "Cũng đã rút", "Đang cập nhật"} }
	c.MayTell = func(id string) bool { return id == "t-3" }
	c.Notice = func(string) ([]byte, error) { return made("Đang cập nhật"), nil }
	site := sites()
	change(site)
	for file := range site {
		c.Meet(file)
	}
	each := func(do func(file string, data []byte) error) {
		for file, data := range site {
			if err := do(file, []byte(data)); err != nil {
				t.Fatal(err)
			}
		}
	}
	each(c.Find)
	each(func(file string, data []byte) error {
		if c.Holds(file, data) {
			c.Suspect(file)
		}
		return nil
	})
	each(c.Spare)
	empty := func() {
		for more := true; more; {
			more = false
			each(func(file string, data []byte) error {
				found, err := c.Empty(file, data)
				more = more || found
				return err
			})
		}
	}
	empty()
	strays := c.Strays()
	for wanted := strays.Wanted(); len(wanted) > 0; wanted = strays.Wanted() {
		for _, file := range wanted {
			strays.Read(file, []byte(site[file]))
		}
	}
	each(func(file string, data []byte) error { strays.Anchor(file, data); return nil })
	if strays.Leave() {
		empty()
	}
	c.Settle()
	out := map[string]string{}
	each(func(file string, data []byte) error {
		if c.Gone(file) {
			return nil
		}
		made, _, err := c.Page(file, data)
		if out[file] = string(made); made == nil {
			out[file] = "as it was"
		}
		return err
	})
	return c, out
}

// What nothing leads to but pages of its own kind goes with the record that led there; what
// another record leads to stays, with all to which it leads.
func TestPagesThatNothingLeadsToGo(t *testing.T) {
	gone := func(change func(site map[string]string)) (out []string) {
		c, left := excisedFrom(t, "t-1", func(site map[string]string) {
			change(site)
			site["n/cu.html"] = pageOf("redirect", `<main><a href="ba.html">Ba</a></main>`)
		})
		if c.Gone("n/cu.html") != c.Gone("n/ba.html") {
			t.Error("the address that was given up does not share its fate")
		}
		for _, name := range []string{"ba", "bon", "nam"} {
			if c.Gone("n/" + name + ".html") {
				out = append(out, name)
			}
			if index := left["n/index.html"]; strings.Contains(index, name+".html") == c.Gone("n/"+name+".html") {
				t.Errorf("the list does not fit what is left of %s:\n%s", name, index)
			}
		}
		return out
	}
	leads := func(file, to string) func(map[string]string) {
		return func(site map[string]string) {
			site["fonds/p/t-1.html"] = strings.Replace(site["fonds/p/t-1.html"], "</main>", `<a href="../../n/ba.html">Ba</a></main>`, 1)
			if file != "" {
				site[file] = strings.Replace(site[file], "</main>", `<a href="`+strings.Repeat("../", strings.Count(file, "/"))+`n/`+to+`.html">x</a></main>`, 1)
			}
		}
	}
	for name, c := range map[string]struct {
		change func(map[string]string)
		want   []string
	}{
		"nobody else leads there":   {leads("", ""), []string{"ba", "bon", "nam"}},
		"a record leads to one":     {leads("fonds/p/t-2.html", "ba"), nil},
		"a record leads to the end": {leads("fonds/p/t-2.html", "nam"), []string{"ba", "bon"}},
		"an exhibition does":        {leads("t/kich.html", "bon"), nil},
		"a page does":               {leads("x/yen.html", "ba"), nil},
		"a person who stays does":   {leads("n/hai.html", "ba"), nil},
		"the record never did":      {func(map[string]string) {}, nil},
	} {
		if got := gone(c.change); !slices.Equal(got, c.want) {
			t.Errorf("%s: gone are %v, want %v", name, got, c.want)
		}
	}
}

// Each part of a page that shows the record goes, with what it leaves empty,
// and nothing else.
func TestPartsThatGo(t *testing.T) {
	c, site := excised(t, "t-1")
	for file, want := range map[string]struct{ holds, lacks string }{
		"fonds/p/t-1.html":   {"<h1>Đã rút</h1>", "h-1.html"},
		"fonds/p/h-1.html":   {"Điện trả lời trạm", "2 tài liệu"},
		"fonds/p/t-2.html":   {`<span data-count="">5</span>`, "Trước"},
		"fonds/p/index.html": {`<p id="cuoi">Hết</p>`, "Về phông"},
		"n/hai.html":         {"Điện", "count"},
		"n/index.html":       {"Hai", "Một"},
		"d/1950.html":        {"Điện", "Thư gửi"},
		"d/1951.html":        {"<svg class=\"timeline\">", "Gồm 2"},
		"s/index.html":       {"as it was", "Sổ"},
		"d/1953.html":        {"mark-event", "Tài liệu"},
		"t/kich.html":        {`<span id="hoi-1"></span>`, "Đọc"},
		"x/nhac.html":        {"<h1>Đang cập nhật</h1>", "bạn cũ"},
		"x/yen.html":         {"as it was", "Yên"},
		"l/p.t-2.html":       {"Sổ", `rel="prev"`},
	} {
		got, there := site[file]
		if !there || !strings.Contains(got, want.holds) || strings.Contains(got, want.lacks) {
			t.Errorf("%s should hold %q and not %q:\n%s", file, want.holds, want.lacks, got)
		}
	}
	for _, file := range []string{"n/mot.html", "l/p.t-1.html"} {
		if _, there := site[file]; there {
			t.Errorf("%s should be gone", file)
		}
	}
	if !c.Gone("media/aa/one-w320.jpg") || !c.Gone("media/aa/one-w640.jpg") || c.Gone("media/aa/both-w320.jpg") {
		t.Error("the picture of its own goes, that of another record stays")
	}
	for file, data := range site {
		if file != "fonds/p/t-1.html" && (strings.Contains(data, "t-1") || strings.Contains(data, "bạn cũ")) {
			t.Errorf("%s still holds the record:\n%s", file, data)
		}
	}
	if strings.Contains(site["fonds/p/t-1.html"], "subject=Trang") || !strings.Contains(site["fonds/p/t-1.html"], "noindex") || strings.Contains(site["fonds/p/t-1.html"], `name="description"`) {
		t.Errorf("the notice keeps what described the record: %s", site["fonds/p/t-1.html"])
	}
}

// The files of an IIIF image go together, whatever the page names of them: the
// commas of their names do not end a candidate of a srcset. A manifest of a record
// in the same folder is no picture.
func TestTilesGoWithTheirImage(t *testing.T) {
	own, other := "iiif/"+strings.Repeat("0a", 16), "iiif/"+strings.Repeat("1b", 16)
	sheets := func(folders ...string) (out string) {
		for _, f := range folders {
			out += `<figure data-tiles="../../` + f + `"><img src="../../` + f + `/full/640,480/0/default.jpg" srcset="../../` + f + `/full/320,240/0/default.jpg 320w, ../../` + f + `/full/640,480/0/default.jpg 640w"></figure>`
		}
		return `<div id="sheets">` + out + `</div>`
	}
	one, two := record("t-1", "Bản đồ sông lớn", "", sheets(own, other)), record("t-2", "Bản đồ núi cao", "", sheets(other))
	c := New("t-1")
	for _, err := range []error{c.Find("fonds/p/t-1.html", []byte(one)), c.Find("fonds/p/t-2.html", []byte(two))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if !c.Holds("x.json", []byte(strings.TrimPrefix(own, "iiif/"))) || c.Holds("x.html", []byte("by default")) {
		t.Error("a picture is told by its hash, and by nothing else")
	}
	c.Suspect("fonds/p/t-2.html")
	if err := c.Spare("fonds/p/t-2.html", []byte(two)); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"/info.json", "/full/max/0/default.jpg", "/0,0,512,512/512,512/0/default.jpg"} {
		if !c.Gone(own+file) || c.Gone(other+file) {
			t.Errorf("%s: %v, of the other record %v", file, c.Gone(own+file), c.Gone(other+file))
		}
	}
	for _, file := range []string{"iiif/t-1/manifest.json", "iiif/index.html", own, "media/aa/none.jpg", "assets/a-b.css"} {
		if Stem(file) != "" {
			t.Errorf("%s is taken for a picture", file)
		}
	}
}

// With a record go those beneath it.
func TestRecordsBeneathGo(t *testing.T) {
	c, site := excised(t, "h-1")
	if got := fmt.Sprint(c.Tombstones(), c.Under()); got != "[fonds/p/h-1.html fonds/p/t-1.html fonds/p/t-2.html] [t-1 t-2]" {
		t.Error(got)
	}
	for _, file := range []string{"fonds/p/t-1.html", "fonds/p/t-2.html"} {
		if got := site[file]; !strings.Contains(got, "<h1>Cũng đã rút</h1>") || strings.Contains(got, "bạn cũ") || strings.Contains(got, "trạm") {
			t.Errorf("%s should be a notice that names nothing:\n%s", file, got)
		}
	}
	for _, file := range []string{"n/mot.html", "n/hai.html", "d/1950.html", "d/1951.html"} {
		if _, there := site[file]; there {
			t.Errorf("%s should be gone", file)
		}
	}
}

// A title that another record bears as well cannot be looked for; it is told.
func TestSharedTitle(t *testing.T) {
	c := New("t-1")
	for file, data := range map[string]string{"fonds/p/t-1.html": record("t-1", "Báo cáo tháng ba", "", ""), "fonds/p/t-2.html": record("t-2", "Báo cáo tháng ba", "", "")} {
		if err := c.Find(file, []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	c.Suspect("fonds/p/t-2.html")
	if err := c.Spare("fonds/p/t-2.html", []byte(record("t-2", "Báo cáo tháng ba", "", ""))); err != nil {
		t.Fatal(err)
	}
	if got := c.Unsought(); len(got) != 1 || c.Holds("x.txt", []byte("Báo cáo tháng ba")) {
		t.Errorf("unsought %q", got)
	}
}

// What a record is called besides is looked for as its title is, unless another is called so too.
func TestOtherTitles(t *testing.T) {
	known := func(titles ...string) (out string) {
		for _, title := range titles {
			out += `<dd>` + title + `</dd>`
		}
		return `<dl><div class="field field-other_titles"><dt>Tên khác</dt>` + out + `</div></dl>`
	}
	c, site := excisedFrom(t, "h-1", func(site map[string]string) {
		site["fonds/p/t-1.html"] = record("t-1", "Thư", `<li><a href="h-1.html">Hồ sơ</a></li>`, known("Bản tường trình của ông Mẫu", "Bản chép tay thứ hai"))
		site["fonds/p/t-9.html"] = record("t-9", "Sổ", "", known("Bản chép tay thứ hai"))
		site["x/nhac.html"] = pageOf("article", `<main><h1>Nhắc</h1><p>Theo bản tường trình của ông Mẫu.</p></main>`)
		site["x/chep.html"] = pageOf("article", `<main><h1>Chép</h1><p>Theo bản chép tay thứ hai.</p></main>`)
	})
	if !strings.Contains(site["x/nhac.html"], "Đang cập nhật") || site["x/chep.html"] != "as it was" || site["fonds/p/t-9.html"] != "as it was" {
		t.Errorf("%q\n%q\n%q", site["x/nhac.html"], site["x/chep.html"], site["fonds/p/t-9.html"])
	}
	if !slices.Contains(c.Unsought(), "Bản chép tay thứ hai") {
		t.Errorf("unsought %q", c.Unsought())
	}
}

// Entries of a feed and a sitemap go by their addresses, whatever the address
// of the site.
func TestList(t *testing.T) {
	c, _ := excised(t, "h-1")
	const sitemap = "<?xml version=\"1.0\"?>\n<urlset>\n<url><loc>https://x.vn/a/</loc></url>\n<url><loc>https://x.vn/a/fonds/p/h-1.html</loc></url>\n<url><loc>https://x.vn/a/fonds/p/t-1.html</loc></url>\n<url><loc>https://x.vn/a/n/</loc></url>\n</urlset>\n"
	got, err := c.List([]byte(sitemap))
	if want := "<?xml version=\"1.0\"?>\n<urlset>\n<url><loc>https://x.vn/a/</loc></url>\n<url><loc>https://x.vn/a/n/</loc></url>\n</urlset>\n"; err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
	if got, err := c.List([]byte("<feed><entry><title>Khác</title></entry></feed>")); got != nil || err != nil {
		t.Errorf("%s %v", got, err)
	}
	if _, err := c.List([]byte("<feed><entry>")); err == nil {
		t.Error("a broken list is no list")
	}
}

// A title that goes on from one line of a text to the next is found in a manifest, where each
// line is a note of its own.
func TestTitleOverLinesOfManifest(t *testing.T) {
	c := New("t-1")
	c.Seek("Thư gửi người bạn cũ")
	const manifest = `{"items":[{"body":{"type":"TextualBody","value":"Xem Thư gửi"}},{"id":"x/anno/2","body":{"value":"người \"bạn\" cũ"}}]}`
	if !c.Holds("iiif/t-2/manifest.json", []byte(manifest)) || c.Holds("iiif/t-2/manifest.json", []byte(strings.Replace(manifest, "cũ", "mới", 1))) {
		t.Error("not told")
	}
}

// What readers take for the signs of a number is that in a description too, wherever it stands.
func TestSignsInDescriptions(t *testing.T) {
	c := New("tl-0050")
	c.Seek("Báo cáo 15-BC/TW gửi ông Zanabor")
	const file = "iiif/tl-0060/manifest.json"
	for text, want := range map[string]bool{
		`{"id":"https://vd.org/a","label":{"vi":["Xem Báo cáo 15–BC/TW gửi ông Zanabor"]}}`: true, `{"value":"15 < 16, Báo cáo 15 BC TW \"gửi\" ông Zanabor"}`: true, `{"value":"tl–0050"}`: true, `{"value":"tl\u20130050"}`: true, `{"value":"Báo cáo 15–<b>BC/TW</b> gửi"},{"value":"ông Zanabor"}`: true,
		`{"value":"Báo cáo 16–BC/TW gửi ông Zanabor"}`: false, `{"value":"tl–00501"}`: false, `{"value":"`: false, `\`: false,
	} {
		if got := c.Holds(file, []byte(text)); got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
	made, err := c.Description("iiif/collection.json", []byte(`{"items":[{"label":{"vi":["Báo cáo 15–BC/TW gửi ông Zanabor"]}},{"label":{"vi":["Khác"]}}]}`))
	if err != nil || string(made) != `{"items":[{"label":{"vi":["Khác"]}}]}` {
		t.Errorf("%s %v", made, err)
	}
}

// The value and the day that the record alone had leave nothing behind on the pages that gather them.
func TestValuesAndDaysThatGo(t *testing.T) {
	_, site := excisedFrom(t, "t-1", func(site map[string]string) {
		site["b/index.html"] = pageOf("browse-index", `<main><ul class="facet-rows"><li class="facet-row"><p class="facet-value">công điện</p><ul class="facet-decades"><li><a href="../fonds/p/t-1.html">1940</a></li></ul></li><li class="facet-row"><p class="facet-value">thư</p><ul class="facet-decades"><li><a href="../fonds/p/t-1.html">1940</a></li><li><a href="../fonds/p/t-2.html">1950</a></li></ul></li></ul></main>`)
		site["n/03.html"] = pageOf("day", `<main><section class="group day" id="ngay-03-21"><h2>Ngày 21</h2><div><ul class="slips"><li class="slip"><a href="../fonds/p/t-1.html">Thư</a></li></ul></div></section><section class="group day" id="ngay-03-22"><h2>Ngày 22</h2><div><ul class="slips"><li class="slip"><a href="../fonds/p/t-2.html">Điện</a></li></ul></div></section></main>`)
	})
	if got := site["b/index.html"]; strings.Contains(got, "công điện") || !strings.Contains(got, "thư") || !strings.Contains(got, "1950") || strings.Contains(got, "1940") {
		t.Error(got)
	}
	if got := site["n/03.html"]; strings.Contains(got, "21") || !strings.Contains(got, "ngay-03-22") {
		t.Error(got)
	}
}

// A page of the house's own that is called like the record stays, and so do those that lead
// to it; and the home page of a language is not the record that is called like that.
func TestNamesakesStay(t *testing.T) {
	for _, id := range []string{"lich-su", "en"} {
		_, site := excisedFrom(t, id, func(site map[string]string) {
			site["fonds/p/"+id+".html"] = record(id, "Chuyện kể về một người", "", "")
			site[id+"/index.html"] = pageOf("article", `<main><h1>Lịch sử</h1><p>Chuyện khác, <a href="../x/yen.html">yên</a>.</p></main>`)
			site["x/yen.html"] = pageOf("article", `<main><h1>Yên</h1><p>Xem <a href="../`+id+`/index.html">lịch sử</a>.</p><ul class="links"><li><a href="../fonds/p/`+id+`.html">Chuyện</a></li></ul></main>`)
			site["fonds/p/en-con.html"] = record("en-con", "Bên dưới trang đầu", `<li><a href="../../en/index.html">Đầu</a></li>`, "")
		})
		if site[id+"/index.html"] != "as it was" || !strings.Contains(site["fonds/p/"+id+".html"], "<h1>Đã rút</h1>") || site["fonds/p/en-con.html"] != "as it was" {
			t.Errorf("%s: %q\n%q\n%q", id, site[id+"/index.html"], site["fonds/p/"+id+".html"], site["fonds/p/en-con.html"])
		}
	}
}

// The notice of another record says no more of it than it may from now on.
func TestNoticesOfOthersFallSilent(t *testing.T) {
	_, site := excisedFrom(t, "h-1", func(site map[string]string) {
		for _, id := range []string{"t-3", "t-4", "t-5"} {
			site["fonds/p/"+id+".html"] = pageOf("tombstone", `<main><h1>Thư của `+id+`</h1><div class="reading-column"><p>Lời.</p></div></main>`)
		}
		site["fonds/p/t-5.html"] = pageOf("tombstone", `<main><h1>Đã rút</h1><div class="reading-column"><p>ngày 3</p></div></main>`)
	})
	if got := site["fonds/p/t-4.html"]; site["fonds/p/t-3.html"] != "as it was" || site["fonds/p/t-5.html"] != "as it was" || strings.Contains(got, "Thư của") || strings.Contains(got, "Lời.") || !strings.Contains(got, "<h1>Đã rút</h1>") {
		t.Errorf("%v", site)
	}
}

// Where the first or the last year goes with the record no scale of years tells it, and no row
// of letters the name that it alone had.
func TestScalesAndLettersThatGo(t *testing.T) {
	scale := func(to string) string {
		return `<div class="ruler-ends"><span>1940</span><svg class="ruler"><path d="M0"/></svg><span>` + to + `</span></div><p>Sổ</p>`
	}
	for alone, want := range map[bool]string{true: "", false: "1989"} {
		_, site := excisedFrom(t, "t-1", func(site map[string]string) {
			both := `<li class="slip"><a href="../fonds/p/t-2.html">Điện</a></li>`
			if alone {
				both = ""
			}
			for _, year := range []string{"1940", "1989"} {
				site["dong-thoi-gian/"+year+".html"] = pageOf("timeline", `<main><ol class="slips"><li class="slip"><a href="../fonds/p/t-1.html">Thư</a></li>`+both+`</ol></main>`)
				both = `<li class="slip"><a href="../fonds/p/t-2.html">Điện</a></li>` + both
			}
			if alone {
				site["dong-thoi-gian/1989.html"] = strings.Replace(site["dong-thoi-gian/1989.html"], both, "", 1)
			}
			site["x/yen.html"] = pageOf("article", `<main><section class="lens" id="lens" data-last="1989"></section>`+scale("1989")+`</main>`)
			site["n/index.html"] = pageOf("authority-index", `<main><nav class="letters"><ul><li><a href="#chu-m">M</a></li></ul></nav><section id="chu-m"><h2>M</h2><ul class="slips"><li class="slip"><a href="mot.html">Một</a></li></ul></section><section id="chu-h"><h2>H</h2><ul class="slips"><li class="slip"><a href="hai.html">Hai</a></li></ul></section></main>`)
		})
		if got := site["x/yen.html"]; alone && (strings.Contains(got, "1989") || !strings.Contains(got, "Sổ")) || !alone && got != "as it was" {
			t.Errorf("alone %t, want %q: %s", alone, want, got)
		}
		if got := site["n/index.html"]; strings.Contains(got, "chu-m") || strings.Contains(got, "letters") || !strings.Contains(got, "Hai") {
			t.Errorf("letters: %s", got)
		}
	}
}

// A person of whom one record may be left has no row, nor have such a value and decade a page;
// a subject that one which stands names stays, though it lists nothing.
func TestValuesOfOneRecordGo(t *testing.T) {
	row := func(who, count string) string {
		return `<li class="facet-row"><p class="facet-value"><a href="../n/` + who + `.html">` + who + `</a></p><ul class="facet-decades"><li><a href="../n/` + who + `.html">1940</a> <span class="count" data-count>` + count + `</span></li></ul></li>`
	}
	slip := func(id string) string {
		return `<li class="slip"><a href="../../../fonds/p/` + id + `.html">x</a></li>`
	}
	c, site := excisedFrom(t, "t-1", func(site map[string]string) {
		site["fonds/p/t-1.html"] = strings.Replace(site["fonds/p/t-1.html"], "</main>", `<a href="../../n/hai.html">a</a><a href="../../n/ba.html">b</a><a href="../../n/mot.html">c</a></main>`, 1)
		site["fonds/p/t-2.html"] = strings.Replace(site["fonds/p/t-2.html"], "</main>", `<a href="../../n/nam.html">d</a></main>`, 1)
		site["n/nam.html"] = pageOf("authority", `<main><h1>Năm</h1><a href="mot.html">Một</a></main>`)
		site["n/ba.html"] = pageOf("authority", `<main><h1>Ba</h1><ul class="slips">`+slip("t-1")+slip("t-2")+slip("t-3")+`</ul></main>`)
		site["d/index.html"] = pageOf("browse-index", `<main><ul class="facet-rows">`+row("hai", "2")+row("ba", "3")+row("bon", "2")+`</ul></main>`)
		site["d/l/thu/1940.html"] = pageOf("browse", `<main><ul class="slips">`+slip("t-1")+slip("t-2")+`</ul></main>`)
		site["d/l/thu/1950.html"] = pageOf("browse", `<main><ul class="slips">`+slip("t-1")+slip("t-2")+slip("t-3")+`</ul></main>`)
	})
	if got := site["d/index.html"]; strings.Contains(got, "hai.html") || !strings.Contains(got, "ba.html") || !strings.Contains(got, "bon.html") {
		t.Error(got)
	}
	if !c.Gone("d/l/thu/1940.html") || c.Gone("d/l/thu/1950.html") {
		t.Error("a list of one record stays, or one of two goes")
	}
	if got, there := site["n/mot.html"]; !there || strings.Contains(got, "t-1") {
		t.Errorf("a subject that another names: %q", got)
	}
}
