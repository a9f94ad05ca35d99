// Stands for prettier in the bundle: json-schema-to-typescript asks for it while loading, and fmap never lets it format.
"use strict"
exports.format = () => {
  throw new Error("The bundle holds no formatter.")
}
