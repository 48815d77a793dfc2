"""Pure parsers: bytes in, plain values out; knows nothing of zoll."""
