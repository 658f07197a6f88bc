package preview

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"vitrine/generator/diag"
)

// hub wakes the streams of all open pages after each reading of the content.
type hub struct {
	mu    sync.Mutex
	next  chan struct{} // closed by the next reading
	ended chan struct{}
	fault error // of the last reading, where it could not be done at all
}

func newHub() *hub { return &hub{next: make(chan struct{}), ended: make(chan struct{})} }

func (h *hub) refreshed(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fault = err
	close(h.next)
	h.next = make(chan struct{})
}

// state is what the next reading will close, and the fault of the last.
func (h *hub) state() (<-chan struct{}, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.next, h.fault
}

func (h *hub) close() { close(h.ended) }

// alive is how often something is sent, so that dead connections are noticed.
const alive = 15 * time.Second

// events is the stream of one open page: what is wrong in the content, after
// each reading of it, and in the end that the page is no longer what it was.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	page, version := r.URL.Query().Get("page"), r.URL.Query().Get("version")
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	flush := http.NewResponseController(w).Flush
	if r.Method == http.MethodHead {
		return
	}
	beat := time.NewTicker(alive)
	defer beat.Stop()
	for {
		next, fault := s.hub.state()
		if s.answer(page).version != version {
			fmt.Fprint(w, "event: reload\ndata: {}\n\n")
			_ = flush()
			return
		}
		fmt.Fprintf(w, "event: problems\ndata: %s\n\n", s.problems(fault))
		if flush() != nil || !s.idle(w, r, next, beat.C) {
			return
		}
	}
}

// idle waits for the next reading. It reports false when the page has gone.
func (s *server) idle(w http.ResponseWriter, r *http.Request, next <-chan struct{}, beat <-chan time.Time) bool {
	for {
		select {
		case <-next:
			return true
		case <-beat:
			fmt.Fprint(w, ": \n\n")
			if http.NewResponseController(w).Flush() != nil {
				return false
			}
		case <-r.Context().Done():
			return false
		case <-s.hub.ended:
			return false
		}
	}
}

// problem is one finding as the script of the preview reads it.
type problem struct {
	Severity string            `json:"severity"`
	Code     string            `json:"code"`
	At       string            `json:"at"`
	Excerpt  string            `json:"excerpt,omitempty"`
	Message  map[string]string `json:"message"`
	Hint     map[string]string `json:"hint,omitempty"`
}

func both(t diag.Text) map[string]string {
	if t == (diag.Text{}) {
		return nil
	}
	return map[string]string{"vi": t.Vi, "en": t.En}
}

func (s *server) problems(fault error) []byte {
	out := []problem{}
	if fault != nil {
		out = append(out, problem{Severity: "error", Code: "content-unreadable",
			Message: both(diag.T("không đọc được nội dung: %v", "the content cannot be read: %v", fault))})
	}
	for _, d := range s.session.Diagnostics() {
		p := problem{Severity: d.Severity.String(), Code: d.Code, Excerpt: d.Excerpt, Message: both(d.Msg), Hint: both(d.Hint)}
		if d.Pos.File != "" {
			p.At = d.Pos.String()
		}
		out = append(out, p)
	}
	data, err := json.Marshal(out)
	if err != nil {
		return []byte("[]") // strings alone: it cannot be
	}
	return data
}
