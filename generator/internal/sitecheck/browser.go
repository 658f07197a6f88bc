package sitecheck

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a page may take on a busy machine.
const patience = time.Minute

// Browser is a running Chromium with a profile of its own.
type Browser struct {
	ctx  context.Context
	stop func()
}

// Chromium is the path of the machine's browser.
func Chromium() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("there is no Chromium on this machine")
}

// StartBrowser starts Chromium without a window. It speaks to no host of its
// own accord.
func StartBrowser(profile string) (*Browser, error) {
	path, err := Chromium()
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.UserDataDir(profile),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stopTab := chromedp.NewContext(allocator)
	b := &Browser{ctx, func() { stopTab(); stopAllocator() }}
	if err := chromedp.Do(ctx); err != nil {
		b.Close()
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	return b, nil
}

// Close ends the browser.
func (b *Browser) Close() { b.stop() }

// Tab is one page of the browser, and everything that went wrong in it.
type Tab struct {
	ctx    context.Context
	cancel context.CancelFunc
	origin string // what every address must begin with
	mu     sync.Mutex
	faults []string
}

// Tab opens an empty page. A request that does not begin with origin is a
// fault, as is one that fails and every complaint in the console.
func (b *Browser) Tab(origin string, scripts bool) (*Tab, error) {
	ctx, cancel := chromedp.NewContext(b.ctx)
	t := &Tab{ctx: ctx, cancel: cancel, origin: origin}
	if err := chromedp.Listen(ctx, t.watch); err != nil {
		cancel()
		return nil, err
	}
	note := page.AddScriptToEvaluateOnNewDocumentParams{Source: noteRefusals}
	if _, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, note); err != nil {
		cancel()
		return nil, err
	}
	off := emulation.SetScriptExecutionDisabledParams{Value: !scripts}
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, off); err != nil {
		cancel()
		return nil, err
	}
	return t, nil
}

// Close closes the page.
func (t *Tab) Close() { t.cancel() }

// Faults returns what went wrong since the last call.
func (t *Tab) Faults() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := t.faults
	t.faults = nil
	return out
}

func (t *Tab) fault(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.faults = append(t.faults, fmt.Sprintf(format, args...))
}

func (t *Tab) watch(event any) {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; !strings.HasPrefix(u, t.origin) && !strings.HasPrefix(u, "data:") && u != "about:blank" {
			t.fault("asked for %s", u)
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 && !ownIcon(e.Response.URL) {
			t.fault("%s answered %d", e.Response.URL, e.Response.Status)
		}
	case *network.EventLoadingFailed:
		if !e.Canceled && !t.refusedPreload(e.Type == network.ResourceTypeFont) {
			t.fault("a request failed: %s", e.ErrorText)
		}
	case *runtime.EventExceptionThrown:
		t.fault("an exception: %s", e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		t.fault("the console: %s", e.Type)
	case *log.EventEntryAdded:
		if ownIcon(e.Entry.URL) || t.refusedPreload(strings.HasSuffix(e.Entry.URL, ".woff2") || strings.Contains(e.Entry.Text, "reload") || strings.Contains(e.Entry.Text, "font")) {
			return
		}
		t.fault("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL)
	}
}

// ownIcon reports whether an address is the one that browsers try by
// themselves where a page names no icon, as the page for lost readers does.
func ownIcon(address string) bool { return strings.HasSuffix(address, "/favicon.ico") }

// refusedPreload reports whether a complaint is about a font that a page
// fetches early: Chromium refuses that from disk, and loads the font when the
// style asks for it. Fonts says whether it did.
func (t *Tab) refusedPreload(font bool) bool {
	return font && strings.HasPrefix(t.origin, "file:")
}

// Fonts counts the fonts of the site that the page has loaded.
func (t *Tab) Fonts() (int, error) {
	return ask[int](t, `document.fonts.ready.then(f => [...f].filter(x => x.status === "loaded").length)`)
}

// noteRefusals notes in a page what its Content-Security-Policy refuses.
const noteRefusals = `window.refusals = [];
document.addEventListener("securitypolicyviolation", e => refusals.push(e.effectiveDirective + " refused " + (e.blockedURI || e.sample)));`

// Refusals returns what the Content-Security-Policy of the page refused.
func (t *Tab) Refusals() ([]string, error) { return ask[[]string](t, "window.refusals") }

// kept lists what a page has stored in the browser.
const kept = `(async () => {
  const out = [];
  const look = async (what, find) => { try { for (const name of await find()) out.push(what + " " + name); } catch (e) { /* there is no such store here */ } };
  await look("a cookie", () => document.cookie ? [document.cookie] : []);
  await look("local storage", () => Object.keys(localStorage));
  await look("session storage", () => Object.keys(sessionStorage));
  await look("a database", async () => (await indexedDB.databases()).map(d => d.name));
  await look("a cache", () => caches.keys());
  await look("a worker", async () => (await navigator.serviceWorker.getRegistrations()).map(r => r.scope));
  return out;
})()`

// Kept returns what the page has stored: cookies, stores, databases, caches,
// workers.
func (t *Tab) Kept() ([]string, error) { return ask[[]string](t, kept) }

// within runs steps of a tab for no longer than patience.
func (t *Tab) within(step func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	return step(ctx)
}

// Open goes to an address and waits until it is loaded.
func (t *Tab) Open(address string) error {
	return t.within(func(ctx context.Context) error { return chromedp.Do(ctx, chromedp.Navigate(address)) })
}

// Follow clicks the first element that a CSS selector finds, with the mouse,
// and waits until the next page is loaded.
func (t *Tab) Follow(selector string) error {
	err := t.within(func(ctx context.Context) error {
		click := chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible)
		_, err := chromedp.Run(ctx, chromedp.WaitEvent(page.LoadEventFired, nil, click))
		return err
	})
	if err != nil {
		return fmt.Errorf("click %s: %w", selector, err)
	}
	return nil
}

// Where is the address and the title of the page, and the text of its first
// heading.
func (t *Tab) Where() (address, title, heading string, err error) {
	err = t.within(func(ctx context.Context) error {
		if address, err = chromedp.Run(ctx, chromedp.Location()); err != nil {
			return err
		}
		if title, err = chromedp.Run(ctx, chromedp.Title()); err != nil {
			return err
		}
		heading, err = chromedp.Run(ctx, chromedp.TextContent(chromedp.CSS("h1")))
		return err
	})
	return address, title, strings.Join(strings.Fields(heading), " "), err
}

// Look sets the width of the window in pixels and the colour scheme, "light"
// or "dark". Motion is reduced, so that nothing is caught halfway.
func (t *Tab) Look(width int, scheme string) error {
	return t.within(func(ctx context.Context) error {
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(int64(width), 900)); err != nil {
			return err
		}
		features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
		return err
	})
}

// ask evaluates an expression in the page and waits for what it promises.
func ask[T any](t *Tab, expression string) (out T, err error) {
	err = t.within(func(ctx context.Context) error {
		out, err = chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
		return err
	})
	return out, err
}

// overflow lists what reaches past the right side of the window when the page
// can be scrolled sideways.
const overflow = `(() => {
  const root = document.documentElement, wide = root.clientWidth;
  if (root.scrollWidth <= wide) return [];
  const kept = e => e !== document.body && e !== root && (getComputedStyle(e).overflowX !== "visible" || kept(e.parentElement));
  const out = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > wide + 1 && !kept(e.parentElement));
  return ["the page is " + root.scrollWidth + " wide", ...out.slice(0, 4).map(e => e.tagName.toLowerCase() + "." + e.className + " " + e.textContent.trim().slice(0, 30))];
})()`

// Overflow returns what makes the page wider than the window.
func (t *Tab) Overflow() ([]string, error) { return ask[[]string](t, overflow) }

// tight lists headings whose lines are too close for the two marks that stand
// above a Vietnamese capital, or that cut them off.
const tight = `[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(h => {
  const s = getComputedStyle(h), size = parseFloat(s.fontSize), line = parseFloat(s.lineHeight);
  return h.offsetParent && h.clientHeight > 1 && (!(line / size >= 1.2) || s.overflowY !== "visible" && h.scrollHeight > h.clientHeight + 1);
}).map(h => h.tagName + " " + getComputedStyle(h).lineHeight + " " + h.textContent.trim().slice(0, 40))`

// Tight returns the headings in which Vietnamese marks may touch or be cut.
func (t *Tab) Tight() ([]string, error) { return ask[[]string](t, tight) }

// violations runs axe and names each rule with the first elements that break
// it.
const violations = `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v =>
  v.id + ": " + v.help + " (" + v.nodes.length + "): " + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " + (n.any[0] || n.all[0] || n.none[0] || {message: ""}).message).join("; ")))`

// Violations returns what axe-core, whose script is at that path, finds wrong
// for people who do not see or hear the page, or use no mouse.
func (t *Tab) Violations(axe string) ([]string, error) {
	there, err := ask[bool](t, `typeof axe === "object"`)
	if err != nil {
		return nil, err
	}
	if !there {
		source, err := os.ReadFile(axe)
		if err != nil {
			return nil, err
		}
		if _, err := ask[bool](t, string(source)+";true"); err != nil {
			return nil, err
		}
	}
	return ask[[]string](t, violations)
}
