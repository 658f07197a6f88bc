package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"vitrine/generator"
	"vitrine/generator/diag"
	"vitrine/generator/preview"
)

type serveCmd struct {
	Content   string   `help:"${h_content}" default:"content"`
	Addr      string   `help:"${h_addr}" placeholder:"127.0.0.1:8080"`
	Drafts    bool     `help:"${h_drafts}"`
	Open      bool     `help:"${h_open}"`
	Host      []string `help:"${h_host}" placeholder:"NAME"`
	Templates string   `help:"${h_templates}" placeholder:"DIR"`
	AsOf      string   `name:"as-of" help:"${h_asof}" placeholder:"YYYY-MM-DD"`
	Jobs      int      `help:"${h_jobs}" placeholder:"N"`
}

// usualAddr is where a preview is found unless the port is taken.
const usualAddr = "127.0.0.1:8080"

// Run serves the site until it is interrupted, as is meant: that is no fault.
func (c *serveCmd) Run(e *env) error {
	o := preview.Options{
		Site: generator.SessionOptions{
			Options: generator.Options{Content: c.Content, Out: "public", AsOf: c.AsOf, Jobs: c.Jobs, Clock: time.Now},
			Drafts:  c.Drafts,
		},
		Templates: c.Templates,
		Addr:      c.Addr, Exact: c.Addr != "", Hosts: c.Host, Tell: &serveTeller{env: e, call: c},
	}
	if o.Addr == "" {
		o.Addr = usualAddr
	}
	if o.Templates == "" {
		o.Templates = workingTemplates()
	}
	return preview.Serve(e.ctx, o)
}

// workingTemplates is the folder of templates of a checkout of Vitrine that
// the command was called in, so that who works on them sees them at once;
// elsewhere none.
func workingTemplates() string {
	for _, name := range []string{"templates/layout/base.html", "templates/templates.go", "generator/preview"} {
		if _, err := os.Stat(filepath.FromSlash(name)); err != nil {
			return ""
		}
	}
	return "templates"
}

// serveTeller prints what a preview does.
type serveTeller struct {
	*env
	call *serveCmd
	said string // the findings that were printed last
}

// served is the JSON line of a preview that has begun.
type served struct {
	Kind    string `json:"kind"`
	Address string `json:"address"`
	Drafts  bool   `json:"drafts"`
}

// Serving names the address.
func (t *serveTeller) Serving(address string, loopback bool) {
	if t.json {
		t.line(served{"serving", address, t.call.Drafts})
	} else {
		fmt.Fprintf(t.stderr, "%s %s\n%s\n", t.say("serving"), address, t.say("stop"))
	}
	if !loopback {
		t.warn("exposed")
	}
	if t.call.Drafts {
		t.warn("drafts")
	}
	if t.call.Open {
		if err := preview.OpenBrowser(address); err != nil {
			t.warn("no_browser")
		}
	}
}

// warn prints one of the command's own texts as a warning.
func (t *serveTeller) warn(key string) {
	if t.json {
		t.line(problem{Kind: "warning", Message: t.say(key)})
		return
	}
	fmt.Fprintf(t.stderr, "%s: %s\n", diag.T("cảnh báo", "warning").In(t.lang), t.say(key))
}

// Refreshed prints what is wrong, when it is not what was wrong before.
func (t *serveTeller) Refreshed(r *generator.Report, took time.Duration, err error) {
	if err != nil {
		t.fail(err)
		return
	}
	if found := fmt.Sprint(r.Diags.Sorted()); found != t.said {
		t.said = found
		t.findings(r)
	}
	if t.json {
		t.line(refreshed{"refreshed", r.Diags.Errors(), r.Diags.Warnings(), took.Milliseconds()})
		return
	}
	what := t.say("read_again")
	if r.Diags.Errors() > 0 {
		what = t.say("still_old")
	}
	fmt.Fprintf(t.stderr, "%s %s (%d ms)\n", time.Now().Format(time.TimeOnly), what, took.Milliseconds())
}

// refreshed is the JSON line of a reading.
type refreshed struct {
	Kind     string `json:"kind"`
	Errors   int    `json:"errors"`
	Warnings int    `json:"warnings"`
	Millis   int64  `json:"ms"`
}

func (t *serveTeller) findings(r *generator.Report) {
	write, to := r.Diags.WriteText, t.stderr
	if t.json {
		write, to = r.Diags.WriteJSON, t.stdout
	}
	_ = write(to, t.lang) // a closed window must not end the preview
}

// Polling says that changes are seen later than usual.
func (t *serveTeller) Polling(error) { t.warn("polling") }
