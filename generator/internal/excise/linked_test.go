package excise

import (
	"strings"
	"testing"
)

// What a page tells machines of a record that goes is cut as what it tells readers: be the
// record named there by its id, by its title with escapes, or by an address that holds no
// word that is looked for.
func TestLinkedDataGoes(t *testing.T) {
	told := func(page, data string) string {
		return strings.Replace(page, "</head>", `<script type="application/ld+json">`+data+`</script><script src="../s.js"></script></head>`, 1)
	}
	other := `{"@context":"https://schema.org","name":"Yên"}`
	for name, c := range map[string]struct{ id, data string }{
		"id":      {"t-1", `{"isPartOf":{"@id":"https://kho.example/fonds/p/t-1.html#main"}}`},
		"title":   {"t-1", `{"mentions":[{"name":"Thư g\u1eedi người bạn cũ"}]}`},
		"address": {"chuyen", `{"isPartOf":{"@id":"../fonds/p/chuyen.html#main"}}`},
		"picture": {"t-1", `{"associatedMedia":[{"contentUrl":"https://kho.example/media/aa/one-w640.jpg"}]}`},
	} {
		_, site := excisedFrom(t, c.id, func(site map[string]string) {
			site["fonds/p/chuyen.html"] = record("chuyen", "Chuyện kể về một người", "", "")
			site["fonds/p/so.html"] = told(record("so", "Sổ ghi của trạm", "", "<p>Hết</p>"), c.data)
			site["x/yen.html"] = told(site["x/yen.html"], other)
		})
		page := site["fonds/p/so.html"]
		if strings.Contains(page, "ld+json") || !strings.Contains(page, "<p>Hết</p>") || !strings.Contains(page, "s.js") {
			t.Errorf("%s: %s", name, page)
		}
		if site["x/yen.html"] != "as it was" {
			t.Errorf("%s: what tells of others went too: %s", name, site["x/yen.html"])
		}
	}
}
