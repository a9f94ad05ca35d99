import { memoryHost } from "@fmap/compiler"
import { describe, expect, it } from "vitest"
import { loadProject, sourceLimit } from "../../../compiler/project/load-project.ts"
import { readSource } from "../../../compiler/project/read-source.ts"

const load = (files: Record<string, string | Uint8Array>, ...entries: string[]) =>
  loadProject(memoryHost(new Map(Object.entries(files))), entries, readSource)
const codes = (project: ReturnType<typeof load>) =>
  project.diagnostics.map(d => `${d.code} ${d.labels[0].place.file}`)

describe("loading a project", () => {
  it("puts a file after those it imports, and reads each once", () => {
    const project = load(
      {
        "main.fmap": 'import { B } from "./b.fmap"\nimport { C } from "./c.fmap"',
        "b.fmap": 'import { C } from "./sub/../c.fmap"',
        "c.fmap": "enum C { X }",
      },
      "main.fmap",
      "./c.fmap",
    )
    expect(project.files.map(file => file.path)).toEqual(["c.fmap", "b.fmap", "main.fmap"])
    expect(project.diagnostics).toEqual([])
  })

  it("takes off a byte order mark before it counts", () => {
    const [file] = load({ "a.fmap": "\ufeffenum A { X }" }, "a.fmap").files
    expect(file?.text).toBe("enum A { X }")
  })

  it.each([
    ["bytes that are no UTF-8", new Uint8Array([0x65, 0xff, 0xfe]), "FM1001"],
    ["UTF-16", new Uint8Array([0xff, 0xfe, 0x65, 0x00]), "FM1001"],
    ["a binary file", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x00, 0x00]), "FM1002"],
    ["a file above the limit", new Uint8Array(sourceLimit + 1).fill(0x20), "FM7009"],
  ])("refuses %s and goes on with the others", (_, bytes, code) => {
    const project = load(
      { "bad.fmap": bytes, "good.fmap": 'import { X } from "./bad.fmap"\nenum G { A }' },
      "bad.fmap",
      "good.fmap",
    )
    expect(codes(project)).toEqual([`${code} bad.fmap`])
    expect(project.files.map(file => file.path)).toEqual(["good.fmap"])
    expect(project.files[0]?.imports[0]?.paths).toEqual([])
  })

  it.each([
    ["../a.fmap", "FM7003"],
    ["/a.fmap", "FM7004"],
    ["", "FM7008"],
    ["missing.fmap", "FM7001"],
  ])("refuses the entry %j with %s", (entry, code) =>
    expect(load({}, entry).diagnostics.map(d => d.code)).toEqual([code]),
  )

  it("does not mind a chain of 10,000 imports, nor a circle of them", () => {
    const files: Record<string, string> = {}
    for (let i = 0; i < 10_000; i++)
      files[`f${i}.fmap`] = `import { E${i + 1} } from "./f${(i + 1) % 10_000}.fmap"`
    const project = load(files, "f0.fmap")
    expect(project.files.length).toBe(10_000)
    expect(codes(project)).toEqual(["FM7006 f0.fmap"])
  })
})
