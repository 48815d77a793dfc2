package x
import "crypto/rand"
func init() {
	rand.Reader = &slow{}
	other.Reader = nil
}
