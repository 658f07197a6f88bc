//go:build linux

package generator_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"vitrine/generator"
	"vitrine/generator/internal/publish"
)

// twoStates is an archive with its site, and what a build of it under another
// address gives; each test takes a copy.
func twoStates(t *testing.T) (start string, before, after tree) {
	t.Helper()
	start = inMemory(t)
	o := archiveIn(start, baseURL)
	writeTo(t, o.Content, guideArchive())
	before = build(t, o)
	dir := inMemory(t)
	restore(t, dir, start)
	return start, before, build(t, archiveIn(dir, otherURL))
}

// A build whose disk refuses an operation, or has none left from there on, or
// which is killed there, leaves the earlier site or the new one, says so, and
// the next build is whole. What is refused is told with advice.
func TestEveryFaultOfABuild(t *testing.T) {
	t.Parallel()
	start, before, after := twoStates(t)
	dir := inMemory(t)
	o := archiveIn(dir, otherURL)
	looks, err := programLooks()
	fine(t, err)
	restore(t, dir, start)
	disk := &killing{}
	o.Disk = disk
	_, err = generator.BuildWith(context.Background(), o, looks)
	fine(t, err)
	all, points, kept := disk.n, 0, 0
	for at := 1; at <= all; at++ {
		for _, k := range []*killing{{at: at}, {at: at, once: true, err: syscall.ENOSPC}, {at: at, err: syscall.EROFS}} {
			if few := all - at; few > 80 && at%8 > 0 || testing.Short() && at%5 > 0 {
				continue // before the site is decided on all are alike
			}
			points++
			restore(t, dir, start)
			o.Disk = k
			_, err := generator.BuildWith(context.Background(), o, looks)
			told(t, k, err)
			o.Disk = nil
			_, err = generator.Recover(o.Out)
			fine(t, err)
			switch site := treeOf(t, o.Out); {
			case maps.Equal(site, before):
				kept++
			case !maps.Equal(site, after):
				sameTree(t, "a mixture of two sites", site, after)
			}
			_, err = generator.BuildWith(context.Background(), o, looks)
			fine(t, err)
			sameTree(t, "built again", treeOf(t, o.Out), after)
			if t.Failed() {
				t.Fatalf("operation %d of %d, %v, once %v", at, all, k.err, k.once)
			}
		}
	}
	t.Logf("%d fault points survived of %d operations: %d left the earlier site, %d the new one", points, all, kept, points-kept)
	if kept == 0 || kept == points {
		t.Error("no fault met the site on one of its sides")
	}
}

// told asks that a fault of the disk comes out as an error that a person can
// mend, in both languages.
func told(t *testing.T, k *killing, err error) {
	t.Helper()
	var ue *generator.UserError
	if k.err == nil || err == nil {
		return
	}
	if !errors.Is(err, k.err) || !errors.As(err, &ue) || ue.Msg.Vi == "" || ue.Msg.En == "" {
		t.Errorf("%T %v", err, err)
	}
}

// A real file system that runs full, anywhere in a build: in the cache of
// pictures, the notes of the build, the stage. The site stays, the error says
// that there is no room, and once there is the build is whole.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	start, before, after := twoStates(t)
	disk := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64m", "vitrine-test", disk).CombinedOutput(); err != nil {
		t.Skipf("skipped: only root can mount a small file system: %s", out)
	}
	t.Cleanup(func() { fine(t, exec.Command("umount", disk).Run()) })
	looks, err := programLooks()
	fine(t, err)
	o := archiveIn(disk, otherURL)
	refused := 0
	for _, room := range []int64{0, 4, 16, 64, 128, 256, 400, 600, 800, 1000, 1200, 1500, 2000, 8000} {
		restore(t, disk, start)
		fine(t, os.RemoveAll(filepath.Join(disk, ".vitrine", "derivatives"))) // so that pictures are written too
		leave(t, disk, room<<10)
		_, err := generator.BuildWith(context.Background(), o, looks)
		fine(t, os.Remove(filepath.Join(disk, "ballast")))
		if err != nil {
			refused++
			full, ue := errors.Is(err, syscall.ENOSPC), &generator.UserError{}
			if !full || !errors.As(err, &ue) || !strings.Contains(ue.Hint.Vi, "đĩa") {
				t.Errorf("%d kB of room: %T %v", room, err, err)
			}
		}
		_, err = generator.Recover(o.Out)
		fine(t, err)
		if site := treeOf(t, o.Out); !maps.Equal(site, before) && !maps.Equal(site, after) {
			sameTree(t, "on a full disk", site, before)
		}
		_, err = generator.BuildWith(context.Background(), o, looks)
		fine(t, err)
		sameTree(t, "built again", treeOf(t, o.Out), after)
	}
	t.Logf("%d builds had no room", refused)
	if refused < 5 {
		t.Error("too few builds ran out of room: the test has lost its subject")
	}
}

// Who withdraws a record on a full disk is told that it is public as before, and
// where.
func TestWithdrawOnAFullDisk(t *testing.T) {
	disk := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=16m", "vitrine-test", disk).CombinedOutput(); err != nil {
		t.Skipf("skipped: only root can mount a small file system: %s", out)
	}
	t.Cleanup(func() { fine(t, exec.Command("umount", disk).Run()) })
	r := newRuled(t, map[string]string{"clearances/qd-01.yaml": strings.Replace(clearance, "[web-exhibition]", "[web-exhibition, harvesting]", 1)})
	r.o.BaseURL = "https://luu-tru.example.vn"
	r.published()
	fine(t, os.CopyFS(disk, os.DirFS(filepath.Dir(r.o.Content))))
	leave(t, disk, 0)
	o := r.o
	o.Content, o.Out = filepath.Join(disk, filepath.Base(o.Content)), filepath.Join(disk, filepath.Base(o.Out))
	_, err := generator.Withdraw(context.Background(), generator.WithdrawOptions{Options: o, ID: "tl-0001"})
	ue := &generator.UserError{}
	if !errors.As(err, &ue) || !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("%T %v", err, err)
	}
	at := o.BaseURL + "/" + strings.TrimSuffix(filepath.ToSlash(pageOf("tl-0001")), "index.html")
	for lang, said := range map[string]string{"vi": "tl-0001 VẪN CÔNG KHAI", "en": "tl-0001 is STILL PUBLIC"} {
		if hint := ue.Hint.In(lang); !strings.Contains(hint, said) || !strings.Contains(hint, at) || !strings.Contains(hint, "/iiif/tl-0001/manifest.json") {
			t.Errorf("%s: %s", said, hint)
		}
	}
}

// leave fills a file system but for so many bytes.
func leave(t *testing.T, disk string, room int64) {
	t.Helper()
	var s syscall.Statfs_t
	fine(t, syscall.Statfs(disk, &s))
	name := filepath.Join(disk, "ballast")
	fine(t, os.WriteFile(name, make([]byte, max(0, int64(s.Bavail)*s.Bsize-room)), 0o644))
}

// Folders that may not be written to, and files that may not be read: an error
// in words, and the site as it was. Root may do all of it, so a child does it as
// somebody else.
func TestNoPermission(t *testing.T) {
	t.Parallel()
	start, before, _ := twoStates(t)
	for name, lock := range map[string]string{
		"the output folder":       "public",
		"the state":               ".vitrine/public",
		"the pictures":            ".vitrine/derivatives/tmp",
		"a record":                "content/" + recordPath("tl-0001"),
		"a master":                "content/fonds/phong-cau-mau/media/a-001.jpg",
		"a folder of records":     "content/fonds/phong-cau-mau/records",
		"the clearances":          "content/clearances",
		"a section of exhibition": "content/exhibitions/cau-mau/01-khoi-cong.md",
	} {
		dir := inMemory(t)
		restore(t, dir, start)
		if strings.HasPrefix(lock, ".") {
			fine(t, os.RemoveAll(filepath.Join(dir, ".vitrine/derivatives/sets")))
		}
		shut := filepath.Join(dir, lock)
		mode := os.FileMode(0o555)
		if strings.HasPrefix(lock, "content") {
			mode = 0
		}
		fine(t, filepath.WalkDir(dir, func(p string, _ os.DirEntry, err error) error {
			return errors.Join(err, os.Chmod(p, 0o777))
		}), os.Chmod(shut, mode))
		t.Cleanup(func() { os.Chmod(shut, 0o755) })
		cmd := child(t, order{Options: archiveIn(dir, otherURL)})
		asNobody(t, cmd)
		var said strings.Builder
		cmd.Stderr = &said
		if err := cmd.Run(); err == nil {
			t.Errorf("%s: the build went through", name)
		}
		if strings.Contains(said.String(), "goroutine ") || !strings.Contains(said.String(), "ermission denied") && !strings.Contains(said.String(), "cannot") {
			t.Errorf("%s: it says %q", name, said.String())
		}
		fine(t, os.Chmod(shut, 0o755))
		sameTree(t, name, treeOf(t, filepath.Join(dir, "public")), before)
	}
}

// asNobody makes a command run without the rights of root.
func asNobody(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	own := filepath.Join(inMemory(t), "child")
	// Another process copies it: a file that this one had open to write could
	// not be run while a child of a test beside this one still holds it.
	fine(t, os.Chmod(filepath.Dir(own), 0o755), exec.Command("cp", os.Args[0], own).Run())
	cmd.Path = own
	cmd.Env = append(cmd.Env, "TMPDIR=/dev/shm", "HOME=/nonexistent")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
}

// Two builds at once into one folder: one is made, the other says which process
// is at work, and neither disturbs the other.
func TestTwoBuildsAtOnce(t *testing.T) {
	t.Parallel()
	start, _, after := twoStates(t)
	dir := inMemory(t)
	restore(t, dir, start)
	o := archiveIn(dir, otherURL)
	holder := o
	var second error
	holder.Progress = &meddler{phase: "Making pages", do: func() { _, second = generator.Build(context.Background(), o) }}
	_, err := generator.Build(context.Background(), holder)
	fine(t, err)
	var ue *generator.UserError
	if !errors.Is(second, publish.ErrLocked) || !errors.As(second, &ue) {
		t.Fatalf("the second build: %v", second)
	}
	if pid := "(tiến trình "; !strings.Contains(ue.Msg.Vi, pid) || ue.Hint.Vi == "" {
		t.Errorf("it says %q, %q", ue.Msg.Vi, ue.Hint.Vi)
	}
	sameTree(t, "the first build", treeOf(t, o.Out), after)
	var wg sync.WaitGroup
	done := make([]error, 4)
	for i := range done {
		wg.Go(func() { _, done[i] = generator.Build(context.Background(), o) })
	}
	wg.Wait()
	for _, err := range done {
		if err != nil && !errors.Is(err, publish.ErrLocked) {
			t.Error(err)
		}
	}
	sameTree(t, "four at once", treeOf(t, o.Out), after)
}

// The clock of the machine jumps: what lies on disk seems to be of the future,
// of 1970, or older than it was. Builds go by it no further than that they read
// again, and a change is never missed.
func TestClockThatJumps(t *testing.T) {
	t.Parallel()
	start, before, _ := twoStates(t)
	dir := inMemory(t)
	o := archiveIn(dir, baseURL)
	for name, at := range map[string]time.Time{
		"the future": time.Now().Add(24 * 365 * time.Hour), "1970": time.Unix(0, 0), "before 1970": time.Unix(-86400, 0), "backwards": time.Now().Add(-time.Hour),
	} {
		restore(t, dir, start)
		fine(t, filepath.WalkDir(o.Content, func(p string, _ os.DirEntry, err error) error { return errors.Join(err, os.Chtimes(p, at, at)) }))
		sameTree(t, name, build(t, o), before)
		record := filepath.Join(o.Content, recordPath("tl-0001"))
		edit(t, record, "Quyết định", "Quyết nghị") // as long as it was
		fine(t, os.Chtimes(record, at, at))
		changed := build(t, o)
		if maps.Equal(changed, before) {
			t.Errorf("%s: a change of the record was missed", name)
		}
		clean := o
		clean.Out = filepath.Join(inMemory(t), "public")
		sameTree(t, name+", changed", changed, build(t, clean))
	}
}
