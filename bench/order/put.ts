// Writes a file so that who reads it meanwhile sees the old text or the new one: tests and benches share the folder.
import { randomUUID } from "node:crypto"
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs"

export function put(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, text)
  renameSync(draft, path)
}
