// The version of this command line, in one place; build.mjs checks it against package.json.

export const version = "0.1.0"
