impl Zeroize for Secret {
    fn zeroize(&mut self) {
        self.buf.clear();
        self.buf.iter_mut().zeroize();
    }
    fn fine(&mut self) {
        self.buf.iter_mut().zeroize();
        self.buf.clear();
    }
    fn filled(&mut self) {
        self.buf.clear();
        self.buf.extend(x);
        self.buf.iter_mut().zeroize();
    }
}
