package generator

import (
	"context"
	"errors"
	"time"

	"vitrine/generator/diag"
	"vitrine/generator/internal/publish"
)

// A withdrawal tries a build first, since that leaves the pages whole. It must
// not hang on it: new pictures can take an hour, and content that brings some
// part of a build to a stop is content from which a record has to be taken too.

// patience is how long a build may take before a record is cut out instead. One
// of 100,000 records, of which one is withdrawn, takes some seconds.
const patience = time.Minute

// grace is how long a build that was told to end may take over that, at most.
const grace = 5 * time.Second

// errTooLong says that a build took too long for a withdrawal.
var errTooLong = errors.New("took too long")

// errTurned says that nothing was built because of the day, see turned.
var errTurned = errors.New("the day lies behind that of the site")

// attempt builds the site for as long as a withdrawal can wait. A build that
// does not end by itself then is left behind: the output folder is taken from
// it, so that whatever it does later changes nothing.
func (o WithdrawOptions) attempt(ctx context.Context) (*Report, error) {
	target, err := o.target()
	if err != nil {
		return nil, err
	}
	limit := o.waits()
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errTooLong)
	defer cancel()
	type outcome struct {
		report *Report
		err    error
	}
	ended := make(chan outcome, 1)
	go func() {
		report, err := o.build(ctx, target)
		target.Close() // what it cannot remove the next to open the folder does
		ended <- outcome{report, err}
	}()
	var out outcome
	select {
	case out = <-ended:
	case <-ctx.Done():
		select {
		case out = <-ended:
		case <-time.After(min(grace, limit)):
			out.err = first(target.Forsake(), context.Cause(ctx))
		}
	}
	if out.err != nil && errors.Is(context.Cause(ctx), errTooLong) {
		return nil, errTooLong
	}
	return out.report, out.err
}

// waits is how long a withdrawal waits for a build, be it its own or another's.
func (o WithdrawOptions) waits() time.Duration {
	if o.Patience == 0 {
		return patience
	}
	return o.Patience
}

// build builds, and tells how far it is until ctx ends.
func (o WithdrawOptions) build(ctx context.Context, target *publish.Target) (*Report, error) {
	renderer, err := o.renderer()
	if err != nil {
		return nil, err
	}
	o.Progress = until{ctx, o.progress()}
	return buildInto(ctx, o.Options, renderer, target)
}

// until is a Progress that is told no more once its context has ended.
type until struct {
	ctx context.Context
	Progress
}

// Phase hands on.
func (u until) Phase(name diag.Text, total int) {
	if u.ctx.Err() == nil {
		u.Progress.Phase(name, total)
	}
}

// Add hands on.
func (u until) Add(n int) {
	if u.ctx.Err() == nil {
		u.Progress.Add(n)
	}
}

// Done hands on.
func (u until) Done() {
	if u.ctx.Err() == nil {
		u.Progress.Done()
	}
}
