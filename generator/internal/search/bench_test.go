package search

import (
	"compress/gzip"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path"
	"strings"
	"sync"
	"testing"
)

// BenchmarkIndex indexes 100,000 records of sentences from outside the project and prints
// how many files of each kind there are and how long.
func BenchmarkIndex(b *testing.B) {
	data, err := os.ReadFile("../../../../shared/data/vietnamese/ud-vtb-sentences.txt")
	if err != nil {
		b.Skip("there is no ../shared/data/vietnamese here: ", err)
	}
	sentences := strings.Split(strings.TrimSpace(string(data)), "\n")
	for b.Loop() {
		files := map[string][]int{}
		var mu sync.Mutex
		index := New(b.TempDir(), []string{"vi"}, 100_000, func(name string, data []byte) error {
			var packed counter
			z := gzip.NewWriter(&packed)
			z.Write(data)
			z.Close()
			kind, _, _ := strings.Cut(path.Base(name), "-")
			mu.Lock()
			files[kind] = append(files[kind], int(packed))
			mu.Unlock()
			return nil
		})
		var wg sync.WaitGroup
		blocks := make(chan int)
		for range 2 {
			wg.Go(func() {
				w := index.Worker()
				for block := range blocks {
					r := rand.New(rand.NewPCG(1, uint64(block)))
					if err := w.Add(block, func(n int) (*Doc, error) { return sampleDoc(r, n, sentences), nil }); err != nil {
						b.Error(err)
					}
				}
				if err := w.Done(); err != nil {
					b.Error(err)
				}
			})
		}
		for n := range index.Blocks() {
			blocks <- n
		}
		close(blocks)
		wg.Wait()
		if err := index.Write(context.Background(), 2); err != nil {
			b.Fatal(err)
		}
		index.Close()
		all := 0
		for kind, sizes := range files {
			sum := 0
			for _, s := range sizes {
				sum += s
			}
			all += len(sizes)
			b.Logf("%s: %d files, %d kB packed, mean %d", kind, len(sizes), sum>>10, sum/len(sizes))
		}
		b.Logf("%d files", all)
	}
}

type counter int

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }

func sampleDoc(r *rand.Rand, n int, sentences []string) *Doc {
	pick := func() string { return sentences[r.IntN(len(sentences))] }
	title := []rune(pick())
	title = title[:min(len(title), 90)]
	year := 1925 + n*75/100_000
	d := &Doc{Path: fmt.Sprintf("do-%05d/do-%05d-%03d", r.IntN(500), r.IntN(500), r.IntN(200)), Title: []string{string(title)}, Titles: []string{string(title)},
		References: []string{fmt.Sprintf("DO-%05d/01/%04d", r.IntN(500), r.IntN(200))}, Names: []string{"Nguyễn Văn " + string(rune('A'+r.IntN(20)))},
		Dates: []string{fmt.Sprintf("@%d", year)}, Year: year, Years: Span{year, year}}
	for range 3 {
		d.Summary = append(d.Summary, pick()+" "+pick()+" "+pick())
	}
	text := []rune(strings.Join(d.Summary, " "))
	d.Row = Row{Level: []string{"tài liệu"}, Form: []string{"báo cáo"}, Place: []string{"Phông " + fmt.Sprint(r.IntN(500))}, Text: []string{string(text[:min(len(text), 300)])}}
	return d
}
