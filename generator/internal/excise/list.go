package excise

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
)

// List cuts the entries that name something dead from a feed or a sitemap. It
// is nil where the list stays as it is.
func (c *Cut) List(data []byte) ([]byte, error) {
	spans, err := entries(data)
	if err != nil {
		return nil, err
	}
	var out []byte
	from, cut := 0, false
	for _, s := range spans {
		if !c.lists(data[s[0]:s[1]]) {
			continue
		}
		out = append(out, bytes.TrimRight(data[from:s[0]], " \t\n")...)
		from, cut = s[1], true
	}
	if !cut {
		return nil, nil
	}
	return append(out, data[from:]...), nil
}

// entries are where the entries of a list begin and end.
func entries(data []byte) (spans [][2]int, err error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		before := int(d.InputOffset())
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return spans, nil
		}
		if err != nil {
			return nil, err
		}
		start, ok := t.(xml.StartElement)
		if !ok || start.Name.Local != "url" && start.Name.Local != "entry" {
			continue
		}
		if err := d.Skip(); err != nil {
			return nil, err
		}
		spans = append(spans, [2]int{before, int(d.InputOffset())})
	}
}

var address = regexp.MustCompile(`https?://[^<>"\s]+`)

// lists reports whether an entry names something dead.
func (c *Cut) lists(entry []byte) bool {
	if c.words.in(string(entry)) {
		return true
	}
	for _, a := range address.FindAllString(string(entry), -1) {
		for i := strings.IndexByte(a, '/'); i >= 0; i = strings.IndexByte(a, '/') {
			if a = a[i+1:]; c.dead(a) || c.dead(a+"index.html") {
				return true
			}
		}
	}
	return false
}

// Holds reports whether a file holds what must be found no more. The addresses
// in a notice, its own among them, are no reason to take it away.
func (c *Cut) Holds(file string, data []byte) bool {
	if IsNotice(data) {
		return c.words.in(untagged(string(ownAddress.ReplaceAll(data, nil))))
	}
	return c.words.holdsID(file) || c.words.in(string(data)) || isDescription(file) && c.words.inDescription(data)
}

// ownAddress is where a page prints its address.
var ownAddress = regexp.MustCompile(`<p class="address-of-page">[^<]*</p>`)
