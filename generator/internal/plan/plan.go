package plan

import (
	"fmt"
	"iter"
	"slices"
	"sync"
	"unicode"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/cite"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// Input is what a plan is made from.
type Input struct {
	Config  content.Config
	Tree    *content.Tree
	Catalog *catalog.Catalog
	Thumbs  *catalog.Thumbs
	Gate    *access.Gate
	Cite    *cite.Styles
	Pages   []content.File // of content/pages that are cleared
	// Images returns the derivatives of a master, given by its path in the
	// tree, no longer than maxPx on any side (0 is no limit). It is cheap
	// when they were made before.
	Images func(master string, maxPx int32) []derive.Derived
	Text   func(lang, key string, args ...any) string
	Assets func(root string) page.Assets
}

// Plan knows every page of the site. It is read by many goroutines.
type Plan struct {
	Input
	urls   page.URLs
	langs  []string
	frames sync.Map // frameKey → *frame
	cuts   sync.Map // listID → []int32, where the pages of a long list begin
	orders sync.Map // indexOrder → []int32, an index in the order of a language

	repositories sync.Map // id → *record.Repository
	labels       map[string]record.Text
	references   map[string]catalog.ReferenceWords // by language
	forms        map[string]record.Text
	years        *years
	pages        []pageRef
	strips       map[int32][]int32
	halls        []selection // the galleries, the whole one first
	axis         axis

	mu   sync.Mutex
	said map[string]bool
	ds   []diag.Diagnostic
}

// pageRef is a page of content/pages and its place among its siblings.
type pageRef struct {
	file  content.File
	name  string
	order int
	menu  bool
}

// Job is one page to be made.
type Job struct {
	Path    string
	Lang    string
	Compose func() (any, error) // a struct of package page
}

// New plans the site.
func New(in Input) (*Plan, error) {
	p := &Plan{Input: in, langs: in.Tree.Languages(), labels: map[string]record.Text{}, forms: map[string]record.Text{}, said: map[string]bool{}}
	p.urls = page.URLs{Languages: p.langs}
	for _, l := range in.Config.Profile.Labels {
		p.labels[l.Key] = l.Text
	}
	for _, f := range in.Config.Profile.Forms {
		p.forms[f.ID.V] = f.Label
	}
	p.wordReferences()
	p.readPages()
	p.years = p.countYears()
	p.axis = p.years.axis()
	p.strips = p.gatherStrips()
	p.halls = p.selections()
	p.checkSite()
	return p, nil
}

// wordReferences words the parts of a reference as the profile has them, with
// a no-break space before the number.
func (p *Plan) wordReferences() {
	p.references = map[string]catalog.ReferenceWords{}
	for _, lang := range p.langs {
		c := &composer{Plan: p, lang: lang}
		var words catalog.ReferenceWords
		for i, part := range []string{"", "inventory", "unit", "folios"} {
			if part != "" {
				words[i] = lowerFirst(c.referenceLabel(part)) + "\u00a0"
			}
		}
		p.references[lang] = words
	}
}

// lowerFirst turns a label into words within a line; abbreviations such as
// ĐVBQ keep their capitals.
func lowerFirst(s string) string {
	r := []rune(s)
	if len(r) > 1 && unicode.IsUpper(r[1]) {
		return s
	}
	if len(r) > 0 {
		r[0] = unicode.ToLower(r[0])
	}
	return string(r)
}

// Diagnostics are the faults found while pages were composed, each once.
func (p *Plan) Diagnostics() []diag.Diagnostic {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.ds)
}

// report keeps a fault; the same one is met again in every language.
func (p *Plan) report(ds ...diag.Diagnostic) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, d := range ds {
		key := fmt.Sprint(d.Pos, d.Code, d.Msg.En)
		if !p.said[key] {
			p.said[key] = true
			p.ds = append(p.ds, d)
		}
	}
}

// checkSite checks what site.yaml names.
func (p *Plan) checkSite() {
	s := p.Config.Site
	named := append([]record.Str{s.Home.Lead, s.Repository}, s.Home.Exhibitions...)
	for _, id := range named {
		if id.V == "" {
			continue
		}
		if _, ok := p.Catalog.Find(id.V); !ok && id != s.Repository {
			p.report(p.notPublic(id.V, id.At.In(s.File)))
		}
	}
}

func (p *Plan) notPublic(id string, at diag.Pos) diag.Diagnostic {
	return diag.Errorf("ref-not-public", at, "%q không có hoặc chưa được công bố", "%q does not exist or is not public", id).
		WithHint("sửa mã, bỏ đi, hoặc hoàn tất việc cho phép công bố bản ghi ấy", "mend the id, take it out, or complete the clearance of that record")
}

// Jobs yields every page, language by language, in the order of output.
func (p *Plan) Jobs() iter.Seq[Job] {
	return func(yield func(Job) bool) {
		for _, lang := range p.langs {
			for _, group := range []func(lang string) iter.Seq[Job]{
				p.homeJobs, p.fondsJobs, p.unitJobs, p.tombstoneJobs, p.galleryJobs, p.timelineJobs,
				p.authorityJobs, p.repositoryJobs, p.exhibitionJobs, p.articleJobs, p.notFoundJobs,
			} {
				for job := range group(lang) {
					if !yield(job) {
						return
					}
				}
			}
		}
	}
}

// one is a sequence of a single job.
func (p *Plan) one(lang, path string, compose func(c *composer) any) iter.Seq[Job] {
	return func(yield func(Job) bool) { yield(p.job(lang, path, compose)) }
}

func (p *Plan) job(lang, path string, compose func(c *composer) any) Job {
	return Job{Path: path, Lang: lang, Compose: func() (any, error) {
		c := &composer{Plan: p, lang: lang, path: path}
		v := compose(c)
		return v, c.err
	}}
}
