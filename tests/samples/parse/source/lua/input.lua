local a, b = require("x"), 1
local c = require "socket"
function M.f(a, ...) if a == "x" and not b then return 1 elseif c then x() else y() end end
local function g() end
function M:h() for i=1,3 do end for k,v in pairs(t) do end while x do break end repeat y() until z end
M.k = function(x) return x end
t = { a = 1, ["b"] = 2, function() end }
x:y("z"):w{1}; os.execute"ls"; goto e ::e:: s = [[raw]] .. 'a'
do local z <const> = 1 end
c.connect("192.0.2.1")
