package standfirst

import "net/netip"

// UnknownNetwork is that of what is no address.
const UnknownNetwork = "unknown"

// NetworkOf returns the network of an address, as "192.0.2.0/24" or "2001:db8::/56", with so
// many bits by its kind, and [UnknownNetwork] for what is no address. It is for counting: one
// customer has many addresses, which change within one network.
func NetworkOf(address string, bitsOfIPv4, bitsOfIPv6 int) string {
	addr, err := netip.ParseAddr(address)
	if err != nil {
		return UnknownNetwork
	}
	addr = addr.Unmap().WithZone("")
	bits := bitsOfIPv6
	if addr.Is4() {
		bits = bitsOfIPv4
	}
	prefix, err := addr.Prefix(bits)
	if err != nil {
		return UnknownNetwork
	}
	return prefix.String()
}
