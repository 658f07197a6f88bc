package plan

import (
	"path"
	"strconv"
	"strings"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/exchange/schemaorg"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// What a page tells, for search engines and aggregators: JSON-LD in its head. It is made of
// what the page shows, from the same view, when the page has been composed; so it needs no
// purpose of its own. The page is one node, and about names the one within it that stands
// for the record, authority or exhibition. A page that is a notice bears none: nobody is to
// list it.

// entityMark ends the name of what a page is about, which is not the page. It is where the
// content of the page begins, so the name is an address that opens.
const entityMark = "#main"

// mostMedia is the most pictures and recordings that are told of a record; the manifest has all.
const mostMedia = 8

// pageTypes are the types of pages, by kind; any other is a WebPage.
var pageTypes = map[string]string{
	"home": "WebSite", "record": "ItemPage", "fonds": "CollectionPage", "fonds-index": "CollectionPage", "gallery": "CollectionPage",
	"authority-index": "CollectionPage", "exhibition": "CollectionPage", "exhibition-index": "CollectionPage", "timeline": "CollectionPage",
	"browse": "CollectionPage", "browse-index": "CollectionPage", "day": "CollectionPage", "day-index": "CollectionPage", "search": "SearchResultsPage",
}

// describePage sets what the head of a page tells others of it.
func (c *composer) describePage(v any) {
	p, ok := v.(interface{ Head() *page.Layout })
	if !ok || c.err != nil || p.Head() == nil || p.Head().NoIndex {
		return
	}
	l := p.Head()
	data, err := c.linkedPage(l).Encode()
	if err != nil {
		c.fail(err)
		return
	}
	l.Linked = data
	c.share(l, v)
}

func (c *composer) linkedPage(l *page.Layout) *schemaorg.Node {
	n := &schemaorg.Node{Type: schemaorg.Types{"WebPage"}, ID: c.linkedAddress(c.path), Name: l.Title, URL: c.linkedAddress(c.path), Description: l.Description,
		InLanguage: []string{c.lang}, License: l.Footer.LicenceURI, MainEntity: c.about}
	if c.about != nil {
		n.Description = "" // that of what it is about says as much, and more
	}
	if t, ok := pageTypes[l.Kind]; ok {
		n.Type[0] = t
	}
	if l.Kind == "article" && strings.HasPrefix(c.path, c.roomFolder(page.RoomAbout)) {
		n.Type[0] = "AboutPage"
	}
	if l.Kind == "home" {
		c.linkHome(n, l)
		return n
	}
	n.IsPartOf = &schemaorg.Node{Type: schemaorg.Types{"WebSite"}, ID: c.linkedAddress(c.urls.Home(c.lang)), Name: l.SiteTitle}
	n.Breadcrumb = c.linkedCrumbs(l)
	return n
}

// roomFolder is how the paths of the pages of a room begin.
func (c *composer) roomFolder(room page.Room) string {
	return strings.TrimSuffix(c.urls.Article(c.lang, string(room)), ".html")
}

// linkedAddress is the address of a file of the site: absolute where the site has an
// address, else relative to the page, which is what JSON-LD takes it for.
func (c *composer) linkedAddress(file string) string {
	if base := c.base(); base != "" {
		return base + trimIndex(file)
	}
	return c.rel(file)
}

// linkedHref is the address of what a link of this page leads to.
func (c *composer) linkedHref(href string) string {
	base := c.base()
	if base == "" || href == "" || strings.Contains(href, "://") {
		return href
	}
	file, mark, marked := strings.Cut(href, "#")
	out := base + trimIndex(path.Join(path.Dir(c.path), file))
	if marked {
		out += "#" + mark
	}
	return out
}

// entityID names what an entry of the catalog stands for, alike on the pages of all languages.
func (c *composer) entityID(row int32) string {
	return c.linkedAddress(c.pathIn(c.langs[0], row)) + entityMark
}

// linkHome says what the site is, who answers for it, and how it is searched.
func (c *composer) linkHome(n *schemaorg.Node, l *page.Layout) {
	if r := c.repositoryNamed(""); r != nil {
		n.Publisher = c.linkedArchive(r)
	} else if name := bare(l.Footer.Body); name != "" {
		n.Publisher = &schemaorg.Node{Type: schemaorg.Types{"ArchiveOrganization"}, Name: name, Address: bare(l.Footer.Address), Email: l.Footer.Email, Telephone: l.Footer.Phone}
	}
	if l.Search == "" {
		return
	}
	n.PotentialAction = &schemaorg.Node{Type: schemaorg.Types{"SearchAction"}, QueryInput: "required name=search_term_string",
		Target: &schemaorg.Node{Type: schemaorg.Types{"EntryPoint"}, URLTemplate: c.linkedAddress(c.urls.Index(c.lang, page.RoomSearch, "")) + "?q={search_term_string}"}}
}

// linkedHolder is a house that holds records, as these name it.
func (c *composer) linkedHolder(r *record.Repository) *schemaorg.Node {
	n := &schemaorg.Node{Type: schemaorg.Types{"ArchiveOrganization"}}
	n.Name, _ = c.plainText(r.Name)
	if row, ok := c.Catalog.Find(r.ID.V); ok {
		n.ID, n.URL = c.entityID(row), c.linkedAddress(c.pathOf(row))
	}
	return n
}

// linkedArchive is the same house with how to reach it.
func (c *composer) linkedArchive(r *record.Repository) *schemaorg.Node {
	n := c.linkedHolder(r)
	n.Email, n.Telephone, n.SameAs = r.Email.V, r.Phone.V, webAddress(r.URL.V)
	n.Address, _ = c.plainText(r.Address)
	return n
}

// linkedCrumbs is the way from home to the page, nil where it shows none.
func (c *composer) linkedCrumbs(l *page.Layout) *schemaorg.Node {
	if len(l.Breadcrumb) == 0 {
		return nil
	}
	n := &schemaorg.Node{Type: schemaorg.Types{"BreadcrumbList"}}
	add := func(name, item string) {
		n.ItemListElement = append(n.ItemListElement, schemaorg.Node{Type: schemaorg.Types{"ListItem"}, Position: len(n.ItemListElement) + 1, Name: name, Item: item})
	}
	for _, link := range l.Breadcrumb {
		add(bare(link.Words), c.linkedHref(link.Href))
	}
	add(l.Title, c.linkedAddress(c.path))
	return n
}

// entityTypes are the types of entries, by kind. Whether an agent is a person stands in its
// record, and what names it does not ask.
var entityTypes = map[catalog.Kind]string{
	catalog.Unit: "ArchiveComponent", catalog.Place: "Place", catalog.Event: "Event", catalog.Subject: "DefinedTerm", catalog.Repository: "ArchiveOrganization",
}

// entity is an entry as others name it.
func (c *composer) entity(row int32) schemaorg.Node {
	text, _ := c.Catalog.Title(row, c.lang)
	n := schemaorg.Node{ID: c.entityID(row), Name: markup.Plain(text)}
	if t, ok := entityTypes[c.Catalog.Kind(row)]; ok {
		n.Type = schemaorg.Types{t}
	}
	return n
}

// entities are those that a record names and that may be named.
func (c *composer) entities(lists ...[]record.Ref) (out []schemaorg.Node) {
	for _, list := range lists {
		for _, r := range list {
			if n, ok := c.entityOf(r); ok {
				out = append(out, n)
			}
		}
	}
	return out
}

func (c *composer) entityOf(r record.Ref) (n schemaorg.Node, ok bool) {
	if r.ID == "" {
		n.Name, _ = c.plainText(r.Name)
		return n, n.Name != ""
	}
	row, ok := c.Catalog.Find(r.ID)
	if !ok {
		return n, false
	}
	return c.entity(row), true
}

// onlyEntity is the one entity of a reference, nil where there is none.
func (c *composer) onlyEntity(r record.Ref) *schemaorg.Node {
	if n, ok := c.entityOf(r); ok {
		return &n
	}
	return nil
}

// typed gives entities a type where they have none, for they were named without an id.
func typed(list []schemaorg.Node, kind string) []schemaorg.Node {
	for i := range list {
		if len(list[i].Type) == 0 {
			list[i].Type = schemaorg.Types{kind}
		}
	}
	return list
}

// agentTypes are the types of agents; a family is a group of people and no single one.
var agentTypes = map[string]string{"corporate": "Organization", "person": "Person", "family": "Organization"}

// linkedCreators are the creators of a record under the names that it bears.
func (c *composer) linkedCreators(u *record.Unit) (out []schemaorg.Node) {
	for _, cr := range u.Creators {
		n, ok := c.entityOf(cr.Agent)
		if !ok {
			continue
		}
		if row, found := c.Catalog.Find(cr.Agent.ID); found {
			if t, ok := agentTypes[c.agentType(row)]; ok {
				n.Type = schemaorg.Types{t}
			}
		}
		if cr.As.V != "" && cr.As.V != n.Name {
			n.Name, n.AlternateName = cr.As.V, []string{n.Name}
		}
		out = append(out, n)
	}
	return out
}

// agentType is what an agent is, empty for any other entry.
func (c *composer) agentType(row int32) string {
	if c.Catalog.Kind(row) != catalog.Agent {
		return ""
	}
	c.Catalog.ask(row, askText)
	if t, ok := c.agentKinds.Load(row); ok {
		return t.(string)
	}
	t := ""
	if a := c.agent(row); a != nil {
		t = a.Type.V
	}
	c.agentKinds.Store(row, t)
	return t
}

// linkedUnit is a unit of description without what is shown of its objects.
func (c *composer) linkedUnit(u *record.Unit, row int32, d page.Date, rights page.Rights) *schemaorg.Node {
	n := c.entity(row)
	n.URL, n.Identifier = c.linkedAddress(c.pathOf(row)), catalog.ReferenceLabel(u.Reference, c.references[c.lang])
	n.ItemLocation, n.Description = n.Identifier, c.summary(u.Scope)
	n.MaterialExtent, n.Genre = c.extent(u.Extent), bare(c.form(u.Form.V))
	n.Creator = c.linkedCreators(u)
	switch u.Level.V {
	case "item", "part":
		n.Type = append(n.Type, c.formType(u.Form.V)...)
		n.SetDate(u.Dates.Created.Date, d.Words)
	default:
		n.Type = append(n.Type, "Collection")
		n.SetCoverage(u.Dates.Created.Date, d.Words)
	}
	for _, t := range u.OtherTitles {
		if s, _ := c.plainText(t); s != "" {
			n.AlternateName = append(n.AlternateName, s)
		}
	}
	for _, t := range u.Keywords {
		if s, _ := c.plainText(t); s != "" {
			n.Keywords = append(n.Keywords, s)
		}
	}
	for _, l := range c.Catalog.Inherited(row).Languages {
		n.InLanguage = append(n.InLanguage, l.V)
	}
	if r := c.repository(row); r != nil {
		n.HoldingArchive = c.linkedHolder(r)
	}
	if up := c.Catalog.Parent(row); up >= 0 {
		above := c.entity(up)
		n.IsPartOf = &above
	}
	n.About, n.Mentions = c.entities(u.Events, u.Subjects), c.entities(u.Agents)
	n.ContentLocation = typed(c.entities(u.Places), "Place")
	if at := c.entities([]record.Ref{u.Place}); len(at) > 0 {
		n.LocationCreated = &typed(at, "Place")[0]
	}
	if state := c.accessValues(u); len(state) > 0 {
		n.ConditionsOfAccess = bare(state[0].Words)
	}
	n.SetRights(rights.URI)
	n.CreditText = bare(rights.Credit)
	return &n
}

// formTypes are the types of items, by their form or the group of it.
var formTypes = map[string][]string{"anh": {"Photograph"}, "bao": {"PublicationIssue"}, "tap-chi": {"PublicationIssue"}, "sach": {"Book"}, "image": {"VisualArtwork"}, "map": {"Map"}}

func (c *composer) formType(form string) []string {
	if t, ok := formTypes[form]; ok {
		return t
	}
	return formTypes[c.groups[form]]
}

// summary is the beginning of a text, as search engines take it.
func (c *composer) summary(t record.Text) string {
	text, _ := t.In(c.lang)
	return markup.Summary(text, 500)
}

// linkRecord says what the page of a record is about.
func (c *composer) linkRecord(r *page.Record, u *record.Unit, row int32) {
	n := c.linkedUnit(u, row, r.Date, r.Rights)
	for _, s := range r.Sheets {
		if len(n.AssociatedMedia) == mostMedia {
			break
		}
		switch {
		case s.Recording != nil:
			n.AssociatedMedia = append(n.AssociatedMedia, c.linkedRecording(s, r.Rights))
		case s.Image != nil:
			n.AssociatedMedia = append(n.AssociatedMedia, c.linkedImage(s, r.Rights))
		}
	}
	c.about = n
}

func (c *composer) linkedImage(s page.Sheet, rights page.Rights) schemaorg.Node {
	img := s.Image
	n := schemaorg.Node{Type: schemaorg.Types{"ImageObject"}, Name: bare(s.Label), Caption: img.Alt, ContentURL: c.linkedHref(img.Full), ThumbnailURL: c.linkedHref(img.Src),
		EncodingFormat: jpeg, Width: pixels(img.FullWidth), Height: pixels(img.FullHeight)}
	c.linkRights(&n, img.Credit, rights)
	return n
}

func (c *composer) linkedRecording(s page.Sheet, rights page.Rights) schemaorg.Node {
	r := s.Recording
	n := schemaorg.Node{Type: schemaorg.Types{"AudioObject"}, Name: bare(s.Label), Caption: bare(s.Caption), ContentURL: c.linkedHref(r.Src), EncodingFormat: r.Type, Duration: r.Datetime}
	credit := page.Words{}
	if r.Film {
		n.Type[0], n.Width, n.Height = "VideoObject", pixels(r.Width), pixels(r.Height)
		if r.Poster != nil {
			n.ThumbnailURL, credit = c.linkedHref(r.Poster.Src), r.Poster.Credit
		}
	}
	c.linkRights(&n, credit, rights)
	return n
}

// linkRights tells the terms of what is shown: those of its record, with the credit of its own
// where it has one.
func (c *composer) linkRights(n *schemaorg.Node, credit page.Words, rights page.Rights) {
	n.SetRights(rights.URI)
	if n.CreditText = bare(credit); n.CreditText == "" {
		n.CreditText = bare(rights.Credit)
	}
}

func pixels(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n) + " px"
}

// linkedAuthority is an authority with its longer text.
func (c *composer) linkedAuthority(id, kind string, text record.Text) *schemaorg.Node {
	row, ok := c.Catalog.Find(id)
	if !ok {
		return &schemaorg.Node{}
	}
	n := c.entity(row)
	n.Type, n.URL, n.Description = schemaorg.Types{kind}, c.linkedAddress(c.pathOf(row)), c.summary(text)
	return &n
}

func (c *composer) linkAgent(r *record.Agent) {
	kind := agentTypes[r.Type.V]
	if kind == "" {
		kind = "Organization"
	}
	n := c.linkedAuthority(r.ID.V, kind, r.History)
	for _, t := range r.ParallelNames {
		n.AlternateName = c.appendPlain(n.AlternateName, t)
	}
	for _, t := range r.OtherNames {
		n.AlternateName = c.appendPlain(n.AlternateName, t.Text)
	}
	from, to := "", ""
	if r.Exist.Date.IsInterval() {
		from, to = schemaorg.Ends(r.Exist.Date)
	}
	if kind == "Person" {
		n.BirthDate, n.DeathDate = from, to
	} else {
		n.FoundingDate, n.DissolutionDate = from, to
	}
	for _, rel := range r.Relations {
		other, ok := c.entityOf(rel.To)
		if !ok {
			continue
		}
		switch rel.Type.V {
		case "part-of":
			n.ParentOrganization = append(n.ParentOrganization, other)
		case "has-part":
			n.SubOrganization = append(n.SubOrganization, other)
		case "member-of":
			n.MemberOf = append(n.MemberOf, other)
		}
	}
	if kind == "Person" { // such a body is no part of anybody
		n.ParentOrganization, n.SubOrganization = nil, nil
	}
	c.about = n
}

func (c *composer) appendPlain(list []string, t record.Text) []string {
	if s, _ := c.plainText(t); s != "" {
		list = append(list, s)
	}
	return list
}

func (c *composer) linkPlace(r *record.Place) {
	n := c.linkedAuthority(r.ID.V, "Place", r.Description)
	for _, t := range r.NamesInTime {
		n.AlternateName = c.appendPlain(n.AlternateName, t.Text)
	}
	n.ContainedInPlace = c.onlyEntity(r.Parent)
	if r.Precision.V != "uncertain" && r.Coords.Lat.V != "" {
		n.Geo = &schemaorg.Node{Type: schemaorg.Types{"GeoCoordinates"}, Latitude: r.Coords.Lat.V, Longitude: r.Coords.Lon.V}
	}
	c.about = n
}

func (c *composer) linkEvent(r *record.Event) {
	n := c.linkedAuthority(r.ID.V, "Event", r.Description)
	n.StartDate, n.EndDate = schemaorg.Ends(r.Date.Date)
	n.Location = typed(c.entities([]record.Ref{r.Place}), "Place")
	n.SuperEvent = c.onlyEntity(r.Parent)
	n.About = c.entities(r.Subjects, r.Agents)
	c.about = n
}

func (c *composer) linkSubject(r *record.Subject) {
	n := c.linkedAuthority(r.ID.V, "DefinedTerm", r.ScopeNote)
	for _, t := range r.AltLabels {
		n.AlternateName = c.appendPlain(n.AlternateName, t)
	}
	n.InDefinedTermSet = c.linkedAddress(c.urls.Index(c.lang, page.RoomSubjects, ""))
	c.about = n
}

func (c *composer) linkRepository(r *record.Repository) {
	n := c.linkedArchive(r)
	n.Description = c.summary(r.History)
	n.Location = typed(c.entities([]record.Ref{r.Place}), "Place")
	c.about = n
}

// mostShown is the most records that are told of an exhibition; its page lists all.
const mostShown = 30

// linkExhibition says what an exhibition shows: an event where it has a place and a day,
// else what is gathered on its page.
func (c *composer) linkExhibition(x *page.Exhibition, e *record.Exhibition, row int32, rows []int32) {
	n := &schemaorg.Node{Type: schemaorg.Types{"Collection"}, ID: c.entityID(row), Name: x.Layout.Title, URL: c.linkedAddress(c.path), Description: c.summary(e.Lead)}
	venue := bare(x.Venue)
	if from, ok := e.Opening.Date.HTML(); ok && venue != "" {
		n.Type[0], n.StartDate = "ExhibitionEvent", from
		n.EndDate, _ = e.Closing.Date.HTML()
		n.Location = []schemaorg.Node{{Type: schemaorg.Types{"Place"}, Name: venue}}
	}
	var shown []schemaorg.Node
	for _, shownRow := range rows[:min(len(rows), mostShown)] {
		shown = append(shown, c.entity(shownRow))
	}
	if n.Type[0] == "Collection" {
		n.HasPart = shown
		n.DateCreated, _ = e.Opening.Date.HTML()
	} else {
		n.About = shown
	}
	c.about = n
}
