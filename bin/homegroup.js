#!/usr/bin/env node
import { ensureBuilt } from '../tools/ensure-built.mjs';

ensureBuilt();
const { main } = await import('../dist/src/cli/main.js');
await main(process.argv.slice(2));
