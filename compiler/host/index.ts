export type { FileRead, Host } from "./host.ts"
export { memoryHost } from "./memory-host.ts"
export { type ProjectPath, packageRootOf, resolvePath } from "./paths.ts"
