package main

import (
	"time"

	"vitrine/generator"
)

type buildCmd struct {
	siteFlags `embed:""`
	Data      bool `help:"${h_data}"`
	Verify    bool `help:"${h_verify}"`
}

// Run builds the site.
func (c *buildCmd) Run(e *env) error {
	progress := newProgress(e)
	o := c.options(progress)
	o.Data, o.Verify = c.Data, c.Verify
	rep, err := generator.Build(e.ctx, o)
	progress.close()
	return e.report(rep, c.Content, err)
}

type checkCmd struct {
	Content  string `help:"${h_content}" default:"content"`
	BaseURL  string `name:"base-url" help:"${h_baseurl}" placeholder:"URL"`
	AsOf     string `name:"as-of" help:"${h_asof}" placeholder:"YYYY-MM-DD"`
	Jobs     int    `help:"${h_jobs}" placeholder:"N"`
	Markings bool   `help:"${h_marks}"`
}

// Run checks the content.
func (c *checkCmd) Run(e *env) error {
	progress := newProgress(e)
	rep, err := generator.Check(e.ctx, generator.Options{
		Content: c.Content, BaseURL: c.BaseURL, AsOf: c.AsOf, Jobs: c.Jobs, Markings: c.Markings, Progress: progress, Clock: time.Now,
	})
	progress.close()
	return e.report(rep, c.Content, err)
}

// summary is the JSON line that ends a build or a check.
type summary struct {
	Kind      string   `json:"kind"`
	Published int      `json:"published"`
	Total     int      `json:"total"`
	Pages     int      `json:"pages"`
	Errors    int      `json:"errors"`
	Warnings  int      `json:"warnings"`
	Reasons   []reason `json:"reasons,omitempty"`
	AsOf      string   `json:"as_of"`
	Looked    *looked  `json:"looked,omitempty"` // for markings
	Due       []due    `json:"due,omitempty"`
	Server    string   `json:"server,omitempty"`
	Edition   *edition `json:"edition,omitempty"`
}

type looked struct {
	Files  int `json:"files"`
	Unread int `json:"unread"`
	Pixels int `json:"pixels"`
}

// due is a day on which the site as it was built is no longer right.
type due struct {
	Day     string `json:"day"`
	Event   string `json:"event"`
	ID      string `json:"id"`
	Records int    `json:"records"`
	Message string `json:"message"`
}

// edition is what a release made.
type edition struct {
	Name     string `json:"name"`
	Number   int    `json:"number"`
	New      bool   `json:"new"` // false where the site is that of this edition already
	Finished bool   `json:"finished,omitempty"`
	Signed   bool   `json:"signed"`
	Papers   string `json:"papers,omitempty"`
}

type reason struct {
	N      int    `json:"n"`
	Reason string `json:"reason"`
}

// report prints what a build or check found, for people on the error stream,
// for programs on the output.
func (e *env) report(rep *generator.Report, content string, err error) error {
	if rep == nil {
		return err
	}
	rep.Diags.Under(content)
	if !e.json {
		if werr := rep.Diags.WriteText(e.stderr, e.lang); werr != nil {
			return werr
		}
		e.tell(rep.Lines(e.lang)...)
		return err
	}
	if werr := rep.Diags.WriteJSON(e.stdout, e.lang); werr != nil {
		return werr
	}
	s := summary{Kind: "summary", AsOf: rep.AsOf, Published: rep.Published, Total: rep.Total, Pages: rep.Pages, Errors: rep.Diags.Errors(), Warnings: rep.Diags.Warnings(), Server: rep.Server}
	if rep.Looked != nil {
		s.Looked = (*looked)(rep.Looked)
	}
	for _, c := range rep.Reasons {
		s.Reasons = append(s.Reasons, reason{c.N, c.Reason.In(e.lang)})
	}
	for _, d := range rep.Due {
		s.Due = append(s.Due, due{d.Day, d.Event, d.ID, d.Records, d.Words.In(e.lang)})
	}
	if r := rep.Released; r != nil && err == nil {
		s.Edition = &edition{r.Name, r.Number, !r.Same, r.Finished, r.Signed, r.Papers}
	}
	e.line(s)
	return err
}
