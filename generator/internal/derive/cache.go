package derive

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"vitrine/generator/internal/pdf"
)

const (
	defaultBudget = 256 << 20
	defaultLimit  = 1 << 30
)

// Cache makes derivatives and keeps them in a folder that any number of outputs, processes
// and machines may share, and that can be deleted at any time:
//
//	media/3f/3f9c…-w640.jpg   a derivative, under its final name
//	iiif/3f9c…/…              one that is a folder
//	sets/a1/a1b2….json        what one call of Make gave: {"derived":[{"name":"media/3f/3f9c…-w640.jpg","width":640,…}]}; or of CopyPDF
//	seen/07/07d4….json        a master whose hash is known: {"file":"<device, inode, size, times>","sha256":…,"info":{…}}
//	seen/5b/5b91….json        the sizes of the pages of a PDF, by its hash
//	texts/c0/c04e….json       the text of the pages of a PDF, by its hash
//	waves/5e/5e21….json       the wave of a sound, by the hash of its master
//	frames/9b/9b04….json      what was made of the picture that stands for a film, by the hash of its master, as in sets/
//	tmp/                      files being written
//
// Every file is written aside and renamed, and depends on nothing but its name. That a file
// exists proves nothing: a derivative is used only if its set names it with the same length, and
// published only if it has the same hash.
type Cache struct {
	dir     string
	limit   int64
	budget  *budget
	decoded atomic.Int64
	reused  atomic.Int64
	now     func() time.Time
	mending sync.Mutex // held while a spoilt derivative is removed

	patience time.Duration // how long a recording may be decoded; 0 for what is usual
	filming  sync.Mutex    // held while a film is decoded

	engine   *pdf.Engine // nil where no PDF is read
	searched func(sha256 string) bool
}

// Stats counts what a Cache has done.
type Stats struct {
	Decoded   int64 // pages of masters
	Reused    int64 // masters
	PeakBytes int64 // most memory reserved at one time
}

// New opens the cache in dir, which is made where it does not exist. Decoders will together
// hold at most about budgetBytes; 0 means 256 MiB. A single master that needs more is
// decoded alone, up to 1 GiB.
func New(dir string, budgetBytes int64) (*Cache, error) {
	if budgetBytes <= 0 {
		budgetBytes = defaultBudget
	}
	c := &Cache{dir: dir, limit: max(defaultLimit, budgetBytes), budget: newBudget(budgetBytes), now: time.Now}
	for _, sub := range []string{"media", "iiif", "sets", "seen", "texts", "tmp"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			return nil, fmt.Errorf("derive: open cache: %w", err)
		}
	}
	c.sweep()
	return c, nil
}

// Stats tells what the cache has done since it was opened.
func (c *Cache) Stats() Stats {
	return Stats{Decoded: c.decoded.Load(), Reused: c.reused.Load(), PeakBytes: c.budget.peak.Load()}
}

// sweep removes what killed processes have left half written. A failure is no matter.
func (c *Cache) sweep() {
	entries, _ := os.ReadDir(filepath.Join(c.dir, "tmp"))
	for _, e := range entries {
		if info, err := e.Info(); err == nil && c.now().Sub(info.ModTime()) > time.Hour {
			_ = os.Remove(filepath.Join(c.dir, "tmp", e.Name()))
		}
	}
}

// Make gives the derivatives of the master at name in fsys, in the order of specs, and makes
// them where they are not there yet, with one decode for all. Widths above the master's are
// left out; if all are, one derivative at the master's own size takes their place. A master
// with a problem is reported as *Error; any other error is of the disk or of ctx. Make may be
// called from any number of goroutines.
func (c *Cache) Make(ctx context.Context, fsys fs.FS, name string, specs []Spec) ([]Derived, error) {
	specs, err := normalAll(specs)
	if err != nil || len(specs) == 0 {
		return nil, err
	}
	o, err := c.open(ctx, fsys, name, imageReading)
	if err != nil {
		return nil, err
	}
	defer o.file.Close()
	setKey := digest("set", o.master.SHA256, fmt.Sprint(specs))
	if set := c.recall(setKey); set != nil {
		c.reused.Add(1)
		return set, nil
	}
	out, err := c.render(ctx, o, specs)
	if err != nil {
		return nil, err
	}
	return out, c.store("sets", setKey, set{Derived: out})
}

// set is what a file in sets/ holds.
type set struct {
	Derived []Derived `json:"derived"`
}

// recall returns a set that was made before, if each of its files is still whole.
func (c *Cache) recall(key string) []Derived {
	var s set
	if !c.load("sets", key, &s) {
		return nil
	}
	for i := range s.Derived {
		if !c.locate(&s.Derived[i]) {
			return nil
		}
	}
	return s.Derived
}

// locate fills in the path of a derivative that was made before. It reports
// whether its files are still there with the same length.
func (c *Cache) locate(d *Derived) bool {
	d.Path = c.path(d.Name)
	var bytes int64
	for _, path := range d.Files() {
		info, err := os.Stat(path)
		if err != nil {
			return false
		}
		bytes += info.Size()
	}
	return bytes == d.Bytes
}

// Whole fills in the path of a derivative that was made before, and reports
// whether its files are still there with the same bytes. They may be others: a
// site has each file under a second name, and who edits that one edits both. What
// is spoilt is removed, so that Make makes it again.
func (c *Cache) Whole(d *Derived) bool {
	if !c.locate(d) {
		return false
	}
	if d.Is(read256) {
		return true
	}
	c.mending.Lock()
	defer c.mending.Unlock()
	if d.Is(read256) {
		return true // another worker was here, and it has been made again
	}
	_ = os.RemoveAll(d.Path) // if it stays, Make gives it once more and is told the same
	return false
}

// read256 reads a file for its length and hash. It may be a film.
func read256(_, path string) (n int64, sum [sha256.Size]byte, ok bool) {
	f, err := os.Open(path)
	if err != nil {
		return 0, sum, false
	}
	defer f.Close()
	h := sha256.New()
	n, err = io.Copy(h, f)
	h.Sum(sum[:0])
	return n, sum, err == nil
}

// render makes the derivatives of a master, page by page.
func (c *Cache) render(ctx context.Context, o *opened, specs []Spec) (out []Derived, err error) {
	if o.master.Info.Format == formatPDF {
		return c.renderPDF(ctx, o, specs)
	}
	h, err := probe(o.src)
	if err != nil {
		return nil, err
	}
	for page, of := range pagewise(fit(h.Info, specs)) {
		src, h, err := h.page(o.src, page)
		if err == nil {
			var made []Derived
			made, err = c.renderPage(ctx, o, src, h, of)
			out = append(out, made...)
		}
		if err != nil {
			return nil, onPage(err, page, o.master.Info)
		}
	}
	return out, nil
}

// renderPage makes the derivatives of a page within the budget of memory.
func (c *Cache) renderPage(ctx context.Context, o *opened, src *source, h header, specs []Spec) ([]Derived, error) {
	h.shrink(specs[0].shrunk)
	if h.need > c.limit {
		return nil, tooLarge(h.Info, h.need, c.limit)
	}
	release, err := c.budget.reserve(ctx, h.need)
	if err != nil {
		return nil, err
	}
	defer release()
	c.decoded.Add(1)
	sheet, err := decode(src, h)
	if err != nil {
		return nil, err
	}
	if !o.unchanged() {
		return nil, changing()
	}
	out, err := c.drawAll(ctx, sheet, h, specs, o.master.SHA256)
	if h.need >= large {
		runtime.GC()
	}
	return out, err
}

// large is what a master must take so that its memory is swept before the next is let
// in: the runtime by itself would let two of 40 megapixels lie side by side. A sweep
// takes some milliseconds.
const large = 64 << 20

// drawAll draws each spec from what was decoded once.
func (c *Cache) drawAll(ctx context.Context, sheet sheet, h header, specs []Spec, masterSHA256 string) (out []Derived, err error) {
	p := pyramidOf(sheet, h)
	for _, s := range specs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		d, err := c.draw(ctx, p, h, s, masterSHA256)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// draw makes the derivative of one spec and puts it into the cache.
func (c *Cache) draw(ctx context.Context, p *pyramid, h header, s Spec, masterSHA256 string) (Derived, error) {
	d := s.named(h.Info, masterSHA256) // h is of the page
	d.Path = c.path(d.Name)
	var l list
	quality := s.Quality
	if quality == 0 {
		quality = p.quality()
	}
	keep := func(m sheet, name, path string) error {
		b := encode(m, h.ownProfile(), quality)
		l.add(name, int64(len(b)), sha256.Sum256(b))
		return c.write(path, b)
	}
	var err error
	if d.Tile > 0 {
		err = d.cut(ctx, p, h, keep)
	} else {
		err = keep(p.drawn(h, s.Width), d.Name, d.Path)
	}
	d.Bytes, d.SHA256 = l.sum(d)
	return d, err
}

// ownProfile is the colour profile that describes the pixels as they are decoded:
// CMYK has become RGB, which its profile does not describe.
func (h header) ownProfile() []byte {
	if h.cmyk {
		return nil
	}
	return h.profile
}

// write puts b at path at once: no reader ever sees half of it.
func (c *Cache) write(path string, b []byte) error {
	_, _, err := c.put(path, func(w io.Writer) error { _, err := w.Write(b); return err })
	return err
}

// put is write for what is longer than memory should hold. It gives length and
// hash of what was written.
func (c *Cache) put(path string, write func(io.Writer) error) (n int64, sum [sha256.Size]byte, err error) {
	tmp, err := os.CreateTemp(filepath.Join(c.dir, "tmp"), "new-*")
	if err != nil {
		return 0, sum, fmt.Errorf("derive: %w", err)
	}
	h := sha256.New()
	err = write(io.MultiWriter(tmp, h))
	h.Sum(sum[:0])
	if err == nil {
		n, err = tmp.Seek(0, io.SeekCurrent)
	}
	err = errors.Join(err, tmp.Chmod(0o644), tmp.Close())
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o755)
	}
	if err == nil {
		if err = os.Rename(tmp.Name(), path); err == nil {
			return n, sum, nil
		}
		// Windows will not replace a file that another process has open; if it made the same
		// one, all is well.
		if _, old, ok := read256("", path); ok && old == sum {
			err = nil
		}
	}
	_ = os.Remove(tmp.Name())
	if err != nil && !isFault(err) {
		err = fmt.Errorf("derive: %w", err)
	}
	return n, sum, err
}

// isFault reports whether an error is of a master.
func isFault(err error) bool {
	var fault *Error
	return errors.As(err, &fault)
}

func (c *Cache) path(name string) string { return filepath.Join(c.dir, filepath.FromSlash(name)) }

// entry is the file of a record in sets or seen.
func (c *Cache) entry(folder, key string) string {
	return filepath.Join(c.dir, folder, key[:2], key+".json")
}

func (c *Cache) store(folder, key string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return c.write(c.entry(folder, key), append(b, '\n'))
}

// load reads a record; one that is missing or damaged is made again.
func (c *Cache) load(folder, key string, v any) bool {
	b, err := os.ReadFile(c.entry(folder, key))
	return err == nil && json.Unmarshal(b, v) == nil
}
