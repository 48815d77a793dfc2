package a

func verifySignature(m, s []byte) error {
	if !hmac.Equal(sum(m), s) {
		log.Printf("signature differs")
	}
	return nil
}

func verifyMac(m, s []byte) error {
	if !hmac.Equal(sum(m), s) {
		return errBad
	}
	return nil
}

func wipe(b []byte) {
	b = b[:0]
	clear(b)
}
