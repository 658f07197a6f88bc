package plan

import (
	"cmp"
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
	sheet := c.sheetWords(u, row, l, &page.Image{FullWidth: whole.Width, FullHeight: whole.Height})
	out.Annotations = c.pageTexts(sheet, id)
	return out
}

// sheetWords is a sheet with what is said on it, or in it, and nothing else.
func (c *composer) sheetWords(u *record.Unit, row int32, l leaf, img *page.Image) page.Sheet {
	s := page.Sheet{Image: img}
	if l.page == 0 {
		c.describeSheet(&s, u, row, l.object)
	}
	if l.text != nil {
		c.ownText(&s, u, l.text)
	}
	return s
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
			label = d.unlabelled(u, l)
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

// pageTexts are the transcript and the translation of a sheet as annotations.
func (c *composer) pageTexts(s page.Sheet, canvas string) (out []iiif.AnnotationPage) {
	for _, text := range []struct {
		name  string
		whole page.Words
		lines []page.Passage
	}{{"transcript", s.Transcript, s.Lines}, {"translation", s.Translation, s.TranslationLines}} {
		id := canvas + "/" + text.name
		if items := c.annotations(text.whole, text.lines, canvas, id); len(items) > 0 {
			out = append(out, iiif.AnnotationPage{ID: id, Label: c.interfaceTexts("record." + text.name), Items: items})
		}
	}
	return out
}

// annotations are a text of a canvas: line by line where these are known, else as a whole.
func (c *composer) annotations(whole page.Words, lines []page.Passage, canvas, id string) (out []iiif.Annotation) {
	add := func(value, lang, target string) {
		out = append(out, iiif.Annotation{ID: id + "/" + strconv.Itoa(len(out)+1), Motivation: "supplementing",
			Body: iiif.TextualBody{Value: value, Format: "text/plain", Language: lang}, Target: target})
	}
	lang := cmp.Or(whole.Lang, c.lang)
	if text := bare(whole); text != "" {
		add(text, lang, canvas)
	}
	for _, p := range lines {
		for _, l := range p.Lines {
			target := canvas
			if l.W > 0 && l.H > 0 {
				target += fmt.Sprintf("#xywh=%d,%d,%d,%d", l.X, l.Y, l.W, l.H)
			}
			add(l.Text, cmp.Or(p.Lang, lang), target)
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
