'use strict';
/** Runs what `bundle.mjs` made. It is copied beside it. */
const fs = require('node:fs');
const { createRequire, wrap } = require('node:module');
const path = require('node:path');
const vm = require('node:vm');

const filename = path.join(__dirname, 'homegroup.cjs');
const compiled = path.join(__dirname, 'homegroup.v8');
const script = new vm.Script(wrap(fs.readFileSync(filename, 'latin1')), {
  filename,
  cachedData: fs.existsSync(compiled) ? fs.readFileSync(compiled) : undefined,
});
if (process.env.KEEP_COMPILED) process.on('exit', () => fs.writeFileSync(compiled, script.createCachedData()));

const program = { exports: {} };
script.runInThisContext()(program.exports, createRequire(filename), program, filename, __dirname);
program.exports.main(process.argv.slice(2));
