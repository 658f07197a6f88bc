package generator

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"vitrine/generator/internal/excise"
	"vitrine/generator/internal/manifest"
	"vitrine/generator/internal/record"
)

// maxRemains is how many files are named that still hold something of a
// withdrawn record.
const maxRemains = 20

// remains searches the output folder once more, files that are not the
// site's included, for the id and the titles of the record. Only its own
// notices may hold them, and the lists of files.
func (o WithdrawOptions) remains(u *record.Unit) (out []string, err error) {
	c := excise.New(o.ID)
	c.Seek(titlesOf(u)...)
	root := realPath(o.Out)
	err = filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(root, name)
		file := filepath.ToSlash(rel)
		if err != nil || strings.HasPrefix(file, mediaDir) || strings.HasPrefix(file, "assets/") || excise.IsOwn(file, o.ID) ||
			file == manifest.Name || slices.Contains(serverFiles, file) || len(out) == maxRemains || !searched(file) {
			return err
		}
		data, err := os.ReadFile(name)
		if err == nil && c.Holds(file, data) {
			out = append(out, file)
		}
		return err
	})
	return out, err
}

func searched(file string) bool { return path.Ext(file) == ".html" || legible(file) }

// titlesOf are the titles of a record in all languages.
func titlesOf(u *record.Unit) (out []string) {
	for _, l := range u.Title.Langs {
		text, _ := u.Title.In(l.Lang)
		out = append(out, only(u.Title, l.Lang), text)
	}
	return out
}
