class Keys {
    byte[] make(byte[] data) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
        Cipher better = Cipher.getInstance("AES/GCM/NoPadding");
        MessageDigest digest = MessageDigest.getInstance("SHA-1");
        Random random = new Random(42);
        SecureRandom secure = new SecureRandom();
        SSLContext context = SSLContext.getInstance("TLSv1.2");
        return digest.digest(data);
    }
}
