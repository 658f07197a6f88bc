package diag

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// A list in which findings were replaced is the one to which the others were
// added from the start, or says that it cannot know.
func TestReplaceIsAddingTheOthers(t *testing.T) {
	done := 0
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 1))
		found := func(file string, n int) (out []Diagnostic) {
			for range n {
				d := Warnf(fmt.Sprint("code-", r.IntN(2)), Pos{File: file, Line: r.IntN(9)}, "a", "a")
				if r.IntN(4) == 0 {
					d.Severity = Error
				}
				out = append(out, d)
			}
			return out
		}
		before, old, after := found("a", r.IntN(40)), found("b", r.IntN(12)), found("c", r.IntN(40))
		now := append(slices.Clone(old[:r.IntN(len(old)+1)]), found("b", r.IntN(5))...)
		var l, want List
		l.Add(slices.Concat(before, old, after)...)
		want.Add(slices.Concat(before, now, after)...)
		was := state(&l)
		got := l.Clone()
		if ok := got.Replace(old, now); ok {
			done++
			if state(got) != state(&want) {
				t.Fatalf("seed %d:\n%s\n%s", seed, state(got), state(&want))
			}
		}
		if state(&l) != was {
			t.Fatalf("seed %d: the list that was cloned changed", seed)
		}
	}
	if done < 500 || done == 2000 {
		t.Errorf("%d replaced", done)
	}
}

func state(l *List) string { return fmt.Sprint(l.Sorted(), l.Dropped(), l.Errors(), l.Warnings()) }

func TestReplaceRefusesWhatWasNeverFound(t *testing.T) {
	var l List
	l.Add(Warnf("x", Pos{File: "a", Line: 1}, "a", "a"))
	if l.Replace([]Diagnostic{Warnf("x", Pos{File: "a", Line: 2}, "a", "a")}, nil) {
		t.Error("what is not there was taken out")
	}
}
