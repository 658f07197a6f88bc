package main

import (
	"fmt"

	"vitrine/generator"
)

type newCmd struct {
	Kind    string `arg:"" help:"${h_kind}"`
	ID      string `arg:"" optional:"" name:"id" help:"${h_id}"`
	Content string `help:"${h_content}" default:"content"`
	Fonds   string `help:"${h_fonds}" placeholder:"ID"`
	Title   string `help:"${h_title}"`

	Records   []string `help:"${h_records}" placeholder:"ID,A..B"`
	Parts     []string `help:"${h_parts}" placeholder:"PART"`
	Purposes  []string `help:"${h_purpose}" placeholder:"PURPOSE"`
	MaxPx     string   `name:"max-px" help:"${h_maxpx}" placeholder:"N|full"`
	OpenEnded bool     `name:"open-ended" help:"${h_growing}"`
	Annex     string   `help:"${h_annex}" placeholder:"DIR"`
}

// Run writes the beginning of a description.
func (c *newCmd) Run(e *env) error {
	if c.Kind == "clearance" {
		return c.clearance(e)
	}
	written, err := generator.New(c.Kind, c.ID, generator.NewOptions{Content: c.Content, Fonds: c.Fonds, Title: c.Title})
	if err != nil {
		return err
	}
	e.wrote(written)
	if c.Kind == "schema" && len(written) == 0 && !e.json {
		e.tell(e.say("same_schema"))
	}
	if c.Kind == "site" && !e.json {
		fmt.Fprintf(e.stderr, "%s cd %s && vitrine build\n", e.say("next_site"), quoteArg(c.ID))
	}
	return nil
}

// clearance prepares a decision, with its annex for signature.
func (c *newCmd) clearance(e *env) error {
	progress := newProgress(e)
	written, err := generator.NewClearance(e.ctx, c.ID, generator.ClearanceOptions{
		Content: c.Content, Fonds: c.Fonds, Records: c.Records, Parts: c.Parts, Purposes: c.Purposes,
		MaxPx: c.MaxPx, OpenEnded: c.OpenEnded, Annex: c.Annex, Progress: progress,
	})
	progress.close()
	if err != nil {
		return err
	}
	e.wrote(written)
	if !e.json {
		fmt.Fprintln(e.stderr, e.say("next_clear"))
	}
	return nil
}

// wrote names the files that a command wrote.
func (e *env) wrote(files []string) {
	for _, f := range files {
		if e.json {
			e.line(struct {
				Kind string `json:"kind"`
				File string `json:"file"`
			}{"wrote", f})
			continue
		}
		e.tell(e.say("wrote") + " " + f)
	}
}

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(e *env) error {
	_, err := fmt.Fprintln(e.stdout, "vitrine", generator.Version())
	return err
}
