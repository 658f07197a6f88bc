package content

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
)

// SchemaDir is the folder of the schemas by which editors check the files of an archive.
// It is hidden, so nothing reads it: neither a build nor `check` sees what lies in it.
const SchemaDir = ".schema"

// WriteSchemas puts files into the folder of schemas, each all of it or not at all, in place
// of those that are there; those with the same bytes stay untouched. It follows no link. What
// it returns are the paths of the files that it wrote.
func (t *Tree) WriteSchemas(files map[string][]byte) (written []string, err error) {
	switch info, err := t.root.Lstat(SchemaDir); {
	case errors.Is(err, fs.ErrNotExist):
		if err := t.root.Mkdir(SchemaDir, 0o755); err != nil {
			return nil, err
		}
	case err != nil:
		return nil, err
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, &fs.PathError{Op: "write", Path: SchemaDir, Err: ErrLink}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file := path.Join(SchemaDir, name)
		if old, err := t.readFile(file, int64(len(files[name]))); err == nil && bytes.Equal(old, files[name]) {
			continue
		}
		if err := t.writeSchema(file, files[name]); err != nil {
			return written, err
		}
		written = append(written, file)
	}
	return written, nil
}

func (t *Tree) writeSchema(file string, b []byte) error {
	aside := file + ".vitrine-new"
	defer func() { _ = t.root.Remove(aside) }() // where it was not renamed
	if err := t.writeWhole(aside, b, 0o644); err != nil {
		return err
	}
	return t.root.Rename(aside, file)
}
