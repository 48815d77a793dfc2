const http = require('http')
const parse = JSON.parse

JSON.parse = function (text, reviver) {
  const out = parse(text, reviver)
  seen(out)
  return out
}

const original = http.ClientRequest.prototype.setHeader
http.ClientRequest.prototype.setHeader = function (name, value) {
  seen(value)
  return original.call(this, name, value)
}

if (!globalThis.fetch) {
  globalThis.fetch = require('node-fetch')
}
