class Trust implements X509TrustManager {
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    }

    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        inner.checkClientTrusted(chain, type);
    }

    void open(HttpsURLConnection c, HttpSecurity http) throws Exception {
        c.setHostnameVerifier((name, session) -> true);
        c.setHostnameVerifier((name, session) -> pins.contains(name));
        http.csrf(AbstractHttpConfigurer::disable);
        http.csrf(c -> c.disable());
        http.csrf(c -> c.ignoringRequestMatchers(health));
    }

    User find(String name) {
        return jdbc.queryForObject("SELECT * FROM users WHERE name = '" + name + "'", mapper);
    }
}

interface Check {
    void checkServerTrusted(X509Certificate[] chain, String type);
}
