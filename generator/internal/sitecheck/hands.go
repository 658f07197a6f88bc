package sitecheck

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// Key presses one key with the hand on the keyboard, wherever the focus is: a
// character, or a constant of chromedp's package kb. With shift, Shift is held.
func (t *Tab) Key(key string, shift bool) error {
	return t.within(func(ctx context.Context) error {
		if shift {
			return chromedp.Do(ctx, chromedp.KeyEvent(key, chromedp.KeyModifiers(chromedp.ModifierShift)))
		}
		return chromedp.Do(ctx, chromedp.KeyEvent(key))
	})
}

// Click clicks the first element that a CSS selector finds, with the mouse.
func (t *Tab) Click(selector string) error {
	err := t.within(func(ctx context.Context) error {
		return chromedp.Do(ctx, chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
	})
	if err != nil {
		return fmt.Errorf("click %s: %w", selector, err)
	}
	return nil
}

// Drag moves the mouse with its button held along places in the window, in CSS
// pixels; with one place it only points there.
func (t *Tab) Drag(places ...image.Point) error {
	return t.within(func(ctx context.Context) error {
		send := func(kind input.DispatchMouseEventType, p image.Point, held int64) error {
			e := input.DispatchMouseEventParams{Type: kind, X: float64(p.X), Y: float64(p.Y), Buttons: held}
			if held > 0 || kind == input.DispatchMouseEventTypeMouseReleased {
				e.Button, e.ClickCount = input.MouseButtonLeft, 1
			}
			_, err := chromedp.Call(ctx, input.DispatchMouseEvent, e)
			return err
		}
		err := send(input.DispatchMouseEventTypeMouseMoved, places[0], 0)
		if err != nil || len(places) == 1 {
			return err
		}
		if err := send(input.DispatchMouseEventTypeMousePressed, places[0], 1); err != nil {
			return err
		}
		for _, p := range places[1:] {
			if err := send(input.DispatchMouseEventTypeMouseMoved, p, 1); err != nil {
				return err
			}
		}
		return send(input.DispatchMouseEventTypeMouseReleased, places[len(places)-1], 0)
	})
}

// Wheel turns the wheel of the mouse at a place in the window; up is negative.
func (t *Tab) Wheel(at image.Point, down int) error {
	return t.within(func(ctx context.Context) error {
		const aside = 0.01 // nought would be left out, and Chromium wants a number
		e := input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseWheel, X: float64(at.X), Y: float64(at.Y), DeltaX: aside, DeltaY: float64(down)}
		_, err := chromedp.Call(ctx, input.DispatchMouseEvent, e)
		return err
	})
}

// Pinch spreads two fingers at a place in the window until their distance is
// factor times as large.
func (t *Tab) Pinch(at image.Point, factor float64) error {
	return t.within(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, input.SynthesizePinchGesture, input.SynthesizePinchGestureParams{X: float64(at.X), Y: float64(at.Y), ScaleFactor: factor, GestureSourceType: input.GestureSourceTypeTouch})
		return err
	})
}

// Window sets the width and height of the window in pixels.
func (t *Tab) Window(width, height int) error {
	return t.within(func(ctx context.Context) error {
		return chromedp.Do(ctx, chromedp.EmulateViewport(int64(width), int64(height)))
	})
}

// Touch makes the hand a finger, as on a phone: nothing hovers.
func (t *Tab) Touch() error {
	return t.within(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true})
		return err
	})
}

// Seen is what the window shows.
func (t *Tab) Seen() (img image.Image, err error) {
	err = t.within(func(ctx context.Context) error {
		data, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		if err == nil {
			img, err = png.Decode(bytes.NewReader(data))
		}
		return err
	})
	return img, err
}

// until asks again and again, since a page has no event for most of what it does.
const until = `(async () => {
  for (let i = 0; i < 400; i++) {
    try { if (%s) return "" } catch (e) { /* not there yet */ }
    await new Promise(r => setTimeout(r, 25));
  }
  return "it did not come to " + %q;
})()`

// Until waits until a condition holds in the page, ten seconds at most.
func (t *Tab) Until(condition string) error {
	said, err := ask[string](t, fmt.Sprintf(until, condition, condition))
	if err == nil && said != "" {
		return fmt.Errorf("%s", said)
	}
	return err
}

// Move says whether the reader lets things move by themselves.
func (t *Tab) Move(may bool) error {
	return t.within(func(ctx context.Context) error {
		value := map[bool]string{true: "no-preference", false: "reduce"}[may]
		features := []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: value}}
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
		return err
	})
}
