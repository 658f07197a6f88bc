package main

import (
	"path/filepath"
	"strings"

	"vitrine/generator"
	"vitrine/generator/diag"
)

type exportCmd struct {
	Fonds   string `arg:"" help:"${h_exportfonds}" placeholder:"ID"`
	CSV     bool   `name:"csv" xor:"format" required:"" help:"${h_exportcsv}"`
	XLSX    bool   `name:"xlsx" xor:"format" required:"" help:"${h_exportxlsx}"`
	Content string `help:"${h_content}" default:"content"`
	Out     string `help:"${h_exportout}" placeholder:"FILE"`
	Force   bool   `help:"${h_scanforce}"`
}

// Run writes a fonds into a sheet.
func (c *exportCmd) Run(e *env) error {
	ending := map[bool]string{true: ".xlsx", false: ".csv"}[c.XLSX]
	if c.Out == "" {
		c.Out = c.Fonds + ending
	}
	if !strings.EqualFold(filepath.Ext(c.Out), ending) {
		return &generator.UserError{Usage: true, Msg: diag.T("%s không có đuôi %s", "%s does not end in %s", c.Out, ending)}
	}
	rep, err := generator.Export(e.ctx, generator.ExportOptions{Content: c.Content, Fonds: c.Fonds, Out: c.Out, Force: c.Force})
	return e.outcome(rep, err)
}
