package sitecheck

// Evaluate evaluates an expression of JavaScript in the page, waits for what
// it promises, and returns it as a string.
func (t *Tab) Evaluate(expression string) (string, error) {
	return ask[string](t, "Promise.resolve("+expression+").then(String)")
}
