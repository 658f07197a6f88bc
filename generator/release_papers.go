package generator

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/dossier"
	"vitrine/generator/internal/edition"
	"vitrine/generator/internal/location"
	"vitrine/generator/internal/manifest"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/plan"
	"vitrine/generator/internal/publish"
)

// The papers of an edition are written to a folder whose name ends in a tilde,
// which loses it when the edition stands.

func (r *releasing) papersAt(name string) string {
	return filepath.Join(location.Real(r.o.Papers), r.now.Name+"~", name)
}

// openPapers makes the folder of the papers, empty.
func (r *releasing) openPapers() error {
	dir := r.papersAt("")
	if err := r.disk.RemoveAll(dir); err != nil {
		return cannotWrite(dir, err)
	}
	if err := publish.MkdirAll(r.disk, dir); err != nil {
		return cannotWrite(dir, err)
	}
	return nil
}

// mendPapers names the papers of the last edition, where its release was cut
// off before, and takes away those of one that never came to be.
func (r *releasing) mendPapers() error {
	last := filepath.Join(location.Real(r.o.Papers), r.last.Name)
	if r.last.Number > 0 && manifestSum(last+"~") == r.last.Manifest {
		return r.settlePapers(r.last.Name)
	}
	if _, err := os.Lstat(r.papersAt("")); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return r.disk.RemoveAll(r.papersAt(""))
}

// settlePapers gives the folder of the papers of an edition its name.
func (r *releasing) settlePapers(name string) error {
	to := filepath.Join(location.Real(r.o.Papers), name)
	r.result.Papers = to
	if err := r.disk.RemoveAll(to); err != nil {
		return cannotWrite(to, err)
	}
	if err := r.disk.Rename(to+"~", to); err != nil {
		return cannotWrite(to, err)
	}
	return nil
}

// previous opens the manifest of the last edition: that of the site, if it is
// still this edition, or the one among its papers. It is nil where neither is
// at hand.
func (r *releasing) previous(out string) *os.File {
	for _, dir := range []string{out, filepath.Join(location.Real(r.o.Papers), r.last.Name)} {
		if r.last.Number == 0 || manifestSum(dir) != r.last.Manifest {
			continue
		}
		if f, err := os.Open(filepath.Join(dir, manifest.Name)); err == nil {
			return f
		}
	}
	return nil
}

// writeParcel packs what is not as it was in the last edition, lists what is to
// be deleted, and keeps the manifest for the next edition to compare with.
func (r *releasing) writeParcel(b *build, stage *publish.Stage) error {
	if err := r.openPapers(); err != nil {
		return err
	}
	before := func(func(manifest.Sum, error) bool) {}
	if f := r.previous(b.o.Out); f != nil {
		defer f.Close()
		before = manifest.Read(f)
		r.changes.files = &dossier.Files{}
	}
	if r.result.Apart = r.changes.files == nil && r.last.Number > 0; r.result.Apart {
		r.changes.ceased = b.plan.Ceased() // perhaps since an earlier edition
	}
	when, err := time.Parse(time.DateOnly, r.now.Date)
	if err != nil {
		return err
	}
	var removed []string
	err = r.paper(dossier.ZipName, func(w io.Writer) error {
		parcel := dossier.NewParcel(w, when)
		for c, err := range dossier.Compare(before, sumsOf(stage)) {
			if err == nil {
				err = r.pack(b, stage, parcel, c, &removed)
			}
			if err != nil {
				return err
			}
		}
		return parcel.Close()
	})
	if err != nil {
		return err
	}
	if r.last.Signed && !r.now.Signed {
		removed = append(removed, manifest.SignatureName)
	}
	list := strings.Join(append(removed, ""), "\n")
	return first(r.paper(dossier.RemovedName, func(w io.Writer) error { _, err := io.WriteString(w, list); return err }), r.keepManifest(stage))
}

// pack takes one file of the two sites.
func (r *releasing) pack(b *build, stage *publish.Stage, parcel *dossier.Parcel, c dossier.Change, removed *[]string) error {
	listed := c.Path != manifest.Name && c.Path != manifest.SignatureName
	if listed && c.Now {
		r.now.Files++
	}
	if files := r.changes.files; files != nil && listed && !c.Same {
		switch {
		case !c.Now:
			files.Removed++
		case c.Before:
			files.Changed++
		default:
			files.New++
		}
	}
	switch {
	case !c.Now:
		*removed = append(*removed, c.Path)
		if plan.ForPrograms(c.Path) {
			r.changes.ceased = append(r.changes.ceased, edition.Address{Path: c.Path, ID: b.plan.About(c.Path)})
		}
		return nil
	case c.Same && !r.result.Withdrew:
		return nil
	}
	if !c.Same && b.plan.LeadsOn(c.Path) {
		r.changes.became[c.Path] = true
	}
	f, err := stage.Open(c.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	return parcel.Add(c.Path, f)
}

// sumsOf are the files of the next site.
func sumsOf(stage *publish.Stage) iter.Seq2[manifest.Sum, error] {
	return func(yield func(manifest.Sum, error) bool) {
		for f, err := range stage.Files() {
			if !yield(manifest.Sum{Path: f.Path, Hash: f.Hash}, err) || err != nil {
				return
			}
		}
	}
}

func (r *releasing) keepManifest(stage *publish.Stage) error {
	names := []string{manifest.Name}
	if r.now.Signed {
		names = append(names, manifest.SignatureName)
	}
	for _, name := range names {
		f, err := stage.Open(name)
		if err != nil {
			return err
		}
		err = r.paper(name, func(w io.Writer) error { _, err := io.Copy(w, f); return err })
		if err := first(err, f.Close()); err != nil {
			return err
		}
	}
	return nil
}

func (r *releasing) paper(name string, fill func(io.Writer) error) error {
	return writeWhole(r.disk, r.papersAt(name), fill)
}

// writePapers writes the list for signature and the comparison.
func (r *releasing) writePapers(b *build) error {
	c := r.comparison(b)
	for name, fill := range map[string]func(io.Writer) error{
		dossier.ListName:       func(w io.Writer) error { return dossier.WriteList(w, r.list(b)) },
		dossier.ComparisonName: func(w io.Writer) error { return dossier.WriteComparison(w, c) },
		dossier.DataName:       func(w io.Writer) error { return dossier.WriteData(w, c) },
	} {
		if err := r.paper(name, fill); err != nil {
			return err
		}
	}
	return nil
}

func (r *releasing) heading(b *build) dossier.Heading {
	site := b.scan.config.Site
	return dossier.Heading{Body: inVietnamese(site.Institution.Name), Site: inVietnamese(site.Title), Address: site.BaseURL.V, Number: r.now.Number,
		Day: r.now.Date, Date: spoken(r.now.Date), Manifest: r.now.Manifest, Files: r.now.Files}
}

// spoken is a day as papers bear it: 26/11/2026.
func spoken(day string) string {
	d, err := edtf.Parse(day)
	if err != nil {
		return day
	}
	return d.Short("vi")
}

func (r *releasing) comparison(b *build) dossier.Comparison {
	c := dossier.Comparison{Heading: r.heading(b), Before: r.last.Number, Files: r.changes.files}
	if r.last.Number > 0 {
		c.Since = spoken(r.last.Date)
	}
	c.New, c.Restored, c.Changed = r.described(b, r.changes.fresh), r.described(b, r.changes.restored), r.described(b, r.changes.changed)
	c.Withdrawn = dossier.Records{N: len(r.changes.left), Each: func(yield func(int, dossier.Record) bool) {
		for i, id := range r.changes.left {
			if !yield(i+1, dossier.Record{ID: id}) {
				return
			}
		}
	}}
	for _, t := range r.changes.moved {
		c.Moved = append(c.Moved, dossier.Turn{From: t.from, To: t.to, ID: t.id})
	}
	for _, t := range r.changes.turned {
		c.Redirects = append(c.Redirects, dossier.Turn{From: t.from, To: t.to, ID: t.id})
	}
	for _, a := range r.changes.ceased {
		c.Gone = append(c.Gone, dossier.Gone{Address: a.Path, ID: a.ID})
	}
	return c
}

// described tells records by their rows.
func (r *releasing) described(b *build, rows []int32) dossier.Records {
	cat := b.plan.Input.Catalog
	return dossier.Records{N: len(rows), Each: func(yield func(int, dossier.Record) bool) {
		for i, row := range rows {
			title, _ := cat.Title(row, "vi")
			d := dossier.Record{ID: cat.ID(row), Title: markup.Plain(title), Address: b.plan.PathOf(row), Now: r.prints[row].String()}
			if was, ok := r.changes.before[row]; ok {
				d.Before = was.String()
			}
			if !yield(i+1, d) {
				return
			}
		}
	}}
}

// list is the list for signature: records by decision and fonds.
func (r *releasing) list(b *build) dossier.List {
	cat := b.plan.Input.Catalog
	rows := slices.Collect(cat.Of(catalog.Unit))
	decision := func(row int32) uint32 { return cat.Facts(row).Clearance }
	slices.SortStableFunc(rows, func(x, y int32) int {
		return cmp.Or(cmp.Compare(decision(x), decision(y)), cmp.Compare(cat.Fonds(x), cat.Fonds(y)))
	})
	return dossier.List{Heading: r.heading(b), Total: len(rows), Groups: func(yield func(dossier.Group) bool) {
		for from := 0; from < len(rows); {
			to := from + 1
			for to < len(rows) && decision(rows[to]) == decision(rows[from]) && cat.Fonds(rows[to]) == cat.Fonds(rows[from]) {
				to++
			}
			if !yield(r.group(b, rows[from:to])) {
				return
			}
			from = to
		}
	}}
}

func (r *releasing) group(b *build, rows []int32) dossier.Group {
	cat := b.plan.Input.Catalog
	title, _ := cat.Title(cat.Fonds(rows[0]), "vi")
	g := dossier.Group{Fonds: markup.Plain(title), Items: func(yield func(int, dossier.Item) bool) {
		for i, row := range rows {
			if !yield(i+1, r.item(b, row)) {
				return
			}
		}
	}}
	if n := cat.Facts(rows[0]).Clearance; n > 0 {
		c := b.scan.decisions[n-1]
		g.Clearance = c.ID.V
		g.Decision = strings.Join(slices.DeleteFunc([]string{c.Decision.Number.V, short(c.Decision.Date.Date)}, func(s string) bool { return s == "" }), ", ")
	}
	return g
}

func (r *releasing) item(b *build, row int32) dossier.Item {
	cat := b.plan.Input.Catalog
	title, _ := cat.Title(row, "vi")
	return dossier.Item{Reference: b.plan.ReferenceOf(row), Title: markup.Plain(title),
		Restored: r.changes.returned[row], Date: short(cat.Date(row)), Parts: partsOf(r.shown[row]), Print: r.prints[row].Grouped()}
}

func short(d edtf.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Short("vi")
}

// partWords word what is published of a record.
var partWords = []struct {
	part access.Parts
	word string
}{{access.Metadata, "mô tả"}, {access.Images, "ảnh"}, {access.Transcript, "bản chép"}}

func partsOf(shown access.Parts) string {
	var out []string
	for _, w := range partWords {
		if shown.Has(w.part) {
			out = append(out, w.word)
		}
	}
	return strings.Join(out, ", ")
}
