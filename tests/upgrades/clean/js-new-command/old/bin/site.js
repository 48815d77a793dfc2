#!/usr/bin/env node
'use strict'

const { build } = require('../lib/build')

const command = process.argv[2]

if (command === 'build') {
  build(process.cwd())
} else {
  console.error('usage: site build')
  process.exitCode = 2
}
