package access

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"iter"
	"strings"

	"vitrine/generator/diag"
)

// Freeze compares the ids that exist with those that each clearance decided
// on. ids are all records of the archive with their fonds, sorted by id. Where
// the list of the ids decided on lies beside a clearance, it covers these and
// no others. Where it does not, and the records in the scope changed since the
// decision, the clearance covers nothing any more.
func (g *Gate) Freeze(ids iter.Seq2[string, string]) *diag.List {
	found := &diag.List{}
	g.strangers(ids, found)
	var all []*census
	for i := range g.clearances {
		if c := &g.clearances[i]; c.covers.SHA256.V != "" && c.unusable == ReasonNone {
			all = append(all, &census{c: c, found: found, rest: string(c.decided), sum: sha256.New()})
		}
	}
	if len(all) == 0 {
		return found
	}
	for id, fonds := range ids {
		for _, n := range all {
			n.meet(id, n.c.scope.Has(id, fonds))
		}
	}
	for _, n := range all {
		n.end()
	}
	return found
}

// strangers warns of ids in a scope that no record has: the decision names
// something that is not there, or is misspelt.
func (g *Gate) strangers(ids iter.Seq2[string, string], found *diag.List) {
	missing := map[string]bool{}
	for _, c := range g.clearances {
		for _, s := range c.named {
			missing[s.V] = true
		}
	}
	for id := range ids {
		delete(missing, id)
		if len(missing) == 0 {
			return
		}
	}
	for _, c := range g.clearances {
		for _, s := range c.named {
			if missing[s.V] {
				found.Add(diag.Warnf("clearance-scope", s.At.In(c.file), "phạm vi quyết định nêu %q, nhưng không có bản ghi nào mang mã ấy", "the scope of the clearance names %q, and there is no record with that id", s.V))
			}
		}
	}
}

// census goes through the records of an archive, in the order of their ids,
// for one clearance.
type census struct {
	c     *clearance
	found *diag.List

	rest string // of the list of ids decided on: those that have not been met
	line int    // of the list, the last that was met

	n   int // where there is no list: records in the scope
	sum hash.Hash
	ids []string // the first of them
}

func (n *census) meet(id string, in bool) {
	switch {
	case n.c.decided != "":
		n.match(id, in)
	case in:
		n.n++
		_, _ = io.WriteString(n.sum, id+"\n") // a hash never fails
		if n.n <= maxTried {
			n.ids = append(n.ids, id)
		}
	}
}

// match passes the ids of the list up to one that exists.
func (n *census) match(id string, in bool) {
	for n.rest != "" {
		line, rest, _ := strings.Cut(n.rest, "\n")
		if line > id {
			return
		}
		n.rest, n.line = rest, n.line+1
		if line < id || !in {
			n.gone(line)
		}
	}
}

// gone warns of an id that was decided on and is not, or no longer, in the scope.
func (n *census) gone(id string) {
	n.found.Add(diag.Warnf("clearance-gone", diag.Pos{File: n.c.listFile(), Line: n.line},
		"quyết định %s đã xét %q, nhưng trong phạm vi không có bản ghi nào mang mã ấy", "clearance %s decided on %q, and no record in its scope has that id", n.c.id, id))
}

func (n *census) end() {
	if n.c.decided != "" {
		n.match("\U0010FFFF", false) // which comes after every id
		return
	}
	want := n.c.covers
	sum := hex.EncodeToString(n.sum.Sum(nil))
	if n.n == want.Count.V && sum == want.SHA256.V {
		return
	}
	n.c.unusable = ReasonScopeChanged
	d := diag.Warnf("clearance-changed", want.At.In(n.c.file),
		"các bản ghi trong phạm vi quyết định %s không còn như khi quyết định (nay %d bản ghi, sha256 %s): không công bố gì theo quyết định này",
		"the records in the scope of clearance %s are no longer those decided on (now %s, sha256 %s): nothing is published under it", n.c.id, diag.Count(n.n, "record"), sum)
	if ids := n.added(); ids != nil {
		n.found.Add(d.WithHint("bản ghi thêm sau khi quyết định: %s; bản ghi ấy cần một quyết định khác", "added since the decision: %s; that needs a decision of its own", strings.Join(ids, ", ")))
		return
	}
	n.found.Add(d.WithHint("đặt lại danh mục mã đã xét vào %s để công bố những bản ghi đã xét, hoặc lập quyết định mới bằng «vitrine new clearance»",
		"put the list of the ids decided on back into %s to publish those, or make a new decision with «vitrine new clearance»", n.c.listFile()))
}

// Bounds on the search for the records that were added since a decision.
const (
	maxTried  = 4096     // ids in the scope
	maxHashed = 64 << 20 // bytes
)

// added are the ids without which the records in the scope are those decided
// on; nil where they cannot be found with little work.
func (n *census) added() []string {
	extra := n.n - n.c.covers.Count.V
	if extra < 1 || n.n > maxTried {
		return nil
	}
	for work, i := len(strings.Join(n.ids, "\n")), 0; i < extra; i++ {
		if work = work * (n.n - i) / (i + 1); work > maxHashed {
			return nil
		}
	}
	return without(n.ids, extra, n.c.covers.SHA256.V)
}

// without finds the ids to leave out, so many, for the others to have a hash;
// nil where there are none.
func without(ids []string, extra int, want string) []string {
	var out []int
	var leave func(from int) bool
	leave = func(from int) bool {
		if len(out) == extra {
			return sumWithout(ids, out) == want
		}
		for i := from; i < len(ids); i++ {
			if out = append(out, i); leave(i + 1) {
				return true
			}
			out = out[:len(out)-1]
		}
		return false
	}
	if !leave(0) {
		return nil
	}
	var left []string
	for _, i := range out {
		left = append(left, ids[i])
	}
	return left
}

// sumWithout is the hash of a list of ids but for some, by their places in order.
func sumWithout(ids []string, out []int) string {
	h := sha256.New()
	for i, id := range ids {
		if len(out) > 0 && out[0] == i {
			out = out[1:]
			continue
		}
		_, _ = io.WriteString(h, id+"\n")
	}
	return hex.EncodeToString(h.Sum(nil))
}
