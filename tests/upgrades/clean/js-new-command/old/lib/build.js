'use strict'

const fs = require('fs')
const path = require('path')

function build (root) {
  for (const name of fs.readdirSync(path.join(root, 'pages'))) {
    fs.copyFileSync(path.join(root, 'pages', name), path.join(root, 'out', name))
  }
}

module.exports = { build }
