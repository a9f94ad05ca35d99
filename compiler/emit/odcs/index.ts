export { type OdcsOptions, odcsEmitter, odcsOptions } from "./odcs-emitter.ts"
