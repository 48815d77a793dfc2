<?php
function go($f, $x) {
    $f($_POST['x']);
    $out = `ls $x`;
    include $x;
    file_get_contents("http://192.0.2.1/x");
    file_put_contents("/tmp/x", base64_decode($x));
    preg_replace("/a/e", $x, "b");
    strlen($x);
}

function leaving($what)
{
    register_shutdown_function(function () use ($what) { unlink($what); });
    register_shutdown_function($what);
}
