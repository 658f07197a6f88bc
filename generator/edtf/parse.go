package edtf

import (
	"fmt"
	"strings"
)

// Parse reads a date in EDTF. The error is a *ParseError, which says in
// Vietnamese and English what is wrong and, where it can be guessed, what was
// meant.
func Parse(s string) (Date, error) {
	d, fault := parse(s)
	if fault != nil {
		return Date{}, newParseError(s, fault)
	}
	return d, nil
}

// parse reads a date without guessing what was meant if it is wrong.
func parse(s string) (Date, *fault) {
	d := Date{text: s}
	var f *fault
	switch {
	case s == "":
		return Date{}, faultAt(0, "ngày tháng để trống", "the date is empty")
	case s[0] == '[':
		d.shape = oneOf
		d.spans, f = parseSet(s, ']')
	case s[0] == '{':
		d.shape = allOf
		d.spans, f = parseSet(s, '}')
	case strings.Contains(s, "/"):
		d.shape = interval
		d.spans, f = parseInterval(s)
	default:
		d.shape = single
		d.spans, f = parseSingle(s, 0)
	}
	if f != nil {
		return Date{}, f
	}
	d.lo, d.hi = d.spans[0].bounds()
	for _, s := range d.spans[1:] {
		lo, hi := s.bounds()
		d.lo, d.hi = min(d.lo, lo), max(d.hi, hi)
	}
	return d, nil
}

func parseSingle(s string, offset int) ([]span, *fault) {
	p, f := parsePoint(s, offset)
	if f != nil {
		return nil, f
	}
	e := end{point: p}
	return []span{{from: e, to: e}}, nil
}

// parseInterval reads "a/b", where an end may also be ".." or nothing.
func parseInterval(s string) ([]span, *fault) {
	first, second, _ := strings.Cut(s, "/")
	if first == "" && second == "" {
		return nil, faultAt(0, "khoảng thời gian không có mốc nào", "the interval has neither a start nor an end")
	}
	if i := strings.IndexByte(second, '/'); i >= 0 {
		return nil, faultAt(len(first)+1+i, "có hơn một dấu gạch chéo", "there is more than one slash")
	}
	from, f := parseEnd(first, 0)
	if f != nil {
		return nil, f
	}
	to, f := parseEnd(second, len(first)+1)
	if f != nil {
		return nil, f
	}
	result := span{from: from, to: to}
	if result.reversed() {
		return nil, reversedFault(len(first)+1, first, second)
	}
	return []span{result}, nil
}

func parseEnd(s string, offset int) (end, *fault) {
	switch s {
	case "":
		return end{kind: unknown}, nil
	case "..":
		return end{kind: open}, nil
	}
	p, f := parsePoint(s, offset)
	return end{point: p}, f
}

// reversed reports whether the span ends before it starts, or ends with a whole
// of which it starts with a later part ("1945-09-02/1945-09"). An end with
// unspecified digits may still be any of its days.
func (s span) reversed() bool {
	if s.from.kind != dated || s.to.kind != dated {
		return false
	}
	start, _ := s.from.point.bounds()
	lo, hi := s.to.point.bounds()
	if s.to.point.hasUnspecified() {
		return hi < start
	}
	// A year may end what starts on its first day, though not later.
	return lo < start
}

// parseSet reads the members between the brackets of a set.
func parseSet(s string, closing byte) ([]span, *fault) {
	if s[len(s)-1] != closing {
		return nil, faultAt(len(s),
			fmt.Sprintf("thiếu dấu đóng %q", closing),
			fmt.Sprintf("the closing %q is missing", closing))
	}
	members := strings.Split(s[1:len(s)-1], ",")
	spans := make([]span, 0, len(members))
	offset := 1
	for i, member := range members {
		result, f := parseMember(member, offset)
		if f == nil && result.from.kind == open && i > 0 {
			f = faultAt(offset, `".." chỉ mở đầu phần tử thứ nhất`, `only the first member may begin with ".."`)
		}
		if f == nil && result.to.kind == open && i < len(members)-1 {
			f = faultAt(offset, `".." chỉ kết thúc phần tử cuối`, `only the last member may end with ".."`)
		}
		if f != nil {
			return nil, f
		}
		spans = append(spans, result)
		offset += len(member) + 1
	}
	return spans, nil
}

// parseMember reads a date, "a..b", "..b" or "a..".
func parseMember(s string, offset int) (span, *fault) {
	if s == "" {
		return span{}, faultAt(offset, "tập hợp có phần tử để trống", "the set has an empty member")
	}
	first, second, isRange := strings.Cut(s, "..")
	if !isRange {
		p, f := parsePoint(s, offset)
		e := end{point: p}
		return span{from: e, to: e}, f
	}
	if first == "" && second == "" {
		return span{}, faultAt(offset, `".." cần một mốc ở ít nhất một bên`, `".." needs a date on at least one side`)
	}
	from, to := end{kind: open}, end{kind: open}
	var f *fault
	if first != "" {
		from, f = parseEnd(first, offset)
	}
	if f == nil && second != "" {
		to, f = parseEnd(second, offset+len(first)+2)
	}
	if f != nil {
		return span{}, f
	}
	result := span{from: from, to: to}
	if result.reversed() {
		return span{}, reversedFault(offset+len(first)+2, first, second)
	}
	return result, nil
}

func reversedFault(offset int, first, second string) *fault {
	return faultAt(offset,
		fmt.Sprintf("mốc cuối %s sớm hơn mốc đầu %s", second, first),
		fmt.Sprintf("the end %s is before the start %s", second, first))
}
