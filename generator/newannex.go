package generator

import (
	"bufio"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/annex"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/record"
)

// freeze makes the list of ids and hashes every file that is decided on, of whatever kind.
func (p *proposal) freeze(ctx context.Context) error {
	var ids []string
	files := 0
	for _, d := range p.dockets {
		ids = append(ids, d.ID)
		files += len(d.masters)
	}
	p.list, p.covers = access.ListOf(ids)
	p.progress.Phase(diag.T("Tính mã băm của các tệp", "Hashing the files"), files)
	return inOrder(ctx, Options{}.workers(), slices.Values(p.dockets), func(d *docket) error { return p.hash(ctx, d) }, func(err error) error { return err })
}

func (p *proposal) hash(ctx context.Context, d *docket) error {
	for i := range d.masters {
		m := &d.masters[i]
		if m.words {
			p.progress.Add(1)
			continue
		}
		var err error
		if m.SHA256, err = p.tree.Digest(ctx, m.Path); err != nil {
			return &UserError{Msg: diag.T("không đọc được %s", "cannot read %s", m.Path), Err: err}
		}
		p.progress.Add(1)
	}
	return nil
}

// write writes the annex first and the clearance last: what is there is whole.
func (p *proposal) write(ctx context.Context) (err error) {
	text, err := p.yaml()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			p.undo()
		}
	}()
	if err = p.writeAnnex(ctx); err != nil {
		return err
	}
	texts := []struct{ name, text string }{{p.listName(), p.list}, {p.yamlName(), text}}
	if p.o.OpenEnded {
		texts = texts[1:]
	}
	for _, t := range texts {
		if err = p.put(t.name, t.text); err != nil {
			return err
		}
		p.written = append(p.written, t.name)
	}
	p.written = append(p.written, p.annexFile())
	_, err = p.schemas()
	return err
}

func (p *proposal) annexFile() string { return filepath.Join(p.annex, AnnexName) }

// undo removes what was written before an error.
func (p *proposal) undo() {
	for _, name := range p.written {
		_ = p.tree.Root().Remove(name)
	}
	if p.begun {
		_ = os.Remove(p.annexFile())
		_ = os.Remove(p.annex) // if nothing else lies in it
	}
}

// clearanceText is what the template of a clearance is filled with.
type clearanceText struct {
	ID                              string
	Fonds, Records, Parts, Purposes []string
	MaxPx, SHA256                   string
	Count                           int
	OpenEnded                       bool
	Files                           []master
	Shows                           []shownFiles
}

// shownFiles is the line of a list that says which files a record shows.
type shownFiles struct{ Key, Value string }

// yaml is the clearance as text, which must be one that can be read.
func (p *proposal) yaml() (string, error) {
	t := clearanceText{ID: p.ID, Fonds: values(p.said.Fonds), Records: values(p.said.Records), Parts: values(p.said.Parts), Purposes: values(p.said.Purposes),
		MaxPx: p.said.MaxPx.V, OpenEnded: p.o.OpenEnded, Count: p.covers.Count.V, SHA256: p.covers.SHA256.V}
	for _, d := range p.dockets {
		t.Files = append(t.Files, d.masters...)
		if len(d.shows) > 0 {
			key, value := access.ShowsLine(d.ID, d.shows)
			t.Shows = append(t.Shows, shownFiles{key, value})
		}
	}
	slices.SortFunc(t.Files, func(a, b master) int { return strings.Compare(a.Path, b.Path) })
	t.Files = slices.CompactFunc(t.Files, func(a, b master) bool { return a.Path == b.Path }) // two records may share a page
	text, err := fillIn("new/clearance.yaml", t)
	if err == nil && len(text) > content.MaxRecord {
		err = &UserError{Msg: diag.T("quá nhiều tệp cho một quyết định (%d tệp)", "too many files for one decision (%d files)", len(t.Files)),
			Hint: diag.T("lập nhiều quyết định, mỗi quyết định một khoảng mã: --records a..b", "make several decisions, each for a range of ids: --records a..b")}
	}
	return text, err
}

func values(list []record.Str) (out []string) {
	for _, s := range list {
		out = append(out, s.V)
	}
	return out
}

// thumb is the size of a page in miniature: 40 mm wide at 150 dots an inch.
var thumb = derive.Spec{Width: 240, MaxSide: 340, Quality: 70}

// writeAnnex writes the annex, with the miniatures of several records in the
// making at a time. They are kept nowhere else: most are of what is not public.
func (p *proposal) writeAnnex(ctx context.Context) error {
	scratch, err := os.MkdirTemp("", "vitrine-annex-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	cache, err := derive.New(scratch, 0)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(p.annex, 0o755); err != nil {
		return cannotWrite(p.annex, err)
	}
	f, err := os.OpenFile(p.annexFile(), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return cannotWrite(p.annexFile(), err)
	}
	p.begun = true
	buf := bufio.NewWriter(f)
	err = p.printAnnex(ctx, annex.NewWriter(buf), cache)
	if err = errors.Join(err, buf.Flush(), f.Close()); err != nil {
		var ue *UserError
		if errors.As(err, &ue) || ctx.Err() != nil {
			return err
		}
		return cannotWrite(p.annexFile(), err)
	}
	return nil
}

func (p *proposal) printAnnex(ctx context.Context, w *annex.Writer, cache *derive.Cache) error {
	head := annex.Annex{ID: p.ID, Institution: p.institution, Scope: p.inWords(), SHA256: p.covers.SHA256.V}
	thumbs := 0
	for _, d := range p.dockets {
		head.Rows = append(head.Rows, d.Row)
		head.Pages += d.Pages
		for _, m := range d.masters {
			if m.image {
				thumbs++
			}
		}
	}
	if err := w.Head(head); err != nil {
		return err
	}
	p.progress.Phase(diag.T("In thu nhỏ các trang", "Miniatures of the pages"), thumbs)
	type printed struct {
		annex.Sheet
		err error
	}
	err := inOrder(ctx, Options{}.workers(), slices.Values(p.dockets), func(d *docket) (out printed) {
		out.Sheet, out.err = p.sheet(ctx, d, cache)
		return out
	}, func(s printed) error {
		p.progress.Add(len(s.Thumbs))
		if s.err != nil || len(s.Thumbs)+len(s.Files) == 0 {
			return s.err
		}
		return w.Sheet(s.Sheet)
	})
	return first(err, w.Foot())
}

// sheet is the contact sheet of a record. Files that are no pictures are named.
func (p *proposal) sheet(ctx context.Context, d *docket, cache *derive.Cache) (annex.Sheet, error) {
	s := annex.Sheet{Row: d.Row}
	for _, m := range d.masters {
		if !m.image {
			s.Files = append(s.Files, annex.File{Label: m.Label, SHA256: m.SHA256})
			continue
		}
		made, err := cache.Make(ctx, p.tree.FS(), m.Path, []derive.Spec{thumb})
		var fault *derive.Error
		if errors.As(err, &fault) {
			return s, &UserError{Msg: diag.T("%[1]s (%[2]s): %[3]s", "%[1]s (%[2]s): %[4]s", m.Path, d.ID, fault.Vi, fault.En), Hint: diag.Text{Vi: fault.HintVi, En: fault.HintEn}}
		}
		if err != nil {
			return s, err
		}
		jpeg, err := os.ReadFile(made[0].Path)
		if err != nil {
			return s, err
		}
		s.Thumbs = append(s.Thumbs, annex.Thumb{JPEG: jpeg, Width: made[0].Width, Height: made[0].Height, Label: m.Label, SHA256: m.SHA256})
	}
	return s, nil
}

// inWords is the scope as the annex says it.
func (p *proposal) inWords() []annex.Line {
	terms := func(vocabulary string, list []record.Str) string {
		var out []string
		for _, s := range list {
			out = append(out, termInVietnamese(vocabulary, s.V, ""))
		}
		return strings.Join(out, ", ")
	}
	size := "cạnh dài không quá " + p.said.MaxPx.V + " điểm ảnh"
	if p.said.MaxPx.V == "full" {
		size = "không giới hạn"
	}
	var out []annex.Line
	if len(p.said.Fonds) > 0 {
		out = append(out, annex.Line{Label: "Phông", Text: p.Fonds + " – " + p.fondsTitle()})
	}
	if len(p.said.Records) > 0 {
		out = append(out, annex.Line{Label: "Bản ghi", Text: strings.Join(values(p.said.Records), ", ")})
	}
	if p.o.OpenEnded {
		out = append(out, annex.Line{Label: "Bản ghi về sau", Text: "quyết định tính cả những bản ghi thêm vào phạm vi này sau khi ký"})
	}
	return append(out, annex.Line{Label: "Phần công bố", Text: terms("part", p.said.Parts)},
		annex.Line{Label: "Mục đích", Text: terms("purpose", p.said.Purposes)}, annex.Line{Label: "Cỡ ảnh", Text: size})
}

// fondsTitle is the title of the fonds, which is among the records proposed.
func (p *proposal) fondsTitle() string {
	for _, d := range p.dockets {
		if d.ID == p.Fonds {
			return d.Title
		}
	}
	return ""
}
