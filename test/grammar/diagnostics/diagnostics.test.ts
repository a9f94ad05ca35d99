// Suggestions, edits and the rendered frame.
import { applyEdits, type Diagnostic, diagnostic, renderDiagnostic, suggest } from "@fmap/grammar"
import { describe, expect, test } from "vitest"

test.each([
  ["ownr", ["owner", "of"], "owner"],
  ["AccuontId", ["AccountId", "Amount"], "AccountId"],
  ["accountid", ["AccountId"], "AccountId"],
  ["to", ["from", "of"], undefined],
  ["x", ["y"], "y"],
  ["completely", ["different"], undefined],
  ["__proto__", ["constructor", "__prot__"], "__prot__"],
  ["same", ["same"], undefined],
])("suggest %s of %j", (name, candidates, expected) => {
  expect(suggest(name, candidates)).toBe(expected)
})

const at = (start: number, end: number, file = "a.fmap") => ({ file, span: { start, end } })

test("edits are applied in order of place; overlapping and foreign ones are left out", () => {
  const edits = [
    { place: at(4, 5), text: "E" },
    { place: at(0, 2), text: "X" },
    { place: at(1, 3), text: "no" },
    { place: at(6, 6), text: "!" },
    { place: at(0, 1, "b.fmap"), text: "no" },
  ]
  expect(applyEdits("abcdef", "a.fmap", edits)).toBe("XcdEf!")
})

describe("frame", () => {
  const text = 'one\n\ttab = "日本" + x\nthree\nfour\nfive\n'
  const found = (labels: Diagnostic["labels"], help: Diagnostic["help"] = null): Diagnostic => ({
    code: "FM1004",
    severity: "error",
    message: "Message.",
    labels,
    help,
  })
  const render = (d: Diagnostic, files: Record<string, string> = { "a.fmap": text }) =>
    renderDiagnostic(d, file => files[file])

  test("tabs and wide characters keep the mark under its text", () => {
    expect(render(found([{ place: at(18, 19), voice: "primary", text: "here" }]))).toBe(
      'error[FM1004]: Message.\n --> a.fmap:2:15\n  |\n2 |     tab = "日本" + x\n  |                    ^ here',
    )
  })
  test("two voices, several lines, help", () => {
    const d = found(
      [
        { place: at(20, 30), voice: "primary", text: "two lines" },
        { place: at(0, 3), voice: "secondary", text: "said here" },
      ],
      { text: "do it", edits: [] },
    )
    expect(render(d)).toBe(
      'error[FM1004]: Message.\n --> a.fmap:3:1\n  |\n1 | one\n  | --- said here\n2 |     tab = "日本" + x\n3 | three\n  | ^^^^^\n4 | four\n  | ^^^^ two lines\n  = help: do it',
    )
  })
  test("a line too long for any terminal is shown around its mark, and never in the middle of a character", () => {
    const text = `${"😀".repeat(5000)}wrong${"y".repeat(5000)}`
    const found = renderDiagnostic(
      diagnostic("FM1004", { character: "w" }, at(10_000, 10_005), { label: "here" }),
      () => text,
    )
    const [code = "", mark = ""] = found.split("\n").slice(3)
    expect(code).toBe(`1 | …${"😀".repeat(30)}wrong${"y".repeat(95)}…`)
    expect(mark).toBe(`  | ${" ".repeat(61)}^^^^^ here`)
  })
  test("a mark longer than what is shown ends at its edge", () => {
    const found = renderDiagnostic(diagnostic("FM1004", { character: "w" }, at(0, 9000)), () =>
      "x".repeat(10_000),
    )
    expect(found.split("\n").slice(3)).toEqual([`1 | ${"x".repeat(160)}…`, `  | ${"^".repeat(161)}`])
  })
  test("several files, one of them missing", () => {
    const d = found([
      { place: at(0, 3), voice: "primary", text: "here" },
      { place: at(5, 9, "gone.fmap"), voice: "secondary", text: "there" },
    ])
    expect(render(d)).toBe(
      "error[FM1004]: Message.\n --> a.fmap:1:1\n  |\n1 | one\n  | ^^^ here\n --> gone.fmap\n  = there",
    )
  })
  test("places outside of the text and control characters break nothing", () => {
    expect(render(found([{ place: at(900, 950), voice: "primary", text: "\u001b[31mred\u202e" }]))).toContain(
      "\ufffd[31mred\ufffd",
    )
    expect(render(found([{ place: at(0, 0), voice: "primary", text: "empty" }]), { "a.fmap": "" })).toContain(
      "a.fmap:1:1",
    )
  })
  test("colour only when asked for", () => {
    const d = found([{ place: at(0, 3), voice: "primary", text: "here" }])
    expect(render(d)).not.toContain("\u001b")
    expect(renderDiagnostic(d, () => text, { color: true })).toContain("\u001b[1;31m")
  })
})
