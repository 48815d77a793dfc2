<?php
function run() {
    $code = $_GET['do'];
    $code('x');
    $own = 'strtoupper';
    return $own('x');
}
