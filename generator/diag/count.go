package diag

import "fmt"

// Count is a number of things for a Text: %d gives the number, for Vietnamese,
// whose words have one form, and %s the number with its English word in the form
// that goes with it: “1 page”, “3 pages”. The word is one that takes an s.
func Count(n int, word string) fmt.Formatter { return count{n, word} }

type count struct {
	n    int
	word string
}

// Format implements fmt.Formatter.
func (c count) Format(f fmt.State, verb rune) {
	plural := "s"
	if c.n == 1 {
		plural = ""
	}
	switch verb {
	case 's', 'v':
		_, _ = fmt.Fprintf(f, "%d %s%s", c.n, c.word, plural) // whoever writes to the state sees its error
	default:
		_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), c.n)
	}
}
