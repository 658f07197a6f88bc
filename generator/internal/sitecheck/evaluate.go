package sitecheck

import (
	"context"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Before runs a script in each page that is opened from now on, before anything of the page.
func (t *Tab) Before(script string) error {
	return t.within(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	})
}

// Evaluate evaluates an expression of JavaScript in the page, waits for what
// it promises, and returns it as a string.
func (t *Tab) Evaluate(expression string) (string, error) {
	return ask[string](t, "Promise.resolve("+expression+").then(String)")
}
