package generator

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"

	"vitrine/generator/diag"
	"vitrine/generator/iiif"
	"vitrine/generator/internal/plan"
	"vitrine/generator/internal/publish"
)

// render goes through every page with several workers.
func (b *build) render(ctx context.Context, do func(plan.Job, *bytes.Buffer) error) error {
	b.progress.Phase(diag.Text{Vi: "Dựng trang", En: "Making pages"}, 0)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	jobs := make(chan plan.Job, 2*b.scan.workers)
	var wg sync.WaitGroup
	for range b.scan.workers {
		wg.Go(func() {
			var buf bytes.Buffer
			for j := range jobs {
				if err := do(j, &buf); err != nil {
					cancel(moved(fmt.Errorf("%s: %w", j.Path, err)))
				}
				b.progress.Add(1)
			}
		})
	}
	n, described, data := 0, 0, 0
	b.listing = b.plan.Listing(filepath.Dir(b.cacheDir))
	var late []plan.Job
	for j := range b.plan.Jobs() {
		if ctx.Err() != nil {
			break
		}
		if j.Late() {
			late = append(late, j)
		} else {
			jobs <- j
		}
		switch {
		case j.IsPage():
			b.listing.Add(j.Path)
			n++
		case j.IsIIIF():
			described++
		case j.Kind == plan.KindFinding:
			data++
		}
	}
	close(jobs)
	wg.Wait()
	for _, j := range late {
		if ctx.Err() != nil {
			break
		}
		if err := do(j, &bytes.Buffer{}); err != nil {
			cancel(moved(fmt.Errorf("%s: %w", j.Path, err)))
		}
	}
	b.report.Pages, b.report.Described, b.report.Data, b.report.Made = n, described, data, int(b.made.Load())
	b.report.Diags.Merge(b.plan.Composed())
	return context.Cause(ctx)
}

// put stages a page: as the last build left it where its key is the same and
// its file intact, else made anew.
func (b *build) put(stage *publish.Stage, stay *staying, j plan.Job, buf *bytes.Buffer) error {
	if j.Kind == plan.KindPlacard && !b.o.Verify && stay.has(j.Path) {
		return stage.Keep(j.Path) // its name says all that stands on it
	}
	n, same := stay.page(j)
	if same && !b.o.Verify {
		return stage.Keep(j.Path)
	}
	v, questions, err := j.Compose()
	if err != nil {
		return err
	}
	if f, ok := v.(io.WriterTo); ok && j.Streams() {
		return b.putStream(stage, stay, j, f, questions, n, same)
	}
	buf.Reset()
	if err := b.write(buf, v); err != nil {
		return err
	}
	if j.IsPage() {
		b.made.Add(1)
	}
	if j.Finds() && !b.shown.Load() && !stay.isLast(j.Path, buf.Bytes()) {
		b.shown.Store(true)
	}
	if b.o.Made != nil {
		b.o.Made(j.Path)
	}
	if same {
		if old, err := stay.survey.Row(n); err != nil || sha256.Sum256(buf.Bytes()) != [32]byte(old.Hash) {
			b.report.Diags.Add(stale(j.Path))
		}
	}
	key, ok := b.plan.Key(j, questions)
	if !ok {
		return stage.Write(j.Path, buf.Bytes())
	}
	return stage.WriteKey(j.Path, key, questions, buf.Bytes())
}

// putStream is put for a file that is composed as it is written, and is not held in
// memory; n is the one of the last build, which is the same if the key is to be believed.
func (b *build) putStream(stage *publish.Stage, stay *staying, j plan.Job, f io.WriterTo, questions string, n int, same bool) error {
	if b.o.Made != nil {
		b.o.Made(j.Path)
	}
	key, _ := b.plan.Key(j, questions) // zero where there is none
	w, err := stage.CreateKey(j.Path, key, questions)
	if err != nil {
		return err
	}
	sum := sha256.New()
	_, err = f.WriteTo(io.MultiWriter(w, sum))
	if err := first(err, w.Close()); err != nil {
		return err
	}
	if same {
		if old, err := stay.survey.Row(n); err != nil || [32]byte(sum.Sum(nil)) != [32]byte(old.Hash) {
			b.report.Diags.Add(stale(j.Path))
		}
	}
	return nil
}

// write writes what a job composed.
func (b *build) write(w io.Writer, v any) error {
	switch v := v.(type) {
	case *iiif.Manifest, *iiif.Collection:
		return iiif.Write(w, v)
	case io.WriterTo: // a file for programs
		_, err := v.WriteTo(w)
		return err
	}
	return b.renderer.Render(w, v)
}

// digest identifies what a kind of job is made with. The descriptions for others are worded as the pages of records are.
func (b *build) digest(kind string) [32]byte {
	switch kind {
	case plan.KindManifest, plan.KindCollection, plan.KindFinding, plan.KindReference, plan.KindReferences, plan.KindTable, plan.KindWhole, plan.KindPlacard:
		kind = "record"
	}
	return b.renderer.Digest(kind)
}

func stale(path string) diag.Diagnostic {
	return diag.Errorf("page-stale", diag.Pos{}, "trang %s lẽ ra được giữ nguyên nhưng nội dung đã khác", "the page %s would have been kept, and it has changed", path).
		WithHint("đây là lỗi của Vitrine: xin gửi kho này, hoặc tên trang, cho nhóm phát triển", "this is a fault of Vitrine: please send the archive, or the name of the page, to its developers")
}

// base tells the program, the address it was given and the site as its editors
// describe it from any other: every page rests on them.
func (b *build) base() string {
	return strings.Join([]string{program(), b.o.BaseURL, b.scan.fileState("site.yaml"), b.scan.fileState("profiles/")}, "\x00")
}

// fileState tells a source file from any other. Files of media are told by
// their place on the disk, since they may be large and many; the others by
// their bytes. A folder ends in a slash and stands for all that lies in it.
func (s *scan) fileState(file string) string {
	if state, ok := s.states.Load(file); ok {
		return state.(string)
	}
	var state string
	switch {
	case strings.HasSuffix(file, "/"):
		for stat, err := range s.tree.Stats(strings.TrimSuffix(file, "/")) {
			state += fmt.Sprintln(stat.Path, s.fileState(stat.Path), err)
		}
	case strings.HasPrefix(file, "fonds/") && strings.Contains(file, "/media/"):
		now := s.fileNow(file)
		if state = fmt.Sprint(now.Size, now.ModTime, now.Inode, now.Changed); now.ModTime == 0 {
			state += s.memory.began.String() // young: never the same again
		}
	default:
		if sum, err := s.tree.Hash(file); err == nil {
			state = fmt.Sprintf("%x", sum)
		}
	}
	s.states.Store(file, state)
	return state
}
