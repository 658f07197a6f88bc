package plan

import (
	"fmt"
	"iter"
	"maps"
	"sync"
	"unicode"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/cite"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/edition"
	"vitrine/generator/internal/pagetext"
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
	Shelf   *edition.Shelf // what was released; nil for nothing
	// Why words why a record has no page, for messages alone; ok is false where
	// nothing is known of it. May be nil.
	Why func(id string) (why diag.Text, ok bool)
	// Images returns the derivatives of a master, given by its path in the
	// tree, no longer than maxPx on any side (0 is no limit). It is cheap
	// when they were made before.
	Images func(master string, maxPx int32) []derive.Derived
	// Waves returns how loud the sound of a recording, given by its path in the
	// content, is in each of its parts, from 0 to 255; nil where that is not to be drawn.
	Waves func(master string) []byte
	// Frames returns the derivatives of a picture of a film, given as a master is for Images, that
	// stands for it before it is played; none where there is none. May be nil.
	Frames func(master string, maxPx int32) []derive.Derived
	// Texts returns the text of each page of a PDF, given by its path in the
	// tree. May be nil.
	Texts func(master string) []pagetext.Page
	// Files returns the published copy of the file of a PDF, given as a master is; ok is
	// false where there is none. May be nil.
	Files func(master string) (d derive.Derived, ok bool)
	// Placards draws what pages are shared by; nil where there are no typefaces for it.
	Placards *Placards
	// Orientation returns how the pixels of a master lie in its file, 2 to 8 as EXIF
	// numbers it; less where they are upright. May be nil.
	Orientation func(master string) int
	// Recordings returns the published copy of a sound or film, given as a master is.
	Recordings func(master string, film bool) []derive.Derived
	Text       func(lang, key string, args ...any) string
	Assets     func(root string) page.Assets

	Data bool   // with the files about the whole archive
	Room string // folder for what is not held in memory
	// SizeOf returns how many bytes a file of the site has that no page is, 0 where that is not
	// known yet. It is asked by late jobs alone; may be nil.
	SizeOf func(file string) int64

	// For keys: Base tells the program and the order it was given from any
	// other, Digest what pages of a kind are made with, FileState a source
	// file from any other; that of a folder ends in a slash.
	Base      string
	Digest    func(kind string) [32]byte
	FileState func(file string) string
}

// Plan knows every page of the site. It is read by many goroutines.
type Plan struct {
	Input
	*state
	Catalog *view // in place of that of Input
	urls    page.URLs
	langs   []string

	labels      map[string]record.Text
	references  map[string]catalog.ReferenceWords // by language
	forms       map[string]record.Text
	groups      map[string]string // of forms
	years       *years
	pages       []pageRef
	strips      map[int32][]int32
	halls       []selection // the galleries, the whole one first
	cabinets    []cabinet   // all records by form, in the order of its id
	months      []month     // what has a day of the year
	axis        axis
	leastDrawer int                          // see [leastDrawer]
	history     *history                     // what the editions say of records
	tombs       map[string]catalog.Tombstone // by id
	redirects   []redirect                   // in the order of their paths
	lost        []Lost                       // addresses that were released and lead nowhere now
	ceased      ceased
	planned     *diag.List            // faults found before any page was composed
	foretold    map[[16]byte]struct{} // what they say
}

// state is what all composers of a plan share and add to.
type state struct {
	frames       sync.Map // frameKey → *frame
	repositories sync.Map // id → *record.Repository
	cuts         sync.Map // listID → []int32, where the pages of a long list begin
	orders       sync.Map // indexOrder → []int32, an index in the order of a language
	registers    sync.Map // row of a fonds → []int32
	answers      sync.Map // of questions that take long to answer
	holdOnce     sync.Once
	held         holding // see holds
	latestOnce   sync.Once
	latestDay    string // see latest
	foreignOnce  sync.Once
	foreign      map[int32][]int32 // see gatherForeign
	digests      sync.Map          // kind of page → [32]byte
	agentKinds   sync.Map          // row of an agent → what it is
	asked        asked             // by the pages of the site

	mu    sync.Mutex
	said  map[[16]byte]struct{} // what the faults say that were found
	found *diag.List            // while pages were composed
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
	Path string
	Lang string
	Kind string // of page, as its template is named
	// Compose makes a struct of package page. questions is what the page asked
	// for, see [Plan.Key]; empty where its key would say too little.
	Compose func() (v any, questions string, err error)

	given func() any // what was found when the page was planned; may be nil
}

// Given sums up what was found when the page was planned. ok is false where
// the page shows nothing but answers to what it asks.
func (j Job) Given() (sum [16]byte, ok bool) {
	if j.given == nil {
		return sum, false
	}
	return sumOf(j.given()), true
}

// New plans the site.
func New(in Input) (*Plan, error) {
	p := &Plan{Input: in, langs: in.Tree.Languages(), labels: map[string]record.Text{}, forms: map[string]record.Text{}, groups: map[string]string{}, state: &state{said: map[[16]byte]struct{}{}, found: &diag.List{}},
		Catalog: &view{cat: in.Catalog, thumbs: in.Thumbs}}
	p.urls = page.URLs{Languages: p.langs}
	p.asked.begin(in.Catalog)
	for _, l := range in.Config.Profile.Labels {
		p.labels[l.Key] = l.Text
	}
	for _, f := range in.Config.Profile.Forms {
		p.forms[f.ID.V], p.groups[f.ID.V] = f.Label, f.Group.V
	}
	p.wordReferences()
	p.readPages()
	p.years = p.countYears()
	p.axis, p.months = p.years.axis(), p.countDays()
	p.strips = p.gatherStrips()
	p.halls = p.selections()
	p.cabinets, p.leastDrawer = p.sortForms(), leastDrawer(in.Catalog.Len(catalog.Unit))
	p.checkSite()
	if err := p.remember(); err != nil {
		return nil, err
	}
	p.checkHarvest()
	p.planned, p.found, p.foretold = p.found, &diag.List{}, maps.Clone(p.said)
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

// Planned are the faults found before any page was composed, each once.
func (p *Plan) Planned() *diag.List { return p.planned }

// Composed are the other faults found while pages were composed, each once.
func (p *Plan) Composed() *diag.List { return p.found }

// report keeps a fault; the same one is met again in every language.
func (p *Plan) report(ds ...diag.Diagnostic) {
	if q := p.Catalog.q; q != nil && len(ds) > 0 {
		q.told = true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, d := range ds {
		key := sayingOf(d)
		if _, told := p.said[key]; !told {
			p.said[key] = struct{}{}
			p.found.Add(d)
		}
	}
}

// sayingOf tells a fault from any other.
func sayingOf(d diag.Diagnostic) [16]byte { return shortSum(fmt.Append(nil, d.Pos, d.Code, d.Msg.En)) }

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

// why words why a record has no page, as far as that is known.
func (p *Plan) why(id string) (why diag.Text, ok bool) {
	if p.Why == nil {
		return why, false
	}
	return p.Why(id)
}

func (p *Plan) notPublic(id string, at diag.Pos) diag.Diagnostic {
	if why, ok := p.why(id); ok {
		return diag.Errorf("ref-not-public", at, "%[1]q chưa được công bố: %[2]s", "%[1]q is not public: %[3]s", id, why.Vi, why.En).
			WithHint("bỏ đi, hoặc hoàn tất việc cho phép công bố bản ghi ấy", "take it out, or complete the clearance of that record")
	}
	return diag.Errorf("ref-not-public", at, "%q không có hoặc chưa được công bố", "%q does not exist or is not public", id).
		WithHint("sửa mã, bỏ đi, hoặc hoàn tất việc cho phép công bố bản ghi ấy", "mend the id, take it out, or complete the clearance of that record")
}

// Jobs yields every page, language by language, in the order of output, behind them
// the descriptions for viewers, and before all the descriptions of whole fonds: one may
// take as long as thousands of pages, and would be waited for at the end.
func (p *Plan) Jobs() iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if !each(p.findingJobs(), yield) || !each(p.fondsReferenceJobs(), yield) || !each(p.tableJobs(), yield) || !each(p.wholeJobs(), yield) {
			return
		}
		for _, lang := range p.langs {
			for _, group := range []func(lang string) iter.Seq[Job]{
				p.homeJobs, p.fondsJobs, p.unitJobs, p.tombstoneJobs, p.galleryJobs, p.timelineJobs, p.daysJobs,
				p.authorityJobs, p.browseJobs, p.searchJobs, p.downloadsJobs, p.repositoryJobs, p.exhibitionJobs, p.articleJobs, p.notFoundJobs, p.redirectJobs,
			} {
				for job := range group(lang) {
					if !yield(job) {
						return
					}
				}
			}
		}
		for _, lang := range p.langs {
			if !each(p.placardJobs(lang), yield) {
				return
			}
		}
		_ = each(p.referenceJobs(), yield) && each(p.manifestJobs(), yield) && each(p.allCollectionJobs(), yield)
	}
}

// one is a sequence of a single job.
func (p *Plan) one(kind, lang, path string, compose func(c *composer) any) iter.Seq[Job] {
	return func(yield func(Job) bool) { yield(p.job(kind, lang, path, nil, compose)) }
}

// job plans a page. given is everything that compose takes from where it was
// planned, rather than by asking.
func (p *Plan) job(kind, lang, path string, given func() any, compose func(c *composer) any) Job {
	return Job{Kind: kind, Path: path, Lang: lang, given: given, Compose: func() (any, string, error) {
		asking, q := *p, newInquiry()
		asking.Catalog = &view{cat: p.Catalog.cat, thumbs: p.Catalog.thumbs, q: q}
		c := &composer{Plan: &asking, lang: lang, path: path}
		v := compose(c)
		c.describePage(v)
		if q.told || c.err != nil {
			return v, "", c.err
		}
		p.asked.note(q, kind, lang)
		return v, q.code(p.Catalog.cat, given), nil
	}}
}
