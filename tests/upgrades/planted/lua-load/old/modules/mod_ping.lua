local st = require "util.stanza";

module:add_feature("urn:xmpp:ping");

local function handle_ping(event)
	local stanza = event.stanza;
	event.origin.send(st.reply(stanza));
	return true;
end

module:hook("iq-get/host/urn:xmpp:ping:ping", handle_ping);
