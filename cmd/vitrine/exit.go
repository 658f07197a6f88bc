package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"vitrine/generator"
	"vitrine/generator/diag"
)

// The exit statuses.
const (
	exitDone        = 0
	exitContent     = 1
	exitUsage       = 2
	exitIO          = 3
	exitPart        = 4
	exitInterrupted = 130
)

// exits says what each status means; the help prints this table.
var exits = []struct {
	status int
	diag.Text
}{
	{exitDone, diag.T("xong", "done")},
	{exitContent, diag.T("nội dung có lỗi, không công bố gì", "the content has errors, nothing was published")},
	{exitUsage, diag.T("gọi lệnh sai cách", "the command was called wrongly")},
	{exitIO, diag.T("không đọc hoặc ghi được", "cannot read or write")},
	{exitPart, diag.T("xong một phần: có dòng của bảng bị bỏ lại", "done in part: some rows of the sheet were left out")},
	{exitInterrupted, diag.T("bị ngắt", "interrupted")},
}

// env is what a command needs of its surroundings.
type env struct {
	ctx            context.Context
	stdout, stderr io.Writer
	lang           string // of messages: vi or en
	json           bool
}

// usageError is a fault in the arguments, worded in the language of the user.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

// partError says that a command did a part of what it was to do.
type partError struct{ diag.Text }

func (e *partError) Error() string { return e.En }

// status is the exit status of an error.
func status(err error) int {
	var ue *generator.UserError
	var wrong *usageError
	var part *partError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &part):
		return exitPart
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.Is(err, generator.ErrContent), errors.Is(err, generator.ErrRefused), errors.Is(err, generator.ErrDiffers), errors.As(err, &ue) && ue.Marked:
		return exitContent
	case errors.As(err, &wrong), errors.As(err, &ue) && ue.Usage:
		return exitUsage
	}
	return exitIO
}

// fail prints an error and returns its status.
func (e *env) fail(err error) int {
	code := status(err)
	if code == exitDone {
		return code
	}
	msg, hint := e.words(err, code)
	if e.json {
		e.line(problem{Kind: "failure", Status: code, Message: msg, Hint: hint})
		return code
	}
	if code != exitPart {
		msg = diag.T("lỗi", "error").In(e.lang) + ": " + msg
	}
	e.tell("vitrine: " + msg)
	if hint != "" {
		e.tell("  " + diag.T("gợi ý", "hint").In(e.lang) + ": " + hint)
	}
	return code
}

// tell prints lines for people on the error stream, whatever the names in them hold.
func (e *env) tell(lines ...string) {
	for _, line := range lines {
		fmt.Fprintln(e.stderr, diag.Printable(line))
	}
}

// problem is the JSON line of a command that failed.
type problem struct {
	Kind    string `json:"kind"`
	Status  int    `json:"status"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// words says what went wrong in the language of the user.
func (e *env) words(err error, code int) (msg, hint string) {
	var ue *generator.UserError
	var pe *fs.PathError
	var part *partError
	switch {
	case errors.As(err, &part):
		msg = part.In(e.lang)
	case errors.As(err, &ue):
		msg, hint = ue.Msg.In(e.lang), ue.Hint.In(e.lang)
		if ue.Err != nil {
			msg += ": " + plainCause(ue.Err)
		}
	case errors.Is(err, generator.ErrDiffers):
		msg = diag.T("trang không còn đúng như khi phát hành", "the site is not as it was published").In(e.lang)
	case errors.Is(err, generator.ErrRefused):
		msg = diag.T("không nhập được bảng; chưa ghi gì", "the sheet was not imported; nothing was written").In(e.lang)
	case code == exitContent || code == exitInterrupted:
		msg = exitText(code).In(e.lang)
	case errors.As(err, &pe):
		msg = exitText(exitIO).In(e.lang) + ": " + pe.Path + ": " + pe.Err.Error()
	default:
		msg = err.Error()
	}
	return msg, hint
}

// plainCause drops the operation and path that a message names already.
func plainCause(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

func exitText(code int) diag.Text {
	for _, x := range exits {
		if x.status == code {
			return x.Text
		}
	}
	return diag.Text{}
}

// line prints one JSON object.
func (e *env) line(v any) {
	enc := json.NewEncoder(e.stdout)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v)
}
