package audit

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"vitrine/generator/diag"
	"vitrine/generator/internal/manifest"

	"aead.dev/minisign"
)

// How a server is asked.
const (
	parallel    = 4                // requests at once
	tries       = 3                // of a file that was not answered
	maxBody     = 4 << 30          // bytes of one file
	maxTextBody = 64 << 20         // bytes of one file of text, which Vitrine writes far smaller
	maxPageBody = 16 << 20         // bytes of one page
	maxTurns    = 5                // redirects of one file
	maxWait     = 30 * time.Second // for an answer to begin, and for the next leastRead bytes of it
	leastRead   = 16 << 10         // bytes
	maxStalls   = 8                // files that took longer; then no more are asked for
	tooLarge    = maxStalls / 2    // as many stalls a file without end counts
	mostNotice  = 64 << 10         // bytes of a page that are looked at
	maxDuration = 15 * time.Minute // of one file
)

// pause is the time before a file is asked for the second time; it grows with
// each try.
const pause = 500 * time.Millisecond

// Server audits what a web server answers below an address. Every file is read
// once, as a stream: only its bytes have the hash. Foreign files cannot be seen.
// Redirects are followed on the same host alone.
func Server(ctx context.Context, base *url.URL, key *minisign.PublicKey, told func(int)) (*Result, error) {
	s := newServer(base, told)
	defer s.client.CloseIdleConnections()
	list, err := s.manifest(ctx)
	if err != nil {
		return nil, err
	}
	defer dispose(list)
	signature, err := s.signature(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.result.checkSignature(list, signature, key); err != nil {
		return nil, err
	}
	if _, err := list.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	s.probe(ctx)
	if err := s.all(ctx, list); err != nil {
		return nil, err
	}
	s.conclude()
	return s.result.finish(), nil
}

type server struct {
	base   *url.URL
	client *http.Client
	result *Result
	told   func(int)

	stalls   atomic.Int32
	soft     bool     // a file that is not there is answered with 200
	softSum  [32]byte // of that answer
	mu       sync.Mutex
	pages    int // HTML files that were read
	rewrites int // of these: other bytes than were published
	others   int // other files that were changed
}

func newServer(base *url.URL, told func(int)) *server {
	at := *base
	at.RawQuery, at.Fragment = "", ""
	at.Path, at.RawPath = strings.TrimSuffix(strings.TrimSuffix(at.Path, "index.html"), "/")+"/", ""
	s := &server{base: &at, result: newResult(), told: told}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableCompression = true // the bytes as they lie there
	transport.ResponseHeaderTimeout, transport.MaxConnsPerHost = maxWait, parallel
	s.client = &http.Client{Transport: transport, Timeout: maxDuration, CheckRedirect: s.turn}
	return s
}

var (
	errElsewhere = errors.New("redirects to another host")
	errTurns     = errors.New("redirects too often")
)

// turn follows a redirect on the same host: one that adds a slash, takes an
// ending away, or leads from http to https.
func (s *server) turn(req *http.Request, via []*http.Request) error {
	switch to := req.URL; {
	case to.Hostname() != s.base.Hostname() || to.Scheme != "https" && to.Scheme != s.base.Scheme || to.Port() != s.base.Port() && to.Scheme == s.base.Scheme:
		return errElsewhere
	case len(via) > maxTurns:
		return errTurns
	}
	return nil
}

// answer is what a server said of a file.
type answer struct {
	status int
	sum    [32]byte
	size   int64
	html   bool
	notice bool // a page that asks not to be found, as a notice does
}

// problem is a reason why a file could not be checked.
type problem struct{ diag.Text }

func (p *problem) Error() string { return p.En }

func unreadable(vi, en string, args ...any) error { return &problem{diag.T(vi, en, args...)} }

// open asks for a file.
func (s *server) open(ctx context.Context, name string) (*http.Response, io.Reader, error) {
	at := *s.base
	at.Path += name
	if s.stalls.Load() >= maxStalls {
		return nil, nil, errGivenUp
	}
	ctx, cancel := context.WithCancelCause(ctx)
	flow := &flow{ctx: ctx, cancel: cancel, timer: time.AfterFunc(maxWait, func() {
		s.stalls.Add(1)
		cancel(errStalled)
	})}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		flow.stop()
		return nil, nil, err
	}
	req.Header.Set("Accept-Encoding", "identity")
	req.Header.Set("User-Agent", "vitrine verify")
	resp, err := s.client.Do(req)
	if err != nil {
		err = flow.why(err)
		flow.stop()
		return nil, nil, err
	}
	flow.ReadCloser, resp.Body = resp.Body, flow
	body, err := decoded(resp)
	if err != nil {
		resp.Body.Close()
		return nil, nil, err
	}
	return resp, io.LimitReader(body, most(name)+1), nil
}

// most is how many bytes a file may have: a server can send without end.
func most(name string) int64 {
	switch path.Ext(name) {
	case ".html":
		return maxPageBody
	case ".xml", ".txt", ".json", ".js", ".css", ".svg", ".vtt":
		return maxTextBody
	}
	return maxBody
}

// decoded undoes an encoding that was not asked for.
func decoded(resp *http.Response) (io.Reader, error) {
	switch enc := strings.ToLower(resp.Header.Get("Content-Encoding")); enc {
	case "", "identity":
		return resp.Body, nil
	case "gzip", "x-gzip":
		return gzip.NewReader(resp.Body)
	default:
		return nil, unreadable("máy chủ gửi dạng nén %s dù không được hỏi", "the server sent it as %s though that was not asked for", enc)
	}
}

// ask reads a file and sums it up. It asks again where the server was busy.
func (s *server) ask(ctx context.Context, name string) (a answer, err error) {
	for n := range tries {
		if n > 0 && !wait(ctx, time.Duration(n)*pause) {
			return a, canceled(ctx)
		}
		a, err = s.once(ctx, name)
		busy := a.status == http.StatusTooManyRequests || a.status >= 500
		var p *problem
		if err == nil && !busy || errors.As(err, &p) || errors.Is(err, errElsewhere) || errors.Is(err, errTurns) || ctx.Err() != nil {
			break
		}
	}
	return a, err
}

func wait(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// flow is the body of an answer that is given up when it stalls.
type flow struct {
	io.ReadCloser
	ctx    context.Context
	cancel context.CancelCauseFunc
	timer  *time.Timer
	got    int
}

var (
	errStalled = unreadable("máy chủ gửi quá chậm", "the server sends too slowly")
	errGivenUp = unreadable("không hỏi nữa, vì máy chủ đã nhiều lần gửi quá chậm hoặc quá nhiều", "not asked for any more, as the server had sent too slowly, or too much, too often")
)

func (f *flow) Read(b []byte) (int, error) {
	n, err := f.ReadCloser.Read(b)
	if f.got += n; f.got >= leastRead {
		f.got = 0
		f.timer.Reset(maxWait)
	}
	return n, f.why(err)
}

// why is the reason of an error: that of the network says only that it was ended.
func (f *flow) why(err error) error {
	if err != nil && context.Cause(f.ctx) == errStalled {
		return errStalled
	}
	return err
}

func (f *flow) stop() {
	f.timer.Stop()
	f.cancel(nil)
}

// Close ends the answer.
func (f *flow) Close() error {
	f.stop()
	return f.ReadCloser.Close()
}

func (s *server) once(ctx context.Context, name string) (a answer, err error) {
	resp, body, err := s.open(ctx, name)
	if err != nil {
		return a, err
	}
	defer resp.Body.Close()
	h := sha256.New()
	if resp.ContentLength > most(name) {
		s.stalls.Add(tooLarge)
		return answer{status: resp.StatusCode}, tooMuch(name)
	}
	a = answer{status: resp.StatusCode, html: strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html")}
	head := &beginning{}
	a.size, err = io.Copy(io.MultiWriter(h, head), body)
	s.result.bytes(a.size)
	if err == nil && a.size > most(name) {
		s.stalls.Add(tooLarge)
		err = tooMuch(name)
	}
	h.Sum(a.sum[:0])
	a.notice = bytes.Contains(head.b, []byte(`<meta name="robots" content="noindex">`))
	return a, err
}

// errTooMuch says that an answer is longer than any file of its kind that Vitrine writes:
// it is not what was published, whatever comes behind.
type errTooMuch struct{ problem }

func tooMuch(name string) error {
	return &errTooMuch{problem{diag.T("dài hơn %d MiB; không đọc tiếp", "longer than %d MiB; no more was read", most(name)>>20)}}
}

func (e *errTooMuch) Unwrap() error { return &e.problem }

// beginning keeps the first bytes of what is written to it.
type beginning struct{ b []byte }

// Write implements io.Writer.
func (w *beginning) Write(p []byte) (int, error) {
	w.b = append(w.b, p[:min(len(p), mostNotice-len(w.b))]...)
	return len(p), nil
}

func (s *server) manifest(ctx context.Context) (*os.File, error) {
	resp, body, err := s.open(ctx, manifest.Name)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%w: %s", ErrNoManifest, resp.Status)
	}
	return copyTo(body)
}

// signature is that of the manifest, nil where the server has none. A page in
// its place is none.
func (s *server) signature(ctx context.Context) ([]byte, error) {
	resp, body, err := s.open(ctx, manifest.SignatureName)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(body, maxSignature))
	var sig minisign.Signature
	if err != nil || resp.StatusCode != http.StatusOK || sig.UnmarshalText(text) != nil {
		return nil, err
	}
	return text, nil
}

// probe asks for a file that is not there.
func (s *server) probe(ctx context.Context) {
	a, err := s.ask(ctx, "vitrine-"+strings.ToLower(rand.Text())+".html")
	if err == nil && a.status == http.StatusOK {
		s.soft, s.softSum = true, a.sum
	}
}

// all asks for every file of a manifest, a few at a time.
func (s *server) all(ctx context.Context, list io.Reader) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	work := make(chan manifest.Sum)
	var wg sync.WaitGroup
	for range parallel {
		wg.Go(func() {
			for want := range work {
				s.file(ctx, want)
				s.told(1)
			}
		})
	}
	for want, err := range listed(list) {
		if err != nil {
			cancel(err)
			break
		}
		if ctx.Err() != nil {
			break
		}
		s.result.Files++
		work <- want
	}
	close(work)
	wg.Wait()
	return canceled(ctx)
}

// file compares what the server answers with what was published. The right bytes do not
// suffice: what comes with another status than 200 is not there for programs, be they
// search engines, browsers or caches. But a notice in the place of a withdrawn record
// comes with 410, and the page for lost readers with 404.
func (s *server) file(ctx context.Context, want manifest.Sum) {
	a, err := s.ask(ctx, want.Path)
	isPage := path.Ext(want.Path) == ".html"
	var p *problem
	var long *errTooMuch
	right := err == nil && a.sum == want.Hash
	switch {
	case ctx.Err() != nil:
	case errors.As(err, &long) && most(want.Path) < maxBody:
		s.result.add(Changed, want.Path, long.Text)
		s.count(isPage, true)
	case errors.As(err, &p):
		s.result.add(Unchecked, want.Path, p.Text)
	case err != nil:
		s.result.add(Unchecked, want.Path, diag.T("máy chủ không trả lời: %v", "the server did not answer: %v", plain(err)))
	case right && (a.status == http.StatusOK || a.status == http.StatusGone && isPage && a.notice || a.status == http.StatusNotFound && path.Base(want.Path) == "404.html"):
		s.result.good()
		s.count(isPage, false)
	case right && (a.status == http.StatusNotFound || a.status == http.StatusGone):
		s.result.add(Missing, want.Path, diag.T("máy chủ gửi đúng tệp nhưng trả lời %d: với chương trình, tệp ấy không có", "the server sent the right file with the answer %d: to programs it is not there", a.status))
	case a.status == http.StatusNotFound || a.status == http.StatusGone:
		s.result.add(Missing, want.Path, diag.Text{})
	case a.status != http.StatusOK:
		s.result.add(Unchecked, want.Path, diag.T("máy chủ trả lời %d", "the server answered %d", a.status))
	case s.soft && (a.sum == s.softSum || a.html && !isPage):
		s.result.add(Missing, want.Path, diag.T("máy chủ trả lời 200 bằng một trang báo lỗi", "the server answered 200 with an error page"))
	default:
		s.result.add(Changed, want.Path, diag.Text{})
		s.count(isPage, true)
	}
}

// plain leaves out the address, which stands beside it.
func plain(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

func (s *server) count(isPage, changed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case isPage:
		s.pages++
		if changed {
			s.rewrites++
		}
	case changed:
		s.others++
	}
}

// conclude says plainly what could not be checked.
func (s *server) conclude() {
	r := s.result
	r.note("qua mạng không thấy được tệp lạ: máy chủ không cho biết còn những tệp nào khác", "foreign files cannot be seen over the network: a server does not tell what else it has")
	if s.soft {
		r.note("máy chủ trả lời 200 cho cả tệp không có: trang bị thiếu có thể được báo là thay đổi", "the server answers 200 for files that are not there: a missing page may be told as changed")
	}
	if s.pages > 2 && s.rewrites == s.pages && s.others == 0 {
		r.note("mọi trang HTML đều khác mà tệp khác thì đúng: có lẽ máy chủ sửa trang khi gửi (chèn mã, rút gọn); hãy tắt chức năng ấy, hoặc kiểm ngay trên ổ đĩa của máy chủ",
			"every HTML page differs and no other file does: the server probably rewrites pages as it sends them (injected or minified code); switch that off, or verify on the disk of the server")
	}
}
