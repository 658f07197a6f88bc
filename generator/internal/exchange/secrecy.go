package exchange

import (
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/marking"
	"vitrine/generator/internal/record"
)

// What a sheet says of secrecy and of access is read here. Two things hold whatever
// its columns are named: no cell brings a current marking into the content, and no
// row is opened by the command while a cell that was not understood speaks of
// secrecy, restriction or publication.

// gate is what rows are held against.
type gate struct {
	marks    *marking.Rules   // words of the profile that mark a document
	phrases  *marking.Rules   // in cells that nobody explained, wherever they stand
	words    *marking.Rules   // in such cells of few words
	speaking map[*column]bool // headings that speak of secrecy or access
	asking   map[*column]bool // headings that may
	closed   map[string]*row  // ids of rows that do not come in
	secret   map[*row]bool    // those that bear a marking or may not be opened
}

// fewWords is how many words a cell has at most that is a value and no prose.
const fewWords = 5

// maxRemark is how many words a remark has at most that is about the document, and no
// account of what stands in it.
const maxRemark = 12

const (
	speakingHeadings = `mật, bí mật, bảo mật, giải mật, hạn chế, công bố, công khai, tiếp cận, lưu hành, phổ biến, nội bộ,
		chế độ sử dụng, điều kiện sử dụng, quyền sử dụng, mức độ sử dụng, chế độ khai thác, điều kiện khai thác, quyền khai thác,
		restrict, restricted, restriction, restrictions, secret, secrecy, security, confidential, confidentiality, classified, declassified, declassification,
		dữ liệu cá nhân, thông tin cá nhân, nhạy cảm, quyền xem, quyền đọc, cho phép đọc, cho đọc, cho xem, đưa lên web, đưa lên mạng,
		personal, personal data, open, available, availability, online,
		closed, closure, embargo, sensitive, sensitivity, private, privacy, access, public, publish, publishable, accessrights`
	harmlessHeadings = `ghi chú nội bộ, access point, access points, access date, public domain, nơi công bố, đã công bố ở đâu`

	speakingPhrases = `hạn chế sử dụng, hạn chế tiếp cận, hạn chế khai thác, hạn chế phổ biến, sử dụng hạn chế, tiếp cận hạn chế, diện hạn chế,
		không công bố, chưa công bố, không được công bố, chưa được công bố, không cho công bố, không công khai, chưa công khai, không phổ biến, không được phổ biến,
		không được tiếp cận, không tiếp cận, không được phép công bố, không được phép, không phục vụ, không cho đọc, chưa giải mật, không giải mật, thời hạn giải mật, lưu hành nội bộ, sử dụng nội bộ, dùng nội bộ,
		tài liệu mật, văn bản mật, hồ sơ mật, độ mật, dấu mật, tuyệt mật, tối mật,
		not for publication, do not publish, not to be published, not public, access restricted, restricted access, access closed, closed access, closed until,
		top secret, internal use, under embargo, embargoed until, not for distribution`
	speakingWords = `chưa mở, nhạy cảm, mật, bí mật, bảo mật, giải mật, hạn chế, công bố, tiếp cận, nội bộ, kín, giữ kín,
		restricted, restriction, restrictions, secret, secrecy, confidential, classified, closed, embargo, embargoed, private, sensitive, confidentiel`
)

func newGate(profile record.Secrecy, cols []*column) gate {
	g := gate{
		marks:    marking.New(profile),
		phrases:  lookingFor(speakingPhrases, ""),
		words:    lookingFor(speakingWords, ""),
		speaking: map[*column]bool{}, asking: map[*column]bool{}, closed: map[string]*row{}, secret: map[*row]bool{},
	}
	headings, asking := lookingFor(speakingHeadings, harmlessHeadings), lookingFor(askingHeadings, harmlessHeadings)
	for _, c := range cols {
		g.speaking[c] = len(headings.Name(c.header)) > 0 || isOne(c.header, ownHeadings)
		g.asking[c] = len(asking.Name(c.header)) > 0
	}
	return g
}

// lookingFor are rules by which each word counts wherever it stands, and by itself
// also where its marks were left out.
func lookingFor(words, harmless string) *marking.Rules {
	list := listed(words)
	return marking.New(record.Secrecy{Markings: list, Alone: []record.Str{}, Folded: list, Harmless: listed(harmless)})
}

func listed(words string) (out []record.Str) {
	for w := range strings.SplitSeq(words, ",") {
		out = append(out, record.Str{V: strings.TrimSpace(w)})
	}
	return out
}

// speaks reports whether a cell of a column that nobody explained speaks of secrecy,
// restriction or publication.
func (g *gate) speaks(c *column, s string) bool {
	return g.speaking[c] || g.says(c, s) || len(g.phrases.Text(s)) > 0
}

// says reports whether all of a cell, which is short then, or a line of it does so.
func (g *gate) says(c *column, s string) bool {
	if g.asking[c] && answers(s) {
		return true
	}
	words := len(strings.Fields(s))
	return words <= maxUnknown && (saysClosed(s) || shutValues[foldName(s)] != "" && !isPlace(s)) || words <= fewWords && len(g.words.Text(s)) > 0
}

// remarks reports whether a column holds what staff write of a document in words of
// their own: in an inventory that is where they say that it is closed.
func remarks(to target) bool {
	return to.is("notes", "scope", "condition", "physical", "originals", "copies", "publications", "objects[].caption")
}

// remark reports whether a cell of remarks speaks of secrecy, restriction or publication:
// by a phrase wherever it stands, or by a word where the cell is no prose.
func (g *gate) remark(s string) bool {
	return len(strings.Fields(s)) <= maxRemark && len(g.phrases.Text(s)) > 0 || len(strings.Fields(s)) <= fewWords && len(g.words.Text(s)) > 0
}

// marking is the first word of a cell that marks the document, if one does. Words of
// urgency and drafts do not.
func (g *gate) marking(s string) (string, bool) {
	for _, h := range g.marks.Text(s) {
		if !h.Warning {
			return h.Word, true
		}
	}
	return "", false
}

// admit asks whether a row may come in: as a document without a current marking (rule
// 3 of publication), and as one that is opened only where all that may speak against it
// was understood. What is wrong is noted, with its cell.
func (im *importer) admit(d *draft, values map[*column]string) bool {
	why := im.marked(d, values)
	if len(why) == 0 && im.opens(d.unit()) {
		why = append(d.doubts, im.unexplained(d, values)...)
	}
	if len(why) > 0 {
		im.shut(d, values)
		im.rep.Notes = append(im.rep.Notes[:d.notes], why...) // nothing else is said of a row that is not taken
		return false
	}
	im.rep.Notes = append(im.rep.Notes, d.misread...)
	return true
}

// marked finds current markings in the cells of a row. A column that the map leaves
// out says nothing, and a marking whose lifting the row puts on record is none.
func (im *importer) marked(d *draft, values map[*column]string) (out []diag.Diagnostic) {
	for _, c := range im.sheet.cols {
		to := im.m.rules[c].to
		word, found := "", to.is(pathSecrecy, "access.current_marking", "doc.secrecy_as_marked") && secret(values[c])
		if !found && !to.is(pathSkip) {
			word, found = im.gate.marking(values[c])
		}
		if !found || im.tree.LiftsOneDay(d.unit().Access, orElse(word, values[c])) {
			continue
		}
		at := im.sheet.cell(d.row, c)
		fault := at.errorf("marking-current", "hàng mang dấu mật nên không được nhận", "the row bears a secrecy marking and is not taken")
		if word != "" {
			fault = at.errorf("marking-current", "có dấu %q; hàng không được nhận", "the marking %q stands here; the row is not taken", word)
		}
		out = append(out, fault.WithHint("tài liệu còn mật không được để trong thư mục này; đã giải mật thì ghi quyết định bằng các cột access.declassification; không phải dấu của tài liệu thì tự viết bản ghi ấy",
			"a classified document may not be in this folder; of one that was declassified give the decision in columns of access.declassification; where this is no marking of the document, write the record by hand"))
	}
	return out
}

// opens reports whether a row would get a state or a clearance by which it may be
// published, now or later.
func (im *importer) opens(u *record.Unit) bool {
	switch orElse(u.Access.State.V, im.o.State) {
	case "", "unreviewed":
		return orElse(u.Clearance.V, im.o.Clearance) != ""
	case "restricted":
		return false
	case "withdrawn":
		return tells(u)
	}
	return true
}

// tells reports whether the notice of a withdrawal would say more than that there was one.
func tells(u *record.Unit) bool { return u.Withdrawn != nil && u.Withdrawn.SaysMore() }

// unexplained finds the cells that speak of secrecy, restriction or publication in
// columns that nobody explained.
func (im *importer) unexplained(d *draft, values map[*column]string) (out []diag.Diagnostic) {
	for _, c := range im.sheet.cols {
		r := im.m.rules[c]
		speaks := r.to.is(pathExtra) && im.speaks(c, values[c]) || !judged(r.to) && im.gate.closes(r.to, values[c], orElse(r.separator, im.m.separator))
		if values[c] == "" || r.given || !speaks {
			continue
		}
		fault := im.sheet.cell(d.row, c).errorf("access-unexplained", "%q có thể nói về độ mật, hạn chế hay công bố mà chương trình không hiểu; hàng không được nhận",
			"%q may speak of secrecy, restriction or publication and was not understood; the row is not taken", shorten(values[c]))
		if !r.to.is(pathExtra) {
			out = append(out, fault.WithHint("nếu ô chỉ kể chuyện trong tài liệu thì ghi trong tệp ánh xạ (--map) cột này là gì: columns: {%[1]q: %[2]q}; nếu nói tài liệu đóng thì ghi access.state cho hàng ấy",
				"if the cell only tells what the document is about, say in the map (--map) what the column is: columns: {%[1]q: %[2]q}; if it says that the document is closed, give the row an access.state", c.header, r.to.path))
			continue
		}
		out = append(out, fault.WithHint("trong tệp ánh xạ (--map), dưới columns, nói cột này là gì: %[1]q: access.state (kèm values), secrecy, extra (chỉ giữ lại) hay skip (bỏ)",
			"say in the map (--map), under columns, what this column is: %[1]q: access.state (with values), secrecy, extra (only kept) or skip (left out)", c.header))
	}
	return out
}

// speaks asks the gate of a cell. Where several elements are one cell, each has its line and is asked by itself.
func (im *importer) speaks(c *column, s string) bool {
	return im.gate.speaks(c, s) || im.sheet.marked && slices.ContainsFunc(strings.Split(s, "\n"), func(line string) bool { return im.gate.says(c, line) })
}

// state takes what a cell says of access. What is not understood, or differs from
// another cell, is a doubt: the row may not be opened.
func (im *importer) state(d *draft, at cell, value string) {
	state := &d.unit().Access.State
	key, err := term("access_state", value)
	switch {
	case err != nil:
		im.doubt(d, at, value, err)
	case state.V == "" || state.V == key:
		state.V = key
	default:
		d.extra(at.col.key, value)
		d.doubts = append(d.doubts, at.errorf("access-unexplained", "%q trái với %q ở cột khác; hàng không được nhận", "%q contradicts %q in another column; the row is not taken", value, state.V))
		if !closes(state.V) {
			state.V = key
		}
	}
}

// decides reports whether a field says if a document is open: what it cannot hold may close it.
func decides(to target) bool {
	return strings.HasPrefix(to.path, "access.") || strings.HasPrefix(to.path, "withdrawn.")
}

// doubted finds the question mark with which staff doubt what a cell says of access: «public?».
func doubted(to target, at cell) *problem {
	if s := at.row.value(at.col); decides(to) && strings.ContainsAny(s, "?？¿") {
		return problemf("%q còn để ngờ", "%q is in doubt", shorten(s))
	}
	return nil
}

// doubt notes what a cell says of access and nobody understood: the row may not be opened.
func (im *importer) doubt(d *draft, at cell, value string, err *problem) {
	d.extra(at.col.key, value)
	d.doubts = append(d.doubts, at.refusal("access-unexplained", err, diag.T("hàng không được nhận", "the row is not taken")))
	d.misread = append(d.misread, at.refusal("value-refused", err, diag.T("giá trị giữ trong extra", "the value is kept under extra")))
}

func closes(state string) bool { return state == "restricted" || state == "withdrawn" }

// shut notes the id of a row that does not come in, for the rows that belong to it.
func (im *importer) shut(d *draft, values map[*column]string) {
	if c := im.m.id.column; c != nil && values[c] != "" {
		im.gate.closed[im.keyID(values[c])] = d.row
		im.gate.secret[d.row] = true
	}
}

// shutUnfit notes the id of a row that no build would take. What belongs to it is not hung on
// another record of that id, except on the one that stays closed as it was.
func (im *importer) shutUnfit(r *row) {
	c := im.m.id.column
	if c == nil || trim(r.value(c)) == "" {
		return
	}
	if id := im.keyID(trim(r.value(c))); !im.opening[id] && im.gate.closed[id] == nil {
		im.gate.closed[id] = r
	}
}

func (im *importer) keyID(key string) string { return shape(im.m.id.prefix + key) }

// shutTwins shuts the ids of which a later row says that it is closed, and the first does
// not: that one would come in open.
func (im *importer) shutTwins() {
	first := map[string]string{}
	for _, d := range im.drafts {
		if d.key == "" {
			continue
		}
		key, state := im.keyID(d.key), d.state
		was, twice := first[key]
		if !twice {
			first[key] = state
		} else if (state == "restricted" || state == "withdrawn") && was != state && im.gate.closed[key] == nil {
			im.gate.closed[key] = d.row
		}
	}
}

// shutBeneath refuses the rows that add pages to one that does not come in, and those
// beneath it: restriction is inherited, and directly under the fonds they would be open.
func (im *importer) shutBeneath(list []*draft) (kept []*draft) {
	if len(im.gate.closed) == 0 {
		return list
	}
	above := map[string]string{}
	for _, d := range list {
		if d.key != "" && d.parent != "" {
			above[im.keyID(d.key)] = im.keyID(d.parent)
		}
	}
	for _, d := range list {
		r := im.closedAbove(d, above)
		if r == nil {
			kept = append(kept, d)
			continue
		}
		if d.key != "" {
			im.gate.closed[im.keyID(d.key)] = r
		}
		im.rep.Refused++
		im.rep.add(diag.Errorf("row-refused", im.rowPos(d), "hàng %d thuộc về hàng %d, hàng ấy không được nhận, nên cũng không được nhận", "row %d belongs to row %d, which is not taken, and is not taken either", d.row.number, r.number))
	}
	return kept
}

// closedAbove is the row that does not come in and to which a draft belongs, nil for none.
func (im *importer) closedAbove(d *draft, above map[string]string) *row {
	ids := []string{}
	if d.key != "" {
		ids = append(ids, im.keyID(d.key))
	}
	if d.parent != "" {
		ids = append(ids, im.keyID(d.parent))
	}
	for _, id := range ids {
		for steps := 0; id != "" && steps < maxDepth; id, steps = above[id], steps+1 {
			if r := im.gate.closed[id]; r != nil {
				return r
			}
		}
	}
	return nil
}

// maxDepth is how far up a row is looked for; deeper ones hang in a circle.
const maxDepth = 100
