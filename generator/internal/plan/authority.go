package plan

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
	"vitrine/generator/page"
)

var authorityKinds = []struct {
	kind catalog.Kind
	room page.Room
	file content.Kind
}{
	{catalog.Agent, page.RoomAgents, content.KindAgent}, {catalog.Place, page.RoomPlaces, content.KindPlace},
	{catalog.Event, page.RoomEvents, content.KindEvent}, {catalog.Subject, page.RoomSubjects, content.KindSubject},
}

func (p *Plan) authorityJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		for _, k := range authorityKinds {
			if p.Catalog.Len(k.kind) == 0 {
				continue
			}
			if !yield(p.job(lang, p.urls.Index(lang, k.room, 1), func(c *composer) any { return c.authorityIndex(k.kind, k.room) })) {
				return
			}
			for row := range p.Catalog.Of(k.kind) {
				for n := 1; n <= pagesOf(len(p.linked(row)), perPage); n++ {
					path := p.urls.In(lang, k.room, p.Catalog.ID(row), n)
					if !yield(p.job(lang, path, func(c *composer) any { return c.authority(row, k.room, n) })) {
						return
					}
				}
			}
		}
	}
}

// linked are the records and events that name an authority, by role. What one
// authority says of another stands in its fields, events apart.
func (p *Plan) linked(row int32) []catalog.Link {
	var out []catalog.Link
	for _, l := range p.Catalog.Links(row) {
		k := p.Catalog.Kind(l.Entry)
		if k == catalog.Unit && l.Role != catalog.RoleOther || k == catalog.Event || k == catalog.Unit && p.Catalog.Kind(row) == catalog.Agent {
			out = append(out, l)
		}
	}
	return out
}

func (c *composer) authorityIndex(k catalog.Kind, room page.Room) *page.AuthorityIndex {
	title := c.term("navigation", string(room))
	a := &page.AuthorityIndex{
		Layout:  c.withCrumbs(c.layout("authority-index", title, "", room, func(l string) string { return c.urls.Index(l, room, 1) }), c.crumbs("")),
		Heading: title,
	}
	if k == catalog.Event {
		a.Groups = c.byDecadeGroups(k)
	} else {
		a.Groups = c.byLetter(k)
	}
	for _, g := range a.Groups {
		a.Letters = append(a.Letters, page.Link{Href: "#" + g.ID, Words: plain(g.Title)})
	}
	return a
}

// byLetter lists all of a kind under the letters of the page's language: the
// catalog is in the order of the first one.
func (c *composer) byLetter(k catalog.Kind) []page.Group {
	var out []page.Group
	titleOf := func(row int32) string {
		title, _ := c.Catalog.Title(row, c.lang)
		return plainTitle(title)
	}
	rows := slices.Collect(c.Catalog.Of(k))
	if c.lang != c.langs[0] {
		slices.SortStableFunc(rows, func(a, b int32) int { return vi.Compare(titleOf(a), titleOf(b)) })
	}
	for _, row := range rows {
		title := titleOf(row)
		letter := vi.Initial(title)
		if len(out) == 0 || out[len(out)-1].Title != letter {
			out = append(out, page.Group{ID: letterID(letter) + suffix(out, letter), Title: letter})
		}
		g := &out[len(out)-1]
		s := c.slip(row)
		s.Count = len(c.linked(row))
		g.Slips = append(g.Slips, s)
	}
	return out
}

// letterID keeps Đ and D, Ă and A apart in an address.
func letterID(letter string) string {
	if letter == "#" {
		return "chu-so"
	}
	id := "chu-" + vi.Slug(letter)
	switch letter {
	case "Ă", "Đ", "Ê", "Ơ":
		return id + "2"
	case "Â", "Ô":
		return id + "3"
	case "Ư":
		return id + "2"
	}
	return id
}

func (c *composer) byDecadeGroups(k catalog.Kind) []page.Group {
	var rows []int32
	for row := range c.Catalog.Of(k) {
		rows = append(rows, row)
	}
	c.byDate(rows)
	var out []page.Group
	for _, row := range rows {
		title, id := c.t("plan.undated"), "khong-ro"
		if d := c.Catalog.Date(row); dated(d) {
			from, _ := d.Years()
			id = strconv.Itoa(floorDecade(from))
			title = c.t("plan.decade", id)
		}
		if len(out) == 0 || out[len(out)-1].Title != title {
			out = append(out, page.Group{ID: "thap-nien-" + id + suffix(out, title), Title: title})
		}
		g := &out[len(out)-1]
		g.Slips = append(g.Slips, c.slip(row))
	}
	return out
}

func (c *composer) authority(row int32, room page.Room, n int) *page.Authority {
	text, actual := c.Catalog.Title(row, c.lang)
	a := &page.Authority{
		Type: string(room), TypeLabel: c.term("navigation", string(room)), Title: c.title(text, actual),
		Date: c.date(c.Catalog.Date(row)), Exhibitions: c.shownIn(row),
	}
	links := c.linked(row)
	a.Lists = c.recordLists(c.Catalog.Kind(row), slice(links, n, perPage), links, n)
	a.Pager = c.pager(n, pagesOf(len(links), perPage), func(i int) string { return c.urls.In(c.lang, room, c.Catalog.ID(row), i) })
	description := ""
	if n == 1 {
		description = c.describeAuthority(a, row)
	}
	a.Layout = c.withCrumbs(c.layout("authority", plainTitle(text), description, room,
		func(l string) string { return c.urls.In(l, room, c.Catalog.ID(row), n) }), c.crumbs(room))
	return a
}

// roleKeys name the lists of an authority page.
var roleKeys = map[catalog.Role]string{
	catalog.RoleCreator: "plan.role-creator", catalog.RoleSubject: "plan.role-subject", catalog.RoleCreation: "plan.role-creation",
	catalog.RoleMentioned: "plan.role-mentioned", catalog.RoleEvent: "plan.role-event", catalog.RoleOther: "plan.role-other", catalog.RoleShown: "plan.role-other",
}

func (c *composer) recordLists(k catalog.Kind, part, all []catalog.Link, n int) []page.RecordList {
	type key struct {
		role  catalog.Role
		event bool
	}
	of := func(l catalog.Link) key { return key{l.Role, c.Catalog.Kind(l.Entry) == catalog.Event} }
	totals := map[key]int{}
	for _, l := range all {
		totals[of(l)]++
	}
	var out []page.RecordList
	var keys []key
	for _, l := range part {
		at := slices.Index(keys, of(l))
		if at < 0 {
			at = len(keys)
			keys = append(keys, of(l))
			name := roleKeys[l.Role]
			if of(l).event {
				name = "plan.role-in-events"
			}
			if l.Role == catalog.RoleOther && !of(l).event {
				name = "plan.role-held"
			}
			list := page.RecordList{Title: c.t(name)}
			if n == 1 {
				list.Total = totals[of(l)]
			}
			out = append(out, list)
		}
		out[at].Slips = append(out[at].Slips, c.slip(l.Entry))
	}
	return out
}

func (c *composer) describeAuthority(a *page.Authority, row int32) string {
	f := authorityFile(c.Plan, row)
	switch c.Catalog.Kind(row) {
	case catalog.Agent:
		return c.describeAgent(a, content.ReadAuthority[record.Agent](c.Tree, f, c.Catalog.Loc(row).Line))
	case catalog.Place:
		return c.describePlace(a, content.ReadAuthority[record.Place](c.Tree, f, c.Catalog.Loc(row).Line))
	case catalog.Event:
		return c.describeEvent(a, content.ReadAuthority[record.Event](c.Tree, f, c.Catalog.Loc(row).Line))
	case catalog.Subject:
		return c.describeSubject(a, content.ReadAuthority[record.Subject](c.Tree, f, c.Catalog.Loc(row).Line))
	}
	return ""
}

func authorityFile(p *Plan, row int32) content.File {
	f := content.File{Path: p.Catalog.Loc(row).File}
	for _, k := range authorityKinds {
		if k.kind == p.Catalog.Kind(row) {
			f.Kind = k.file
		}
	}
	return f
}

func (c *composer) agent(row int32) *record.Agent {
	if c.Catalog.Kind(row) != catalog.Agent {
		return nil
	}
	return content.ReadAuthority[record.Agent](c.Tree, authorityFile(c.Plan, row), c.Catalog.Loc(row).Line)
}

// fields gathers the labelled values of an authority; empty ones vanish.
type fields struct {
	c    *composer
	file string
	list []page.Field
}

func (f *fields) add(key string, values []page.Value) {
	if len(values) > 0 {
		f.list = append(f.list, page.Field{Key: key, Label: f.c.t("plan.field-" + key), Values: values})
	}
}

func (f *fields) text(key string, t record.Text) { f.add(key, one(f.c.inline(t, f.file))) }
func (f *fields) long(key string, t record.Text) { f.add(key, f.c.long(t, f.file, key)) }

func (c *composer) describeAgent(a *page.Authority, r *record.Agent) string {
	if r == nil {
		return ""
	}
	f := &fields{c: c, file: r.File}
	f.add("type", c.terms("agent_type", r.Type))
	f.add("exist", c.withNote(c.date(r.Exist.Date).Words, c.inline(r.ExistNote, r.File)))
	f.add("other-names", c.names(r.OtherNames, r.File))
	f.add("parallel-names", c.list(r.ParallelNames, r.File))
	f.add("places", c.refs(r.Places, r.File))
	f.long("legal-status", r.LegalStatus)
	f.long("functions", r.Functions)
	f.long("mandates", r.Mandates)
	f.long("structure", r.Structure)
	f.add("relations", c.relations(r))
	f.text("note", r.Note)
	f.add("sources", c.sources(r.Sources, r.File))
	return c.fillAuthority(a, f, r.History, r.Bodies)
}

func (c *composer) withNote(s string, note page.Words) []page.Value {
	out := words(s)
	if len(out) > 0 {
		out[0].Note = note
	}
	return out
}

// fillAuthority puts the history first, then the longer text, then the fields.
func (c *composer) fillAuthority(a *page.Authority, f *fields, history record.Text, bodies []record.Body) string {
	a.Lead = c.block(history, f.file, "history")
	if doc, lang := c.body(bodies); len(doc.Parts) > 0 {
		a.Lead.HTML += c.prose(doc)
		if a.Lead.Lang == "" {
			a.Lead.Lang = lang
		}
	}
	a.Essentials = f.list
	s, _ := c.plainText(history)
	return describe(s)
}

func (c *composer) names(list []record.DatedName, file string) (out []page.Value) {
	for _, n := range list {
		w := c.inline(n.Text, file)
		if w.IsZero() {
			continue
		}
		when := c.date(n.Dates.Date).Words
		if when == "" {
			when = c.fromTo(n.From, n.To)
		}
		kind := ""
		if n.Kind.V != "" {
			kind = c.term("name_kind", n.Kind.V)
		}
		parent, _ := c.plainText(n.AdminParent)
		out = append(out, page.Value{Words: w, Note: plain(join(kind, when, parent))})
	}
	return out
}

func (c *composer) fromTo(from, to record.Date) string {
	switch {
	case from.IsZero() && to.IsZero():
		return ""
	case to.IsZero():
		return c.t("plan.from", from.Words(c.lang))
	case from.IsZero():
		return c.t("plan.until", to.Words(c.lang))
	}
	d, err := edtf.Parse(from.String() + "/" + to.String())
	if err != nil {
		return from.Words(c.lang) + " – " + to.Words(c.lang)
	}
	return d.Words(c.lang)
}

func (c *composer) relations(r *record.Agent) (out []page.Value) {
	for _, rel := range r.Relations {
		if v, ok := c.ref(rel.To, r.File); ok {
			note, _ := c.plainText(rel.Note)
			v.Note = plain(join(c.term("relation", rel.Type.V), c.date(rel.Dates.Date).Words, note))
			out = append(out, v)
		}
	}
	return out
}

func (c *composer) describePlace(a *page.Authority, r *record.Place) string {
	if r == nil {
		return ""
	}
	f := &fields{c: c, file: r.File}
	f.add("names-in-time", c.names(r.NamesInTime, r.File))
	f.text("now-in", r.NowIn)
	f.add("parent", c.refs([]record.Ref{r.Parent}, r.File))
	if r.Precision.V != "uncertain" && r.Coords.Lat.V != "" {
		f.add("coords", c.withNote(r.Coords.Lat.V+", "+r.Coords.Lon.V, plain(c.term("place_precision", r.Precision.V))))
	}
	f.text("note", r.Note)
	f.add("sources", c.sources(r.Sources, r.File))
	return c.fillAuthority(a, f, r.Description, r.Bodies)
}

func (c *composer) describeEvent(a *page.Authority, r *record.Event) string {
	if r == nil {
		return ""
	}
	if s, _ := c.plainText(r.Display); s != "" {
		a.Date.Words = s
	}
	a.Date.Ruler = c.ruler(r.Date.Date)
	a.Commemorated = plain(edtf.CommemorationWords(r.CommemoratedOn.V, c.lang))
	a.Date.Note = c.inline(r.Note, r.File)
	f := &fields{c: c, file: r.File}
	f.add("date", words(a.Date.Words))
	f.add("place", c.refs([]record.Ref{r.Place}, r.File))
	f.add("agents", c.refs(r.Agents, r.File))
	f.add("subjects", c.refs(r.Subjects, r.File))
	f.add("parent-event", c.refs([]record.Ref{r.Parent}, r.File))
	f.add("sources", c.sources(r.Sources, r.File))
	return c.fillAuthority(a, f, r.Description, r.Bodies)
}

func (c *composer) describeSubject(a *page.Authority, r *record.Subject) string {
	if r == nil {
		return ""
	}
	f := &fields{c: c, file: r.File}
	f.add("alt-labels", c.list(r.AltLabels, r.File))
	f.add("broader", c.refs([]record.Ref{r.Broader}, r.File))
	f.add("related", c.refs(r.Related, r.File))
	f.add("narrower", c.narrower(r.ID.V))
	f.add("sources", c.sources(r.Sources, r.File))
	return c.fillAuthority(a, f, r.ScopeNote, r.Bodies)
}

// narrower are the subjects that name this one as broader.
func (c *composer) narrower(id string) (out []page.Value) {
	row, ok := c.Catalog.Find(id)
	if !ok {
		return nil
	}
	for _, l := range c.Catalog.Links(row) {
		if l.Role == catalog.RoleBroader {
			to := c.to(l.Entry)
			out = append(out, page.Value{Words: to.Words, Href: to.Href})
		}
	}
	slices.SortStableFunc(out, func(a, b page.Value) int { return cmp.Compare(a.Href, b.Href) })
	return out
}

// plainTitle is a title without its Markdown, for <title>.
func plainTitle(s string) string { return strings.NewReplacer("*", "", "_", "").Replace(s) }
