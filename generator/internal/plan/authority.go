package plan

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
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
			if !each(p.indexJobs(lang, k.kind, k.room), yield) {
				return
			}
			for row := range p.Catalog.Of(k.kind) {
				if !each(p.recordsJobs(lang, k.room, row), yield) {
					return
				}
			}
		}
	}
}

// recordsJobs are the pages of one authority with the records that name it.
func (p *Plan) recordsJobs(lang string, room page.Room, row int32) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		id := p.Catalog.ID(row)
		links, all := p.linked(row)
		rows := make([]int32, len(links))
		for i, l := range links {
			rows[i] = l.Entry
		}
		key := func(i int) string { return p.Catalog.ID(rows[i]) + roleSuffix[links[i].Role] }
		for l := range p.listPages(listID{"linked", int(row)}, perPage, rows, key) {
			part := links[l.from : l.from+len(l.rows)]
			var totals map[listed]int
			if l.first() {
				totals = all
			}
			if !yield(p.job("authority", lang, p.urls.In(lang, room, id, l.key), p.given(l, roles(part), totals), func(c *composer) any { return c.authority(row, room, l, part, totals) })) {
				return
			}
		}
	}
}

// roleSuffix tells two pages apart that begin with the same record: one
// authority may be both its author and what it is about.
var roleSuffix = map[catalog.Role]string{catalog.RoleCreator: ".by", catalog.RoleCreation: ".at", catalog.RoleOther: ".with"}

// linked are the records and events that name an authority, by role, and how
// many there are of each. What one authority says of another stands in its
// fields, events apart.
func (p *Plan) linked(row int32) ([]catalog.Link, map[listed]int) {
	p.Catalog.ask(row, askLinked)
	var out []catalog.Link
	totals := map[listed]int{}
	cat := p.Catalog.cat
	for _, l := range cat.Links(row) {
		k := cat.Kind(l.Entry)
		if k == catalog.Unit && l.Role != catalog.RoleOther || k == catalog.Event || k == catalog.Unit && cat.Kind(row) == catalog.Agent {
			out = append(out, l)
			totals[listed{l.Role, k == catalog.Event}]++
		}
	}
	return out, totals
}

// roles are those of links.
func roles(links []catalog.Link) []catalog.Role {
	out := make([]catalog.Role, len(links))
	for i, l := range links {
		out[i] = l.Role
	}
	return out
}

// listed is what a list of an authority's page holds.
type listed struct {
	role  catalog.Role
	event bool
}

// authority shows l of the records that name it, whose roles are in links.
// totals and what describes it stand on the first page only.
func (c *composer) authority(row int32, room page.Room, l listPage, links []catalog.Link, totals map[listed]int) *page.Authority {
	text, actual := c.Catalog.Title(row, c.lang)
	at := func(lang, key string) string { return c.urls.In(lang, room, c.Catalog.ID(row), key) }
	a := &page.Authority{
		Type: string(room), TypeLabel: c.term("navigation", string(room)), Title: c.title(text, actual),
		Date: c.date(c.Catalog.Date(row)), Lists: c.recordLists(links, totals),
		Pager: c.pager(l, func(key string) string { return at(c.lang, key) }, c.byDay),
	}
	description := ""
	if l.first() {
		description = c.describeAuthority(a, row)
		a.Exhibitions = c.shownIn(row)
	}
	a.Layout = c.withCrumbs(c.layout("authority", plainTitle(text), description, room,
		func(lang string) string { return at(lang, l.key) }), c.crumbs(room))
	return a
}

// roleKeys name the lists of an authority page.
var roleKeys = map[catalog.Role]string{
	catalog.RoleCreator: "plan.role-creator", catalog.RoleSubject: "plan.role-subject", catalog.RoleCreation: "plan.role-creation",
	catalog.RoleMentioned: "plan.role-mentioned", catalog.RoleEvent: "plan.role-event", catalog.RoleOther: "plan.role-other", catalog.RoleShown: "plan.role-other",
}

func (c *composer) recordLists(links []catalog.Link, totals map[listed]int) []page.RecordList {
	var out []page.RecordList
	var kinds []listed
	for _, l := range links {
		of := listed{l.Role, c.Catalog.Kind(l.Entry) == catalog.Event}
		at := slices.Index(kinds, of)
		if at < 0 {
			at = len(kinds)
			kinds = append(kinds, of)
			out = append(out, page.RecordList{Title: c.t(of.name()), Total: totals[of]})
		}
		out[at].Slips = append(out[at].Slips, c.slip(l.Entry))
	}
	return out
}

// name is the key of the words above the list.
func (of listed) name() string {
	switch {
	case of.event:
		return "plan.role-in-events"
	case of.role == catalog.RoleOther:
		return "plan.role-held"
	}
	return roleKeys[of.role]
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
	c.linkAgent(r)
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
	return c.describe(history)
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
	c.linkPlace(r)
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
	c.linkEvent(r)
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
	c.linkSubject(r)
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
	for _, narrower := range c.Catalog.Narrower(row) {
		to := c.to(narrower)
		out = append(out, page.Value{Words: to.Words, Href: to.Href})
	}
	slices.SortStableFunc(out, func(a, b page.Value) int { return cmp.Compare(a.Href, b.Href) })
	return out
}

var emphasis = strings.NewReplacer("*", "", "_", "")

// plainTitle is a title without its Markdown, for <title>.
func plainTitle(s string) string { return emphasis.Replace(s) }
