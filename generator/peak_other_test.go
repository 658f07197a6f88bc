//go:build !unix

package generator_test

import (
	"os"
	"testing"
	"time"
)

var began = time.Now()

// processorTime is the time since the start, where no other is known.
func processorTime() time.Duration { return time.Since(began) }

// peakMemory is not known here.
func peakMemory(*testing.T, *os.ProcessState) int { return 0 }
