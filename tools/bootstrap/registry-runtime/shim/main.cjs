// Does what Electron's own default application does with `electron <folder> …`: finds the folder, takes its name and
// version, and runs its main script. The official binary carries that application inside; this runtime lost its copy.
'use strict';

const { readFileSync, statSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join, resolve } = require('node:path');
const { app } = require('electron');

const position = process.argv.findIndex((argument, index) => index > 0 && !argument.startsWith('-'));
const folder = position > 0 ? resolve(process.argv[position]) : '';

if (!folder || !statSync(folder, { throwIfNoEntry: false })) {
  process.stderr.write('Say which application to run: electron <folder>\n');
  process.exit(1);
}

const manifestFile = join(folder, 'package.json');
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));

process.defaultApp = true;
app.setName(manifest.productName || manifest.name);
if (manifest.version) app.setVersion(manifest.version);
app.setAppPath(folder);

createRequire(manifestFile)(join(folder, manifest.main || 'index.js'));
