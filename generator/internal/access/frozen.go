package access

import "strings"

// Frozen is the SHA-256 that the clearance of a record demands of a file, in
// lower hex; file is its path in the content folder. ok is false where it
// demands none. A clearance names a file by that path, or by its path in the
// media folder of its fonds.
func (g *Gate) Frozen(f Facts, file string) (sha256 string, ok bool) {
	if f.Clearance == 0 {
		return "", false
	}
	files := g.clearances[f.Clearance-1].files
	if sha256, ok = files[file]; ok {
		return sha256, true
	}
	_, name, _ := strings.Cut(file, "/media/")
	sha256, ok = files[name]
	return sha256, ok
}

// Freezes reports whether the clearance of a record demands a hash of any file.
func (g *Gate) Freezes(f Facts) bool {
	return f.Clearance != 0 && len(g.clearances[f.Clearance-1].files) > 0
}

// FreezesAll reports whether the clearance of a record lists the files that it
// decides on and takes in none that come later: any other file is not cleared.
func (g *Gate) FreezesAll(f Facts) bool {
	return g.Freezes(f) && !g.clearances[f.Clearance-1].open
}

// A key of a list that ends with this sign is the id of a record, and its value the names
// of the files that the record shows, with showsBetween between them.
const (
	showsSign    = "#"
	showsBetween = " | "
)

// ShowsLine is the line of a list that says which files a record shows.
func ShowsLine(id string, names []string) (key, value string) {
	return id + showsSign, strings.Join(names, showsBetween)
}

// binds takes a line of a list that is about a record, and reports whether it is one of
// those that say which files it shows.
func (c *clearance) binds(name, value string) bool {
	id, of, ok := strings.Cut(name, showsSign)
	if !ok || strings.Contains(id, "/") { // a file may have the sign in its name
		return false
	}
	c.about[id] += name + " " + value + "\n"
	if of != "" {
		return false // its value is a hash like those of files
	}
	if c.shows[id] == nil {
		c.shows[id] = map[string]bool{}
	}
	for n := range strings.SplitSeq(value, showsBetween) {
		c.shows[id][strings.TrimSpace(n)] = true
	}
	return true
}

// ShowsElsewhere reports whether a clearance lists a file and says that it was decided on
// for other records: its list tells which files records show, and names it for this one not.
func (g *Gate) ShowsElsewhere(clearance, id, name, path string) bool {
	n := g.Number(clearance)
	if n == 0 || len(g.clearances[n-1].shows) == 0 {
		return false
	}
	_, listed := g.Frozen(Facts{Clearance: n}, path)
	return listed && !g.clearances[n-1].shows[id][name]
}

// About is all that the list of the clearance of a record says of the record itself.
func (g *Gate) About(f Facts, id string) string {
	if f.Clearance == 0 {
		return ""
	}
	c := &g.clearances[f.Clearance-1]
	if len(c.shows) == 0 {
		return c.about[id]
	}
	return c.about[id] + showsSign
}
