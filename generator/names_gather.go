package generator

import (
	"crypto/sha256"
	"maps"
	"strings"
	"unicode"
	"unicode/utf8"

	"vitrine/generator/diag"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

// gather takes the names of all that has no page, and what was acknowledged of them.
func (n *names) gather(s *scan) []diag.Diagnostic {
	sum := sha256.New()
	note := func(words ...string) { sum.Write([]byte(strings.Join(words, "\x00") + "\n")) }
	n.ids = map[uint64]struct{}{}
	n.wordy = map[string]string{}
	n.others, n.formers, n.notices = map[string]diag.Text{}, map[string]string{}, map[string]string{}
	for h := range n.builder.Hidden {
		n.id(h.ID, note)
		n.mayBeWord(h.ID, h.Loc.File)
		for _, was := range h.Former {
			n.former(was, h.ID, note)
			n.mayBeWord(was, h.Loc.File)
		}
		if n.tells(h) {
			n.notices[h.ID] = h.Loc.File
			note("notice", h.ID)
			continue
		}
		if h.Top && !h.Withdrawn {
			continue // it is named as the source of what is shown, and after a body that is known
		}
		for _, t := range h.Titles {
			n.title(h.ID, t, minTitle)
		}
	}
	n.gatherOthers(s, note)
	n.spare(s)
	for i, id := range n.bearers {
		note("title", id, n.titles.Text(i))
	}
	n.site = siteAt(s.config.Site.BaseURL.V)
	note("host", n.site.host, n.site.folder)
	ds := append(n.acknowledgements(s.gate, note), n.misnamed...)
	if !n.none() {
		n.noteShown(note)
	}
	n.sum = sum.Sum(nil)
	return ds
}

// tells reports whether the notice in the place of a withdrawn record gives its title. Where the
// record asks for that and it may not be, that is told.
func (n *names) tells(h catalog.Hidden) bool {
	if !h.Withdrawn {
		return false
	}
	f, _ := content.Classify(h.Loc.File)
	u, err := n.tree.Unit(f, h.Loc)
	if err != nil || u.Withdrawn == nil || !u.Withdrawn.SaysMore() {
		return false
	}
	if !h.Tells {
		n.untold = append(n.untold, diag.Warnf("withdrawal-level", u.Withdrawn.Level.At.In(u.File), "trang thay thế chỉ ở mức tối thiểu: không có quyết định nào cho công bố mô tả của bản ghi này, hoặc cấp trên của nó cũng đã rút", "the notice is minimal: no clearance lets the description of this record be published, or one above it was withdrawn too").
			WithHint("ghi level: minimal để tệp nói đúng điều người đọc thấy; hoặc ghi clearance của quyết định đã cho công bố nó", "write level: minimal, so that the file says what readers see; or name the clearance by which it was published"))
	}
	return h.Tells
}

// telling are the ids at whose addresses a notice stands that names a withdrawn record, with
// the file of that.
func (n *names) telling() map[string]string {
	out := maps.Clone(n.notices)
	for id, under := range n.cat.Sheltered() {
		if file := n.notices[under]; file != "" {
			out[id] = file
		}
	}
	return out
}

// id takes an id.
func (n *names) id(id string, note func(...string)) {
	n.ids[idHash(id)] = struct{}{}
	n.longestID = max(n.longestID, len(id))
	n.plainIDs = n.plainIDs || !distinct(id) && isPlainID(id)
	note("id", id)
}

// former takes an id by which a hidden record was known, but for one that something public
// bears or bore.
func (n *names) former(was, id string, note func(...string)) {
	if n.wereKnown == nil {
		n.wereKnown = map[string]bool{}
		for id := range n.cat.Former() {
			n.wereKnown[id] = true
		}
	}
	if _, public := n.cat.Find(was); public || n.wereKnown[was] {
		return
	}
	n.formers[was] = id
	n.id(was, note)
}

// title takes a title of at least so many characters.
func (n *names) title(id, text string, atLeast int) {
	text = strings.Join(strings.Fields(markup.Plain(text)), " ")
	if utf8.RuneCountInString(text) < atLeast {
		return
	}
	if at := n.titles.Add(text); at == len(n.bearers) {
		n.bearers = append(n.bearers, id)
	}
}

// spare leaves out the titles of which the words stand in that of a record that is
// published or in the name of a repository, and those that are nothing but a name of an authority that is, of an event or a
// body, that of a form of documents, or what the house is called. The title of an exhibition is what the house says, and
// spares no title of a record.
func (n *names) spare(s *scan) {
	if len(n.bearers) == 0 {
		return
	}
	names := []record.Text{s.config.Site.Title, s.config.Site.Institution.Name}
	for _, f := range s.config.Profile.Forms {
		names = append(names, f.Label)
	}
	for _, name := range names {
		for _, l := range name.Langs {
			n.spareName(l.V)
		}
	}
	for id, name := range n.builder.OtherNames {
		if _, public := n.cat.Find(id); public {
			n.spareName(name)
		}
	}
	for row := range int32(n.cat.Rows()) {
		for _, lang := range n.tree.Languages() {
			text, actual := n.cat.Title(row, lang)
			if actual != lang {
				continue
			}
			n.titles.In(text, func(at int, m vi.Mention) bool {
				spares := false
				switch n.cat.Kind(row) {
				case catalog.Unit, catalog.Repository:
					spares = true
				case catalog.Exhibition:
					_, spares = n.others[n.bearers[at]]
				default:
					spares = !hasWord(text[:m.From]) && !hasWord(text[m.To:])
				}
				if spares {
					n.titles.Drop(at)
				}
				return true
			})
		}
	}
	all, bearers := n.titles, n.bearers
	n.titles, n.bearers = vi.Phrases{}, nil
	for at, id := range bearers {
		if text := all.Text(at); text != "" {
			n.titles.Add(text)
			n.bearers = append(n.bearers, id)
		}
	}
}

// spareName leaves out the titles that are nothing but a name.
func (n *names) spareName(name string) {
	n.titles.In(name, func(at int, m vi.Mention) bool {
		if !hasWord(name[:m.From]) && !hasWord(name[m.To:]) {
			n.titles.Drop(at)
		}
		return true
	})
}

func hasWord(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}
