'use strict'

const sessions = new Map()

function sessionOf (req) {
  return sessions.get(req.cookies.sid)
}

module.exports = { sessionOf, sessions }
