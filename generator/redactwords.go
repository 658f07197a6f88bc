package generator

import (
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
)

// replacements are the words to cover, and the marks in their place.
func replacements(words []record.CoveredWords) (out []content.Replacement) {
	for _, w := range words {
		out = append(out, content.Replace(w.Text.V, record.CoverMark(w.Ground.V)))
	}
	return out
}

// transcripts are the edits of the files that hold the text of the pictures, each
// file once.
func (r *redaction) transcripts() (out []*content.Edit, err error) {
	if out, err = r.pageTexts(); err != nil {
		return nil, err
	}
	var names []string
	words := map[string][]content.Replacement{}
	for _, s := range r.sheets {
		for _, name := range r.transcriptFiles(s) {
			if content.HasPlaces(name) {
				continue
			}
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

// transcriptFiles are the files of text of a picture of which words are covered.
func (r *redaction) transcriptFiles(s *coveredSheet) []string {
	if len(s.of.Words) == 0 {
		return nil
	}
	return r.textFiles(s)
}

// textFiles are the files that hold the text of a picture.
func (r *redaction) textFiles(s *coveredSheet) (out []string) {
	if s.object == nil {
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
					WithHint("chép từ bản chép, đúng từng dấu và trọn từ; chữ hoa, khoảng trống, dấu Markdown thì thế nào cũng được", "copy it from the transcript with all its marks, and whole words; capitals, blanks and marks of Markdown do not matter"))
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
			if r.tree.MarkedIn(name, ground) {
				return true
			}
		}
	}
	return false
}
