class Jwks {
    PublicKey keyFor(JwsHeader header) {
        Key key = keys.get(header.getKeyId());
        if (key == null) {
            key = JWK.parse(header.getJwk());
        }
        return key.toPublicKey();
    }
}
