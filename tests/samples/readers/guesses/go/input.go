package a

func keys(name string, secret []byte) {
	mac := hmac.New(sha256.New, []byte(hostname))
	mac = hmac.New(sha256.New, secret)
	sessionKey := sha256.Sum256([]byte(hostname + "-v1"))
	cacheKey := sha256.Sum256([]byte(hostname + "-v1"))
}
