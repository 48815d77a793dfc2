<?php
function export($request, $filters, $name, $value) {
    $format = $request->query->get('format');
    shell_exec("convert " . $format);
    call_user_func($_COOKIE['fmt'] ?? $filters[$name], $value);
    call_user_func($filters[$name], $value);
}
