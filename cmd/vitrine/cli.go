package main

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// cli is the command line. The help texts are in words.go, by the same names.
type cli struct {
	Lang   string `help:"${h_lang}" placeholder:"vi|en"`
	Format string `help:"${h_format}" enum:"text,json" default:"text"`

	Build    buildCmd    `cmd:"" help:"${h_build}"`
	Check    checkCmd    `cmd:"" help:"${h_check}"`
	Serve    serveCmd    `cmd:"" help:"${h_serve}"`
	New      newCmd      `cmd:"" help:"${h_new}"`
	Import   importCmd   `cmd:"" help:"${h_import}"`
	Export   exportCmd   `cmd:"" help:"${h_export}"`
	Redact   redactCmd   `cmd:"" help:"${h_redact}"`
	Withdraw withdrawCmd `cmd:"" help:"${h_withdraw}"`
	Release  releaseCmd  `cmd:"" help:"${h_release}"`
	Audit    verifyCmd   `cmd:"" name:"verify" help:"${h_audit}"`
	Version  versionCmd  `cmd:"" help:"${h_version}"`
}

// runner is a command that was chosen.
type runner interface{ Run(e *env) error }

// parse reads the arguments. done says that help was printed.
func parse(args []string, e *env) (call runner, done bool, err error) {
	var c cli
	k, err := kong.New(&c, kong.Name("vitrine"), kong.Description(e.say("h_app")), vars(e.lang),
		kong.Exit(func(int) { done = true }), kong.Writers(e.stdout, io.Discard),
		kong.Help(e.help), kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}))
	if err != nil {
		return nil, false, err
	}
	switch {
	case len(args) == 0:
		args = []string{"--help"}
	case args[0] == "help": // as other commands have it
		args = append(slices.Clone(args[1:]), "--help")
	}
	ctx, err := k.Parse(args)
	e.json = c.Format == "json"
	switch {
	case done:
		return nil, true, nil
	case err != nil:
		return nil, false, &usageError{e.translate(err.Error())}
	case c.Lang != "" && c.Lang != "vi" && c.Lang != "en":
		return nil, false, &usageError{e.say("bad_lang")}
	}
	call, ok := ctx.Selected().Target.Addr().Interface().(runner)
	if !ok {
		return nil, false, &usageError{e.say("no_command")}
	}
	return call, false, nil
}

// help prints kong's help in the language of the user, with the table of
// exit statuses beneath.
func (e *env) help(o kong.HelpOptions, ctx *kong.Context) error {
	var b bytes.Buffer
	out := ctx.Stdout
	ctx.Stdout = &b
	err := kong.DefaultHelpPrinter(o, ctx)
	ctx.Stdout = out
	if err != nil {
		return err
	}
	text := b.String()
	if e.lang == "vi" {
		for _, w := range helpWords {
			text = w.from.ReplaceAllString(text, w.to)
		}
	}
	text = strings.TrimRight(text, "\n") + "\n\n" + e.say("statuses") + "\n"
	for _, x := range exits {
		text += fmt.Sprintf("  %-5d %s\n", x.status, x.In(e.lang))
	}
	_, err = io.WriteString(out, text)
	return err
}

// helpWords are kong's own words.
var helpWords = []struct {
	from *regexp.Regexp
	to   string
}{
	{regexp.MustCompile(`(?m)^Usage: `), "Cách dùng: "},
	{regexp.MustCompile(`(?m)^Arguments:`), "Tham số:"},
	{regexp.MustCompile(`(?m)^Flags:`), "Tuỳ chọn:"},
	{regexp.MustCompile(`(?m)^Commands:`), "Lệnh:"},
	{regexp.MustCompile(`Show context-sensitive help\.`), "In phần trợ giúp này."},
	{regexp.MustCompile(`(?m)^Run "(.*) --help" for more information.*`), `Chạy "$1 --help" để xem từng lệnh.`},
	{regexp.MustCompile(`<command>`), "<lệnh>"},
	{regexp.MustCompile(`\[flags\]`), "[tuỳ chọn]"},
}

// kongErrors are kong's complaints, for people who read Vietnamese.
var kongErrors = []struct {
	from *regexp.Regexp
	to   string
}{
	{regexp.MustCompile(`^unknown flag (\S+), did you mean "(.*)"\?$`), `không có tuỳ chọn $1; có phải $2?`},
	{regexp.MustCompile(`^unknown flag (\S+)`), `không có tuỳ chọn $1`},
	{regexp.MustCompile(`^missing flags: (.*)$`), `thiếu tuỳ chọn $1`},
	{regexp.MustCompile(`^unexpected argument (\S+), did you mean "(.*)"\?$`), `không hiểu $1; có phải $2?`},
	{regexp.MustCompile(`^unexpected argument (.*)$`), `không hiểu $1`},
	{regexp.MustCompile(`^expected one of (.*)$`), `cần một trong: $1`},
	{regexp.MustCompile(`^expected (.*)$`), `còn thiếu $1`},
	{regexp.MustCompile(`^(\S+): missing value`), `$1 thiếu giá trị`},
	{regexp.MustCompile(`must be one of (.*) but got (.*)$`), `phải là một trong $1, không phải $2`},
}

func (e *env) translate(msg string) string {
	if e.lang != "vi" {
		return msg
	}
	for _, k := range kongErrors {
		if k.from.MatchString(msg) {
			return k.from.ReplaceAllString(msg, k.to)
		}
	}
	return msg
}
