package generator_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/generator"
)

// A record that is withdrawn while a site is being built does not stay on it,
// whenever the withdrawal comes, whether there was a site before, and whether
// the content has errors by then: the build publishes nothing, and the
// withdrawal waits for its end.
func TestWithdrawDuringABuild(t *testing.T) {
	t.Parallel()
	looks, err := programLooks()
	fine(t, err)
	for _, phase := range []string{"Reading records", "Making images", "Planning the pages", "Making pages", "Publishing"} {
		for _, before := range []string{"nothing", "a site", "a site, and then an error"} {
			o := generator.Options{AsOf: asOf, BaseURL: baseURL}
			dir := inMemory(t)
			o.Content, o.Out = filepath.Join(dir, "content"), filepath.Join(dir, "public")
			writeTo(t, o.Content, guideArchive())
			told := filepath.Join(o.Content, "exhibitions/cau-mau/exhibition.yaml")
			fine(t, os.WriteFile(told, []byte(strings.ReplaceAll(string(read(t, told)), "tl-0002", "tl-0001")), 0o644))
			if before != "nothing" {
				build(t, o)
			}
			broken := strings.HasSuffix(before, "error")
			withdrawn := make(chan error, 1)
			during := o
			during.BaseURL = otherURL // so that all is made anew
			during.Progress = &meddler{phase: phase, do: func() {
				if broken {
					put(t, filepath.Join(o.Content, "agents/hong.yaml"), []byte("id: [\n"))
				}
				go func() {
					_, err := generator.Withdraw(context.Background(), generator.WithdrawOptions{Options: o, ID: "tl-0002"})
					withdrawn <- err
				}()
				for word := filepath.Join(dir, ".vitrine/public/withdrawal"); ; time.Sleep(time.Millisecond) {
					if _, err := os.Stat(word); err == nil {
						return
					}
					select {
					case err := <-withdrawn:
						t.Errorf("%s over %s: the withdrawal did not wait: %v", phase, before, err)
						withdrawn <- err
						return
					default:
					}
				}
			}}
			var ue *generator.UserError
			_, err := generator.BuildWith(context.Background(), during, looks)
			if !errors.As(err, &ue) || !strings.Contains(ue.Msg.En, "withdrawn while") && !strings.Contains(err.Error(), "changed") && !broken { // that its file changed may be noticed first
				t.Errorf("%s over %s: the build says %v", phase, before, err)
			}
			fine(t, <-withdrawn)
			page, err := os.ReadFile(filepath.Join(o.Out, filepath.FromSlash(tl2)))
			if before == "nothing" {
				if err == nil {
					t.Errorf("%s: the build published", phase)
				}
				continue
			}
			contains(t, phase+" over "+before, string(page), true, `class="page-tombstone"`)
		}
	}
}
