package net.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public class Store {
    private final Path root;

    public Store(Path root) {
        this.root = root;
    }

    public byte[] read(String name) throws IOException {
        return Files.readAllBytes(root.resolve(name));
    }
}
