package plan

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/edition"
	"vitrine/generator/page"
)

// What was published stays at its address: where the page has gone to another,
// one that leads on stands in its place. Such addresses come from three
// sources: the list that people write, the former ids of what is published,
// and the ledger of all addresses that were ever released.

// redirect is an old address.
type redirect struct {
	path, lang string
	about      string // as the ledger of addresses names it
	row        int32  // of the entry it leads to, in the language; -1 for none
	to         string // the page it leads to, where that is of no entry

	// Where it leads to no page a notice stands there: that of a record, since what
	// was withdrawn is gone at each of its addresses, or one that names nothing,
	// since it is not known what became of what stood there.
	tomb *catalog.Tombstone
	lost bool
}

// notice reports whether a notice stands at the address.
func (r redirect) notice() bool { return r.tomb != nil || r.lost }

// Lost is an address that was released and at which nothing but a notice
// stands, though nobody decided so.
type Lost struct {
	edition.Address
	Why diag.Text // what is known of why its record has no page; may be empty
}

// Lost are the addresses that were released and lead nowhere now.
func (p *Plan) Lost() []Lost { return p.lost }

// Diagnostic says which record has lost which address, and what helps.
func (l Lost) Diagnostic(s diag.Severity) diag.Diagnostic {
	at := diag.Pos{File: path.Join(edition.Dir, edition.AddressesName), Line: l.Line, Col: 1}
	d := diag.Errorf("address-lost", at, "địa chỉ %s của %q, đã có từ lần phát hành %d, nay không còn trang nào", "the address %s of %q, which has stood since edition %d, has no page any more", l.Path, l.ID, l.Number).
		WithHint("rút bản ghi bằng khoá withdrawn; nếu đã đổi mã, ghi mã cũ vào former_ids; hoặc thêm một dòng vào %s/%s", "withdraw the record with the key withdrawn; if its id was changed, write the old one into former_ids; or add a line to %s/%s", edition.Dir, edition.RedirectsName)
	if l.Why != (diag.Text{}) {
		d.Msg.Vi, d.Msg.En = d.Msg.Vi+": "+l.Why.Vi, d.Msg.En+": "+l.Why.En
		d = d.WithHint("rút bản ghi bằng khoá withdrawn, hoặc làm cho bản ghi lại được công bố: gia hạn quyết định hay lập quyết định mới", "withdraw the record with the key withdrawn, or let it be published again: extend its clearance or make a new decision")
	}
	d.Severity = s
	return d
}

// remember reads what was released and finds where old addresses lead.
func (p *Plan) remember() error {
	p.history = &history{}
	p.tombs = map[string]catalog.Tombstone{}
	for t := range p.Catalog.Tombstones() {
		p.tombs[t.ID] = t
	}
	found := map[string]redirect{}
	if p.Shelf != nil {
		p.byHand(found)
	}
	p.byFormerIDs(found)
	var err error
	if p.Shelf != nil {
		if p.history, err = p.readHistory(p.Shelf.Editions, p.Shelf.States()); err == nil {
			p.reportReturned()
			err = p.byLedger(found)
		}
	}
	p.redirects = slices.SortedFunc(maps.Values(found), func(a, b redirect) int { return strings.Compare(a.path, b.path) })
	return p.reportFault(err)
}

// byHand takes the redirects that people wrote down.
func (p *Plan) byHand(found map[string]redirect) {
	list, ds := p.Shelf.Redirects()
	p.report(ds...)
	for _, h := range list {
		lang, _ := p.langOf(h.From)
		r := redirect{path: h.From, lang: lang, row: -1}
		_, known := p.Lookup(h.To)
		switch _, taken := p.Lookup(h.From); {
		case taken:
			p.report(diag.Warnf("redirect-unused", h.At, "ở địa chỉ %s đang có một trang; dòng này không có tác dụng", "there is a page at the address %s; this line does nothing", h.From))
			continue
		case known:
			r.to = h.To
		case !p.leadTo(&r, h.To):
			p.report(diag.Errorf("redirect-nowhere", h.At, "không có trang hay mã nào là %q", "there is no page and no id %q", h.To).
				WithHint("ghi mã của một bản ghi đã công bố, hoặc địa chỉ của một trang đang có", "write the id of a published record, or the address of a page that is there"))
			continue
		}
		found[h.From] = r
	}
}

// leadTo makes a redirect lead to an id: to its page, or to the notice in its
// place.
func (p *Plan) leadTo(r *redirect, id string) bool {
	if row, ok := p.Catalog.Find(id); ok {
		r.row, r.about = row, id
		return true
	}
	if t, ok := p.tombs[id]; ok {
		r.to, r.tomb = p.tombstonePath(r.lang, t), &t
		r.about = cmp.Or(r.about, id)
		return true
	}
	return false
}

// byFormerIDs leads from where an entry would stand under a former id. A fonds
// that was renamed takes the addresses of its units along.
func (p *Plan) byFormerIDs(found map[string]redirect) {
	cat := p.Catalog.cat
	add := func(at func(lang string) string, row int32) {
		for _, lang := range p.langs {
			r := redirect{path: at(lang), lang: lang, about: cat.ID(row), row: row}
			if _, known := found[r.path]; known {
				continue
			}
			if _, taken := p.Lookup(r.path); !taken {
				found[r.path] = r
			}
		}
	}
	for id, row := range cat.Former() {
		add(func(lang string) string { return p.pathNamed(lang, row, id) }, row)
		if cat.Kind(row) != catalog.Unit || cat.Fonds(row) != row {
			continue
		}
		for unit := row + 1; unit < cat.End(row); unit++ {
			add(func(lang string) string { return p.urls.Record(lang, id, cat.ID(unit), "") }, unit)
		}
	}
}

// pathNamed is the path that an entry would have under another id.
func (p *Plan) pathNamed(lang string, row int32, id string) string {
	cat := p.Catalog.cat
	switch k := cat.Kind(row); {
	case k == catalog.Exhibition:
		return p.urls.Exhibition(lang, id)
	case k != catalog.Unit:
		return p.urls.In(lang, kindRooms[k], id, "")
	case cat.Fonds(row) == row:
		return p.urls.Fonds(lang, id, "")
	}
	return p.urls.Record(lang, cat.ID(cat.Fonds(row)), id, "")
}

// byLedger finds where the addresses lead that were released and at which no
// page stands now.
func (p *Plan) byLedger(found map[string]redirect) error {
	heirs := map[string]string{} // id → the id that answers for it
	for id, row := range p.Catalog.cat.Former() {
		heirs[id] = p.Catalog.cat.ID(row)
	}
	for id, under := range p.Catalog.cat.Sheltered() {
		heirs[id] = under
	}
	var last shelfmark
	for a, err := range p.Shelf.Addresses() {
		if err != nil {
			return err
		}
		if ForPrograms(a.Path) {
			p.cease(a, &last, heirs)
			continue
		}
		if _, known := found[a.Path]; known || p.stands(a) {
			continue
		}
		r := redirect{path: a.Path, row: -1, about: a.ID}
		r.lang, _ = p.langOf(a.Path)
		if !p.leadTo(&r, a.ID) && !p.leadTo(&r, heirs[a.ID]) && !p.leadToList(&r) {
			r.lost = true
			why, _ := p.why(a.ID)
			p.lost = append(p.lost, Lost{a, why})
		}
		found[a.Path] = r
	}
	return nil
}

// stands reports whether there is a page at an address. Nearly all are those
// of entries that stand where they stood, which is quickly found.
func (p *Plan) stands(a edition.Address) bool {
	if row, ok := p.Catalog.Find(a.ID); ok {
		if lang, _ := p.langOf(a.Path); p.pathIn(lang, row) == a.Path {
			return true
		}
	}
	_, ok := p.Lookup(a.Path)
	return ok
}

// leadToList leads from a page of a list, or of an authority that nothing
// public names any more, to the beginning of the list, its index, or the home
// page: they came and went with the records, and nobody decided on them.
func (p *Plan) leadToList(r *redirect) bool {
	_, rest := p.langOf(r.path)
	room, _, _ := strings.Cut(rest, "/")
	if r.about != "" && !slices.ContainsFunc(authorityRooms, func(a page.Room) bool { return page.Word(r.lang, a) == room }) {
		return false
	}
	for _, to := range []string{firstPage(r.path), p.urls.Prefix(r.lang) + room + "/index.html", p.urls.Home(r.lang)} {
		if _, ok := p.Lookup(to); ok && to != r.path {
			r.to = to
			return true
		}
	}
	return false
}

var authorityRooms = []page.Room{page.RoomAgents, page.RoomPlaces, page.RoomEvents, page.RoomSubjects, page.RoomRepositories}

// firstPage is the first page of the list that a page belongs to; the key of
// another begins with a dot.
func firstPage(file string) string {
	dir, name := path.Split(file)
	stem, _, _ := strings.Cut(name, ".")
	return dir + stem + ".html"
}

// About is what the page of a path is about, as the ledger of addresses names
// it; empty for a page about no single thing.
func (p *Plan) About(file string) string {
	if r, ok := p.redirectAt(file); ok {
		return r.about
	}
	if id, _, ok := described(file); ok {
		return id
	}
	if fonds, ok := page.FondsOfFinding(file); ok {
		return fonds
	}
	if fonds, ok := page.FondsOfReferences(file); ok {
		return fonds
	}
	if fonds, ok := page.FondsOfTable(file); ok {
		return fonds
	}
	lang, _ := p.langOf(file)
	first := firstPage(file)
	id := strings.TrimSuffix(path.Base(first), ".html")
	if id == "index" {
		id = path.Base(path.Dir(first))
	}
	if row, ok := p.Catalog.Find(id); ok && p.pathIn(lang, row) == first {
		return id
	}
	if t, ok := p.tombs[id]; ok && p.tombstonePath(lang, t) == file {
		return id
	}
	for _, ref := range p.pages {
		if p.urls.Article(lang, ref.name) == file {
			return "pages/" + ref.name
		}
	}
	return ""
}

func (p *Plan) redirectAt(file string) (r redirect, ok bool) {
	i, ok := slices.BinarySearchFunc(p.redirects, file, func(r redirect, file string) int { return cmp.Compare(r.path, file) })
	if !ok {
		return r, false
	}
	return p.redirects[i], true
}

// Redirects yields every old address with the page it leads to.
func (p *Plan) Redirects() iter.Seq2[string, string] {
	return func(yield func(from, to string) bool) {
		for _, r := range p.redirects {
			if !r.notice() && !yield(r.path, p.targetOf(r)) {
				return
			}
		}
	}
}

func (p *Plan) targetOf(r redirect) string {
	if r.row >= 0 {
		return p.pathIn(r.lang, r.row)
	}
	return r.to
}

func (p *Plan) redirectJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		for _, r := range p.redirects {
			if r.lang == lang && !yield(p.redirectJob(r)) {
				return
			}
		}
	}
}

func (p *Plan) redirectJob(r redirect) Job {
	if r.tomb != nil {
		return p.tombstoneJob(r.lang, r.path, *r.tomb, nil) // it names no address but its own
	}
	if r.lost {
		return p.job("tombstone", r.lang, r.path, func() any { return nil }, func(c *composer) any { return c.lostNotice() })
	}
	given := func() any { return fmt.Sprintf("%s\x00%s", p.targetOf(r), r.about) }
	return p.job("redirect", r.lang, r.path, given, func(c *composer) any { return c.redirect(r) })
}

// redirect leads on to where the page is now. What is said of the tombstone of
// a withdrawn record is said there.
func (c *composer) redirect(r redirect) *page.Redirect {
	to := page.Link{Href: c.rel(r.to), Words: plain(c.t("plan.new-page"))}
	var in func(lang string) string
	if r.row >= 0 {
		to = c.to(r.row)
		in = func(lang string) string { return c.pathIn(lang, r.row) }
	}
	heading := c.t("plan.moved")
	out := &page.Redirect{Layout: c.layout("redirect", heading, "", "", in), Heading: heading, To: to}
	out.NoIndex, out.Refresh = true, "0; url="+to.Href
	if base := c.base(); base != "" {
		out.Canonical = base + trimIndex(c.targetOf(r))
	}
	return out
}

// lostNotice stands where something was released that is not published any more.
// It says no more than that: perhaps it must not be known what it was.
func (c *composer) lostNotice() *page.Tombstone {
	heading := c.t("plan.no-longer")
	out := &page.Tombstone{Layout: c.layout("tombstone", heading, "", "", nil), Heading: heading, Contact: c.contactOf(c.repositoryNamed(""))}
	out.NoIndex = true
	return out
}

// LeadsOn reports whether the page of a path leads on to another, or is the
// notice of a record at an address other than its own.
func (p *Plan) LeadsOn(file string) bool {
	_, ok := p.redirectAt(file)
	return ok
}

// PathOf is the path of the page of an entry in the first language.
func (p *Plan) PathOf(row int32) string { return p.pathIn(p.langs[0], row) }

// ReferenceOf is the reference code of a unit in the first language.
func (p *Plan) ReferenceOf(row int32) string {
	return p.Input.Catalog.Reference(row, p.references[p.langs[0]])
}
