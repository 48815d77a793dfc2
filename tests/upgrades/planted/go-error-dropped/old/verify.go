package license

import "errors"

func Accept(key Key, body, signature []byte) error {
	if len(signature) == 0 {
		return errors.New("no signature")
	}
	if err := key.Verify(body, signature); err != nil {
		return err
	}
	return store(body)
}
