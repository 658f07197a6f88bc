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
	return diag.Errorf("file-unreadable", diag.Pos{File: file}, "không đọc được: %v", "cannot be read: %v", err)
}

func (s *Shelf) read(name string) (e Edition, d *diag.Diagnostic) {
	file := path.Join(Dir, name+".yaml")
	raw, err := readSmall(s.fsys, file)
	if err != nil {
		d := unreadable(file, err)
		return e, &d
	}
	if e, err = Parse(name, raw); err != nil {
		d := malformed(diag.Pos{File: file, Line: 1, Col: 1}, err)
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
		return nil, errors.New("not a regular file of at most 64 KiB")
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
		return e, fmt.Errorf("name %q and date %q", name, e.Date)
	case e.Number < 1:
		return e, fmt.Errorf("number %d", e.Number)
	case !hexShape.MatchString(e.Manifest):
		return e, fmt.Errorf("manifest_sha256 %q", e.Manifest)
	case !hexShape.MatchString(e.Addresses.SHA256) || !hexShape.MatchString(e.States.SHA256):
		return e, errors.New("the seals of its ledgers are missing")
	}
	return e, nil
}

var hexShape = regexp.MustCompile(`^[0-9a-f]{64}$`)

func malformed(at diag.Pos, err error) diag.Diagnostic {
	return diag.Errorf("edition-malformed", at, "tệp của một lần phát hành không còn như «vitrine release» đã ghi: %v", "the file of an edition is not as «vitrine release» wrote it: %v", err).
		WithHint("lấy lại tệp từ bản sao lưu hoặc từ lịch sử phiên bản; không sửa tay", "take the file back from a backup or the version history; do not edit it")
}

// inOrder reports numbers that are missing or stand twice, and dates that run
// backwards.
func (s *Shelf) inOrder() []diag.Diagnostic {
	for i, e := range s.Editions {
		if e.Number != i+1 || i > 0 && e.Date < s.Editions[i-1].Date {
			at := diag.Pos{File: path.Join(Dir, e.Name+".yaml"), Line: 1, Col: 1}
			return []diag.Diagnostic{malformed(at, fmt.Errorf("number %d, date %s: expected edition %d", e.Number, e.Date, i+1))}
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
