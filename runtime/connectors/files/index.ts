// The door of @fmap/runtime/connectors/files: folders as a system. It needs Node and no package.
export { createFiles, fileOfCall } from "./files.ts"
export type * from "./files-options.ts"
