// The door of @fmap/runtime/connectors/adaptive: Workday Adaptive Planning. It needs the packages undici and saxes.
export { type AdaptiveObject, type AdaptiveOptions, createAdaptive } from "./adaptive.ts"
export type { AdaptiveData, AdaptiveExport } from "./adaptive-read.ts"
