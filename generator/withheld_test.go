package generator_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// unit is a record as the source writes it, read without the program's help.
type unit struct {
	id, state string
	words     []string // every text of it that is long enough to be its own
	objects   []string // those of its digital objects
}

// sourceUnits reads every record of the archive.
func sourceUnits(t *testing.T) []unit {
	t.Helper()
	var out []unit
	err := filepath.WalkDir(filepath.Join(contentDir(), "fonds"), func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(name) != ".yaml" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		docs := yaml.NewDecoder(bytes.NewReader(data))
		for {
			var doc map[string]yaml.Node
			if err := docs.Decode(&doc); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
			out = append(out, unitOf(doc))
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func unitOf(doc map[string]yaml.Node) unit {
	u := unit{id: doc["id"].Value}
	var access struct {
		State string `yaml:"state"`
	}
	if node, ok := doc["access"]; ok && node.Decode(&access) == nil {
		u.state = access.State
	}
	for key, node := range doc {
		if key == "objects" {
			u.objects = texts(&node)
		} else if key != "withdrawn" { // its public note is meant to be read
			u.words = append(u.words, texts(&node)...)
		}
	}
	return u
}

// texts are the lines of a node that are long enough to be told from chance.
func texts(n *yaml.Node) []string {
	var out []string
	if n.Kind == yaml.ScalarNode {
		for line := range strings.Lines(n.Value) {
			if line = strings.TrimSpace(line); len(line) >= 16 {
				out = append(out, line)
			}
		}
	}
	for i, c := range n.Content {
		if n.Kind != yaml.MappingNode || i%2 == 1 {
			out = append(out, texts(c)...)
		}
	}
	return out
}

// withheldWords are the ids and texts that only withheld records have, with
// the objects of those that show their description alone.
func withheldWords(us []unit) (words []string, withdrawn map[string]string) {
	withdrawn = map[string]string{}
	known := map[string]bool{}
	var hidden []string
	for _, u := range us {
		switch u.state {
		case "public":
			for _, w := range slices.Concat(u.words, u.objects) {
				known[w] = true
			}
		case "metadata-only", "conditional":
			for _, w := range u.words {
				known[w] = true
			}
			hidden = append(hidden, u.objects...)
		default:
			hidden = append(append(hidden, u.words...), u.objects...)
			if u.state == "withdrawn" {
				withdrawn[u.id] = strings.Join(u.words, "\n")
			} else {
				hidden = append(hidden, u.id)
			}
		}
	}
	for _, w := range hidden {
		if !known[w] {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	return slices.Compact(words), withdrawn
}

// No id and no text of a record that is not published stands anywhere in the
// output: no page, no list, no feed, no image. A withdrawn record leaves a
// notice at its address; only that may repeat its title.
func TestNothingWithheldIsPublished(t *testing.T) {
	us := sourceUnits(t)
	words, withdrawn := withheldWords(us)
	if len(us) < 80 || len(words) < 10 || len(withdrawn) == 0 {
		t.Fatalf("%d records, %d words withheld, %d withdrawn: the sample does not show what this test is about", len(us), len(words), len(withdrawn))
	}
	notice := func(file, word string) bool {
		id := strings.TrimSuffix(filepath.Base(file), ".html")
		return strings.Contains(withdrawn[id], word)
	}
	report(t, sample(t).Holds(words, notice))
	report(t, bare(t).Holds(words, notice))
	for id := range withdrawn {
		report(t, sample(t).Holds([]string{id}, func(file, _ string) bool {
			return strings.HasSuffix(file, "/"+id+".html") || file == "manifest-sha256.txt"
		}))
	}
}
