package generator

import (
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"

	"golang.org/x/text/unicode/norm"
)

// replacements are the words to cover, and the marks in their place.
func (r *redaction) replacements() (out []content.Replacement) {
	for _, w := range r.order.Words {
		out = append(out, content.Replacement{Old: w.Text.V, New: record.CoverMark(w.Ground.V)})
	}
	return out
}

// transcripts are the edits of the files that hold the text of the picture.
func (r *redaction) transcripts() (out []*content.Edit, err error) {
	for _, name := range r.transcriptFiles() {
		e, err := r.tree.RedactFile(name, r.replacements())
		if err != nil {
			return nil, &UserError{Msg: diag.T("không đọc được %s", "cannot read %s", name), Err: plain(err)}
		}
		if len(e.Replaced) > 0 {
			out = append(out, e)
		}
	}
	return out, nil
}

func (r *redaction) transcriptFiles() (out []string) {
	if r.object == nil || len(r.order.Words) == 0 {
		return nil
	}
	for _, t := range []*record.Transcript{r.object.Transcript, r.object.Translation} {
		if t != nil && t.File.V != "" {
			out = append(out, content.MediaPath(r.place.File.Owner, t.File.V))
		}
	}
	return out
}

// allFound refuses words that stand in no transcript: they were written in
// another way there, and would stay. They may have been covered by a call
// before, which is told by the mark.
func (r *redaction) allFound(edits []*content.Edit) error {
	wrong := false
	for _, w := range r.order.Words {
		n := 0
		for _, e := range edits {
			n += e.Replaced[w.Text.V]
		}
		switch {
		case n > 0:
		case r.marked(w.Ground.V):
			r.note("không thấy %q trong bản chép, có lẽ đã che từ trước", "%q is not in the transcript and was probably covered before", w.Text.V)
		default:
			wrong = true
			r.rep.Diags.Add(diag.Errorf("cover-words", w.Text.At.In(r.o.Boxes), "không thấy %q trong bản chép của đối tượng này", "%q is not in the transcript of this object", w.Text.V).
				WithHint("chép nguyên văn từ bản chép, cả dấu và chữ hoa; một đoạn không được ngắt qua hai dòng", "copy it from the transcript as it stands, capitals too; it may not run over the end of a line"))
		}
	}
	if wrong {
		return r.wrongBoxes()
	}
	return nil
}

// marked reports whether a transcript of the object bears the mark of a ground.
func (r *redaction) marked(ground string) bool {
	if r.object == nil {
		return false
	}
	mark := record.CoverMark(ground)
	for _, t := range []*record.Transcript{r.object.Transcript, r.object.Translation} {
		for i := 0; t != nil && i < len(t.Text.Langs); i++ {
			if strings.Contains(t.Text.Langs[i].V, mark) {
				return true
			}
		}
	}
	texts := r.tree.Describing(r.place)
	for _, name := range r.transcriptFiles() {
		if strings.Contains(texts[name], mark) {
			return true
		}
	}
	return false
}

// remaining warns of covered words that still stand in the record, in its
// Markdown or in a text beside its pictures: those are the editor's to change.
func (r *redaction) remaining() {
	if len(r.order.Words) == 0 {
		return
	}
	texts := r.tree.Describing(r.place)
	lines := map[string]int{} // before the text, in its file
	if p, _ := r.tree.Locate(r.place.Unit.ID.V); p != nil {
		texts[p.File.Path], lines[p.File.Path] = p.Piece.Text, p.Piece.Line-1
	}
	for name, text := range texts {
		for _, w := range r.order.Words {
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
