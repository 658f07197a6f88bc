package excise

import (
	"bytes"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"vitrine/generator/page"

	"golang.org/x/net/html"
)

// Cut is the removal of one record, with all beneath it, from a site. Its
// methods are called one after another, each for every page of the site:
// [Cut.Find], where it [Cut.MayFind] something; then, where it [Cut.Concerns]
// the page, [Cut.Suspect]; then [Cut.Spare], then [Cut.Empty] until it finds no
// more, then [Cut.Page], which may pass over pages that stay [Cut.Untouched]. It is
// used by one goroutine, but for MayFind, Concerns and Holds, which many may call
// at once.
type Cut struct {
	id    string
	words *words

	own    map[string]bool // pages of the record itself and those that lead on to it, which become notices
	under  map[string]bool // those of records beneath it, which become notices too
	stones map[string]bool // notices of other records
	tell   map[string]bool // of these, those that say more of a record than they may from now on
	gone   map[string]bool // pages that cease: of lists that have nothing left or bear its id
	above  map[string]bool // pages of the records above it
	names  map[string]bool // pages to which it led, such as those of persons, which count it
	media  map[string]bool // pictures, by their stems

	suspects map[string]bool // pages that hold a number of records, or a word that is looked for, or did while there were more

	frame  string // what stands around every page, as plain has it
	echoes int    // texts that go and may be quoted elsewhere

	moved     map[string]bool     // ids of records that hang beneath this one by now
	namesakes map[string]bool     // words by which pages of the house's own are called
	years     map[int]string      // of the timeline, with a page of each
	later     map[string][]string // later pages of the lists of records, by their ids
	rescaled  bool                // the first or the last of them went

	beneath map[string]bool // ids
	files   []string        // names of files that go and hold no word that is looked for
	short   []string        // titles and ids too common to be looked for
	shared  []string        // titles that another record bears as well

	// Tombstone makes the page that stands where the record was, with an empty
	// part for the contact, Beneath the one where a record beneath it was, Least the one
	// that says no more than that something was withdrawn, and Notice the one in the place
	// of a page of which it is not certain what it says. All are whole pages.
	Tombstone func(lang string) ([]byte, error)
	Beneath   func(lang string) ([]byte, error)
	Least     func(lang string) ([]byte, error)
	Notice    func(lang string) ([]byte, error)
	Named     bool // the notice of the record may bear its title

	// MayTell reports whether the notice of another record, which may have been beneath
	// this one, may go on saying what that was; Silent are the headings of those that say
	// nothing of it.
	MayTell func(id string) bool
	Silent  func(lang string) []string
}

// New begins to take a record out.
func New(id string) *Cut {
	return &Cut{id: id, words: newWords(), own: map[string]bool{}, under: map[string]bool{}, stones: map[string]bool{}, tell: map[string]bool{}, gone: map[string]bool{}, above: map[string]bool{}, names: map[string]bool{}, media: map[string]bool{},
		suspects: map[string]bool{}, namesakes: map[string]bool{}, years: map[int]string{}, moved: map[string]bool{}, later: map[string][]string{}, beneath: map[string]bool{}}
}

// Frame reads from a home page what stands around every page of the site: a
// title that is found there, such as that of a fonds that bears the name of the
// archive, cannot be looked for. It comes before Seek.
func (c *Cut) Frame(data []byte) error {
	doc, err := parse(data)
	if err != nil || kindOf(doc) != "home" {
		return err
	}
	for _, n := range all(doc, func(n *html.Node) bool { return isElement(n, "head", "main") || hasClass(n, "notice") }) {
		remove(n)
	}
	c.frame += " " + plain(text(doc))
	return nil
}

// Meet takes note of a file of the site by its path. It comes before Seek.
func (c *Cut) Meet(file string) {
	for _, name := range page.Articles(file) {
		c.namesakes[name] = true
	}
	if year, ok := page.TimelineYear(file); ok {
		c.years[year] = file
	}
	if id, ok := page.LaterPage(file); ok {
		c.later[id] = append(c.later[id], file)
	}
}

// Close takes out the later pages of what becomes a notice, once it is known what does.
func (c *Cut) Close() {
	for _, id := range append(c.Under(), c.id) {
		for _, file := range c.later[id] {
			c.gone[file] = true
			delete(c.under, file)
			if !c.words.holdsID(file) { // else its id is looked for, and so is found wherever the file is named
				c.files = append(c.files, path.Base(file))
			}
		}
	}
}

// Settle is called once it is known which files cease, before the pages are made: where the
// first or the last year does, every scale of years tells it.
func (c *Cut) Settle() {
	if len(c.years) > 0 {
		years := slices.Sorted(maps.Keys(c.years))
		c.rescaled = c.gone[c.years[years[0]]] || c.gone[c.years[years[len(years)-1]]]
	}
}

// Seek adds titles that must be found no more.
func (c *Cut) Seek(titles ...string) {
	c.seekID(c.id)
	for _, t := range titles {
		c.seekTitle(t)
	}
}

// seekTitle adds a title that must be found no more, unless it is too short or
// common.
func (c *Cut) seekTitle(title string) {
	alone := newWords()
	if alone.addTitle(title) && !alone.holdsTitle(c.frame) {
		c.words.addTitle(title)
	} else if title != "" && !slices.Contains(c.short, title) {
		c.short = append(c.short, title)
	}
}

// Echoes is how many texts that go may be quoted elsewhere, as in a list: where it
// grows, pages must be looked through by Concerns once more.
func (c *Cut) Echoes() int { return c.echoes }

// Drop takes a file out whose content nobody can look into.
func (c *Cut) Drop(file string) {
	c.gone[file] = true
	c.files = append(c.files, path.Base(file))
}

// Found reports whether the site has a page of the record.
func (c *Cut) Found() bool { return len(c.own) > 0 }

// Tombstones are the pages of the record and of those beneath it, in order.
func (c *Cut) Tombstones() []string {
	return slices.Sorted(maps.Keys(union(maps.Clone(c.own), c.under)))
}

// Notices are all pages that stand in the place of withdrawn records, in order.
func (c *Cut) Notices() []string {
	return slices.Sorted(maps.Keys(union(union(maps.Clone(c.own), c.under), c.stones)))
}

// Under are the ids of the records that go with it, in order.
func (c *Cut) Under() []string { return sorted(c.beneath) }

// Unsought are the ids and titles that are not looked for: they are too short
// or too common, or another record bears them too.
func (c *Cut) Unsought() []string { return append(slices.Clone(c.short), c.shared...) }

// Gone reports whether a file of the site ceases to be. The index of the search does, since its
// words are in lists of all records.
func (c *Cut) Gone(file string) bool {
	return strings.HasPrefix(file, page.FolderSearch+"/") || c.gone[file] || c.media[Stem(file)] || c.Describes(file) || c.describesFonds(file)
}

func sorted(set map[string]bool) []string {
	var out []string
	for k := range set {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// IsOwn reports whether a path is that of the first page of a record.
func IsOwn(file, id string) bool {
	of, ok := page.UnitPage(file)
	return ok && of == id
}

// picture is the shape of the paths of what was made of images: a file by itself,
// or one in the folder of an IIIF image.
var picture = regexp.MustCompile(`^(media/[0-9a-z/]*|iiif/[0-9a-f]{32}/)`)

// Stem is the part of the path of a picture that all files share that go with it,
// such as its tiles; empty for any other file.
func Stem(file string) string {
	stem := picture.FindString(file)
	if isDescription(file) {
		return "" // of a record whose id looks like the name of an image
	}
	if strings.HasPrefix(stem, "media/") && !strings.HasPrefix(file[len(stem):], "-") {
		return ""
	}
	return stem
}

// wordOf is what tells a picture in a text.
func wordOf(file string) string {
	if stem, ok := strings.CutPrefix(Stem(file), "iiif/"); ok {
		return strings.TrimSuffix(stem, "/")
	}
	return strings.TrimSuffix(path.Base(file), path.Ext(file))
}

// IsNotice reports whether a page stands in the place of a withdrawn record.
func IsNotice(data []byte) bool { return bytes.Contains(data, []byte(`<body class="page-tombstone"`)) }

// Concerns reports whether a page holds a word that is looked for, or a number
// of records, or reads the index of the search.
func (c *Cut) Concerns(file string, data []byte) bool {
	return counts(data) || c.Holds(file, data)
}

// counts reports whether a page may bear a number of records, or tell by something else how many
// there are: the row of a person, the index of the search that it loads.
func counts(data []byte) bool {
	return bytes.Contains(data, []byte(countMark)) || counting.Match(data)
}

// counting recognises the pages that do.
var counting = regexp.MustCompile(`<body class="page-(search|browse-index)"`)

// Suspect notes that a page does. To search a page takes longer than all else,
// so only these are searched again.
func (c *Cut) Suspect(file string) { c.suspects[file] = true }

// Untouched reports whether a page stays as it is, whatever it says.
func (c *Cut) Untouched(file string) bool {
	return !c.suspects[file] && !c.tell[file] && !c.dead(file) && len(c.files) == 0 && !c.rescaled
}

// holds reports whether a page holds a word that is looked for.
func (c *Cut) holds(file string, data []byte) bool {
	return c.suspects[file] && c.Holds(file, data)
}

// Spare looks at the pages that stay: a picture or a title that another record
// has too is that record's as well. A page that leads on to one that goes becomes a
// notice as that does; other pages whose addresses hold an id that must be found
// no more cease.
func (c *Cut) Spare(file string, data []byte) error {
	if c.entombed(file) || c.gone[file] || c.stones[file] {
		return nil
	}
	if leadsOn.Match(data) {
		if done, err := c.follow(file, data); done || err != nil {
			return err
		}
	}
	if c.words.holdsID(file) {
		c.gone[file] = true
		return nil
	}
	if !c.holds(file, data) {
		return nil
	}
	doc, err := parse(data)
	if err != nil {
		return err
	}
	c.echo(file, doc)
	if !recordPage.Match(data) {
		return nil
	}
	for _, title := range append(otherTitlesOf(doc), headingOf(doc)) {
		if c.words.hasTitle(title) {
			c.words.dropTitle(title)
			c.shared = append(c.shared, title)
		}
	}
	for _, m := range sheetFiles(file, doc) {
		delete(c.media, Stem(m))
		delete(c.words.ids, wordOf(m))
	}
	return nil
}

// follow makes a page that leads on to one that becomes a notice one too: the
// record is gone at each of its addresses.
func (c *Cut) follow(file string, data []byte) (done bool, err error) {
	doc, err := parse(data)
	if err != nil {
		return false, err
	}
	for _, a := range all(first(doc, named("main")), named("a")) {
		switch to := resolve(file, attr(a, "href")); {
		case c.own[to]:
			c.own[file] = true
		case c.under[to]:
			c.under[file] = true
		}
	}
	return c.entombed(file), nil
}

// leadsOn recognises the pages at addresses that were given up.
var leadsOn = regexp.MustCompile(`<body class="page-redirect"`)

// echo seeks the beginnings of running texts that go because they link to what is
// dead: lists and descriptions quote them without the link.
func (c *Cut) echo(file string, doc *html.Node) {
	p := &cutting{Cut: c, file: file, doc: doc}
	for _, n := range all(doc, p.named) {
		words := []rune(text(closest(n, isRunning)))
		if len(words) < echoLeast {
			continue
		}
		begin := string(words[:min(len(words), echoMost)])
		begin = begin[:max(strings.LastIndex(begin, " "), 0)]
		if !c.words.hasTitle(begin) && c.words.addTitle(begin) {
			c.echoes++
		}
	}
}

// How much of a text tells it from any other, in characters; a list quotes more.
const (
	echoLeast = 50
	echoMost  = 120
)

// recordPage recognises the pages of records.
var recordPage = regexp.MustCompile(`class="page-(record|fonds)"`)

// dead reports whether no page may name a file any more.
func (c *Cut) dead(file string) bool { return file != "" && (c.entombed(file) || c.Gone(file)) }

// entombed reports whether a notice takes the place of a page.
func (c *Cut) entombed(file string) bool { return c.own[file] || c.under[file] }

// Empty looks for lists that have nothing left to show, such as the page of a
// person whom only the record named: they cease. It reports how many it found,
// and is called until there are none, since one list may lead to another.
func (c *Cut) Empty(file string, data []byte) (found bool, err error) {
	if c.entombed(file) || c.gone[file] || path.Base(file) == "index.html" || !lists.Match(data) || !c.shows(file, data) {
		return false, nil
	}
	doc, err := parse(data)
	if err != nil {
		return false, err
	}
	entries := len(all(doc, isEntry))
	p := c.cut(file, doc)
	left := len(all(doc, isEntry))
	if left == 1 && p.kind == "browse" && drawer.MatchString(file) {
		left = 0 // one record is led to by itself
	}
	if p.taken == 0 || left > 0 || entries == 0 {
		return false, nil
	}
	if p.kind == "authority" {
		found = !c.names[file]
		c.names[file] = true // whether anything leads there is for Strays to say
		return found, nil
	}
	c.gone[file] = true
	c.files = append(c.files, path.Base(file))
	return true, nil
}

// lists recognises the kinds of page that are nothing without their entries.
var lists = regexp.MustCompile(`<body class="page-(authority|gallery|timeline|browse|day)"`)

// drawer is the shape of the paths of lists by a value and a decade.
var drawer = regexp.MustCompile(`/[^/]+/[^/]+/(\d{4}|khong-ro-nam|undated)\.html$`)

// shows reports whether a page may name something dead.
func (c *Cut) shows(file string, data []byte) bool {
	return c.holds(file, data) || slices.ContainsFunc(c.files, func(name string) bool { return bytes.Contains(data, []byte(name)) })
}

// isEntry recognises one entry of a list, and the pager that leads to more.
func isEntry(n *html.Node) bool {
	return n.Data == "li" && (hasClass(n, "slip") || hasClass(n, "spine") || isElement(n.Parent, "ul") && (hasClass(n.Parent, "rows") || hasClass(n.Parent, "links"))) ||
		n.Data == "nav" && hasClass(n, "pager")
}
