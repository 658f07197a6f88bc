package diag

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// PerCode is how many diagnostics of one code a List keeps; the rest are
// counted. A folder with one mistake repeated a million times must not fill
// the memory or the screen.
const PerCode = 20

// List collects diagnostics from many goroutines. It keeps the PerCode
// smallest of each code in the order of position, so what is kept does not
// depend on the order of arrival. The zero List is ready for use.
type List struct {
	mu     sync.Mutex
	kept   map[string][]Diagnostic
	total  map[string]int
	counts [2]int // by severity
}

// Add records findings.
func (l *List) Add(ds ...Diagnostic) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, d := range ds {
		l.add(d)
	}
}

// Merge adds what another list has found.
func (l *List) Merge(other *List) {
	from := other.Clone()
	l.mu.Lock()
	defer l.mu.Unlock()
	for key, ds := range from.kept {
		for _, d := range ds {
			l.add(d)
		}
		if counted := from.total[key] - len(ds); counted > 0 {
			l.tell(key, ds[0], counted)
		}
	}
}

func (l *List) add(d Diagnostic) {
	if l.kept == nil {
		l.kept, l.total = map[string][]Diagnostic{}, map[string]int{}
	}
	key := keyOf(d)
	l.tell(key, d, 1)
	have := l.kept[key]
	at, _ := slices.BinarySearchFunc(have, d, compare)
	if at >= PerCode {
		return
	}
	have = slices.Insert(have, at, d)
	l.kept[key] = have[:min(len(have), PerCode)]
}

// keyOf is what findings are kept and counted by.
func keyOf(d Diagnostic) string { return d.Severity.String() + " " + d.Code }

func (l *List) tell(key string, d Diagnostic, n int) {
	l.counts[d.Severity] += n
	l.total[key] += n
}

// Errors returns how many errors were added, kept or not.
func (l *List) Errors() int { return l.count(Error) }

// Warnings returns how many warnings were added, kept or not.
func (l *List) Warnings() int { return l.count(Warning) }

func (l *List) count(s Severity) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.counts[s]
}

// Sorted returns the kept diagnostics in the order of position.
func (l *List) Sorted() []Diagnostic {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []Diagnostic
	for _, ds := range l.kept {
		all = append(all, ds...)
	}
	slices.SortFunc(all, compare)
	return all
}

// Dropped is the number of findings of one code that were counted but not kept.
type Dropped struct {
	Code     string
	Severity Severity
	N        int
}

// Dropped returns, sorted by code, what Sorted leaves out.
func (l *List) Dropped() []Dropped {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []Dropped
	for key, n := range l.total {
		if extra := n - len(l.kept[key]); extra > 0 {
			first := l.kept[key][0]
			out = append(out, Dropped{first.Code, first.Severity, extra})
		}
	}
	slices.SortFunc(out, func(a, b Dropped) int {
		return strings.Compare(a.Severity.String()+a.Code, b.Severity.String()+b.Code)
	})
	return out
}

// listData is a List as data.
type listData struct {
	Kept   []Diagnostic
	Total  map[string]int // by severity and code
	Counts [2]int
}

// MarshalJSON writes what the list keeps and counts.
func (l *List) MarshalJSON() ([]byte, error) {
	kept := l.Sorted()
	l.mu.Lock()
	defer l.mu.Unlock()
	return json.Marshal(listData{kept, l.total, l.counts})
}

// UnmarshalJSON reads what MarshalJSON wrote into an empty list.
func (l *List) UnmarshalJSON(b []byte) error {
	var data listData
	if err := json.Unmarshal(b, &data); err != nil {
		return err
	}
	l.Add(data.Kept...)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total, l.counts = data.Total, data.Counts
	return nil
}

// Clone returns a list of its own with the same findings.
func (l *List) Clone() *List {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := &List{kept: map[string][]Diagnostic{}, total: map[string]int{}, counts: l.counts}
	maps.Copy(out.total, l.total)
	for key, ds := range l.kept {
		out.kept[key] = slices.Clone(ds)
	}
	return out
}

// Excerpts fills in the source line of every kept diagnostic that has none.
// Each file is read once; a file that cannot be read leaves its excerpts empty.
func (l *List) Excerpts(fsys fs.FS) {
	l.mu.Lock()
	defer l.mu.Unlock()
	wanted := map[string]map[int]string{}
	l.each(func(d *Diagnostic) {
		if d.Pos.Line == 0 || d.Excerpt != "" {
			return
		}
		if wanted[d.Pos.File] == nil {
			wanted[d.Pos.File] = map[int]string{}
		}
		wanted[d.Pos.File][d.Pos.Line] = ""
	})
	for file, lines := range wanted {
		readLines(fsys, file, lines)
	}
	l.each(func(d *Diagnostic) {
		if d.Excerpt == "" {
			d.Excerpt = wanted[d.Pos.File][d.Pos.Line]
		}
	})
}

// Under puts a folder before the paths of all findings, so that they can be
// opened from where the command was called.
func (l *List) Under(dir string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.each(func(d *Diagnostic) {
		if d.Pos.File != "" {
			d.Pos.File = path.Join(filepath.ToSlash(dir), d.Pos.File)
		}
	})
}

func (l *List) each(visit func(*Diagnostic)) {
	for _, ds := range l.kept {
		for i := range ds {
			visit(&ds[i])
		}
	}
}

// readLines fills in the texts of the lines whose numbers are the keys.
func readLines(fsys fs.FS, file string, lines map[int]string) {
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return
	}
	sc := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	sc.Buffer(nil, len(data)+1)
	for n := 1; sc.Scan(); n++ {
		if _, ok := lines[n]; ok {
			lines[n] = strings.TrimRight(sc.Text(), "\r")
		}
	}
}
