//go:build !race

package derive

import "time"

// patience is how long any one master may take.
const patience = 10 * time.Second
