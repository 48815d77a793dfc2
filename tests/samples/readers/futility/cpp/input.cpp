void S::wipe() { buf.clear(); OPENSSL_cleanse(buf.data(), buf.size()); }
void S::fine() { OPENSSL_cleanse(buf.data(), buf.size()); buf.clear(); }
