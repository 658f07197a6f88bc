package generator

import (
	"context"
	"path"
	"slices"
	"strings"
	"sync"

	"vitrine/generator/diag"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

// What is published may not name or link what is not (rule 7 of publication): no text
// of the site holds the full title or the id of a record without a page, or the address
// that its page would have. Titles of which a published title holds the words tell
// nothing, nor do those of fonds. Nor does the id of a withdrawn record, which its notice
// bears.
//
// The texts are searched where they lie, in one pass, for all titles at once; those that
// hold a sign that may part words, as readers see them besides. A build
// searches those that changed since the last in which none was found, or all where the
// titles, ids and addresses, or what is shown of the objects, are not those of then.

// names are what no published text may hold.
type names struct {
	tree      *content.Tree
	builder   *catalog.Builder
	cat       *catalog.Catalog
	profile   string // file of the archive's own, "" for none
	titles    vi.Phrases
	bearers   []string             // by number of title: the id of a record that bears it
	ids       map[uint64]struct{}  // hashes of the ids
	misnamed  []diag.Diagnostic    // pages that are called like what has no page
	longestID int                  // in bytes
	wordy     map[string]string    // ids of hidden records that may be words → their fonds
	plainIDs  bool                 // there are some among them that may be words
	formers   map[string]string    // ids by which hidden records were known → what these are called now
	notices   map[string]string    // withdrawn records that their notices name → their files
	untold    []diag.Diagnostic    // on those that were to be named and may not be
	wereKnown map[string]bool      // ids by which what is public was known; nil where nobody asked
	others    map[string]diag.Text // ids of what is no record and is not published, and why not
	addresses map[string]string    // of these → their ids
	site      site                 // where the pages of the site stand
	sum       []byte               // tells these names from any others
	pages     map[string]bool      // files of pages that are published
	harmless  map[[2]string]bool   // files of words, or of records, and what they name that was acknowledged
	named     []record.Named       // the same, as it is written

	mu       sync.Mutex
	met      map[[2]string]bool  // of harmless, what was found
	showings map[string]*showing // by fonds
}

// minTitle is how many characters a title has at least that is looked for. Shorter ones
// are words of every day.
const minTitle = 12

// lookForNames reports where a text that is published names a record that is not.
func (b *build) lookForNames(ctx context.Context, cat *catalog.Catalog) error {
	n := &names{tree: b.scan.tree, builder: b.scan.builder, cat: cat, profile: b.scan.config.Profile.File, showings: map[string]*showing{}}
	ds := n.gather(b.scan)
	b.report.Diags.Add(n.untold...)
	m := b.scan.memory
	if !b.o.Markings { // who looks for markings tells of all that is wrong with that file
		b.report.Diags.Add(ds...)
	}
	if n.none() {
		b.report.Diags.Add(n.stale()...)
		m.unnamed, b.report.telling = n.sum, n.telling()
		return nil
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
		b.report.Diags.Add(n.stale()...)
		m.unnamed = n.sum
	}
	if err == nil {
		b.report.telling = n.telling()
	}
	return err
}

// none reports whether there is nothing to look for.
func (n *names) none() bool { return len(n.ids) == 0 && len(n.bearers) == 0 && len(n.addresses) == 0 }

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

// files yields every file whose texts may be published: those below fonds/ that are
// given, or all of them.
func (n *names) files(inFonds []string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		dirs := []string{"agents", "clearances", "events", "exhibitions", "pages", "places", "repositories", "site.yaml", "subjects"}
		if n.profile != "" {
			dirs = append(dirs, n.profile)
		}
		if inFonds == nil {
			dirs = append(dirs, "fonds")
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
