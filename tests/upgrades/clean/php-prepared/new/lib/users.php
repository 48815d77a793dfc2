<?php

function find_user(PDO $db, string $name): ?array
{
    $query = $db->prepare('SELECT * FROM users WHERE name = ?');
    $query->execute([$name]);
    return $query->fetch() ?: null;
}

function login(PDO $db, string $name, string $password): bool
{
    $user = find_user($db, $name);
    if ($user === null) {
        return false;
    }
    if (!password_verify($password, $user['password'])) {
        return false;
    }
    if (password_needs_rehash($user['password'], PASSWORD_DEFAULT)) {
        $update = $db->prepare('UPDATE users SET password = ? WHERE name = ?');
        $update->execute([password_hash($password, PASSWORD_DEFAULT), $name]);
    }
    return true;
}
