package main

import (
	"context"
	"fmt"

	"vitrine/generator"
	"vitrine/generator/diag"
)

type importCmd struct {
	CSV   importCSVCmd   `cmd:"" name:"csv" help:"${h_csv}"`
	XLSX  importXLSXCmd  `cmd:"" name:"xlsx" help:"${h_xlsx}"`
	Scans importScansCmd `cmd:"" name:"scans" help:"${h_scans}"`
	EAD   importEADCmd   `cmd:"" name:"ead" help:"${h_ead}"`
	EAC   importEACCmd   `cmd:"" name:"eac" help:"${h_eac}"`
}

type importCSVCmd struct {
	File string `arg:"" help:"${h_file}"`
	From string `help:"${h_from}" placeholder:"SYSTEM"`
	importFlags
}

type importXLSXCmd struct {
	File  string `arg:"" help:"${h_workbook}"`
	From  string `help:"${h_from}" placeholder:"SYSTEM"`
	Sheet string `help:"${h_sheet}" placeholder:"NAME"`
	importFlags
}

type importScansCmd struct {
	Dir     string `arg:"" help:"${h_scandir}"`
	Fonds   string `required:"" help:"${h_fonds}" placeholder:"ID"`
	Content string `help:"${h_content}" default:"content"`
	Out     string `help:"${h_scanout}" placeholder:"FILE"`
	Force   bool   `help:"${h_scanforce}"`
}

type importEADCmd struct {
	File string `arg:"" help:"${h_aid}"`
	importFlags
}

type importEACCmd struct {
	Path    string `arg:"" help:"${h_eacs}"`
	Content string `help:"${h_content}" default:"content"`
}

// importFlags are those of imports into a fonds.
type importFlags struct {
	Fonds     string `required:"" help:"${h_fonds}" placeholder:"ID"`
	Content   string `help:"${h_content}" default:"content"`
	Media     string `help:"${h_media}" placeholder:"DIR"`
	Map       string `help:"${h_map}" placeholder:"FILE"`
	State     string `help:"${h_state}" placeholder:"STATE"`
	Clearance string `help:"${h_clear}" placeholder:"ID"`
	Title     string `help:"${h_title}"`
	Force     bool   `help:"${h_force}"`
}

// Run imports a sheet.
func (c *importCSVCmd) Run(e *env) error {
	return c.run(e, generator.ImportOptions{File: c.File, From: c.From}, generator.ImportCSV)
}

// Run imports a sheet of a workbook.
func (c *importXLSXCmd) Run(e *env) error {
	return c.run(e, generator.ImportOptions{File: c.File, From: c.From, Sheet: c.Sheet}, generator.ImportXLSX)
}

// Run lists scans in a workbook.
func (c *importScansCmd) Run(e *env) error {
	if c.Out == "" {
		c.Out = c.Fonds + "-scans.xlsx"
	}
	progress := newProgress(e)
	rep, err := generator.ListScans(e.ctx, generator.ScanOptions{Content: c.Content, Dir: c.Dir, Fonds: c.Fonds, Out: c.Out, Force: c.Force, Progress: progress})
	progress.close()
	return e.outcome(rep, err)
}

// Run imports a finding aid.
func (c *importEADCmd) Run(e *env) error {
	return c.run(e, generator.ImportOptions{File: c.File}, generator.ImportEAD)
}

// Run imports authority records.
func (c *importEACCmd) Run(e *env) error {
	rep, err := generator.ImportEAC(e.ctx, generator.ImportOptions{Content: c.Content, File: c.Path})
	return e.outcome(rep, err)
}

func (c *importFlags) run(e *env, o generator.ImportOptions, from func(context.Context, generator.ImportOptions) (*generator.ImportReport, error)) error {
	progress := newProgress(e)
	o.Content, o.Fonds, o.Media, o.Map = c.Content, c.Fonds, c.Media, c.Map
	o.State, o.Clear, o.Title, o.Force, o.Progress = c.State, c.Clearance, c.Title, c.Force, progress
	rep, err := from(e.ctx, o)
	progress.close()
	return e.outcome(rep, err)
}

// outcome tells what an import did.
func (e *env) outcome(rep *generator.ImportReport, err error) error {
	if rep == nil {
		return err
	}
	part := leftOut(rep)
	if err == nil && part != nil && !e.json {
		e.tell(part.In(e.lang)) // before the notes too, which may be many
	}
	if werr := e.notes(rep); werr != nil {
		return werr
	}
	if err != nil {
		return err
	}
	e.imported(rep)
	if part != nil {
		return part
	}
	return nil
}

// leftOut says how many rows were left out; nil where none were.
func leftOut(rep *generator.ImportReport) *partError {
	if rep.Refused == 0 {
		return nil
	}
	return &partError{diag.T("chỉ nhập được một phần: %d/%d dòng bị bỏ lại; sửa những dòng ấy trong bảng rồi nhập lại với --force",
		"imported in part: %d of %d rows were left out; correct them in the sheet and import it again with --force", rep.Refused, rep.Rows)}
}

// notes prints every finding: an import leaves none out, so they do not go
// through one capped list.
func (e *env) notes(rep *generator.ImportReport) error {
	for _, d := range rep.Notes {
		var one diag.List
		one.Add(d)
		var err error
		if e.json {
			err = one.WriteJSON(e.stdout, e.lang)
		} else {
			err = one.WriteText(e.stderr, e.lang)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// importSummary is the JSON line that ends an import.
type importSummary struct {
	Kind      string `json:"kind"`
	Rows      int    `json:"rows"`
	Taken     int    `json:"taken"`
	Refused   int    `json:"refused"`
	Blank     int    `json:"blank"`
	Records   int    `json:"records"`
	Public    int    `json:"public"`
	Objects   int    `json:"objects"`
	Copied    int    `json:"files_copied"`
	Unchanged int    `json:"files_unchanged"`
	Missing   int    `json:"files_missing"`
}

func (e *env) imported(rep *generator.ImportReport) {
	if e.json {
		e.line(importSummary{"summary", rep.Rows, rep.Taken, rep.Refused, rep.Blank, rep.Records, rep.Public, rep.Objects, rep.Copied, rep.Unchanged, rep.Missing})
		return
	}
	if len(rep.Columns) > 0 {
		fmt.Fprintln(e.stderr, e.say("columns"))
	}
	for _, c := range rep.Columns {
		e.tell(fmt.Sprintf("  %-3s %s → %s", c.Letter, c.Header, c.Field))
	}
	e.tell(rep.Lines(e.lang)...)
}
