package main

import (
	"fmt"

	"vitrine/generator"
)

type newCmd struct {
	Kind    string `arg:"" help:"${h_kind}"`
	ID      string `arg:"" name:"id" help:"${h_id}"`
	Content string `help:"${h_content}" default:"content"`
	Fonds   string `help:"${h_fonds}" placeholder:"ID"`
	Title   string `help:"${h_title}"`
}

// Run writes the beginning of a description.
func (c *newCmd) Run(e *env) error {
	written, err := generator.New(c.Kind, c.ID, generator.NewOptions{Content: c.Content, Fonds: c.Fonds, Title: c.Title})
	if err != nil {
		return err
	}
	e.wrote(written)
	if c.Kind == "site" && !e.json {
		fmt.Fprintf(e.stderr, "%s cd %s && vitrine build\n", e.say("next_site"), quoteArg(c.ID))
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
		fmt.Fprintln(e.stderr, e.say("wrote"), f)
	}
}

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(e *env) error {
	_, err := fmt.Fprintln(e.stdout, "vitrine", generator.Version())
	return err
}
