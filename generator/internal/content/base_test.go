package content

import "testing"

// What stands in the address of a site is syntax to no web server, and no secret.
func TestValidBase(t *testing.T) {
	for _, s := range []string{"https://kho.example.org/ts/", "http://127.0.0.1:8080/", "http://[::1]:8080/a", "https://kho.example.org", "HTTPS://KHO.example.org/x", "https://ai-do.example/~kho/tr%C6%B0ng-b%C3%A0y/", "https://lưutrữ.example/a_b/c.d/"} {
		if !ValidBase(s) {
			t.Errorf("%q is refused", s)
		}
	}
	for _, s := range []string{"", "kho.example.org", "//kho.example.org/", "ftp://kho.example.org/", "javascript:alert(1)", "file:///a", "https:///a", "https:kho", "https://user:pw@kho.example.org/", "https://user@kho.example.org/", "https://kho.example.org/a;b{c}/", "https://kho.example.org/a b/", "https://kho.example.org/a%0aRewriteRule x/", "https://kho.example.org/a%0aRewriteRule/", "https://kho.example.org/a%3bb/", "https://kho.example.org/a%7b/", "https://kho.example.org/%24x/",
		"https://kho.example.org/$1/", "https://kho.example.org/(.*)/", "https://kho.example.org/a\nb/", "https://kho.example.org/\"x/", "https://kho.example.org/'x/", "https://kho.example.org/<script>/", "https://kho.example.org/?a=b", "https://kho.example.org/?", "https://kho.example.org/#x", "https://kho.example.org/#", "https://kho.example.org/../x/", "https://kho.example.org/%2e%2e/x/", "https://kho.example.org/a//b/", "https://kho.example.org/a%2fb/", "https://kho.example.org/./", "https://kho.example.org/%zz/",
		"https://kho.example.org/đường/", "https://kho.example.org;x/", "https://kho.example.org:x/", "https://kho ho.example/", "https://$host/", "https://kho.example.org/a\\b/", "https://kho.example.org/{a}/", "https://kho.example.org/a|b/", "https://kho.example.org/*/"} {
		if ValidBase(s) {
			t.Errorf("%q is taken", s)
		}
	}
}
