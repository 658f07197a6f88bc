package exchange

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/exchange/eac"
	"vitrine/generator/internal/exchange/elements"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
	"vitrine/generator/page"
)

// ImportEAC turns authority records in EAC-CPF into agents. o.File is one, or a folder of them. Errors are as those of
// ImportCSV.
func ImportEAC(ctx context.Context, o Options) (*Report, error) {
	rep := &Report{file: filepath.ToSlash(o.File), agents: true}
	defer rep.finish()
	im := &importer{o: o, rep: rep}
	defer im.close()
	a := &agents{importer: im, ids: map[string]string{}, taken: map[string]string{}}
	return rep, steps(ctx, im.openArchive, a.read, a.lay, a.prove, im.write)
}

// agents are authority records on their way.
type agents struct {
	*importer
	list  []*eac.Agent
	from  []string          // their files
	ids   map[string]string // recordId → id
	taken map[string]string // the other way round
	names []string          // ids of the list
}

// maxAuthority is the largest authority record that is read, in bytes.
const maxAuthority = 16 << 20

func (a *agents) read(context.Context) error {
	files := []string{a.o.File}
	if info, err := os.Stat(a.o.File); err != nil {
		return err
	} else if info.IsDir() {
		entries, err := os.ReadDir(a.o.File)
		if err != nil {
			return err
		}
		files = nil
		for _, e := range entries { // in the order of their names
			if strings.EqualFold(filepath.Ext(e.Name()), ".xml") {
				files = append(files, filepath.Join(a.o.File, e.Name()))
			}
		}
	}
	for _, file := range files {
		a.rep.Rows++
		data, err := readLimited(file, maxAuthority)
		if err != nil {
			return err
		}
		data, _ = elements.WithoutControls(data)
		agent, err := eac.Parse(bytes.NewReader(data))
		var bad *elements.SyntaxError
		switch {
		case errors.As(err, &bad):
			a.refuse(diag.Errorf("aid-syntax", diag.Pos{File: filepath.ToSlash(file), Line: bad.Line, Col: bad.Col}, "không phải bản ghi EAC-CPF đọc được: %v", "this is no record in EAC-CPF that can be read: %v", bad.Err).
				WithHint("xuất lại từ phần mềm nguồn dưới dạng EAC-CPF, hoặc sửa XML tại chỗ này", "export it again as EAC-CPF, or mend the XML in this place"))
		case err != nil:
			return err
		case a.identify(file, agent):
			a.list, a.from = append(a.list, agent), append(a.from, filepath.ToSlash(file))
		}
	}
	if len(a.list) == 0 {
		a.rep.add(diag.Errorf("sheet-empty", diag.Pos{File: a.rep.file}, "không nhận được bản ghi nào", "no record could be taken"))
		return ErrRefused
	}
	return nil
}

func (a *agents) refuse(why diag.Diagnostic) {
	a.rep.add(why)
	a.rep.Refused++
}

// identify gives an agent an id that nothing else has. What the archive has is never overwritten: nobody can tell what was
// written there since.
func (a *agents) identify(file string, agent *eac.Agent) bool {
	at := diag.Pos{File: filepath.ToSlash(file)}
	id := shape(agent.ID)
	if vi.ValidID(id, page.Reserved()...) != nil {
		id = vi.Slug(agent.Name.Text)
	}
	to := "agents/" + id + ".yaml"
	switch was := a.existing[id]; {
	case agent.Type == "":
		a.refuse(diag.Errorf("aid-syntax", at, "không nói là tổ chức, cá nhân hay gia đình (entityType)", "it does not say whether this is a body, a person or a family (entityType)"))
		return false
	case vi.ValidID(id, page.Reserved()...) != nil:
		a.refuse(diag.Errorf("id-syntax", at, "không thể lập mã từ %q", "no id can be made of %q", agent.ID))
		return false
	case was != "" || a.tree.HasFile(to):
		a.refuse(diag.Errorf("id-duplicate", at, "mã %q đã dùng trong %s; bản ghi không được nhận", "the id %q is used in %s already; the record is not taken", id, orElse(was, to)).
			WithHint("sửa bản ghi trong kho, hoặc xoá tệp ấy nếu muốn nhập lại", "edit the record of the archive, or delete that file if it is to be imported again"))
		return false
	}
	if other, taken := a.taken[id]; taken {
		a.refuse(diag.Errorf("id-duplicate", at, "cùng mã %q với bản ghi %q; không được nhận", "the same id %q as the record %q; it is not taken", id, other))
		return false
	}
	a.ids[orElse(agent.ID, id)], a.taken[id] = id, orElse(agent.ID, id)
	a.names = append(a.names, id)
	a.rep.Taken++
	return true
}

// lay plans a file for each agent, and tells what nothing is made of.
func (a *agents) lay(context.Context) error {
	if err := a.leaveMarked(); err != nil {
		return err
	}
	for i, agent := range a.list {
		text, err := a.written(i)
		if err != nil {
			return err
		}
		a.plan = append(a.plan, staged{to: "agents/" + a.names[i] + ".yaml", text: text})
		a.rep.Records++
		var names []string
		for name := range agent.Unplaced {
			names = append(names, "<"+name+">")
		}
		if slices.Sort(names); len(names) > 0 {
			a.rep.add(diag.Warnf("aid-unplaced", diag.Pos{File: a.from[i]}, "không nhập: %s", "not taken: %s", strings.Join(names, ", ")))
		}
	}
	return nil
}

// leaveMarked leaves out those that bear a marking, before any other leads to their ids.
func (a *agents) leaveMarked() error {
	gate := newGate(a.config.Profile.Secrecy, nil)
	var list []*eac.Agent
	var from, names []string
	for i, agent := range a.list {
		text, err := a.written(i)
		if err != nil {
			return err
		}
		if word, marked := gate.marking(text); marked {
			a.refuse(diag.Errorf("marking-current", diag.Pos{File: a.from[i]}, "có dấu %q; bản ghi không được nhận", "the marking %q stands here; the record is not taken", word))
			a.rep.Taken--
			delete(a.ids, a.taken[a.names[i]])
			continue
		}
		list, from, names = append(list, agent), append(from, a.from[i]), append(names, a.names[i])
	}
	a.list, a.from, a.names = list, from, names
	return nil
}

// written is the file of an agent.
func (a *agents) written(i int) (string, error) {
	return document(encoder{a.lang}.of(a.agent(a.list[i], a.names[i])))
}

// agent is what was read as the model has it.
func (a *agents) agent(x *eac.Agent, id string) *record.Agent {
	out := &record.Agent{
		ID: record.Str{V: id}, Type: record.Str{V: x.Type}, Name: a.text(x.Name.Text),
		Exist: a.date(x.Exist.EDTF()), ExistNote: a.words(x.ExistNote), History: a.words(x.History), LegalStatus: a.words(x.LegalStatus), Functions: a.words(x.Functions),
		Mandates: a.words(x.Mandates), Structure: a.words(x.Structure), Note: a.words(x.Note),
		Control: record.Control{By: a.words(x.By)},
	}
	for _, n := range x.Parallel {
		t := a.text(n.Text)
		if isLang(n.Lang) && n.Lang != a.lang {
			t = record.Text{Langs: []record.LangText{{Lang: a.lang, V: asMarkdown(n.Text)}, {Lang: n.Lang, V: asMarkdown(n.Text)}}}
		}
		out.ParallelNames = append(out.ParallelNames, t)
	}
	for _, n := range x.Other {
		kind := "other"
		if n.Use.To != "" {
			kind = "former"
		}
		out.OtherNames = append(out.OtherNames, record.DatedName{Text: a.text(n.Text), Kind: record.Str{V: kind}, From: a.date(n.Use.From), To: a.date(n.Use.To)})
	}
	for _, p := range x.Places {
		out.Places = append(out.Places, record.Ref{Name: a.text(p)})
	}
	for _, r := range x.Relations {
		to := record.Ref{ID: a.known(r.To)}
		if to.ID == "" {
			to.Name = a.text(r.Name)
		}
		if to.ID != "" || r.Name != "" {
			out.Relations = append(out.Relations, record.Relation{Type: record.Str{V: r.Type}, To: to, Dates: a.date(r.Use.EDTF()), Note: a.words(r.Note)})
		}
	}
	for _, s := range x.Sources {
		out.Sources = append(out.Sources, record.Source{Cite: a.text(s)})
	}
	for _, r := range x.Rules {
		out.Control.Rules = append(out.Control.Rules, record.Str{V: r})
	}
	return out
}

// known is the id of an agent that a relation leads to, empty where there is none.
func (a *agents) known(to string) string {
	if id := a.ids[to]; id != "" && to != "" {
		return id
	}
	if id := shape(to); strings.HasPrefix(a.existing[id], "agents/") {
		return id
	}
	return ""
}

// words is a text, none where nothing is said.
func (a *agents) words(s string) record.Text {
	if s == "" {
		return record.Text{}
	}
	return a.text(s)
}

// date is one that EDTF can read, none for any other.
func (a *agents) date(text string) record.Date {
	d, err := edtf.Parse(text)
	if err != nil {
		return record.Date{}
	}
	return record.Date{Date: d}
}

// prove reads the planned files as a build will.
func (a *agents) prove(context.Context) error {
	files := map[string]string{}
	for _, s := range a.plan {
		files[s.to] = s.text
	}
	trial, wrong := a.tree.With(files), false
	for _, s := range a.plan {
		f, _ := content.Classify(s.to)
		content.ReadAuthorities(trial, f, func(v *record.Agent, _ int, ds []diag.Diagnostic) {
			for _, d := range ds {
				if d.Severity == diag.Error {
					wrong = true
					a.rep.add(d)
				}
			}
		})
	}
	if wrong {
		return ErrRefused
	}
	return nil
}
