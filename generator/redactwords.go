package generator

import (
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"

	"golang.org/x/text/unicode/norm"
)

// replacements are the words to cover, and the marks in their place.
func replacements(words []record.CoveredWords) (out []content.Replacement) {
	for _, w := range words {
		out = append(out, content.Replacement{Old: w.Text.V, New: record.CoverMark(w.Ground.V)})
	}
	return out
}

// transcripts are the edits of the files that hold the text of the pictures, each
// file once.
func (r *redaction) transcripts() (out []*content.Edit, err error) {
	var names []string
	words := map[string][]content.Replacement{}
	for _, s := range r.sheets {
		for _, name := range r.transcriptFiles(s) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
			words[name] = append(words[name], replacements(s.of.Words)...)
		}
	}
	for _, name := range names {
		e, err := r.tree.RedactFile(name, words[name])
		if err != nil {
			return nil, &UserError{Msg: diag.T("không đọc được %s", "cannot read %s", name), Err: plain(err)}
		}
		out = append(out, e)
	}
	return out, nil
}

func (r *redaction) transcriptFiles(s *coveredSheet) (out []string) {
	if s.object == nil || len(s.of.Words) == 0 {
		return nil
	}
	for _, t := range []*record.Transcript{s.object.Transcript, s.object.Translation} {
		if t != nil && t.File.V != "" {
			out = append(out, content.MediaPath(r.place.File.Owner, t.File.V))
		}
	}
	return out
}

// allFound refuses words that stand in no transcript of what was made of their
// master: they were written in another way there, and would stay. They may have
// been covered by a call before, which is told by the mark.
func (r *redaction) allFound(edit *content.Edit, texts []*content.Edit) error {
	wrong := false
	for i := range r.order.Objects {
		o := &r.order.Objects[i]
		for _, w := range o.Words {
			switch {
			case r.isReplaced(o, w, edit, texts):
			case r.marked(o, w.Ground.V):
				r.note("không thấy %q trong bản chép, có lẽ đã che từ trước", "%q is not in the transcript and was probably covered before", w.Text.V)
			default:
				wrong = true
				r.rep.Diags.Add(diag.Errorf("cover-words", w.Text.At.In(r.o.Boxes), "không thấy %q trong bản chép của đối tượng này", "%q is not in the transcript of this object", w.Text.V).
					WithHint("chép nguyên văn từ bản chép, cả dấu và chữ hoa; một đoạn không được ngắt qua hai dòng", "copy it from the transcript as it stands, capitals too; it may not run over the end of a line"))
			}
		}
	}
	if wrong {
		return r.wrongBoxes()
	}
	return nil
}

// isReplaced reports whether words are in a transcript of what was made of their master.
func (r *redaction) isReplaced(o *record.CoverObject, w record.CoveredWords, edit *content.Edit, texts []*content.Edit) bool {
	for _, s := range r.sheets {
		if s.of != o {
			continue
		}
		files := r.transcriptFiles(s)
		if edit.Replaced[content.Replaced{Object: s.number, Words: w.Text.V}] > 0 ||
			slices.ContainsFunc(texts, func(e *content.Edit) bool {
				return slices.Contains(files, e.File) && e.Replaced[content.Replaced{Words: w.Text.V}] > 0
			}) {
			return true
		}
	}
	return false
}

// marked reports whether a transcript of what was made of a master bears the mark
// of a ground.
func (r *redaction) marked(o *record.CoverObject, ground string) bool {
	mark := record.CoverMark(ground)
	texts := r.tree.Describing(r.place)
	for _, s := range r.sheets {
		if s.of != o || s.object == nil {
			continue
		}
		for _, t := range []*record.Transcript{s.object.Transcript, s.object.Translation} {
			for i := 0; t != nil && i < len(t.Text.Langs); i++ {
				if strings.Contains(t.Text.Langs[i].V, mark) {
					return true
				}
			}
		}
		for _, name := range r.transcriptFiles(s) {
			if strings.Contains(texts[name], mark) {
				return true
			}
		}
	}
	return false
}

// remaining warns of covered words that still stand in the record, in its
// Markdown or in a text beside its pictures: those are the editor's to change.
func (r *redaction) remaining() {
	var words []record.CoveredWords
	for _, o := range r.order.Objects {
		words = append(words, o.Words...)
	}
	if len(words) == 0 {
		return
	}
	texts := r.tree.Describing(r.place)
	lines := map[string]int{} // before the text, in its file
	if p, _ := r.tree.Locate(r.place.Unit.ID.V); p != nil {
		texts[p.File.Path], lines[p.File.Path] = p.Piece.Text, p.Piece.Line-1
	}
	for name, text := range texts {
		for _, w := range words {
			if line := standsIn(text, w.Text.V); line > 0 {
				r.rep.Diags.Add(diag.Warnf("cover-remains", diag.Pos{File: name, Line: lines[name] + line, Col: 1}, "%q đã che trong bản chép nhưng còn ở đây", "%q was covered in the transcript and still stands here", w.Text.V).
					WithHint("xem lại tiêu đề, lời tả ảnh, chú thích và các bài viết, rồi tự sửa", "look at title, text alternatives, captions and articles, and change them yourself"))
			}
		}
	}
}

// standsIn is the first line of a text, from 1, in which words begin, however
// they are broken into lines and whatever their capitals; 0 where they do not.
func standsIn(text, words string) int {
	words = strings.Join(strings.Fields(folded(words)), " ")
	var b strings.Builder
	var ends []int // of each line in b
	for line := range strings.SplitSeq(folded(text), "\n") {
		for _, f := range strings.Fields(line) {
			b.WriteString(f + " ")
		}
		ends = append(ends, b.Len())
	}
	at := strings.Index(b.String(), words)
	for i, end := range ends {
		if at >= 0 && at < end {
			return i + 1
		}
	}
	return 0
}

func folded(s string) string { return strings.ToLower(norm.NFC.String(s)) }
