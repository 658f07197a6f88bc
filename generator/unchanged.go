package generator

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"vitrine/generator/diag"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/location"
	"vitrine/generator/internal/publish"
)

// ending is what a build leaves of itself for the next one: what it was asked
// for and what it said, so that a build of the same sources has nothing to do.
type ending struct {
	Program, BaseURL, Day string
	Templates             string // in place of those of the program; empty for none
	Whole                 bool   // with the files about the whole archive
	Ledger                ledgerState
	Published, Total      int
	Reasons               []Count
	Pages, Described      int
	Data                  int
	NoAddress             bool
	Due                   []Due
	Diags                 *diag.List
}

// ledgerState tells the ledger of what was written from any other.
type ledgerState struct {
	Size, ModTime int64
}

func stateOfLedger(dir string) ledgerState {
	info, err := os.Stat(filepath.Join(dir, location.Ledger))
	if err != nil {
		return ledgerState{}
	}
	return ledgerState{Size: info.Size(), ModTime: info.ModTime().UnixNano()}
}

// order is what a build was asked for.
func (b *build) order(stateDir string) (ending, error) {
	day, err := b.o.day()
	e := ending{Program: program(), BaseURL: b.o.BaseURL, Day: day.String(), Whole: b.o.Data, Ledger: stateOfLedger(stateDir)}
	if b.o.Templates != nil {
		e.Templates = fmt.Sprintf("%x", b.renderer.DigestOfAll())
	}
	return e, err
}

// end writes down how the build ended and makes its memory that of the next.
func (m *memory) end(e ending, r *Report) error {
	if m.out == nil {
		return nil
	}
	e.Published, e.Total, e.Reasons, e.Due, e.Diags = r.Published, r.Total, r.Reasons, r.Due, r.Diags
	e.Pages, e.Described, e.Data, e.NoAddress = r.Pages, r.Described, r.Data, r.NoAddress
	data, err := json.Marshal(e)
	if err != nil {
		return err
	}
	m.ending = data
	return m.keep()
}

// unchanged reports whether a build has nothing to do: the same program is
// asked for the same, every source is as the last build saw it, and every
// file of the site is as it left it. The report is then that of the last
// build.
func (b *build) unchanged(target *publish.Target) (*Report, bool) {
	old, err := ledger.Open(filepath.Join(target.StateDir(), seenName))
	if err != nil {
		return nil, false
	}
	defer old.Close()
	last, ok := endingOf(old)
	now, err := b.order(target.StateDir())
	if !ok || err != nil || now.Ledger == (ledgerState{}) ||
		now.Program != last.Program || now.BaseURL != last.BaseURL || now.Day != last.Day || now.Templates != last.Templates || now.Whole != last.Whole || now.Ledger != last.Ledger {
		return nil, false
	}
	if decoderMayHelp(last.Diags) {
		return nil, false
	}
	if !b.sameSources(old) || !serverWritten(target.StateDir()) {
		return nil, false
	}
	site, err := target.Survey(b.scan.workers)
	if err != nil || !site.Whole() {
		return nil, false
	}
	return &Report{Diags: last.Diags, Published: last.Published, Total: last.Total, Reasons: last.Reasons,
		Pages: last.Pages, Described: last.Described, Data: last.Data, NoAddress: last.NoAddress, Due: last.Due, Server: filepath.Join(target.StateDir(), serverDir), Result: publish.Result{Unchanged: site.Len()}}, true
}

func endingOf(l *ledger.Ledger) (e ending, ok bool) {
	for row, err := range l.Rows(ledger.KindEnd) {
		if err == nil && json.Unmarshal(row.Data, &e) == nil && e.Diags != nil {
			return e, true
		}
	}
	return e, false
}

// sameSources walks the content and the rows of the last build side by side.
func (b *build) sameSources(old *ledger.Ledger) bool {
	m := &memory{old: old}
	rows := m.rows()
	defer rows.stop()
	names, err := b.scan.tree.Names(".")
	if err != nil {
		return false
	}
	same, gone := true, false
	for _, name := range names {
		for stat, err := range b.scan.tree.Stats(name) {
			if err == nil {
				_, same = rows.compare(seenOf(stat), func(string) { gone = true })
			}
			if err != nil || !same || gone {
				return false
			}
		}
	}
	return !rows.ok
}
