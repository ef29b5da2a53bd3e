package web

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// proxies are the networks whose forwarded addresses are believed.
type proxies []netip.Prefix

func (p proxies) contain(addr netip.Addr) bool {
	addr = addr.Unmap()
	for _, prefix := range p {
		if prefix.Contains(addr) {
			return true
		}
	}
	return false
}

// hop is what a proxy says of the request that reached it.
type hop struct{ client, proto, host string }

// believe returns the request as the client made it if it came from a trusted
// proxy, and the request unchanged otherwise: with the address of the first hop,
// counted from here, that is not itself a trusted proxy, and the scheme and host
// named for it. id is the proxy's number for the request; it may be empty.
//
// X-Forwarded-For goes before Forwarded. Nearly every proxy sets the former, and
// many hand on a Forwarded header that the client made up.
func (p proxies) believe(r *http.Request) (believed *http.Request, id string) {
	remote, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !p.contain(remote.Addr()) {
		return r, ""
	}
	hops := xForwarded(r.Header)
	if len(hops) == 0 {
		hops = forwarded(r.Header)
	}
	if id = r.Header.Get("X-Request-Id"); !validRequestID(id) {
		id = ""
	}
	if len(hops) == 0 {
		return r, id
	}
	chosen, ok := p.firstForeign(hops)
	if !ok {
		return r, id
	}
	copied := *r
	target := *r.URL
	copied.URL = &target
	if addr, ok := parseHop(chosen.client); ok {
		copied.RemoteAddr = addr.String()
	}
	if proto := strings.ToLower(chosen.proto); proto == "http" || proto == "https" {
		target.Scheme = proto
	}
	if validHost(chosen.host) {
		copied.Host = chosen.host
	}
	return &copied, id
}

// firstForeign returns the nearest hop whose client is not a trusted proxy, or
// the farthest if all are. It reports false if that hop names no address.
func (p proxies) firstForeign(hops []hop) (hop, bool) {
	for i := len(hops) - 1; i >= 0; i-- {
		addr, ok := parseHop(hops[i].client)
		if !ok {
			return hop{}, false // beyond a hop that hides itself nothing can be believed
		}
		if i == 0 || !p.contain(addr.Addr()) {
			return hops[i], true
		}
	}
	return hop{}, false
}

// xForwarded reads X-Forwarded-For, -Proto and -Host. The latter two belong to
// the same hop if there are as many of them, and to every hop otherwise.
func xForwarded(h http.Header) []hop {
	clients := list(h["X-Forwarded-For"])
	protos, hosts := list(h["X-Forwarded-Proto"]), list(h["X-Forwarded-Host"])
	at := func(values []string, i int) string {
		switch {
		case len(values) == 0:
			return ""
		case len(values) == len(clients):
			return values[i]
		default:
			return values[len(values)-1]
		}
	}
	hops := make([]hop, len(clients))
	for i, client := range clients {
		hops[i] = hop{client, at(protos, i), at(hosts, i)}
	}
	return hops
}

// forwarded reads the Forwarded header of RFC 7239. It takes quoted values
// without escapes, which is all that addresses and hosts need.
func forwarded(h http.Header) []hop {
	var hops []hop
	for _, element := range list(h["Forwarded"]) {
		var one hop
		for pair := range strings.SplitSeq(element, ";") {
			name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
			value = strings.Trim(value, `"`)
			switch strings.ToLower(name) {
			case "for":
				one.client = value
			case "proto":
				one.proto = value
			case "host":
				one.host = value
			}
		}
		hops = append(hops, one)
	}
	return hops
}

// list splits header values at their commas.
func list(values []string) []string {
	var items []string
	for _, value := range values {
		for item := range strings.SplitSeq(value, ",") {
			if item = strings.TrimSpace(item); item != "" {
				items = append(items, item)
			}
		}
	}
	return items
}

// parseHop reads "192.0.2.1", "192.0.2.1:4711", "2001:db8::1" and
// "[2001:db8::1]:4711". The port is zero where none is given.
func parseHop(text string) (netip.AddrPort, bool) {
	if ap, err := netip.ParseAddrPort(text); err == nil {
		return ap, true
	}
	addr, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"))
	return netip.AddrPortFrom(addr, 0), err == nil
}

// validHost reports whether the text is a host with or without a port.
func validHost(host string) bool {
	if host == "" || len(host) > 255 {
		return false
	}
	u, err := url.Parse("http://" + host)
	return err == nil && u.Host == host && u.User == nil
}

func validRequestID(id string) bool {
	if id == "" || len(id) > 64 {
		return false
	}
	for _, c := range []byte(id) {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.') {
			return false
		}
	}
	return true
}
