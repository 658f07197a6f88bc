package generator_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/generator"
	"vitrine/generator/internal/lock"
)

// Two previews of one site, as a second double-click opens them, each show
// what is written now, whichever reads first.
func TestTwoSessionsOfOneSite(t *testing.T) {
	dir := starter(t)
	first, second := session(t, dir, false), session(t, dir, false)
	const page = "phong-luu-tru/phong-01/tl-0001.html"
	record := filepath.Join(dir, "content/fonds/phong-01/records/hs-0001.yaml")
	title := "Thông báo mẫu về việc mở"
	for i, readers := range [][]*generator.Session{{first, second}, {second, first}, {first, second}, {second, first}} {
		next := "Thông báo " + strings.Repeat("i", i+1) + " về việc mở"
		edit(t, record, title, next)
		for _, s := range readers {
			refresh(t, s, 0)
			if !strings.Contains(fileOf(t, s, page), next) {
				t.Errorf("after %d edits a session shows what was before", i+1)
			}
		}
		title = next
	}
	edit(t, record, "access: {state: public}", "access: {state: restricted}")
	refresh(t, first, 0)
	refresh(t, second, 0)
	for _, s := range []*generator.Session{first, second} {
		if f, _, _ := s.File(page); strings.Contains(string(f.Data), title) {
			t.Error("a session shows a record that was withheld")
		}
	}
}

// Readings of two sessions at once do not get in each other's way, and what
// one of them needed for itself is gone when it ends.
func TestTwoSessionsAtOnce(t *testing.T) {
	dir := starter(t)
	first, second := session(t, dir, false), session(t, dir, false)
	faults := make(chan error)
	for _, s := range []*generator.Session{first, second} {
		go func() {
			var err error
			for range 20 {
				if _, e := s.Refresh(context.Background()); e != nil {
					err = e
				}
			}
			faults <- err
		}()
	}
	for range 2 {
		if err := <-faults; err != nil {
			t.Error(err)
		}
	}
	first.Close()
	first.Close()
	third := session(t, dir, false) // takes the place of the first
	second.Close()
	third.Close()
	left, err := filepath.Glob(filepath.Join(dir, ".vitrine/.preview*"))
	if err != nil || len(left) != 1 || filepath.Base(left[0]) != ".preview" {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// The next session removes what a killed one left, but for what another holds
// or has only begun.
func TestSessionsSweepAfterTheKilled(t *testing.T) {
	dir := starter(t)
	session(t, dir, false).Close()
	state := filepath.Join(dir, ".vitrine")
	old := time.Now().Add(-time.Hour)
	for name, at := range map[string]time.Time{".preview~killed": old, ".preview~held": old, ".preview~begun": time.Now(), ".preview-drafts": old} {
		file := filepath.Join(state, name, "lock")
		err := os.MkdirAll(filepath.Dir(file), 0o755)
		if err == nil {
			err = os.WriteFile(file, nil, 0o644)
		}
		if err == nil {
			err = os.Chtimes(file, at, at)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	held, err := lock.Take(filepath.Join(state, ".preview~held/lock"))
	if err != nil {
		t.Fatal(err)
	}
	defer held.Release()
	file := filepath.Join(state, ".preview~held/lock")
	if err := os.Chtimes(file, old, old); err != nil {
		t.Fatal(err)
	}
	session(t, dir, false)
	for name, want := range map[string]bool{".preview~killed": false, ".preview~held": true, ".preview~begun": true, ".preview-drafts": true} {
		if _, err := os.Stat(filepath.Join(state, name)); (err == nil) != want {
			t.Errorf("%s is left: %t", name, err == nil)
		}
	}
}

// While a picture is made, which may take seconds, the content is read again
// and pages are shown; and a picture that was withheld meanwhile is not shown.
func TestAPictureHoldsNothingUp(t *testing.T) {
	dir := starter(t)
	s := session(t, dir, false)
	_, rest, _ := strings.Cut(fileOf(t, s, "thu-vien-anh/index.html"), `src="../media/`)
	name, _, _ := strings.Cut(rest, `"`)
	let := s.HoldPicture("media/" + name)
	shown := make(chan bool)
	go func() {
		_, ok, _ := s.File("media/" + name)
		shown <- ok
	}()
	time.Sleep(50 * time.Millisecond) // until it waits for the picture
	done := make(chan struct{})
	go func() {
		defer close(done)
		const records = "fonds/phong-01/records/hs-0001.yaml"
		edit(t, filepath.Join(dir, "content", records), "Thông báo mẫu về việc mở", "Thông báo đã sửa về việc mở")
		if _, err := s.RefreshFiles(context.Background(), []string{records}); err != nil || !s.Revised() {
			t.Errorf("all was read: %v", err)
		}
		if !strings.Contains(fileOf(t, s, "phong-luu-tru/phong-01/tl-0001.html"), "Thông báo đã sửa") {
			t.Error("the page is the old one")
		}
		edit(t, filepath.Join(dir, "content", records), "access: {state: public}", "access: {state: restricted}")
		refresh(t, s, 0)
		fileOf(t, s, "index.html")
	}()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Error("all waits for one picture")
	}
	let()
	if <-shown {
		t.Error("a picture of a record that was withheld meanwhile is shown")
	}
	<-done
	s.Close()
}
