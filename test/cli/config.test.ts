// fmap.json: what is accepted, what is refused with which words, and that the published schema is the one that validates.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, test } from "vitest"
import { findProject } from "../../cli/config/find-project.ts"
import { parseConfig } from "../../cli/config/parse-config.ts"
import { configJsonSchema } from "../../cli/config/schema.ts"
import { folderWith } from "./folder.ts"

const schemaFile = join(import.meta.dirname, "../../specs/schemas/fmap.schema.json")

describe("fmap.json", () => {
  test("an empty object is complete", () => {
    expect(parseConfig("{}", "fmap.json")).toEqual({
      kind: "config",
      config: {
        include: ["**/*.fmap"],
        exclude: [],
        types: [],
        out: "generated",
        releases: "releases",
        emit: { typescript: true, jsonSchema: true, plan: true, asyncapi: false, odcs: false },
      },
    })
  })
  test("a byte order mark is no reason to refuse", () =>
    expect(parseConfig("\uFEFF{}", "f").kind).toBe("config"))

  const refused: readonly [string, string, string[]][] = [
    ["not JSON", "{ out: 1 }", ["fmap.json is not JSON"]],
    ["not an object", "[]", ["fmap.json: an object is wanted here."]],
    ["a misspelt option", `{"inlcude": []}`, [`there is no option "inlcude". Did you mean "include"?`]],
    ["an option nobody knows", `{"zebra": 1}`, [`there is no option "zebra". Known are: $schema, include`]],
    [
      "a misspelt emitter",
      `{"emit": {"typscript": true}}`,
      [`fmap.json, "emit": there is no option "typscript". Did you mean "typescript"?`],
    ],
    ["a wrong type", `{"out": 1}`, [`fmap.json, "out": a text is wanted here.`]],
    ...[
      "../x/*.fmap",
      "a/../../x/*.fmap",
      "..",
      "/x/*.fmap",
      "C:\\\\x",
      "file:///x/*.fmap",
      "{..,a}/x/*.fmap",
    ].map((glob): [string, string, string[]] => [
      `the glob ${glob}, which leads out`,
      `{"include": ["${glob}"]}`,
      [
        'fmap.json, "include.0": a glob stays inside the project: neither an absolute path nor a way up (..) is one.',
      ],
    ]),
    ["a wrong item", `{"include": [1]}`, [`fmap.json, "include.0": a text is wanted here.`]],
    ["an empty text", `{"out": ""}`, [`fmap.json, "out": it must not be empty.`]],
    ["a negative count", `{"maxWarnings": -1}`, [`fmap.json, "maxWarnings": at least 0 is wanted.`]],
    [
      "a wrong union",
      `{"emit": {"jsonSchema": 3}}`,
      [`fmap.json, "emit.jsonSchema": true, false or an object of options is wanted here.`],
    ],
    ["a prototype", `{"__proto__": {"out": "x"}}`, [`there is no option "__proto__"`]],
    ["two problems", `{"out": 1, "x1": 2}`, [`"out"`, `"x1"`]],
  ]
  test.each(refused)("%s is refused", (_name, text, parts) => {
    const parsed = parseConfig(text, "fmap.json")
    expect(parsed.kind).toBe("problems")
    const told = parsed.kind === "problems" ? parsed.problems.join("\n") : ""
    for (const part of parts) expect(told).toContain(part)
  })

  test("the published schema is the one of the code", () => {
    expect(JSON.parse(readFileSync(schemaFile, "utf8"))).toEqual(
      JSON.parse(JSON.stringify(configJsonSchema())),
    )
  })
  test("the published schema accepts and refuses as the code does", () => {
    const validate = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(schemaFile, "utf8")))
    expect(validate({})).toBe(true)
    for (const [name, text] of refused.slice(1)) expect(validate(JSON.parse(text)), name).toBe(false)
  })
})

describe("the project is found", () => {
  test("upwards from where one stands", () => {
    const folder = folderWith({ "fmap.json": `{"out": "made"}`, "a/b/x.fmap": "" })
    const found = findProject(join(folder, "a/b"), undefined)
    expect(found).toMatchObject({ kind: "project", project: { folder, config: { out: "made" } } })
  })
  test("without fmap.json, with defaults", () => {
    const folder = folderWith({ "x.fmap": "" })
    expect(findProject(folder, ".")).toMatchObject({ kind: "project", project: { folder, file: null } })
  })
  test("by the name of its file", () => {
    const folder = folderWith({ "other.json": `{"out": "o"}` })
    expect(findProject(folder, "other.json")).toMatchObject({
      kind: "project",
      project: { config: { out: "o" } },
    })
  })
  test("or not", () =>
    expect(findProject(folderWith({}), "nowhere")).toEqual({
      kind: "problems",
      problems: [{ code: "FM8101", message: `--project: there is no "nowhere".` }],
    }))
})
