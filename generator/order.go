package generator

import (
	"context"
	"iter"
)

// inOrder does jobs with several workers and takes what comes of them in the
// order of the jobs. It ends at the first error of take, or with ctx.
func inOrder[J, R any](ctx context.Context, workers int, jobs iter.Seq[J], do func(J) R, take func(R) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type task struct {
		job  J
		done chan R
	}
	work := make(chan task)
	queue := make(chan chan R, 16*workers)
	go func() {
		defer close(work)
		defer close(queue)
		for j := range jobs {
			t := task{j, make(chan R, 1)}
			select {
			case queue <- t.done:
			case <-ctx.Done():
				return
			}
			work <- t // some worker is always on its way back
		}
	}()
	for range workers {
		go func() {
			for t := range work {
				t.done <- do(t.job)
			}
		}()
	}
	for done := range queue {
		if err := take(<-done); err != nil {
			return err
		}
	}
	return context.Cause(ctx)
}
