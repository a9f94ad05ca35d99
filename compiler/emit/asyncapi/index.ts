export { type AsyncApiOptions, asyncApiEmitter, asyncApiOptions } from "./asyncapi-emitter.ts"
