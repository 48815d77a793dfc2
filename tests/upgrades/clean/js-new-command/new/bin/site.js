#!/usr/bin/env node
'use strict'

const { build } = require('../lib/build')
const { serve } = require('../lib/serve')

const command = process.argv[2]

if (command === 'build') {
  build(process.cwd())
} else if (command === 'serve') {
  serve(process.cwd(), Number(process.env.PORT) || 4000)
} else {
  console.error('usage: site build|serve')
  process.exitCode = 2
}
