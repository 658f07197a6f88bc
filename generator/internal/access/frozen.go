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
