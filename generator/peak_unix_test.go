//go:build unix

package generator_test

import (
	"os"
	"runtime"
	"syscall"
	"testing"
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

// peakMemory is the most memory that a process held that has ended, in megabytes:
// what Linux calls VmHWM while it runs.
func peakMemory(t *testing.T, ended *os.ProcessState) int {
	t.Helper()
	most := ended.SysUsage().(*syscall.Rusage).Maxrss
	if runtime.GOOS == "darwin" {
		return int(most >> 20)
	}
	return int(most >> 10)
}
