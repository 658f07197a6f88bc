//go:build race

package derive

import "time"

// patience is how long any one master may take; the race detector slows decoders about
// twentyfold.
const patience = 100 * time.Second
