package plan

import (
	"iter"
	"path"
	"slices"
	"strconv"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

func (p *Plan) exhibitionJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if p.Catalog.Len(catalog.Exhibition) == 0 {
			return
		}
		if !yield(p.job("exhibition-index", lang, p.urls.Index(lang, page.RoomExhibitions, ""), nil, func(c *composer) any { return c.exhibitionIndex() })) {
			return
		}
		for row := range p.Catalog.Of(catalog.Exhibition) {
			if !yield(p.job("exhibition", lang, p.pathIn(lang, row), nil, func(c *composer) any { return c.exhibition(row) })) {
				return
			}
		}
	}
}

func (c *composer) exhibitionIndex() *page.ExhibitionIndex {
	title := c.term("navigation", "exhibitions")
	x := &page.ExhibitionIndex{Layout: c.withCrumbs(c.layout("exhibition-index", title, "", page.RoomExhibitions,
		func(l string) string { return c.urls.Index(l, page.RoomExhibitions, "") }), c.crumbs(""))}
	x.Exhibitions = c.allExhibitions()
	return x
}

// allExhibitions are those of the home page in its order, then the others.
func (c *composer) allExhibitions() []page.ExhibitionStrip {
	out := c.onShow()
	for row := range c.Catalog.Of(catalog.Exhibition) {
		href := c.rel(c.pathOf(row))
		known := false
		for _, s := range out {
			known = known || s.Href == href
		}
		if !known {
			out = append(out, c.exhibitionStrip(row))
		}
	}
	return out
}

func (p *Plan) exhibitionFile(row int32) content.File {
	loc := p.Catalog.Loc(row)
	return content.File{Path: loc.File, Kind: content.KindExhibition, Owner: path.Base(path.Dir(loc.File))}
}

// readExhibition reads an exhibition again. One that changed since it was
// judged stops the build, as a record does.
func (c *composer) readExhibition(row int32) *record.Exhibition {
	f := c.exhibitionFile(row)
	c.Catalog.askFile(path.Dir(f.Path) + "/")
	e, _ := c.Tree.Exhibition(f)
	if e == nil || e.Sum != c.Catalog.cat.Sum(row) {
		c.fail(&MovedError{f.Path, ErrChanged})
		return nil
	}
	return e
}

func (c *composer) exhibitionStrip(row int32) page.ExhibitionStrip {
	e := c.readExhibition(row)
	if e == nil {
		return page.ExhibitionStrip{}
	}
	s := page.ExhibitionStrip{
		Href: c.rel(c.pathOf(row)), Title: c.inline(e.Title, e.File), Subtitle: c.inline(e.Subtitle, e.File),
		Question: c.inline(e.Question, e.File), Lead: c.inline(e.Lead, e.File), Dates: plain(c.fromTo(e.Opening, e.Closing)),
		Sections: len(e.Sections), Documents: c.Catalog.Documents(row), Ruler: c.exhibitionRuler(e),
	}
	if s.Lead.IsZero() {
		s.Lead = c.inline(e.Summary, e.File)
	}
	s.Image = c.cover(e)
	return s
}

// cover is the sheet that opens an exhibition.
func (c *composer) cover(e *record.Exhibition) *page.Image {
	img, _ := c.view(e.Cover, e.File)
	return img
}

// view shows one sheet of a record that is named in a text.
func (c *composer) view(v record.View, file string) (*page.Image, *page.Slip) {
	row, ok := c.namedAs(v.Record, file, catalog.Unit)
	if !ok {
		return nil, nil
	}
	slip := c.slip(row)
	u := c.unit(row)
	if u == nil {
		return nil, &slip
	}
	img := c.sheetImage(u, row, v.Page.V)
	if img == nil {
		if v.Page.V != 0 {
			c.report(noSheet(v, file))
		}
		return nil, &slip
	}
	if w := c.inline(v.Caption, file); !w.IsZero() {
		img.Caption = w
	} else if w := c.inline(v.Label, file); !w.IsZero() {
		img.Caption = w
	}
	if w := c.inline(v.Credit, file); !w.IsZero() {
		img.Credit = w
	}
	return img, &slip
}

// named finds a record that a text names; one that does not exist or is not
// public is an error at that place.
func (c *composer) named(id record.Str, file string) (int32, bool) {
	if id.V == "" {
		return 0, false
	}
	row, ok := c.Catalog.Find(id.V)
	if !ok {
		c.report(c.notPublic(id.V, id.At.In(file)))
	}
	return row, ok
}

// namedAs finds a record that a text names and that must be of certain kinds.
func (c *composer) namedAs(id record.Str, file string, kinds ...catalog.Kind) (int32, bool) {
	row, ok := c.named(id, file)
	if ok && !slices.Contains(kinds, c.Catalog.Kind(row)) {
		c.report(diag.Errorf("ref-kind", id.At.In(file), "%q không phải loại bản ghi mà khối này trưng bày", "%q is not a kind of record that this block shows", id.V).
			WithHint("ghi mã của tài liệu; dòng thời gian nhận thêm mã của sự kiện", "name a unit of description; a timeline takes events too"))
		ok = false
	}
	return row, ok
}

// noSheet says that a record has no picture that may be shown, or not that one.
func noSheet(v record.View, file string) diag.Diagnostic {
	if v.Page.V != 0 {
		return diag.Errorf("object-missing", v.Page.At.In(file), "bản ghi %q không có tờ số %d để trưng bày", "the record %q has no sheet %d to show", v.Record.V, v.Page.V)
	}
	return diag.Errorf("object-missing", v.Record.At.In(file), "bản ghi %q không có ảnh để trưng bày", "the record %q has no image to show", v.Record.V)
}

// exhibitionRuler spans the dates of the sections.
func (c *composer) exhibitionRuler(e *record.Exhibition) *page.Ruler {
	var lo, hi string
	for _, s := range e.Sections {
		if s.DateRange.IsZero() {
			continue
		}
		from, to := s.DateRange.Years()
		if a := yearText(from); lo == "" || a < lo {
			lo = a
		}
		if b := yearText(to); b > hi {
			hi = b
		}
	}
	if lo == "" {
		return nil
	}
	d, err := edtf.Parse(lo + "/" + hi)
	if err != nil {
		return nil
	}
	return c.ruler(d)
}

func yearText(y int) string {
	s := strconv.Itoa(y)
	for len(s) < 4 {
		s = "0" + s
	}
	return s
}

func (c *composer) exhibition(row int32) *page.Exhibition {
	e := c.readExhibition(row)
	if e == nil {
		return nil
	}
	title, _ := c.plainText(e.Title)
	x := &page.Exhibition{
		Layout: c.withCrumbs(c.layout("exhibition", title, c.describe(e.Lead), page.RoomExhibitions,
			func(l string) string { return c.pathIn(l, row) }), c.crumbs(page.RoomExhibitions)),
		Title: c.inline(e.Title, e.File), Subtitle: c.inline(e.Subtitle, e.File), Question: c.inline(e.Question, e.File),
		Lead: c.block(e.Lead, e.File, "lead"), Ruler: c.exhibitionRuler(e), Venue: c.inline(e.Venue, e.File),
		Dates: plain(c.fromTo(e.Opening, e.Closing)), Decision: plain(c.decision(e.Decision, e.File)),
		Credits: c.credits(e), Versions: c.versions(e),
	}
	x.Cover, x.CoverSlip = c.view(e.Cover, e.File)
	shown := &shownRecords{seen: map[int32]bool{}}
	for i, s := range e.Sections {
		sec := c.section(e, s, i+1, shown)
		x.Sections = append(x.Sections, sec)
		x.Chapters = append(x.Chapters, page.Link{Href: "#" + sec.ID, Words: sec.Title})
	}
	x.Closing = c.blocks(c.exhibitionFile(row), e.ClosingText.V, "ket", shown)
	x.Documents = c.forZotero(c.slips(shown.rows), shown.rows)
	x.Sources = c.sourcesOf(shown.rows)
	x.NextUp = c.nextExhibition(row)
	x.Citations = c.citeExhibition(e)
	c.linkExhibition(x, e, row, shown.rows)
	c.sharedBy = c.shared(e.ID.V, c.exhibitionPlacard(e, x.Cover))
	return x
}

// shownRecords gathers the units an exhibition shows, in the order of the text.
type shownRecords struct {
	rows      []int32
	seen      map[int32]bool
	questions int // so far: their answers need ids of their own
}

func (s *shownRecords) add(row int32) {
	if !s.seen[row] {
		s.seen[row] = true
		s.rows = append(s.rows, row)
	}
}

func (c *composer) section(e *record.Exhibition, s record.Section, n int, shown *shownRecords) page.Section {
	id := s.ID.V
	if id == "" {
		id = "phan-" + strconv.Itoa(n)
	}
	row, _ := c.Catalog.Find(e.ID.V)
	return page.Section{
		ID: id, Number: n, Title: c.inline(s.Title, e.File), Lead: c.inline(s.Lead, e.File), Date: c.date(s.DateRange.Date),
		Blocks: c.blocks(c.exhibitionFile(row), s.Text.V, id, shown),
	}
}

func (c *composer) decision(d record.Decision, file string) string {
	by := d.By
	if by.IsZero() {
		by = d.IssuedBy
	}
	who := ""
	if row, ok := c.Catalog.Find(by.ID); ok {
		who, _ = c.Catalog.Title(row, c.lang)
	} else if by.ID == "" {
		who, _ = c.plainText(by.Name)
	}
	if d.Number.V == "" {
		return ""
	}
	return c.t("plan.decision", d.Number.V, c.date(d.Date.Date).Words, who)
}

func (c *composer) credits(e *record.Exhibition) []page.Field {
	f := &fields{c: c, file: e.File}
	f.add("organisers", c.list(e.Organisers, e.File))
	f.add("curators", c.list(e.Curators, e.File))
	f.add("advisers", c.list(e.Advisers, e.File))
	f.add("text-by", c.list(e.TextBy, e.File))
	f.add("translation-by", c.list(e.TranslationBy, e.File))
	f.add("sources", c.sources(e.Sources, e.File))
	return f.list
}

func (c *composer) versions(e *record.Exhibition) []page.Field {
	var out []page.Field
	for _, v := range e.Versions {
		out = append(out, page.Field{Key: "version", Label: v.Date.Words(c.lang), Values: one(c.inline(v.Note, e.File))})
	}
	return out
}

// sourcesOf are the fonds that the records come from.
func (c *composer) sourcesOf(rows []int32) []page.Link {
	var out []page.Link
	count := map[int32]int{}
	var order []int32
	for _, row := range rows {
		fonds := c.Catalog.Fonds(row)
		if count[fonds] == 0 {
			order = append(order, fonds)
		}
		count[fonds]++
	}
	for _, fonds := range order {
		l := c.to(fonds)
		l.Count = count[fonds]
		out = append(out, l)
	}
	return out
}

// nextExhibition leads on to another one.
func (c *composer) nextExhibition(row int32) *page.ExhibitionStrip {
	lo, hi := c.Catalog.Range(catalog.Exhibition)
	if hi-lo < 2 {
		return nil
	}
	next := row + 1
	if next == hi {
		next = lo
	}
	s := c.exhibitionStrip(next)
	return &s
}
