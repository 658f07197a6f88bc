package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"vitrine/generator"
	"vitrine/generator/diag"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"
)

// progress draws how far the generator is; close ends the drawing whatever
// became of the work.
type progress interface {
	generator.Progress
	close()
}

// newProgress draws bars on a terminal, plain lines elsewhere, and nothing
// where a program reads.
func newProgress(e *env) progress {
	f, isFile := e.stderr.(*os.File)
	switch {
	case e.json:
		return &lines{out: io.Discard, lang: e.lang, every: time.Hour}
	case isFile && term.IsTerminal(int(f.Fd())):
		return &bars{all: mpb.New(mpb.WithOutput(f), mpb.WithWidth(40)), lang: e.lang}
	}
	return &lines{out: e.stderr, lang: e.lang, every: 10 * time.Second}
}

// bars is one bar for each phase.
type bars struct {
	all  *mpb.Progress
	bar  *mpb.Bar
	lang string
	once sync.Once
}

// Phase begins a bar; the one before is complete.
func (b *bars) Phase(name diag.Text, total int) {
	b.complete()
	b.bar = b.all.AddBar(int64(total),
		mpb.PrependDecorators(decor.Name(name.In(b.lang), decor.WCSyncSpaceR)),
		mpb.AppendDecorators(decor.CountersNoUnit("%d / %d")))
}

// Add moves the bar.
func (b *bars) Add(n int) {
	if b.bar != nil {
		b.bar.IncrBy(n)
	}
}

// Done completes the last bar.
func (b *bars) Done() { b.complete() }

func (b *bars) complete() {
	if b.bar != nil {
		b.bar.SetTotal(-1, true)
		b.bar = nil
	}
}

// close leaves an unfinished bar as it stands.
func (b *bars) close() {
	b.once.Do(func() {
		if b.bar != nil {
			b.bar.Abort(false)
		}
		b.all.Wait()
	})
}

// lines is a line when a phase begins and, in long ones, now and then.
type lines struct {
	out   io.Writer
	lang  string
	every time.Duration

	mu    sync.Mutex
	name  string
	done  int
	total int
	last  time.Time
}

// Phase prints the name of the phase.
func (l *lines) Phase(name diag.Text, total int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.name, l.done, l.total, l.last = name.In(l.lang), 0, total, time.Now()
	if total > 0 {
		fmt.Fprintf(l.out, "%s (%d)\n", l.name, total)
		return
	}
	fmt.Fprintln(l.out, l.name)
}

// Add counts, and prints how far the phase is when it has been long.
func (l *lines) Add(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.done += n
	if time.Since(l.last) < l.every {
		return
	}
	l.last = time.Now()
	if l.total > 0 {
		fmt.Fprintf(l.out, "%s: %d/%d\n", l.name, l.done, l.total)
		return
	}
	fmt.Fprintf(l.out, "%s: %d\n", l.name, l.done)
}

// Done ends the work.
func (l *lines) Done() {}

func (l *lines) close() {}
