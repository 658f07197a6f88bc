package publish

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// A benchmark of b.N pages of 6 KB from two workers, 1,000 to a folder: bare
// os.WriteFile against staging, and staging with the commit of a first build.
// Run with -benchtime 100000x.
func benchPath(i int) string {
	return fmt.Sprintf("phong-luu-tru/mau-%03d/mau-%07d.html", i/1000, i)
}

func twoWorkers(b *testing.B, write func(path string, data []byte) error) {
	b.Helper()
	var workers sync.WaitGroup
	for w := range 2 {
		workers.Go(func() {
			page := bytes.Repeat([]byte("<p>trang thử\n"), 430)
			for i := w; i < b.N; i += 2 {
				if err := write(benchPath(i), page); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	workers.Wait()
}

func BenchmarkStage(b *testing.B) {
	b.Run("WriteFile", func(b *testing.B) {
		dir := b.TempDir()
		for i := 0; i < b.N; i += 1000 {
			if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(benchPath(i))), 0o755); err != nil {
				b.Fatal(err)
			}
		}
		b.ResetTimer()
		twoWorkers(b, func(path string, data []byte) error {
			return os.WriteFile(filepath.Join(dir, path), data, 0o644)
		})
	})
	for _, commit := range []bool{false, true} {
		b.Run(map[bool]string{false: "Stage", true: "StageAndCommit"}[commit], func(b *testing.B) {
			t, err := Open(filepath.Join(b.TempDir(), "public"), Options{})
			if err != nil {
				b.Fatal(err)
			}
			st, err := t.Stage()
			if err != nil {
				b.Fatal(err)
			}
			b.ResetTimer()
			twoWorkers(b, st.Write)
			if commit {
				if _, err := st.Commit(context.Background()); err != nil {
					b.Fatal(err)
				}
			}
			b.StopTimer()
			t.Close()
		})
	}
}

// BenchmarkCommit commits a site of b.N files: all kept, or all staged again
// with the same bytes.
func BenchmarkCommit(b *testing.B) {
	for _, kept := range []bool{true, false} {
		b.Run(map[bool]string{true: "Kept", false: "Equal"}[kept], func(b *testing.B) {
			t, err := Open(filepath.Join(b.TempDir(), "public"), Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer t.Close()
			for again := range 2 {
				st, err := t.Stage()
				if err != nil {
					b.Fatal(err)
				}
				claim := st.Write
				if again == 1 && kept {
					claim = func(path string, _ []byte) error { return st.Keep(path) }
				}
				twoWorkers(b, claim)
				b.ResetTimer()
				res, err := st.Commit(context.Background())
				b.StopTimer()
				if err != nil || res.Written+res.Unchanged != b.N {
					b.Fatal(res, err)
				}
				b.StartTimer()
			}
		})
	}
}
