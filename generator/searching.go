package generator

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"vitrine/generator/diag"
	"vitrine/generator/internal/plan"
	"vitrine/generator/internal/publish"
	"vitrine/generator/internal/search"
	"vitrine/generator/page"
)

// stageIndex stages the search index: as it lies there where it would be the same, else
// made anew, of all records.
func (b *build) stageIndex(ctx context.Context, stage *publish.Stage) error {
	if !b.plan.HasSearch() {
		return nil
	}
	records, root := b.plan.Findable(), page.FolderSearch+"/"+search.Root
	key := records.Key()
	if files, ok := b.lastIndex(root, key); ok {
		for _, name := range files {
			if err := stage.Keep(name); err != nil {
				return err
			}
		}
		return nil
	}
	return b.writeIndex(ctx, records, func(path string, data []byte) error {
		if path == root {
			return stage.WriteKey(path, key, "", data)
		}
		return stage.Write(path, data)
	})
}

// lastIndex are the files of the index that the last build left; ok is false where it
// would be another now, or is not whole.
func (b *build) lastIndex(root string, key [32]byte) (files []string, ok bool) {
	if b.shown.Load() || b.o.Verify {
		return nil, false
	}
	survey, err := b.publisher.survey()
	if err != nil {
		return nil, false
	}
	n, ok := survey.Find(root)
	if !ok {
		return nil, false
	}
	if was, err := survey.Row(n); err != nil || was.Path != root || was.Key != key {
		return nil, false
	}
	for w, err := range b.publisher.target.Owned() {
		if err != nil {
			return nil, false
		}
		if !strings.HasPrefix(w.Path, page.FolderSearch+"/") {
			continue
		}
		if _, whole := survey.Find(w.Path); !whole {
			return nil, false
		}
		files = append(files, w.Path)
	}
	return files, true
}

// writeIndex hands the files of the search index to put, which several goroutines call.
// Every record is read once more: the index shows of them what their pages show.
func (b *build) writeIndex(ctx context.Context, records *plan.Findable, put func(path string, data []byte) error) error {
	b.progress.Phase(diag.Text{Vi: "Lập chỉ mục tìm kiếm", En: "Indexing for the search"}, records.Len())
	index := search.New(filepath.Dir(b.cacheDir), b.scan.tree.Languages(), records.Len(), func(name string, data []byte) error {
		return put(page.FolderSearch+"/"+name, data)
	})
	defer index.Close()
	if err := b.indexRecords(ctx, index, records); err != nil {
		return err
	}
	if err := records.Aliases(index.Alias); err != nil {
		return moved(err)
	}
	records.Events(index.Event)
	return index.Write(ctx, b.scan.workers)
}

// indexForPreview makes the index of a preview in a folder of its own, which goes with the
// state that is served.
func (b *build) indexForPreview() error {
	if !b.plan.HasSearch() {
		return nil
	}
	dir, err := os.MkdirTemp("", "vitrine-index-")
	if err != nil {
		return err
	}
	b.indexed = dir
	return b.writeIndex(b.images.ctx, b.plan.Findable(), func(path string, data []byte) error {
		return os.WriteFile(filepath.Join(dir, filepath.Base(path)), data, 0o600)
	})
}

// indexRecords adds all records, block by block, with all workers.
func (b *build) indexRecords(ctx context.Context, index *search.Index, records *plan.Findable) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	blocks := make(chan int)
	var wg sync.WaitGroup
	for range b.scan.workers {
		wg.Go(func() {
			w := index.Worker()
			for block := range blocks {
				if ctx.Err() != nil {
					continue
				}
				err := w.Add(block, func(n int) (*search.Doc, error) {
					b.progress.Add(1)
					return records.Doc(n)
				})
				if err != nil {
					cancel(moved(err))
				}
			}
			if err := w.Done(); err != nil {
				cancel(err)
			}
		})
	}
	for block := range index.Blocks() {
		blocks <- block
	}
	close(blocks)
	wg.Wait()
	return context.Cause(ctx)
}
