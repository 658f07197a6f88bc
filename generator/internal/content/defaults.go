package content

import (
	"sync"

	"gopkg.in/yaml.v3"
)

// maxDefaultNodes is how many different defaults are held decoded. A build goes
// through the archive fonds by fonds, and many fonds supply the same.
const maxDefaultNodes = 64

// defaults holds what each fonds read so far supplies to its records: the text,
// once where several supply the same, and of the latest texts the nodes, which
// take twenty times the memory.
type defaults struct {
	mu    sync.RWMutex
	texts map[string]string // by fonds
	nodes map[string]*yaml.Node
	same  map[string]string
}

// text is what a fonds supplies, if that is known already.
func (d *defaults) text(fonds string) (string, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	text, ok := d.texts[fonds]
	return text, ok
}

// keep notes what a fonds supplies, unless another worker did so first, and
// returns what is kept.
func (d *defaults) keep(fonds, text string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.texts == nil {
		d.texts, d.same = map[string]string{}, map[string]string{}
	}
	if first, ok := d.texts[fonds]; ok {
		return first
	}
	if same, ok := d.same[text]; ok {
		text = same
	} else {
		d.same[text] = text
	}
	d.texts[fonds] = text
	return text
}

// node is the mapping of a text, which read fetches where it is not held; nil
// for an empty text. It is only read.
func (d *defaults) node(text string, read func() *yaml.Node) *yaml.Node {
	if text == "" {
		return nil
	}
	d.mu.RLock()
	n, ok := d.nodes[text]
	d.mu.RUnlock()
	if ok {
		return n
	}
	n = read()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.nodes == nil || len(d.nodes) >= maxDefaultNodes {
		d.nodes = map[string]*yaml.Node{}
	}
	d.nodes[text] = n
	return n
}
