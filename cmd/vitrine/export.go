package main

import "vitrine/generator"

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
	rep, err := generator.Export(e.ctx, generator.ExportOptions{Content: c.Content, Fonds: c.Fonds, Out: c.Out, Force: c.Force})
	return e.outcome(rep, err)
}
