package generator

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"

	"vitrine/generator/diag"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/cite"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/edition"
	"vitrine/generator/internal/exchange/harvest"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/manifest"
	"vitrine/generator/internal/pdf"
	"vitrine/generator/internal/plan"
	"vitrine/generator/internal/publish"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/render"
)

// The functions of this file stand in the order in which a build runs them.

// Build makes the site of a content tree in the folder o.Out. When the
// content has errors nothing is published and the error is ErrContent; the
// report says what they are.
func Build(ctx context.Context, o Options) (*Report, error) {
	renderer, err := o.renderer()
	if err != nil {
		return nil, fmt.Errorf("read the templates: %w", err)
	}
	return buildWith(ctx, o, renderer)
}

// buildWith is Build with templates that were parsed before.
func buildWith(ctx context.Context, o Options, renderer *render.Renderer) (*Report, error) {
	if err := first(apart(o.Content, o.Out), alone(o.Out), o.address(), o.notAhead()); err != nil {
		return nil, err
	}
	target, err := o.target()
	if err != nil {
		return nil, err
	}
	defer target.Close()
	if err := o.notBack(target.StateDir()); err != nil {
		return nil, err
	}
	return buildInto(ctx, o, renderer, target)
}

// buildInto makes the site of an output folder that is open, by options that
// were found to be sound.
func buildInto(ctx context.Context, o Options, renderer *render.Renderer, target *publish.Target) (*Report, error) {
	if err := cutOff(o, true); err != nil {
		return nil, err
	}
	b, err := openWith(o, renderer)
	if err != nil {
		return nil, err
	}
	defer b.close()
	defer b.progress.Done()
	b.report.Notes = notes(target)
	if report, ok := b.unchanged(target); ok && !o.Verify {
		report.Notes, report.AsOf = b.report.Notes, b.report.AsOf
		b.report = report
		return b.finish(nil)
	}
	return b.publish(ctx, target)
}

// target opens the output folder.
func (o Options) target() (*publish.Target, error) {
	t, err := publish.Open(o.Out, publish.Options{Adopt: o.Adopt, Distrust: o.Verify, Mark: marked, FS: o.Disk})
	if err != nil {
		return nil, userError(err)
	}
	return t, nil
}

// publish makes the site and puts it in place of the last one.
func (b *build) publish(ctx context.Context, target *publish.Target) (report *Report, err error) {
	ctx, overtakes, end := heed(ctx, target.StateDir())
	defer func() {
		if cause := context.Cause(ctx); err != nil && errors.Is(cause, errOvertaken) {
			err = cause
		}
		err = userError(err)
		end()
	}()
	b.overtakes = overtakes
	b.cacheDir = filepath.Join(filepath.Dir(target.StateDir()), derivativesDir)
	b.scan.memory, b.scan.latest = newMemory(target.StateDir()), latestOf(target.StateDir())
	stage, err := target.Stage()
	if err != nil {
		return nil, err
	}
	defer stage.Abort()
	b.publisher = &publisher{target: target, stage: stage, workers: b.scan.workers, done: map[record.Sum]struct{}{}}
	defer b.publisher.look()()
	if err := b.prepare(ctx); err != nil {
		return nil, err
	}
	if !b.report.ok() {
		return b.finish(first(ctx.Err(), b.scan.memory.keep(), ErrContent))
	}
	if err := b.complete(ctx, stage); err != nil {
		return b.finish(err)
	}
	if b.report.left, err = forget(target, stage); err != nil {
		return nil, err
	}
	if err := b.noteDay(target.StateDir()); err != nil {
		return nil, err
	}
	result, err := stage.Commit(ctx)
	if err != nil {
		return nil, err
	}
	b.report.Result = result
	b.report.manyFiles(&b.scan.config.Site)
	if err := first(b.release.end(), b.noteEditions(target.StateDir())); err != nil {
		return nil, err
	}
	if b.report.Server, err = writeServer(target.StateDir(), b.hosted()); err != nil {
		return nil, err
	}
	if err := b.outcomes(target.StateDir()); err != nil {
		return nil, err
	}
	order, err := b.order(target.StateDir())
	return b.finish(first(err, b.scan.memory.end(order, b.report)))
}

// noteDay keeps the day of the build, before its site is put in place.
func (b *build) noteDay(state string) error {
	day, err := b.o.day()
	if err != nil {
		return err
	}
	return noteLatest(state, day)
}

// complete stages every file of the site, and writes what goes with an edition
// where one is made.
func (b *build) complete(ctx context.Context, stage *publish.Stage) error {
	err := b.release.begin(ctx, b)
	if err == nil {
		err = b.fill(ctx, stage)
	}
	if err == nil {
		err = b.release.write(b, stage)
	}
	if err == nil {
		err = first(b.overtakes(), b.steady())
	}
	if err != nil {
		b.release.abandon()
	}
	return err
}

// Check reads and judges everything and composes every page, and writes
// nothing. Images are looked at as far as their headers. Where o asks for it,
// everything that lies in the content folder is searched for markings too.
func Check(ctx context.Context, o Options) (*Report, error) {
	if err := first(o.address(), cutOff(o, false)); err != nil {
		return nil, err
	}
	b, err := open(o)
	if err != nil {
		return nil, err
	}
	defer b.close()
	defer b.progress.Done()
	dir, err := os.MkdirTemp("", "vitrine-check-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	b.cacheDir, b.headersOnly = dir, true
	if err := b.prepare(ctx); err != nil {
		return nil, err
	}
	if err := b.render(ctx, func(j plan.Job, _ *bytes.Buffer) error { _, _, err := j.Compose(); return err }); err != nil {
		return b.finish(err)
	}
	if o.Markings {
		if err := b.lookForMarkings(ctx); err != nil {
			return b.finish(err)
		}
	}
	if !b.report.ok() {
		return b.finish(ErrContent)
	}
	return b.finish(nil)
}

// build is one run of the generator.
type build struct {
	o           Options
	progress    Progress
	scan        *scan
	renderer    *render.Renderer
	plan        *plan.Plan
	images      *images
	listing     *plan.Listing // of the pages that were gone through
	report      *Report
	cacheDir    string
	headersOnly bool
	publisher   *publisher // nil where nothing is published
	release     *releasing // nil where no edition is made
	manifest    [32]byte   // SHA-256 of the manifest that was staged
	made        atomic.Int64
	sheet       func(name string) (io.ReadCloser, error) // opens a picture of the site; nil: where a build has it
	shown       atomic.Bool                              // a page that the search index shows too is not as the last build left it
	overtakes   func() error                             // a withdrawal overtook it
	lazy        bool
	indexed     string // folder of the index of a preview; empty until somebody asks for it
}

func open(o Options) (*build, error) {
	renderer, err := o.renderer()
	if err != nil {
		return nil, fmt.Errorf("read the templates: %w", err)
	}
	return openWith(o, renderer)
}

func openWith(o Options, renderer *render.Renderer) (*build, error) {
	tree, err := content.Open(o.Content)
	if err != nil {
		return nil, &UserError{Msg: diag.T("không mở được thư mục nội dung %s", "cannot open the content folder %s", o.Content), Err: err,
			Hint: diag.T("chỉ đúng thư mục bằng --content, hoặc tạo kho mới bằng «vitrine new site»", "name the right folder with --content, or make a new archive with «vitrine new site»")}
	}
	day, err := o.day()
	if err != nil {
		tree.Close()
		return nil, err
	}
	o.AsOf = day.String() // from now on, whatever the clock says
	report := &Report{Diags: &diag.List{}, AsOf: o.AsOf}
	return &build{o: o, progress: o.progress(), renderer: renderer, report: report,
		scan: &scan{tree: tree, diags: report.Diags, workers: o.workers(), told: o.Read, pdfs: &pdf.Engine{}}}, nil
}

func (b *build) close() {
	if b.listing != nil {
		b.listing.Close()
	}
	if b.scan.memory != nil {
		b.scan.memory.close()
	}
	if b.scan.pdfs != nil {
		_ = b.scan.pdfs.Close() // nothing of it is used again
	}
	if b.indexed != "" {
		_ = os.RemoveAll(b.indexed)
	}
	b.scan.tree.Close()
}

// prepare reads the tree, freezes the catalog, makes the images and plans
// the pages.
func (b *build) prepare(ctx context.Context) error {
	b.scan.tree.Spool(filepath.Dir(b.cacheDir))
	if err := b.scan.read(ctx, b.o, b.progress); err != nil {
		return err
	}
	b.report.NoAddress = b.scan.config.Site.BaseURL.V == ""
	b.progress.Phase(diag.Text{Vi: "Xếp danh mục", En: "Ordering the catalog"}, 0)
	cat, found := b.scan.builder.Freeze()
	b.scan.cleared = b.scan.builder.ObjectsAreCleared()
	b.report.Diags.Merge(found)
	b.report.tally(b.scan.builder, "")
	b.report.Due = b.scan.due()
	if err := b.lookForMasters(ctx); err != nil {
		return err
	}
	if err := b.lookForNames(ctx, cat); err != nil {
		return err
	}
	if !b.report.ok() && !b.headersOnly {
		return nil
	}
	thumbs, err := b.makeImages(ctx, cat)
	if err != nil {
		return err
	}
	b.progress.Phase(diag.Text{Vi: "Lập sơ đồ trang", En: "Planning the pages"}, 0)
	profile := b.scan.config.Profile
	styles, err := cite.New(profile)
	var fault *cite.Fault
	if errors.As(err, &fault) {
		b.report.Diags.Add(diag.Diagnostic{Code: "profile-citation", Severity: diag.Error, Pos: fault.At.In(profile.File), Msg: fault.Msg})
	}
	shelf, ds := edition.Read(b.scan.tree.FS())
	b.report.Diags.Add(ds...)
	b.lostEditions(shelf)
	placards, err := b.placards()
	if err != nil {
		return err
	}
	b.plan, err = plan.New(plan.Input{
		Shelf:  shelf,
		Why:    b.scan.builder.Why,
		Config: b.scan.config, Tree: b.scan.tree, Catalog: cat, Thumbs: thumbs, Gate: b.scan.gate, Cite: styles, Pages: b.scan.pages,
		Images: b.images.shown, Recordings: b.images.heard, Waves: b.images.wave, Frames: b.images.frame, Texts: b.images.texts, Files: b.images.file, Orientation: b.images.orientation, Text: b.renderer.Text, Assets: b.renderer.LayoutAssets, Placards: placards,
		Data: b.o.Data, Room: filepath.Dir(b.cacheDir), Base: b.base(), Digest: b.digest, FileState: b.scan.fileState,
	})
	if err == nil {
		b.report.Diags.Merge(b.plan.Planned())
		b.lostAddresses(b.plan.Lost())
	}
	return err
}

func (b *build) makeImages(ctx context.Context, cat *catalog.Catalog) (*catalog.Thumbs, error) {
	cache, err := derive.New(b.cacheDir, 0)
	if err != nil {
		return nil, err
	}
	b.images = &images{cache: cache, tree: b.scan.tree, ctx: ctx, tiling: tilingOf(b.scan.config.Site.Images), headersOnly: b.headersOnly, lazy: b.lazy, pdfs: b.scan.pdfs}
	if b.scan.pdfs != nil {
		cache.PDFs(b.scan.pdfs, b.scan.wasSearched)
	}
	use := func(derive.Derived) error { return nil }
	if p := b.publisher; p != nil {
		p.base = b.scan.config.Site.BaseURL.V
		b.images.published, use = p.published, p.use
	}
	thumbs, err := b.scan.deriveAll(ctx, cat, b.images, use, b.progress)
	if p := b.publisher; p != nil && b.report.ok() {
		b.images.unclaimed = func(d derive.Derived) bool { return !p.claimed(d) }
		b.images.moved = func(master string) { b.report.Diags.Add(imageMoved(master)) }
	}
	return thumbs, first(err, b.images.rest())
}

// errDraft says that a site with records that are not public was to be
// published. Nothing leads there; should anything ever, it ends here.
var errDraft = errors.New("a preview of drafts can never be published")

// fill stages every file of the site.
func (b *build) fill(ctx context.Context, stage *publish.Stage) error {
	if b.scan.gate.Draft() {
		return errDraft
	}
	stay, err := b.whatMayStay()
	if err != nil {
		return userError(err)
	}
	b.plan.SizeOf = sizesIn(stage)
	if err := b.render(ctx, func(j plan.Job, buf *bytes.Buffer) error { return b.put(stage, stay, j, buf) }); err != nil {
		return err
	}
	if !b.report.ok() {
		return ErrContent
	}
	if err := b.stageIndex(ctx, stage); err != nil {
		return err
	}
	stage.Remember(ledger.KindAnswers, stay.answers())
	b.progress.Phase(diag.Text{Vi: "Xuất bản", En: "Publishing"}, 0)
	assets, err := b.renderer.Assets()
	if err != nil {
		return err
	}
	for _, a := range assets {
		if !b.needs(a) {
			continue
		}
		if err := stage.Write(a.Path, a.Data); err != nil {
			return err
		}
	}
	for _, x := range b.plan.Extras(b.listing) {
		if err := stageStream(stage, x.Path, x.Write); err != nil {
			return moved(err)
		}
	}
	if err := b.stageResources(stage, cmp.Or(b.o.perList, harvest.MaxResources)); err != nil {
		return err
	}
	if err := b.stageServer(stage); err != nil {
		return err
	}
	return b.stageManifest(stage)
}

// stageManifest lists every file of the site. A signature that fits stays.
func (b *build) stageManifest(stage *publish.Stage) error {
	sum := sha256.New()
	err := stageStream(stage, manifest.Name, func(w io.Writer) error { return writeManifest(io.MultiWriter(w, sum), stage) })
	if err != nil {
		return err
	}
	sum.Sum(b.manifest[:0])
	if b.release.signs() {
		return nil // a new one takes its place
	}
	survey, err := b.publisher.survey()
	if err != nil {
		return userError(err)
	}
	old, _ := survey.Find(manifest.Name) // it may have been touched since
	if _, signed := survey.Find(manifest.SignatureName); old < 0 || !signed {
		return nil
	}
	if was, err := survey.Row(old); err != nil || was.Path != manifest.Name || was.Hash != b.manifest {
		return nil
	}
	return stage.Keep(manifest.SignatureName)
}

func stageStream(stage *publish.Stage, path string, write func(io.Writer) error) error {
	w, err := stage.Create(path)
	if err != nil {
		return err
	}
	buf := bufio.NewWriterSize(w, 64<<10)
	if err := first(write(buf), buf.Flush()); err != nil {
		w.Close()
		return err
	}
	return w.Close()
}

// writeManifest lists what is staged in the format of sha256sum.
func writeManifest(w io.Writer, stage *publish.Stage) error {
	var line []byte
	for s, err := range sumsOf(stage) {
		if err != nil {
			return err
		}
		line = manifest.Append(line[:0], s)
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	return nil
}

func (b *build) finish(err error) (*Report, error) {
	b.report.Diags.Excerpts(b.scan.tree.FS())
	return b.report, err
}
