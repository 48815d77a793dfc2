<?php
function mirrors() {
    header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);
}

function asks() {
    if (in_array($_SERVER['HTTP_ORIGIN'], SITES)) {
        header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);
    }
}
