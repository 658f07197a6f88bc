package generator

import (
	"bytes"
	"context"
	"crypto/sha256"
	"slices"

	"vitrine/generator/diag"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/record"
)

// source is one file below fonds/ on its way to the builder: seen, and where
// it holds records, summarised.
type source struct {
	seen  ledger.Seen
	file  content.File
	units []catalog.Summary
	ds    []diag.Diagnostic
}

// errand is the work on one source.
type errand struct {
	source
	known bool // the last build saw it
	same  bool // and as it is now
	group *group
}

// group is a folder below fonds/: what its records may name besides themselves.
type group struct {
	changed  map[string]bool // files that hold no records and are not as they were
	defaults bool            // what the fonds supplies may have changed
	linked   bool            // it holds links, behind which anything may have changed
}

// units reads the files of all fonds with several workers and hands their
// summaries to the builder in the order of their paths. A file that is as the
// last build saw it is not read: its summary was kept.
func (s *scan) units(ctx context.Context, p Progress) error {
	return inOrder(ctx, s.workers, s.walk, func(e *errand) source { return s.summarise(ctx, e) }, func(src source) error {
		s.diags.Add(src.ds...)
		s.noteSearched(src.seen)
		for i := range src.units {
			s.masters.note(&src.units[i])
			s.builder.Add(src.units[i])
		}
		p.Add(len(src.units))
		return s.memory.note(src.seen)
	})
}

// walk yields an errand for every file below fonds/, in order.
func (s *scan) walk(yield func(*errand) bool) {
	names, err := s.tree.Names("fonds")
	if err != nil {
		s.diags.Add(unread("fonds", err))
	}
	olds, kept := s.memory.rows(), s.memory.rows()
	defer olds.stop()
	defer kept.stop()
	for _, name := range names {
		if !s.walkGroup("fonds/"+name, olds, kept, yield) {
			return
		}
	}
}

// found is a file of a group before its turn has come.
type found struct {
	content.Stat
	known, same bool
}

// walkGroup goes through one folder twice: first for what changed in it, then
// for the files of records, whose rows are read by a second cursor so that
// their summaries need not be held meanwhile.
func (s *scan) walkGroup(dir string, olds, kept *rows, yield func(*errand) bool) bool {
	g := &group{changed: map[string]bool{}}
	var list []found
	for stat, err := range s.tree.Stats(dir) {
		if err == nil && stat.ModTime == 0 && s.tree.Unfollowed(stat.Path) {
			err = content.ErrLink
		}
		if err != nil {
			s.diags.Add(unread(stat.Path, err))
			continue
		}
		f := found{Stat: stat}
		f.known, f.same = olds.compare(seenOf(stat), g.note)
		if !f.same {
			g.note(stat.Path)
			s.noteChanged(stat.Path)
		}
		g.linked = g.linked || stat.ModTime == 0
		list = append(list, f)
	}
	s.linked = s.linked || g.linked
	olds.leave(dir, g.note)
	for _, f := range list {
		if !yield(s.errand(f, g, kept)) {
			return false
		}
	}
	return true
}

func seenOf(s content.Stat) ledger.Seen {
	return ledger.Seen{Path: s.Path, Size: s.Size, ModTime: s.ModTime, Inode: s.Inode, Changed: s.Changed}
}

func (s *scan) errand(f found, g *group, kept *rows) *errand {
	e := &errand{group: g, known: f.known, same: f.same}
	e.seen = seenOf(f.Stat)
	e.seen.Settle(s.memory.began)
	e.file, _ = content.Classify(f.Path)
	switch e.file.Kind {
	case content.KindStray:
		e.ds = []diag.Diagnostic{ignored(f.Path)}
	case content.KindFonds, content.KindRecords, "":
		if row, ok := kept.find(f.Path); ok {
			e.seen.Hash, e.seen.Summary, e.seen.Diags = row.Hash, bytes.Clone(row.Summary), bytes.Clone(row.Diags)
		}
	}
	return e
}

// note notes a file that is not as the last build saw it, or is no more.
func (g *group) note(p string) {
	f, _ := content.Classify(p)
	switch f.Kind {
	case content.KindFonds:
		g.defaults = true
	case "":
		g.changed[p] = true
	}
}

// summarise takes the kept summary of a file of records, or reads the file. A PDF
// among the media is looked into.
func (s *scan) summarise(ctx context.Context, e *errand) source {
	out := e.source
	if s.pdfs != nil && content.IsMedia(e.seen.Path) && e.file.Kind == "" {
		return s.medium(ctx, e)
	}
	if k := e.file.Kind; k != content.KindFonds && k != content.KindRecords {
		return out
	}
	if e.known && (e.same || s.sameBytes(e.seen)) && s.recall(&out, e.group) {
		return out
	}
	return s.readSource(e)
}

// sameBytes reports whether a file that was touched still has the bytes it had.
func (s *scan) sameBytes(seen ledger.Seen) bool {
	sum, err := s.tree.Hash(seen.Path)
	return err == nil && sum == [32]byte(seen.Hash)
}

// recall decodes what was kept of a file. It is of no use where something
// else that went into it has changed since.
func (s *scan) recall(out *source, g *group) bool {
	var sum record.Sum
	rest := string(out.seen.Summary)
	if len(rest) < len(sum) || g.linked {
		return false
	}
	rest = rest[copy(sum[:], rest):]
	if g.defaults && sum != s.defaultsSum(out.file) {
		return false
	}
	var ok bool
	if out.ds, ok = readFound(string(out.seen.Diags)); !ok {
		return false
	}
	for len(rest) > 0 {
		unit, more, err := catalog.ReadSummary(rest)
		if err != nil || g.touches(s.tree, out.file, &unit) {
			return false
		}
		unit.Loc.File = out.file.Path
		if out.units == nil { // one is much as long as the other
			out.units = make([]catalog.Summary, 0, 1+len(rest)/(len(rest)-len(more)))
		}
		out.units, rest = append(out.units, unit), more
	}
	return true
}

// touches reports whether a file that a unit rests on has changed.
func (g *group) touches(t *content.Tree, f content.File, u *catalog.Summary) bool {
	if len(g.changed) == 0 {
		return false
	}
	for _, name := range t.BodyNames(f, u.ID) {
		if g.changed[name] {
			return true
		}
	}
	return slices.ContainsFunc(u.Objects, func(o string) bool { return g.changed[content.MediaPath(f.Owner, o)] })
}

// defaultsSum tells what a fonds supplies to the records of a file.
func (s *scan) defaultsSum(f content.File) (sum record.Sum) {
	if f.Kind == content.KindRecords {
		all := sha256.Sum256([]byte(s.tree.DefaultsText(f.Owner)))
		copy(sum[:], all[:])
	}
	return sum
}

// readSource reads a file of records and keeps what was taken from it.
func (s *scan) readSource(e *errand) source {
	out := e.source
	out.units, out.ds = nil, nil
	if s.told != nil {
		s.told(e.file.Path)
	}
	sum := s.defaultsSum(e.file)
	out.seen.Summary = append([]byte{}, sum[:]...)
	out.seen.Hash = s.tree.Units(e.file, func(u *record.Unit, loc record.Loc, ds []diag.Diagnostic) {
		out.ds = append(out.ds, ds...)
		if u != nil {
			unit := catalog.Summarise(u, e.file.Owner, loc, s.tree.Languages())
			out.units = append(out.units, unit)
			unit.Loc.File = ""
			out.seen.Summary = unit.Append(out.seen.Summary)
		}
	})
	out.seen.Diags = appendFound(nil, out.ds)
	return out
}
