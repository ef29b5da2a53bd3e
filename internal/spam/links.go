package spam

import (
	"slices"
	"strings"
)

// isLink reports whether the chunk of plain text is an address of a page.
func isLink(chunk string) bool {
	if strings.Contains(chunk, "://") {
		return true
	}
	return strings.HasPrefix(chunk, "www.") || isBareHost(chunk)
}

// topLevels are the last parts of names for which a host is told without a scheme: what
// else has a dot inside may be two sentences without a space.
const topLevels = " com net org info biz top xyz online site shop store club live vip win bet io me ai app co ru cn uk de in example "

// isBareHost reports whether the chunk is a host, with or without a path, as in
// "shop.example/offer".
func isBareHost(chunk string) bool {
	if dot := strings.IndexByte(chunk, '.'); dot < 0 || dot == len(chunk)-1 {
		return false
	}
	host, _, _ := strings.Cut(strings.Trim(chunk, "()<>\"'.,;:!?"), "/")
	dot := strings.LastIndexByte(host, '.')
	if dot < 1 || len(host) > nameEnds {
		return false
	}
	for i := range len(host) {
		if b := host[i]; !isAlnum(b) && b != '.' && b != '-' {
			return false
		}
	}
	return strings.Contains(topLevels, " "+host[dot+1:]+" ")
}

// link reads an address in the text.
func (r *reader) link(chunk string) {
	r.word("#link")
	r.address(chunk)
}

// links reads the addresses that the text links to.
func (r *reader) links(addresses []string) {
	for _, address := range addresses[:min(len(addresses), maxLinks)] {
		r.address(plain(ends(address, linkEnds)))
	}
	if len(addresses) > maxLinks {
		r.c.add("mark:many-links")
	}
}

// address adds the host of an address, the last part of its name, and the words that
// both host and path are made of.
func (r *reader) address(address string) {
	bare := !strings.Contains(address, "://")
	host, rest := cutHost(ends(address, linkEnds))
	// The same address comes once from the text and once from the links.
	known := host + strings.TrimRight(rest, "/.,;:!?)>\"'")
	if host == "" || len(r.known) == maxLinks || slices.Contains(r.known, known) {
		return
	}
	r.known = append(r.known, known)
	r.c.add("host:", host)
	if dot := strings.LastIndexByte(host, '.'); dot >= 0 {
		r.c.add("tld:", host[dot+1:])
		r.addressWords(host[:dot])
	}
	if bare {
		r.c.add("mark:bare-host")
	}
	r.addressWords(rest)
	if host == "t.me" || host == "wa.me" || host == "telegram.me" || host == "chat.whatsapp.com" {
		r.handles++
	}
}

// addressWords adds the words of a part of an address.
func (r *reader) addressWords(part string) {
	found := words(strings.ReplaceAll(part, "www.", ""))
	for _, word := range found[:min(len(found), 8)] {
		if !hasDigit(word) && len(word) > 2 {
			r.c.add("l:", word)
		}
	}
}

// cutHost returns the host of an address and what follows it.
func cutHost(address string) (host, rest string) {
	if _, after, ok := strings.Cut(address, "://"); ok {
		address = after
	}
	address = strings.TrimLeft(address, "/(<\"'")
	end := strings.IndexAny(address, "/?#\"'<>) \n\r")
	if end < 0 {
		end = len(address)
	}
	host, rest = address[:end], address[end:]
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:]
	}
	if colon := strings.IndexByte(host, ':'); colon >= 0 {
		host = host[:colon]
	}
	return strings.Trim(strings.TrimPrefix(host, "www."), ".,;!"), rest
}

// sender adds what the name and the e-mail address say.
func (r *reader) sender(name, email string) {
	found := words(plain(ends(name, nameEnds)))
	for _, word := range found[:min(len(found), nameWords)] {
		r.c.add("name:", word)
	}
	if len(found) > 3 {
		r.c.add("mark:name-long")
	}
	if hasDigit(name) {
		r.c.add("mark:name-digits")
	}
	if strings.Contains(name, "://") || strings.Contains(name, "www.") || hasDomain(name) {
		r.c.add("mark:name-link")
	}
	r.email(email)
}

// hasDomain reports whether the name has a word with a dot inside, as a domain does.
func hasDomain(name string) bool {
	for i := 1; i < len(name)-2; i++ {
		if name[i] == '.' && isAlnum(name[i-1]) && isAlnum(name[i+1]) && isAlnum(name[i+2]) {
			return true
		}
	}
	return false
}

// isAlnum reports whether the byte is an ASCII letter or digit.
func isAlnum(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9'
}

// email adds the domain of an e-mail address, and whether its name has many digits.
func (r *reader) email(email string) {
	local, domain, ok := strings.Cut(plain(ends(email, nameEnds)), "@")
	if !ok {
		return
	}
	r.c.add("email:", domain)
	digits := 0
	for i := range len(local) {
		if '0' <= local[i] && local[i] <= '9' {
			digits++
		}
	}
	if digits >= 3 {
		r.c.add("mark:email-digits")
	}
}
