package search

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"
	"testing"
)

// bitReader reads what a bitWriter wrote, as the page does.
type bitReader struct {
	in []byte
	at int
}

func (r *bitReader) digit() uint64 {
	b := r.in[r.at/8] >> (7 - r.at%8) & 1
	r.at++
	return uint64(b)
}

func (r *bitReader) digits(n int) (v uint64) {
	for range n {
		v = v<<1 | r.digit()
	}
	return v
}

func (r *bitReader) ones() (n uint64) {
	for r.digit() == 1 {
		n++
	}
	return n
}

func (r *bitReader) gamma() uint64 {
	n := 0
	for r.digit() == 0 {
		n++
	}
	return 1<<n | r.digits(n)
}

func (r *bitReader) rice(k int) uint64 {
	q := r.ones()
	return q<<k | r.digits(k)
}

func (r *bitReader) set() (docs []int) {
	n := r.gamma() - 1
	if n == 0 {
		return nil
	}
	k, next := int(r.digits(5)), 0
	for range n {
		next += int(r.rice(k))
		docs = append(docs, next)
		next++
	}
	return docs
}

// stand is where a term stands in a record: the canon and the place, -1 for no place.
type stand struct{ doc, lane, place int }

// site are the files of an index, by name.
type site map[string][]byte

func (s site) value(t *testing.T, name string, v any) {
	t.Helper()
	data, ok := s[name+".js"]
	if !ok {
		t.Fatalf("there is no %s.js", name)
	}
	body, called := strings.CutPrefix(string(data), "vitrineIndex("+strconv.Quote(name)+",")
	if body, ok = strings.CutSuffix(body, ")\n"); !ok || !called {
		t.Fatalf("%s.js is %.80q", name, data)
	}
	if err := json.Unmarshal([]byte(body), v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func (s site) root(t *testing.T) (r root) {
	s.value(t, "root", &r)
	return r
}

// entry returns the canons of a key and its bits in a family of files; none where the key
// is not there.
func (s site) entry(t *testing.T, kind string, tree tree, key string) (canons []string, bits []byte, aliases string) {
	at := -1
	for i, first := range strings.Split(tree.Keys, "\n") {
		if first <= key {
			at = i
		}
	}
	if at < 0 {
		return nil, nil, ""
	}
	var f keyFile
	s.value(t, kind+"-"+tree.Names[8*at:8*at+8], &f)
	data, err := base64.StdEncoding.DecodeString(f.Bits)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(f.Keys, "\n") {
		part := strings.Split(line, "\t")
		n, err := strconv.ParseInt(part[2], 36, 64)
		if err != nil {
			t.Fatal(err)
		}
		if part[0] == key {
			if len(part) > 3 {
				aliases = part[3]
			}
			return strings.Split(part[1], ","), data[:n], aliases
		}
		data = data[n:]
	}
	return nil, nil, ""
}

// find reads all places of a key, with the canon at each.
func (s site) find(t *testing.T, key string) map[stand]string {
	r := s.root(t)
	canons, bits, _ := s.entry(t, "terms", r.Terms, key)
	out := map[stand]string{}
	if bits == nil {
		return out
	}
	_, body, _ := s.entry(t, "bodies", r.Bodies, key)
	term, places := &bitReader{in: bits}, &bitReader{in: body}
	for lane := range lanes {
		if term.digit() == 0 {
			continue
		}
		switch lane {
		case laneReference, laneNames:
			for range term.gamma() {
				canon := term.gamma() - 1
				for _, doc := range term.set() {
					out[stand{doc, lane, -1}] += canons[canon]
				}
			}
			continue
		}
		docs, from := term.set(), term
		if lane != laneTitle {
			from = places
		}
		k := int(from.digits(5))
		for _, doc := range docs {
			next := 0
			for range from.gamma() {
				next += int(from.rice(k))
				canon := uint64(0)
				if len(canons) > 1 {
					canon = from.ones()
				}
				out[stand{doc, lane, next}] += canons[canon]
				next++
			}
		}
	}
	return out
}
