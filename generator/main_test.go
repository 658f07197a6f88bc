package generator_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"
	"vitrine/generator/internal/sitecheck"
)

// The acceptance tests work on the sample archive, or on another one that the
// environment names.
const (
	baseURL      = "https://kho.example.org/trung-bay/"
	asOf         = "2026-11-22"
	childEnv     = "VITRINE_TEST_BUILD" // a test process that only builds: its orders as JSON
	contentEnv   = "VITRINE_TEST_CONTENT"
	validatorJar = "../templates/node_modules/vnu-jar/build/dist/vnu.jar"
	axeScript    = "../templates/node_modules/axe-core/axe.min.js"
)

// scratch holds the sites of this test process. They share the sizes of the
// images, which are made once.
var scratch string

func TestMain(m *testing.M) {
	if orders := os.Getenv(childEnv); orders != "" {
		os.Exit(childBuild(orders))
	}
	dir, err := os.MkdirTemp("", "vitrine-site-")
	if err != nil {
		panic(err)
	}
	scratch = dir
	status := m.Run()
	os.RemoveAll(dir)
	os.Exit(status)
}

func contentDir() string {
	if dir := os.Getenv(contentEnv); dir != "" {
		return dir
	}
	return "../content"
}

// outDir is a folder for a site with that name.
func outDir(name string) string { return filepath.Join(scratch, name) }

var (
	sampleSite = sync.OnceValues(func() (*sitecheck.Site, error) { return buildSample("address", baseURL) })
	bareSite   = sync.OnceValues(func() (*sitecheck.Site, error) {
		if _, err := sampleSite(); err != nil { // one at a time: they share the images
			return nil, err
		}
		return buildSample("bare", "")
	})
)

// sample is the site of the sample archive with an address.
func sample(t *testing.T) *sitecheck.Site {
	t.Helper()
	return must(t, sampleSite)
}

// bare is the same site without an address.
func bare(t *testing.T) *sitecheck.Site {
	t.Helper()
	return must(t, bareSite)
}

// bothSites runs a test on the site with an address and on that without.
func bothSites(t *testing.T, check func(t *testing.T, s *sitecheck.Site)) {
	t.Run("address", func(t *testing.T) { check(t, sample(t)) })
	t.Run("bare", func(t *testing.T) { check(t, bare(t)) })
}

func must(t *testing.T, build func() (*sitecheck.Site, error)) *sitecheck.Site {
	t.Helper()
	s, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func buildSample(name, base string) (*sitecheck.Site, error) {
	o := generator.Options{Content: contentDir(), Out: outDir(name), BaseURL: base, AsOf: asOf, Data: true}
	if _, err := buildReport(o); err != nil {
		return nil, err
	}
	return sitecheck.Open(o.Out, base)
}

// buildReport builds a site; an error names what is wrong with the content.
func buildReport(o generator.Options) (*generator.Report, error) {
	r, err := generator.Build(context.Background(), o)
	if errors.Is(err, generator.ErrContent) {
		for _, d := range r.Diags.Sorted() {
			if d.Severity == diag.Error {
				err = fmt.Errorf("%w\n%s: %s", err, d.Pos, d.Msg.En)
			}
		}
	}
	return r, err
}

// report fails a test with everything that a check found, up to a screenful.
func report(t *testing.T, found []sitecheck.Problem) {
	t.Helper()
	for i, p := range found {
		if i == 25 {
			t.Errorf("… and %d more", len(found)-i)
			return
		}
		t.Error(p)
	}
}

// order is what a child process is told to build.
type order struct {
	Options generator.Options
	Watch   bool                     // print a line for each step of progress
	Redact  *generator.RedactOptions // this instead of building
	Foreign *foreign                 // or this
}

// child is a process that does what it is told and nothing else, so that it can have
// another environment and can be killed.
func child(t *testing.T, o order, env ...string) *exec.Cmd {
	t.Helper()
	data, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(append(os.Environ(), env...), childEnv+"="+string(data))
	cmd.Stderr = os.Stderr
	return cmd
}

func childBuild(orders string) int {
	var o order
	if err := json.Unmarshal([]byte(orders), &o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	if o.Redact != nil {
		if _, err := generator.Redact(context.Background(), *o.Redact); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return 0
	}
	if o.Foreign != nil {
		return o.Foreign.goThrough()
	}
	if o.Watch {
		o.Options.Progress = &announcer{}
	}
	if _, err := buildReport(o.Options); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// announcer is a Progress that prints a line for each step.
type announcer struct {
	mu    sync.Mutex
	phase string
}

func (a *announcer) Phase(name diag.Text, _ int) { a.phase = name.En; a.Add(0) }
func (a *announcer) Done()                       { a.phase = "done"; a.Add(0) }

func (a *announcer) Add(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	fmt.Println(a.phase, n)
}
