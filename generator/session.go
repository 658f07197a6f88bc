package generator

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"vitrine/generator/diag"
	"vitrine/generator/internal/location"
	"vitrine/generator/internal/lock"
	"vitrine/generator/internal/render"
)

// SessionOptions says what is previewed, and how. Build takes Options, which
// have no place for drafts: what is not public cannot be asked of it.
type SessionOptions struct {
	Options      // Out is the folder beside which .vitrine lies; nothing is written to it. Templates are read again at each Refresh
	Drafts  bool // show what is not yet public, every page under a banner
}

// Session serves a site that is being edited, page by page, and writes nothing
// to the output folder. It holds the last state of the content that had no
// errors. It may be used from any number of goroutines.
type Session struct {
	o     SessionOptions
	ctx   context.Context // of pictures, which are made long after a Refresh
	end   context.CancelFunc
	gone  sync.Once  // Close may be called again
	state string     // folder where it keeps what it saw, so that little is read again; no other session uses it
	lock  *lock.Lock // of state; nil where nothing can be locked

	fleeting bool // state is a folder of its own, removed at the end

	turn     sync.Mutex // one Refresh at a time
	renderer *render.Renderer
	reading  *reading // what good was made from; nil where the last reading had errors

	mu      sync.RWMutex // held for a moment; whoever reads from good does so without it
	good    *view        // nil until the content had no errors
	last    []diag.Diagnostic
	closing sync.WaitGroup // of states that were replaced
}

// OpenSession opens a content folder for a preview. Nothing is read before
// the first Refresh.
func OpenSession(o SessionOptions) (*Session, error) { return openSession(o, nil) }

// openSession takes templates that were parsed before, where there are any.
func openSession(o SessionOptions, r *render.Renderer) (*Session, error) {
	if err := first(apart(o.Content, o.Out), alone(o.Out), o.address()); err != nil {
		return nil, err
	}
	s := &Session{o: o, renderer: r, state: filepath.Join(vitrineDir(o.Out), ".preview")}
	if o.Drafts {
		s.state += "-drafts"
	}
	b, err := s.open()
	if err != nil {
		return nil, err
	}
	b.close()
	if err := s.claim(); err != nil {
		return nil, err
	}
	s.ctx, s.end = context.WithCancel(context.Background())
	return s, nil
}

// claim makes the state folder the session's alone: of two that kept what they
// saw in one place, each would take for unchanged what the other read. Where
// another has it, or nothing can be locked, the session gets a new one.
func (s *Session) claim() (err error) {
	if err = os.MkdirAll(s.state, 0o755); err != nil {
		return err
	}
	location.Shut(vitrineDir(s.o.Out))
	sweep(s.state)
	if s.lock, err = lock.Take(filepath.Join(s.state, lockName)); err == nil {
		return nil
	}
	s.fleeting = true
	if s.state, err = os.MkdirTemp(filepath.Dir(s.state), filepath.Base(s.state)+fleetingMark+"*"); err != nil {
		return err
	}
	if s.lock, err = lock.Take(filepath.Join(s.state, lockName)); err != nil {
		s.lock = nil // nothing can be locked here; nobody else knows the name
	}
	return nil
}

const lockName = "lock"

// fleetingMark stands in the names of folders that are one session's alone.
const fleetingMark = "~"

// sweep removes the folders of sessions that were killed: those that somebody
// locked, not just now, and nobody holds.
func sweep(state string) {
	all, _ := os.ReadDir(filepath.Dir(state))
	for _, e := range all {
		if !strings.HasPrefix(e.Name(), filepath.Base(state)+fleetingMark) {
			continue
		}
		dir := filepath.Join(filepath.Dir(state), e.Name())
		name := filepath.Join(dir, lockName)
		if info, err := os.Stat(name); err != nil || time.Since(info.ModTime()) < time.Minute {
			continue
		}
		if l, err := lock.Take(name); err == nil {
			_ = l.Release()
			_ = os.RemoveAll(dir)
		}
	}
}

// release gives the state folder up.
func (s *Session) release() {
	if s.lock != nil {
		_ = s.lock.Release()
	}
	if s.fleeting {
		_ = os.RemoveAll(s.state)
	}
}

// vitrineDir is the folder of everything that is kept beside an output folder.
func vitrineDir(out string) string {
	return filepath.Join(filepath.Dir(location.Real(out)), ".vitrine")
}

// Close ends the session and waits for those who ask for files. Files can no
// longer be had from it.
func (s *Session) Close() {
	s.end()
	s.turn.Lock()
	defer s.turn.Unlock()
	s.forget()
	s.replace(nil)
	s.closing.Wait()
	s.gone.Do(s.release)
}

// Refresh reads the content again. If it has no errors the session serves the
// new state, else it goes on serving the last good one; the report says what
// is wrong, with paths as from where the command was called. An error is
// one of the disk, of the options, or of ctx; the session then stays as it is.
func (s *Session) Refresh(ctx context.Context) (*Report, error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	return s.refresh(ctx)
}

// refresh is Refresh for who has the turn.
func (s *Session) refresh(ctx context.Context) (*Report, error) {
	if err := s.ctx.Err(); err != nil {
		return nil, err
	}
	s.forget()
	b, err := s.open()
	if err != nil {
		return nil, err
	}
	err = b.prepare(ctx)
	if err == nil {
		err = b.scan.memory.keep()
	}
	if err != nil {
		b.close()
		return nil, err
	}
	return s.take(b), nil
}

// open begins a reading. The templates are parsed once, unless they are being
// edited too; a fault in these is one of the content.
func (s *Session) open() (*build, error) {
	var fault error
	if s.renderer == nil || s.o.Templates != nil {
		r, err := s.o.renderer()
		switch {
		case err == nil:
			s.renderer = r
		case s.renderer == nil:
			return nil, &UserError{Msg: diag.T("không dùng được các mẫu trang", "the templates cannot be used"), Err: err}
		}
		fault = err
	}
	o, latest := s.o.Options, latestOf(s.o.stateDir())
	if o.AsOf == "" && o.before(latest) {
		o.AsOf = latest.String() // the clock was turned back
	}
	b, err := openWith(o, s.renderer)
	if err != nil {
		return nil, err
	}
	if b.scan.latest = latest; s.o.AsOf == "" && o.AsOf != "" {
		b.report.Diags.Add(diag.Warnf("day-back", diag.Pos{}, "đồng hồ của máy chỉ ngày trước %[1]s, ngày mà trang này đã dựng: xem trước theo ngày %[1]s", "the clock of this machine shows a day before %[1]s, as of which this site has been built: the preview is as of %[1]s", latest))
	}
	if fault != nil {
		b.report.Diags.Add(diag.Errorf("template-broken", diag.Pos{}, "mẫu trang có lỗi: %v", "a template is at fault: %v", fault))
	}
	b.lazy, b.cacheDir = true, filepath.Join(vitrineDir(s.o.Out), derivativesDir)
	b.scan.drafts, b.scan.memory = s.o.Drafts, newMemory(s.state)
	return b, nil
}

// take serves a reading from now on, if it has no errors.
func (s *Session) take(b *build) *Report {
	report, _ := b.finish(nil)
	if report.ok() {
		b.images.ctx = s.ctx
		s.reading = newReading(b, filepath.Join(s.state, seenName))
		s.replace(newView(b, s.o.Drafts))
	} else {
		b.close()
	}
	if report.halted() {
		s.replace(nil)
	}
	report.Diags.Under(s.o.Content)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = report.Diags.Sorted()
	return report
}

// replace swaps the state that is served and releases the old one, when
// nobody reads from it any more. It does not wait for that: a picture may take
// seconds, and what is withheld now must be so at once.
func (s *Session) replace(v *view) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if old := s.good; old != nil {
		s.closing.Go(func() {
			old.users.Wait()
			old.b.close()
		})
	}
	s.good = v
}

// use is the state that is served, nil where there is none, and what is wrong
// beside it. It stays whole until its user calls left.
func (s *Session) use() (v *view, last []diag.Diagnostic, left func()) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.good == nil {
		return nil, s.last, func() {}
	}
	s.good.users.Add(1)
	return s.good, s.last, s.good.users.Done
}

// serves reports whether a state is still the one that is served.
func (s *Session) serves(v *view) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.good == v
}

// Ready reports whether there is a state to serve: the content has had no
// errors at least once.
func (s *Session) Ready() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.good != nil
}

// File returns one file of the site by its path from the root, as a build
// would write it: a page is rendered now, a picture is made if it was not made
// before. ok is false where the site has no such file. What the site no longer
// has when the file is ready is not returned: it may have been withheld.
func (s *Session) File(path string) (File, bool, error) {
	for {
		v, _, left := s.use()
		if v == nil {
			return File{}, false, nil
		}
		f, ok, err := v.fileFor(path, left)
		if s.serves(v) {
			return f, ok, err
		}
	}
}

// Diagnostics are what is wrong as far as it is known: what the last Refresh
// found, and what was found since in pages that were rendered.
func (s *Session) Diagnostics() []diag.Diagnostic {
	v, last, left := s.use()
	defer left()
	var all diag.List
	if v != nil {
		all.Merge(v.b.plan.Composed())
		all.Excerpts(v.b.scan.tree.FS())
		all.Under(s.o.Content)
	}
	known := map[string]bool{}
	out := append([]diag.Diagnostic(nil), last...)
	for _, d := range out {
		known[d.Pos.String()+d.Code+d.Msg.En] = true
	}
	for _, d := range all.Sorted() {
		if !known[d.Pos.String()+d.Code+d.Msg.En] {
			out = append(out, d)
		}
	}
	return out
}
