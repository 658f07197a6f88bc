package preview

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// quiet is how long nothing may happen before a change is told: an editor
// saves in several steps. patience bounds the wait where it never is quiet.
const (
	quiet    = 30 * time.Millisecond
	patience = 10 * quiet
)

// watched tells of changes in folders.
type watched struct {
	out *changes
	wg  sync.WaitGroup
}

// wait returns when the watcher has ended, which it does after its context.
func (w *watched) wait() { w.wg.Wait() }

// watch watches folders and all that is in them until ctx is done. Changes
// before it returns may go unseen, later ones do not. polling is told, from
// another goroutine than the caller's, when nothing tells of changes and they
// are looked for; its reason is nil for a network share.
func watch(ctx context.Context, roots []string, polling func(why error)) *watched {
	w := &watched{out: newChanges()}
	raw := newChanges()
	n, err := notify(roots)
	w.wg.Go(func() { settle(ctx, raw, w.out) })
	var before uint64
	if n == nil {
		before = snapshot(roots)
	}
	w.wg.Go(func() {
		if n != nil {
			if err = n.run(ctx, raw); ctx.Err() != nil {
				return
			}
			before = snapshot(roots)
			raw.add() // what came between
		}
		polling(err)
		poll(ctx, roots, before, raw)
	})
	return w
}

// settle passes changes on when none has come for a while.
func settle(ctx context.Context, raw, out *changes) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-raw.note:
		}
		deadline := time.NewTimer(patience)
		for still := false; !still; {
			select {
			case <-ctx.Done():
				deadline.Stop()
				return
			case <-raw.note:
			case <-deadline.C:
				still = true
			case <-time.After(quiet):
				still = true
			}
		}
		deadline.Stop()
		if files, ok := raw.take(); ok {
			out.add(files...)
		}
	}
}

// notifier is told of changes by the system.
type notifier struct {
	*fsnotify.Watcher
	roots   []string
	folders map[string]bool // those that are watched, and links
}

// notify watches every folder of the roots. It is nil where the system does
// not tell of changes, with the reason.
func notify(roots []string) (*notifier, error) {
	for _, r := range roots {
		if onNetwork(r) {
			return nil, nil
		}
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	n := &notifier{Watcher: w, folders: map[string]bool{}}
	for _, r := range roots {
		real, err := filepath.EvalSymlinks(r)
		if err == nil {
			err = n.addAll(real)
		}
		if err != nil {
			w.Close()
			return nil, err
		}
		n.roots = append(n.roots, real)
	}
	return n, nil
}

// addAll watches a folder and those in it. One that vanishes meanwhile is no
// fault.
func (n *notifier) addAll(dir string) error {
	return filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && p != dir:
			return nil
		case err != nil:
			return err
		case e.Type().IsRegular():
			return nil
		case p != dir && e.IsDir() && hidden(p):
			return fs.SkipDir
		}
		n.folders[p] = true
		if !e.IsDir() {
			return nil
		}
		if err := n.Add(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}

var errRootGone = errors.New("the folder was moved or removed")

// run passes on what the system tells until ctx is done or it tells no more.
func (n *notifier) run(ctx context.Context, raw *changes) error {
	defer n.Close()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, ok := <-n.Events:
			if !ok {
				return fsnotify.ErrClosed
			}
			if err := n.event(e, raw); err != nil {
				return err
			}
		case err := <-n.Errors:
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				return err
			}
			for _, r := range n.roots {
				n.leave(r)
			}
			if err := n.again(); err != nil { // folders may have come or been renamed
				return err
			}
			raw.add()
		}
	}
}

func (n *notifier) again() error {
	for _, r := range n.roots {
		if err := n.addAll(r); err != nil {
			return err
		}
	}
	return nil
}

// leave watches a folder and those in it no more.
func (n *notifier) leave(dir string) {
	for p := range n.folders {
		if p == dir || strings.HasPrefix(p, dir+string(filepath.Separator)) {
			_ = n.Remove(p) // the system may have done it
			delete(n.folders, p)
		}
	}
}

// went passes on that a folder is no longer there. One that was renamed is
// watched on by its old name, or not at all, until it is watched anew.
func (n *notifier) went(e fsnotify.Event, raw *changes) error {
	if e.Has(fsnotify.Remove) {
		delete(n.folders, e.Name) // and it was empty
	} else {
		n.leave(e.Name)
		if err := n.again(); err != nil {
			return err
		}
	}
	raw.add()
	return nil
}

// event passes on one event. A folder that came or went may hold anything. What
// went cannot be asked whether it was one.
func (n *notifier) event(e fsnotify.Event, raw *changes) error {
	if e.Op == fsnotify.Chmod {
		return nil
	}
	for _, r := range n.roots {
		if e.Name == r && e.Has(fsnotify.Remove|fsnotify.Rename) {
			raw.add()
			return errRootGone
		}
	}
	if hidden(e.Name) {
		return nil
	}
	if n.folders[e.Name] && e.Has(fsnotify.Remove|fsnotify.Rename) {
		return n.went(e, raw)
	}
	if e.Has(fsnotify.Create) {
		if err := n.addAll(e.Name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		info, err := os.Lstat(e.Name)
		if err == nil && !info.Mode().IsRegular() || err != nil && !leaving(e.Name) {
			raw.add()
			return nil
		}
	}
	if !leaving(e.Name) {
		raw.add(n.named(e.Name)...)
	}
	return nil
}

// named is the path of a file from the first root; none outside it.
func (n *notifier) named(file string) []string {
	rel, err := filepath.Rel(n.roots[0], file)
	if err != nil || !filepath.IsLocal(rel) {
		return nil
	}
	return []string{filepath.ToSlash(rel)}
}
