package preview

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// address is where a server is reached.
type address struct {
	url      string // with a slash behind it
	loopback bool
}

// addressOf words the address of a listener for people: by its own number,
// or, where it listens on every device, by that of the loopback one.
func addressOf(a net.Addr, asked string) address {
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return address{url: "http://" + asked + "/"}
	}
	host := tcp.IP.String()
	if tcp.IP.IsUnspecified() {
		host = "127.0.0.1"
	}
	return address{"http://" + net.JoinHostPort(host, number(tcp.Port)) + "/", tcp.IP.IsLoopback()}
}

func number(port int) string { return strconv.Itoa(port) }

// guard decides which requests are answered at all.
type guard struct {
	names []string // of this server, beside localhost
}

// admits reports whether a request names a host that is this server. A name
// may lead anywhere: a hostile page can have its own lead here and would then
// be one origin with the preview. A number leads where it says, so that of the
// device that the request came in by is enough.
func (g guard) admits(r *http.Request) bool {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	if host == "localhost" || slices.ContainsFunc(g.names, func(n string) bool { return strings.EqualFold(n, host) }) {
		return true
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	return ip.IsLoopback() || ip.Unmap() == cameIn(r)
}

// cameIn is the number of the device that a request came in by.
func cameIn(r *http.Request) netip.Addr {
	a, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if a == nil {
		return netip.Addr{}
	}
	p, err := netip.ParseAddrPort(a.String())
	if err != nil {
		return netip.Addr{}
	}
	return p.Addr().Unmap().WithZone("")
}
