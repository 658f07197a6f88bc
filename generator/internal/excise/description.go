package excise

import (
	"bytes"
	"encoding/json"
	"errors"
	"path"
	"regexp"
	"strings"

	"vitrine/generator/page"
)

// description is the shape of the paths of what describes records to other houses:
// manifests, and collections with their parts (IIIF Presentation API 3.0).
var description = regexp.MustCompile(`^iiif/([^/]+/)?(manifest|collection(\.[^/]*)?)\.json$`)

func isDescription(file string) bool { return description.MatchString(file) }

// Describes reports whether a file describes the record, or one beneath it, to other
// houses: it goes with it.
func (c *Cut) Describes(file string) bool {
	var id string
	switch {
	case isDescription(file):
		id = path.Base(path.Dir(file))
	case IsReference(file):
		if id, _, _ = strings.Cut(path.Base(file), "."); id == "index" {
			id = path.Base(path.Dir(file))
		}
	default:
		return false
	}
	return id == c.id || c.beneath[id]
}

// IsReference reports whether a file, beside the page of a record, tells programs how it is cited.
func IsReference(file string) bool {
	_, end, _ := strings.Cut(path.Base(file), ".") // no id has a dot
	return page.IsReferenceEnd("."+end) && strings.Contains(file, "/") && !IsFinding(file)
}

// ReferenceText is what is read in a piece of a file about references or of a table, without what its
// format puts before characters.
func ReferenceText(file string, data []byte) []byte {
	switch path.Ext(file) {
	case ".bib":
		data = texMarks.ReplaceAll(data, nil)
	case ".csv":
		data = bytes.ReplaceAll(data, []byte(`""`), []byte(`"`))
	case ".json", ".jsonl":
		data = jsonMarks.ReplaceAllFunc(data, func(mark []byte) []byte {
			if strings.IndexByte(`"\/`, mark[1]) >= 0 {
				return mark[1:]
			}
			return []byte(" ") // the end of a line, which parts words
		})
	}
	return data
}

var texMarks, jsonMarks = regexp.MustCompile(`\\text(?:backslash|asciicircum|asciitilde)\{\}|[\\{}]`), regexp.MustCompile(`\\(["\\/bfnrt]|u[0-9a-fA-F]{4})`)

// fondsOf is the fonds that a file describes to other houses (EAD3), of which it tells how its
// records are cited, or whose table it is; ok is false where it is no such file.
func fondsOf(file string) (fonds string, ok bool) {
	for _, of := range []func(string) (string, bool){page.FondsOfFinding, page.FondsOfReferences, page.FondsOfTable} {
		if fonds, ok = of(file); ok {
			return fonds, true
		}
	}
	return "", false
}

// IsFinding reports whether a file describes a whole fonds.
func IsFinding(file string) bool {
	_, ok := fondsOf(file)
	return ok
}

// Withholds reports whether a file that describes a whole fonds tells of the record, or
// might: it is that of its fonds, or there are words that cannot be looked for. Such a
// file is given up as it is.
func (c *Cut) Withholds(file string) bool {
	fonds, ok := fondsOf(file)
	if !ok {
		return false
	}
	for own := range c.own {
		if path.Base(path.Dir(own)) == fonds {
			return true
		}
	}
	return len(c.short)+len(c.shared) > 0
}

// describesFonds reports whether a file describes the record as a whole fonds.
func (c *Cut) describesFonds(file string) bool {
	fonds, ok := fondsOf(file)
	return ok && fonds == c.id
}

// Description cuts what names something dead from a description: the entries of a
// collection, the parts of a record. It is nil where the file stays as it is, or
// describes nothing.
func (c *Cut) Description(file string, data []byte) ([]byte, error) {
	if !isDescription(file) {
		return nil, nil
	}
	list := "items"
	if path.Base(file) == "manifest.json" {
		list = "structures"
	}
	spans, err := entriesOf(data, list)
	if err != nil || len(spans) == 0 {
		return nil, err
	}
	var left [][]byte
	for _, s := range spans {
		if item := data[s[0]:s[1]]; !c.lists(item) && !c.words.inDescription(item) {
			left = append(left, item)
		}
	}
	if len(left) == len(spans) {
		return nil, nil
	}
	out := append([]byte(nil), data[:spans[0][0]]...)
	out = append(out, bytes.Join(left, []byte{','})...)
	return append(out, data[spans[len(spans)-1][1]:]...), nil
}

// inDescription reports whether the texts of a description hold one of the words, as readers see
// them.
func (w *words) inDescription(data []byte) bool {
	for _, text := range []string{stringsOf(data), unslashed(linesOf(data))} {
		if w.holdsLoosely(text) || strings.ContainsAny(text, "<&") && w.holdsLoosely(bare(text)) {
			return true
		}
	}
	return false
}

// stringsOf are the strings of a file of JSON that are no addresses, one behind another.
func stringsOf(data []byte) string {
	out := make([]byte, 0, len(data))
	escaped := false
	for {
		from := bytes.IndexByte(data, '"')
		if from < 0 {
			break
		}
		data = data[from+1:]
		end := 0
		for end < len(data) && data[end] != '"' {
			if data[end] == '\\' {
				escaped = true
				end++
			}
			end++
		}
		end = min(end, len(data))
		if !bytes.HasPrefix(data, []byte("http")) || bytes.IndexByte(data[:end], ' ') >= 0 {
			out = append(append(out, data[:end]...), ' ')
		}
		data = data[min(end+1, len(data)):]
	}
	if escaped {
		return unslashed(string(out))
	}
	return string(out)
}

// linesOf are the lines of the texts in a description, one behind another: each is a note of its
// own there, and a title may go on from one to the next.
func linesOf(data []byte) string {
	var b strings.Builder
	for _, m := range lineOf.FindAllSubmatch(data, -1) {
		b.Write(m[1])
		b.WriteByte(' ')
	}
	return b.String()
}

var lineOf = regexp.MustCompile(`"value":\s*"((?:[^"\\]|\\.)*)"`)

var errDescription = errors.New("excise: a description that is none")

// entriesOf are where the entries of a list begin and end that a description has.
func entriesOf(data []byte, list string) (spans [][2]int, err error) {
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.Join(errDescription, err)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if key != list {
			if err := d.Decode(&value); err != nil {
				return nil, err
			}
			continue
		}
		if t, err := d.Token(); err != nil || t != json.Delim('[') {
			return nil, errors.Join(errDescription, err)
		}
		for d.More() {
			if err := d.Decode(&value); err != nil {
				return nil, err
			}
			end := int(d.InputOffset())
			spans = append(spans, [2]int{end - len(value), end})
		}
		return spans, nil
	}
	return nil, nil
}
