package generator

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"
)

func TestInOrder(t *testing.T) {
	jobs := make([]int, 500)
	for i := range jobs {
		jobs[i] = i
	}
	for _, workers := range []int{1, 2, 8} {
		var got []int
		err := inOrder(context.Background(), workers, slices.Values(jobs),
			func(j int) int { time.Sleep(time.Duration((j*7)%5) * 20 * time.Microsecond); return j * j },
			func(r int) error { got = append(got, r); return nil })
		if err != nil || len(got) != len(jobs) || !slices.IsSorted(got) || got[9] != 81 {
			t.Errorf("%d workers: %v, %v", workers, err, got)
		}
	}
}

func TestInOrderEnds(t *testing.T) {
	endless := func(yield func(int) bool) {
		for i := 0; yield(i); i++ {
		}
	}
	stop := errors.New("stop")
	n := 0
	err := inOrder(context.Background(), 3, endless, func(j int) int { return j }, func(int) error {
		if n++; n == 100 {
			return stop
		}
		return nil
	})
	if err != stop || n != 100 {
		t.Error(err, n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := inOrder(ctx, 2, endless, func(j int) int { return j }, func(int) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
