package publish

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/generator/internal/ledger"
)

// scene is a folder before a build and the build that is disturbed.
type scene struct {
	name          string
	before, after site // what Vitrine wrote, and will write
	foreign       site
	runs          bool // claims go through several runs on disk
}

var scenes = []scene{
	{name: "first build, no folder", after: newSite},
	{name: "first build, .gitkeep", after: newSite, foreign: site{".gitkeep": ""}},
	{name: "second build", before: oldSite, after: newSite, foreign: foreign},
	{name: "second build, several runs", before: oldSite, after: newSite, foreign: foreign, runs: true},
	{name: "all withdrawn", before: oldSite, after: site{}, foreign: foreign},
}

// set prepares the folder of a scene and returns it.
func (sc scene) set(t testing.TB) string {
	t.Helper()
	out := filepath.Join(inMemory(t), "public")
	if sc.before != nil {
		mustBuild(t, out, sc.before, Options{FS: &faults{}})
	}
	sc.foreign.put(t, out)
	return out
}

// inMemory is a folder that lies in memory where the system has such a place:
// no fault is of the disk's making, so it need not be one.
func inMemory(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "vitrine-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// play runs the build of the scene and gives its error back.
func (sc scene) play(out string, fsys FS) error {
	t, err := Open(out, Options{FS: fsys})
	if err != nil {
		return err
	}
	defer t.Close()
	st, err := t.Stage()
	if err != nil {
		return err
	}
	thumb := filepath.Join(filepath.Dir(out), "thumb.jpg")
	if err := os.WriteFile(thumb, []byte(sc.after["media/2f/2f.jpg"]), 0o644); err != nil {
		return err
	}
	for p, text := range sc.after {
		switch p {
		case "404.html":
			if sc.before != nil {
				err = st.Keep(p)
				break
			}
			fallthrough
		default:
			err = st.Write(p, []byte(text))
		case "media/2f/2f.jpg":
			err = st.Link(p, thumb)
		}
		if err != nil {
			return err
		}
		if sc.runs {
			for _, err := range st.Files() {
				if err != nil {
					return err
				}
				break
			}
		}
	}
	st.Remember(ledger.KindAnswers, func(yield func(ledger.Row, error) bool) { yield(ledger.Row{Path: "base", Data: []byte("answer")}, nil) })
	_, err = st.Commit(context.Background())
	return err
}

// whole fails unless the folder is wholly the old site or wholly the new one.
func (sc scene) whole(t *testing.T, out, when string) {
	t.Helper()
	got := look(t, out)
	if !equal(got, sc.before.orEmpty().with(sc.foreign)) && !equal(got, sc.after.with(sc.foreign)) {
		t.Errorf("%s: neither the old site nor the new one:\n%v", when, got)
	}
}

func (s site) orEmpty() site {
	if s == nil {
		return site{}
	}
	return s
}

func equal(a, b site) bool {
	if len(a) != len(b) {
		return false
	}
	for p, text := range a {
		if other, ok := b[p]; !ok || other != text {
			return false
		}
	}
	return true
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
}

// count returns how many operations the scene takes undisturbed.
func (sc scene) count(t *testing.T) []string {
	f := &faults{}
	out := sc.set(t)
	if err := sc.play(out, f); err != nil {
		t.Fatal(err)
	}
	same(t, out, sc.after.with(sc.foreign))
	return f.log
}

// Whatever single operation fails, alone or as the last one of a killed
// process, the next Open finds or makes a whole site, the foreign files are
// there, and the build then works (tried at one point in four, to save time).
func TestEveryFault(t *testing.T) {
	t.Parallel()
	points, kinds := 0, map[string]int{}
	for _, sc := range scenes {
		log := sc.count(t)
		for k := 1; k <= len(log); k++ {
			for _, kill := range []bool{false, true} {
				when := fmt.Sprintf("%s, operation %d of %d (%s), kill %v", sc.name, k, len(log), log[k-1], kill)
				sc.disturb(t, &faults{at: k, kill: kill}, when, k%4 == 0)
				points++
				kinds[log[k-1]]++
			}
			if t.Failed() {
				t.FailNow()
			}
		}
	}
	t.Logf("%d fault points survived: %v", points, kinds)
	if points <= 100 {
		t.Errorf("only %d fault points: the test has lost its subject", points)
	}
	for _, op := range []string{"create", "write", "close", "sync", "mkdir", "link", "rename", "remove", "removeall", "syncdir"} {
		if kinds[op] == 0 {
			t.Errorf("no %s ever failed", op)
		}
	}
}

func (sc scene) disturb(t *testing.T, f *faults, when string, rebuild bool) {
	t.Helper()
	out := sc.set(t)
	err := sc.play(out, f)
	if err != nil && !errors.Is(err, errFault) {
		t.Errorf("%s: another error came out: %v", when, err)
	}
	if !exists(filepath.Join(out, "../.vitrine/public/journal")) {
		sc.whole(t, out, when+", before recovery")
	}
	sc.recovered(t, out, when, rebuild)
}

// recovered opens the target once and looks; if asked to, it builds as well.
func (sc scene) recovered(t *testing.T, out, when string, rebuild bool) {
	t.Helper()
	target, err := Open(out, Options{FS: &faults{}})
	if err != nil {
		t.Errorf("%s: the next Open: %v", when, err)
		return
	}
	sc.whole(t, out, when)
	target.Close()
	if state, err := os.ReadDir(target.StateDir()); err != nil || len(state) > 2 {
		t.Errorf("%s: left in the state folder: %v %v", when, state, err)
	}
	if !rebuild {
		return
	}
	if _, err := build(out, sc.after, Options{FS: &faults{}}); err != nil {
		t.Errorf("%s: the next build: %v", when, err)
	}
	if !equal(look(t, out), sc.after.with(sc.foreign)) {
		t.Errorf("%s: the next build left %v", when, look(t, out))
	}
}

// A commit that is killed, and whose recovery is killed as well, at each of
// its places in turn, is still finished by the third process.
func TestEveryFaultDuringRecovery(t *testing.T) {
	t.Parallel()
	sc := scenes[2]
	log := sc.count(t)
	points := 0
	for k := slices.Index(log, "syncdir"); k <= len(log); k += 5 {
		for j := 1; ; j++ {
			when := fmt.Sprintf("killed at %d, recovery killed at %d", k, j)
			out := sc.set(t)
			sc.play(out, &faults{at: k, kill: true})
			again := &faults{at: j, kill: true}
			if target, err := Open(out, Options{FS: again}); err == nil {
				target.Close()
			}
			if again.n < j {
				break // the recovery has fewer operations than that
			}
			sc.recovered(t, out, when, j%4 == 0)
			points++
			if t.Failed() {
				t.FailNow()
			}
		}
	}
	t.Logf("%d pairs of faults survived", points)
	if points <= 100 {
		t.Errorf("only %d pairs", points)
	}
}

// An error after the moment of decision leaves the commit to the next Stage of
// the same process as well, as a preview server needs it.
func TestStageFinishesACommit(t *testing.T) {
	sc := scenes[2]
	f := &faults{}
	out := sc.set(t)
	target, err := Open(out, Options{FS: f})
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	st, _ := target.Stage()
	for p, text := range sc.after {
		st.Write(p, []byte(text))
	}
	f.atRename = 3 // the first is the journal's
	if _, err := st.Commit(context.Background()); !errors.Is(err, errFault) {
		t.Fatalf("commit: %v", err)
	}
	f.at = 0
	for p := range sc.before {
		if _, stays := sc.after[p]; !stays && exists(filepath.Join(out, p)) {
			t.Errorf("%s is withdrawn and still there after the first renames", p)
		}
	}
	st.Abort()
	if _, err := target.Stage(); err != nil {
		t.Fatal(err)
	}
	same(t, out, sc.after.with(sc.foreign))
	if n := target.Notes(); len(n) != 1 {
		t.Errorf("notes: %+v", n)
	}
}

// slow is a file system on which a commit takes long enough to be killed. It
// says what it does before it does it.
type slow struct{ OS }

func (s slow) Rename(a, b string) error {
	return s.say("rename", func() error { return s.OS.Rename(a, b) })
}
func (s slow) Remove(p string) error { return s.say("remove", func() error { return s.OS.Remove(p) }) }

func (slow) say(op string, do func() error) error {
	fmt.Println(op)
	time.Sleep(4 * time.Millisecond)
	return do()
}

const childEnv = "VITRINE_PUBLISH_CHILD"

// TestChild is the process that TestKill kills; by itself it has nothing to do.
func TestChild(t *testing.T) {
	out := os.Getenv(childEnv)
	if out == "" {
		return
	}
	if err := scenes[2].play(out, slow{}); err != nil {
		t.Fatal(err)
	}
}

// A real process is killed at each of its renames and removals in turn. The
// lock dies with it.
func TestKill(t *testing.T) {
	t.Parallel()
	sc := scenes[2]
	mixes := 0
	for n := 1; ; n++ {
		out := sc.set(t)
		if !killAfter(t, out, n) {
			if n < 10 {
				t.Errorf("the child did only %d operations", n)
			}
			break
		}
		got := look(t, out)
		if !equal(got, oldSite.with(foreign)) && !equal(got, newSite.with(foreign)) {
			mixes++
			if !exists(filepath.Join(out, "../.vitrine/public/journal")) {
				t.Errorf("killed at %d: a mix without a journal: %v", n, got)
			}
		}
		sc.recovered(t, out, fmt.Sprintf("killed at %d", n), true)
	}
	if mixes < 5 {
		t.Errorf("only %d kills hit the commit: the test has lost its subject", mixes)
	}
	t.Logf("%d kills in the middle of a commit", mixes)
}

// killAfter runs the child and kills it at its nth operation. It reports false
// if the child came to its end before.
func killAfter(t *testing.T, out string, n int) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestChild$")
	cmd.Env = append(os.Environ(), childEnv+"="+out)
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ops := 0
	for lines := bufio.NewScanner(pipe); lines.Scan(); {
		if op := lines.Text(); !strings.HasPrefix(op, "rename") && op != "remove" {
			continue
		}
		if ops++; ops == n {
			cmd.Process.Kill()
			cmd.Wait()
			return true
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("child: %v", err)
	}
	return false
}
