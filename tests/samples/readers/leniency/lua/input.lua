function index()
	local e = entry({"sync", "run"}, call("action_run"))
	e.sysauth = false
	entry({"admin", "sync"}, cbi("sync")).sysauth = "root"
end
