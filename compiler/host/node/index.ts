// The door `@fmap/compiler/node`: what needs Node's file system.
export { nodeHost } from "./node-host.ts"
