package generator

import (
	"context"
	"path"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/edition"
	"vitrine/generator/internal/filetext"
	"vitrine/generator/internal/pdf"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

// elsewhere refuses an order whose words stand where it does not cover them: in
// titles, captions, notes and comments, in other records, exhibitions and pages, in
// names of files, in what pictures and PDF files say of themselves. What is
// published of these would give away what was covered. Nothing has been written
// yet; edits are what will be.
func (r *redaction) elsewhere(ctx context.Context, edits []*content.Edit) error {
	m := &mentions{tree: r.tree, edits: map[string][]*content.Edit{}, own: map[string]bool{}, names: map[string]bool{}}
	for _, o := range r.order.Objects {
		for _, w := range o.Words {
			m.words = append(m.words, sought{w, vi.NewWording(w.Text.V)})
		}
	}
	if len(m.words) == 0 {
		return nil
	}
	for _, e := range edits {
		m.edits[e.File] = append(m.edits[e.File], e)
	}
	for _, name := range r.tree.BesideOf(r.place) {
		m.own[name] = true
	}
	m.place = r.place
	r.rep.Diags.Add(m.acrossPages(r.tree.With(content.Planned(edits)))...)
	var pdfs pdf.Engine
	defer pdfs.Close()
	m.reader.PDF = &pdfs
	if err := m.look(ctx, r.rep.Diags); err != nil {
		return err
	}
	if r.rep.Diags.Errors() == 0 {
		return nil
	}
	return &UserError{Marked: true, Msg: diag.T("chưa che gì: những chữ phải che còn ở chỗ khác", "nothing was covered: the words to cover stand elsewhere too"),
		Hint: diag.T("sửa những chỗ ấy rồi gọi lại lệnh", "change those places and call the command again")}
}

// sought are words that are looked for.
type sought struct {
	record.CoveredWords
	vi.Wording
}

// stays reports whether the order lets the words stand in a file.
func (s sought) stays(file string) bool {
	return slices.ContainsFunc(s.Stays, func(f record.Str) bool {
		return path.Clean(strings.TrimPrefix(f.V, "content/")) == file
	})
}

// mentions looks for words in everything that lies in the content folder.
type mentions struct {
	tree   *content.Tree
	reader filetext.Reader
	words  []sought
	edits  map[string][]*content.Edit // by file
	place  *content.Place             // of the record that is covered
	own    map[string]bool            // its other files
	names  map[string]bool            // beginnings of paths that were told of
}

// look adds what was found to a list, in the order of the tree.
func (m *mentions) look(ctx context.Context, to *diag.List) error {
	jobs := func(yield func(entry) bool) {
		for s, err := range m.tree.Stats(".") {
			if !m.internal(s.Path) && !yield(entry{s, err}) {
				return
			}
		}
	}
	return inOrder(ctx, Options{}.workers(), jobs, func(e entry) mentioned { return m.in(ctx, e) }, func(found mentioned) error {
		to.Add(m.inName(found.file)...)
		to.Add(found.diags...)
		return ctx.Err()
	})
}

// internal reports whether nothing of a file is ever published but names of
// bodies and numbers of decisions. Of the ledgers, addresses are: each that was
// released leads somewhere for good.
func (m *mentions) internal(file string) bool {
	f, _ := content.Classify(file)
	return f.Kind == content.KindClearance || f.Kind == content.KindMarkings || strings.HasPrefix(file, "clearances/") || strings.HasPrefix(file, edition.Dir+"/") && file != releasedAddresses
}

// releasedAddresses is the ledger of the addresses that were released.
const releasedAddresses = edition.Dir + "/" + edition.AddressesName

// mentioned is what was found in a file.
type mentioned struct {
	file  string
	diags []diag.Diagnostic
}

// in reads one file.
func (m *mentions) in(ctx context.Context, e entry) mentioned {
	out := mentioned{file: e.Path}
	unread := func(err error) {
		why := whyUnread(err)
		d := diag.Warnf("cover-unread", diag.Pos{File: e.Path}, "chưa xem hết tệp này: %[1]s", "this file was not looked at, or not all of it: %[2]s", why.Vi, why.En).
			WithHint("tự xem có những chữ phải che không", "see for yourself whether it holds the words to cover")
		if _, described := content.Classify(e.Path); described || isText(e.Path) {
			d.Severity = diag.Error // it may be published
			d.Hint = diag.T("sửa tệp cho đọc được (UTF-8), hoặc chuyển ra ngoài thư mục nội dung", "make the file legible (UTF-8), or move it out of the content folder")
		}
		out.diags = append(out.diags, d)
	}
	if e.err != nil {
		unread(e.err)
		return out
	}
	f, size, err := openRegular(m.tree, e.Path)
	if err != nil {
		unread(err)
		return out
	}
	defer f.Close()
	_, err = m.reader.Read(ctx, f, size, func(t filetext.Text) {
		for _, w := range m.words {
			out.diags = append(out.diags, m.inText(e.Path, t, w)...)
		}
		out.diags = append(out.diags, m.rendered(e.Path, t)...)
	})
	if err != nil {
		unread(err)
	}
	return out
}

// isText reports whether a file is named as one that is published as text.
func isText(file string) bool {
	return content.IsPageText(file) || slices.Contains([]string{".md", ".vtt"}, strings.ToLower(path.Ext(file)))
}

// inText finds words in a text of a file but where they are to be covered.
func (m *mentions) inText(file string, t filetext.Text, w sought) (out []diag.Diagnostic) {
	lines := &lineCounter{text: t.Text}
	for _, at := range w.In(t.Text) {
		own := m.own[file] || file == m.place.File.Path && at.From >= m.place.Piece.Offset && at.To <= m.place.Piece.Offset+len(m.place.Piece.Text)
		covers := func(e *content.Edit) bool { return e.Covers(at.From, at.To) }
		rewritten := at.Likeness == vi.Same && slices.ContainsFunc(m.edits[file], (*content.Edit).Whole)
		if !own && w.stays(file) || rewritten || t.Plain && slices.ContainsFunc(m.edits[file], covers) {
			continue
		}
		pos := diag.Pos{File: file}
		if t.Plain {
			pos = lines.pos(file, at.From)
		}
		d, told := mention(pos, w, at.Likeness, t.Where, t.Text[at.From:at.To], own)
		if !told {
			continue
		}
		if file == releasedAddresses {
			d.Code, d.Severity = "cover-address", diag.Warning
			d.Hint = diag.T("địa chỉ đã phát hành thì còn mãi; nếu nó nói điều phải che thì rút bản ghi ấy («vitrine withdraw»), rồi đăng lại với mã khác", "an address that was released stays for good; if it says what must be covered, withdraw its record («vitrine withdraw») and publish it under another id")
		}
		if t.Plain {
			d.Excerpt = lineAt(t.Text, at.From)
		}
		out = append(out, d)
	}
	return out
}

// inName finds words in the path of a file, each beginning of a path once.
func (m *mentions) inName(file string) (out []diag.Diagnostic) {
	for _, w := range m.words {
		for _, at := range w.In(file) {
			key := w.Text.V + "\x00" + file[:at.To]
			if m.names[key] || w.stays(file) && !m.own[file] {
				continue
			}
			m.names[key] = true
			if d, told := mention(diag.Pos{File: file}, w, at.Likeness, diag.T("tên tệp hoặc thư mục", "the name of the file or folder"), path.Base(file), m.own[file]); told {
				out = append(out, d)
			}
		}
	}
	return out
}

// nearLetters is from how many letters on a phrase is told of where a text only
// comes near to it: of shorter ones there is too much that does.
const nearLetters = 4

// mention words a place where words stand: an error where they do with certainty.
// In what is the record's own nothing may stay.
func mention(pos diag.Pos, w sought, is vi.Likeness, where diag.Text, as string, own bool) (d diag.Diagnostic, told bool) {
	in := diag.Text{}
	if where.Vi != "" {
		in = diag.Text{Vi: " (" + where.Vi + ")", En: " (" + where.En + ")"}
	}
	if is == vi.Same {
		hint := diag.T("sửa chỗ này, hoặc đổi tên tệp", "change this place, or rename the file")
		if !own {
			hint = diag.T("sửa chỗ này, hoặc đổi tên tệp; nếu là người khác, việc khác thì ghi stays: [%[1]q] cạnh text", "change this place, or rename the file; if it means another person or thing, write stays: [%[1]q] beside text", pos.File)
		}
		d = diag.Errorf("cover-remains", pos, "còn %[1]q ở đây%[2]s, ngoài chỗ được che", "%[1]q stands here%[3]s, where it is not covered", w.Text.V, in.Vi, in.En)
		d.Hint = hint
		return d, true
	}
	d = diag.Warnf("cover-near", pos, "chỗ này%[3]s viết %[2]q, gần giống %[1]q", "%[2]q%[4]s is much like %[1]q", w.Text.V, strings.Join(strings.Fields(as), " "), in.Vi, in.En)
	return d.WithHint("xem có phải vẫn là điều phải che không; nếu phải thì tự sửa, hoặc ghi thêm cách viết này vào words", "see whether this is what must be covered; if so, change it, or add this spelling to words"), w.Letters() >= nearLetters
}

// lineAt is the line of a text in which a byte stands.
func lineAt(text string, at int) string {
	line, _, _ := strings.Cut(text[strings.LastIndexByte(text[:at], '\n')+1:], "\n")
	return line
}
