package main

import (
	"fmt"
	"os"
	"strings"

	"vitrine/generator"
	"vitrine/generator/diag"

	"golang.org/x/term"
)

type releaseCmd struct {
	siteFlags `embed:""`
	Dir       string `help:"${h_papers}" placeholder:"DIR"`
	Sign      string `help:"${h_sign}" placeholder:"FILE"`
	Pass      string `name:"password-file" help:"${h_passfile}" placeholder:"FILE"`
}

// Run makes an edition.
func (c *releaseCmd) Run(e *env) error {
	key, err := c.key(e)
	if err != nil {
		return err
	}
	progress := newProgress(e)
	rep, err := generator.Release(e.ctx, generator.ReleaseOptions{Papers: c.Dir, Key: key, Options: c.options(progress)})
	progress.close()
	return e.report(rep, c.Content, err)
}

// passwordEnv holds the password of the key where nobody is there to be asked.
const passwordEnv = "VITRINE_SIGN_PASSWORD"

// key reads the key that signs, with its password from a file, the environment
// or the terminal.
func (c *releaseCmd) key(e *env) (*generator.Key, error) {
	if c.Sign == "" {
		return nil, nil
	}
	return generator.OpenKey(c.Sign, func() (string, error) {
		if c.Pass != "" {
			text, err := os.ReadFile(c.Pass)
			return strings.TrimRight(string(text), "\r\n"), err
		}
		if secret, ok := os.LookupEnv(passwordEnv); ok {
			return secret, nil
		}
		return e.askPassword(c.Sign)
	})
}

// askPassword asks for a password without showing it.
func (e *env) askPassword(file string) (string, error) {
	in := int(os.Stdin.Fd())
	if !term.IsTerminal(in) {
		return "", &generator.UserError{Usage: true, Msg: diag.T("khoá %s có mật khẩu", "the key %s has a password", file),
			Hint: diag.T("đặt mật khẩu trong biến môi trường %s hoặc trong một tệp, nêu bằng --password-file", "put the password into the environment variable %s or into a file, named with --password-file", passwordEnv)}
	}
	fmt.Fprint(e.stderr, e.say("password"), " ")
	secret, err := term.ReadPassword(in)
	fmt.Fprintln(e.stderr)
	return string(secret), err
}

type verifyCmd struct {
	Where string `arg:"" name:"dir|url" help:"${h_where}"`
	Key   string `help:"${h_key}" placeholder:"FILE"`
}

// Run verifies a site.
func (c *verifyCmd) Run(e *env) error {
	progress := newProgress(e)
	v, err := generator.Verify(e.ctx, generator.VerifyOptions{Where: c.Where, Key: c.Key, Progress: progress})
	progress.close()
	if v == nil {
		return err
	}
	v.Each(func(kind string, words diag.Text, path string, note diag.Text) {
		if e.json {
			e.line(finding{kind, path, note.In(e.lang)})
			return
		}
		line := words.In(e.lang) + ": " + path
		if n := note.In(e.lang); n != "" {
			line += " (" + n + ")"
		}
		fmt.Fprintln(e.stdout, diag.Printable(line))
	})
	if e.json {
		s := audited{Kind: "summary", Files: v.Files, Checked: v.Checked, Read: v.Read, Signed: v.Signed, Comment: v.Comment, Counts: v.Counted()}
		for _, n := range v.Notes {
			s.Notes = append(s.Notes, n.In(e.lang))
		}
		e.line(s)
		return err
	}
	e.tell(v.Lines(e.lang)...)
	return err
}

// finding is the JSON line of one file.
type finding struct {
	Kind string `json:"kind"`
	Path string `json:"path"`
	Note string `json:"note,omitempty"`
}

// audited is the JSON line that ends a verification.
type audited struct {
	Kind    string         `json:"kind"`
	Files   int            `json:"files"`
	Checked int            `json:"checked"`
	Read    int64          `json:"bytes_read"`
	Signed  bool           `json:"signed"`
	Comment string         `json:"signature_comment,omitempty"`
	Counts  map[string]int `json:"counts"`
	Notes   []string       `json:"notes,omitempty"`
}
