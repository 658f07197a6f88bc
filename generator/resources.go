package generator

import (
	"io"
	"strings"
	"sync"

	"vitrine/generator/internal/exchange/harvest"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/publish"
	"vitrine/generator/page"
)

// stageResources writes the lists by which others keep copies of what they may gather. It goes
// twice through what is staged: to count, and to list.
func (b *build) stageResources(stage *publish.Stage, most int) error {
	if !b.plan.ListsResources() {
		return nil
	}
	n := 0
	err := b.eachGathered(stage, func(ledger.Written, string) error { n++; return nil })
	if err != nil {
		return err
	}
	parts := (n + most - 1) / most
	for _, x := range b.plan.ResourceLists(parts) {
		if err := stageStream(stage, x.Path, x.Write); err != nil {
			return err
		}
	}
	l := &listing{b: b, stage: stage, most: most, alone: parts <= 1}
	return first(b.eachGathered(stage, l.add), l.close(parts == 0))
}

func (b *build) eachGathered(stage *publish.Stage, do func(f ledger.Written, day string) error) error {
	for f, err := range stage.Files() {
		if err != nil {
			return err
		}
		if day, ok := b.plan.Gathered(f.Path); ok {
			if err := do(f, day); err != nil {
				return err
			}
		}
	}
	return nil
}

// listing writes the lists of resources, one after the other.
type listing struct {
	b     *build
	stage *publish.Stage
	most  int
	alone bool // one list holds them all
	part  int  // from 1
	n     int  // in the list that is open
	file  io.WriteCloser
	list  *harvest.Writer
}

func (l *listing) add(f ledger.Written, day string) error {
	if l.list == nil || l.n == l.most {
		if err := l.open(); err != nil {
			return err
		}
	}
	l.n++
	l.list.AddResource(l.b.plan.Resource(f.Path, day, f.Hash, f.Size))
	return nil
}

func (l *listing) open() (err error) {
	if err := l.close(false); err != nil {
		return err
	}
	l.part++
	part := l.part
	if l.alone {
		part = 0
	}
	if l.file, err = l.stage.Create(page.ResourceList(part)); err != nil {
		return err
	}
	l.n, l.list = 0, l.b.plan.ResourceList(l.file, part)
	return nil
}

// close ends the list that is open. Where nothing is gathered, one without entries is written.
func (l *listing) close(empty bool) error {
	if l.list == nil && empty {
		if err := l.open(); err != nil {
			return err
		}
	}
	if l.list == nil {
		return nil
	}
	err := first(l.list.CloseResources(), l.file.Close())
	l.list, l.file = nil, nil
	return err
}

// sizesIn tells how large the files for download are that are staged when it is first asked.
func sizesIn(stage *publish.Stage) func(file string) int64 {
	sizes := sync.OnceValue(func() map[string]int64 {
		out := map[string]int64{}
		for f, err := range stage.Files() {
			if err != nil {
				return nil // whoever goes through them next says so
			}
			if strings.HasPrefix(f.Path, page.FolderData+"/") {
				out[f.Path] = f.Size
			}
		}
		return out
	})
	return func(file string) int64 { return sizes()[file] }
}

// sizeOf is how large a file for download would be, which is found by making it.
func (v *view) sizeOf(file string) int64 {
	j, ok := v.b.plan.Lookup(file)
	if !ok || !j.Streams() {
		return 0
	}
	p, _, err := j.Compose()
	if err != nil {
		return 0
	}
	n, err := p.(io.WriterTo).WriteTo(io.Discard)
	if err != nil {
		return 0 // whoever asks for the file is told
	}
	return n
}
