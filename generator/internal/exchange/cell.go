package exchange

import (
	"regexp"
	"strings"
	"unicode"

	"vitrine/generator/internal/vi"
)

// trim cuts blanks of every kind, no-break and zero-width ones too.
func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' })
}

// foldName makes headings and words of lists comparable.
func foldName(s string) string {
	words := strings.FieldsFunc(vi.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, " ")
}

var (
	excelText    = regexp.MustCompile(`^="((?:[^"]|"")*)"$`)
	excelError   = regexp.MustCompile(`^#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)$`)
	excelRounded = regexp.MustCompile(`(?i)^\d+(?:[.,]\d+)?E[+-]?\d+$`)
	hashes       = regexp.MustCompile(`^#{3,}$`)
)

// unwrapExcel takes the value out of ="0012", the way to keep zeros.
func unwrapExcel(s string) string {
	if m := excelText.FindStringSubmatch(s); m != nil {
		return strings.ReplaceAll(m[1], `""`, `"`)
	}
	return s
}

// unquoteExcel removes the apostrophe that tells Excel: this is text.
func unquoteExcel(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.ContainsRune("0123456789=+-@", rune(s[1])) {
		return s[1:]
	}
	return s
}

func dropControls(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\u2028' || r == '\u2029' {
			return -1
		}
		return r
	}, s)
}

func repairPlain(s string) (string, []vi.Fix) { return vi.Repair(dropControls(s)) }

// clean returns the value of a cell without the traces that spreadsheets and
// old fonts leave. ok is false when there is no value to be had; that, and
// every change, is noted.
func (im *importer) clean(at cell) (s string, ok bool) {
	raw := at.row.value(at.col)
	s = trim(raw)
	if s == "" {
		return "", true
	}
	if s == uncomputed {
		im.rep.add(at.errorf("formula-value", "công thức chưa có giá trị tính sẵn", "the formula has no value that was worked out").
			WithHint("mở bảng trong Excel, đợi tính xong, lưu lại rồi nhập", "open the workbook in Excel, let it calculate, save it, and import again"))
		return "", false
	}
	if excelError.MatchString(s) || hashes.MatchString(s) {
		im.rep.add(at.errorf("excel-error", "Excel báo lỗi %s, không có giá trị", "Excel shows the error %s, there is no value", s))
		return "", false
	}
	if enc, _, found := vi.Legacy(s); found {
		im.legacy = true
		im.rep.add(at.errorf("text-encoding", "chữ có vẻ gõ bằng bảng mã %s, không phải Unicode: %s", "the text seems to be in the %s encoding, not Unicode: %s", enc, shorten(s)).
			WithHint("chuyển cả bảng sang Unicode bằng công cụ chuyển mã (ví dụ Unikey) rồi nhập lại", "convert the whole sheet to Unicode with a code converter and import again"))
		return "", false
	}
	if s != raw {
		im.rep.each("blanks", at, "bỏ dấu cách thừa ở đầu hoặc cuối", "blanks at the beginning or end were removed")
	}
	s = im.unexcel(at, s)
	fixed, fixes := repairPlain(s)
	if len(dropControls(s)) != len(s) {
		im.rep.each("control-characters", at, "bỏ ký tự điều khiển", "control characters were removed")
	}
	for _, f := range fixes {
		if f.Kind.Changed() {
			im.rep.each("text-repaired", at, f.Vi, f.En)
		}
	}
	return trim(fixed), true
}

func (im *importer) unexcel(at cell, s string) string {
	if t := unwrapExcel(s); t != s {
		im.rep.each("excel-text", at, `bỏ ="…" của Excel`, `Excel's ="…" was removed`)
		s = trim(t)
	}
	if t := unquoteExcel(s); t != s {
		im.rep.each("excel-text", at, "bỏ dấu ' của Excel ở đầu", "Excel's leading ' was removed")
		s = t
	}
	return s
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:57]) + "…"
	}
	return s
}
