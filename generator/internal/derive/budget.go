package derive

import (
	"context"
	"sync/atomic"

	"golang.org/x/sync/semaphore"
)

// budget is the memory that decoders may hold together.
type budget struct {
	total int64
	sem   *semaphore.Weighted
	held  atomic.Int64
	peak  atomic.Int64
}

func newBudget(total int64) *budget {
	return &budget{total: total, sem: semaphore.NewWeighted(total)}
}

// reserve waits for n bytes and returns what gives them back. More than there is of all of it
// means all of it: such a master is decoded alone.
func (b *budget) reserve(ctx context.Context, n int64) (release func(), err error) {
	n = max(1, min(n, b.total))
	if err := b.sem.Acquire(ctx, n); err != nil {
		return nil, err
	}
	held := b.held.Add(n)
	for peak := b.peak.Load(); held > peak && !b.peak.CompareAndSwap(peak, held); peak = b.peak.Load() {
	}
	return func() {
		b.held.Add(-n)
		b.sem.Release(n)
	}, nil
}
