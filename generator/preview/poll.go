package preview

import (
	"context"
	"fmt"
	"hash/fnv"
	"io/fs"
	"path/filepath"
	"strings"
	"time"
)

// pace is how often changes are looked for; a folder that takes long to look
// through is looked through less often.
const (
	pace   = time.Second
	effort = 5 // times as long is rested as was worked
)

// poll tells when names, sizes or times below the roots are no longer what
// they were.
func poll(ctx context.Context, roots []string, before uint64, raw *changes) {
	rest := pace
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(rest):
		}
		began := time.Now()
		if now := snapshot(roots); now != before {
			before = now
			raw.add()
		}
		rest = max(pace, effort*time.Since(began))
	}
}

// snapshot is a hash of the names, sizes and times of all files. What cannot
// be read is as if it were not there.
func snapshot(roots []string) uint64 {
	h := fnv.New64a()
	for _, root := range roots {
		if real, err := filepath.EvalSymlinks(root); err == nil {
			root = real
		}
		_ = filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil
			case p != root && e.IsDir() && hidden(p):
				return fs.SkipDir
			case e.IsDir(), hidden(p), e.Type().IsRegular() && leaving(p):
				return nil
			}
			if info, err := e.Info(); err == nil {
				fmt.Fprintf(h, "%s\x00%d %d\n", p, info.Size(), info.ModTime().UnixNano())
			}
			return nil
		})
	}
	return h.Sum64()
}

// leavings are the endings of files that editors, browsers and copying leave
// lying for a moment.
var leavings = []string{"~", ".tmp", ".temp", ".swp", ".swx", ".swo", ".bak", ".part", ".partial", ".crdownload", ".lock", "___jb_tmp___", "___jb_old___"}

// hidden reports whether the archive does not read a file or folder, nor what
// lies in it. Of folders it reads all others, whatever their names end in.
func hidden(p string) bool { return strings.HasPrefix(filepath.Base(p), ".") }

// leaving reports whether a file, which must not be a folder, is none of the
// archive's but of an editor. Whatever the archive might read is none.
func leaving(p string) bool {
	name := filepath.Base(p)
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml", ".md":
		return false
	}
	if strings.HasPrefix(name, "~$") || strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") ||
		name == "4913" || name == "Thumbs.db" || name == "desktop.ini" {
		return true
	}
	for _, end := range leavings {
		if strings.HasSuffix(strings.ToLower(name), end) {
			return true
		}
	}
	return false
}
