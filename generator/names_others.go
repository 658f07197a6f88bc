package generator

import (
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/page"
)

// What is no record and has no page is looked for with less zeal, since its name is often
// one that the world knows: a campaign of which an exhibition is being made, a person, a
// «terms of use». So the titles of exhibitions and pages, and the names of persons whom
// only something not published names, are looked for where the house speaks of its own
// site: in its exhibitions, its pages and site.yaml. The names of bodies, places, events
// and subjects are words for all the world, and are not looked for. Ids with
// digits are, which can be nothing else, and addresses.

// minPageTitle is minTitle for pages, of which many are called alike.
const minPageTitle = 20

// isEditorial reports whether in a file the house speaks of its own site.
func isEditorial(file string) bool {
	return file == "site.yaml" || strings.HasPrefix(file, "exhibitions/") || strings.HasPrefix(file, "pages/")
}

// gatherOthers takes the titles, ids and addresses of exhibitions, pages and authorities
// that are not published, and notes which pages are.
func (n *names) gatherOthers(s *scan, note func(...string)) {
	n.addresses, n.pages = map[string]string{}, map[string]bool{}
	urls := page.URLs{Languages: n.tree.Languages()}
	add := func(id string, why diag.Text, address func(lang string) string) {
		n.other(id, why, note)
		for _, lang := range urls.Languages {
			at := plainAddress(address(lang))
			n.addresses[at] = id
			note("address", at)
		}
	}
	for f := range n.tree.Files("exhibitions") {
		if _, public := n.cat.Find(f.Owner); f.Kind != content.KindExhibition || public {
			continue
		}
		add(f.Owner, diag.Text{}, func(lang string) string { return urls.Exhibition(lang, f.Owner) })
		if e, _ := n.tree.Exhibition(f); e != nil {
			for _, t := range e.Title.Langs {
				n.title(f.Owner, t.V, minTitle)
			}
		}
	}
	for _, f := range s.pages {
		n.page(s, f, note, func(name string) {
			add(name, diag.Text{}, func(lang string) string { return urls.Article(lang, name) })
		})
	}
	unnamed := diag.T("không có gì được công bố nêu mã ấy", "nothing that is published names it by this id")
	for h := range n.builder.HiddenAuthorities {
		add(h.ID, unnamed, func(lang string) string { return urls.In(lang, rooms[h.Kind], h.ID, "") })
		if h.Person {
			for _, t := range h.Titles {
				n.title(h.ID, t, minTitle)
			}
		}
	}
}

// page takes a page that is not published, and notes one that is.
func (n *names) page(s *scan, f content.File, note func(...string), add func(name string)) {
	first, _, ok := n.tree.Page(f, n.tree.Languages()[0])
	public := false
	if ok {
		public, _ = s.gate.Page(f.Path, first.Meta.Access)
	}
	n.pages[f.Path] = public
	if public && n.isHidden(first.Name) { // its name is its address
		if n.wordy[first.Name] == "" {
			n.misnamed = append(n.misnamed, diag.Errorf("named-not-public", diag.Pos{File: f.Path}, "trang mang tên %q, là mã của điều chưa được công bố", "the page is called %q, which is the id of what is not public", first.Name).
				WithHint("đổi tên tệp của trang", "give the file of the page another name"))
		} else {
			n.spareID(first.Name, note)
		}
	}
	if public || !ok {
		return
	}
	add(first.Name)
	for _, lang := range n.tree.Languages() {
		if pg, _, ok := n.tree.Page(f, lang); ok {
			for _, t := range pg.Meta.Title.Langs {
				n.title(first.Name, t.V, minPageTitle)
			}
		}
	}
}

var rooms = map[catalog.Kind]page.Room{catalog.Agent: page.RoomAgents, catalog.Place: page.RoomPlaces, catalog.Event: page.RoomEvents, catalog.Subject: page.RoomSubjects}

// mayBeWord notes the id of a record that has no digits, with its fonds.
func (n *names) mayBeWord(id, file string) {
	if !hasDigit(id) {
		n.wordy[id] = strings.Split(file, "/")[1]
	}
}

// spareID leaves an id out by which a public page is called: it is a word, which the house says
// at an address that stays. The addresses of the record are looked for all the same.
func (n *names) spareID(id string, note func(...string)) {
	delete(n.ids, idHash(id))
	note("spared", id)
	urls := page.URLs{Languages: n.tree.Languages()}
	for _, lang := range urls.Languages {
		n.addresses[plainAddress(urls.Record(lang, n.wordy[id], id, ""))] = id
		n.addresses[plainAddress(urls.Fonds(lang, id, ""))] = id
	}
	n.addresses[page.Manifest(id)], n.addresses[page.Collection(id, "")] = id, id
}

// other takes the id of what is no record. One without digits may be words – «viet-minh» –
// and is looked for in addresses alone; one that something published bears as well, not at all.
func (n *names) other(id string, why diag.Text, note func(...string)) {
	n.others[id] = why
	_, public := n.cat.Find(id)
	if public || strings.Contains(id, "/") || !distinct(id) || !hasDigit(id) {
		return
	}
	n.id(id, note)
}
