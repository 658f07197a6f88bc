package generator_test

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"path"
	"regexp"
	"strings"
	"testing"
)

// library is a script in a site that others wrote, as it was when it was looked
// at: another version has another hash, and must be looked at again.
type library struct {
	sum            string         // SHA-256
	reaches, keeps map[string]int // what the two rules find in it, and how often
	harmless       string         // why
}

// libraries are such scripts by the beginning of their names.
var libraries = map[string]library{
	"openseadragon": {
		sum:     "14d587cd3ee7c4861f1a41077ce642029364a21029956ba635bd8fb1202cf9ad",
		reaches: map[string]int{"EventSource": 16, "XMLHttpRequest": 4, "fetch": 2, "http://": 19, "https://": 2},
		keeps:   map[string]int{"navigator.userAgent": 4},
		harmless: `EventSource is its own class of what raises events. XMLHttpRequest and fetch load descriptions of images, tiles by
request, and pictures for the drawers that are not used; the viewer hands over numbers, and tiles come as <img>. Addresses are names of
formats, of its licence, and of a map service that is asked only by who shows its maps. It reads the name of the browser to tell
iPhones, old Internet Explorers and Macs, and tells nobody. The policy of the page refuses requests whatever the script does:
TestViewerTurnsZoomsAndCloses and its neighbours see in Chromium that nothing was refused, asked of others or kept.`,
	},
}

// strangeIn are the places where a script holds what a rule looks for, and that
// nobody has looked at.
func strangeIn(file string, data []byte, rule *regexp.Regexp, known func(library) map[string]int) []string {
	found := map[string]int{}
	for _, m := range rule.FindAll(data, -1) {
		found[string(m)]++
	}
	name, _, _ := strings.Cut(path.Base(file), "-")
	l, ok := libraries[name]
	switch {
	case !ok && len(found) == 0:
		return nil
	case !ok:
		return []string{fmt.Sprint(found)}
	case fmt.Sprintf("%x", sha256.Sum256(data)) != l.sum:
		return []string{fmt.Sprintf("this version was never looked at: SHA-256 %x, %v", sha256.Sum256(data), found)}
	case !maps.Equal(found, known(l)):
		return []string{fmt.Sprintf("%v, known are %v", found, known(l))}
	}
	return nil
}

// What is known of a library excuses no other script, nor another version.
func TestOnlyKnownLibrariesAreExcused(t *testing.T) {
	of := func(l library) map[string]int { return l.reaches }
	for _, c := range []struct{ file, text string }{
		{"assets/site-01234567.js", `fetch("a")`}, {"assets/openseadragon-01234567.js", `fetch("a")`}, {"assets/openseadragon-01234567.js", `1`},
	} {
		if strangeIn(c.file, []byte(c.text), reaches, of) == nil {
			t.Errorf("%s with %s is excused", c.file, c.text)
		}
	}
	if strangeIn("assets/site-01234567.js", []byte(`var x = 1`), reaches, of) != nil {
		t.Error("a script that asks for nothing is not let pass")
	}
}
