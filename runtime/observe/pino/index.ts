// The door of @fmap/runtime/observe/pino. pino is an optional peer.
export { type LogLevel, type LogOptions, type PinoLog, pinoLog } from "./pino-log.ts"
