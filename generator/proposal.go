package generator

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/annex"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

// docket is a record that is proposed for publication.
type docket struct {
	annex.Row
	at      diag.Pos
	masters []master
	shows   []string // names of the files that it shows
}

// master is a file that a record names and the decision freezes.
type master struct {
	Path   string // in the content folder
	SHA256 string
	Label  string
	image  bool
	words  bool // they stand in the record itself: Path names them, SHA256 is theirs
}

// gathered is what a file of records holds of a proposal.
type gathered struct {
	dockets []*docket
	faults  []diag.Diagnostic // for which it cannot be decided on
}

// gather reads every record in the scope. One that cannot be read as it is
// meant is not to be decided on, and neither is a file of which nobody can say
// what it holds.
func (p *proposal) gather(ctx context.Context) error {
	p.progress.Phase(diag.T("Đọc bản ghi", "Reading records"), 0)
	var faults diag.List
	sources := func(yield func(content.File) bool) {
		for f, err := range p.tree.Files("fonds") {
			if err != nil {
				faults.Add(unread(f.Path, err))
			} else if f.Kind != content.KindStray && !yield(f) {
				return
			}
		}
	}
	err := inOrder(ctx, Options{}.workers(), sources, p.docketsOf, func(g gathered) error {
		p.progress.Add(len(g.dockets))
		p.dockets = append(p.dockets, g.dockets...)
		faults.Add(g.faults...)
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(p.dockets, func(a, b *docket) int { return strings.Compare(a.ID, b.ID) })
	return first(refuseFaults(&faults), p.refuseDoubles(), p.refuseStrangers())
}

func (p *proposal) docketsOf(f content.File) (out gathered) {
	p.tree.Units(f, func(u *record.Unit, loc record.Loc, ds []diag.Diagnostic) {
		if u != nil && !p.scope.Has(u.ID.V, f.Owner) {
			return
		}
		for _, d := range ds {
			if d.Severity == diag.Error {
				out.faults = append(out.faults, d)
			}
		}
		if u != nil {
			out.dockets = append(out.dockets, p.docketOf(u, f.Owner, loc))
		}
	})
	return out
}

func refuseFaults(faults *diag.List) error {
	if faults.Errors() == 0 {
		return nil
	}
	d := faults.Sorted()[0]
	return &UserError{Msg: diag.T("%[1]s: %[2]s", "%[1]s: %[3]s", d.Pos, d.Msg.Vi, d.Msg.En),
		Hint: diag.T("sửa %d lỗi mà «vitrine check» báo, rồi mới lập quyết định", "mend the %s that «vitrine check» tells of before a decision is made", diag.Count(faults.Errors(), "error"))}
}

func (p *proposal) refuseDoubles() error {
	for i := 1; i < len(p.dockets); i++ {
		if a, b := p.dockets[i-1], p.dockets[i]; a.ID == b.ID {
			return &UserError{Msg: diag.T("mã %q dùng hai lần: %s, %s", "the id %q is used twice: %s, %s", a.ID, a.at, b.at)}
		}
	}
	return nil
}

// refuseStrangers refuses a scope of which a part is not there.
func (p *proposal) refuseStrangers() error {
	var ids []string
	for _, d := range p.dockets {
		ids = append(ids, d.ID)
	}
	for _, r := range p.said.Records {
		one, _ := access.NewScope(record.Scope{Records: []record.Str{r}})
		if slices.ContainsFunc(ids, func(id string) bool { return one.Has(id, "") }) {
			continue
		}
		e := wrongUse("--records: không có bản ghi %s", "--records: there is no record %s", r.V)
		if near := vi.Similar(r.V, p.everyID()); near != "" {
			e.Hint = diag.T("có phải %q?", "did you mean %q?", near)
		}
		return e
	}
	if len(ids) > 0 || p.o.OpenEnded {
		return nil
	}
	e := wrongUse("phông %s chưa có bản ghi nào", "the fonds %s has no records yet", p.Fonds)
	e.Hint = diag.T("chỉ quyết định tính cả bản ghi thêm về sau mới đi trước bản ghi: --open-ended", "only a decision that covers what is added later may come before the records: --open-ended")
	return e
}

// everyID are the ids of all records, to guess the one that was meant.
func (p *proposal) everyID() (out []string) {
	for f, err := range p.tree.Files("fonds") {
		if err == nil && f.Kind != content.KindStray && len(out) < 50_000 {
			p.tree.Units(f, func(u *record.Unit, _ record.Loc, _ []diag.Diagnostic) {
				if u != nil {
					out = append(out, u.ID.V)
				}
			})
		}
	}
	return out
}

// docketOf takes from a record what the annex shows and what is frozen.
func (p *proposal) docketOf(u *record.Unit, fonds string, loc record.Loc) *docket {
	d := &docket{at: diag.Pos{File: loc.File, Line: loc.Line}, Row: annex.Row{
		ID: u.ID.V, Symbol: u.Doc.Number.V, Title: inVietnamese(u.Title), Date: dateInWords(u.Dates), Extent: extentInWords(u.Extent),
		Reference: catalog.ReferenceLabel(u.Reference, p.words), State: termInVietnamese("access_state", u.Access.State.V, "unreviewed"),
	}}
	if u.Level.V != "item" {
		d.Level = termInVietnamese("level", u.Level.V, "")
	}
	for _, o := range u.Objects {
		if o.IsImage() {
			d.Pages++
		}
		d.decideOn(o, fonds, access.PartsOf(p.said))
	}
	return d
}

// decideOn takes from an object its files, the words that stand in the record, and that it
// is this record which shows them.
func (d *docket) decideOn(o record.Object, fonds string, parts access.Parts) {
	d.masters = append(d.masters, mastersOf(o, fonds, parts)...)
	d.shows = append(d.shows, o.File.V)
	for _, file := range parts.Files(o) {
		if file != o.File.V {
			d.shows = append(d.shows, file)
		}
	}
	if !parts.Has(access.Transcript) {
		return
	}
	for _, w := range inlineWords(d.ID, o) {
		d.masters = append(d.masters, master{Path: w.name, SHA256: w.sha256, Label: cmp.Or(inVietnamese(o.Label), o.File.V) + " (" + w.key + ")", words: true})
	}
}

// mastersOf are the files of an object that are decided on: its own, and what the parts
// show beside it, such as a transcript or the poster of a film.
func mastersOf(o record.Object, fonds string, parts access.Parts) []master {
	label := cmp.Or(inVietnamese(o.Label), o.File.V)
	out := []master{{Path: content.MediaPath(fonds, o.File.V), Label: label, image: o.IsImage()}}
	for _, file := range parts.Files(o) {
		if file != o.File.V {
			out = append(out, master{Path: content.MediaPath(fonds, file), Label: label + " (" + file + ")", image: file == o.Poster.V})
		}
	}
	return out
}

// inVietnamese is a text without its marks; one that is nothing else, such as
// HTML, stays as it is written, for whoever signs must see it.
func inVietnamese(t record.Text) string {
	text, _ := t.In("vi")
	return cmp.Or(markup.Plain(text), text)
}

func termInVietnamese(vocabulary, key, absent string) string {
	if key == "" {
		key = absent
	}
	t, _ := record.Lookup(vocabulary, key)
	return t.Vi
}

// dateInWords is the date as a reader is told it.
func dateInWords(d record.Dates) string {
	switch {
	case !d.Display.IsZero():
		return inVietnamese(d.Display)
	case !d.Created.IsZero():
		return d.Created.Words("vi")
	}
	return inVietnamese(d.AsWritten)
}

func extentInWords(e record.Extent) string {
	if !e.Text.IsZero() {
		return inVietnamese(e.Text)
	}
	return strings.TrimSpace(fmt.Sprint(e.Quantity.V, " ", inVietnamese(e.Unit)))
}

// shelfWords are the words of a reference as the profile has them.
func shelfWords(profile record.Profile) catalog.ReferenceWords {
	words := catalog.ReferenceWords{"", "mục lục", "hồ sơ", "tờ"}
	for i, key := range []string{"", "reference.inventory_no", "reference.unit_no", "reference.folios"} {
		for _, l := range profile.Labels {
			if l.Key == key {
				words[i] = inVietnamese(l.Text)
			}
		}
		if words[i] != "" {
			words[i] += "\u00a0"
		}
	}
	return words
}
