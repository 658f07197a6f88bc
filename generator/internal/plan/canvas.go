package plan

import (
	"fmt"
	"slices"
	"strconv"

	"vitrine/generator/iiif"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// jpeg is the media type of all that is made of masters.
const jpeg = "image/jpeg"

// canvasID is the address of a page of a unit in the descriptions for others. Nothing
// lies there: it is a name (Presentation API 3.0, section 5.3).
func (c *composer) canvasID(u *record.Unit, l leaf) string {
	return c.base() + "iiif/" + u.ID.V + "/canvas/" + l.anchor()
}

// canvas is a page with its picture and text. It is as large as the largest picture
// that may be published, so the places of lines are in its pixels.
func (c *composer) canvas(u *record.Unit, row int32, l leaf) iiif.Canvas {
	files := derive.Pictures(l.made)
	whole := files[len(files)-1]
	id := c.canvasID(u, l)
	shown := iiif.Annotation{ID: id + "/painting", Motivation: "painting", Body: c.painting(whole, l.made), Target: id}
	out := iiif.Canvas{ID: id, Label: c.canvasLabel(u, l), Summary: c.texts(l.object.Alt), Width: whole.Width, Height: whole.Height,
		Thumbnail: []iiif.Content{c.painting(files[0], nil)}, // or a viewer asks for a size of its own, which a static server does not have
		Items:     []iiif.AnnotationPage{{ID: id + "/page", Items: []iiif.Annotation{shown}}}}
	out.RequiredStatement = c.creditOf(l.object)
	if l.page == 0 {
		out.Annotations = c.pageTexts(u, row, l.object, id, whole)
	}
	return out
}

// creditOf is what has to be shown with an object that has a credit of its own.
func (c *composer) creditOf(o record.Object) *iiif.Labelled {
	if credit := c.texts(o.Credit); len(credit) > 0 {
		return &iiif.Labelled{Label: c.interfaceTexts("rights.credit"), Value: credit}
	}
	return nil
}

// canvasLabel names a page in every language, and says where it is an illustration.
func (c *composer) canvasLabel(u *record.Unit, l leaf) (out iiif.Text) {
	for _, lang := range c.langs {
		d := c.as(lang)
		label := d.leafLabel(u, l)
		if label.IsZero() {
			label = plain(d.t("plan.sheet", strconv.Itoa(l.seq)))
		}
		if label.Lang == "" {
			out = out.Add(lang, noted(bare(label), d.mark(l.object.Placeholder.V)))
		}
	}
	return out
}

// painting is the whole of a page in some size, with the tiles among what was made of it.
func (c *composer) painting(p derive.Picture, made []derive.Derived) iiif.Content {
	out := iiif.Content{ID: c.base() + p.Name, Type: "Image", Format: jpeg, Width: p.Width, Height: p.Height}
	if i := slices.IndexFunc(made, func(d derive.Derived) bool { return d.Tile > 0 }); i >= 0 {
		out.Service = []iiif.Service{{ID: c.base() + made[i].Name}}
	}
	return out
}

// pageTexts are the transcript and the translation of a page as annotations.
func (c *composer) pageTexts(u *record.Unit, row int32, o record.Object, canvas string, whole derive.Picture) (out []iiif.AnnotationPage) {
	for _, text := range []struct {
		of   *record.Transcript
		name string
	}{{o.Transcript, "transcript"}, {o.Translation, "translation"}} {
		if inTime(o, text.of) {
			continue // its lines have times
		}
		id := canvas + "/" + text.name
		if items := c.textOf(u, row, o, text.of, canvas, id, whole); len(items) > 0 {
			out = append(out, iiif.AnnotationPage{ID: id, Label: c.interfaceTexts("record." + text.name), Items: items})
		}
	}
	return out
}

// textOf is a text of a page: line by line where these are known, else as a whole.
func (c *composer) textOf(u *record.Unit, row int32, o record.Object, t *record.Transcript, canvas, id string, whole derive.Picture) (out []iiif.Annotation) {
	size := &page.Image{FullWidth: whole.Width, FullHeight: whole.Height}
	words, passages, _ := c.transcript(u, row, o, t, size, "")
	lang := words.Lang
	if lang == "" {
		lang = c.lang
	}
	add := func(value, lang, target string) {
		out = append(out, iiif.Annotation{ID: id + "/" + strconv.Itoa(len(out)+1), Motivation: "supplementing",
			Body: iiif.TextualBody{Value: value, Format: "text/plain", Language: lang}, Target: target})
	}
	if text := bare(words); text != "" {
		add(text, lang, canvas)
	}
	for _, p := range passages {
		of := lang
		if p.Lang != "" {
			of = p.Lang
		}
		for _, l := range p.Lines {
			target := canvas
			if l.W > 0 && l.H > 0 {
				target += fmt.Sprintf("#xywh=%d,%d,%d,%d", l.X, l.Y, l.W, l.H)
			}
			add(l.Text, of, target)
		}
	}
	return out
}

// ranges are the parts of a unit, each with the pages that it shows as well: the same
// pictures, made of the same master.
func (c *composer) ranges(u *record.Unit, leaves []leaf, parts []int32) (out []iiif.Range) {
	if len(parts) == 0 {
		return nil
	}
	pages := map[string]leaf{}
	for _, l := range leaves {
		if len(l.made) > 0 {
			pages[l.made[0].Name] = l
		}
	}
	for _, part := range parts {
		r := iiif.Range{ID: c.base() + "iiif/" + u.ID.V + "/range/" + c.Catalog.ID(part), Label: c.titles(part)}
		if of := c.unit(part); of != nil {
			for _, l := range c.leaves(of, part) {
				if len(l.made) == 0 {
					continue
				}
				if shown, ok := pages[l.made[0].Name]; ok {
					r.Items = append(r.Items, iiif.Reference{ID: c.canvasID(u, shown), Type: "Canvas"})
				}
			}
		}
		if len(r.Items) > 0 {
			out = append(out, r)
		}
	}
	return out
}
