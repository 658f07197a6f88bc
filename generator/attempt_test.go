package generator_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"vitrine/generator"
	"vitrine/generator/diag"
	"vitrine/generator/internal/lock"
)

// stuck is a build that comes to a stop in one of its phases, counted from 1, and
// heeds nothing.
type stuck struct {
	at     int
	phases int
	came   atomic.Bool
	open   chan struct{}
}

func (s *stuck) Phase(diag.Text, int) {
	if s.phases++; s.phases == s.at {
		s.came.Store(true)
		<-s.open
	}
}
func (s *stuck) Add(int) {}
func (s *stuck) Done()   {}

// Wherever a build comes to a stop, a withdrawal goes on without it, and what is
// left of that build changes nothing when it wakes.
func TestWithdrawalDoesNotHangOnABuild(t *testing.T) {
	t.Parallel()
	counting := &stuck{}
	s := newShelf(t, 2, false)
	s.o.Progress = counting
	if _, err := buildReport(s.o); err != nil {
		t.Fatal(err)
	}
	var came atomic.Int32
	t.Run("each", func(t *testing.T) {
		for at := 1; at <= counting.phases; at++ {
			t.Run(fmt.Sprint(at), func(t *testing.T) {
				t.Parallel()
				s := newShelf(t, 2, false)
				if _, err := buildReport(s.o); err != nil {
					t.Fatal(err)
				}
				victim := s.records[s.random.IntN(len(s.records))]
				gone := s.beneath(victim.id)
				p := &stuck{at: at, open: make(chan struct{})}
				s.o.Progress = p
				rep := s.withdraw(victim.id, func(o *generator.WithdrawOptions) { o.Patience = 3 * time.Second })
				if !rep.Late || rep.Rebuilt || rep.Cut == nil || len(rep.Cut.Tombstones) != 2*len(gone) {
					t.Fatalf("the site was to be cut: %+v", rep)
				}
				s.o.Progress = nil
				s.holdsNothing(victim.id, gone, nil)
				s.sound()
				before := s.files()
				if p.came.Load() {
					came.Add(1)
				}
				close(p.open)
				time.Sleep(time.Second) // a build that woke would have gone on by then
				if !maps.Equal(before, s.files()) {
					t.Error("a build that was left behind changed the site")
				}
				s.mendExhibition(gone)
				s.nextBuildIsClean()
			})
		}
	})
	if t.Logf("%d of %d phases came to a stop", came.Load(), counting.phases); came.Load() == 0 {
		t.Error("no build came to a stop")
	}
}

// A build that takes too long is given up, and no more is said of it than that.
func TestWithdrawalGivesUpALongBuild(t *testing.T) {
	t.Parallel()
	s := newShelf(t, 4, false)
	if _, err := buildReport(s.o); err != nil {
		t.Fatal(err)
	}
	victim := s.records[len(s.records)-1]
	rep := s.withdraw(victim.id, func(o *generator.WithdrawOptions) { o.Patience = time.Nanosecond })
	if !rep.Late || rep.Build != nil || rep.Cut == nil || len(rep.Notes) > 0 {
		t.Fatalf("the build was to be given up: %+v", rep)
	}
	s.holdsNothing(victim.id, s.beneath(victim.id), nil)
	s.sound()
}

// A build of another that does not end is not waited for without end: whoever withdraws is
// told that the record is public, who holds the folder, and what to delete.
func TestWithdrawalIsNotHeldForGood(t *testing.T) {
	t.Parallel()
	s := newShelf(t, 4, false)
	if _, err := buildReport(s.o); err != nil {
		t.Fatal(err)
	}
	victim := s.records[len(s.records)-1]
	other, err := lock.Take(filepath.Join(filepath.Dir(s.o.Out), ".vitrine", filepath.Base(s.o.Out), "lock"))
	if err != nil {
		t.Fatal(err)
	}
	o := generator.WithdrawOptions{Options: s.o, ID: victim.id, Patience: time.Second / 5}
	_, err = generator.Withdraw(context.Background(), o)
	var ue *generator.UserError
	if !errors.As(err, &ue) || !strings.Contains(ue.Msg.En, strconv.Itoa(os.Getpid())) || !strings.Contains(ue.Hint.En, "STILL PUBLIC") || !strings.Contains(ue.Hint.En, victim.id+".html") {
		t.Errorf("%v: %+v", err, ue)
	}
	if err := other.Release(); err != nil {
		t.Fatal(err)
	}
	if rep, err := generator.Withdraw(context.Background(), generator.WithdrawOptions{Options: s.o, ID: victim.id}); err != nil || !rep.Rebuilt {
		t.Errorf("%v: %+v", err, rep)
	}
	s.holdsNothing(victim.id, s.beneath(victim.id), nil)
}
