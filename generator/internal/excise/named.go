package excise

import (
	"bytes"
	"sync"
)

// Named are the pictures and recordings that files of a site name, by their stems.
// It is for many goroutines.
type Named struct {
	mu    sync.Mutex
	stems map[string]bool
}

// folders are those in which what was made of masters lies.
var folders = [][]byte{[]byte("media/"), []byte("iiif/")}

// Note takes what a file names, however it leads there.
func (n *Named) Note(data []byte) {
	var found []string
	for _, folder := range folders {
		for rest := data; ; {
			i := bytes.Index(rest, folder)
			if i < 0 {
				break
			}
			rest = rest[i:]
			if stem := stemAt(rest); stem != "" {
				found = append(found, stem)
			}
			rest = rest[len(folder):]
		}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.stems == nil {
		n.stems = map[string]bool{}
	}
	for _, stem := range found {
		n.stems[stem] = true
	}
}

// stemAt is the stem of the path that a text begins with; empty for none. The folder
// of a picture in tiles may be named without its slash.
func stemAt(text []byte) string {
	head := string(text[:min(len(text), maxStem)])
	if stem := Stem(head); stem != "" {
		return stem
	}
	return Stem(head[:min(len(head), tilesFolder)] + "/")
}

const (
	maxStem     = 100                 // bytes, and more than any has
	tilesFolder = len("iiif/") + 2*16 // bytes
)

// Has reports whether a file is named, or one that goes with it.
func (n *Named) Has(file string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.stems[Stem(file)]
}
