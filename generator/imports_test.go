package generator_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module   = "vitrine/"
	internal = "generator/internal/"
)

// border says what a package may import of this module, and why no more.
type border struct {
	allowed []string
	reason  string
}

// borders is the table of packages, from the command down to the leaves.
// Imports go one way only: down. A package that is missing here fails the test:
// it must be given its place.
var borders = map[string]border{
	"cmd/vitrine":     {[]string{"generator", "generator/diag", "generator/preview"}, "the command turns flags into a call and a report into lines; all else is the generator's"},
	"cmd/draw-sheets": {nil, "it draws the pictures of the sample archive and knows nothing of the program that shows them"},

	"generator/preview": {[]string{"generator", "generator/diag"}, "it serves what a session hands it and knows nothing of how a page comes to be"},

	"generator": {[]string{"generator/diag", "generator/edtf", "generator/iiif", "generator/page", internal + "access", internal + "annex", internal + "audit", internal + "catalog", internal + "cite", internal + "content",
		internal + "derive", internal + "dossier", internal + "edition", internal + "exchange", internal + "exchange/dataset", internal + "exchange/ead", internal + "exchange/harvest", internal + "exchange/reference", internal + "exchange/rico", internal + "excise", internal + "filetext", internal + "location", internal + "hosting", internal + "ledger", internal + "lock", internal + "manifest", internal + "marking", internal + "markup", internal + "pack", internal + "pagetext", internal + "pdf", internal + "placard", internal + "plan", internal + "publish", internal + "record",
		internal + "render", internal + "schema", internal + "scratch", internal + "search", internal + "vi", "templates", "templates/starter"}, "it owns the order of the phases; nothing beneath it may call back up"},

	internal + "plan": {[]string{"generator/diag", "generator/edtf", "generator/iiif", "generator/page", internal + "access", internal + "catalog", internal + "cite",
		internal + "content", internal + "derive", internal + "edition", internal + "exchange/dataset", internal + "exchange/ead", internal + "exchange/harvest", internal + "exchange/reference", internal + "exchange/rico", internal + "exchange/schemaorg", internal + "markup", internal + "pack", internal + "pagetext", internal + "placard", internal + "record", internal + "scratch", internal + "search", internal + "vi", internal + "webvtt"},
		"it fills the structs of page; how they look is for render, where they go for publish"},
	internal + "render":  {[]string{"generator/page"}, "a template sees page structs alone: no record and no catalog, so nothing that the gate withheld"},
	internal + "excise":  {[]string{"generator/page", internal + "vi"}, "it cuts a record out of pages that were made, when nothing else is left: it knows their HTML and their paths alone"},
	internal + "hosting": {nil, "it words files for web servers from paths and a policy, and knows nobody's records"},
	internal + "publish": {[]string{internal + "ledger", internal + "location", internal + "lock"}, "it moves files and never knows what is in them"},
	internal + "exchange": {[]string{"generator/diag", "generator/edtf", "generator/page", internal + "content", internal + "exchange/eac", internal + "exchange/ead", internal + "exchange/elements", internal + "exchange/xlsx", internal + "location", internal + "marking", internal + "markup", internal + "pagetext", internal + "record", internal + "vi"},
		"it reads and writes other formats; what is public is not for it to say"},
	internal + "exchange/ead":       {[]string{"generator/edtf", internal + "exchange/elements"}, "it is a file format, and is handed what may be told"},
	internal + "exchange/eac":       {[]string{internal + "exchange/elements"}, "it is a file format, and knows no model"},
	internal + "exchange/dataset":   {[]string{internal + "exchange/ead", internal + "vi"}, "they are file formats, and are handed what may be told as package ead words it; a database is searched in folded words"},
	internal + "exchange/harvest":   {[]string{internal + "exchange/ead"}, "they are file formats, and are handed what may be gathered"},
	internal + "exchange/reference": {[]string{"generator/edtf"}, "they are file formats, and are handed what may be told"},
	internal + "exchange/rico":      {[]string{internal + "exchange/ead"}, "it is a vocabulary, and is handed what may be told as package ead words it"},
	internal + "exchange/schemaorg": {[]string{"generator/edtf"}, "it is a vocabulary, and is handed what a page shows"},
	internal + "exchange/elements":  {nil, "it reads XML and knows no format"},
	internal + "exchange/xlsx":      {nil, "it is a file format, and knows no model"},

	internal + "schema": {[]string{internal + "content", internal + "exchange", internal + "record"}, "it words the model as content decodes it, and the maps that exchange reads, for editors; what an archive holds is nothing to it"},

	internal + "content": {[]string{"generator/diag", "generator/edtf", "generator/page", internal + "access", internal + "markup", internal + "pack", internal + "pagetext", internal + "record", internal + "scratch", internal + "vi", internal + "webvtt"},
		"it reads what is written, before anybody judges it; of the gate it asks what makes a decision one, to say so at its place"},
	internal + "catalog": {[]string{"generator/diag", "generator/edtf", internal + "access", internal + "pack", internal + "record", internal + "vi"},
		"what is not in the catalog cannot reach a page, so it asks the gate and knows no page"},
	internal + "access": {[]string{"generator/diag", "generator/edtf", internal + "record", internal + "vi"}, "the gate judges facts and must not be swayed by what is shown"},
	internal + "cite":   {[]string{"generator/diag", "generator/edtf", internal + "record"}, "a reference is worded from a record alone"},

	internal + "search":  {[]string{internal + "scratch", internal + "vi"}, "it indexes the texts that it is handed, and never learns what else a record holds"},
	internal + "record":  {[]string{"generator/diag", "generator/edtf"}, "the model of an archive knows nothing of websites"},
	internal + "markup":  {[]string{"generator/diag", internal + "vi"}, "text becomes safe HTML without knowing whose text it is"},
	internal + "marking": {[]string{internal + "record", internal + "vi"}, "it knows words; where they are looked for, and what follows, is not for it"},
	internal + "derive":  {[]string{"generator/diag", "generator/iiif", internal + "pagetext", internal + "pdf", internal + "recording"}, "a size of an image, or a copy of a recording, is a function of its master; the pages of a PDF are drawn by the engine that it is handed"},

	internal + "webvtt":    {[]string{"generator/diag"}, "it is a file format"},
	internal + "recording": {[]string{"generator/diag"}, "it is about file formats; who may hear what is not for it"},
	internal + "pagetext":  {[]string{"generator/diag"}, "it is three file formats; whose text it is, and who may read it, is not for it"},
	internal + "annex":     {nil, "it prints what it is handed for signature, and nothing of it is ever part of a site"},
	internal + "filetext":  {[]string{"generator/diag", internal + "pagetext", internal + "pdf", internal + "recording", internal + "vi"}, "it reads what a file says and does not judge it"},
	internal + "audit":     {[]string{"generator/diag", internal + "ledger", internal + "manifest"}, "it judges a site as anybody could who has it and its manifest"},
	internal + "dossier":   {[]string{internal + "ledger", internal + "manifest"}, "it sets words and hashes that it is handed; what is public is not for it to say"},
	internal + "edition":   {[]string{"generator/diag", internal + "ledger"}, "it is what was released, and knows no page that is to be"},

	internal + "manifest": {nil, "it is a file format"},

	internal + "pdf":      {[]string{"generator/diag", internal + "pdfclean"}, "it says what a page of a file shows and hides; whose file it is, and what follows, is not for it"},
	internal + "pdfclean": {[]string{"generator/diag"}, "it writes what draws a page and knows no engine, so a test reads it in a moment"},

	internal + "ledger":   {[]string{internal + "pack"}, "it is a file format"},
	internal + "location": {nil, "it knows where folders lie, not what for"},
	internal + "lock":     {nil, "it knows of a file and of who holds it, not what for"},
	internal + "placard":  {nil, "it draws text and a picture, and knows nobody's records"},
	internal + "pack":     {nil, "it knows numbers and texts, not what they mean"},
	internal + "scratch":  {nil, "it knows a file, not what is in it"},
	internal + "vi":       {nil, "it is about a language"},
	"generator/diag":      {nil, "everybody reports, so it may depend on nobody"},
	"generator/edtf":      {nil, "others may import it by itself"},
	"generator/iiif":      {nil, "others may import it by itself"},
	"generator/page":      {nil, "templates see it, and it must lead them nowhere else"},

	"templates":         {nil, "it embeds files"},
	"templates/starter": {nil, "it embeds files"},

	internal + "sitecheck": {nil, "it judges a site from outside; were it to import the program, it would believe it"},
}

// source is one file of the program, parsed.
type source struct {
	name, pkg string // from the root of the repository
	file      *ast.File
	set       *token.FileSet
	test      bool
}

func (s source) line(p token.Pos) int { return s.set.Position(p).Line }

// sources parses every Go file of the repository.
func sources(t *testing.T, mode parser.Mode) []source {
	t.Helper()
	var out []source
	for _, root := range []string{"../cmd", ".", "../templates"} {
		err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case e.IsDir() && (e.Name() == "node_modules" || e.Name() == "testdata"):
				return fs.SkipDir
			case filepath.Ext(name) != ".go":
				return nil
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, name, nil, mode)
			if err != nil {
				return err
			}
			rel := path.Join("generator", filepath.ToSlash(name))
			out = append(out, source{rel, path.Dir(rel), file, set, strings.HasSuffix(name, "_test.go")})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func imported(s source) []string {
	var out []string
	for _, i := range s.file.Imports {
		name, _ := strconv.Unquote(i.Path.Value) // the parser has read it
		out = append(out, name)
	}
	return out
}

func TestImportsGoOneWay(t *testing.T) {
	used := map[string]bool{}
	for _, s := range sources(t, parser.ImportsOnly) {
		if s.test {
			continue
		}
		used[s.pkg] = true
		b, known := borders[s.pkg]
		if !known {
			t.Errorf("%s: the package %s has no place in the table of this test", s.name, s.pkg)
			continue
		}
		for _, name := range imported(s) {
			own, ok := strings.CutPrefix(name, module)
			if ok && !slices.Contains(b.allowed, own) {
				t.Errorf("%s imports %s, but %s", s.name, own, b.reason)
			}
		}
	}
	for pkg, b := range borders {
		for _, a := range b.allowed {
			if _, known := borders[a]; !known {
				t.Errorf("%s may import %s, which has no place in the table", pkg, a)
			}
		}
	}
	if len(used) < 20 {
		t.Errorf("only %d packages were seen", len(used))
	}
}

// The table itself has no cycle: everything a package may import lies beneath
// it.
func TestBordersLeadDown(t *testing.T) {
	depth := map[string]int{}
	var visit func(pkg string, path []string) int
	visit = func(pkg string, path []string) int {
		if slices.Contains(path, pkg) {
			t.Fatalf("a circle: %v", append(path, pkg))
		}
		if d, ok := depth[pkg]; ok {
			return d
		}
		for _, a := range borders[pkg].allowed {
			depth[pkg] = max(depth[pkg], 1+visit(a, append(slices.Clone(path), pkg)))
		}
		return depth[pkg]
	}
	for _, pkg := range slices.Sorted(maps.Keys(borders)) {
		visit(pkg, nil)
	}
}

// The three borders that publication control rests on, told apart from the
// table so that no one loosens them in passing.
func TestBordersThatKeepSecrets(t *testing.T) {
	for _, never := range []struct{ pkg, other string }{
		{internal + "access", internal + "catalog"}, {"generator/page", internal + "catalog"}, {internal + "catalog", "generator/page"},
		{internal + "render", internal + "record"}, {internal + "render", internal + "catalog"}, {internal + "render", internal + "content"},
		{internal + "render", internal + "access"}, {"generator/page", internal + "record"}, {"generator/page", internal + "render"},
	} {
		if slices.Contains(borders[never.pkg].allowed, never.other) {
			t.Errorf("%s must never import %s", never.pkg, never.other)
		}
	}
}

// A preview may hold what is not public, so nothing of it can publish, and
// nothing else asks for drafts.
func TestPreviewCannotPublish(t *testing.T) {
	previews := 0
	for _, s := range sources(t, parser.SkipObjectResolution) {
		file := path.Base(s.name)
		switch {
		case s.test:
		case s.pkg == "generator/preview" || s.name == "generator/session.go" || s.name == "generator/view.go" || s.name == "generator/revise.go" || s.name == "generator/faces.go":
			previews++
			if slices.Contains(imported(s), module+internal+"publish") {
				t.Errorf("%s imports publish", s.name)
			}
			never(t, s, "Build", "fill", "publisher", "Stage", "Commit")
		case s.pkg == "generator" && file != "scan.go":
			never(t, s, "drafts", "NewDraft", "SessionOptions")
		}
	}
	if previews < 10 {
		t.Errorf("only %d files of the preview were seen", previews)
	}
}

// never reports names that a file must not use.
func never(t *testing.T, s source, names ...string) {
	ast.Inspect(s.file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && slices.Contains(names, id.Name) {
			t.Errorf("%s:%d names %s", s.name, s.line(id.Pos()), id.Name)
		}
		return true
	})
}

func TestPackagesAreNamedForWhatTheyDo(t *testing.T) {
	for _, s := range sources(t, parser.PackageClauseOnly) {
		if slices.Contains([]string{"util", "utils", "common", "helper", "helpers", "base", "core", "types", "misc"}, path.Base(s.pkg)) {
			t.Errorf("%s: a package is named after what it does", s.name)
		}
	}
}

// Only the gate can say yes: a Verdict made anywhere else shows nothing.
func TestOnlyTheGateReleases(t *testing.T) {
	for _, s := range sources(t, parser.SkipObjectResolution) {
		if s.test || s.pkg == internal+"access" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				if isSelector(n.Type, "access", "Verdict") && len(n.Elts) > 0 {
					t.Errorf("%s:%d makes a verdict of its own", s.name, s.line(n.Pos()))
				}
			case *ast.AssignStmt:
				for _, to := range n.Lhs {
					if sel, ok := to.(*ast.SelectorExpr); ok && sel.Sel.Name == "Parts" && importsAccess(s) {
						t.Errorf("%s:%d changes what a verdict releases", s.name, s.line(n.Pos()))
					}
				}
			}
			return true
		})
	}
}

func importsAccess(s source) bool {
	return slices.Contains(imported(s), module+internal+"access")
}

func isSelector(e ast.Expr, pkg, name string) bool {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	id, ok := sel.X.(*ast.Ident)
	return ok && id.Name == pkg && sel.Sel.Name == name
}

// Below the command nothing ends the process, prints past the report, or works
// before it is called.
func TestOnlyTheCommandEndsTheProcess(t *testing.T) {
	for _, s := range sources(t, parser.SkipObjectResolution) {
		if s.test {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				ends := isSelector(n.Fun, "os", "Exit") || isSelector(n.Fun, "log", "Fatal") || isSelector(n.Fun, "log", "Fatalf") || isSelector(n.Fun, "log", "Fatalln")
				if ends && !strings.HasPrefix(s.pkg, "cmd/") {
					t.Errorf("%s:%d ends the process", s.name, s.line(n.Pos()))
				}
			case *ast.FuncDecl:
				if n.Name.Name == "init" && n.Recv == nil {
					t.Errorf("%s:%d works before it is called", s.name, s.line(n.Pos()))
				}
			}
			return true
		})
	}
}

// Files and functions stay short enough to be read at once: the median
// function has at most 14 lines and nine in ten have at most 42.
func TestFilesAndFunctionsAreShort(t *testing.T) {
	var lengths []int
	longest := map[int]string{}
	for _, s := range sources(t, parser.SkipObjectResolution) {
		if n := s.line(s.file.FileEnd); n > 501 {
			t.Errorf("%s has %d lines", s.name, n-1)
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil || s.test {
				continue
			}
			n := s.line(f.End()) - s.line(f.Pos()) + 1
			lengths = append(lengths, n)
			longest[n] = s.name + " " + f.Name.Name
		}
	}
	slices.Sort(lengths)
	n := len(lengths)
	p50, p90, top := lengths[n/2], lengths[n*9/10], lengths[n-1]
	t.Logf("%d functions: half have at most %d lines, nine in ten %d; the longest, %s, %d", n, p50, p90, longest[top], top)
	if p50 > 14 || p90 > 42 || top > 100 {
		t.Errorf("functions have grown: half %d, nine in ten %d, longest %d lines", p50, p90, top)
	}
}

// What only tests may import stays out of the program.
func TestProgramHoldsNoTestTools(t *testing.T) {
	for _, s := range sources(t, parser.ImportsOnly) {
		for _, name := range imported(s) {
			if !s.test && s.pkg != internal+"sitecheck" && (strings.HasPrefix(name, "github.com/chromedp/") || name == "testing" || strings.HasSuffix(name, "/sitecheck")) {
				t.Errorf("%s imports %s", s.name, name)
			}
		}
	}
}

// Content is read through os.Root alone (content.Tree), so that no link and no
// path in a record leads out of its folder: the packages that see content open
// nothing by a name of the operating system.
func TestContentIsReadThroughTheRoot(t *testing.T) {
	readers := []string{"access", "catalog", "cite", "content", "edition", "exchange", "filetext", "marking", "markup", "plan", "record", "vi"}
	opens := []string{"Chdir", "CopyFS", "Create", "CreateTemp", "DirFS", "Link", "Lstat", "Mkdir", "MkdirAll", "Open", "OpenFile", "OpenInRoot", "ReadDir", "ReadFile", "ReadLink", "Remove", "RemoveAll", "Rename", "Stat", "Symlink", "WriteFile"}
	outside := map[string][]string{
		internal + "content/spool.go": {"CreateTemp", "Remove"}, // what was decoded waits there
		// What a command was given by its name, none of it content: sheets, maps, folders of scans and
		// of authority files, and the folder that a result goes into.
		internal + "exchange/authorities.go": {"ReadDir", "Stat"},
		internal + "exchange/desk.go":        {"Lstat", "Open"},
		internal + "exchange/export.go":      {"Lstat"},
		internal + "exchange/import.go":      {"Open", "Remove", "Stat"},
		internal + "exchange/scans.go":       {"CreateTemp", "Lstat", "Remove", "Rename"},
	}
	seen := 0
	for _, s := range sources(t, parser.SkipObjectResolution) {
		if s.test || !slices.Contains(readers, strings.TrimPrefix(s.pkg, internal)) {
			continue
		}
		seen++
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if ok && isSelector(sel, "os", sel.Sel.Name) && slices.Contains(opens, sel.Sel.Name) && !slices.Contains(outside[s.name], sel.Sel.Name) {
				t.Errorf("%s:%d calls os.%s: content is read through content.Tree", s.name, s.line(n.Pos()), sel.Sel.Name)
			}
			return true
		})
	}
	if seen < 100 {
		t.Errorf("only %d files were seen", seen)
	}
}
