package generator

import (
	"context"
	"errors"
	"sync"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/pdf"
	"vitrine/generator/internal/plan"
	"vitrine/generator/internal/record"
)

// scan reads the whole tree once and keeps summaries.
type scan struct {
	tree    *content.Tree
	config  content.Config
	gate    *access.Gate
	builder *catalog.Builder
	cleared bool // an object of some record names a decision of its own
	ahead   *access.Calendar
	latest  edtf.Day // for which the site was built before; 0 where nothing is known
	memory  *memory  // of what the last build saw
	states  sync.Map // of source files, as pages tell them apart
	pages   []content.File
	pdfs    *pdf.Engine // looks into PDF files; nil where none is to be looked into
	diags   *diag.List

	searched map[ledger.Hash]struct{} // PDF files that were found to hide nothing, or whose findings are among diags

	masters    masters
	waveless   undecodable // sounds
	posterless undecodable // films

	workers int
	drafts  bool              // for a preview, never for a build
	told    func(path string) // of every file that is read or compared, see Options.Read; may be nil
	before  glance            // how the sources beside the records lay when the reading began
	linked  bool              // there are links below fonds/: a file may change where nobody looks
	changed []string          // texts below fonds/ that are not as the last build saw them

	decisions []record.Clearance // in the order in which the gate numbers them
}

// read goes through the kinds of record in the order in which they name each
// other: decisions, authorities, units, exhibitions, pages.
func (s *scan) read(ctx context.Context, o Options, p Progress) error {
	day, err := o.day()
	if err != nil {
		return err
	}
	if s.memory == nil {
		s.memory = newMemory("")
	}
	s.before = glanceAt(s.tree)
	s.memory.look(s.tree)
	s.configure(o.BaseURL)
	s.judgeBy(day)
	if err := s.memory.begin(s.tree.Rules()); err != nil {
		return err
	}
	s.authorities()
	p.Phase(diag.Text{Vi: "Đọc bản ghi", En: "Reading records"}, 0)
	if err := s.units(ctx, p); err != nil {
		return err
	}
	if s.pdfs != nil && !o.Markings { // else it is needed once more
		if err := s.pdfs.Close(); err != nil {
			return err
		}
	}
	s.exhibitions()
	s.articles()
	return nil
}

// configure reads how the site is set up. An address that is given overrides
// that of site.yaml.
func (s *scan) configure(baseURL string) {
	config, ds := s.tree.Config()
	s.diags.Add(ds...)
	for _, p := range s.tree.Strays() {
		s.diags.Add(ignored(p))
	}
	if baseURL != "" {
		config.Site.BaseURL = record.Str{V: baseURL}
	}
	s.config = config
}

// judgeBy reads the decisions, by which all that follows is judged.
func (s *scan) judgeBy(day edtf.Day) {
	clearances := s.clearances()
	s.decisions = clearances
	judge := access.New
	if s.drafts {
		judge = access.NewDraft
	}
	gate, ds := judge(clearances, day)
	s.diags.Add(s.weighed(ds)...)
	gate.Hold(s.config.Profile.Closing)
	gate.Grade(access.DegreesOf(s.config.Profile.Secrecy))
	s.gate, s.ahead = gate, gate.Calendar(clearances)
	s.builder = catalog.NewBuilder(s.tree.Languages(), gate)
	for i := range clearances {
		s.builder.AddClearance(&clearances[i])
	}
}

// weighed are findings on clearances, as grave as the site will have them.
func (s *scan) weighed(ds []diag.Diagnostic) []diag.Diagnostic {
	for i := range ds {
		if ds[i].Code == "clearance-review" && s.config.Site.Publication.ReviewOverdue.V == "error" {
			ds[i].Severity = diag.Error
		}
	}
	return ds
}

// files yields the files of folders; what cannot be read is reported.
func (s *scan) files(dirs ...string) func(yield func(content.File) bool) {
	return func(yield func(content.File) bool) {
		for f, err := range s.tree.Files(dirs...) {
			if err != nil {
				s.diags.Add(unread(f.Path, err))
				continue
			}
			if f.Kind == content.KindStray {
				s.diags.Add(ignored(f.Path))
				continue
			}
			if !yield(f) {
				return
			}
		}
	}
}

func unread(p string, err error) diag.Diagnostic {
	if errors.Is(err, content.ErrLink) {
		return diag.Errorf("file-unreadable", diag.Pos{File: p}, "đây là một liên kết: không có gì được đọc qua nó", "this is a link: nothing is read through it").
			WithHint("đặt chính thư mục hoặc tệp ấy vào đây thay cho liên kết, hoặc xoá liên kết", "put the folder or the file itself here in place of the link, or remove the link")
	}
	return diag.Errorf("file-unreadable", diag.Pos{File: p}, "không đọc được: %v", "cannot be read: %v", err)
}

func ignored(p string) diag.Diagnostic {
	return diag.Warnf("file-ignored", diag.Pos{File: p}, "không có gì được đọc từ đây", "nothing is read from here").
		WithHint("kiểm tra tên và chỗ đặt: tệp bản ghi có đuôi .yaml và nằm trong fonds/<mã phông>/records", "check its name and place: files of records end in .yaml and lie in fonds/<id>/records")
}

func (s *scan) clearances() []record.Clearance {
	var out []record.Clearance
	for f := range s.files("clearances") {
		content.ReadAuthorities(s.tree, f, func(c *record.Clearance, _ int, ds []diag.Diagnostic) {
			s.diags.Add(ds...)
			if c != nil {
				out = append(out, *c)
			}
		})
	}
	return out
}

func (s *scan) authorities() {
	b := s.builder
	for f := range s.files("repositories", "agents", "places", "events", "subjects") {
		switch f.Kind {
		case content.KindRepository:
			readEach(s, f, b.AddRepository)
		case content.KindAgent:
			readEach(s, f, b.AddAgent)
		case content.KindPlace:
			readEach(s, f, b.AddPlace)
		case content.KindEvent:
			readEach(s, f, b.AddEvent)
		case content.KindSubject:
			readEach(s, f, b.AddSubject)
		}
	}
}

func readEach[T content.Authority](s *scan, f content.File, add func(*T, record.Loc)) {
	content.ReadAuthorities(s.tree, f, func(v *T, line int, ds []diag.Diagnostic) {
		s.diags.Add(ds...)
		if v != nil {
			add(v, record.Loc{File: f.Path, Line: line})
		}
	})
}

// exhibitions are published when their access block says so and a decision
// stands behind them.
func (s *scan) exhibitions() {
	for f := range s.files("exhibitions") {
		e, ds := s.tree.Exhibition(f)
		s.diags.Add(ds...)
		if e == nil {
			continue
		}
		s.ahead.Exhibition(e)
		ok, why := s.gate.Exhibition(e)
		if s.diags.Add(why...); !ok {
			continue
		}
		s.builder.AddExhibition(e, plan.Names(s.tree, f, e), record.Loc{File: f.Path, Line: int(e.At.Line)})
	}
}

// articles are the pages of content/pages; what is wrong with one is told when it is
// planned, but for files that make none.
func (s *scan) articles() {
	s.diags.Add(s.tree.LonePages()...)
	for f := range s.files("pages") {
		s.pages = append(s.pages, f)
		if p, _, ok := s.tree.Page(f, s.tree.Languages()[0]); ok {
			s.ahead.Page(f.Path, p.Meta.Access)
		}
	}
}
