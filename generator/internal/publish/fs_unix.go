//go:build !windows

package publish

import "os"

func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	err = d.Sync()
	if cerr := d.Close(); err == nil {
		err = cerr
	}
	return err
}

// patiently is for Windows; elsewhere an open file stands in nobody's way.
func patiently(do func() error) error { return do() }
