//go:build unix

package generator_test

import (
	"syscall"
	"time"
)

// processorTime is what this process has used up to now. Other work on the machine
// does not count.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
