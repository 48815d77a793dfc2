class Parser {
    private boolean verified;

    void parse(Token token) {
        verifySignature(token, key);
        verified = true;
    }

    void swallow(Token token) {
        try {
            verifySignature(token, key);
        } catch (BadSignature e) {
            verified = true;
        }
    }

    void fromHeader(Token token) {
        read(token);
        verified = true;
    }
}
