package plan

import (
	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/record"
)

// tellWithheld tells whoever builds of what a public record names and its page lacks: a
// reader looks for it in vain, and nobody else would know why.
func (c *composer) tellWithheld(row int32, whole *record.Unit) {
	if c.Catalog.Facts(row).State != access.Public {
		return // the state of the record says it
	}
	for _, w := range c.Catalog.Verdict(row).Withheld(whole) {
		c.report(withheld(w, w.Object.At.In(whole.File)))
	}
}

func withheld(w access.Withheld, at diag.Pos) diag.Diagnostic {
	file := w.Object.File.V
	lacking := func(code, part string) diag.Diagnostic {
		return diag.Warnf(code, at, "%s không được đưa lên trang: quyết định không cho công bố phần %s", "%s is not shown: the clearance does not release the part %s", file, part).
			WithHint("nếu được phép công bố, thêm %s vào scope.parts của quyết định; nếu không thì không phải làm gì", "if it may be published, add %s to scope.parts of the clearance; else nothing is to be done", part)
	}
	images := func(d diag.Diagnostic) diag.Diagnostic {
		return d.WithHint("nếu ảnh được phép công bố, thêm images vào scope.parts của quyết định; nếu không thì không phải làm gì", "if the pictures may be published, add images to scope.parts of the clearance; else nothing is to be done")
	}
	switch w.What {
	case access.WithheldSound:
		return lacking("recording-withheld", "audio")
	case access.WithheldFilm:
		return lacking("recording-withheld", "video")
	case access.WithheldCovered:
		return images(diag.Warnf("words-withheld", at, "lời của %s không được đưa lên trang: ảnh có chỗ đã che mà không được công bố, nên không ai đối chiếu được lời với ảnh", "the words of %s are not shown: something is covered in the picture and that is not released, so nobody could hold the words against it", file))
	case access.WithheldOwnText:
		return images(diag.Warnf("words-withheld", at, "lời trong %s không được đưa lên trang: lời của chính tệp PDF chỉ hiện bên ảnh các trang, mà quyết định không cho công bố phần images", "the text in %s is not shown: that of a PDF itself stands beside the pictures of its pages, and the clearance does not release the part images", file))
	}
	return lacking("words-withheld", "transcript")
}
