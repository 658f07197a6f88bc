package generator

import (
	"crypto/sha256"
	"fmt"

	"vitrine/generator/internal/content"
	"vitrine/generator/internal/plan"
)

// Pages are made of files that were judged a while before. Records bear the
// hash of what was judged, and pictures are claimed by theirs. All other sources
// are small and few, so they are looked at twice: before any is read, and when
// all pages stand.

// steadyFolders hold the sources beside the records.
var steadyFolders = []string{"site.yaml", "profiles", "repositories", "agents", "places", "events", "subjects", "clearances", "exhibitions", "pages"}

// glance is how each of steadyFolders lay on disk.
type glance [][sha256.Size]byte

// glanceAt looks at the sources beside the records, by size and times.
func glanceAt(tree *content.Tree) (out glance) {
	for _, dir := range steadyFolders {
		h := sha256.New()
		for s, err := range tree.Stats(dir) {
			fmt.Fprintf(h, "%q %d %d %d %d %v\n", s.Path, s.Size, s.ModTime, s.Inode, s.Changed, err)
		}
		out = append(out, [sha256.Size]byte(h.Sum(nil)))
	}
	return out
}

// steady stops a build under which a source changed: its site would be a
// mixture, and a decision that was taken back might stand in it.
func (b *build) steady() error {
	now := glanceAt(b.scan.tree)
	for i, was := range b.scan.before {
		if now[i] != was {
			return moved(&plan.MovedError{File: steadyFolders[i], Err: plan.ErrChanged})
		}
	}
	return nil
}
