//go:build !unix

package generator_test

import "time"

var began = time.Now()

// processorTime is the time since the start, where no other is known.
func processorTime() time.Duration { return time.Since(began) }
