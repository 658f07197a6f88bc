package plan

import (
	"strconv"

	"vitrine/generator/diag"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
	"vitrine/generator/page"
)

// blockMakers turn the YAML of a ::: block into a block of the page. file is
// where the block stands.
var blockMakers = map[string]func(c *composer, d *markup.Directive, shown *shownRecords) page.Block{
	"object": (*composer).objectBlock, "gallery": (*composer).galleryBlock, "pair": (*composer).pairBlock,
	"quote": (*composer).quoteBlock, "question": (*composer).questionBlock, "detail": (*composer).detailBlock,
	"timeline": (*composer).timelineBlock,
}

// blockNames are the names that may stand behind `:::`.
func blockNames() []string {
	return []string{"object", "gallery", "pair", "quote", "question", "detail", "timeline"}
}

// blocks sets a text of an exhibition: prose and blocks in their order.
func (c *composer) blocks(f content.File, name, prefix string, shown *shownRecords) []page.Block {
	body, ds, ok := c.Tree.SectionText(f, name, c.lang)
	c.report(ds...)
	if !ok {
		return nil
	}
	doc, ds := markup.Document(markup.Source{Text: body.Text, Pos: diag.Pos{File: body.File, Line: body.Line, Col: 1},
		Lang: body.Lang, Level: 3, IDPrefix: prefix + "-"}, c.link)
	c.report(ds...)
	var out []page.Block
	for _, part := range doc.Parts {
		if part.Directive == nil {
			out = append(out, page.Block{Kind: "text", HTML: part.HTML, Lang: c.foreign(body.Lang)})
			continue
		}
		if b, ok := c.directive(part.Directive, body.Lang, shown); ok {
			out = append(out, b)
		}
	}
	return out
}

func (c *composer) directive(d *markup.Directive, lang string, shown *shownRecords) (page.Block, bool) {
	make, ok := blockMakers[d.Name]
	if !ok {
		e := diag.Errorf("block-unknown", d.Pos, "không có khối ::: %s", "there is no block ::: %s", d.Name)
		if near := vi.Similar(d.Name, blockNames()); near != "" {
			e = e.WithHint("có phải %q?", "did you mean %q?", near)
		}
		c.report(e)
		return page.Block{}, false
	}
	b := make(c, d, shown)
	b.Kind, b.Lang = d.Name, c.foreign(lang)
	return b, true
}

// decode reads the YAML of a block; plain texts in it are in the language of
// the file they stand in.
func decode[T any](c *composer, d *markup.Directive) T {
	v, ds := content.DecodeIn[T](c.Tree, langOfFile(c, d.Pos.File), d.BodyPos, d.Body)
	c.report(ds...)
	if v == nil {
		return *new(T)
	}
	return *v
}

// langOfFile is the language of a Markdown file by its name.
func langOfFile(c *composer, file string) string { return c.Tree.LangOf(file) }

func (c *composer) objectBlock(d *markup.Directive, shown *shownRecords) page.Block {
	o := decode[record.ObjectBlock](c, d)
	file := d.Pos.File
	img, slip := c.shownView(record.View{Record: o.Record, Page: o.Page, Caption: o.Caption, Credit: o.Credit}, file, d, shown)
	size := o.Size.V
	if size == "" {
		size = "column"
	}
	return page.Block{Size: size, Image: img, Slip: slip, Caption: c.inline(o.Caption, file)}
}

// shownView shows a sheet and remembers the record among those of the exhibition.
func (c *composer) shownView(v record.View, file string, d *markup.Directive, shown *shownRecords) (*page.Image, *page.Slip) {
	if v.Record.V == "" {
		c.report(diag.Errorf("field-missing", d.Pos, "khối ::: %s thiếu khoá record", "the block ::: %s lacks the key record", d.Name))
		return nil, nil
	}
	if row, ok := c.Catalog.Find(v.Record.V); ok && c.Catalog.Kind(row) == catalog.Unit {
		shown.add(row)
	}
	return c.view(v, file)
}

// picture is shownView for a block that is nothing without its picture.
func (c *composer) picture(v record.View, d *markup.Directive, shown *shownRecords) (*page.Image, *page.Slip) {
	img, slip := c.shownView(v, d.Pos.File, d, shown)
	if img == nil && slip != nil {
		c.report(noSheet(v, d.Pos.File))
	}
	return img, slip
}

// needs reports that a block lacks something it cannot be without.
func (c *composer) needs(d *markup.Directive, keys string) {
	c.report(diag.Errorf("field-missing", d.Pos, "khối ::: %s cần %s", "the block ::: %s needs %s", d.Name, keys))
}

func (c *composer) galleryBlock(d *markup.Directive, shown *shownRecords) page.Block {
	g := decode[record.GalleryBlock](c, d)
	b := page.Block{Caption: c.inline(g.Caption, d.Pos.File)}
	if len(g.Records) == 0 {
		c.needs(d, "records")
	}
	for _, v := range g.Records {
		if img, _ := c.picture(v, d, shown); img != nil {
			b.Images = append(b.Images, *img)
		}
	}
	return b
}

func (c *composer) pairBlock(d *markup.Directive, shown *shownRecords) page.Block {
	p := decode[record.PairBlock](c, d)
	b := page.Block{Compare: p.Compare.V, Caption: c.inline(p.Caption, d.Pos.File)}
	b.Left, _ = c.picture(p.Left, d, shown)
	b.Right, _ = c.picture(p.Right, d, shown)
	return b
}

func (c *composer) quoteBlock(d *markup.Directive, shown *shownRecords) page.Block {
	q := decode[record.QuoteBlock](c, d)
	folio, _ := c.plainText(q.Folio)
	b := page.Block{Quote: c.inline(q.Text, d.Pos.File), Folio: folio}
	if q.Text.IsZero() || folio == "" {
		c.needs(d, "text, record, folio")
	}
	_, b.Slip = c.shownView(record.View{Record: q.Record}, d.Pos.File, d, shown)
	return b
}

func (c *composer) questionBlock(d *markup.Directive, shown *shownRecords) page.Block {
	q := decode[record.QuestionBlock](c, d)
	if q.Ask.IsZero() || q.Answer.IsZero() {
		c.needs(d, "ask, answer")
	}
	shown.questions++
	return page.Block{Ask: c.inline(q.Ask, d.Pos.File), Answer: c.block(q.Answer, d.Pos.File, "dap-"+strconv.Itoa(shown.questions))}
}

func (c *composer) detailBlock(d *markup.Directive, shown *shownRecords) page.Block {
	x := decode[record.DetailBlock](c, d)
	b := page.Block{Caption: c.inline(x.Caption, d.Pos.File)}
	b.Image, b.Slip = c.picture(record.View{Record: x.Record, Page: x.Page, Caption: x.Caption}, d, shown)
	if r, ok := region(x.Region); ok {
		b.Region = r
	} else {
		c.report(diag.Errorf("region", d.BodyPos, "region là bốn số phần trăm [x, y, rộng, cao] nằm trong ảnh", "region is four percentages [x, y, width, height] inside the image"))
	}
	return b
}

func region(v []record.Int) (page.Region, bool) {
	if len(v) != 4 {
		return page.Region{}, false
	}
	r := page.Region{X: v[0].V, Y: v[1].V, W: v[2].V, H: v[3].V}
	return r, r.X >= 0 && r.Y >= 0 && r.W > 0 && r.H > 0 && r.X+r.W <= 100 && r.Y+r.H <= 100
}

func (c *composer) timelineBlock(d *markup.Directive, shown *shownRecords) page.Block {
	t := decode[record.TimelineBlock](c, d)
	b := page.Block{Caption: c.inline(t.Caption, d.Pos.File)}
	if len(t.Records) == 0 {
		c.needs(d, "records")
	}
	var rows []int32
	for _, id := range t.Records {
		row, ok := c.namedAs(id, d.Pos.File, catalog.Unit, catalog.Event)
		if !ok {
			continue
		}
		rows = append(rows, row)
		if c.Catalog.Kind(row) == catalog.Unit {
			shown.add(row)
		}
	}
	c.byDate(rows)
	if a, ok := c.axisOf(rows); ok {
		ticks := decadeTicks(a)
		if a.from == a.to {
			ticks = c.monthTicks(a.from)
		}
		b.Timeline = c.draw(rows, a.days(), ticks)
	}
	for _, row := range rows {
		b.Slips = append(b.Slips, c.timedSlip(row))
	}
	return b
}

// axisOf spans the years of a few entries; ok is false when none is dated.
func (c *composer) axisOf(rows []int32) (a axis, ok bool) {
	for _, row := range rows {
		from, to := c.Catalog.Date(row).Years()
		if from > to {
			continue
		}
		if !ok {
			a, ok = axis{from, to}, true
		}
		a = axis{min(a.from, from), max(a.to, to)}
	}
	return a, ok
}

// Names lists the records and events that the texts of an exhibition name,
// with their places. It reads the texts in every language.
func Names(t *content.Tree, f content.File, e *record.Exhibition) []catalog.Naming {
	var out []catalog.Naming
	add := func(file string, ids ...record.Str) {
		for _, id := range ids {
			if id.V != "" {
				out = append(out, catalog.Naming{ID: id.V, File: file, At: id.At})
			}
		}
	}
	add(e.File, e.Cover.Record)
	for _, name := range textsOf(e) {
		for _, lang := range t.Languages() {
			body, _, ok := t.SectionText(f, name, lang)
			if !ok || body.Lang != lang {
				continue
			}
			segments, _ := markup.Split(markup.Source{Text: body.Text, Pos: diag.Pos{File: body.File, Line: body.Line, Col: 1}, Lang: lang})
			for _, s := range segments {
				if s.Directive != nil {
					add(body.File, namedIn(t, s.Directive)...)
				}
			}
		}
	}
	return out
}

func textsOf(e *record.Exhibition) []string {
	var out []string
	for _, s := range e.Sections {
		if s.Text.V != "" {
			out = append(out, s.Text.V)
		}
	}
	if e.ClosingText.V != "" {
		out = append(out, e.ClosingText.V)
	}
	return out
}

// namedIn are the ids in a block. Faults in its YAML are reported when the
// page is composed.
func namedIn(t *content.Tree, d *markup.Directive) []record.Str {
	lang := t.LangOf(d.Pos.File)
	switch d.Name {
	case "object", "quote", "detail":
		v, _ := content.DecodeIn[record.DetailBlock](t, lang, d.BodyPos, d.Body)
		if v != nil {
			return []record.Str{v.Record}
		}
	case "pair":
		if v, _ := content.DecodeIn[record.PairBlock](t, lang, d.BodyPos, d.Body); v != nil {
			return []record.Str{v.Left.Record, v.Right.Record}
		}
	case "gallery":
		var out []record.Str
		if v, _ := content.DecodeIn[record.GalleryBlock](t, lang, d.BodyPos, d.Body); v != nil {
			for _, x := range v.Records {
				out = append(out, x.Record)
			}
		}
		return out
	case "timeline":
		if v, _ := content.DecodeIn[record.TimelineBlock](t, lang, d.BodyPos, d.Body); v != nil {
			return v.Records
		}
	}
	return nil
}
