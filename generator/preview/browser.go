package preview

import (
	"os/exec"
	"runtime"
)

// openers show an address in the browser that the system prefers.
var openers = map[string][]string{
	"windows": {"rundll32", "url.dll,FileProtocolHandler"},
	"darwin":  {"open"},
}

// OpenBrowser shows an address in the browser of the system. It does not wait
// for the browser to end.
func OpenBrowser(address string) error {
	words, ok := openers[runtime.GOOS]
	if !ok {
		words = []string{"xdg-open"}
	}
	cmd := exec.Command(words[0], append(words[1:], address)...)
	if err := cmd.Start(); err != nil {
		return err
	}
	go cmd.Wait() // or it would stay behind as a dead process
	return nil
}
