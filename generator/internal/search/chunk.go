package search

import (
	"encoding/base64"
	"hash/fnv"
	"strconv"
	"strings"
)

// size says how long files of keys become, in bytes of entries and keys.
type size struct {
	alone       int // an entry of so many has a file of its own
	least, most int
	mean        uint32 // keys between two at which a file may end
}

// A query reads a file for each of its tokens and pairs, so these are small; places are
// read where the short fields do not decide.
var (
	termsFile  = size{10 << 10, 16 << 10, 30 << 10, 16}
	bodiesFile = size{120 << 10, 120 << 10, 240 << 10, 16}
)

// chunker divides keys among files. A file ends before a key that a hash chooses, once it
// is long enough, so that a longer entry moves the ends of few files (content-defined
// chunking). An entry that is long by itself has a file of its own.
type chunker struct {
	x    *Index
	kind string
	per  size

	keys  strings.Builder
	bits  []byte
	first string // key of the file that is being filled
	alone bool   // what is in it stays alone
	tree  tree
}

type keyFile struct {
	Keys string `json:"keys"`
	Bits string `json:"bits"`
}

func (c *chunker) add(key, canons string, entry []byte, aliases string) error {
	if c.keys.Len() > 0 && c.endsBefore(key, len(entry)) {
		if err := c.flush(); err != nil {
			return err
		}
	}
	if c.keys.Len() == 0 {
		c.first = key
	} else {
		c.keys.WriteByte('\n')
	}
	c.keys.WriteString(key + "\t" + canons + "\t" + strconv.FormatInt(int64(len(entry)), 36))
	if aliases != "" {
		c.keys.WriteString("\t" + aliases)
	}
	c.bits = append(c.bits, entry...)
	c.alone = len(entry) > c.per.alone
	return nil
}

func (c *chunker) endsBefore(key string, n int) bool {
	held := c.keys.Len() + len(c.bits)
	switch {
	case held+n > c.per.most, n > c.per.alone, c.alone:
		return true
	case held < c.per.least:
		return false
	}
	h := fnv.New32a()
	h.Write([]byte(key)) // never fails
	return h.Sum32()%c.per.mean == 0
}

func (c *chunker) flush() error {
	name := ""
	err := c.x.value(&name, c.kind, keyFile{c.keys.String(), base64.StdEncoding.EncodeToString(c.bits)})
	if c.tree.Names != "" {
		c.tree.Keys += "\n"
	}
	c.tree.Keys, c.tree.Names = c.tree.Keys+c.first, c.tree.Names+name
	c.keys.Reset()
	c.bits = c.bits[:0]
	return err
}

func (c *chunker) end() (tree, error) {
	if c.keys.Len() == 0 {
		return c.tree, nil
	}
	err := c.flush()
	return c.tree, err
}
