package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"vitrine/generator"
)

// patience is how long a command may take to end after it was interrupted.
const patience = 5 * time.Second

// interruptible gives a context that the first signal to interrupt or to end
// cancels. At the second, or where the command has not ended in its time, leave
// is called: what a hostile file keeps busy looks at no context. stop ends all
// this.
func interruptible(leave func()) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	over := make(chan struct{})
	go func() {
		select {
		case <-signals:
			cancel()
		case <-over:
			return
		}
		select {
		case <-signals:
			leave()
		case <-time.After(patience):
			leave()
		case <-over:
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(over)
		cancel()
	}
}

// leave ends the process, in the middle of anything but the moment in which a
// site is put in place: that is waited for.
func (e *env) leave() {
	generator.Settle()
	os.Exit(e.fail(context.Canceled))
}
