package generator

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"vitrine/generator/diag"
	"vitrine/generator/internal/publish"
)

// A build judges a record minutes before it publishes it. A withdrawal cannot
// wait for that: it writes into the record, then leaves a word in the state of
// the site; a build that finds a word other than when it began publishes
// nothing. So whichever comes first, the record does not stay.

// withdrawalName is the file of the state that changes with each withdrawal.
const withdrawalName = "withdrawal"

// errOvertaken says that a record was withdrawn while a site was being built.
var errOvertaken = errors.New("overtaken by a withdrawal")

func overtaken() error {
	return &UserError{Msg: diag.T("một tài liệu được rút trong lúc dựng trang; lần dựng này không đưa gì ra", "a record was withdrawn while the site was being built; nothing of this build was published"), Err: errOvertaken,
		Hint: diag.T("chạy lại lệnh", "run the command again")}
}

// lastWithdrawal is the word that stands in a state; empty for none.
func lastWithdrawal(state string) string {
	word, _ := os.ReadFile(filepath.Join(state, withdrawalName)) // none can be read where there was no withdrawal
	return string(word)
}

// forgetWithdrawal takes a word away, once an edition has taken in what the
// withdrawals before it left.
func forgetWithdrawal(state, word string) error {
	if lastWithdrawal(state) != word {
		return nil // there was another meanwhile
	}
	err := os.Remove(filepath.Join(state, withdrawalName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// heed ends the context of a build, with errOvertaken as its cause, as soon as
// a record is withdrawn. overtakes asks once more.
func heed(ctx context.Context, state string) (_ context.Context, overtakes func() error, end func()) {
	began := lastWithdrawal(state)
	ctx, cancel := context.WithCancelCause(ctx)
	overtakes = func() error {
		if lastWithdrawal(state) != began {
			return overtaken()
		}
		return nil
	}
	go func() {
		tick := time.NewTicker(time.Second / 4)
		defer tick.Stop()
		for ctx.Err() == nil {
			select {
			case <-ctx.Done():
			case <-tick.C:
				if err := overtakes(); err != nil {
					cancel(err)
				}
			}
		}
	}()
	return ctx, overtakes, func() { cancel(nil) }
}

// stopBuilds tells builds that run that a record was withdrawn. Where the site
// has no state none has got as far as reading a record.
func (o WithdrawOptions) stopBuilds() error {
	state := o.stateDir()
	if _, err := os.Stat(state); err != nil {
		return nil
	}
	name := filepath.Join(state, withdrawalName)
	if err := os.WriteFile(name, fmt.Appendf(nil, "%s %s %d\n", time.Now().UTC().Format(time.RFC3339Nano), o.ID, os.Getpid()), 0o644); err != nil {
		return cannotWrite(name, err)
	}
	return nil
}

// errHeld says that another build holds the output folder and does not end.
var errHeld = errors.New("held for too long")

// whenFree calls do, and again while another writes to the site, for as long as a
// withdrawal can wait: one that was told and does not stop may be stuck for good.
func (o WithdrawOptions) whenFree(ctx context.Context, do func() error) error {
	began := time.Now()
	for told := false; ; {
		err := do()
		if !errors.Is(err, publish.ErrLocked) && !errors.Is(err, errOvertaken) {
			return err
		}
		if time.Since(began) > o.waits() {
			return errors.Join(errHeld, userError(err))
		}
		if !told {
			told = true
			o.progress().Phase(diag.T("Chờ lần dựng đang chạy dừng lại", "Waiting for a build that runs to stop"), 0)
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(time.Second / 10):
		}
	}
}

// empty reports whether there is no site, once no build is about to make one.
func (o WithdrawOptions) empty(ctx context.Context) (empty bool, err error) {
	if empty, err = publish.Empty(o.Out); err != nil || !empty {
		return empty, userError(err)
	}
	if _, err := os.Stat(o.stateDir()); err != nil {
		return true, nil
	}
	err = o.whenFree(ctx, func() error {
		target, err := o.target()
		if err != nil {
			return err
		}
		empty, err = publish.Empty(o.Out)
		return first(err, target.Close())
	})
	return empty, userError(err)
}
