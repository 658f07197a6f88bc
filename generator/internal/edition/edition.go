package edition

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"vitrine/generator/diag"

	"gopkg.in/yaml.v3"
)

// Dir is the folder of the editions in the content folder.
const Dir = "editions"

// The ledgers, and the list that is written by hand.
const (
	AddressesName = "addresses.tsv"
	StatesName    = "states.tsv"
	RedirectsName = "redirects.tsv"
)

// Edition is one release of a site.
type Edition struct {
	Name     string `yaml:"-"` // of its file, without the ending
	Number   int    `yaml:"number"`
	Date     string `yaml:"date"` // the day of its build, YYYY-MM-DD
	Program  string `yaml:"program"`
	BaseURL  string `yaml:"base_url,omitempty"`
	Manifest string `yaml:"manifest_sha256"` // of manifest-sha256.txt, lower hex
	Signed   bool   `yaml:"signed"`
	Files    int    `yaml:"files"`
	Pages    int    `yaml:"pages"`
	Records  Counts `yaml:"records"`

	Addresses Seal `yaml:"addresses"` // of the ledgers as this edition left them
	States    Seal `yaml:"states"`
}

// Counts are the records of an edition, and what became of them since the one
// before.
type Counts struct {
	Published int `yaml:"published"`
	New       int `yaml:"new"`
	Restored  int `yaml:"restored"` // on the site again after they had left it
	Changed   int `yaml:"changed"`
	Withdrawn int `yaml:"withdrawn"` // no longer on the site
	Moved     int `yaml:"moved"`     // to another address
}

// Shelf is the editions of an archive, oldest first, and their ledgers.
type Shelf struct {
	Editions []Edition
	fsys     fs.FS
	sealed   Edition // the last that lies there, whose seals the ledgers bear
}

var nameShape = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(-\d+)?$`)

// IsName reports whether a name is one that a release gives an edition.
func IsName(name string) bool { return nameShape.MatchString(name) }

// maxFile bounds the file about one edition, in bytes.
const maxFile = 64 << 10

// Read reads what is known of every edition from the content folder fsys. The
// ledgers are read when they are asked for.
func Read(fsys fs.FS) (*Shelf, []diag.Diagnostic) {
	s := &Shelf{fsys: fsys}
	entries, err := fs.ReadDir(fsys, Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, []diag.Diagnostic{unreadable(Dir, err)}
	}
	var ds []diag.Diagnostic
	for _, e := range entries {
		name, isYAML := strings.CutSuffix(e.Name(), ".yaml")
		if !isYAML || strings.HasPrefix(name, ".") {
			continue
		}
		made, d := s.read(name)
		if d != nil {
			ds = append(ds, *d)
			continue
		}
		s.Editions = append(s.Editions, made)
	}
	slices.SortFunc(s.Editions, func(a, b Edition) int { return a.Number - b.Number })
	s.sealed, _ = s.Last()
	return s, append(ds, s.inOrder()...)
}

func unreadable(file string, err error) diag.Diagnostic {
	why := reasonOf(err)
	return diag.Errorf("file-unreadable", diag.Pos{File: file}, "không đọc được: %[1]s", "cannot be read: %[2]s", why.Vi, why.En)
}

// reason is why a file is not as it was written, in both languages.
type reason struct{ diag.Text }

// Error returns the English wording.
func (r *reason) Error() string { return r.En }

func because(vi, en string, args ...any) error { return &reason{diag.T(vi, en, args...)} }

func reasonOf(err error) diag.Text {
	var r *reason
	if errors.As(err, &r) {
		return r.Text
	}
	return diag.T("%v", "%v", err)
}

func (s *Shelf) read(name string) (e Edition, d *diag.Diagnostic) {
	file := path.Join(Dir, name+".yaml")
	raw, err := readSmall(s.fsys, file)
	if err != nil {
		d := unreadable(file, err)
		return e, &d
	}
	if e, err = Parse(name, raw); err != nil {
		d := malformed(diag.Pos{File: file, Line: 1, Col: 1}, err, after(Edition{Name: name}))
		return e, &d
	}
	return e, nil
}

func readSmall(fsys fs.FS, file string) ([]byte, error) {
	info, err := fs.Stat(fsys, file)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular() || info.Size() > maxFile:
		return nil, because("không phải tệp thường, hoặc lớn quá 64 KiB", "it is no regular file, or larger than 64 KiB")
	}
	return fs.ReadFile(fsys, file)
}

// Parse reads the file about one edition. What is not as a release writes it
// is an error: nobody edits these files.
func Parse(name string, raw []byte) (Edition, error) {
	e := Edition{}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&e); err != nil {
		return e, err
	}
	e.Name = name
	m := nameShape.FindStringSubmatch(name)
	_, err := time.Parse(time.DateOnly, e.Date)
	switch {
	case m == nil || m[1] != e.Date || err != nil:
		return e, because("tên tệp %q và ngày %q ghi trong tệp không khớp", "the name of the file is %q and the date in it %q", name, e.Date)
	case e.Number < 1:
		return e, because("number là %d, phải từ 1", "number is %d and must be 1 or more", e.Number)
	case !hexShape.MatchString(e.Manifest):
		return e, because("manifest_sha256 là %q, phải là 64 chữ số hệ 16", "manifest_sha256 is %q and must be 64 hexadecimal digits", e.Manifest)
	case !hexShape.MatchString(e.Addresses.SHA256) || !hexShape.MatchString(e.States.SHA256):
		return e, because("thiếu số dòng và mã của hai sổ (addresses, states)", "the counts and hashes of its two ledgers (addresses, states) are missing")
	}
	return e, nil
}

var hexShape = regexp.MustCompile(`^[0-9a-f]{64}$`)

func malformed(at diag.Pos, err error, backup diag.Text) diag.Diagnostic {
	why := reasonOf(err)
	return diag.Errorf("edition-malformed", at, "tệp này không còn như «vitrine release» đã ghi: %[1]s", "this file is not as «vitrine release» wrote it: %[2]s", why.Vi, why.En).
		WithHint("lấy lại tệp %[3]s từ %[1]s, hoặc từ lịch sử phiên bản lúc ấy; không sửa tay", "take %[3]s back from %[2]s, or from the version history of that time; do not edit it", backup.Vi, backup.En, at.File)
}

// after names the backup that holds an edition.
func after(e Edition) diag.Text {
	switch {
	case e.Name == "":
		return diag.T("bản sao lưu gần nhất", "the latest backup")
	case e.Number < 1:
		return diag.T("một bản sao lưu làm sau lần phát hành %s", "a backup made after the edition %s", e.Name)
	}
	return diag.T("một bản sao lưu làm sau lần phát hành %d (%s)", "a backup made after edition %d (%s)", e.Number, e.Name)
}

// inOrder reports numbers that are missing or stand twice, and dates that run
// backwards.
func (s *Shelf) inOrder() []diag.Diagnostic {
	for i, e := range s.Editions {
		if e.Number != i+1 || i > 0 && e.Date < s.Editions[i-1].Date {
			at := diag.Pos{File: path.Join(Dir, e.Name+".yaml"), Line: 1, Col: 1}
			return []diag.Diagnostic{malformed(at, because("ghi là lần %d, ngày %s, mà theo thứ tự phải là lần %d, không sớm hơn lần trước; có tệp bị mất hoặc bị sửa", "it says edition %d of %s, where edition %d must follow, not before the one before; a file is lost or was edited", e.Number, e.Date, i+1), after(e))}
		}
	}
	return nil
}

// Last is the latest edition; ok is false where there is none.
func (s *Shelf) Last() (e Edition, ok bool) {
	if n := len(s.Editions); n > 0 {
		return s.Editions[n-1], true
	}
	return e, false
}

// Next begins the edition of a day.
func (s *Shelf) Next(day string) Edition {
	name := day
	for n := 2; slices.ContainsFunc(s.Editions, func(e Edition) bool { return e.Name == name }); n++ {
		name = fmt.Sprintf("%s-%d", day, n)
	}
	return Edition{Name: name, Number: len(s.Editions) + 1, Date: day}
}

// With is the shelf with one edition more, which is in the making.
func (s *Shelf) With(e Edition) *Shelf {
	return &Shelf{Editions: append(slices.Clip(s.Editions), e), fsys: s.fsys, sealed: s.sealed}
}

// Text is the file about the edition.
func (e Edition) Text() ([]byte, error) {
	body, err := yaml.Marshal(e)
	head := fmt.Sprintf("# Lần phát hành %d. Tệp này do «vitrine release» ghi; không sửa tay.\n", e.Number)
	return append([]byte(head), body...), err
}
