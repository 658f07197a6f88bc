package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"vitrine/generator/internal/ledger"
)

// plan decides what a commit has to do. It sees the pairs in order and keeps
// nothing but where it stands.
type plan struct {
	t       *Target
	ledger  *ledger.Writer
	journal *journalWriter

	place     chain
	moving    string  // the staged folder that moves as a whole; "" if none
	removed   string  // the last file planned for removal
	clearing  *clears // a folder that a file will replace
	conflicts []string
	conflict  int // how many conflicts there are in all

	res  Result
	rows bool // the next ledger differs from the last one
}

// clears counts what is in a folder and not yet known to go.
type clears struct {
	dir  string
	left int
}

const maxConflicts = 10

// step plans one path.
func (p *plan) step(q pair) error {
	p.settle(q.path)
	if !q.claimed {
		return p.remove(q)
	}
	if q.kept {
		p.res.Unchanged++
		return p.ledger.Add(ledger.KindWritten, q.path, q.row)
	}
	return p.put(q)
}

// remove plans the removal of a file that only the last build wanted.
func (p *plan) remove(q pair) error {
	p.rows = true
	missing, err := p.place.missing(p.t, q.path)
	if missing != "" && (err == nil || errors.Is(err, errNoFolder)) {
		return nil // gone, with a folder above it
	} else if err != nil {
		return err
	}
	info, err := os.Lstat(p.t.at(q.path))
	if absent(err) || err == nil && !info.Mode().IsRegular() {
		return nil
	} else if err != nil {
		return errIO("đọc", "read", q.path, err)
	}
	p.journal.add(stepRemove, q.path)
	p.removed = q.path
	p.res.Removed++
	if p.clearing != nil && under(p.clearing.dir, q.path) {
		p.clearing.left--
	}
	return p.journal.err
}

// put plans a staged file.
func (p *plan) put(q pair) error {
	same, info, err := p.find(q)
	if err != nil {
		return err
	}
	if same {
		q.now.ModTime = info.ModTime().UnixNano()
		p.res.Unchanged++
	} else {
		p.res.Written++
		p.res.Bytes += q.now.Size
	}
	p.rows = p.rows || !q.owned || q.now != q.old
	return p.ledger.AddWritten(q.now)
}

// find looks at the place of a staged file and plans the rename, unless the
// file that is there is the same.
func (p *plan) find(q pair) (same bool, info fs.FileInfo, err error) {
	if p.moving != "" && under(p.moving, q.path) {
		return false, nil, nil
	}
	p.moving = ""
	missing, err := p.place.missing(p.t, q.path)
	switch {
	case errors.Is(err, errNoFolder) && missing != p.removed:
		p.clash(missing)
		return false, nil, nil
	case err != nil && !errors.Is(err, errNoFolder):
		return false, nil, err
	case missing != "":
		p.moving = missing
		p.journal.add(stepMove, missing)
		return false, nil, p.journal.err
	}
	info, err = os.Lstat(p.t.at(q.path))
	if absent(err) {
		err = nil
	} else if err != nil {
		err = errIO("đọc", "read", q.path, err)
	} else {
		same, err = p.compare(q, info)
	}
	if !same && err == nil {
		p.journal.add(stepMove, q.path)
		err = p.journal.err
	}
	return same, info, err
}

// compare compares a staged file with what is in its place.
func (p *plan) compare(q pair, info fs.FileInfo) (same bool, err error) {
	switch {
	case info.IsDir():
		return false, p.clear(q.path)
	case !info.Mode().IsRegular():
		p.clash(q.path)
		return false, nil
	}
	same, err = p.sameFile(q, info)
	if !same && err == nil && !q.owned && !p.t.adopt {
		p.clash(q.path)
	}
	return same, err
}

// sameFile reports whether the file in place has the bytes of the staged one.
// It reads them only if the ledger cannot tell, or is not to be trusted.
func (p *plan) sameFile(q pair, info fs.FileInfo) (bool, error) {
	if info.Size() != q.now.Size {
		return false, nil
	}
	if q.owned && !p.t.doubt && intact(q.old, info) {
		return q.old.Hash == q.now.Hash, nil
	}
	sum, err := hashFile(p.t.at(q.path))
	return sum == q.now.Hash, err
}

// clear begins to watch that everything in a folder is removed, since a staged
// file takes its place.
func (p *plan) clear(dir string) error {
	c := &clears{dir: dir}
	err := filepath.WalkDir(p.t.at(dir), func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			c.left++
			return err
		}
		entries, err := os.ReadDir(name)
		if len(entries) == 0 {
			c.left++ // ours are never empty
		}
		return err
	})
	if err != nil {
		return errIO("đọc", "read", dir, err)
	}
	p.clearing = c
	return nil
}

// settle ends the watch once the plan has passed the folder.
func (p *plan) settle(path string) {
	if c := p.clearing; c != nil && !under(c.dir, path) && path != c.dir {
		if c.left > 0 {
			p.clash(c.dir)
		}
		p.clearing = nil
	}
}

// clash notes a place that is taken by something foreign.
func (p *plan) clash(path string) {
	if n := len(p.conflicts); n > 0 && p.conflicts[n-1] == path {
		return // a file where many pages want a folder
	}
	p.conflict++
	if len(p.conflicts) < maxConflicts {
		p.conflicts = append(p.conflicts, path)
	}
}

// end reports the conflicts and ends the ledger with what else it holds.
func (p *plan) end(also []section) error {
	p.settle("")
	if p.conflict > 0 {
		return errConflicts(p.t.out, p.conflicts, p.conflict)
	}
	for _, s := range also {
		p.rows = true // only who asks for them knows whether they are as they were
		for row, err := range s.rows {
			if err == nil {
				err = p.ledger.Add(s.kind, row.Path, row.Data)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// chain remembers the folder it found last, so that the folders above a file
// are looked up once and not for each file.
type chain struct{ known string }

var errNoFolder = errors.New("not a folder")

// missing returns the topmost folder above path that does not exist, "." for
// the output folder itself, and "" if all do. The error is errNoFolder, with
// the path of what stands there, if one of them is something else: a file, or
// a link that could lead out of the site.
func (c *chain) missing(t *Target, path string) (string, error) {
	dir := dirOf(path)
	if c.known == dir {
		return "", nil
	}
	for at := "."; ; {
		if c.known == "" || at != "." && !under(at, c.known) && at != c.known {
			info, err := os.Lstat(t.at(at))
			if absent(err) {
				return at, nil
			} else if err != nil {
				return at, errIO("đọc", "read", at, err)
			} else if !info.IsDir() {
				return at, errNoFolder
			}
			c.known = at
		}
		if at == dir {
			return "", nil
		}
		at = below(at, dir)
	}
}

// below returns the folder one step from at towards dir.
func below(at, dir string) string {
	start := 0
	if at != "." {
		start = len(at) + 1
	}
	if i := strings.IndexByte(dir[start:], '/'); i >= 0 {
		return dir[:start+i]
	}
	return dir
}

// absent reports an error that says that there is no such file, also because a
// file stands where one of its folders should be.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}
