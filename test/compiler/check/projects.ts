// Whole projects to prove laws on: the examples of the repository and the right example of every page of a code. Flows in: the
// disk. Flows out: files by path. Projects of specs/conformance have their own reader and their own tests.
import { readdirSync, readFileSync } from "node:fs"
import { join, relative, sep } from "node:path"
import { fence, parsePage } from "../../docs/page.ts"

export interface Project {
  readonly name: string
  readonly files: ReadonlyMap<string, string | Uint8Array>
}

const root = join(import.meta.dirname, "../../..")

export function exampleProjects(): readonly Project[] {
  const folder = join(root, "examples")
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => ({
      name: `examples/${entry.name}`,
      files: new Map([...installed(), ...filesOf(join(folder, entry.name))]),
    }))
}

/** The canonical model, where npm would have put it. */
export function installed(): ReadonlyMap<string, Uint8Array> {
  const files = [...filesOf(join(root, "specs/finance"))].filter(([path]) => !path.startsWith("schemas/"))
  return new Map(files.map(([path, bytes]) => [`node_modules/@fmap/finance/${path}`, bytes]))
}

export function pageProjects(): readonly Project[] {
  const folder = join(root, "specs/diagnostics")
  return readdirSync(folder)
    .filter(name => /^FM[0-8]/u.test(name))
    .flatMap(name => {
      const right = fence(parsePage(readFileSync(join(folder, name), "utf8")), "fmap", "right")
      if (right === undefined || right.body.includes("// file: ")) return []
      return [{ name, files: new Map([["main.fmap", right.body]]) }]
    })
}

export function entriesOf(project: Project): readonly string[] {
  return [...project.files.keys()].filter(path => path.endsWith(".fmap") && !path.startsWith("node_modules/"))
}

export function textOf(project: Project, path: string): string {
  const content = project.files.get(path) ?? ""
  return typeof content === "string" ? content : new TextDecoder().decode(content)
}

function filesOf(folder: string): ReadonlyMap<string, Uint8Array> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && /\.(fmap|csv|json|ndjson)$/u.test(entry.name))
      .map(entry => join(entry.parentPath, entry.name))
      .filter(path => !/node_modules|emitted/u.test(path))
      .map(path => [relative(folder, path).split(sep).join("/"), new Uint8Array(readFileSync(path))]),
  )
}
