//go:build unix

package generator_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"vitrine/generator"
)

// A pipe, a device, or a link that leads out of the folder or round in a circle,
// in the place of a file: an error that names the file, at once, in a build as
// in a check, and nothing is published.
func TestWhatIsNoFileIsNotRead(t *testing.T) {
	t.Parallel()
	pipe := func(name string) error { return syscall.Mkfifo(name, 0o644) }
	link := func(to string) func(string) error { return func(name string) error { return os.Symlink(to, name) } }
	for _, place := range []string{
		"site.yaml", "repositories/kho-mau.yaml", "clearances/qd-01.yaml", "fonds/phong-cau-mau/fonds.yaml", "fonds/phong-cau-mau/fonds.md",
		recordPath("tl-0001"), "fonds/phong-cau-mau/media/a-001.jpg", "exhibitions/cau-mau/exhibition.yaml", "exhibitions/cau-mau/01-khoi-cong.md",
		"editions/2026-01-01.yaml",
	} {
		for kind, make := range map[string]func(string) error{
			"pipe": pipe, "device": link("/dev/zero"),
			"circle": link(filepath.Base(place)), "link outside": link("../../../../../../../etc/hostname"), "absolute link": link("/etc/hostname"),
		} {
			t.Run(place+"/"+kind, func(t *testing.T) {
				t.Parallel()
				o := generator.Options{Content: write(t, guideArchive()), Out: filepath.Join(t.TempDir(), "public"), BaseURL: baseURL, AsOf: asOf}
				name := filepath.Join(o.Content, filepath.FromSlash(place))
				if err := errors.Join(os.RemoveAll(name), os.MkdirAll(filepath.Dir(name), 0o755), make(name)); err != nil {
					t.Fatal(err)
				}
				inTime(t, "check", func() {
					refuses(t, place, func() (*generator.Report, error) { return generator.Check(context.Background(), o) })
				})
				inTime(t, "build", func() {
					refuses(t, place, func() (*generator.Report, error) { return generator.Build(context.Background(), o) })
				})
				if left, err := os.ReadDir(o.Out); err == nil && len(left) > 0 {
					t.Errorf("there is a site: %v", left)
				}
			})
		}
	}
}
