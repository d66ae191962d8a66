package resolve

import (
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// policySpaces are the namespaces of WS-Policy, in its editions.
var policySpaces = map[string]bool{
	"http://www.w3.org/ns/ws-policy":               true,
	"http://schemas.xmlsoap.org/ws/2004/09/policy": true,
	"http://schemas.xmlsoap.org/ws/2002/12/policy": true,
	"http://www.w3.org/2006/07/ws-policy":          true,
}

// demands are what assertions of policies ask of a client, by their local names, which differ where the assertions do. Those
// that are met without more are the empty string: what they want is in the address, or the caller's own option.
var demands = map[string]string{
	"Addressing":                      addressing,
	"UsingAddressing":                 addressing,
	"OptimizedMimeSerialization":      "binary data in attachments (MTOM)",
	"MTOM":                            "binary data in attachments (MTOM)",
	"SymmetricBinding":                "messages that are signed or encrypted (WS-Security)",
	"AsymmetricBinding":               "messages that are signed or encrypted (WS-Security)",
	"SupportingTokens":                token,
	"SignedSupportingTokens":          token,
	"EndorsingSupportingTokens":       token,
	"SignedEncryptedSupportingTokens": token,
	"RMAssertion":                     "reliable messaging (WS-ReliableMessaging)",
	"BinaryEncoding":                  "messages in binary XML, which is not supported",
	"NtlmAuthentication":              "NTLM authentication over HTTP",
	"NegotiateAuthentication":         "Kerberos authentication over HTTP",
	"DigestAuthentication":            "digest authentication over HTTP",
	"BasicAuthentication":             "",
	"TransportBinding":                "",
	"Wss10":                           "",
	"Wss11":                           "",
	"Trust10":                         "",
	"Trust13":                         "",
}

const (
	addressing = "header blocks that say where a message goes (WS-Addressing)"
	token      = "a token in the header (WS-Security)"
)

// reportPolicies warns of what the policies of a binding or port want that no generated code does. what says whose they are.
func (r *resolver) reportPolicies(what string, n *syntax.Node) {
	seen := map[string]bool{}
	var look func(n *syntax.Node, depth int)
	look = func(n *syntax.Node, depth int) {
		for _, c := range n.Elements() {
			switch {
			case c.Name.Local == "PolicyReference" && policySpaces[c.Name.Space]:
				if p := r.policies[strings.TrimPrefix(c.Attr("URI"), "#")]; p != nil {
					r.reportAssertions(what, c, p, seen, 0)
				}
			case c.Name.Local == "Policy" && policySpaces[c.Name.Space]:
				r.reportAssertions(what, c, c, seen, 0)
			case c.Name.Local == "UsingAddressing":
				if isTrue(c, "required") {
					r.reportAssertion(what, c, c, seen)
				}
			case c.Name.Space == syntax.NamespaceWSDL && depth < 2: // an operation, and its directions
				look(c, depth+1)
			}
		}
	}
	look(n, 0)
}

// reportAssertions goes through the operators of a policy. Policies may refer to others, but not without end.
func (r *resolver) reportAssertions(what string, at, policy *syntax.Node, seen map[string]bool, depth int) {
	const deepest = 16
	if depth > deepest {
		return
	}
	for _, c := range policy.Elements() {
		switch {
		case policySpaces[c.Name.Space] && c.Name.Local == "PolicyReference":
			if p := r.policies[strings.TrimPrefix(c.Attr("URI"), "#")]; p != nil {
				r.reportAssertions(what, at, p, seen, depth+1)
			}
		case policySpaces[c.Name.Space]:
			r.reportAssertions(what, at, c, seen, depth+1)
		case !isTrue(c, "Optional"):
			r.reportAssertion(what, at, c, seen)
		}
	}
}

// reportAssertion warns of one assertion, once.
func (r *resolver) reportAssertion(what string, at, assertion *syntax.Node, seen map[string]bool) {
	demand, known := demands[assertion.Name.Local]
	switch {
	case !known:
		demand = "the policy " + assertion.Name.String()
	case demand == "":
		return
	}
	if seen[demand] {
		return
	}
	seen[demand] = true
	r.diags.Warnf(at.Pos, "send what it asks for, by options of the client or an interceptor", "%s wants %s, which is left to the caller", what, demand)
}

// isTrue reports whether n has such an attribute, in whatever namespace, that is true.
func isTrue(n *syntax.Node, local string) bool {
	for _, a := range n.Attrs {
		if a.Name.Local == local {
			return a.Value == "true" || a.Value == "1"
		}
	}
	return false
}

// collectPolicies finds the policies in a document that others may refer to.
func (r *resolver) collectPolicies(n *syntax.Node) {
	if r.policies == nil {
		r.policies = map[string]*syntax.Node{}
	}
	for _, c := range n.Elements() {
		if c.Name.Local == "Policy" && policySpaces[c.Name.Space] {
			for _, a := range c.Attrs {
				if strings.EqualFold(a.Name.Local, "id") && r.policies[a.Value] == nil {
					r.policies[a.Value] = c
				}
			}
		}
		if c.Name.Space == syntax.NamespaceWSDL {
			r.collectPolicies(c)
		}
	}
}
