// A project whose flows cannot be had: what is told of its findings, and of a folder that is no project.
import { expect, test } from "vitest"
import { openFlowProject } from "../../../cli/flow/open-flows.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith } from "../folder.ts"

const wrong = (fields: number) =>
  `contract C version 1.0.0 {\n${Array.from({ length: fields }, (_, i) => `  f${i} : nonsense`).join("\n")}\n}\n`

function told(files: Readonly<Record<string, string>>): string {
  const terminal = fakeTerminal(folderWith(files))
  expect(openFlowProject({}, terminal)).toEqual({ kind: "ended", code: 1 })
  return terminal.written.comment
}

test("twenty findings are shown, all are counted", () => {
  const comment = told({ "fmap.json": "{}", "main.fmap": wrong(21) })
  expect(comment.match(/^error\[/gmu)).toHaveLength(20)
  expect(comment).toContain("These are the first 20; fmap check shows all of them.\n21 errors in 1 file.\n")
  expect(comment).not.toContain("--project")
})

test("a folder that is no project is told", () => {
  const comment = told({ "main.fmap": wrong(1) })
  expect(comment).toContain("1 error in 1 file.\nThere is no fmap.json here or above")
  expect(comment).not.toContain("the first 20")
})
