"""How functions of executables pair: what they name, equal digests, evidence in bits."""
