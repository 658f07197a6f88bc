package generator

import (
	"crypto/sha256"
	"iter"
	"sync"

	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/plan"
	"vitrine/generator/internal/publish"
)

// staying knows which pages of the last build are as they would be made now.
type staying struct {
	plan      *plan.Plan
	target    *publish.Target
	survey    *publish.Survey
	changes   *plan.Changes
	untouched []bool           // by number in the survey: nothing that the page asked has another answer
	given     map[int][16]byte // of these: the sum of what the page was given, if anything
}

// whatMayStay compares what the pages of the last build were told with what
// they would be told now.
func (b *build) whatMayStay() (*staying, error) {
	survey, err := b.publisher.survey()
	if err != nil {
		return nil, err
	}
	s := &staying{plan: b.plan, target: b.publisher.target, survey: survey, changes: b.plan.Changes()}
	s.compare(b.scan.workers)
	s.untouched, s.given = make([]bool, survey.Len()), map[int][16]byte{}
	err = survey.Each(func(n int, from []byte) {
		given, ok := s.changes.Untouched(from)
		if s.untouched[n] = ok; ok && given != nil {
			s.given[n] = [16]byte(given)
		}
	})
	return s, err
}

// told is one answer that was kept.
type told struct {
	name   string
	answer []byte
}

// compare goes through all answers that were kept with several workers.
func (s *staying) compare(workers int) {
	const batch = 256
	work := make(chan []told)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for list := range work {
				for _, t := range list {
					s.changes.Compare(t.name, t.answer)
				}
			}
		})
	}
	list := make([]told, 0, batch)
	for row, err := range s.target.Rows(ledger.KindAnswers) {
		if err != nil {
			row.Path = "" // no name of an answer: then anything may have changed
		}
		if list = append(list, told{row.Path, append([]byte(nil), row.Data...)}); len(list) == batch {
			work <- list
			list = make([]told, 0, batch)
		}
	}
	work <- list
	close(work)
	wg.Wait()
}

// page finds the page of the last build that stands where a job would put its
// own; same is whether it may stay.
func (s *staying) page(j plan.Job) (n int, same bool) {
	n, ok := s.survey.Find(j.Path)
	if !ok || !s.changes.Known() {
		return n, false
	}
	if s.untouched[n] && s.sameGiven(n, j) {
		return n, true
	}
	old, err := s.survey.Row(n)
	if err != nil || old.Path != j.Path {
		return n, false
	}
	key, ok := s.plan.Key(j, old.From)
	return n, ok && old.Key == key
}

// has reports whether the site has a file as the last build put it there.
func (s *staying) has(path string) bool {
	_, ok := s.survey.Find(path)
	return ok
}

// isLast reports whether the last build left these bytes at a path.
func (s *staying) isLast(path string, data []byte) bool {
	n, ok := s.survey.Find(path)
	if !ok {
		return false
	}
	old, err := s.survey.Row(n)
	return err == nil && old.Path == path && sha256.Sum256(data) == [32]byte(old.Hash)
}

// sameGiven reports whether a page is given what it was given when it was made.
func (s *staying) sameGiven(n int, j plan.Job) bool {
	before, was := s.given[n]
	now, is := j.Given()
	return was == is && before == now
}

// answers are what the pages of this build were told.
func (s *staying) answers() iter.Seq2[ledger.Row, error] {
	old := func(yield func(string, []byte) bool) {
		for row, err := range s.target.Rows(ledger.KindAnswers) {
			if err != nil || !yield(row.Path, row.Data) {
				return // what cannot be read is asked again
			}
		}
	}
	return func(yield func(ledger.Row, error) bool) {
		for name, answer := range s.plan.Answers(old, s.changes) {
			if !yield(ledger.Row{Path: name, Data: answer}, nil) {
				return
			}
		}
	}
}
