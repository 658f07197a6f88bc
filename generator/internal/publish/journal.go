package publish

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"
	"os"
	"strings"
)

// A journal is text, so that a person in trouble can read it:
//
//	vitrine journal 1
//	- phong-luu-tru/mau-01/mau-0007.html      remove this file
//	> index.html                              rename the staged file to here
//	> phong-luu-tru/mau-02                    or the staged folder
//	= 6f1c…                                   SHA-256 of the lines above, in hex
//
// Paths hold no line ends; "." is the whole site.
const journalHeader = "vitrine journal 1"

// The steps of a journal.
const (
	stepRemove = '-'
	stepMove   = '>'
	stepEnd    = '='
)

type step struct {
	do   byte
	path string
}

// journalWriter writes the steps of a commit.
type journalWriter struct {
	w     io.Writer
	sum   hash.Hash
	steps int
	err   error
}

func newJournal(w io.Writer) *journalWriter {
	j := &journalWriter{w: w, sum: sha256.New()}
	j.line(journalHeader)
	return j
}

func (j *journalWriter) add(do byte, path string) {
	j.line(string(do) + " " + path)
	j.steps++
}

func (j *journalWriter) line(text string) {
	j.sum.Write([]byte(text + "\n"))
	if j.err == nil {
		_, j.err = io.WriteString(j.w, text+"\n")
	}
}

func (j *journalWriter) end() error {
	j.line(string(stepEnd) + " " + hex.EncodeToString(j.sum.Sum(nil)))
	return j.err
}

var errJournal = errors.New("the journal is damaged")

// readJournal iterates over the steps of a journal. A damaged one ends with
// errJournal, so it is read through once before anything is done.
func readJournal(name string) iter.Seq2[step, error] {
	return func(yield func(step, error) bool) {
		f, err := os.Open(name)
		if err != nil {
			yield(step{}, err)
			return
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		sum := sha256.New()
		for first := true; lines.Scan(); first = false {
			line := lines.Text()
			if first != (line == journalHeader) {
				break
			}
			if hexSum, ok := strings.CutPrefix(line, string(stepEnd)+" "); ok {
				if hexSum != hex.EncodeToString(sum.Sum(nil)) || lines.Scan() {
					break
				}
				return
			}
			fmt.Fprintln(sum, line)
			if first {
				continue
			}
			s, err := parseStep(line)
			if !yield(s, err) || err != nil {
				return
			}
		}
		yield(step{}, errors.Join(errJournal, lines.Err()))
	}
}

func parseStep(line string) (step, error) {
	if len(line) < 3 || line[1] != ' ' || line[0] != stepRemove && line[0] != stepMove {
		return step{}, errJournal
	}
	s := step{line[0], line[2:]}
	if s.path != "." && checkPath(s.path) != nil {
		return step{}, errJournal
	}
	return s, nil
}
