<?php
function quiet($x) {
    error_reporting(0);
    @unlink($x);
    try {
        run($x);
    } catch (Exception $e) {
    }
    return strlen($x);
}
