package generator

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"slices"
	"sync"

	"vitrine/generator/diag"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/plan"
	"vitrine/generator/internal/record"
)

// images makes the sizes of cleared masters and remembers which of them the
// pages use, so that nothing else is published.
type images struct {
	cache *derive.Cache
	tree  *content.Tree
	ctx   context.Context
	use   func(d derive.Derived) error // called once for each size that a page shows
	used  sync.Map                     // name of a derivative → nil
	mu    sync.Mutex
	err   error

	headersOnly bool // for a check: nothing is decoded
}

// widths of the derivatives in pixels. A master between two of them is made
// at its own width too, so that a small scan can be read.
var widths = []int{320, 640, 1280}

func specs(own int, maxPx int32) []derive.Spec {
	var out []derive.Spec
	for _, w := range widths {
		if w <= own {
			out = append(out, derive.Spec{Width: w, MaxSide: int(maxPx)})
		}
	}
	if own < widths[len(widths)-1] && !slices.Contains(widths, own) {
		out = append(out, derive.Spec{Width: derive.Full, MaxSide: int(maxPx)})
	}
	return out
}

func (im *images) make(master string, maxPx int32) ([]derive.Derived, error) {
	m, err := im.cache.Master(im.ctx, im.tree.FS(), master)
	if err != nil {
		return nil, err
	}
	if im.headersOnly {
		return []derive.Derived{{Name: "-", Width: m.Info.Width, Height: m.Info.Height}}, nil
	}
	return im.cache.Make(im.ctx, im.tree.FS(), master, specs(m.Info.Width, maxPx))
}

// shown returns the sizes of a master for a page and has them published.
// What could not be made was reported when it was tried first.
func (im *images) shown(master string, maxPx int32) []derive.Derived {
	made, err := im.make(master, maxPx)
	if err != nil {
		return nil
	}
	for _, d := range made {
		if _, known := im.used.LoadOrStore(d.Name, nil); known || im.use == nil {
			continue
		}
		if err := im.use(d); err != nil {
			im.mu.Lock()
			im.err = first(im.err, err)
			im.mu.Unlock()
		}
	}
	return made
}

// failed is the first fault of publishing a derivative.
func (im *images) failed() error {
	im.mu.Lock()
	defer im.mu.Unlock()
	return im.err
}

// deriveAll makes the sizes of every image that may be shown and the
// thumbnail of every record that has one.
func (s *scan) deriveAll(ctx context.Context, c *catalog.Catalog, im *images, p Progress) (*catalog.Thumbs, error) {
	thumbs := catalog.NewThumbs(c)
	var rows []int32
	for row := range c.Of(catalog.Unit) {
		if c.Has(row, catalog.HasImages) {
			rows = append(rows, row)
		}
	}
	p.Phase(diag.Text{Vi: "Làm ảnh", En: "Making images"}, len(rows))
	work := make(chan int32)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var fault error
	for range s.workers {
		wg.Go(func() {
			for row := range work {
				th, ok, err := s.deriveUnit(c, row, im)
				mu.Lock()
				fault = first(fault, err)
				if ok {
					thumbs.Set(row, th)
				}
				mu.Unlock()
				p.Add(1)
			}
		})
	}
	for _, row := range rows {
		if ctx.Err() != nil {
			break
		}
		work <- row
	}
	close(work)
	wg.Wait()
	return thumbs, first(fault, context.Cause(ctx))
}

func (s *scan) deriveUnit(c *catalog.Catalog, row int32, im *images) (th catalog.Thumb, ok bool, err error) {
	loc := c.Loc(row)
	u, err := s.tree.Unit(plan.FileOf(c, row), loc)
	if err != nil {
		return th, false, err
	}
	v := c.Verdict(row)
	for _, o := range v.View(u).Objects {
		if !o.IsImage() {
			continue
		}
		master := content.MediaPath(c.ID(c.Fonds(row)), o.File.V)
		made, err := im.make(master, v.MaxPx)
		var fault *derive.Error
		if errors.As(err, &fault) {
			s.diags.Add(imageFault(u, o, fault))
			continue
		}
		if errors.Is(err, fs.ErrNotExist) {
			continue // the record was told so when it was read
		}
		if err != nil {
			return th, false, err
		}
		if err := s.asDecided(c, row, u, o, im, master); err != nil {
			return th, false, err
		}
		if !ok {
			th, ok = s.thumb(c, row, u, o, made), true
		}
	}
	return th, ok, nil
}

// asDecided compares a master with the hash that its clearance froze: a file
// that changed since the decision is not the one decided on.
func (s *scan) asDecided(c *catalog.Catalog, row int32, u *record.Unit, o record.Object, im *images, master string) error {
	want, frozen := s.gate.Frozen(c.Facts(row), o.File.V)
	if !frozen {
		return nil
	}
	m, err := im.cache.Master(im.ctx, im.tree.FS(), master)
	if err == nil && m.SHA256 != want {
		s.diags.Add(diag.Errorf("clearance-file", o.File.At.In(u.File), "tệp %s đã thay đổi sau quyết định %s", "the file %s has changed since the decision %s", o.File.V, u.Clearance.V).
			WithHint("xét lại tệp rồi ghi mã băm mới vào quyết định: %s", "review the file, then write its new hash into the clearance: %s", m.SHA256))
	}
	return err
}

func imageFault(u *record.Unit, o record.Object, e *derive.Error) diag.Diagnostic {
	return diag.Diagnostic{Code: "image-" + string(e.Kind), Severity: diag.Error, Pos: o.File.At.In(u.File),
		Msg:  diag.Text{Vi: o.File.V + " (" + u.ID.V + "): " + e.Vi, En: o.File.V + " (" + u.ID.V + "): " + e.En},
		Hint: diag.Text{Vi: e.HintVi, En: e.HintEn}}
}

// thumb takes the size of 320 pixels, and that of 640 for fine screens.
func (s *scan) thumb(c *catalog.Catalog, row int32, u *record.Unit, o record.Object, made []derive.Derived) catalog.Thumb {
	slices.SortFunc(made, func(a, b derive.Derived) int { return cmp.Compare(a.Width, b.Width) })
	th := catalog.Thumb{Name: made[0].Name, Width: made[0].Width, Height: made[0].Height}
	for _, d := range made[1:] {
		if d.Width == 2*th.Width {
			th.Large = d.Name
		}
	}
	credit := o.Credit
	if credit.IsZero() {
		credit = c.Inherited(row).Rights.Credit
	}
	for _, lang := range s.tree.Languages() {
		th.Alt = append(th.Alt, only(o.Alt, lang))
		th.Credit = append(th.Credit, only(credit, lang))
	}
	if th.Alt[0] == "" {
		th.Alt[0] = only(u.Title, s.tree.Languages()[0])
	}
	return th
}

// only is a text in a language and no other, plain.
func only(t record.Text, lang string) string {
	text, actual := t.In(lang)
	if actual != lang {
		return ""
	}
	return markup.Plain(text)
}
