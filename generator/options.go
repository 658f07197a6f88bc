package generator

import (
	"errors"
	"runtime"
	"time"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
)

// Options says what is built, and how.
type Options struct {
	Content  string   // folder of the archive
	Out      string   // folder of the site; not used by Check
	BaseURL  string   // address of the site; overrides site.yaml
	AsOf     string   // day of the build, YYYY-MM-DD; today where empty
	Jobs     int      // workers; one per processor where 0
	Adopt    bool     // take over an output folder that Vitrine did not write
	Progress Progress // told how far the build is; may be nil
}

// Progress is told how far a build is. It is called from one goroutine at a
// time, but for Add.
type Progress interface {
	Phase(name diag.Text, total int) // total 0 is not known
	Add(n int)                       // so much of the phase is done
	Done()                           // the last phase has ended
}

// ErrContent says that the content has errors and nothing was published.
var ErrContent = errors.New("the content has errors")

// UserError is a fault that a person can mend, outside the content: a folder
// that cannot be read, a day that is none.
type UserError struct {
	Msg, Hint diag.Text
	Usage     bool // the command was called wrongly
	Err       error
}

// Error returns the English message.
func (e *UserError) Error() string {
	if e.Err != nil {
		return e.Msg.En + ": " + e.Err.Error()
	}
	return e.Msg.En
}

// Unwrap returns the cause.
func (e *UserError) Unwrap() error { return e.Err }

func (o Options) workers() int {
	if o.Jobs > 0 {
		return o.Jobs
	}
	return runtime.GOMAXPROCS(0)
}

// day is the day of the build.
func (o Options) day() (edtf.Day, error) {
	text := o.AsOf
	if text == "" {
		text = time.Now().Format(time.DateOnly)
	}
	d, err := edtf.Parse(text)
	if err != nil || d.Precision() != edtf.PrecisionDay || d.IsInterval() || d.IsSet() {
		return 0, &UserError{Usage: true, Msg: diag.T("--as-of %q không phải một ngày", "--as-of %q is not a day", text),
			Hint: diag.T("viết năm-tháng-ngày, ví dụ 2026-11-22", "write year-month-day, such as 2026-11-22")}
	}
	lo, _ := d.Bounds()
	return lo, nil
}

// silent is the Progress of a build that nobody watches.
type silent struct{}

func (silent) Phase(diag.Text, int) {}
func (silent) Add(int)              {}
func (silent) Done()                {}

func (o Options) progress() Progress {
	if o.Progress == nil {
		return silent{}
	}
	return o.Progress
}
