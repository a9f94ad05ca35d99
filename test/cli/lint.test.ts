// `fmap lint` over whole projects: exit codes, reporters, the day, and what it prints instead of findings.
import { describe, expect, test } from "vitest"
import { runCommandLine } from "../../cli/command-line.ts"
import { fakeTerminal } from "./fake-terminal.ts"
import { folderWith } from "./folder.ts"
import { sarifProblems } from "./sarif-problems.ts"

async function fmap(cwd: string, ...words: readonly string[]) {
  const terminal = fakeTerminal(cwd)
  const code = await runCommandLine(words, terminal)
  return { code, ...terminal.written }
}

const contract = (header: string) => `contract Order version 1.0.0
${header}{
  /// Its number.
  id    : text(20)  key
  email : text(80)  pii
}
`
const map = `
map Copy version 0.1.0
  from x: Order
  to   y: Order
{
  key id = x.id on replay same skip, changed reject
  email  = x.email
}
`
const policy = "policy P {\n  every contract has owner\n  rule G023 is warning\n}\n\n"
const project = (header = "", more = "") => folderWith({ "a.fmap": policy + contract(header) + more })

test("an error is exit code 1, with a frame and the name of the policy", async () => {
  const { code, out, comment } = await fmap(project(), "lint")
  expect(code).toBe(1)
  expect(out).toContain("error[G001]: Nobody answers for the contract Order.\n --> a.fmap:6:10\n")
  expect(out).toContain('= help: Say who answers for it: `owner "Order to Cash"`.')
  expect(comment).toBe("1 error, 1 warning in 1 file. Judged by P.\n")
})

test("warnings alone are fine, up to --max-warnings", async () => {
  const folder = project('  owner "Sales"\n')
  expect(await fmap(folder, "lint")).toMatchObject({
    code: 0,
    comment: "1 warning in 1 file. Judged by P.\n",
  })
  expect(await fmap(folder, "lint", "--max-warnings", "0")).toMatchObject({ code: 1 })
})

test("nothing to say", async () => {
  const folder = project('  owner "Sales"\n  compatible backward\n')
  expect(await fmap(folder, "lint")).toEqual({
    code: 0,
    out: "",
    comment: "No findings in 1 file. Judged by P.\n",
  })
})

describe("reporters", () => {
  test("json has the findings of check, with rules for codes", async () => {
    const { out } = await fmap(project(), "lint", "-r", "json")
    expect(JSON.parse(out)).toMatchObject({
      format: "fmap.findings",
      findings: [
        {
          code: "G001",
          title: "Contract without owner",
          severity: "error",
          file: "a.fmap",
          start: { line: 6, column: 10 },
        },
        { code: "G023", severity: "warning" },
      ],
      summary: { errors: 1, warnings: 1, information: 0 },
    })
  })
  test("sarif brings the page of each rule", async () => {
    const { out } = await fmap(project(), "lint", "-r", "sarif")
    const { rules } = JSON.parse(out).runs[0].tool.driver
    expect(rules).toMatchObject([{ id: "G001", name: "ContractWithoutOwner" }, { id: "G023" }])
    expect(rules[0].help.markdown).toContain("# G001 Contract without owner\n")
    expect(sarifProblems(out)).toEqual([])
  })
  test("github, gitlab, junit", async () => {
    expect((await fmap(project(), "lint", "-r", "github")).out).toMatch(
      /^::error file=a\.fmap,line=6,endLine=6,col=10,endColumn=15,title=G001 Contract without owner::/u,
    )
    expect(JSON.parse((await fmap(project(), "lint", "-r", "gitlab")).out)).toMatchObject([
      { check_name: "G001" },
      { check_name: "G023" },
    ])
    expect((await fmap(project(), "lint", "-r", "junit")).out).toContain('tests="2" failures="2"')
  })
})

describe("the day", () => {
  const folder = project('  allow G001 because "being formed" until 2026-06-30 by "Jane Roe"\n')
  test("is that of --today: an allowance holds to its last day", async () => {
    expect(await fmap(folder, "lint", "--today", "2026-06-30")).toMatchObject({
      code: 0,
      comment: "1 warning in 1 file. 1 finding allowed. Judged by P.\n",
    })
    const after = await fmap(folder, "lint", "--today", "2026-07-01")
    expect(after.code).toBe(1)
    expect(after.out).toContain("error[G061]")
    expect(after.out).toContain("error[G001]")
  })
  test("is a day", async () => {
    for (const day of ["2026-02-30", "tomorrow", ""])
      expect(await fmap(folder, "lint", "--today", day)).toMatchObject({ code: 2, out: "" })
  })
})

describe("what cannot be judged", () => {
  test("a project with errors", async () => {
    const { code, out, comment } = await fmap(folderWith({ "a.fmap": "contract A { a: text }" }), "lint")
    expect({ code, out }).toEqual({ code: 1, out: "" })
    expect(comment).toContain("FM6101")
    expect(comment).toContain("Only a project without errors is held to its policies.\n")
  })
  test("a policy that is none", async () => {
    const { code, comment } = await fmap(project(), "lint", "--policy", "strict")
    expect(code).toBe(2)
    expect(comment).toContain('no policy or bundle "strict": there are minimal, standard, regulated, P')
  })
})

test("--policy judges by a bundle instead", async () => {
  const { comment } = await fmap(project(), "lint", "--policy", "regulated")
  expect(comment).toContain("Judged by regulated.\n")
})

test("--scorecard", async () => {
  const folder = project('  owner "Sales"\n', map)
  const { code, out } = await fmap(folder, "lint", "--scorecard")
  expect(code).toBe(0)
  expect(out).toBe(
    [
      "Order 1.0.0  32 of 100",
      "  description        0 of 10  say what one record is",
      "  fields described   7 of 15  1 of 2 fields say nothing of themselves",
      "  lifecycle          0 of 10  say whether it is a draft, active, deprecated or retired",
      "  compatibility      0 of 10  say which changes its next version may make",
      "  rules              0 of 10  write down what makes a record good",
      "  maps tested        0 of 10  1 of 1 maps that use it have no test",
      "  retention          0 of  5  say how long its records are kept",
      "  service level      0 of  5  say how soon its records are there",
      "",
    ].join("\n"),
  )
  expect(JSON.parse((await fmap(folder, "lint", "--scorecard", "-r", "json")).out)).toMatchObject({
    format: "fmap.scorecard",
    scorecards: [{ contract: "Order", points: 32, of: 100 }],
  })
})

test("--read-sets", async () => {
  const folder = project(
    "",
    map.replace(
      "  email  = x.email\n",
      '  email  = "none"\n  ignore x.email because "nobody writes letters"\n',
    ),
  )
  const { code, out } = await fmap(folder, "lint", "--read-sets")
  expect({ code, out }).toEqual({
    code: 0,
    out: "Copy reads 1 of 2 fields of x: Order\n  id\n  email  not read\n",
  })
  expect(JSON.parse((await fmap(folder, "lint", "--read-sets", "-r", "json")).out)).toEqual({
    format: "fmap.read-sets",
    formatVersion: 1,
    readSets: [{ map: "Copy", source: "x", contract: "Order", read: ["id"], unread: ["email"] }],
  })
})
