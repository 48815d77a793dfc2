package gate

func view(r *Request) error {
	if err := check(r); err != nil {
		return err
	}
	if ok := verify(r.Sig); !ok {
		return errDenied
	}
	return nil
}
