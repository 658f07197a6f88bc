package generator

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/location"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
	"vitrine/generator/page"
)

// ClearanceOptions say what a new clearance is to cover.
type ClearanceOptions struct {
	Content   string
	Fonds     string   // the whole of a fonds; may be empty
	Records   []string // ids and ranges of ids, each or several between commas; may be empty
	Parts     []string // description and images where empty
	Purposes  []string // exhibition on the web where empty
	MaxPx     string   // longest side of published images in pixels, or "full"; 1600 where empty
	OpenEnded bool     // also what is added later
	Annex     string   // folder of the annex; ho-so-cong-bo/ID beside the content where empty
	Progress  Progress
}

// AnnexName is the name of the annex in its folder.
const AnnexName = "danh-muc.html"

// NewClearance writes a decision that allows nothing until its number, date
// and signatory are filled in: the clearance, with the hash of every master of
// its records and of all that the decided parts show beside it, such as
// transcripts; the list of their ids beside it; and outside the content the
// annex for signature, with every page in miniature. What is to be decided on
// is, as a rule, not public, so the annex shows it whatever its access says.
//
// It returns the paths of what it wrote: those in the content folder relative
// to it, then the annex. Nothing is overwritten, and where there is an error
// nothing was written.
func NewClearance(ctx context.Context, id string, o ClearanceOptions) ([]string, error) {
	if err := vi.ValidID(id, page.Reserved()...); err != nil {
		return nil, badID(id, err)
	}
	n, err := openNew(ctx, id, NewOptions{Content: o.Content, Fonds: o.Fonds})
	if err != nil {
		return nil, err
	}
	defer n.tree.Close()
	p := &proposal{newDescription: n, o: o, progress: Options{Progress: o.Progress}.progress()}
	defer p.progress.Done()
	for _, step := range []func(context.Context) error{p.ask, p.place, p.gather, p.freeze, p.write} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return p.written, nil
}

// proposal is a clearance in the making.
type proposal struct {
	*newDescription
	o        ClearanceOptions
	progress Progress

	said    record.Scope // as the clearance will say it
	scope   access.Scope
	annex   string    // folder
	dockets []*docket // of the records in the scope, in the order of their ids
	list    string    // of these ids
	covers  record.Covers
	begun   bool // the annex is there, at least in part
	written []string
}

// ask turns the options into what the clearance says.
func (p *proposal) ask(context.Context) error {
	parts, noPart := chosen("--parts", "part", p.o.Parts, "metadata", "images")
	purposes, noPurpose := chosen("--purposes", "purpose", p.o.Purposes, "web-exhibition")
	size, noSize := longestSide(p.o.MaxPx)
	p.said = record.Scope{Parts: parts, Purposes: purposes, MaxPx: record.Str{V: size}}
	return first(noPart, noPurpose, noSize, p.askWhich())
}

// askWhich turns the options into a scope of records.
func (p *proposal) askWhich() error {
	if p.o.Fonds != "" || len(p.o.Records) == 0 {
		early := p.o.OpenEnded && vi.ValidID(p.Fonds, page.Reserved()...) == nil // it may come before the fonds
		if err := p.chooseFonds(); err != nil && !early {
			return err
		}
		p.said.Fonds = []record.Str{{V: p.Fonds}}
	}
	for _, r := range splitAll(p.o.Records) {
		p.said.Records = append(p.said.Records, record.Str{V: r})
	}
	var bad []record.Str
	if p.scope, bad = access.NewScope(p.said); len(bad) > 0 {
		return wrongUse("%q không phải khoảng mã, ví dụ mau-0001..mau-0042", "%q is no range of ids, such as mau-0001..mau-0042", bad[0].V)
	}
	return nil
}

// longestSide is max_px as a clearance says it.
func longestSide(given string) (string, error) {
	if given == "" {
		return strconv.Itoa(access.DefaultMaxPx), nil
	}
	if n, err := strconv.Atoi(given); given != "full" && (err != nil || n < 1 || strconv.Itoa(n) != given) {
		return "", wrongUse("--max-px %q: cần một số điểm ảnh, hoặc full", "--max-px %q: a number of pixels is needed, or full", given)
	}
	return given, nil
}

// splitAll takes lists apart that stand between commas or blanks.
func splitAll(lists []string) []string {
	return strings.FieldsFunc(strings.Join(lists, ","), func(r rune) bool { return r == ',' || r == ' ' })
}

// chosen are values of a closed list, or those that stand for none.
func chosen(option, vocabulary string, given []string, usual ...string) (out []record.Str, err error) {
	values := splitAll(given)
	if len(values) == 0 {
		values = usual
	}
	var known []string
	for _, t := range record.Vocabulary(vocabulary) {
		known = append(known, t.Key)
	}
	for _, v := range values {
		if !slices.Contains(known, v) {
			e := wrongUse("%s: không có %q; chọn trong: %s", "%s: there is no %q; choose from: %s", option, v, strings.Join(known, ", "))
			if near := vi.Similar(v, known); near != "" {
				e.Hint = diag.T("có phải %q?", "did you mean %q?", near)
			}
			return nil, e
		}
		out = append(out, record.Str{V: v})
	}
	return out, nil
}

func (p *proposal) yamlName() string { return "clearances/" + p.ID + ".yaml" }
func (p *proposal) listName() string { return "clearances/" + p.ID + ".txt" }

// place finds out where everything goes, and that nothing is there yet.
func (p *proposal) place(context.Context) error {
	p.annex = p.o.Annex
	if p.annex == "" {
		p.annex = filepath.Join(filepath.Dir(location.Real(p.o.Content)), "ho-so-cong-bo", p.ID)
	}
	if err := p.apartFromSite(); err != nil {
		return err
	}
	for _, name := range []string{p.yamlName(), p.listName()} {
		if _, err := p.tree.Root().Lstat(name); err == nil {
			return exists(name)
		}
	}
	if _, err := os.Lstat(filepath.Join(p.annex, AnnexName)); err == nil {
		return exists(filepath.Join(p.annex, AnnexName))
	}
	return nil
}

func exists(name string) error {
	return &UserError{Msg: diag.T("tệp %s đã có", "the file %s exists already", name), Hint: diag.T("chọn mã khác", "choose another id")}
}

// apartFromSite refuses a folder of the annex that lies in the content or in a
// site: the annex shows what is not public.
func (p *proposal) apartFromSite() error {
	dir, exposed := location.Exposed(p.annex, p.o.Content)
	if !exposed {
		return nil
	}
	return &UserError{Usage: true, Msg: diag.T("hồ sơ kèm theo quyết định không được nằm trong %s", "the annex of a decision may not lie in %s", dir),
		Hint: diag.T("hồ sơ có tài liệu chưa công bố; chọn thư mục khác bằng --annex", "it shows records that are not public; choose another folder with --annex")}
}
