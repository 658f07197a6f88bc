package generator

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/exchange/ead"
	"vitrine/generator/internal/excise"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/location"
	"vitrine/generator/internal/manifest"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/publish"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/render"
	"vitrine/generator/page"
)

// CutReport says how a record was cut out of a site that could not be built.
type CutReport struct {
	Tombstones []string // pages of the record and of those beneath it, which are notices now
	Beneath    []string // ids of the records beneath it
	Lists      int      // lists and downloads that are gone
	Pictures   int      // files of pictures that are gone
	Pages      int      // pages from which it was cut
	Notices    []string // pages that gave way to a notice, until the next build
	Index      bool     // the index of the search is gone
	Unsought   []string // ids and titles too common to be looked for
	Result     publish.Result

	left []string // files that are gone, at most maxRemains
}

// surgery is the removal of one record from the site as it lies there.
type surgery struct {
	ctx     context.Context
	workers int
	out     string
	target  *publish.Target
	stage   *publish.Stage
	cut     *excise.Cut
	named   excise.Named      // by pages that stay as they are, and by those that were cut
	kept    map[string]bool   // pages of lists that go, at addresses that an edition released
	notice  []ead.Words       // why something is not to be seen
	server  map[string][]byte // files for web servers that lie in the site, as they are from now on
	report  *CutReport
}

// cut takes a record out of the last edition of the site, all or nothing.
func (o WithdrawOptions) cut(ctx context.Context, u *record.Unit, r *render.Renderer, rep *WithdrawReport) (*CutReport, error) {
	target, err := publish.Open(o.Out, publish.Options{Adopt: o.Adopt, Mark: marked})
	if err != nil {
		return nil, userError(err)
	}
	defer target.Close()
	n := notices{r, u}
	s := &surgery{ctx: ctx, workers: o.workers(), out: location.Real(o.Out), target: target, cut: excise.New(cmp.Or(o.known, o.ID)), server: map[string][]byte{}, report: &CutReport{}}
	s.cut.Tombstone, s.cut.Beneath, s.cut.Least, s.cut.Notice = n.tombstone, n.beneath, n.least, n.notice
	s.cut.MovedIn(o.beneathNow()...)
	s.cut.Named, s.cut.Silent = u.Withdrawn.SaysMore(), n.silent
	goesOn := rep.goesOnTelling(u)
	s.cut.MayTell = func(id string) bool { return goesOn && rep.Build.telling[id] != "" }
	for _, lang := range []string{"vi", "en"} {
		s.notice = append(s.notice, ead.Words{Lang: lang, Text: r.Text(lang, "updating.why")})
	}
	if err := readFrames(s.cut, s.out); err != nil {
		return nil, userError(err)
	}
	if err := s.look(titlesOf(u)); err != nil {
		return nil, err
	}
	if !s.cut.Found() {
		rep.Notes = append(rep.Notes, diag.T("trang ở %s không có bản ghi này", "the site in %s has no page of this record", o.Out))
		return s.report, nil
	}
	base := o.BaseURL
	if base == "" {
		base = rep.base
	}
	gone, err := s.addresses(o.Content, base != "")
	if err != nil {
		return nil, userError(err)
	}
	site := hosted(base, append(s.cut.Notices(), gone...), r.LostStyle())
	for _, kind := range rep.server {
		for _, f := range site.Inside(kind) {
			s.server[f.Name] = []byte(f.Data)
		}
	}
	if err := s.commit(); err != nil {
		return nil, userError(err)
	}
	_, err = writeServer(target.StateDir(), site)
	return s.report, err
}

// readFrames reads what stands around every page of a site, from the home pages of
// its languages.
func readFrames(c *excise.Cut, out string) error {
	site := os.DirFS(out)
	homes, err := fs.Glob(site, "*/index.html")
	if err != nil {
		return err
	}
	for _, name := range append(homes, "index.html") {
		data, err := fs.ReadFile(site, name)
		if err == nil {
			err = c.Frame(data)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// look goes through the site until it is known what has to go.
func (s *surgery) look(titles []string) error {
	err := s.meet()
	if err == nil {
		s.cut.Seek(titles...)
		err = s.searchPages(s.cut.MayFind, s.find)
		s.cut.Close()
	}
	for sought := -1; err == nil && s.cut.Echoes() > sought; {
		sought = s.cut.Echoes()
		err = s.searchPages(s.concerns, func(file string) error {
			s.cut.Suspect(file)
			return nil
		})
		if err == nil {
			err = s.pages(s.cut.Spare)
		}
	}
	if err == nil {
		err = s.empty()
	}
	if err == nil {
		err = s.strand()
	}
	s.cut.Settle()
	return err
}

// empty takes out lists until none is left that has nothing to show.
func (s *surgery) empty() error {
	for more := true; more; {
		more = false
		err := s.pages(func(file string, data []byte) error {
			found, err := s.cut.Empty(file, data)
			more = more || found
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// strand takes out the pages of persons, places, events and subjects to which nothing leads
// any more, and the lists that are empty without them.
func (s *surgery) strand() error {
	strays := s.cut.Strays()
	for wanted := strays.Wanted(); len(wanted) > 0; wanted = strays.Wanted() {
		for _, file := range wanted {
			data, err := os.ReadFile(filepath.Join(s.out, filepath.FromSlash(file)))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			strays.Read(file, data)
		}
	}
	if strays.None() {
		return nil
	}
	err := s.searchPages(func(file string, data []byte) bool {
		strays.Anchor(file, data)
		return false
	}, nil)
	if err != nil || !strays.Leave() {
		return err
	}
	return s.empty()
}

// concerns reports whether a page must be looked at, and takes note of the pictures
// in one that stays as it is.
func (s *surgery) concerns(file string, data []byte) bool {
	if s.cut.Concerns(file, data) {
		return true
	}
	s.named.Note(data)
	return false
}

// meet goes through the files by their paths, and takes out those that nobody can look into.
func (s *surgery) meet() error {
	for w, err := range s.target.Owned() {
		if err != nil {
			return err
		}
		if s.cut.Meet(w.Path); !legible(w.Path) || page.IsWhole(w.Path) { // of the whole archive nothing can be cut with certainty
			s.cut.Drop(w.Path)
		}
	}
	return nil
}

// find looks at a page that may be of the record or beneath it, or a notice.
func (s *surgery) find(file string) error {
	data, err := os.ReadFile(filepath.Join(s.out, filepath.FromSlash(file)))
	if err != nil {
		return err
	}
	return s.cut.Find(file, data)
}

// searchPages hands on every page that is as match says, in their order; match
// is called by many workers.
func (s *surgery) searchPages(match func(file string, data []byte) bool, take func(file string) error) error {
	pages := func(yield func(string, error) bool) {
		for w, err := range s.target.Owned() {
			if (path.Ext(w.Path) == ".html" || err != nil) && !yield(w.Path, err) {
				return
			}
		}
	}
	return holding(s.ctx, s.workers, s.out, pages, match, take)
}

// legible reports whether a file can be searched, or holds nothing of a
// record: archives and tables of other programs are closed books.
func legible(file string) bool {
	if strings.HasPrefix(file, "assets/") || isPicture(file) || slices.Contains(serverFiles, file) {
		return true
	}
	return slices.Contains([]string{".html", ".xml", ".txt", ".js", ".json", ".css", ".csv", ".svg", ".jsonl", ".ris", ".bib"}, path.Ext(file))
}

// serverFiles are the files that web servers read from a site.
var serverFiles = []string{".htaccess", "_headers", "_redirects"}

// pages hands on every page, without its bytes where it stays whatever they are.
func (s *surgery) pages(do func(file string, data []byte) error) error {
	for w, err := range s.target.Owned() {
		if err == nil {
			err = s.ctx.Err()
		}
		if err != nil {
			return err
		}
		if path.Ext(w.Path) != ".html" {
			continue
		}
		var data []byte
		if !s.cut.Untouched(w.Path) {
			data, err = os.ReadFile(filepath.Join(s.out, filepath.FromSlash(w.Path)))
		}
		if errors.Is(err, fs.ErrNotExist) {
			continue // it went by itself
		}
		if err := first(err, do(w.Path, data)); err != nil {
			return err
		}
	}
	return nil
}

// commit stages the site without the record and puts it in place. The ledger
// keeps what the last build knew of the pages that stay; those that were cut
// have no key, so the next build makes them anew.
func (s *surgery) commit() (err error) {
	if s.stage, err = s.target.Stage(); err != nil {
		return err
	}
	defer s.stage.Abort()
	for _, pictures := range []bool{false, true} { // only when all else is put is it known which are named
		for w, err := range s.target.Owned() {
			if err == nil {
				err = s.ctx.Err()
			}
			if err == nil && isPicture(w.Path) == pictures {
				err = s.put(w)
			}
			if err != nil {
				return err
			}
		}
	}
	s.stage.Remember(ledger.KindAnswers, s.target.Rows(ledger.KindAnswers))
	listing := func(w io.Writer) error { return writeManifest(w, s.stage) }
	if err := stageStream(s.stage, manifest.Name, listing); err != nil {
		return err
	}
	if s.report.left, err = forget(s.target, s.stage); err != nil {
		return err
	}
	s.report.Tombstones, s.report.Beneath, s.report.Unsought = s.cut.Tombstones(), s.cut.Under(), s.cut.Unsought()
	s.report.Result, err = s.stage.Commit(s.ctx)
	return err
}

// put stages one file of the last edition as it may be shown from now on.
func (s *surgery) put(w ledger.Written) error {
	file := w.Path
	switch {
	case file == manifest.Name:
		return nil // made anew
	case slices.Contains(serverFiles, file):
		if data, ok := s.server[file]; ok {
			return s.stage.Write(file, data)
		}
		return nil
	case strings.HasPrefix(file, page.FolderSearch+"/"):
		s.report.Index = true // its words are in lists of all records: it goes as a whole
		return nil
	case s.kept[file]:
		return s.replace(file)
	case s.cut.Gone(file), isPicture(file) && !s.named.Has(file): // also what pages are shared with, which may show a sheet of the record
		s.left(file)
		return nil
	case excise.IsFinding(file), excise.IsReference(file):
		return s.finding(w)
	case strings.HasPrefix(file, "assets/"), isPicture(file), path.Ext(file) == ".html" && s.cut.Untouched(file):
		return s.keep(w, nil, nil)
	}
	data, err := os.ReadFile(filepath.Join(s.out, filepath.FromSlash(file)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.shown(w, data)
}

// left counts a file that goes.
func (s *surgery) left(file string) {
	switch {
	case isPicture(file):
		s.report.Pictures++
	case s.cut.Describes(file):
	case !slices.Contains(s.cut.Under(), strings.TrimSuffix(path.Base(file), ".html")):
		s.report.Lists++
	}
}

// shown stages a text file without the record.
func (s *surgery) shown(w ledger.Written, data []byte) error {
	var made []byte
	var err error
	switch path.Ext(w.Path) {
	case ".html":
		var what excise.Outcome
		made, what, err = s.cut.Page(w.Path, data)
		switch what {
		case excise.Cutout:
			s.report.Pages++
		case excise.Replaced:
			s.report.Notices = append(s.report.Notices, w.Path)
		}
	default:
		if path.Ext(w.Path) == ".xml" {
			made, err = s.cut.List(data)
		} else if made, err = s.cut.Description(w.Path, data); made != nil {
			s.report.Pages++
		}
		rest := made
		if rest == nil {
			rest = data
		}
		if err != nil || s.cut.Holds(w.Path, rest) {
			s.report.Lists++
			return nil // what cannot be cut goes as a whole
		}
	}
	if err != nil {
		return err
	}
	return s.keep(w, data, made)
}

// keep stages what was made of a file; without that, the file as it lies
// there, though somebody changed it since the build. data is nil where it was
// not read yet.
func (s *surgery) keep(w ledger.Written, data, made []byte) (err error) {
	if made != nil {
		s.named.Note(made)
	} else {
		s.named.Note(data)
	}
	if made == nil && s.target.Intact(w) {
		return s.stage.Keep(w.Path)
	}
	if made == nil {
		made = data
	}
	if made == nil {
		made, err = os.ReadFile(filepath.Join(s.out, filepath.FromSlash(w.Path)))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	if err != nil {
		return err
	}
	return s.stage.Write(w.Path, made)
}

// notices makes the pages that stand in place of others, with the templates of
// the program.
type notices struct {
	renderer *render.Renderer
	u        *record.Unit
}

func (n notices) render(p *page.Tombstone, lang string) ([]byte, error) {
	p.Layout = page.Layout{Kind: "tombstone", Lang: lang, Title: p.Heading, NoIndex: true}
	var b bytes.Buffer
	err := n.renderer.Render(&b, p)
	return b.Bytes(), err
}

// tombstone is the notice in the place of the record, with room for the contact
// that stands on the page. Its texts are set plain: there is no catalog in
// which a link could be looked up.
func (n notices) tombstone(lang string) ([]byte, error) {
	p := n.withdrawn(lang)
	if w := n.u.Withdrawn; w.SaysMore() {
		title, _ := n.u.Title.In(lang)
		p.Heading, p.Note, p.Decision = markup.Plain(title), plainWords(w.PublicNote, lang), plainWords(w.Decision, lang)
	}
	return n.render(p, lang)
}

// beneath is the notice in the place of a record beneath it: that it was
// withdrawn, when and why, whatever the level.
func (n notices) beneath(lang string) ([]byte, error) { return n.render(n.withdrawn(lang), lang) }

// least is the notice of another record, of which nothing is known here.
func (n notices) least(lang string) ([]byte, error) {
	return n.render(&page.Tombstone{Heading: n.renderer.Text(lang, "plan.withdrawn"), Contact: &page.Contact{}}, lang)
}

// silent are the headings of notices that say nothing of a record.
func (n notices) silent(lang string) (out []string) {
	for _, key := range []string{"plan.withdrawn", "plan.no-longer", "updating.heading"} {
		out = append(out, strings.Join(strings.Fields(n.renderer.Text(lang, key)), " "))
	}
	return out
}

func (n notices) withdrawn(lang string) *page.Tombstone {
	w := n.u.Withdrawn
	p := &page.Tombstone{Heading: n.renderer.Text(lang, "plan.withdrawn"), Contact: &page.Contact{}} // which the page has
	if d, err := edtf.Parse(w.Date.V); err == nil {
		p.Date = d.Words(lang)
	}
	if t, ok := record.Lookup("withdrawal_reason", w.PublicReason()); ok {
		p.Reason = t.In(lang)
	}
	return p
}

// notice stands in the place of a page that might still speak of the record.
func (n notices) notice(lang string) ([]byte, error) {
	return n.render(&page.Tombstone{Heading: n.renderer.Text(lang, "updating.heading"), Note: page.Words{HTML: markup.Text(n.renderer.Text(lang, "updating.why"))}}, lang)
}

func plainWords(t record.Text, lang string) page.Words {
	text, actual := t.In(lang)
	w := page.Words{HTML: markup.Text(markup.Plain(text))}
	if actual != lang {
		w.Lang = actual
	}
	return w
}
