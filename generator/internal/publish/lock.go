package publish

import (
	"errors"

	"vitrine/generator/internal/lock"
)

// takeLock takes the lock of a target.
func takeLock(name, out string) (*lock.Lock, error) {
	l, err := lock.Take(name)
	var held *lock.HeldError
	switch {
	case errors.As(err, &held):
		return nil, errLocked(out, held.PID)
	case err != nil:
		return nil, errIO("khoá", "lock", name, err)
	}
	return l, nil
}
