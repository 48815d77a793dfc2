'use strict'

const fs = require('fs')
const http = require('http')
const path = require('path')

function serve (root, port) {
  const out = path.join(root, 'out')
  const server = http.createServer((req, res) => {
    const file = path.normalize(path.join(out, decodeURIComponent(new URL(req.url, 'http://localhost').pathname)))
    if (!file.startsWith(out + path.sep)) {
      res.writeHead(403).end()
      return
    }
    fs.createReadStream(file).on('error', () => res.writeHead(404).end()).pipe(res)
  })
  server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`))
  return server
}

module.exports = { serve }
