// A host over files in memory: tests, editors with unsaved text, a browser. Flows in: texts or bytes by project path.
import type { FileRead, Host } from "./host.ts"
import { packagesOf } from "./paths.ts"

/** Texts are encoded as UTF-8. The map is read at each call, so an editor may change it between compilations. */
export function memoryHost(files: ReadonlyMap<string, string | Uint8Array>): Host {
  const encoder = new TextEncoder()
  return {
    packageFolder(from, name) {
      const around = packagesOf(from)
      for (let length = around.length; length >= 0; length--) {
        const folder = [...around.slice(0, length), name].map(each => `node_modules/${each}`).join("/")
        if (files.has(`${folder}/package.json`)) return folder
      }
      return null
    },
    exists: path => files.has(path),
    readFile(path, limit): FileRead {
      const content = files.get(path)
      if (content === undefined) return { kind: "missing" }
      const bytes = typeof content === "string" ? encoder.encode(content) : content
      return bytes.length > limit ? { kind: "tooBig", size: bytes.length } : { kind: "bytes", bytes }
    },
  }
}
