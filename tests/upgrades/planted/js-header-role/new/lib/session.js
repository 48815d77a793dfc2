'use strict'

const sessions = new Map()

function sessionOf (req) {
  const sid = req.cookies && req.cookies.sid
  return sid ? sessions.get(sid) : undefined
}

module.exports = { sessionOf, sessions }
