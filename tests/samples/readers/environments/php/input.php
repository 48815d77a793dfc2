<?php
function caller() {
    $ip = $_SERVER['REMOTE_ADDR'];
    $who = $_SERVER['HTTP_X_REMOTE_UID'] ?? '';
    return getenv('APP_MODE') . $ip . $who;
}
