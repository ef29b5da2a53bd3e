package standfirst

// Identity is whom a provider of OpenID Connect says that somebody is.
type Identity struct {
	Issuer, Subject string // by which the provider tells people apart, for good
	Email           string
	Verified        bool // the provider knows that the address is theirs
}

// ProviderAttempt is what one sign-in with a provider is known by. The provider hands the
// state and the nonce back; the verifier shows that who comes back is who went (RFC 7636).
type ProviderAttempt struct{ State, Nonce, Verifier string }
