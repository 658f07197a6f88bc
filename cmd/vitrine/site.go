package main

import (
	"time"

	"vitrine/generator"
)

// siteFlags are those of every command that makes a site.
type siteFlags struct {
	Content string `help:"${h_content}" default:"content"`
	Out     string `help:"${h_out}" default:"public"`
	BaseURL string `name:"base-url" help:"${h_baseurl}" placeholder:"URL"`
	AsOf    string `name:"as-of" help:"${h_asof}" placeholder:"YYYY-MM-DD"`
	Jobs    int    `help:"${h_jobs}" placeholder:"N"`
	Adopt   bool   `help:"${h_adopt}"`
}

// options are what the generator is asked for. Their clock is that of the
// machine: a site of a day yet to come is refused.
func (f siteFlags) options(p generator.Progress) generator.Options {
	return generator.Options{Content: f.Content, Out: f.Out, BaseURL: f.BaseURL, AsOf: f.AsOf, Jobs: f.Jobs, Adopt: f.Adopt, Progress: p, Clock: time.Now}
}
