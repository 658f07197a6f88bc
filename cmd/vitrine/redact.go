package main

import (
	"time"

	"vitrine/generator"
)

type redactCmd struct {
	File    string `arg:"" name:"file" help:"${h_master}"`
	Boxes   string `arg:"" name:"boxes" help:"${h_boxes}"`
	Content string `help:"${h_content}" default:"content"`
	AsOf    string `name:"as-of" help:"${h_asof_redact}" placeholder:"YYYY-MM-DD"`
}

// Help shows what a file of boxes looks like.
func (c *redactCmd) Help() string { return boxesExample }

// boxesExample are files of boxes; keys are the same in both languages. The
// help sets lines that are set back as they stand.
const boxesExample = `    record: tl-0001
    object: 1
    by: "Nguyễn Thị A"
    boxes:
      - {left: 120, top: 340, width: 400, height: 60, ground: personal-data}
      - {left: 10%, top: 80%, width: 25%, height: 4.5%, ground: donor-terms}
    words:
      - {text: "Trần Văn B", ground: personal-data}

    # PDF
    boxes:
      - {page: 3, left: 20mm, top: 90pt, width: 25%, height: 9mm, ground: personal-data}

    # vitrine redact DIR BOXES
    objects:
      - {object: 1, master: to-01.tif, boxes: […], words: […]}
      - {object: 2, master: to-02.tif, boxes: […]}`

// Run covers places of pictures and takes the covered copies into the content.
func (c *redactCmd) Run(e *env) error {
	rep, err := generator.Redact(e.ctx, generator.RedactOptions{Content: c.Content, File: c.File, Boxes: c.Boxes, AsOf: c.AsOf, Clock: time.Now})
	if rep == nil {
		return err
	}
	write := rep.Diags.WriteText
	to := e.stderr
	if e.json {
		write, to = rep.Diags.WriteJSON, e.stdout
	}
	if werr := write(to, e.lang); werr != nil {
		return werr
	}
	e.wrote(rep.Written)
	if err != nil {
		return err
	}
	for _, n := range rep.Notes {
		if e.json {
			e.line(struct {
				Kind string `json:"kind"`
				Text string `json:"text"`
			}{"note", n.In(e.lang)})
			continue
		}
		e.tell(n.In(e.lang))
	}
	return nil
}
