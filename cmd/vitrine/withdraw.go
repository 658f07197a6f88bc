package main

import (
	"fmt"

	"vitrine/generator"
	"vitrine/generator/diag"
)

type withdrawCmd struct {
	ID        string `arg:"" name:"id" help:"${h_withdraw_id}"`
	Reason    string `help:"${h_reason}" placeholder:"REASON"`
	Level     string `help:"${h_level}" placeholder:"minimal|full"`
	Note      string `help:"${h_note}" placeholder:"TEXT"`
	Decision  string `help:"${h_decision}" placeholder:"NUMBER"`
	siteFlags `embed:""`
}

// Run takes a record off the site.
func (c *withdrawCmd) Run(e *env) error {
	progress := newProgress(e)
	rep, err := generator.Withdraw(e.ctx, generator.WithdrawOptions{
		Options: c.options(progress),
		ID:      c.ID, Reason: c.Reason, Decision: c.Decision, Note: c.Note, Level: c.Level,
	})
	progress.close()
	if rep == nil {
		return err
	}
	if rep.File != "" {
		e.wrote([]string{rep.File})
	}
	if werr := c.tried(e, rep); werr != nil {
		return werr
	}
	if e.json {
		e.line(e.withdrawn(c.ID, rep))
		return err
	}
	e.tell(rep.Lines(e.lang)...)
	for _, file := range rep.Remains {
		e.tell(fmt.Sprintf("%s: %s: %s", file, diag.T("cảnh báo", "warning").In(e.lang), e.say("remains")))
	}
	return err
}

// tried prints the report of the build; of one that did not succeed only what
// stood in its way, since the withdrawal did.
func (c *withdrawCmd) tried(e *env, rep *generator.WithdrawReport) error {
	switch {
	case rep.Build == nil:
		return nil
	case rep.Rebuilt:
		return e.report(rep.Build, c.Content, nil)
	}
	rep.Build.Diags.Under(c.Content)
	if e.json {
		return rep.Build.Diags.WriteJSON(e.stdout, e.lang)
	}
	return rep.Build.Diags.WriteText(e.stderr, e.lang)
}

// withdrawn is the JSON line that ends a withdrawal.
type withdrawn struct {
	Kind       string   `json:"kind"`
	ID         string   `json:"id"`
	File       string   `json:"file,omitempty"`
	Rebuilt    bool     `json:"rebuilt"`
	Late       bool     `json:"late,omitempty"` // the build took too long
	Tombstones []string `json:"tombstones,omitempty"`
	Beneath    []string `json:"beneath,omitempty"`
	Notices    []string `json:"notices,omitempty"`
	Pictures   int      `json:"pictures"`
	Remains    []string `json:"remains,omitempty"`
	Notes      []string `json:"notes,omitempty"`
}

func (e *env) withdrawn(id string, rep *generator.WithdrawReport) withdrawn {
	w := withdrawn{Kind: "withdrawn", ID: id, File: rep.File, Rebuilt: rep.Rebuilt, Late: rep.Late, Remains: rep.Remains}
	if c := rep.Cut; c != nil {
		w.Tombstones, w.Beneath, w.Notices, w.Pictures = c.Tombstones, c.Beneath, c.Notices, c.Pictures
	}
	for _, n := range rep.Notes {
		w.Notes = append(w.Notes, n.In(e.lang))
	}
	return w
}
