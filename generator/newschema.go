package generator

import (
	"path"
	"path/filepath"

	"vitrine/generator/internal/content"
	"vitrine/generator/internal/schema"
)

// schemas writes the schemas of the archive where they are not there or say something else,
// and returns the paths of those that it wrote.
func (n *newDescription) schemas() ([]string, error) {
	return writeSchemas(n.tree, n.rules)
}

func writeSchemas(tree *content.Tree, rules schema.Rules) ([]string, error) {
	files, err := schema.Files(rules)
	if err != nil {
		return nil, err
	}
	written, err := tree.WriteSchemas(files)
	if err != nil {
		return written, cannotWrite(content.SchemaDir, err)
	}
	return written, nil
}

// siteSchemas writes the schemas of a new site and returns their folder, relative to that of
// the site.
func siteSchemas(dir string) (string, error) {
	const in = "content"
	tree, err := content.Open(filepath.Join(dir, in))
	if err != nil {
		return "", err
	}
	defer tree.Close()
	config, _ := tree.Config() // of the starter archive, in which a test finds no fault
	_, err = writeSchemas(tree, schema.Rules{Languages: tree.Languages(), Forms: config.Profile.Forms})
	return path.Join(in, content.SchemaDir), err
}
