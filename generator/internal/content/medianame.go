package content

import (
	"io/fs"
	"path"
	"strings"
	"unicode"

	"vitrine/generator/internal/vi"

	"golang.org/x/text/unicode/norm"
)

// portable reports whether every common file system can hold a path as it is
// written, and a reader tell it from any other: the rules of Windows are the
// strictest (learn.microsoft.com, "Naming Files, Paths, and Namespaces").
func portable(name string) bool {
	if strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || strings.ContainsRune(`<>"|?*`, r)
	}) {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		stem, _, _ := strings.Cut(part, ".")
		if vi.IsDevice(strings.ToLower(strings.TrimRight(stem, " "))) || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") || len(part) > 255 {
			return false
		}
	}
	return true
}

// nearly returns the name of the one file that lies beside a path that is not
// there and differs from it in case or in the form of Unicode alone.
func (t *Tree) nearly(file string) string {
	dir, base := path.Split(file)
	known, ok := t.near.Load(dir)
	if !ok {
		known, _ = t.near.LoadOrStore(dir, t.nearNames(path.Clean(dir)))
	}
	return known.(map[string]string)[alike(base)]
}

// nearNames are the names in a folder by what they are alike in; "" where two
// are alike.
func (t *Tree) nearNames(dir string) map[string]string {
	entries, _ := fs.ReadDir(t.fsys, dir) // without it there is no hint
	out := make(map[string]string, len(entries))
	for _, e := range entries {
		key, name := alike(e.Name()), e.Name()
		if _, twice := out[key]; twice {
			name = ""
		}
		out[key] = name
	}
	return out
}

func alike(name string) string { return strings.ToLower(norm.NFC.String(name)) }
