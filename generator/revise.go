package generator

import (
	"context"
	"path"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/record"
)

// What is edited most is the text of one record. Then only its file is read
// again, and the state that is served is patched. This is done where it is
// certain to give what a reading of everything gives; else all is read.

// reading is what a session keeps of its last reading of the whole content,
// so that single files can be compared with what they were.
type reading struct {
	day    edtf.Day
	linked bool
	found  *diag.List // with paths as they stand in the tree
	seen   *ledger.Ledger
	files  *ledger.Index     // of seen
	again  map[string]source // files that were read again since
}

// Bounds on how much is kept of files that were read again, beside what the
// whole reading keeps: each holds its records in memory.
const (
	maxRevised = 8  // files at once
	maxAgain   = 64 // files in all
)

// newReading is nil where what was seen cannot be read back.
func newReading(b *build, seen string) *reading {
	day, err := b.o.day()
	if err != nil {
		return nil
	}
	l, err := ledger.Open(seen)
	if err != nil {
		return nil
	}
	files := l.NewIndex(ledger.KindSeen)
	for row, err := range l.Rows(ledger.KindSeen) {
		if err != nil {
			_ = l.Close()
			return nil
		}
		files.Add(row)
	}
	return &reading{day: day, linked: b.scan.linked, found: b.report.Diags.Clone(), seen: l, files: files, again: map[string]source{}}
}

// forget gives up what is known of the last reading: the next is of everything.
func (s *Session) forget() {
	if s.reading != nil {
		_ = s.reading.seen.Close()
		s.reading = nil
	}
}

// RefreshFiles is Refresh for who knows that nothing has changed but some
// files, named by their slash-separated paths from the content folder; none
// stand for any.
func (s *Session) RefreshFiles(ctx context.Context, files []string) (*Report, error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	if b, ok := s.revise(files); ok {
		return s.takeRevised(b), nil
	}
	return s.refresh(ctx)
}

// revise reads files of records again and patches what is served. ok is false
// where that may not be enough.
func (s *Session) revise(files []string) (*build, bool) {
	r := s.reading
	if r == nil || r.linked || s.ctx.Err() != nil || s.o.Templates != nil {
		return nil, false
	}
	if day, err := s.o.day(); err != nil || day != r.day {
		return nil, false
	}
	sources, ok := s.good.b.sourcesOf(files)
	if !ok || len(r.again)+len(sources) > maxAgain {
		return nil, false
	}
	return s.good.b.revise(r, sources)
}

// takeRevised serves a state that was made from the one before, which is not
// closed: the two share what did not change.
func (s *Session) takeRevised(b *build) *Report {
	report, _ := b.finish(nil)
	s.reading.found = report.Diags.Clone()
	next := s.good.follow(b)
	report.Diags.Under(s.o.Content)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.good, s.last = next, report.Diags.Sorted()
	return report
}

// sourcesOf are the files of records that files are, or whose records they
// describe. ok is false where one is anything else.
func (b *build) sourcesOf(files []string) (out []content.File, ok bool) {
	for _, name := range files {
		f, known := content.Classify(name)
		if !known && path.Ext(name) == ".md" {
			f, known = b.sourceOfBody(name)
		}
		if !known || f.Kind != content.KindRecords {
			return nil, false
		}
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out, len(out) > 0 && len(out) <= maxRevised
}

// sourceOfBody is the file of the record whose longer description stands in
// another. A folder in which none stood may not be known to hold any.
func (b *build) sourceOfBody(name string) (f content.File, ok bool) {
	id, _, _ := strings.Cut(path.Base(name), ".")
	c := b.plan.Input.Catalog
	row, ok := c.Find(id)
	if !ok || c.Kind(row) != catalog.Unit {
		return f, false
	}
	f, ok = content.Classify(c.Loc(row).File)
	return f, ok && path.Dir(f.Path) == path.Dir(name) && b.scan.tree.HasMarkdown(path.Dir(name))
}

// revise makes a state from b in which some files are as they are now.
func (b *build) revise(r *reading, files []content.File) (*build, bool) {
	out := b.successor(r, files)
	var edits []catalog.Edit
	again := map[string]source{}
	for _, f := range files {
		old, ok := r.source(b.scan, f)
		now, whole := out.scan.readAgain(f)
		if !ok || !whole || !out.report.Diags.Replace(old.ds, now.ds) || !out.report.ok() {
			return nil, false
		}
		more, ok := pair(old.units, now.units)
		if !ok {
			return nil, false
		}
		edits, again[f.Path] = append(edits, more...), now
	}
	if !out.patch(b, edits) || !out.report.ok() {
		return nil, false
	}
	for name, src := range again {
		r.again[name] = src
	}
	return out, true
}

// successor is a build that begins where b ended, with a tree in which some
// files are to be read again.
func (b *build) successor(r *reading, files []content.File) *build {
	var names []string
	for _, f := range files {
		names = append(names, f.Path)
	}
	tree, found := b.scan.tree.Revise(names...), r.found.Clone()
	images := *b.images
	images.tree = tree
	return &build{
		o: b.o, progress: b.progress, renderer: b.renderer, cacheDir: b.cacheDir, lazy: b.lazy, images: &images,
		report: &Report{Diags: found, Published: b.report.Published, Total: b.report.Total, Reasons: b.report.Reasons},
		scan: &scan{tree: tree, config: b.scan.config, gate: b.scan.gate, memory: b.scan.memory, pages: b.scan.pages, cleared: b.scan.cleared,
			diags: found, workers: b.scan.workers},
	}
}

// source is what was last taken from a file.
func (r *reading) source(s *scan, f content.File) (source, bool) {
	if src, ok := r.again[f.Path]; ok {
		return src, true
	}
	n, ok := r.files.Find(f.Path)
	if !ok {
		return source{}, false
	}
	row, err := r.files.Row(n)
	if err != nil || row.Path != f.Path {
		return source{}, false
	}
	seen, err := ledger.ParseSeen(row)
	src := source{seen: seen, file: f}
	return src, err == nil && s.recall(&src, &group{})
}

// readAgain reads a file of records. ok is false where it is a link, or cannot
// be read.
func (s *scan) readAgain(f content.File) (src source, ok bool) {
	for stat, err := range s.tree.Stats(f.Path) {
		ok = err == nil && stat.ModTime != 0
	}
	if !ok {
		return src, false
	}
	src = s.readSource(&errand{source: source{file: f, seen: ledger.Seen{Path: f.Path}}})
	return source{file: f, units: src.units, ds: src.ds}, true
}

// pair puts the units of a file beside what they were. ok is false where they
// are not the same ones, in the same order.
func pair(old, now []catalog.Summary) ([]catalog.Edit, bool) {
	if len(old) != len(now) {
		return nil, false
	}
	out := make([]catalog.Edit, len(now))
	for i := range now {
		if old[i].ID != now[i].ID {
			return nil, false
		}
		out[i] = catalog.Edit{Old: old[i], New: now[i]}
	}
	return out, true
}

// patch makes the catalog and the plan from those of the state before.
func (b *build) patch(before *build, edits []catalog.Edit) bool {
	in := before.plan.Input
	cat, rows, ok := in.Catalog.Patch(edits)
	if !ok {
		return false
	}
	in.Tree, in.Catalog, in.FileState = b.scan.tree, cat, b.scan.fileState
	if in.Thumbs, ok = b.rethumb(cat, in.Thumbs, rows); !ok {
		return false
	}
	b.plan = before.plan.Patch(in, rows)
	return true
}

// rethumb takes anew what lists show of the images of some records. ok is
// false where a record got or lost its picture.
func (b *build) rethumb(c *catalog.Catalog, thumbs *catalog.Thumbs, rows []int32) (*catalog.Thumbs, bool) {
	out := thumbs
	for _, row := range rows {
		if !b.scan.looksAt(c, row) {
			continue
		}
		made := b.scan.picture(c, b.images, pictured{row: row})
		old, had := thumbs.Of(row)
		shown, some := made.made.thumb.Name != "", len(made.made.derived) > 0
		if made.err != nil || made.made.faulty || shown != had || some != (old.Sum != record.Sum{}) {
			return nil, false
		}
		if !some {
			continue
		}
		if out == thumbs {
			var ok bool
			if out, ok = thumbs.Fork(); !ok {
				return nil, false
			}
		}
		out.Set(row, made.made.thumb)
	}
	return out, true
}
