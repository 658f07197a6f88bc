package plan

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// stretchesOf are the stretches of a list, as text.
func stretchesOf(ids []string, per int) []string {
	starts := cut(len(ids), per, func(i int) uint64 { return hashOf(ids[i]) })
	var out []string
	for n, from := range starts {
		to := len(ids)
		if n+1 < len(starts) {
			to = int(starts[n+1])
		}
		out = append(out, strings.Join(ids[from:to], " "))
	}
	return out
}

// changed is how many stretches of the one list the other does not have.
func changed(now, before []string) int {
	old := map[string]bool{}
	for _, s := range before {
		old[s] = true
	}
	n := 0
	for _, s := range now {
		if !old[s] {
			n++
		}
	}
	return n
}

// One entry more or less, wherever it stands, changes one stretch and rarely
// more: 400 times in lists of 1,000 to 20,000 entries with ids as archives
// have them.
func TestInsertionsChangeOneStretch(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 2026))
	var counts []int
	sum, most, longest := 0, 0, 0
	for range 8 {
		ids := make([]string, 1000+rng.IntN(19_001))
		for i := range ids {
			ids[i] = fmt.Sprintf("mau-%02d-%05d", rng.IntN(20), i)
		}
		per := []int{perGallery, perPage, perYear}[rng.IntN(3)]
		before := stretchesOf(ids, per)
		for step := range 50 {
			at := rng.IntN(len(ids))
			if step%3 == 0 {
				ids = slices.Delete(ids, at, at+1)
			} else {
				ids = slices.Insert(ids, at, fmt.Sprintf("moi-%d", rng.IntN(1_000_000)))
			}
			now := stretchesOf(ids, per)
			n := changed(now, before)
			counts = append(counts, n)
			sum, most, before = sum+n, max(most, n), now
			for i, s := range now {
				size := strings.Count(s, " ") + 1
				longest = max(longest, 100*size/per)
				if size > 2*per || size < per/2 && i > 0 {
					t.Fatalf("a stretch of %d where %d are meant", size, per)
				}
			}
		}
	}
	slices.Sort(counts)
	mean := float64(sum) / float64(len(counts))
	t.Logf("%d changes: median %d, mean %.2f, most %d stretches; the longest holds %d %% of its measure", len(counts), counts[len(counts)/2], mean, most, longest)
	if counts[len(counts)/2] != 1 || mean >= 1.5 {
		t.Errorf("median %d, mean %.2f", counts[len(counts)/2], mean)
	}
}

// A list grows past the length at which it is cut: it is cut once, in two.
func TestListsAtTheLimit(t *testing.T) {
	var ids []string
	for i := range whole(perPage) {
		ids = append(ids, fmt.Sprint(i))
	}
	if n := len(stretchesOf(ids, perPage)); n != 1 {
		t.Errorf("%d entries make %d pages", len(ids), n)
	}
	if n := len(stretchesOf(append(ids, "x"), perPage)); n != 2 {
		t.Errorf("%d entries make %d pages", len(ids)+1, n)
	}
	if n := len(stretchesOf(nil, perPage)); n != 1 {
		t.Errorf("no entries make %d pages", n)
	}
}

// The first page of a very long list names the same later pages but one or
// two when a page is added.
func TestJumpsAreStable(t *testing.T) {
	keys := make([]string, 800)
	for i := range keys {
		keys[i] = fmt.Sprintf("mau-%05d", i*125)
	}
	named := func() map[string]bool {
		out := map[string]bool{}
		for _, t := range jumps(len(keys), func(n int) turn { return turn{key: keys[n]} }) {
			out[t.key] = true
		}
		return out
	}
	before := named()
	for i := range 50 {
		keys = slices.Insert(keys, 1+16*i, fmt.Sprintf("moi-%d", i))
		now := named()
		kept := 0
		for k := range now {
			if before[k] {
				kept++
			}
		}
		if len(now) != maxJumps || kept < maxJumps-1 {
			t.Errorf("%d jumps, %d of them as before", len(now), kept)
		}
		before = now
	}
}
