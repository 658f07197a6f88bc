package generator

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"vitrine/generator/internal/content"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/excise"
	"vitrine/generator/internal/plan"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/render"
	"vitrine/generator/page"

	"golang.org/x/sync/singleflight"
)

// File is one file of a site.
type File struct {
	Data []byte
	Path string // of a sound, film or PDF on disk, in place of Data
	Page bool   // made from a template, so that it bears the frame of the site
}

// view is one state of the content that had no errors, and what has been shown
// of it. Pages are found by the shape of their paths, so that nothing grows
// with the archive but what the catalog holds.
type view struct {
	b     *build
	draft bool
	users *sync.WaitGroup // of this and of the views that it follows: they share what b reads from

	mu       sync.Mutex
	pages    map[string][]byte
	pictures map[string]picture // by the stem of the derivative

	making singleflight.Group // of derivatives, by page and master
	faces  *faces
	extras func() []plan.Extra
	index  func() error // makes the index of the search, at the first call
}

// picture is what a derivative is made of.
type picture struct {
	master          string
	maxPx           int32
	page            int // of the master, from 0
	recording, film bool
	frame           bool // of a film, by which it stands before it is played
	file            bool // it is the master itself, a PDF, without what it says besides
}

// key tells what is made at once from what else is.
func (p picture) key() string {
	return fmt.Sprint(p.page, " ", p.maxPx, " ", p.file, " ", p.frame, " ", p.master)
}

// remembered is how many pages a view keeps rendered; a page that is open is
// asked for several times.
const remembered = 200

func newView(b *build, draft bool) *view {
	v := &view{b: b, draft: draft, users: &sync.WaitGroup{}, pages: map[string][]byte{}, pictures: map[string]picture{}, faces: newFaces(b.plan), extras: sync.OnceValue(func() []plan.Extra { return b.plan.Extras(b.plan.WholeListing()) }),
		index: sync.OnceValue(b.indexForPreview)}
	b.plan.Images, b.plan.Recordings, b.plan.Frames, b.plan.Files = v.shown, v.heard, v.framed, v.offered
	b.sheet = v.sheet
	b.plan.SizeOf = v.sizeOf
	return v
}

// follow is the view of a state that differs from that of v in the texts of
// some records alone: the same pictures can be asked for.
func (v *view) follow(b *build) *view {
	next := newView(b, v.draft)
	next.users = v.users
	v.mu.Lock()
	defer v.mu.Unlock()
	next.pictures = maps.Clone(v.pictures)
	if b.plan.Thumbs == v.b.plan.Thumbs {
		next.faces = v.faces
	}
	return next
}

// fileFor is file for a user who then has left, be it in a panic.
func (v *view) fileFor(path string, left func()) (File, bool, error) {
	defer left()
	return v.file(path)
}

func (v *view) file(name string) (File, bool, error) {
	if isPicture(name) {
		return v.picture(name)
	}
	assets, err := v.b.renderer.Assets()
	if err != nil {
		return File{}, false, err
	}
	for _, a := range assets {
		if a.Path == name && v.b.needs(a) {
			return File{Data: a.Data}, true, nil
		}
	}
	if data, ok, err := v.page(name); ok || err != nil || path.Ext(name) == ".html" {
		return File{Data: data, Page: path.Ext(name) == ".html"}, ok, err
	}
	if file, ok := strings.CutPrefix(name, page.FolderSearch+"/"); ok {
		return v.indexFile(file)
	}
	for _, x := range v.extras() {
		if x.Path == name {
			return written(x.Write)
		}
	}
	return File{}, false, nil
}

// indexFile is a file of the index.
func (v *view) indexFile(name string) (File, bool, error) {
	if err := v.index(); err != nil || v.b.indexed == "" || !fs.ValidPath(name) {
		return File{}, false, err
	}
	data, err := os.ReadFile(filepath.Join(v.b.indexed, name))
	if errors.Is(err, fs.ErrNotExist) {
		return File{}, false, nil
	}
	return File{Data: data}, err == nil, err
}

func written(write func(io.Writer) error) (File, bool, error) {
	var buf bytes.Buffer
	err := write(&buf)
	return File{Data: buf.Bytes()}, err == nil, err
}

// page renders a page, or returns it as it was rendered before.
func (v *view) page(path string) ([]byte, bool, error) {
	v.mu.Lock()
	data, ok := v.pages[path]
	v.mu.Unlock()
	if ok {
		return data, true, nil
	}
	j, ok := v.b.plan.Lookup(path)
	if !ok {
		return nil, false, nil
	}
	data, err := v.render(j)
	if err != nil {
		return nil, true, fmt.Errorf("%s: %w", path, err)
	}
	if j.Streams() {
		return data, true, nil // it may be as large as the archive, and is asked for once
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.pages) >= remembered {
		clear(v.pages)
	}
	v.pages[path] = data
	return data, true, nil
}

func (v *view) render(j plan.Job) ([]byte, error) {
	p, _, err := j.Compose()
	if err != nil {
		return nil, err
	}
	if v.draft {
		marked, ok := p.(interface{ MarkDraft() })
		if !ok {
			return nil, fmt.Errorf("%T cannot bear the banner of drafts", p)
		}
		marked.MarkDraft()
	}
	var buf bytes.Buffer
	err = v.b.write(&buf, p)
	return buf.Bytes(), err
}

// shown returns the sizes of a master for a page and remembers what they are
// made of: nothing else can be asked for.
func (v *view) shown(master string, maxPx int32) []derive.Derived {
	return v.remember(v.b.images.shown(master, maxPx), picture{master: master, maxPx: maxPx})
}

// heard is shown for the copy of a recording.
func (v *view) heard(master string, film bool) []derive.Derived {
	return v.remember(v.b.images.heard(master, film), picture{master: master, recording: true, film: film})
}

// framed is shown for a picture of a film.
func (v *view) framed(master string, maxPx int32) []derive.Derived {
	return v.remember(v.b.images.frame(master, maxPx), picture{master: master, maxPx: maxPx, frame: true})
}

// offered is shown for the file of a PDF.
func (v *view) offered(master string) (derive.Derived, bool) {
	d, ok := v.b.images.file(master)
	if ok {
		v.remember([]derive.Derived{d}, picture{master: master, file: true})
	}
	return d, ok
}

func (v *view) remember(named []derive.Derived, of picture) []derive.Derived {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, d := range named {
		of.page = d.Page
		v.pictures[excise.Stem(d.Name+"/")] = of
	}
	return named
}

// sheet opens a picture that a placard shows.
func (v *view) sheet(name string) (io.ReadCloser, error) {
	f, ok, err := v.picture(name)
	if err == nil && !ok {
		err = fs.ErrNotExist
	}
	return io.NopCloser(bytes.NewReader(f.Data)), err
}

// picture makes a derivative that a page shows, or tells of one that has tiles.
func (v *view) picture(name string) (File, bool, error) {
	p, ok := v.source(excise.Stem(name))
	if !ok {
		return File{}, false, nil
	}
	im := v.b.images
	if folder, ok := strings.CutSuffix(name, "/"+infoName); ok {
		data, ok, err := v.info(folder, p)
		return File{Data: data}, ok, err
	}
	all, err, _ := v.making.Do(p.key(), func() (any, error) { return im.makeFor(p) })
	if err != nil {
		return File{}, false, err
	}
	for _, d := range all.([]derive.Derived) {
		for file, path := range d.Files() {
			switch {
			case file != name:
			case p.recording, p.file:
				return File{Path: path}, true, nil
			default:
				data, err := os.ReadFile(path)
				return File{Data: data}, err == nil, err
			}
		}
	}
	return File{}, false, nil // the master has changed since
}

// makeFor makes the derivatives of which a picture is one.
func (im *images) makeFor(p picture) ([]derive.Derived, error) {
	if p.recording {
		made, _, err := im.cache.Copy(im.ctx, im.tree.FS(), p.master, p.film)
		return made, err
	}
	if p.frame {
		still, err := im.framesOf(p.master, p.maxPx, false)
		return still.Derived, err
	}
	if p.file {
		made, err := im.cache.CopyPDF(im.ctx, im.tree.FS(), p.master)
		return made, first(err, im.rest())
	}
	specs, err := im.specs(p.master, p.maxPx)
	if err != nil {
		return nil, err
	}
	specs = slices.DeleteFunc(specs, func(s derive.Spec) bool { return s.Page != p.page }) // of many pages one is looked at
	made, err := im.cache.Make(im.ctx, im.tree.FS(), p.master, specs)
	return made, first(err, im.rest())
}

// info tells of the tiles in a folder.
func (v *view) info(folder string, p picture) ([]byte, bool, error) {
	all, err := v.b.images.expect(p.master, p.maxPx)
	if err != nil {
		return nil, false, err
	}
	for _, d := range all {
		if d.Name == folder {
			data, err := imageInfo(v.b.scan.config.Site.BaseURL.V, d)
			return data, data != nil, err
		}
	}
	return nil, false, nil
}

// source finds what a derivative is made of: a page has shown it, or it is
// the thumbnail of a record, which stands in lists.
func (v *view) source(stem string) (picture, bool) {
	if p, ok := v.known(stem); ok {
		return p, true
	}
	if row, ok := v.faces.row(stem); ok {
		v.showAll(row)
	}
	return v.known(stem)
}

func (v *view) known(stem string) (picture, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	p, ok := v.pictures[stem]
	return p, ok
}

// showAll remembers the sizes of every image of a record that may be shown.
func (v *view) showAll(row int32) {
	c := v.b.plan.Catalog
	u, err := v.b.scan.tree.Unit(plan.FileOf(c.Loc(row)), c.Loc(row))
	if err != nil {
		return
	}
	verdict := c.Verdict(row)
	for _, o := range verdict.View(u).Objects {
		file := func(s record.Str) string { return content.MediaPath(c.ID(c.Fonds(row)), s.V) }
		switch {
		case o.HasPictures():
			v.shown(file(o.File), verdict.MaxPx)
			if v.b.scan.mayTake(verdict, o) {
				v.offered(file(o.File))
			}
		case o.IsRecording():
			v.heard(file(o.File), o.IsFilm())
			if o.Poster.V != "" {
				v.shown(file(o.Poster), verdict.MaxPx)
			} else if o.IsFilm() {
				v.framed(file(o.File), verdict.MaxPx)
			}
		}
	}
}

// needs reports whether the site needs a file that pages may load.
func (b *build) needs(a render.Asset) bool {
	return (!a.Images || b.plan.Thumbs.Any()) && (!a.Search || b.plan.HasSearch())
}
