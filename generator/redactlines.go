package generator

import (
	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
)

// pageTexts are the edits of the texts that were read from the pictures, with the
// places of their lines. They are covered with their picture, also where the order
// names no words: what a box covers can be read in them.
func (r *redaction) pageTexts() (out []*content.Edit, err error) {
	done := map[string]bool{}
	for _, s := range r.sheets {
		if len(s.boxes) == 0 && len(s.of.Words) == 0 {
			continue
		}
		for _, name := range r.textFiles(s) {
			if !content.HasPlaces(name) {
				continue
			}
			if done[name] {
				return nil, &UserError{Msg: diag.T("%s là lời của hai ảnh cùng lúc", "%s is the text of two pictures at once", name), Hint: diag.T("mỗi ảnh một tệp lời riêng; tách ra rồi gọi lại lệnh", "each picture needs a text of its own; split it and call the command again")}
			}
			done[name] = true
			e, lines, err := r.tree.RedactLines(name, s.picture(r))
			if err != nil {
				return nil, unedited(name, err)
			}
			if lines > 0 {
				r.note("đã che %[2]d dòng trong %[1]s", "%[2]s covered in %[1]s", name, diag.Count(lines, "line"))
			}
			if e.Unplaced() {
				r.note("%s: không rõ lời đọc từ ảnh đã xoay hay chưa xoay, nên đã che theo cả hai cách và bỏ chỗ của các dòng; đọc lại chữ từ ảnh đã che thì có lại", "%s: nobody knows whether this was read from the picture before or after it was turned, so lines were covered either way and their places left out; read the covered picture to have them again", name)
			}
			out = append(out, e)
		}
	}
	return out, nil
}

// picture is what is covered of it, for its text.
func (s *coveredSheet) picture(r *redaction) content.CoveredPicture {
	c := content.CoveredPicture{Name: s.name, Width: s.width, Height: s.height, Orientation: s.orientation, Boxes: s.covered, Words: replacements(s.of.Words), Day: r.day}
	for _, b := range s.boxes {
		c.Grounds = append(c.Grounds, b.Ground.V)
	}
	return c
}
