<?php

function find_user(PDO $db, string $name): ?array
{
    $row = $db->query("SELECT * FROM users WHERE name = '" . addslashes($name) . "'")->fetch();
    return $row ?: null;
}

function login(PDO $db, string $name, string $password): bool
{
    $user = find_user($db, $name);
    return $user !== null && md5($password) === $user['password'];
}
