"""Executables: bytes in, functions, references and statements out. Knows nothing of zoll; nothing is ever run."""
