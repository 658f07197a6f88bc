package generator

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"vitrine/generator/internal/exchange/dataset"
	"vitrine/generator/internal/exchange/ead"
	"vitrine/generator/internal/exchange/reference"
	"vitrine/generator/internal/excise"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/page"
)

// finding stages the description of a whole fonds: as it lies there where it tells
// nothing of the record, else one that tells the id of the fonds alone. So no link leads
// nowhere, and the next build makes it anew.
func (s *surgery) finding(w ledger.Written) error {
	tells := s.cut.Withholds(w.Path)
	if !tells {
		f, err := os.Open(filepath.Join(s.out, filepath.FromSlash(w.Path)))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil {
			tells, err = s.tells(w.Path, f)
			f.Close()
		}
		if err != nil {
			return err
		}
	}
	if !tells {
		return s.keep(w, nil, nil)
	}
	s.report.Notices = append(s.report.Notices, w.Path)
	if fonds, ok := page.FondsOfFinding(w.Path); ok {
		return s.stage.Write(w.Path, ead.Withheld(fonds, s.notice))
	}
	if _, ok := page.FondsOfTable(w.Path); ok {
		return s.stage.Write(w.Path, dataset.Empty(w.Path))
	}
	return s.stage.Write(w.Path, reference.Empty(w.Path))
}

// tells reports whether a file holds what must be found no more. It is searched some
// lines at a time, since no text of a description goes over a line end.
func (s *surgery) tells(name string, f io.Reader) (bool, error) {
	const most = 64 << 10
	in := bufio.NewReader(f)
	var lines []byte
	for {
		line, err := in.ReadBytes('\n')
		lines = append(lines, line...)
		if ended := errors.Is(err, io.EOF); len(lines) > most || ended {
			if s.cut.Holds(name, excise.ReferenceText(name, lines)) {
				return true, nil
			}
			if lines = lines[:0]; ended {
				return false, nil
			}
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return false, err
		}
	}
}
