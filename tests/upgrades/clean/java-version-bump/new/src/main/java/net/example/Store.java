package net.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public class Store {
    private final Path root;

    public Store(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public byte[] read(String name) throws IOException {
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(root)) {
            throw new IOException(name + " lies outside of the store");
        }
        return Files.readAllBytes(file);
    }
}
