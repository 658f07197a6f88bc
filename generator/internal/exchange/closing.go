package exchange

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"

	"golang.org/x/text/unicode/norm"
)

// How staff say in a few words of their own that a document is closed follows a few
// patterns, which hold for words that no list has. They are looked for with all their marks
// or, in a cell that has none at all, without any: chùa is no chưa.

// closings are the patterns in Vietnamese, with marks.
var closings = []string{
	`(?:không|chưa|cấm|đừng)(?: (?:được|cho|phép|nên|thể|có|đem|đưa|ra|mang|đề nghị|bao giờ)){0,4} (?:công bố|công khai|tiếp cận|lưu hành|phục vụ|trưng bày|đưa lên|lên mạng|lên web|công chúng|phổ biến rộng|phát tán)`,
	`(?:không|chưa)(?: được)? cho phép(?:$|[.,;])`, `(?:không|chưa)(?: được)? đồng ý(?: cho)? (?:công bố|công khai|đưa|đăng|trưng bày)`,
	`^(?:(?:hồ sơ|tài liệu|văn bản|bản|ảnh|phim)(?: này)? )?(?:(?:đã|đang|còn|bị|tạm|tạm thời|phải)(?: (?:được|bị))? )?(?:rút|gỡ|gỡ bỏ|thu hồi|niêm phong)(?: về kho)?[.]?$`,
	`^(?:(?:hồ sơ|tài liệu|văn bản|bản|ảnh|phim)(?: này)? )?(?:đã|đang|còn|bị|tạm|tạm thời|phải)(?: (?:được|bị))? đóng[.]?$`,
	`(?:rút|gỡ)(?: xuống)? khỏi (?:trang|mạng|web|website|danh mục)`,
	`(?:công bố|công khai|phổ biến|đưa lên (?:web|website|mạng)|lên (?:web|website|mạng))(?: là)? ?[=?–-]? ?(?:không|chưa)(?:$|[.,;])`,
	`(?:gia đình|thân nhân|tác giả|người tặng|chủ sở hữu)(?: còn)? (?:không|chưa)(?: (?:có|được))? (?:đồng ý|cho phép|chấp thuận)`,
	`(?:không|chưa)(?: được)? (?:gia đình|thân nhân|tác giả|người tặng|chủ sở hữu) (?:đồng ý|cho phép|chấp thuận)`, `(?:không|chưa) có sự đồng ý`,
	`(?:phải|chưa|chờ) xin phép`,
	`(?:không|chưa|cấm)(?: (?:được|nên|có))? (?:phép|cho|được)(?: phép)? (?:khai thác|sử dụng|đọc|xem|mượn|mở|sao chụp|chụp)`,
	`cấm (?:khai thác|sử dụng|đọc|xem|mượn|mở|sao|chụp)`,
	`đóng (?:[–-] ?)?(?:cho )?(?:đến|tới|trong \d+ năm|\d+ năm)`,
	`chỉ (?:được )?(?:dùng|sử dụng|phục vụ|lưu hành|khai thác|phổ biến) (?:trong|nội bộ|tại|cho)`,
	`trước khi (?:công bố|công khai|sử dụng|khai thác|phục vụ|đưa lên|cho (?:đọc|xem|mượn))`,
	`chờ (?:giải mật|duyệt|xét|ý kiến|thẩm định|phê duyệt|cho phép)`,
	`^(?:(?:hồ sơ|tài liệu|văn bản|bản|ảnh|phim)(?: này)? )?(?:còn )?(?:chưa|không) (?:được )?(?:xét|duyệt|xét duyệt|phê duyệt|thẩm định)[.]?$`,
}

// closingsEnglish are those in English.
const closingsEnglish = `(?:^|\PL)(?:` +
	`(?:not|never)(?: \w+)? (?:to be|for|yet|be|yet to be) (?:publish\w*|publication|releas\w*|open\w*|public|circulat\w*|display\w*|distribut\w*|shown|shared|put online)` +
	`|(?:not|never) (?:open|public|accessible|available|online)(?:$|[.,;]| yet| until| to (?:the )?(?:public|readers?|research\w*|users?))` +
	`|(?:do not|don't|cannot be|may not be|must not be|not to) (?:publish\w*|releas\w*|shar\w*|distribut\w*|display\w*|circulat\w*|post\w*|open\w*|shown?)` +
	`|^withdrawn \d{4}$|^(?:removed|retracted|pulled|hold|on hold|do not use|not approved|takedown request)[.]?$|opens? after \d+ years|closed (?:record|file)$|pulled from (?:the )?(?:web|website|site)|no (?:public )?access|no release|withheld|under embargo|embargoed|staff only|internal use|eyes only` +
	`|closed (?:to|until|till|for|by|access)|sealed (?:until|by)|restricted (?:to|until|by|access)|access (?:is )?(?:denied|closed|restricted|refused)` +
	`|not (?:yet )?cleared|uncleared|permission (?:is |was )?(?:refused|denied|withheld|pending|not (?:given|granted))(?:$|[.,;]| to (?:publish|show|reproduce|use|put|digiti[sz]e))|(?:no|without) (?:consent|permission|clearance)(?: (?:given|to \w+|for \w+))?(?:$|[.,;])|consent (?:is |was )?(?:refused|denied|withdrawn|not given)|consent not (?:obtained|given)|no consent from|(?:removed|withdrawn) from (?:the )?(?:site|web|website|internet|view)|(?:public|publish|published|online|release) ?[=?–-]? ?no$|not for (?:the )?(?:web|internet|online)|take[n ]?down|\d+[ -]years? (?:closure|embargo)|closed for \d+|(?:closure|embargo) of \d+` +
	`|before (?:release|publication|publishing|public access)` +
	`)(?:$|\PL)`

// closingsFrench are those in French, in which many inventories of the colonial time are; é may have lost its mark. A year that is yet to
// come is known by untilYear.
const closingsFrench = `(?:^|\PL)(?:` +
	`(?:non|pas|plus|jamais)(?: (?:encore|librement))? (?:communicables?|consultables?|accessibles?|publiables?|diffusables?)|incommunicables?` +
	`|ne (?:pas|plus|peu(?:t|vent) (?:pas )?[êe]tre) (?:communiqu|publi|diffus|montr|consult|reprodui)\pL*` +
	`|acc[èe]s (?:est )?(?:interdit|restreint|ferm[ée]|limit[ée]|r[ée]serv[ée]|refus[ée])` +
	`|(?:communication|consultation) (?:est )?(?:interdite|restreinte|limit[ée]e|r[ée]serv[ée]e|refus[ée]e|suspendue|diff[ée]r[ée]e)` +
	`|(?:communi|consult|acc[èe]s|diffusion|publication|reproduction|utilisation)[^.;]{0,30} (?:soumis(?:e|es)? (?:à|a)|(?:sur|sous)(?: r[ée]serve (?:de|d['’]))?) ?(?:une? |l['’] ?)?(?:autorisation|d[ée]rogation|accord|consentement)` +
	`|sous embargo|usage interne|d[ée]lai de communicabilit[ée]` +
	`)(?:$|\PL)|^(?:diffusion|publication|reproduction) (?:est )?(?:interdite|restreinte|r[ée]serv[ée]e)(?:$|\PL)`

var (
	closingMarked   = seeking(joinPatterns(closings, func(s string) string { return s }))
	closingUnmarked = seeking(joinPatterns(closings, vi.Fold))
	closingEnglish  = seeking(closingsEnglish)
	closingFrench   = seeking(closingsFrench)

	// notClosing says that nothing stands against a document.
	notClosing = seeking(`no (?:known )?(?:copyright )?restrictions?(?: on \w+)?|(?:not|un)[ -]?restricted|không (?:bị |có )?hạn chế|khong (?:bi |co )?han che|no publication (?:date|place|data|information)`)

	untilYear = regexp.MustCompile(`(?:^|[^\pL])(?:until|till|before|after|đến|tới|den|toi|trước|truoc|sau|từ|tu|hết|het|from|mở|mo|opens?|opening|opened|available|released?|public|avant|apr[èe]s|d[èe]s|jusqu['’](?:en|à|a|au)|(?:à|a) (?:partir|compter) d[eu])\s(?:[^.;]{0,16}?[^\pL\d.;])?(2[01]\d\d)\b`)
	aNumber   = regexp.MustCompile(`(?:^|\s)(?:số|so|tờ|trang|hộp|no|nos|page|box)[.]? 2[01]\d\d\b`)
	someYear  = regexp.MustCompile(`\b(2[01]\d\d)\b`)
	blanks    = regexp.MustCompile(`\s+`)
)

// joinPatterns makes one expression of patterns, on words alone.
func joinPatterns(list []string, of func(string) string) string {
	var all []string
	for _, p := range list {
		all = append(all, foldPattern(p, of))
	}
	return `(?:^|[^\pL])(?:` + strings.Join(all, "|") + `)(?:$|[^\pL])`
}

var letters = regexp.MustCompile(`[\pL\pM]+`)

// foldPattern applies a function to the words of a pattern and to nothing else.
func foldPattern(p string, of func(string) string) string { return letters.ReplaceAllStringFunc(p, of) }

// saysClosed reports whether a text says that a document is closed: by a pattern, or by a
// year that is yet to come.
func saysClosed(text string) bool {
	s := notClosing.ReplaceAllString(plainText(strings.ReplaceAll(text, ":", " ")), " ")
	if closingMarked.MatchString(s) || closingEnglish.MatchString(s) || closingFrench.MatchString(s) || s == vi.Fold(s) && closingUnmarked.MatchString(s) {
		return true
	}
	return slices.ContainsFunc(untilYear.FindAllStringSubmatch(s, -1), func(m []string) bool { return yetToCome(m[1]) && !aNumber.MatchString(m[0]) })
}

// plainText is a text in small letters, one blank between words.
func plainText(text string) string {
	return strings.TrimSpace(blanks.ReplaceAllString(norm.NFC.String(strings.ToLower(text)), " "))
}

func yetToCome(year string) bool {
	n, err := strconv.Atoi(year)
	return err == nil && n > time.Now().Year()
}

// shutValues are what a cell says that holds one word or two and closes the document,
// whatever its column is called.
var shutValues = with(shutting(accessValues), "restricted: han che, kin, giu kin, mat, bi mat, restricted, closed, withheld, embargo, embargoed, confidential, cam, cam cong bo, khong cho doc, khong duoc phep, chua mo, withdrawn, da rut, bi rut, da duoc rut, da go bo, dang niem phong, con niem phong, tam dong, da go, takedown, taken down, sealed, niem phong, da niem phong, bi niem phong, khong cho phep, chua cho phep, not cleared, uncleared, refused, denied, no consent, no permission, not for web")

func shutting(values map[string]string) map[string]string {
	out := map[string]string{}
	for v, to := range values {
		if to != "" {
			out[v] = to
		}
	}
	return out
}

// isShut reports whether all of a cell, or an entry of a list, says that a document is closed.
func isShut(value, separator string) bool {
	marked := plainText(value) != vi.Fold(value) // so that «cam» is an orange
	for _, part := range cut(value, separator) {
		if _, ok := shutValues[foldName(part)]; ok && !isPlace(part) && !(marked && isUnmarkedVietnamese(part)) {
			return true
		}
	}
	return false
}

// isUnmarkedVietnamese reports whether a value is one that closes a document only once it is given
// its marks.
func isUnmarkedVietnamese(part string) bool {
	return plainText(part) == vi.Fold(part) && slices.Contains([]string{"cam", "kin", "mat", "dong"}, foldName(part))
}

// isPlace spares what only becomes such a word without its marks: Đông is no «đóng».
func isPlace(value string) bool {
	s := plainText(value)
	return s != vi.Fold(s) && slices.Contains([]string{"đông", "đồng", "động", "mất", "mặt", "mắt", "cắm", "cảm", "cám", "cầm", "kín đáo"}, s)
}

// yesOrNo are the values of columns that ask a question.
var yesOrNo = []string{"khong", "ko", "k", "no", "n", "0", "false", "chua", "chua xet", "chua duyet", "chua mo", "cam", "off", "draft", "nhap", "pending", "hidden", "none", "never"}

// answers reports whether a cell under a heading that may speak of publication says no, or
// names a year that is yet to come, or a mark of one letter.
func answers(value string) bool {
	folded := foldName(value)
	years := someYear.FindAllString(value, -1)
	return slices.Contains(yesOrNo, folded) || len([]rune(folded)) == 1 && folded >= "a" && folded <= "z" && folded != "x" && folded != "y" ||
		slices.ContainsFunc(years, yetToCome) || saysClosed(value) || shutValues[folded] != ""
}

// askingHeadings may speak of publication and access, and of other things too: they do
// where the cell answers.
const askingHeadings = `sử dụng, khai thác, duyệt, xét duyệt, phê duyệt, ngày mở, năm mở, mở năm, thời hạn, hạn mở, thời hạn đóng, ngày đóng, năm đóng, đóng, mở, hiển thị, web, website, mạng, dấu, trạng thái, tình trạng, phục vụ,
	visible, visibility, show, shown, display, hide, published, publishing, release, released, released on, approved, approval, reviewed, review, status, open date, opening date, use, web access`

// ownHeadings speak of persons that are to be spared where they are all of a heading.
var ownHeadings = byFoldedName(`Riêng tư, Cá nhân, PII, GDPR, Hidden, Private, Có dữ liệu cá nhân, Đời tư, Người còn sống, Living, Living persons`)

// reach is how far a column is held against what closes a document.
type reach int

const (
	reachValue  reach = iota // a cell of few words
	reachProse               // a remark that is about the document and no account of it
	reachRemark              // whatever is written there is about the document
)

// reachOf tells where staff write that a document is closed: in remarks of any length, in
// descriptions as long as they are short, and elsewhere in the place of what belongs there.
func reachOf(to target) reach {
	switch {
	case to.is("notes", "rights.note", "originals", "originals.note", "copies", "info_symbol") || strings.HasPrefix(to.path, "physical"):
		return reachRemark
	case remarks(to), to.leaf == textLeaf && !strings.HasPrefix(to.path, "title"):
		return reachProse
	}
	return reachValue
}

var textLeaf = reflect.TypeOf(record.Text{})

// maxUnknown is how many words a cell has at most that says so in a column that nobody
// explained: longer ones tell of other things.
const maxUnknown = 25

// maxValue is how many words a cell has at most that stands in the place of a value.
const maxValue = 8

// closes reports whether a cell of a column that was understood says that the document is
// closed, which the column itself does not tell anybody.
func (g *gate) closes(to target, s, separator string) bool {
	if s = strings.TrimSpace(notClosing.ReplaceAllString(plainText(s), " ")); s == "" {
		return false
	}
	words := len(strings.Fields(s))
	switch reachOf(to) {
	case reachRemark:
		return g.remark(s) || len(g.phrases.Text(s)) > 0 || saysClosed(s) || isShut(s, separator)
	case reachProse:
		return g.remark(s) || words <= maxRemark && saysClosed(s) || isShut(s, separator)
	}
	if strings.HasPrefix(to.path, "title") {
		return isShut(s, separator)
	}
	return isShut(s, separator) || words <= maxValue && (len(g.phrases.Text(s)) > 0 || saysClosed(s)) || to.is("status") && answers(s)
}

// judged are the columns that say by themselves whether a document is open, which the
// import understands, and those that name things.
func judged(to target) bool {
	return to.is(pathSkip, pathExtra, pathSecrecy, "id", "parent", "level", "clearance", "objects[].file", "objects[].transcript", "objects[].transcript.file", "objects[].translation", "objects[].translation.file") || strings.HasPrefix(to.path, "access.")
}
