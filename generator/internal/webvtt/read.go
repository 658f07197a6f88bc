package webvtt

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"vitrine/generator/diag"
)

// Read reads a file. Its name stands in the findings: what is lost is an error,
// what browsers mend a warning. Cues are handed on in the order of the file, those
// that have no fault even where others have.
func Read(file string, data []byte) ([]Cue, []diag.Diagnostic) {
	r := &reader{file: file}
	if len(data) > MaxSize {
		r.errorf(1, 1, "vtt-size", "tệp phụ đề lớn hơn %d MB", "the file of captions is larger than %d MB", MaxSize>>20)
		return nil, r.ds
	}
	r.lines = r.split(data)
	if r.lines == nil || !r.header() {
		return nil, r.ds
	}
	for r.next < len(r.lines) && r.block() {
	}
	if r.untold.Msg.En != "" {
		r.untold.Msg = diag.T("còn %d lỗi và cảnh báo nữa trong tệp này", "more errors and warnings in this file: %d", r.faults-maxFaults)
		r.ds = append(r.ds, r.untold)
	}
	slices.SortStableFunc(r.ds, func(a, b diag.Diagnostic) int { return a.Pos.Compare(b.Pos) })
	return r.cues, r.ds
}

// reader goes through the lines of a file.
type reader struct {
	file   string
	lines  []string
	next   int // index of the line that is read next
	cues   []Cue
	ds     []diag.Diagnostic
	faults int
	untold diag.Diagnostic // the gravest of those beyond maxFaults
	latest Cue             // that ends last
}

// at is the place of a byte of a line, both counted from 0.
func (r *reader) at(line, offset int) diag.Pos {
	if r.faults >= maxFaults {
		offset = 0 // it will not be told
	}
	return diag.Pos{File: r.file, Line: line + 1, Col: 1 + utf8.RuneCountInString(r.lines[line][:offset])}
}

func (r *reader) add(d diag.Diagnostic) {
	switch r.faults++; {
	case r.faults <= maxFaults:
		r.ds = append(r.ds, d)
	case r.untold.Severity <= d.Severity:
		r.untold = diag.Diagnostic{Code: "vtt-faults", Severity: d.Severity, Pos: diag.Pos{File: d.Pos.File, Line: d.Pos.Line, Col: 1}, Msg: d.Msg}
	}
}

func (r *reader) errorf(line, col int, code, vi, en string, args ...any) {
	r.add(diag.Errorf(code, diag.Pos{File: r.file, Line: line, Col: col}, vi, en, args...))
}

// split cuts a file into lines without their ends, of whichever system. A NUL
// becomes U+FFFD, as the standard has it; what is no UTF-8 is refused, nil.
func (r *reader) split(data []byte) []string {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(data))
	if strings.Count(text, "\n") >= maxLines {
		r.errorf(1, 1, "vtt-size", "tệp phụ đề có quá %d dòng", "the file of captions has more than %d lines", maxLines)
		return nil
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if !utf8.ValidString(line) {
			d := diag.Errorf("text-encoding", diag.Pos{File: r.file, Line: i + 1, Col: brokenAt(line)}, "tệp phụ đề không phải UTF-8", "the file of captions is not UTF-8")
			r.add(d.WithHint("lưu lại tệp với bảng mã UTF-8", "save the file again as UTF-8"))
			return nil
		}
		if len(line) > maxLine {
			r.errorf(i+1, 1, "vtt-size", "dòng dài quá %d KB", "the line is longer than %d KB", maxLine>>10)
			return nil
		}
		if nul := strings.IndexByte(line, 0); nul >= 0 {
			r.add(diag.Warnf("vtt-control", diag.Pos{File: r.file, Line: i + 1, Col: 1 + utf8.RuneCountInString(line[:nul])}, "ký tự rỗng (NUL) được thay bằng “\ufffd”", "a NUL character becomes “\ufffd”"))
			lines[i] = strings.ReplaceAll(line, "\x00", "\ufffd")
		}
	}
	return lines
}

// brokenAt is the column of the first byte that is no UTF-8.
func brokenAt(line string) int {
	col := 1
	for at := 0; at < len(line); col++ {
		c, size := utf8.DecodeRuneInString(line[at:])
		if c == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return col
}

const arrow = "-->"

// header reads the first line and what stands below it up to an empty line: words
// about the file, which browsers pass over.
func (r *reader) header() bool {
	first := r.lines[0]
	if rest, ok := strings.CutPrefix(first, "WEBVTT"); !ok || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
		d := diag.Errorf("vtt-header", diag.Pos{File: r.file, Line: 1, Col: 1}, "tệp phụ đề phải bắt đầu bằng dòng WEBVTT", "a file of captions must begin with the line WEBVTT")
		r.add(d.WithHint("thêm dòng WEBVTT và một dòng trống ở đầu tệp; tệp SRT phải chuyển sang WebVTT (mốc giờ ghi 00:01.500, không ghi 00:01,500)",
			"put a line WEBVTT and an empty line at the head of the file; convert a file in SRT (times are 00:01.500, not 00:01,500)"))
		return false
	}
	for r.next = 1; r.next < len(r.lines) && r.lines[r.next] != ""; r.next++ {
		if strings.Contains(r.lines[r.next], arrow) {
			r.add(diag.Warnf("vtt-header", r.at(r.next, 0), "trước phụ đề đầu tiên cần một dòng trống", "an empty line is needed before the first cue"))
			break
		}
	}
	return true
}

// block reads what stands up to the next empty line. It returns false when there
// are too many.
func (r *reader) block() bool {
	if r.lines[r.next] == "" {
		r.next++
		return true
	}
	begin := r.next
	switch {
	case strings.Contains(r.lines[begin], arrow):
		return r.cue("", begin)
	case begin+1 < len(r.lines) && strings.Contains(r.lines[begin+1], arrow):
		return r.cue(r.lines[begin], begin+1)
	}
	for r.next < len(r.lines) && r.lines[r.next] != "" && !strings.Contains(r.lines[r.next], arrow) {
		r.next++
	}
	r.other(begin)
	return true
}

// blockNames are the blocks that are no cues: notes, and how cues look.
var blockNames = regexp.MustCompile(`^(NOTE(?:[ \t].*)?|STYLE[ \t]*|REGION[ \t]*)$`)

// other judges a block without timings.
func (r *reader) other(begin int) {
	switch first := r.lines[begin]; {
	case !blockNames.MatchString(first):
		d := diag.Errorf("vtt-block", r.at(begin, 0), "đoạn này không có dòng mốc giờ nên không hiện", "this block has no line of times and is not shown")
		r.add(d.WithHint("ghi mốc giờ ở dòng đầu hoặc dòng thứ hai: 00:01.000 --> 00:04.000; lời ghi chú thì mở đầu bằng NOTE; giữa một phụ đề không để dòng trống",
			"give its times on the first or second line: 00:01.000 --> 00:04.000; begin a note with NOTE; leave no empty line within a cue"))
	case len(r.cues) > 0 && !strings.HasPrefix(first, "NOTE"):
		r.add(diag.Warnf("vtt-block", r.at(begin, 0), "khối %s sau phụ đề đầu tiên không có tác dụng", "a block %s after the first cue has no effect", strings.TrimSpace(first)))
	}
	r.unparted()
}

// unparted warns where a block ends without an empty line.
func (r *reader) unparted() {
	if r.next < len(r.lines) && r.lines[r.next] != "" {
		r.add(diag.Warnf("vtt-block", r.at(r.next, 0), "trước phụ đề này cần một dòng trống", "an empty line is needed before this cue"))
	}
}

// cue reads a cue whose times stand on a line.
func (r *reader) cue(id string, timings int) bool {
	if len(r.cues) == maxCues {
		r.add(diag.Errorf("vtt-size", r.at(timings, 0), "tệp có quá %d phụ đề", "the file has more than %d cues", maxCues))
		return false
	}
	c := Cue{ID: id, Line: timings + 1}
	ok := r.timings(timings, &c)
	begin := timings + 1
	for r.next = begin; r.next < len(r.lines) && r.lines[r.next] != "" && !strings.Contains(r.lines[r.next], arrow); r.next++ {
	}
	r.unparted()
	if !ok {
		return true
	}
	c.Says = r.speeches(begin, r.next, c)
	r.compare(c)
	r.cues = append(r.cues, c)
	if c.End > r.latest.End {
		r.latest = c
	}
	return true
}

// compare warns where the order of cues is not that of their times.
func (r *reader) compare(c Cue) {
	if len(r.cues) == 0 {
		return
	}
	before := r.cues[len(r.cues)-1]
	switch at := r.at(c.Line-1, 0); {
	case c.Start < before.Start:
		r.add(diag.Warnf("vtt-order", at, "phụ đề này bắt đầu trước phụ đề ở dòng %d", "this cue begins before the one in line %d", before.Line))
	case c.Start < r.latest.End:
		r.add(diag.Warnf("vtt-overlap", at, "phụ đề này chồng lên phụ đề ở dòng %d, hiện tới %s", "this cue overlaps the one in line %d, which stays until %s", r.latest.Line, stamp(r.latest.End)))
	}
}

// blanks part the times and settings of a line.
const blanks = " \t\f"

// timings reads "00:01.000 --> 00:04.000 align:start".
func (r *reader) timings(line int, c *Cue) bool {
	s := &scanner{text: r.lines[line]}
	for _, t := range []*time.Duration{&c.Start, &c.End} {
		s.skip()
		if t == &c.End {
			if !strings.HasPrefix(s.rest(), arrow) {
				return r.badTime(line, s.at)
			}
			s.at += len(arrow)
			s.skip()
		}
		var ok bool
		if *t, ok = s.time(); !ok {
			return r.badTime(line, s.at)
		}
	}
	if rest := s.rest(); rest != "" && !strings.ContainsAny(rest[:1], blanks) {
		return r.badTime(line, s.at)
	}
	if c.End <= c.Start {
		r.add(diag.Errorf("vtt-time", r.at(line, 0), "phụ đề kết thúc ở %[2]s, không sau lúc bắt đầu %[1]s, nên không bao giờ hiện", "the cue ends at %[2]s, not after it begins at %[1]s, and is never shown", stamp(c.Start), stamp(c.End)))
		return false
	}
	r.settings(line, s.at, c)
	return true
}

func (r *reader) badTime(line, at int) bool {
	d := diag.Errorf("vtt-time", r.at(line, at), "mốc giờ sai nên phụ đề này không hiện", "the times are wrong, so this cue is not shown")
	r.add(d.WithHint("viết giờ:phút:giây.phần nghìn, đủ ba chữ số sau dấu chấm: 00:01.000 --> 00:04.000 hoặc 01:02:03.000 --> 01:02:05.500",
		"write hours:minutes:seconds.thousandths, with three digits after the point: 00:01.000 --> 00:04.000 or 01:02:03.000 --> 01:02:05.500"))
	return false
}

// A percentage, and what the settings that are kept may be.
const percent = `(?:100(?:\.0+)?|\d{1,2}(?:\.\d{1,9})?)%`

var kept = map[string]*regexp.Regexp{
	"position": regexp.MustCompile(`^` + percent + `(?:,(?:line-left|center|line-right))?$`),
	"line":     regexp.MustCompile(`^(?:` + percent + `|-?\d{1,4})(?:,(?:start|center|end))?$`),
	"align":    regexp.MustCompile(`^(?:start|center|end|left|right)$`),
}

// passedOver are settings that browsers know and this program has no use for.
var passedOver = []string{"vertical", "size", "region"}

func (r *reader) settings(line, from int, c *Cue) {
	s := &scanner{text: r.lines[line], at: from}
	for s.skip(); s.rest() != ""; s.skip() {
		begin := s.at
		word := s.word()
		name, value, _ := strings.Cut(word, ":")
		switch {
		case kept[name] != nil && kept[name].MatchString(value):
			*map[string]*string{"position": &c.Settings.Position, "line": &c.Settings.Line, "align": &c.Settings.Align}[name] = value
		case !slices.Contains(passedOver, name):
			r.add(diag.Warnf("vtt-setting", r.at(line, begin), "%q không phải cách đặt phụ đề nên không có tác dụng", "%q is no setting of a cue and has no effect", word))
		}
	}
}
