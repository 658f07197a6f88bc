package publish

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// forsaking takes the folder away at one of the operations of a commit.
type forsaking struct {
	faults
	target *Target
	left   int
}

func (f *forsaking) Rename(a, b string) error {
	f.count()
	return f.faults.Rename(a, b)
}

func (f *forsaking) SyncDir(dir string) error {
	f.count()
	return f.faults.SyncDir(dir)
}

func (f *forsaking) count() {
	if f.left--; f.left == 0 {
		go f.target.Forsake() // which waits for this operation
		for f.target.fs.mu.TryRLock() {
			f.target.fs.mu.RUnlock() // until the gate is asked for
		}
	}
}

// Wherever in a commit a folder is taken away, the next to open it finds one
// whole site, and the one before changes nothing any more.
func TestForsake(t *testing.T) {
	undone, finished := 0, 0
	for at := 1; ; at++ {
		out := filepath.Join(t.TempDir(), "public")
		f := &forsaking{left: at}
		target, err := Open(out, Options{FS: f})
		if err != nil {
			t.Fatal(err)
		}
		f.target = target
		stage, err := target.Stage()
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"a.html", "b.html", "c.html"} {
			if err := stage.Write(name, []byte(name)); err != nil {
				t.Fatal(err)
			}
		}
		_, err = stage.Commit(context.Background())
		if f.left > 0 {
			if err != nil {
				t.Fatal(err)
			}
			target.Close()
			break
		}
		if !errors.Is(err, ErrForsaken) {
			t.Fatalf("taken away at operation %d: %v", at, err)
		}
		next, err := Open(out, Options{})
		if err != nil {
			t.Fatalf("taken away at operation %d: %v", at, err)
		}
		if err := stage.Write("late.html", nil); err == nil {
			t.Error("the one before still writes")
		}
		files, _ := os.ReadDir(out)
		switch len(files) {
		case 0:
			undone++
		case 3:
			finished++
		default:
			t.Errorf("taken away at operation %d: %v", at, files)
		}
		target.Close()
		if _, err := Open(out, Options{}); !errors.Is(err, ErrLocked) {
			t.Errorf("closing the one before freed the folder of the next: %v", err)
		}
		next.Close()
	}
	if undone == 0 || finished == 0 {
		t.Errorf("undone %d, finished %d", undone, finished)
	}
}
