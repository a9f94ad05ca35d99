// What the program opens while a project names files that are not its own: every call of the system is looked at. Needs strace (Linux); where it is not there these tests are skipped, unless FMAP_FORBID_SKIP=1: then its
// absence fails.
import { execFileSync, spawnSync } from "node:child_process"
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { env } from "node:process"
import { afterAll, beforeAll, describe, expect, test } from "vitest"

const repository = resolve(import.meta.dirname, "../..")
const bin = join(repository, "cli/bin/fmap.cjs")
const traced = canTrace()

function canTrace(): boolean {
  try {
    execFileSync("strace", ["-f", "-e", "trace=open,openat", "true"], { stdio: "ignore" })
    return true
  } catch (error) {
    if (env["FMAP_FORBID_SKIP"] === "1")
      throw new Error(`FMAP_FORBID_SKIP=1, and strace traces nothing here (apt-get install strace): ${error}`)
    return false
  }
}

let base = ""
const project = (): string => join(base, "project")
const outside = (): string => join(base, "outside")

const files: Readonly<Record<string, string>> = {
  "secret.fmap": "contract Secret version 1.0.0 { id: text(9) key }\n",
  "secret.csv": "p,item\nA,B\n",
  "secret.json": '{"p":"A"}',
  "secret.xsd":
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="Secret" type="xs:string"/></xs:schema>',
}

/** Ways out of the project's folder, for a file of that ending. */
const waysOut = (ending: string): readonly string[] => [
  `${outside()}/secret.${ending}`,
  `../outside/secret.${ending}`,
  `./inner/../../outside/secret.${ending}`,
  `inner/../../outside/secret.${ending}`,
  `./link-out.${ending}`,
  `./folder-out/secret.${ending}`,
  `file://${outside()}/secret.${ending}`,
  `file:../outside/secret.${ending}`,
  `..\\outside\\secret.${ending}`,
  `..%2Foutside%2Fsecret.${ending}`,
]

beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "fmap-traced-")))
  mkdirSync(join(project(), "inner"), { recursive: true })
  mkdirSync(outside())
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(outside(), name), text)
    symlinkSync(join(outside(), name), join(project(), `link-out.${name.split(".")[1]}`))
  }
  symlinkSync(outside(), join(project(), "folder-out"))
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

interface Trace {
  readonly status: number | null
  readonly said: string
  /** Files that were opened, by where they really are; `-y` of strace says it of each descriptor. */
  readonly opened: readonly string[]
}

function trace(words: readonly string[]): Trace {
  const log = join(base, "strace.log")
  const ran = spawnSync(
    "strace",
    ["-f", "-y", "-qq", "-s", "4096", "-e", "trace=open,openat", "-o", log, process.execPath, ...words],
    { cwd: project(), encoding: "utf8", env: { ...env, NO_COLOR: "1", NODE_COMPILE_CACHE: "" } },
  )
  const opened = readFileSync(log, "utf8")
    .split("\n")
    .flatMap(line => /\bopen(?:at)?\b.* = \d+<(.*)>$/u.exec(line)?.[1] ?? [])
  return { status: ran.status, said: ran.stdout + ran.stderr, opened }
}

/** What belongs to the machine, to Node and to fmap itself. */
const own = [
  repository,
  dirname(dirname(process.execPath)),
  "/usr",
  "/lib",
  "/lib64",
  "/etc",
  "/proc",
  "/sys",
  "/dev",
]

function strange({ opened }: Trace): readonly string[] {
  const inside = [...own, project()]
  const within = (path: string) => inside.some(folder => path === folder || path.startsWith(`${folder}/`))
  // Node's own: pipes, sockets, memory.
  return [...new Set(opened.filter(path => path.startsWith("/") && !within(path)))]
}

function write(all: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(all)) writeFileSync(join(project(), name), text)
}

const mapWith = (crosswalk: string, i: string) => `${crosswalk}
contract In${i} version 1.0.0 { p: text(18) }
contract Out${i} version 1.0.0 { item: text(9) }
map M${i} version 1.0.0 from i: In${i} to o: Out${i} { item = Item${i}(i.p) else hold NO_ITEM }
`

/** Files that name others, one for each way out; and the verbs that read them. */
const projects: readonly {
  readonly named: string
  readonly files: () => Readonly<Record<string, string>>
  readonly verbs: () => readonly (readonly string[])[]
}[] = [
  {
    named: "imports",
    files: () => ({
      "fmap.json": "{}",
      ...Object.fromEntries(
        waysOut("fmap").map((path, i) => [`a${i}.fmap`, `import { Secret } from ${JSON.stringify(path)}\n`]),
      ),
    }),
    verbs: () => [["check"], ["compile"], ["format", "--check", "."]],
  },
  ...["../outside/*.fmap", "../**/*.fmap", "inner/../../outside/*.fmap", "{..,inner}/outside/*.fmap"].map(
    glob => ({
      named: `the glob ${glob} of fmap.json`,
      files: () => ({ "fmap.json": JSON.stringify({ include: [glob] }) }),
      verbs: () => [["check"]],
    }),
  ),
  {
    named: "globs of fmap.json through links",
    files: () => ({
      "fmap.json": JSON.stringify({ include: ["**/*.fmap", "folder-out/*.fmap", "link-out.fmap"] }),
    }),
    verbs: () => [["check"], ["lint"]],
  },
  {
    named: "rows of crosswalks",
    files: () => ({
      "fmap.json": "{}",
      ...Object.fromEntries(
        waysOut("csv").map((path, i) => [
          `m${i}.fmap`,
          mapWith(
            `crosswalk Item${i}(p: text(18)) -> text(9) version 1.0.0 from csv ${JSON.stringify(path)} (p: "p", value: "item")`,
            String(i),
          ),
        ]),
      ),
    }),
    verbs: () => [["check"], ["test"]],
  },
  {
    named: "records of tests",
    files: () => ({
      "fmap.json": "{}",
      "main.fmap": mapWith('crosswalk Item(p: text(18)) -> text(9) version 1.0.0 { "A" -> "B" }', "").concat(
        ...waysOut("json").map(
          (path, i) =>
            `test "way ${i}" of M {\n  given i = file ${JSON.stringify(path)}\n  expect item == "B"\n}\n`,
        ),
      ),
    }),
    verbs: () => [["test"]],
  },
  {
    named: "schemas that include others",
    files: () => ({
      "main.xsd": `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${waysOut("xsd")
        .map(path => `<xs:include schemaLocation="${path}"/>`)
        .join(
          "",
        )}<xs:element name="Order"><xs:complexType><xs:sequence><xs:element name="id" type="xs:string"/></xs:sequence></xs:complexType></xs:element></xs:schema>`,
    }),
    verbs: () => [["import", "main.xsd", "--out", "order.fmap"]],
  },
]

describe.skipIf(!traced)("under strace (skipped where it is not installed)", () => {
  test("the trace sees a file outside, by its own name and through a link", () => {
    for (const path of [join(outside(), "secret.fmap"), "link-out.fmap", "folder-out/secret.fmap"]) {
      const read = trace(["-e", `require("node:fs").readFileSync(${JSON.stringify(path)})`])
      expect(strange(read), path).toEqual([join(outside(), "secret.fmap")])
    }
  })

  test.each(projects.map(one => [one.named, one] as const))(
    "%s: nothing outside is opened",
    (_, one) => {
      const texts = one.files()
      const [first = ""] = Object.keys(texts)
      write(texts)
      try {
        for (const verb of one.verbs()) {
          const ran = trace([bin, ...verb])
          expect(strange(ran), verb.join(" ")).toEqual([])
          // It came as far as reading the project, and did not break.
          expect(ran.opened, ran.said).toContain(join(project(), first))
          expect(ran.status, ran.said).not.toBe(70)
          expect(ran.status, ran.said).not.toBeNull()
        }
      } finally {
        for (const name of Object.keys(texts)) rmSync(join(project(), name))
        for (const made of ["generated", "order.fmap", "order.import.json"])
          rmSync(join(project(), made), { recursive: true, force: true })
      }
    },
    120_000,
  )
})
