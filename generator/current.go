package generator

import (
	"context"
	"slices"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
)

// currentlyMarked are the findings that a record bears a current marking.
func currentlyMarked(found *diag.List) []diag.Diagnostic {
	return slices.DeleteFunc(found.Sorted(), func(d diag.Diagnostic) bool { return d.Code != "marking-current" })
}

// refuseMarkings is asked by every command that writes into the content. The
// others read all of it themselves, and stop at such a finding as at any
// error: a document with a current marking may not lie there at all.
func refuseMarkings(ctx context.Context, tree *content.Tree) error {
	s := &scan{tree: tree, diags: &diag.List{}, workers: Options{}.workers()}
	if err := s.read(ctx, Options{}, silent{}); err != nil { // today: a decision may lift a marking later
		return err
	}
	_, across := s.builder.Freeze()
	s.diags.Merge(across)
	for _, f := range s.pages {
		for _, lang := range tree.Languages() {
			p, ds, _ := tree.Page(f, lang)
			_, more := s.gate.Page(f.Path, p.Meta.Access)
			s.diags.Add(append(ds, more...)...)
		}
	}
	found := currentlyMarked(s.diags)
	if len(found) == 0 {
		return nil
	}
	e := &UserError{Marked: true, Msg: found[0].Msg, Hint: found[0].Hint}
	for _, d := range found {
		e.Msg.Vi += "\n  " + d.Pos.String()
		e.Msg.En += "\n  " + d.Pos.String()
	}
	return e
}
