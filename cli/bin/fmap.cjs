#!/usr/bin/env node
// The first thing that runs. It must parse on any old Node, so that the wish for a newer one is said and not thrown.
// It knows only where the program is: bundled in dist/, or as TypeScript sources in a checkout of fmap itself.
"use strict"
var version = process.versions.node.split(".").map(Number)
if (version[0] < 22 || (version[0] === 22 && version[1] < 14)) {
  process.stderr.write(
    "fmap needs Node 22.14 or newer; this is Node " +
      process.versions.node +
      ".\n" +
      'Install a newer Node, or run "npm install --save-dev node@24" and start fmap through npx or an npm script.\n',
  )
  process.exitCode = 2
} else {
  start()
}

function start() {
  var path = require("node:path")
  var fs = require("node:fs")
  var url = require("node:url")
  var module_ = require("node:module")
  var source = path.join(__dirname, "..", "main.ts")
  if (fs.existsSync(source)) {
    // A checkout: packages lead to their sources.
    module_.registerHooks({
      resolve: function (specifier, context, next) {
        return next(
          specifier,
          Object.assign({}, context, { conditions: context.conditions.concat(["fmap-source"]) }),
        )
      },
    })
    return import(url.pathToFileURL(source).href)
  }
  if (module_.enableCompileCache !== undefined && process.env.NODE_DISABLE_COMPILE_CACHE === undefined)
    module_.enableCompileCache()
  return import(url.pathToFileURL(path.join(__dirname, "..", "dist", "main.js")).href)
}
