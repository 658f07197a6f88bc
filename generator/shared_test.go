package generator_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Tests of real data are skipped where there is none. Where there is, each file and folder of it that a test
// names is there: one that was renamed, or mistyped, would have its test skipped for ever.
func TestSharedDataLiesWhereTestsLookForIt(t *testing.T) {
	const shared = "../../shared/data"
	if _, err := os.Stat(shared); err != nil {
		t.Skip("skipped: ../shared/data is not beside the repository")
	}
	named := regexp.MustCompile(`^(?:\.\./)+shared/data(/[^ ]*)?$`)
	places := 0
	for _, root := range []string{".", "../cmd"} {
		err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case e.IsDir() && e.Name() == "node_modules":
				return filepath.SkipDir
			case !strings.HasSuffix(name, "_test.go"):
				return nil
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool {
				lit, ok := n.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					return true
				}
				text, _ := strconv.Unquote(lit.Value)
				if m := named.FindStringSubmatch(text); m != nil {
					places++
					if found, err := filepath.Glob(shared + m[1]); err != nil || len(found) == 0 {
						t.Errorf("%s looks for %s, which is not there", name, text)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if places < 20 {
		t.Errorf("%d places are looked for", places)
	}
}
