package access

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"

	"golang.org/x/text/unicode/norm"
)

// CheckDecision are the faults for which a decision is none, whatever the day: it
// needs a number with a digit, one certain day and a body, and the signatory that
// it names must be one. They bear a code and stand in a file; what is missing is
// told at block.
func CheckDecision(code, file string, block record.At, d record.Decision) (out []diag.Diagnostic) {
	var missing []string
	for _, l := range lacks(d) {
		if l.is == "" {
			missing = append(missing, l.key)
			continue
		}
		out = append(out, diag.Diagnostic{Code: code, Severity: diag.Error, Pos: l.at.In(file), Msg: l.words(), Hint: l.hint()})
	}
	if len(missing) > 0 {
		keys := strings.Join(missing, ", ")
		out = append(out, diag.Diagnostic{Code: code, Severity: diag.Error, Pos: block.In(file), Hint: asSigned,
			Msg: diag.T("thiếu decision: {%s}: chưa có quyết định nào", "decision: {%s} is missing: there is no decision yet", keys)})
	}
	return out
}

// decisionDay is the day of a decision; that of one that is none never comes.
func decisionDay(d record.Decision) edtf.Day {
	if len(lacks(d)) > 0 {
		return lastDay
	}
	day, _ := exactDay(d.Date.String())
	return day
}

// lack is what keeps a decision from being one.
type lack struct {
	key string
	at  record.At // of what stands there
	is  string    // empty where nothing does
}

// lacks are all of a decision.
func lacks(d record.Decision) (out []lack) {
	if n := d.Number; !Written(n.V) || !numbered(n.V) || isToCome(n.V) {
		out = append(out, lack{"number", n.At, n.V})
	}
	if text := d.Date.String(); d.Date.IsZero() {
		out = append(out, lack{key: "date"})
	} else if _, ok := exactDay(text); !ok {
		out = append(out, lack{"date", d.Date.At, text})
	}
	if d.By.IsZero() && d.IssuedBy.IsZero() {
		out = append(out, lack{key: "issued_by"})
	}
	for _, body := range []struct {
		key string
		ref record.Ref
	}{{"by", d.By}, {"issued_by", d.IssuedBy}} {
		if text, ok := named(body.ref); !ok {
			out = append(out, lack{body.key, body.ref.At, text})
		}
	}
	if s := d.Signatory; s.V != "" && (!Written(s.V) || isToCome(s.V)) {
		out = append(out, lack{"signatory", s.At, s.V})
	}
	return out
}

// named reports whether a body is one, if it is given; text is what stands there.
func named(r record.Ref) (text string, ok bool) {
	for _, l := range r.Name.Langs {
		if !Written(l.V) || isToCome(l.V) {
			return l.V, false
		}
	}
	return "", true
}

func (l lack) words() diag.Text {
	switch {
	case l.key == "date":
		return notOneDay(l.is)
	case isToCome(l.is):
		return diag.T("%[1]s: %[2]q nói rằng quyết định chưa được ký", "%[1]s: %[2]q says that the decision is not signed yet", l.key, l.is)
	case l.key == "number" && Written(l.is):
		return diag.T("số quyết định %q không có số nào, hoặc chỉ có năm", "the number %q of the decision holds no digit, or that of a year alone", l.is)
	}
	return diag.T("%[1]s: %[2]q là chỗ để trống, chưa phải điều cần ghi", "%[1]s: %[2]q is a place left open, and not what has to stand there", l.key, l.is)
}

func (l lack) hint() diag.Text {
	if l.key == "date" {
		return oneDay
	}
	return asSigned
}

var asSigned = diag.T("chép đúng số, ngày, cơ quan và người ký của văn bản đã ký; chưa ký thì chưa cho công bố", "copy number, day, body and signatory from the document that was signed; what is not signed allows nothing yet")

func notOneDay(text string) diag.Text {
	return diag.T("%q không phải một ngày rõ ràng", "%q is not one certain day", text)
}

var oneDay = diag.T("viết năm-tháng-ngày, không kèm ?, ~ hay %%, ví dụ \"2026-01-15\"", "write year-month-day without ?, ~ or %%, for example \"2026-01-15\"")

// Written reports whether a text says something: it has a letter or digit that is
// seen, and nothing in it holds a place for what is to come.
func Written(text string) bool {
	text = visible(text)
	return strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.Is(unicode.Lm, r)
	}) && !isPlaceholder(text)
}

// visible is a text in its compatibility form without what leaves no ink: controls
// of format, fillers, and the blank pattern of Braille.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) || r == '\u2800' {
			return -1
		}
		return r
	}, norm.NFKC.String(text))
}

var (
	openSigns = regexp.MustCompile(`[?⋯⋮□☐▢◻◯○]|\.\s*\.|_\s*_|\(\s*\)|\[\s*\]|\{\s*\}|(?i)\bn/a\b`)
	openWord  = regexp.MustCompile(`^(x{3,}|tbd|tba|todo)$`)
	onlyX     = regexp.MustCompile(`^x+( x+)+$|^xx$`)
	openWords = regexp.MustCompile(` (chưa|chua) (có|co|rõ|ro|biết|biet|ký|ky|kí|số|so|ghi|xác|xac|cấp|cap|ban) | (không|khong) (có|co|rõ|ro|số|so|biết|biet) `)
)

var (
	numerals = regexp.MustCompile(`\p{Nd}+`)
	aYear    = regexp.MustCompile(`^(19|20)\d\d$`)
	ownDigit = regexp.MustCompile(`(?:^|[^\p{L}\p{Nd}])(\p{Nd}+)`) // not those of an office: VP5
	noNumber = regexp.MustCompile(`(?i)(?:^|[^\p{L}\p{Nd}])(x{2,}|dự thảo|du thao|bản nháp|ban nhap|nháp|draft)(?:$|[^\p{L}\p{Nd}])`)
)

// numbered reports whether the number of a decision holds one: not of a year alone, which
// a draft has before the clerk writes its number, nor of zeros, nor of the office behind
// a blank ("    /QĐ-VP5"). What calls itself a draft has no number yet.
func numbered(text string) bool {
	text = strings.TrimSpace(visible(text))
	if noNumber.MatchString(text) {
		return false
	}
	first, rest, parted := strings.Cut(text, "/")
	switch says := strings.ContainsFunc(first, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }); {
	case parted && !says:
		return false
	case parted && !counts(numerals.FindAllString(first, -1), text):
		var own []string
		for _, m := range ownDigit.FindAllStringSubmatch(rest, -1) {
			own = append(own, m[1])
		}
		return counts(own, text)
	}
	return counts(numerals.FindAllString(text, -1), text)
}

// counts reports whether one of the numerals of a text is neither zero nor a year beside others.
func counts(list []string, text string) bool {
	for _, n := range list {
		if strings.Trim(n, "0") != "" && (!aYear.MatchString(n) || n == text) {
			return true
		}
	}
	return false
}

// formWords are what stands on a form where a name is to come, without marks.
var formWords = strings.Split("khong,none,nobody,ky thay,ky thay mat,ho va ten,ho ten,ten,chu ky,ky ten,ky,da ky,ky va ghi ro ho ten,ky ghi ro ho ten,nguoi lap,nguoi duyet,nguoi ky,nguoi soan,nguoi trinh,nguoi tham dinh,chuc vu,name,full name,signature,signed,signatory,prepared by,approved by,"+
	"ky ten dong dau,ky dong dau,ky va dong dau,ky ten va dong dau,da ky va dong dau,da ky dong dau,ky ghi ro ho ten dong dau,ky ghi ro ho ten va dong dau,ky ten ghi ro ho ten,dong dau,nguoi ky ten,chuc danh,"+
	"ten co quan,ten don vi,ten co quan ban hanh,ten co quan don vi,ten to chuc,co quan ban hanh,co quan,don vi,ten nguoi ky,ten nguoi lap,ten nguoi duyet,ho ten nguoi ky,ho ten nguoi lap,ho ten nguoi duyet,ho va ten nguoi ky,ho va ten nguoi lap,ho va ten nguoi duyet,"+
	"body,issuing body,name of body,name of the body,name of institution,institution,organisation,organization,name of organisation,name of organization,agency,your name,name of signatory,name here,seal,signed and sealed,stamp", ",")

// toCome is what a clerk writes of a decision that is still on its way; unmarked is that without
// marks, which may be in the name of a person, nothing what is no name in any case.
var (
	toCome   = regexp.MustCompile(` (chờ|đợi) (ký|kí|duyệt|phê|trình|số|cấp|ban|bổ|xin) | sẽ (ký|kí|ban|có|bổ|cấp|duyệt) | đang (trình|soạn|chờ|xin|lấy|ký|kí) | dự kiến | pending | unsigned | not (yet )?signed | to be (signed|issued|numbered) `)
	unmarked = regexp.MustCompile(` (cho|doi) (ky|duyet|phe|trinh|so|cap|ban|bo|xin) | se (ky|ban|co|bo|cap|duyet) | dang (trinh|soan|cho|xin|lay|ky) | du kien `)
	nothing  = regexp.MustCompile(`^ (cho (ky|duyet|phe duyet|trinh|so|cap so|bo sung)|se (ky|bo sung|co)|dang (trinh ky|soan|xin)|du kien) $`)
)

// isToCome reports whether the number, a body or the signatory of a decision says that it is none yet.
func isToCome(text string) bool {
	said := " " + strings.Join(lowerWords(visible(text)), " ") + " "
	return toCome.MatchString(said) || nothing.MatchString(said) || strings.ContainsFunc(text, unicode.IsDigit) && unmarked.MatchString(said)
}

func lowerWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// isPlaceholder reports whether a text that is visible holds the place of another:
// an ellipsis, a question mark, «chưa có», «xxx».
func isPlaceholder(text string) bool {
	words := lowerWords(text)
	if joined := strings.Join(words, " "); onlyX.MatchString(joined) || slices.Contains(formWords, vi.Fold(joined)) {
		return true
	}
	return openSigns.MatchString(text) || slices.ContainsFunc(words, openWord.MatchString) || openWords.MatchString(" "+strings.Join(words, " ")+" ")
}

// liftedOn is the day on which what an access block describes was freed of its
// marking: 0 where it never bore one, a day that never comes where it bears one or
// no decision lifted it.
func liftedOn(a record.Access) edtf.Day {
	m := a.Declassification
	switch {
	case a.CurrentMarking.V != "":
		return lastDay
	case m.At == (record.At{}) && m.FormerMarking.V == "":
		return 0
	case m.FormerMarking.V == "":
		return lastDay
	}
	return decisionDay(m.Decision)
}

// Marked is the fault that a marking is current on the day of the build, since the
// decision that lifts it comes later. Where there is none that counts, whoever read
// the statement says so.
func (g *Gate) Marked(s Statement, at diag.Pos) (out []diag.Diagnostic) {
	if s.Lifted > g.today && s.Lifted != lastDay {
		out = append(out, diag.Errorf("marking-current", at, "quyết định giải mật đề ngày %s, sau ngày dựng trang (%s): tài liệu còn mang dấu mật", "the declassification is dated %s, after the day of the build (%s): the document is still marked", s.Lifted, g.today).
			WithHint("chưa đến ngày giải mật thì lấy bản ghi ra khỏi thư mục này và khỏi lịch sử phiên bản; ghi nhầm ngày thì sửa", "until it is declassified take the record out of this folder and out of its version history; if the day is mistyped, mend it"))
	}
	return out
}
