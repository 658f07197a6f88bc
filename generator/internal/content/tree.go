package content

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/record"
)

// Tree is a content folder that is open for reading.
type Tree struct {
	root   *os.Root
	fsys   plainFiles
	langs  []string
	forms  []string
	strict bool

	degrees access.Degrees // of secrecy, by the words of the profile

	defaults *defaults
	markdown *sync.Map         // folder → whether it holds Markdown files
	near     *sync.Map         // folder → its names, by what they are alike in
	spool    *spool            // nil where nothing is kept
	revised  map[string]*spool // in its place, for the files that were read again
	last     *rereading        // nil where no single file was read again last
	planned  map[string]string // files that are to be, by path
}

// Open opens a content folder.
func Open(dir string) (*Tree, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open content folder: %w", err)
	}
	return &Tree{root: root, fsys: plainFiles{root, &sync.Map{}}, langs: []string{"vi"}, defaults: &defaults{}, markdown: &sync.Map{}, near: &sync.Map{}}, nil
}

// With returns the tree as it would be with some more files, or others in place of
// those there are: their texts by path. What is no text only needs its name. The
// trees share their folder, so t alone is to be closed.
func (t *Tree) With(files map[string]string) *Tree {
	return &Tree{root: t.root, fsys: t.fsys, langs: t.langs, forms: t.forms, strict: t.strict, degrees: t.degrees, defaults: &defaults{}, markdown: &sync.Map{}, near: &sync.Map{}, planned: files}
}

// Close releases the folder and what was kept of it.
func (t *Tree) Close() error {
	t.closeSpool()
	return t.root.Close()
}

// Root is the folder, for readers of media files. Nothing outside it can be
// reached through it.
func (t *Tree) Root() *os.Root { return t.root }

// FS is the folder as a file system that opens nothing but files and folders:
// no pipe and no device.
func (t *Tree) FS() fs.FS { return t.fsys }

// Languages are the languages of the site; the first is required in every text.
func (t *Tree) Languages() []string { return t.langs }

func (t *Tree) readFile(file string, limit int64) ([]byte, error) {
	if text, ok := t.planned[file]; ok {
		if int64(len(text)) > limit {
			return nil, errTooLarge
		}
		return []byte(text), nil
	}
	f, err := t.fsys.open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size, err := regular(f, limit)
	if err != nil {
		return nil, err
	}
	text := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead)) // read whole at once, without growing
	_, err = text.ReadFrom(io.LimitReader(f, limit))
	return text.Bytes(), err
}

var errTooLarge = errors.New("the file is too large")

// regular returns the size of a regular file that is not larger than limit.
func regular(f *os.File, limit int64) (size int64, err error) {
	info, err := f.Stat()
	switch {
	case err != nil:
		return 0, err
	case !info.Mode().IsRegular():
		return 0, errNotRegular
	case info.Size() > limit:
		return 0, errTooLarge
	}
	return info.Size(), nil
}

func unreadable(file string, err error) diag.Diagnostic {
	if errors.Is(err, ErrLink) {
		return diag.Errorf("file-unreadable", diag.Pos{File: file}, "đây là một liên kết, hoặc nằm sau một liên kết: không có gì được đọc qua nó", "this is a link or lies behind one: nothing is read through it").
			WithHint("đặt chính thư mục hoặc tệp ấy vào đây thay cho liên kết, hoặc xoá liên kết", "put the folder or the file itself here in place of the link, or remove the link")
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return diag.Errorf("file-unreadable", diag.Pos{File: file}, "không đọc được tệp: %v", "cannot read the file: %v", err)
}

// Kind is what a file of the tree holds.
type Kind string

// The kinds of file. Files of other kinds are left alone.
const (
	KindSite       Kind = "site"
	KindProfile    Kind = "profile"
	KindRepository Kind = "repository"
	KindAgent      Kind = "agent"
	KindPlace      Kind = "place"
	KindEvent      Kind = "event"
	KindSubject    Kind = "subject"
	KindClearance  Kind = "clearance"
	KindFonds      Kind = "fonds"
	KindRecords    Kind = "records"
	KindExhibition Kind = "exhibition"
	KindPage       Kind = "page"
	KindMarkings   Kind = "markings"
	KindStray      Kind = "stray" // a YAML file that nobody reads
)

// File is a source file with its place in the tree.
type File struct {
	Path string
	Kind Kind
	// Owner is the id of the fonds or exhibition the file belongs to.
	Owner string
}

var flatKinds = map[string]Kind{
	"profiles": KindProfile, "repositories": KindRepository, "agents": KindAgent, "places": KindPlace,
	"events": KindEvent, "subjects": KindSubject, "clearances": KindClearance,
}

// Classify says what a file holds, by its path alone. ok is false for what is
// no file of records: media, Markdown, hidden files.
func Classify(p string) (f File, ok bool) {
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if skipped(dir, path.Base(dir)) {
			return File{}, false
		}
	}
	f, ok = classify(p)
	if !ok && stray(p) {
		return File{Path: p, Kind: KindStray}, true
	}
	return f, ok
}

// classify says what a file in a folder that is not skipped holds.
func classify(p string) (File, bool) {
	parts := strings.Split(p, "/")
	isYAML := strings.HasSuffix(p, ".yaml") || strings.HasSuffix(p, ".yml")
	switch {
	case p == "site.yaml":
		return File{p, KindSite, ""}, true
	case p == MarkingsFile:
		return File{p, KindMarkings, ""}, true
	case len(parts) == 2 && isYAML && flatKinds[parts[0]] != "":
		return File{p, flatKinds[parts[0]], ""}, true
	case len(parts) == 3 && parts[0] == "fonds" && parts[2] == "fonds.yaml":
		return File{p, KindFonds, parts[1]}, true
	case len(parts) >= 4 && parts[0] == "fonds" && parts[2] == "records" && isYAML:
		return File{p, KindRecords, parts[1]}, true
	case len(parts) == 3 && parts[0] == "exhibitions" && parts[2] == "exhibition.yaml":
		return File{p, KindExhibition, parts[1]}, true
	case len(parts) >= 2 && parts[0] == "pages" && strings.HasSuffix(p, ".md") && langOf(p) == "":
		return File{p, KindPage, ""}, true
	}
	return File{}, false
}

// Rules says by what rules of site.yaml and the profile files are read: two
// trees with the same rules read the same file in the same way.
func (t *Tree) Rules() string { return fmt.Sprint(t.langs, t.forms, t.strict, t.degrees) }

// Files walks folders of the tree in the order of their paths, one folder at
// a time. A folder that is not there holds no files; one that cannot be read
// yields its error, and a link that is not followed ErrLink.
func (t *Tree) Files(dirs ...string) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		for _, dir := range dirs {
			if !t.walk(dir, yield) {
				return
			}
		}
	}
}

func (t *Tree) walk(dir string, yield func(File, error) bool) bool {
	stop := errors.New("stop")
	err := fs.WalkDir(t.fsys, dir, func(p string, e fs.DirEntry, err error) error {
		switch {
		case err != nil && p == dir && errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			if !yield(File{Path: p}, err) {
				return stop
			}
			return nil
		case e.IsDir() && skipped(p, e.Name()):
			return fs.SkipDir
		case e.IsDir():
			return nil
		case e.Type()&fs.ModeSymlink != 0 && t.Unfollowed(p):
			if !yield(File{Path: p}, ErrLink) {
				return stop
			}
			return nil
		}
		if f, ok := Classify(p); ok && !yield(f, nil) {
			return stop
		}
		return nil
	})
	return err == nil
}

// stray reports whether a file looks as if it should hold records where none
// are read: a YAML file at a wrong place or with a wrong ending. Files of
// records hide their Markdown by other rules.
func stray(p string) bool {
	ext := strings.ToLower(path.Ext(p))
	return ext == ".yaml" || ext == ".yml"
}

// Strays yields what lies at the top of the tree and is read by nobody.
func (t *Tree) Strays() []string {
	entries, err := fs.ReadDir(t.fsys, ".")
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		known := flatKinds[e.Name()] != "" || slices.Contains([]string{"fonds", "exhibitions", "pages", "editions", "site.yaml", MarkingsFile}, e.Name())
		if !known && !strings.HasPrefix(e.Name(), ".") && (e.IsDir() || stray(e.Name()) || t.Unfollowed(e.Name())) {
			out = append(out, e.Name())
		}
	}
	return out
}

// skipped folders hold no records: media, hidden folders, editors' leavings.
func skipped(p, name string) bool {
	if p == "." {
		return false
	}
	return strings.HasPrefix(name, ".") || name == "media" && strings.Count(p, "/") == 2
}

// langOf is the language in the name of a Markdown file: "en" for
// fonds.en.md, "" for fonds.md.
func langOf(p string) string {
	base := strings.TrimSuffix(path.Base(p), ".md")
	if i := strings.LastIndexByte(base, '.'); i >= 0 && isLang(base[i+1:]) {
		return base[i+1:]
	}
	return ""
}

// bodies reads the Markdown files that stand beside a record: stem.md in the
// first language, stem.<lang>.md in the others.
func (t *Tree) bodies(stem string) ([]record.Body, []diag.Diagnostic) {
	var out []record.Body
	var ds []diag.Diagnostic
	for i, lang := range t.langs {
		b, found, more := t.body(t.bodyName(stem, i), lang)
		ds = append(ds, more...)
		if found {
			out = append(out, b)
		}
	}
	return out, ds
}

// bodyName is the file of a body in language i of the site.
func (t *Tree) bodyName(stem string, i int) string {
	if i == 0 {
		return stem + ".md"
	}
	return stem + "." + t.langs[i] + ".md"
}

func (t *Tree) body(file, lang string) (record.Body, bool, []diag.Diagnostic) {
	if _, err := t.root.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return record.Body{}, false, nil
	}
	text, ds, ok := t.readText(file)
	if !ok {
		return record.Body{}, false, ds
	}
	if fault := frontMatter(file, text); fault != nil {
		return record.Body{}, false, append(ds, *fault)
	}
	text, more, ok := cleanValue(diag.Pos{File: file, Line: 1, Col: 1}, text)
	return record.Body{Lang: lang, File: file, Text: text, Line: 1}, ok, append(ds, more...)
}

var aKey = regexp.MustCompile(`^\x{feff}?---[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\n)*[A-Za-z_]+[ \t]*:`)

// frontMatter is the fault of a text that begins as a page of content/pages does: what such
// a block says of access would hold there, and be printed here.
func frontMatter(file, text string) *diag.Diagnostic {
	if strings.HasPrefix(file, "pages/") || !aKey.MatchString(text) {
		return nil
	}
	d := diag.Errorf("front-matter-misplaced", diag.Pos{File: file, Line: 1, Col: 1}, "chỉ tệp trong pages/ mới có khối --- ở đầu; ở đây nó không có hiệu lực mà sẽ hiện ra trang", "only files of pages/ begin with a block of ---; here it has no effect, and would be printed").
		WithHint("ghi các khoá ấy vào tệp YAML của bản ghi hay trưng bày, rồi bỏ khối này", "write these keys into the YAML file of the record or exhibition, and take the block out")
	return &d
}

// HasFile reports whether a regular file exists in the tree.
func (t *Tree) HasFile(file string) bool {
	if _, ok := t.planned[file]; ok {
		return true
	}
	info, err := t.root.Stat(file)
	return err == nil && info.Mode().IsRegular()
}

// isOdd reports whether something has the name of a file and is none.
func (t *Tree) isOdd(file string) bool {
	info, err := t.root.Stat(file)
	return err == nil && !info.Mode().IsRegular()
}

// MediaPath is the path in the tree of a file that an object of a fonds names.
func MediaPath(fonds, file string) string { return path.Join("fonds", fonds, "media", file) }

// IsMedia reports whether a path is one that an object of some fonds may name.
func IsMedia(p string) bool {
	parts := strings.SplitN(p, "/", 4)
	return len(parts) == 4 && parts[0] == "fonds" && parts[2] == "media"
}

// IsImage reports whether a file is named as the masters of page images are.
func IsImage(file string) bool { return imageTypes[strings.ToLower(path.Ext(file))] }
