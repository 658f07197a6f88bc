package pdf

import (
	"slices"
	"strings"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// saying is a text that the page gives for some of its leaves.
type saying struct {
	letters int  // that it has, and digits
	alt     bool // it describes the leaves and does not stand for them
	parts   []int
}

// sayings are those of marked content and of the structure of the document. Those
// too short to tell anything are left out, as ligatures and hyphens are.
func (s *sheet) sayings(leaves []leaf) (out []saying, err error) {
	type open struct{ index, next int }
	last := map[tag]open{}
	byID := map[int][]int{}
	for i, l := range leaves {
		for _, t := range l.tags {
			if t.mcid >= 0 {
				byID[t.mcid] = append(byID[t.mcid], i)
			}
			n := letters(t.words)
			if n < fewest {
				continue
			}
			o, ok := last[t]
			if !ok || o.next != i {
				o.index = len(out)
				out = append(out, saying{letters: n, alt: t.alt})
			}
			out[o.index].parts = append(out[o.index].parts, i)
			last[t] = open{o.index, i + 1}
		}
	}
	of, err := s.structure(byID)
	return append(out, of...), err
}

// structure are the sayings of the elements whose content is on the page, leaves
// being known by the number of their marked content.
func (s *sheet) structure(byID map[int][]int) ([]saying, error) {
	tree, err := s.d.box.FPDF_StructTree_GetForPage(&requests.FPDF_StructTree_GetForPage{Page: s.page})
	if err != nil {
		return nil, nil // there is none
	}
	defer func() {
		_, _ = s.d.box.FPDF_StructTree_Close(&requests.FPDF_StructTree_Close{StructTree: tree.StructTree})
	}()
	count, err := s.d.box.FPDF_StructTree_CountChildren(&requests.FPDF_StructTree_CountChildren{StructTree: tree.StructTree})
	if err != nil {
		return nil, s.unread()
	}
	w := elements{sheet: s, byID: byID}
	for i := range count.Count {
		child, err := s.d.box.FPDF_StructTree_GetChildAtIndex(&requests.FPDF_StructTree_GetChildAtIndex{StructTree: tree.StructTree, Index: i})
		if err != nil {
			continue // it is content of its own
		}
		if _, _, err := w.walk(child.StructElement, 0); err != nil {
			return nil, err
		}
	}
	return w.out, nil
}

// elements collects what elements say.
type elements struct {
	*sheet
	byID map[int][]int
	seen int
	out  []saying
}

// walk gives the leaves of an element, and whether it has content at all.
func (w *elements) walk(e references.FPDF_STRUCTELEMENT, depth int) (parts []int, any bool, err error) {
	const deepest = 100
	if w.seen++; depth > deepest || w.seen > maxLeaves {
		return nil, false, w.complex()
	}
	box := w.d.box
	if n, err := box.FPDF_StructElement_GetMarkedContentIdCount(&requests.FPDF_StructElement_GetMarkedContentIdCount{StructElement: e}); err == nil {
		for i := range n.Count {
			id, err := box.FPDF_StructElement_GetMarkedContentIdAtIndex(&requests.FPDF_StructElement_GetMarkedContentIdAtIndex{StructElement: e, Index: i})
			if err == nil && id.MarkedContentID >= 0 {
				any, parts = true, append(parts, w.byID[id.MarkedContentID]...)
			}
		}
	}
	count, err := box.FPDF_StructElement_CountChildren(&requests.FPDF_StructElement_CountChildren{StructElement: e})
	if err != nil {
		return nil, false, w.unread()
	}
	for i := range count.Count {
		child, err := box.FPDF_StructElement_GetChildAtIndex(&requests.FPDF_StructElement_GetChildAtIndex{StructElement: e, Index: i})
		if err != nil {
			continue // it is content
		}
		more, some, err := w.walk(child.StructElement, depth+1)
		if err != nil {
			return nil, false, err
		}
		parts, any = append(parts, more...), any || some
	}
	if any {
		w.add(e, parts)
	}
	return parts, any, nil
}

func (w *elements) add(e references.FPDF_STRUCTELEMENT, parts []int) {
	var words [3]string // as wordKeys are
	if v, err := w.d.box.FPDF_StructElement_GetActualText(&requests.FPDF_StructElement_GetActualText{StructElement: e}); err == nil {
		words[0] = v.Actualtext
	}
	if v, err := w.d.box.FPDF_StructElement_GetExpansion(&requests.FPDF_StructElement_GetExpansion{StructElement: e}); err == nil {
		words[1] = v.Expansion
	}
	if v, err := w.d.box.FPDF_StructElement_GetAltText(&requests.FPDF_StructElement_GetAltText{StructElement: e}); err == nil {
		words[2] = v.AltText
	}
	for i, text := range words {
		if n := letters(text); n >= fewest {
			kind, err := w.d.box.FPDF_StructElement_GetType(&requests.FPDF_StructElement_GetType{StructElement: e})
			w.out = append(w.out, saying{n, err == nil && describes(wordKeys[i], kind.Type), parts})
		}
	}
}

// listen adds up the letters of sayings for which nothing is seen that could say
// them, and adds the others to the characters: as one that is as large as all of
// what they are said of.
func (t *text) listen(sayings []saying, leaves []leaf) (hidden int, err error) {
	for i, s := range sayings {
		if i >= maxRenders {
			return 0, t.complex()
		}
		mute, err := t.mute(s, leaves)
		if err != nil {
			return 0, err
		}
		switch {
		case mute:
			hidden += s.letters
		case len(s.parts) > 0 && !slices.ContainsFunc(s.parts, func(n int) bool { return leaves[n].scan }): // all of a page lies on the scan of it
			c := char{said: s.letters, box: leaves[s.parts[0]].box, order: slices.Max(s.parts)}
			for _, n := range s.parts {
				c.box = c.box.around(leaves[n].box)
			}
			t.chars = append(t.chars, c)
		}
	}
	return hidden, nil
}

// mute reports whether leaves show nothing that could be what is said of them: no
// glyphs but such as are set for what was left out, no image, and no paths but boxes.
func (t *text) mute(s saying, leaves []leaf) (bool, error) {
	if s.alt {
		return false, nil
	}
	var paths []leaf
	for _, n := range s.parts {
		l := leaves[n]
		switch {
		case l.image:
			return false, nil
		case l.text:
			got, err := t.d.box.FPDFTextObj_GetText(&requests.FPDFTextObj_GetText{PageObject: l.ref, TextPage: t.ref})
			if err != nil || strings.Trim(got.Text, instead) != "" || got.Text == "" && l.box.area() > 0 { // glyphs that no one knows are seen all the same
				return false, nil
			}
		case l.paints:
			paths = append(paths, l)
		}
	}
	return t.solid(paths, leaves)
}

// instead are the characters that are set in place of what was left out.
const instead = " \t\r\n\x00\u00a0#*_.-…[]()xX\u2580\u2584\u2588\u258c\u2590\u2591\u2592\u2593\u25a0\u25a1\u25aa\u25ac\u25ae\u25cf\u2b1b\u2b1c"

// solid reports whether most of some paths are boxes. No paths are.
func (t *text) solid(paths, leaves []leaf) (bool, error) {
	const whole = 0.9
	if len(paths) == 0 {
		return true, nil
	}
	if err := t.activate(leaves, false); err != nil {
		return false, err
	}
	mask := make([]bool, t.w*t.h)
	if err := t.opaque(mask, paths); err != nil {
		return false, err
	}
	boxes, all := 0.0, 0.0
	for _, p := range paths {
		all += p.box.area()
		if t.part(mask, p.box) > whole {
			boxes += p.box.area()
		}
	}
	return boxes*2 > all, t.activate(leaves, true)
}
