package generator

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"text/template"

	"vitrine/generator/diag"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/schema"
	"vitrine/generator/internal/vi"
	"vitrine/generator/page"
	"vitrine/templates/starter"

	"gopkg.in/yaml.v3"
)

// NewKinds are the kinds of description that New can begin, and the schemas by which editors
// check them.
var NewKinds = []string{"site", "fonds", "record", "agent", "exhibition", "clearance", "schema"}

// NewOptions say where New writes.
type NewOptions struct {
	Content string // folder of the archive; not used for a site
	Fonds   string // of a record; may be empty where there is one fonds
	Title   string // of what is described; a placeholder where empty
}

// New writes the beginning of a description and returns the paths of the
// files, relative to the content folder. For a site, id is the folder, and
// the paths are relative to it. Files that exist are never overwritten, and
// nothing that New writes is public before a person makes it so.
//
// With every kind it makes the schemas anew by which editors check and complete what people
// write, in a hidden folder of the content. It returns the paths of those that it wrote for the
// kind schema, which needs no id, and for a site that of their folder.
func New(kind, id string, o NewOptions) ([]string, error) {
	if kind == "site" {
		return newSite(id)
	}
	if !slices.Contains(NewKinds, kind) {
		return nil, wrongUse("không có loại %q; chọn một trong: %s", "there is no kind %q; choose one of: %s", kind, strings.Join(NewKinds, ", "))
	}
	if kind == "clearance" {
		return NewClearance(context.Background(), id, ClearanceOptions{Content: o.Content, Fonds: o.Fonds})
	}
	if err := vi.ValidID(id, page.Reserved()...); err != nil && kind != "schema" {
		return nil, badID(id, err)
	}
	n, err := openNew(context.Background(), id, o)
	if err != nil {
		return nil, err
	}
	defer n.tree.Close()
	if kind == "schema" {
		return n.schemas()
	}
	return n.write(kind)
}

func wrongUse(vi, en string, args ...any) *UserError {
	return &UserError{Usage: true, Msg: diag.T(vi, en, args...)}
}

func badID(id string, err error) error {
	out := wrongUse("mã %q không dùng được", "the id %q cannot be used", id)
	var ie *vi.IDError
	if errors.As(err, &ie) {
		out.Msg.Vi += ": " + ie.Vi
		out.Msg.En += ": " + ie.En
	}
	if slug := vi.Slug(id); slug != "" && slug != id {
		out.Hint = diag.T("có thể dùng %q", "you could use %q", slug)
	}
	return out
}

// newSite copies the starter archive into a new or empty folder.
func newSite(dir string) ([]string, error) {
	if dir == "" {
		return nil, wrongUse("thiếu tên thư mục", "the name of the folder is missing")
	}
	entries, err := os.ReadDir(dir)
	switch {
	case err == nil && len(entries) > 0:
		return nil, &UserError{Msg: diag.T("thư mục %s đã có tệp bên trong", "the folder %s is not empty", dir), Hint: diag.T("chọn một thư mục chưa có", "choose a folder that does not exist yet")}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, cannotWrite(dir, err)
	}
	site, err := fs.Sub(starter.FS, "site")
	if err != nil {
		return nil, err
	}
	if err := os.CopyFS(dir, site); err != nil {
		return nil, cannotWrite(dir, err)
	}
	var out []string
	err = fs.WalkDir(site, ".", func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			out = append(out, p)
		}
		return err
	})
	if err != nil {
		return out, err
	}
	schemas, err := siteSchemas(dir)
	return append(out, schemas), err
}

func cannotWrite(name string, err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return &UserError{Msg: diag.T("không ghi được %s", "cannot write %s", name), Err: err}
}

// newDescription is what the templates of package starter are filled with.
type newDescription struct {
	tree                         *content.Tree
	ID, Fonds, Title, Repository string

	institution string
	words       catalog.ReferenceWords
	rules       schema.Rules
}

// openNew reads the archive that the description is for. An archive that holds
// a document with a current marking gets nothing more.
func openNew(ctx context.Context, id string, o NewOptions) (*newDescription, error) {
	tree, err := content.Open(o.Content)
	if err != nil {
		return nil, &UserError{Msg: diag.T("không mở được thư mục nội dung %s", "cannot open the content folder %s", o.Content), Err: err,
			Hint: diag.T("chỉ đúng thư mục bằng --content, hoặc tạo kho mới bằng «vitrine new site»", "name the right folder with --content, or make a new archive with «vitrine new site»")}
	}
	config, ds := tree.Config()
	for _, d := range ds {
		if d.Code == "site-missing" {
			tree.Close()
			return nil, &UserError{Msg: d.Msg, Hint: d.Hint}
		}
	}
	if err := refuseMarkings(ctx, tree); err != nil {
		tree.Close()
		return nil, err
	}
	n := &newDescription{tree: tree, ID: id, Fonds: o.Fonds, Title: quote(orTitle(o.Title, id)), Repository: "kho",
		institution: inVietnamese(config.Site.Institution.Name), words: shelfWords(config.Profile),
		rules: schema.Rules{Languages: tree.Languages(), Forms: config.Profile.Forms}}
	if config.Site.Repository.V != "" {
		n.Repository = config.Site.Repository.V
	}
	return n, nil
}

func orTitle(title, id string) string {
	if title != "" {
		return title
	}
	return "[" + id + "]"
}

// quote is a text as a YAML scalar.
func quote(s string) string {
	out, err := yaml.Marshal(&yaml.Node{Kind: yaml.ScalarNode, Value: s, Tag: "!!str", Style: yaml.DoubleQuotedStyle})
	if err != nil {
		return `""`
	}
	return strings.TrimSpace(string(out))
}

// write fills in the templates of a kind.
func (n *newDescription) write(kind string) ([]string, error) {
	if kind == "record" {
		if err := n.chooseFonds(); err != nil {
			return nil, err
		}
	}
	files := map[string]string{}
	switch kind {
	case "fonds":
		files["new/fonds.yaml"] = path.Join("fonds", n.ID, "fonds.yaml")
	case "record":
		files["new/record.yaml"] = path.Join("fonds", n.Fonds, "records", n.ID+".yaml")
	case "exhibition":
		files["new/exhibition/exhibition.yaml"] = path.Join("exhibitions", n.ID, "exhibition.yaml")
		files["new/exhibition/01-mo-dau.md"] = path.Join("exhibitions", n.ID, "01-mo-dau.md")
	default:
		files["new/"+kind+".yaml"] = path.Join(kind+"s", n.ID+".yaml")
	}
	if _, err := n.schemas(); err != nil {
		return nil, err
	}
	var out []string
	for from, to := range files {
		if _, err := n.tree.Root().Lstat(to); err == nil {
			return nil, exists(to)
		}
		text, err := fillIn(from, n)
		if err != nil {
			return nil, err
		}
		if err := n.put(to, text); err != nil {
			return nil, err
		}
		out = append(out, to)
	}
	slices.Sort(out)
	return out, nil
}

// fillIn fills a template of package starter.
func fillIn(name string, data any) (string, error) {
	join := func(list []string) string { return strings.Join(list, ", ") }
	t, err := template.New(path.Base(name)).Funcs(template.FuncMap{"quote": quote, "join": join}).ParseFS(starter.FS, name)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, data)
	return b.String(), err
}

// put writes a file that is not there yet.
func (n *newDescription) put(to, text string) error {
	root := n.tree.Root()
	if err := root.MkdirAll(path.Dir(to), 0o755); err != nil {
		return cannotWrite(to, err)
	}
	f, err := root.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return cannotWrite(to, err)
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err != nil {
		_ = root.Remove(to)
	}
	return err
}

// chooseFonds takes the only fonds there is where none is named.
func (n *newDescription) chooseFonds() error {
	var have []string
	entries, _ := fs.ReadDir(n.tree.FS(), "fonds")
	for _, e := range entries {
		if n.tree.HasFile(path.Join("fonds", e.Name(), "fonds.yaml")) {
			have = append(have, e.Name())
		}
	}
	switch {
	case n.Fonds == "" && len(have) == 1:
		n.Fonds = have[0]
		return nil
	case n.Fonds == "":
		return wrongUse("thiếu --fonds: thuộc phông nào (%s)", "--fonds is missing: which fonds is it for (%s)", strings.Join(have, ", "))
	case !slices.Contains(have, n.Fonds):
		e := wrongUse("không có phông %q", "there is no fonds %q", n.Fonds)
		e.Hint = diag.T("tạo bằng «vitrine new fonds %s»", "make it with «vitrine new fonds %s»", n.Fonds)
		return e
	}
	return nil
}
