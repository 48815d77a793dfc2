const cp = require("child_process");
const fs = require("fs");
function go(name, text) {
  cp.execSync("ls " + name);
  fs.writeFileSync("/tmp/x", text);
  global[name](text);
  require(name);
  setTimeout("run()", 5);
  setTimeout(() => run(), 5);
  new Function(text)();
  bus.send(text);
  socket.write(text);
  fetch("https://relay.example/");
}
