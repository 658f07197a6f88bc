package generator

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/filetext"
	"vitrine/generator/internal/marking"
	"vitrine/generator/internal/pdf"
)

// markings looks through everything that lies in the content folder for current
// markings (the fourth of the rules that fail closed). It rests on nothing that a
// build has found out: a record that is not published, or that nobody can read,
// is looked through as well.
type markings struct {
	tree    *content.Tree
	gate    *access.Gate
	rules   *marking.Rules
	reader  filetext.Reader
	pdfs    *pdf.Engine
	diags   *diag.List
	workers int
	looked  *Looked
	found   map[string][]finding // by file
	n       int                  // of them
	dir     string               // the folder of the last file
}

// Looked says how much a search for markings has seen.
type Looked struct {
	Files  int // looked at, Unread among them
	Unread int // that could not be read, or not all of them
	Pixels int // PDF files that hold no text
}

// maxFindings is how many findings are held until it is known whether they were
// lifted or acknowledged. Those beyond are errors at once.
const maxFindings = 10_000

// lookForMarkings searches the content folder by the words of the profile.
func (b *build) lookForMarkings(ctx context.Context) error {
	profile := b.scan.config.Profile
	if len(profile.Secrecy.Markings) == 0 {
		b.report.Diags.Add(diag.Errorf("marking-words", diag.Pos{File: profile.File}, "bộ quy tắc không nêu từ nào chỉ mức độ mật, nên không tìm được gì", "the rule profile names no words of secrecy, so nothing can be looked for").
			WithHint("ghi các từ vào secrecy.markings", "write the words into secrecy.markings"))
		return nil
	}
	b.report.Looked = &Looked{}
	m := &markings{tree: b.scan.tree, gate: b.scan.gate, reader: filetext.Reader{PDF: b.scan.pdfs}, pdfs: b.scan.pdfs, rules: marking.New(profile.Secrecy), diags: b.report.Diags, workers: b.scan.workers, looked: b.report.Looked, found: map[string][]finding{}}
	return m.look(ctx, b.progress)
}

// look searches the whole tree.
func (m *markings) look(ctx context.Context, p Progress) error {
	p.Phase(diag.Text{Vi: "Tìm dấu chỉ mức độ mật", En: "Looking for markings"}, 0)
	jobs := func(yield func(entry) bool) {
		for s, err := range m.tree.Stats(".") {
			if !yield(entry{s, err}) {
				return
			}
		}
	}
	err := inOrder(ctx, m.workers, jobs, func(e entry) sighting { return m.sight(ctx, e) }, func(s sighting) error {
		p.Add(1)
		return m.collect(s)
	})
	if err != nil {
		return err
	}
	m.lift()
	m.acknowledge()
	for _, fs := range m.found {
		for _, f := range fs {
			m.diags.Add(f.diagnostic())
		}
	}
	return nil
}

// entry is a file of the tree, or what kept it, or a folder, from being found.
type entry struct {
	content.Stat
	err error
}

// sighting is what was seen of one file.
type sighting struct {
	path   string
	found  []finding
	result filetext.Result
	err    error

	covered []diag.Diagnostic // of a PDF
}

// sight reads one file.
func (m *markings) sight(ctx context.Context, s entry) sighting {
	out := sighting{path: s.Path, found: m.inName(s.Path, diag.T("tên tệp", "the file's name")), err: s.err}
	if s.err != nil {
		return out
	}
	f, size, err := openRegular(m.tree, s.Path)
	if err != nil {
		out.err = err
		return out
	}
	defer f.Close()
	file, _ := content.Classify(s.Path)
	if ext := strings.ToLower(path.Ext(s.Path)); file.Kind == "" && (ext == ".yaml" || ext == ".yml") {
		file = content.File{Path: s.Path, Kind: content.KindStray}
	}
	carried := map[string]bool{} // passages: one that stands in several places of a file is acknowledged once
	out.result, out.err = m.reader.Read(ctx, f, size, func(t filetext.Text) {
		for _, f := range m.inText(file, s.Path, t) {
			if f.carried && carried[f.passage] {
				continue
			}
			if f.carried {
				carried[f.passage] = true
			}
			out.found = append(out.found, f)
		}
	})
	if len(carried) > 0 {
		out.seal(f)
	}
	if !content.IsMedia(s.Path) { // media were looked into when they were read
		out.covered, _ = coveredText(ctx, m.pdfs, s.Path, f, size)
	}
	return out
}

// seal gives what was found in a file that is no text the hash of the file, so
// that it is found again when the file changes.
func (s *sighting) seal(f io.ReadSeeker) {
	h := sha256.New()
	_, err := f.Seek(0, io.SeekStart)
	if err == nil {
		_, err = io.Copy(h, f)
	}
	if err != nil {
		s.err = first(s.err, err)
		return // without a hash it cannot be acknowledged
	}
	sum := hex.EncodeToString(h.Sum(nil))
	for i := range s.found {
		if s.found[i].carried {
			s.found[i].sum = sum
		}
	}
}

// collect takes what was seen, in the order of the tree.
func (m *markings) collect(s sighting) error {
	m.looked.Files++
	if errors.Is(s.err, context.Canceled) {
		return s.err
	}
	if s.err != nil {
		m.looked.Unread++
		m.unread(s.path, s.err)
	}
	m.diags.Add(s.covered...)
	if s.result.OnlyPixels {
		m.looked.Pixels++
		m.diags.Add(diag.Warnf("marking-pixels", diag.Pos{File: s.path}, "PDF không có lớp chữ: điểm ảnh không được đọc, phải xem bằng mắt", "the PDF has no text layer: pixels are not read, a person must look"))
	}
	for _, f := range append(m.folders(s.path), s.found...) {
		if m.n >= maxFindings {
			m.diags.Add(f.diagnostic())
			continue
		}
		m.found[f.pos.File] = append(m.found[f.pos.File], f)
		m.n++
	}
	return nil
}

// folders looks at the names of the folders that begin with a file.
func (m *markings) folders(name string) (out []finding) {
	dir := path.Dir(name)
	for d := dir; d != "." && d != m.dir && !strings.HasPrefix(m.dir, d+"/"); d = path.Dir(d) {
		out = append(out, m.inName(d, diag.T("tên thư mục", "the folder's name"))...)
	}
	m.dir = dir
	return out
}

// unread tells of a file that was not looked at, or not all of it.
func (m *markings) unread(name string, err error) {
	why := whyUnread(err)
	m.diags.Add(diag.Warnf("marking-unread", diag.Pos{File: name}, "chưa xem hết tệp này: %[1]s", "this file was not looked at, or not all of it: %[2]s", why.Vi, why.En).
		WithHint("mở tệp và xem bằng mắt có dấu chỉ mức độ mật không", "open the file and look for markings yourself"))
}

// plain drops the operation and path that a message names already.
func plain(err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
