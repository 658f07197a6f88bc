package generator

import (
	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/content"
)

// acknowledgements takes what somebody has found to be harmless, by the day of the build.
func (n *names) acknowledgements(g *access.Gate, note func(...string)) (ds []diag.Diagnostic) {
	list, ds := n.tree.Named()
	n.harmless, n.met = map[[2]string]bool{}, map[[2]string]bool{}
	for _, a := range list {
		if day, err := (Options{AsOf: a.Date.V}).day(); err != nil || day > g.Day() {
			continue
		}
		n.named = append(n.named, a)
		n.harmless[[2]string{a.File.V, nameAs(a.Text.V)}] = true
		note("harmless", a.File.V, nameAs(a.Text.V))
	}
	return ds
}

func (n *names) acknowledged(file, as string) bool {
	key := [2]string{file, nameAs(as)}
	if !n.harmless[key] {
		return false
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.met[key] = true
	return true
}

// stale tells of acknowledgements of what is not there, once all texts that changed were
// searched. Those of other texts are met by another look.
func (n *names) stale() (ds []diag.Diagnostic) {
	looked := map[string]bool{}
	for _, a := range n.named {
		key := [2]string{a.File.V, nameAs(a.Text.V)}
		if !n.met[key] && !looked[a.File.V] && n.tree.HasFile(a.File.V) {
			looked[a.File.V] = true
			n.inFile(a.File.V)
		}
		if !n.met[key] {
			ds = append(ds, diag.Warnf("marking-stale", a.At.In(content.MarkingsFile), "điều được xác nhận ở đây không còn gặp nữa", "what is acknowledged here is not found any more").
				WithHint("bỏ dòng này đi, hoặc xem lại file và text", "take the entry out, or look at its file and text again"))
		}
	}
	return ds
}

// nameAs is a name as acknowledgements are compared.
func nameAs(text string) string { return passage(text) }
