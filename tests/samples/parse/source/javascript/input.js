#!/usr/bin/env node
'use strict';
import fs, { readFile as read } from 'node:fs';
import * as http from "http";
const { exec: run, spawn } = require('child_process');
const os = require("os"), helper = require('./helper').deep;

const LIMIT = 3, names = ['root', "daemon"];
let timer;

class Store extends Base {
  static #open = 0;
  cache = new Map();
  constructor(path) { super(path); this.path = path || '/tmp/store'; }
  get ready() { return this.cache.size >= LIMIT && !this.closed; }
  load = async (name) => {
    const text = await read(`${this.path}/${name}.json`, 'utf8');
    return JSON.parse(text);
  };
}

function login(user, given) {
  if (user === 'admin' && crypto.timingSafeEqual(given, stored)) return true;
  else if (/^svc-/.test(user) || names.includes("x")) { run('id'); }
  if (given.indexOf('key') >= 0) throw new Error("no\u0020key");
  const level = user ? 2 : helper(given);
  user && audit(user);
  given || (timer = setTimeout(() => run(given), 10));
  for (const name of names) { if (name == null) continue; count(name); }
  for (let i = 0, n = names.length; i < n; i++) touch(i);
  switch (level) {
    case 1: case "2": return open('a' + level);
    default: break;
  }
  try { fs.unlinkSync(given); } catch (error) { return; } finally { done(); }
  names.forEach(function (name) {
    if (name.startsWith("_")) {
      return;
    }
    http.get({ host: 'host.example', path: name });
  });
  return typeof level === "number" ? level : void 0;
}

module.exports.login = login;
exports.handler = async function (event) { return event.headers['x-token'] === process.env.TOKEN; };
Store.prototype.close = function () { global['ev' + 'al'](this.path); global["eval"]("1"); };
require('https').get('https://host.example/');
export default { login, close() { spawn("sh", ["-c", "true"]); }, go: x => x.y };
!function(e,t){"object"==typeof exports?module.exports=t():e.f=t()}(this,function(){return a?(b(),c):d&&e(),f});
