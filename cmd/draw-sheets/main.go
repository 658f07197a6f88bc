// Command draw-sheets draws the placeholder documents of the sample archive: sheets that look like paper
// and say on every part of them that they are no originals.
//
// The list cmd/draw-sheets/sheets.yaml names each sheet, its kind, size, seed and words. The same list and
// the same fonts give the same bytes. The drawn images are part of the repository, so only who changes a
// sheet needs the fonts:
//
//	apt-get install fonts-texgyre fonts-lmodern fonts-ecolier-court fonts-kristi libjpeg-turbo-progs
//	go run ./cmd/draw-sheets -only 'mau-01/mau-0037-*'
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
)

const fontFolders = "/usr/share/texmf/fonts/opentype:/usr/share/fonts"

func main() {
	list := flag.String("list", "cmd/draw-sheets/sheets.yaml", "the list of sheets")
	content := flag.String("content", "content", "the content tree that receives the images")
	only := flag.String("only", "*/*", "draw only files that match this pattern")
	folders := flag.String("fonts", fontFolders, "folders with the fonts, separated by colons")
	flag.Parse()
	if err := run(*list, *content, *only, strings.Split(*folders, ":")); err != nil {
		fmt.Fprintln(os.Stderr, "draw-sheets:", err)
		os.Exit(1)
	}
}

func run(list, content, only string, folders []string) error {
	sheets, err := readList(list)
	if err != nil {
		return err
	}
	sheets, err = matching(sheets, only)
	if err != nil {
		return err
	}
	faces, err := loadFonts(folders)
	if err != nil {
		return err
	}
	return report(drawAll(sheets, faces, content))
}

func matching(sheets []Sheet, pattern string) ([]Sheet, error) {
	var out []Sheet
	for _, s := range sheets {
		hit, err := path.Match(pattern, s.File)
		if err != nil {
			return nil, fmt.Errorf("-only %s: %w", pattern, err)
		}
		if hit {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no sheet matches %s", pattern)
	}
	return out, nil
}

// drawn is what became of one sheet.
type drawn struct {
	file  string
	bytes int
	err   error
}

// drawAll draws on every processor; results come in the order of the list.
func drawAll(sheets []Sheet, f fonts, content string) []drawn {
	out := make([]drawn, len(sheets))
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := range next {
				n, err := drawFile(sheets[i], f, content)
				out[i] = drawn{sheets[i].File, n, err}
			}
		})
	}
	for i := range sheets {
		next <- i
	}
	close(next)
	workers.Wait()
	return out
}

// drawFile draws one sheet into the content tree and returns its size in bytes.
func drawFile(s Sheet, f fonts, content string) (int, error) {
	img, _, err := drawSheet(s, f, true)
	if err != nil {
		return 0, err
	}
	data, err := encode(s.File, img)
	if err != nil {
		return 0, err
	}
	target := s.target(content)
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return 0, err
	}
	return len(data), os.WriteFile(target, data, 0o644)
}

// report prints every file with its size, largest last, and what failed.
func report(results []drawn) error {
	slices.SortStableFunc(results, func(a, b drawn) int { return cmp.Compare(a.bytes, b.bytes) })
	total, failed := 0, 0
	for _, r := range results {
		if r.err != nil {
			failed++
			fmt.Fprintf(os.Stderr, "%s: %v\n", r.file, r.err)
			continue
		}
		total += r.bytes
		fmt.Printf("%7d  %s\n", r.bytes, r.file)
	}
	fmt.Printf("%d sheets, %.1f MB\n", len(results)-failed, float64(total)/1e6)
	if failed > 0 {
		return fmt.Errorf("%d of %d sheets were not drawn", failed, len(results))
	}
	return nil
}
