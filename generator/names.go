package generator

import (
	"context"
	"crypto/sha256"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"vitrine/generator/diag"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/vi"
	"vitrine/generator/page"
)

// What is published may not name or link what is not (rule 7 of publication): no text
// of the site holds the full title or the id of a record without a page, or the address
// that its page would have. Titles of which a published title holds the words tell
// nothing, nor do those of fonds. Nor does the id of a withdrawn record, which its notice
// bears.
//
// The texts are searched where they lie, in one pass, for all titles at once. A build
// searches those that changed since the last in which none was found, or all where the
// titles, ids and addresses, or what is shown of the objects, are not those of then.

// names are what no published text may hold.
type names struct {
	tree      *content.Tree
	builder   *catalog.Builder
	cat       *catalog.Catalog
	titles    vi.Phrases
	bearers   []string            // by number of title: the id of a record that bears it
	ids       map[uint64]struct{} // hashes of the ids
	addresses map[string]string   // of exhibitions and pages that are not published → their ids
	host      string              // and path of the site's address, with a slash at the end; "" for none
	sum       []byte              // tells these names from any others
	pages     map[string]bool     // files of pages that are published
	harmless  map[[2]string]bool  // files of words, or of records, and what they name that was acknowledged

	mu       sync.Mutex
	showings map[string]*showing // by fonds
}

// minTitle is how many characters a title has at least that is looked for. Shorter ones
// are words of every day.
const minTitle = 12

// lookForNames reports where a text that is published names a record that is not.
func (b *build) lookForNames(ctx context.Context, cat *catalog.Catalog) error {
	n := &names{tree: b.scan.tree, builder: b.scan.builder, cat: cat, showings: map[string]*showing{}}
	ds := n.gather(b.scan)
	m := b.scan.memory
	if len(n.ids) == 0 && len(n.bearers) == 0 && len(n.addresses) == 0 {
		m.unnamed = n.sum
		return nil
	}
	if !b.o.Markings { // who looks for markings tells of all that is wrong with that file
		b.report.Diags.Add(ds...)
	}
	inFonds := b.scan.changed
	if string(m.wereUnnamed()) != string(n.sum) || len(inFonds) > maxChanged {
		inFonds = nil
	} else if inFonds == nil {
		inFonds = []string{}
	}
	told := 0
	err := inOrder(ctx, b.scan.workers, n.files(inFonds), n.inFile, func(ds []diag.Diagnostic) error {
		told += len(ds)
		b.report.Diags.Add(ds...)
		return ctx.Err()
	})
	if err == nil && told == 0 {
		m.unnamed = n.sum
	}
	return err
}

// maxChanged is how many files are searched one by one; of more, all are.
const maxChanged = 50_000

// noteChanged notes a text below fonds/ that is not as the last build saw it.
func (s *scan) noteChanged(file string) {
	if (isDescription(file) || hasWords(file)) && len(s.changed) <= maxChanged {
		s.changed = append(s.changed, file)
	}
}

// isDescription reports whether a file is read for what it describes, and is no medium.
func isDescription(file string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".md"}, path.Ext(file)) && !content.IsMedia(file)
}

// gather takes the names of all that has no page, and what was acknowledged of them.
func (n *names) gather(s *scan) []diag.Diagnostic {
	sum := sha256.New()
	note := func(words ...string) { sum.Write([]byte(strings.Join(words, "\x00") + "\n")) }
	n.ids = map[uint64]struct{}{}
	for h := range n.builder.Hidden {
		if !h.Withdrawn {
			n.ids[idHash(h.ID)] = struct{}{}
			note("id", h.ID)
		} else if n.tells(h) {
			continue
		}
		if h.Top && !h.Withdrawn {
			continue // it is named as the source of what is shown, and after a body that is known
		}
		for _, t := range h.Titles {
			n.title(h.ID, t)
		}
	}
	n.spare()
	for i, id := range n.bearers {
		note("title", id, n.titles.Text(i))
	}
	n.closed(s, note)
	n.host = hostOf(s.config.Site.BaseURL.V)
	note("host", n.host)
	var ds []diag.Diagnostic
	if len(n.ids) > 0 || len(n.bearers) > 0 || len(n.addresses) > 0 {
		ds = n.acknowledgements(s.gate, note)
		n.noteShown(note)
	}
	n.sum = sum.Sum(nil)
	return ds
}

// tells reports whether the notice in the place of a withdrawn record gives its title.
func (n *names) tells(h catalog.Hidden) bool {
	f, _ := content.Classify(h.Loc.File)
	u, err := n.tree.Unit(f, h.Loc)
	return err == nil && u.Withdrawn != nil && u.Withdrawn.SaysMore()
}

func (n *names) title(id, text string) {
	text = strings.Join(strings.Fields(markup.Plain(text)), " ")
	if utf8.RuneCountInString(text) < minTitle {
		return
	}
	if at := n.titles.Add(text); at == len(n.bearers) {
		n.bearers = append(n.bearers, id)
	}
}

// spare leaves out the titles of which the words stand in one that is published.
func (n *names) spare() {
	if len(n.bearers) == 0 {
		return
	}
	for row := range int32(n.cat.Rows()) {
		for _, lang := range n.tree.Languages() {
			if text, actual := n.cat.Title(row, lang); actual == lang {
				n.titles.In(text, func(at int, _ vi.Mention) bool {
					n.titles.Drop(at)
					return true
				})
			}
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

// closed takes the addresses of exhibitions and pages that are not published, and notes
// which pages are.
func (n *names) closed(s *scan, note func(...string)) {
	n.addresses, n.pages = map[string]string{}, map[string]bool{}
	urls := page.URLs{Languages: n.tree.Languages()}
	add := func(id string, address func(lang string) string) {
		for _, lang := range urls.Languages {
			at := plainAddress(address(lang))
			n.addresses[at] = id
			note("address", at)
		}
	}
	for f := range n.tree.Files("exhibitions") {
		if _, public := n.cat.Find(f.Owner); f.Kind == content.KindExhibition && !public {
			add(f.Owner, func(lang string) string { return urls.Exhibition(lang, f.Owner) })
		}
	}
	for _, f := range s.pages {
		pg, _, ok := n.tree.Page(f, urls.Languages[0])
		public := false
		if ok {
			public, _ = s.gate.Page(f.Path, pg.Meta.Access)
		}
		if n.pages[f.Path] = public; ok && !public {
			add(pg.Name, func(lang string) string { return urls.Article(lang, pg.Name) })
		}
	}
}

// files yields every file whose texts may be published: those below fonds/ that are
// given, or all of them.
func (n *names) files(inFonds []string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		dirs := []string{"agents", "events", "exhibitions", "pages", "places", "repositories", "site.yaml", "subjects"}
		if inFonds == nil {
			dirs = slices.Insert(dirs, 3, "fonds")
		}
		for _, file := range inFonds {
			if !yield(file) {
				return
			}
		}
		for _, dir := range dirs {
			for s, err := range n.tree.Stats(dir) {
				if err == nil && (isDescription(s.Path) || hasWords(s.Path)) && !yield(s.Path) {
					return
				}
			}
		}
	}
}

// inFile searches a file. One that cannot be read is told of where it is read for its
// page.
func (n *names) inFile(file string) []diag.Diagnostic {
	if hasWords(file) {
		return n.inWords(file)
	}
	text, ok := n.tree.Text(file)
	if !ok {
		return nil
	}
	if path.Ext(file) == ".md" {
		if !n.public(file) {
			return nil
		}
		return n.inMarkdown(file, text)
	}
	return n.inYAML(file, text)
}

// public reports whether what a file of Markdown says is published: a page, or the
// longer text of an entry by its name.
func (n *names) public(file string) bool {
	parts := strings.Split(file, "/")
	id, _, _ := strings.Cut(path.Base(file), ".")
	switch parts[0] {
	case "pages": // in other languages beside the first: about.en.md
		return n.pages[path.Join(path.Dir(file), id+".md")]
	case "exhibitions":
		id = parts[1]
	case "fonds":
		if len(parts) == 3 {
			id = parts[1]
		}
	}
	_, ok := n.cat.Find(id)
	return ok
}

func (n *names) inMarkdown(file, text string) (out []diag.Diagnostic) {
	lines := &lineCounter{text: text}
	n.in(text, func(m mentionOf) {
		if m.isID && namesRecord.MatchString(before(text, m.from)) {
			return // the composer of the page asks for it, and says so
		}
		out = append(out, m.diagnostic(lines.pos(file, m.from)))
	})
	for _, b := range blocksOf(file, text) {
		if m, ok := n.parted(b.text); ok {
			out = append(out, m.diagnostic(lines.pos(file, b.at)))
		}
	}
	return out
}

// parted finds a name between whose words stand addresses, notes or coded characters, so
// that only readers see it in one piece.
func (n *names) parted(text string) (found mentionOf, ok bool) {
	if !strings.Contains(text, "](") && !strings.Contains(text, "[^") && !strings.Contains(text, "&") {
		return found, false
	}
	inSource, inSight := 0, 0
	n.in(text, func(mentionOf) { inSource++ })
	n.in(markup.Plain(noteMark.ReplaceAllString(text, "")), func(m mentionOf) {
		if inSight++; inSight > inSource {
			found, ok = m, true
		}
	})
	return found, ok
}

// noteMark is where a note is called.
var noteMark = regexp.MustCompile(`\[\^[^\]\s]+\]`)

// namesRecord matches what stands before an id that is resolved when the page is made: in
// the target of a link, and behind the key of a block, which begins its line and has
// nothing but ids behind it.
var namesRecord = regexp.MustCompile(`(?:[(<]id:|(?:^|\n)[ \t]*(?:- *)?\{?(?:records?|items?|units?|event|agent|place|subject) *: *[\["']*(?:[a-z0-9_-]+["']?, *["']?)*)$`)

// isProse reports whether the value at a path is a text for readers, be it of one word.
func isProse(at string) bool {
	return slices.ContainsFunc(strings.Split(at, "."), func(key string) bool {
		return slices.Contains([]string{"title", "subtitle", "scope", "notes", "caption", "label", "alt", "long_desc", "summary", "history", "intro", "description"}, key)
	})
}

// before is what stands before a place of a text, as far as it matters.
func before(text string, at int) string { return text[max(0, at-200):at] }

// inYAML searches the values of a file that are published.
func (n *names) inYAML(file, text string) (out []diag.Diagnostic) {
	f, ok := content.Classify(file)
	if !ok {
		return nil
	}
	type held struct {
		mentionOf
		piece, at int
		inline    bool
	}
	var found []held
	ids := map[int]string{}
	content.Values(text, n.wanted, func(v content.Value) {
		if v.Path == "id" && ids[v.Piece] == "" {
			ids[v.Piece] = v.Text
		}
		if v.Comment || !isPublished(f.Kind, v.Path) {
			return
		}
		n.in(v.Text, func(m mentionOf) {
			if m.isID && (strings.TrimSpace(v.Text) == m.id && !isProse(v.Path) || namesRecord.MatchString(before(v.Text, m.from))) {
				return
			}
			found = append(found, held{m, v.Piece, locate(text, v.Text[m.from:m.to], v.Offset, v.Offset+4*len(v.Text)+200), isInline(v.Path)})
		})
	})
	lines := &lineCounter{text: text}
	for _, m := range found {
		id := ids[m.piece]
		if f.Kind == content.KindExhibition {
			id = f.Owner
		}
		_, public := n.cat.Find(id)
		switch {
		case m.inline && n.showsInline(id, m.mentionOf) && !n.acknowledged(file, m.as):
			out = append(out, m.ofDocument(lines.pos(file, m.at), file))
		case !m.inline && (public || f.Kind == content.KindSite):
			out = append(out, m.diagnostic(lines.pos(file, m.at)))
		}
	}
	return out
}

// wanted reports whether a document of YAML must be read: it holds a name, or may hide
// one behind escapes, and is not itself that of a record without a page.
func (n *names) wanted(document string) bool {
	if n.isHidden(idAtTop(document)) {
		return false
	}
	found := strings.Contains(document, `\u`) || strings.Contains(document, `\x`) || strings.Contains(document, `\U`)
	if !found {
		n.in(document, func(mentionOf) { found = true })
	}
	return found
}

// idAtTop is the id that a document of YAML gives on a line of its own, "" for none.
func idAtTop(document string) string {
	if !strings.HasPrefix(document, "id:") {
		i := strings.Index(document, "\nid:")
		if i < 0 {
			return ""
		}
		document = document[i+1:]
	}
	line, _, _ := strings.Cut(document[len("id:"):], "\n")
	return strings.Trim(line, " \t\"'")
}

// internalKeys are keys of records of which nothing is published, or nothing that is a
// text: ids of others, numbers on the shelf, names of files.
var internalKeys = []string{"", "id", "parent", "former_ids", "level", "clearance", "appraisal", "extra", "reference", "languages", "scripts", "form", "access", "withdrawn",
	"related.id", "objects.kind", "objects.file", "objects.transcript", "objects.translation", "objects.captions", "objects.chapters", "objects.audio_desc", "objects.poster", "objects.cleared_by", "objects.capture", "objects.redaction", "objects.sha256"}

// isPublished reports whether the values at a path of a file are texts of the site.
func isPublished(kind content.Kind, at string) bool {
	at = strings.TrimPrefix(at, "defaults.")
	if isInline(at) || at == "reference.former" || strings.HasPrefix(at, "reference.former.") || at == "access.conditional_basis" || strings.HasPrefix(at, "access.conditional_basis.") || strings.HasPrefix(at, "withdrawn.public_note") {
		return true
	}
	return !slices.ContainsFunc(internalKeys, func(key string) bool {
		return at == key || key != "" && strings.HasPrefix(at, key+".")
	})
}
