package preview

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"vitrine/generator"
	"vitrine/generator/diag"
)

// Options says what is served, and where.
type Options struct {
	Site      generator.SessionOptions // BaseURL is set by Serve
	Templates string                   // folder of templates that are being edited; empty for those of the program
	Addr      string                   // host:port
	Exact     bool                     // that port and no other; else the next free one is taken
	Hosts     []string                 // names, beside those of the loopback device, by which the server is reached
	Tell      Listener                 // of what happens; may be nil
}

// Listener is told what a server does. Polling may be called from a goroutine
// of its own.
type Listener interface {
	// Serving is called once, when pages can be asked for.
	Serving(address string, loopback bool)
	// Refreshed is called after each reading of the content. The report is nil
	// where there is an error.
	Refreshed(r *generator.Report, took time.Duration, err error)
	// Polling is called when changes are looked for, since nothing tells of
	// them; why is nil for a network share.
	Polling(why error)
}

// retryAfter is how long the server waits before it reads again what it could
// not read: nobody tells it when a share is back or a disk has room.
const retryAfter = 3 * time.Second

// farewell is how long requests may take to end when the server does.
const farewell = 2 * time.Second

// Serve serves a site until ctx is done, which is no error. Every goroutine
// has ended when it returns.
func Serve(ctx context.Context, o Options) error {
	listener, err := listen(o.Addr, o.Exact)
	if err != nil {
		return err
	}
	defer listener.Close()
	at := addressOf(listener.Addr(), o.Addr)
	o.Site.BaseURL = at.url
	if o.Templates != "" {
		o.Site.Templates = os.DirFS(o.Templates)
	}
	session, err := generator.OpenSession(o.Site)
	if err != nil {
		return err
	}
	defer session.Close()
	if o.Tell == nil {
		o.Tell = silent{}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := newServer(session, o)
	watching := watch(ctx, s.sources(), o.Tell.Polling)
	defer watching.wait()
	defer cancel()
	if s.refresh(ctx, nil) != nil {
		time.AfterFunc(retryAfter, func() { watching.out.add() })
	}
	return s.run(ctx, listener, watching.out, func() { o.Tell.Serving(at.url, at.loopback) })
}

// server answers requests.
type server struct {
	session *generator.Session
	o       Options
	guard   guard
	hub     *hub
}

func newServer(session *generator.Session, o Options) *server {
	return &server{session: session, o: o, guard: guard{names: o.Hosts}, hub: newHub()}
}

// sources are the folders whose changes matter.
func (s *server) sources() []string {
	out := []string{s.o.Site.Content}
	if dir := s.o.Templates; dir != "" {
		out = append(out, dir)
	}
	return out
}

// run serves until ctx is done and reads the content again at each change.
func (s *server) run(ctx context.Context, l net.Listener, changed *changes, ready func()) error {
	web := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: time.Minute, ErrorLog: log.New(io.Discard, "", 0)}
	ended := make(chan error, 1)
	var wg sync.WaitGroup
	wg.Go(func() { ended <- web.Serve(l) })
	defer wg.Wait()
	defer s.stop(web)
	ready()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-ended:
			return err
		case <-changed.note:
			if files, ok := changed.take(); ok && s.refresh(ctx, files) != nil {
				time.AfterFunc(retryAfter, func() { changed.add() })
			}
		}
	}
}

// stop ends the streams of events, which never end by themselves, and then
// the other requests.
func (s *server) stop(web *http.Server) {
	s.hub.close()
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	if web.Shutdown(ctx) != nil {
		_ = web.Close()
	}
}

// refresh reads the content, of which some files have changed or, where none
// is named, anything, and tells the open pages. The error is one of the disk.
func (s *server) refresh(ctx context.Context, files []string) error {
	began := time.Now()
	report, err := s.session.RefreshFiles(ctx, files)
	if errors.Is(err, context.Canceled) {
		return nil
	}
	s.hub.refreshed(err)
	s.o.Tell.Refreshed(report, time.Since(began), err)
	return err
}

// listen opens a port. Where it is taken, by whatever the system calls that,
// the next ones are tried unless it must be this one.
func listen(addr string, exact bool) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, &generator.UserError{Usage: true, Msg: diag.T("--addr %q không phải địa chỉ", "--addr %q is no address", addr), Err: err,
			Hint: diag.T("viết máy:cổng, ví dụ 127.0.0.1:8080", "write host:port, such as 127.0.0.1:8080")}
	}
	l, err := net.Listen("tcp", addr)
	for next := 1; err != nil && !exact && next < 50; next++ {
		if n, e := net.LookupPort("tcp", port); e == nil {
			l, err = net.Listen("tcp", net.JoinHostPort(host, number(n+next)))
		}
	}
	if err != nil {
		return nil, &generator.UserError{Msg: diag.T("không mở được cổng %s", "cannot listen on %s", addr), Err: err,
			Hint: diag.T("chọn cổng khác bằng --addr, ví dụ --addr 127.0.0.1:9000", "choose another port with --addr, such as --addr 127.0.0.1:9000")}
	}
	return l, nil
}

// silent is the Listener of a server that nobody watches.
type silent struct{}

func (silent) Serving(string, bool)                              {}
func (silent) Refreshed(*generator.Report, time.Duration, error) {}
func (silent) Polling(error)                                     {}
