package generator

import (
	"os"
	"path/filepath"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/location"
)

// What expires is the one thing that comes back when the calendar is turned back. So
// the state of a site keeps the latest day for which it was built.

// latestName is the file in the state of a site with that day.
const latestName = "day"

// stateDir is the folder of the state of the site.
func (o Options) stateDir() string {
	return filepath.Join(vitrineDir(o.Out), filepath.Base(location.Real(o.Out)))
}

// latestOf is the latest day for which a site was built, 0 where its state does not
// know any.
func latestOf(state string) edtf.Day {
	text, err := os.ReadFile(filepath.Join(state, latestName))
	if err != nil {
		return 0
	}
	day, err := Options{AsOf: strings.TrimSpace(string(text))}.day()
	if err != nil || len(text) == 0 {
		return 0
	}
	return day
}

// noteLatest keeps the day of a build, where it is the latest.
func noteLatest(state string, day edtf.Day) error {
	if day <= latestOf(state) {
		return nil
	}
	name := filepath.Join(state, latestName)
	err := os.WriteFile(name+".new", []byte(day.String()+"\n"), 0o644)
	if err == nil {
		err = os.Rename(name+".new", name)
	}
	if err != nil {
		return cannotWrite(name, err)
	}
	return nil
}

// notBack refuses to publish as of a day before the latest of the site, unless that
// day was asked for: the clock of the machine may have been turned back.
func (o Options) notBack(state string) error {
	day, err := o.day()
	latest := latestOf(state)
	if err != nil || o.AsOf != "" || !o.before(latest) {
		return err
	}
	return &UserError{Msg: diag.T("đồng hồ của máy chỉ ngày %s, mà trang này đã dựng theo ngày %s", "the clock of this machine shows %s, and this site has been built as of %s", day, latest),
		Hint: diag.T("chỉnh đồng hồ: dựng theo ngày đã qua có thể công bố lại điều đã hết hạn; cố ý thì ghi --as-of %[1]s; nếu ngày %[2]s là do đồng hồ từng chạy sai, xoá tệp %[3]s",
			"set the clock: a build as of a day that has passed may publish again what has expired; if you mean to, write --as-of %[1]s; if %[2]s came of a clock that was wrong, remove the file %[3]s", day, latest, filepath.Join(state, latestName))}
}

// turnedBack warns of a site that is made as of a day before the latest for which it
// was built, and of all that comes about between the two.
func (s *scan) turnedBack(day edtf.Day, ahead []access.Due) {
	if day >= s.latest {
		return
	}
	s.diags.Add(diag.Warnf("day-back", diag.Pos{}, "xét theo ngày %s, mà trang này đã dựng theo ngày %s: điều đã hết hạn từ đó có thể được công bố lại", "judged as of %s, and this site has been built as of %s: what has expired since may be published again", day, s.latest).
		WithHint("bỏ --as-of để dựng theo hôm nay", "leave --as-of out to build as of today"))
	for _, d := range ahead {
		if words := d.Passed(); d.Day <= s.latest && words != (diag.Text{}) {
			s.diags.Add(diag.Diagnostic{Code: "day-back", Severity: diag.Warning, Msg: words})
		}
	}
}

// turned keeps a withdrawal from building a site whose day lies behind the latest that the
// site was built for, or in no year that can be: what has expired since would come back,
// and by that later day, which may be the wrong one, an embargo would end. What takes one
// record off brings no other on: it is cut out. A clock that cannot be right hinders
// nothing.
func (o WithdrawOptions) turned() (WithdrawOptions, []diag.Text) {
	latest := latestOf(o.stateDir())
	_, unset := o.today()
	if unset != nil && latest > 0 {
		o.Clock = nil // no day is ahead of it
		if o.AsOf == "" {
			o.AsOf = latest.String()
		}
		o.unbuilt = true
	}
	if latest == 0 || !o.unbuilt && !o.before(latest) {
		return o, nil
	}
	o.unbuilt = true
	return o, []diag.Text{diag.T("trang này đã dựng theo ngày %s, không hợp với ngày của lần này: không dựng lại, để không công bố điều đã hết hạn hay chưa đến hạn", "this site has been built as of %s, which does not go with the day of this withdrawal: nothing is built again, so that nothing is published that has expired or is not due yet", latest)}
}

// before reports whether the day of a build lies before another.
func (o Options) before(other edtf.Day) bool {
	day, err := o.day()
	return err == nil && day < other
}
