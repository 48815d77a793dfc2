<?php
function start($user) {
    $secret = md5(php_uname('n') . __FILE__);
    $auth_token = sha1($user->email . 'x');
    $auth_token = hash_hmac('sha256', $user->email, $this->secret);
    $signature = hash_hmac('sha256', $data, gethostname());
    $cacheKey = md5(__FILE__ . $user->email);
}
