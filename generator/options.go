package generator

import (
	"bytes"
	"errors"
	"io/fs"
	"regexp"
	"runtime"
	"strings"
	"time"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/exchange/dataset"
	"vitrine/generator/internal/exchange/ead"
	"vitrine/generator/internal/exchange/harvest"
	"vitrine/generator/internal/exchange/reference"
	"vitrine/generator/internal/exchange/rico"
	"vitrine/generator/internal/location"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/publish"
	"vitrine/generator/internal/render"
	"vitrine/generator/page"
	"vitrine/templates"
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
	Markings bool     // Check looks for current markings too, in all that lies in the content folder
	Data     bool     // make the files about the whole archive too; a release always does
	Verify   bool     // make every page anew, report those that would have been kept wrongly, and mend files of the site whose bytes changed

	perList int // most resources in a list; harvest.MaxResources where 0

	// Clock is that of the machine. What publishes refuses a day that lies
	// ahead of it; where it is nil, AsOf stands for itself.
	Clock func() time.Time `json:"-"`
	// Templates stand in place of those of the program, laid out as package
	// templates embeds them; may be nil.
	Templates fs.FS `json:"-"`
	// Made is told of every page that is made anew, and Read of every file below
	// fonds/ whose records are read, which is compared with its frozen hash or which
	// is searched as a PDF, from many goroutines; they may be nil.
	Made func(path string) `json:"-"`
	Read func(path string) `json:"-"`
	// Disk is every operation by which the output folder and the editions are
	// changed; that of the machine where nil.
	Disk publish.FS `json:"-"`
}

func (o Options) disk() publish.FS {
	if o.Disk == nil {
		return publish.OS{}
	}
	return o.Disk
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
	Marked    bool // the content holds what may not lie in it
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
	if o.AsOf == "" {
		return o.today()
	}
	d, err := edtf.Parse(o.AsOf)
	if err != nil || d.Precision() != edtf.PrecisionDay || d.IsInterval() || d.IsSet() {
		return 0, &UserError{Usage: true, Msg: diag.T("--as-of %q không phải một ngày", "--as-of %q is not a day", o.AsOf),
			Hint: diag.T("viết năm-tháng-ngày, ví dụ 2026-11-22", "write year-month-day, such as 2026-11-22")}
	}
	lo, _ := d.Bounds()
	return lo, nil
}

// firstYear is that of this program: a clock that shows an earlier one has
// stopped, or was never set.
const firstYear = 2026

// today is the day that the clock of the machine shows.
func (o Options) today() (edtf.Day, error) {
	clock := o.Clock
	if clock == nil {
		clock = time.Now
	}
	now := clock()
	if now.Year() < firstYear {
		return 0, &UserError{Msg: diag.T("đồng hồ của máy chỉ ngày %s, không thể đúng", "the clock of this machine shows %s, which cannot be right", now.Format(time.DateOnly)),
			Hint: diag.T("chỉnh đồng hồ: hạn của quyết định được tính theo ngày hôm nay", "set the clock: the terms of clearances are counted by today's date")}
	}
	return edtf.DayOf(now.Year(), int(now.Month()), now.Day()), nil
}

// notAhead refuses to publish as of a day that is yet to come: what is due to
// expire or to open by then is not so today, and an embargo that ends tomorrow
// holds today.
func (o Options) notAhead() error {
	if o.Clock == nil {
		return nil
	}
	day, err := o.day()
	if err != nil {
		return err
	}
	today, err := o.today()
	if err == nil && day > today {
		err = &UserError{Usage: true, Msg: diag.T("--as-of %s là ngày chưa đến (hôm nay %s)", "--as-of %s is yet to come (today is %s)", day, today),
			Hint: diag.T("chỉ dựng trang theo ngày hôm nay hoặc ngày đã qua; muốn xem trước thì dùng «vitrine check» hoặc «vitrine serve»; máy đặt giờ vùng khác thì đặt lại, ví dụ TZ=Asia/Ho_Chi_Minh", "build as of today or a day that has passed; to look ahead use «vitrine check» or «vitrine serve»; on a machine of another time zone set that of the archive, such as TZ=Asia/Ho_Chi_Minh")}
	}
	return err
}

// address checks the address given on the command line.
func (o Options) address() error {
	if o.BaseURL == "" || content.ValidBase(o.BaseURL) {
		return nil
	}
	return &UserError{Usage: true, Msg: diag.T("--base-url %q không phải địa chỉ gốc", "--base-url %q is not a base address", o.BaseURL),
		Hint: diag.T("viết như https://vi-du.vn/trung-bay/: http hoặc https, không mật khẩu, đường dẫn chỉ gồm a–z, 0–9, . _ ~ - / và mã phần trăm", "write it as https://example.org/exhibition/: http or https, no password, and a path of a–z, 0–9, . _ ~ - / and percent codes alone")}
}

// apart refuses an output folder that holds the content or lies in it: a
// build never writes there.
func apart(contentDir, out string) error {
	from, to := location.Real(contentDir), location.Real(out)
	if !location.Within(from, to) && !location.Within(to, from) {
		return nil
	}
	return &UserError{Usage: true, Msg: diag.T("thư mục xuất bản %s và thư mục nội dung %s nằm trong nhau", "the output folder %s and the content folder %s lie in each other", out, contentDir),
		Hint: diag.T("chọn một thư mục khác bằng --out, ví dụ --out public", "choose another folder with --out, such as --out public")}
}

// alone refuses an output folder within another site, or around what is remembered of one: that names
// records that are not public, and would be published.
func alone(out string) error {
	around := location.Around(out)
	if around == "" {
		return nil
	}
	return &UserError{Usage: true, Msg: diag.T("thư mục xuất bản %[1]s và trang khác nằm trong nhau (%[2]s): sổ nội bộ của một trang sẽ bị công bố cùng trang kia", "the output folder %[1]s and another site lie in each other (%[2]s): what is remembered of one would be published with the other", out, around),
		Hint: diag.T("chọn bằng --out một thư mục đứng riêng; hai trang trên một máy chủ thì dựng ở hai thư mục rồi chép vào nhau khi đưa lên. Nếu %s là thư mục .vitrine còn lại của một trang đã bỏ thì xoá đi", "choose with --out a folder that stands alone; two sites of one host are built in two folders and put together on the host. If %s is the .vitrine folder of a site that is no more, delete it", around)}
}

// Recover finishes or undoes what a build left that was killed while it
// published, and says so. Every command calls it first.
func Recover(out string) ([]diag.Text, error) {
	if !publish.Interrupted(out) {
		return nil, nil
	}
	target, err := publish.Open(out, publish.Options{Mark: marked})
	if err != nil {
		return nil, userError(err)
	}
	return notes(target), target.Close()
}

// Settle waits until the site is whole and lets no other be put in place any
// more. A process calls it that ends without waiting for its work.
func Settle() { publish.Settle() }

// mark stands in the head of every page (layout/base.html).
var mark = []byte(`<meta name="generator" content="Vitrine">`)

// derivative is the shape of the names of images, which are made of the hash
// of their master, or of what stands on them.
var derivative = regexp.MustCompile(`^(media/[0-9a-f]{2}/[0-9a-f]{16,}-[0-9a-z-]+\.(jpg|png|webp)|media/placards/[0-9a-f]{20}\.([0-9a-z_-]+\.)?[a-z]+\.jpg|iiif/[0-9a-f]{32}/(info\.json|(full|[0-9,]+)/(max|[0-9,]+)/0/default\.jpg))$`)

// description is the shape of the paths of manifests and collections, descriptionMark
// how they begin (see package iiif).
var (
	description     = regexp.MustCompile(`^iiif/([^/]+/)?(manifest|collection(\.[^/]+)?)\.json$`)
	descriptionMark = []byte(`{"@context":"http://iiif.io/api/presentation/3/context.json","id":"`)
)

// indexed is the shape of the paths of files of the search index, indexMark how they begin
// (see package search).
var (
	indexed   = regexp.MustCompile(`^` + page.FolderSearch + `/(root|[a-z]+-[0-9A-Za-z_-]{8})\.js$`)
	indexMark = []byte(`vitrineIndex("`)
)

// findingMark is how the description of a fonds begins.
var findingMark = []byte(ead.Mark)

// marked tells files of a site from any others.
func marked(path string, head []byte) bool {
	return strings.HasSuffix(path, ".html") && bytes.Contains(head, mark) || derivative.MatchString(path) ||
		description.MatchString(path) && bytes.HasPrefix(head, descriptionMark) || indexed.MatchString(path) && bytes.HasPrefix(head, indexMark) || isFinding(path) && bytes.HasPrefix(head, findingMark) ||
		reference.Is(path, head) || strings.HasPrefix(path, page.FolderData+"/") && dataset.Is(path, head) ||
		page.IsWhole(path) && (bytes.HasPrefix(head, []byte(harvest.ListMark)) || bytes.HasPrefix(head, []byte(harvest.TurtleMark)) || bytes.HasPrefix(head, []byte(harvest.LinkedMark)) || bytes.HasPrefix(head, []byte(harvest.IndexMark))) ||
		path == page.Database && bytes.HasPrefix(head, []byte(dataset.DatabaseMark)) || path == page.OAI && bytes.HasPrefix(head, []byte(harvest.RepositoryMark)) ||
		path == page.RiC && bytes.HasPrefix(head, []byte(rico.Mark))
}

func isFinding(path string) bool {
	_, ok := page.FondsOfFinding(path)
	return ok
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

// renderer parses the templates.
func (o Options) renderer() (*render.Renderer, error) {
	var source fs.FS = templates.FS
	if o.Templates != nil {
		source = o.Templates
	}
	return render.New(source, markup.HighlightCSS())
}
