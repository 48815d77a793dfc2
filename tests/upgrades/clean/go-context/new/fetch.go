package feed

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

const limit = 8 << 20

var client = &http.Client{Timeout: 20 * time.Second}

// Fetch gives the body of a feed, at most 8 MiB of it.
func Fetch(ctx context.Context, url string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", "feed/2")
	answer, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, answer.Status)
	}
	return io.ReadAll(io.LimitReader(answer.Body, limit))
}
