package ledger

// Compare orders two slash-separated paths as a walk of a folder meets them:
// component by component, so "a/x" stands before "a-b" although '/' is greater
// than '-'. It answers -1, 0 or +1. Paths hold no NUL byte, which is why '/'
// can take its place as the smallest one.
func Compare[T ~string | ~[]byte](a, b T) int {
	n := min(len(a), len(b))
	for i := 0; i < n; i++ {
		if a[i] != b[i] {
			return sign(weight(a[i]) - weight(b[i]))
		}
	}
	return sign(len(a) - len(b))
}

func weight(c byte) int {
	if c == '/' {
		return 0
	}
	return int(c)
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}
