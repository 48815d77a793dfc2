<?php
function signed(Mailer $mailer, array $config, Cipher $cipher, string $secret): void
{
    $mailer->Password = $config['pass'];
    $cipher->setPassword($secret, 'pbkdf2', 'sha1', 'phpseclib');
    $expected = 'Zm9vYmFy';
    $mailer->Secret = 'x7Kq2mW9';
    $cipher->setPassword($secret, 'tr0ub4dor');
}
