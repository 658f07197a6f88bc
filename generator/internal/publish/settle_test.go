package publish

import (
	"path/filepath"
	"strings"
	"testing"
)

// watched looks, at every step of a commit, whether who settles would wait.
type watched struct {
	faults
	state string
	free  []string // steps on a site in which nobody would
	seen  int
}

func (w *watched) Rename(a, b string) error {
	if !strings.HasPrefix(b, filepath.Join(w.state, "work")) {
		w.seen++
		if swapping.TryLock() {
			swapping.Unlock()
			w.free = append(w.free, b)
		}
	}
	return w.faults.Rename(a, b)
}

// A process that wants to end waits while one site takes the place of another,
// also where that began in a process that was killed.
func TestSettleWaitsForASwap(t *testing.T) {
	for _, sc := range scenes {
		out := sc.set(t)
		w := &watched{state: filepath.Join(filepath.Dir(out), ".vitrine", "public")}
		if err := sc.play(out, w); err != nil || w.seen == 0 || len(w.free) > 0 {
			t.Errorf("%s: of %d steps nobody waits for %v; %v", sc.name, w.seen, w.free, err)
		}
	}
	sc := scenes[2]
	out := sc.set(t)
	if err := sc.play(out, &faults{atRename: 3}); err == nil {
		t.Fatal("nothing was interrupted")
	}
	w := &watched{state: filepath.Join(filepath.Dir(out), ".vitrine", "public")}
	target, err := Open(out, Options{FS: w})
	if err != nil || w.seen == 0 || len(w.free) > 0 {
		t.Fatalf("of %d steps nobody waits for %v; %v", w.seen, w.free, err)
	}
	target.Close()
}
