<?php
function read_text($text) {
    return simplexml_load_string($text, 'SimpleXMLElement', LIBXML_NOENT);
}
function read_plain($text) {
    return simplexml_load_string($text, 'SimpleXMLElement', LIBXML_NONET);
}
register_rest_route('app/v1', '/settings', ['callback' => 'save', 'permission_callback' => '__return_true']);
register_rest_route('app/v1', '/settings', ['callback' => 'save', 'permission_callback' => 'may_save']);
add_filter('show_hint', '__return_true');
$rules = [['path' => '^/admin', 'roles' => 'PUBLIC_ACCESS']];

function fixate() {
    session_id($_GET["sid"]);
    session_id($id);
}
