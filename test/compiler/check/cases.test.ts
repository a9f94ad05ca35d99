// What the checker says of each case: exactly these codes on exactly these lines; and Law 5 where the case tells it.
import { compile, memoryHost } from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { type CheckCase, readCheckCases } from "./read-cases.ts"

const cases = readCheckCases().map(one => [one.title, one] as const)

describe.each(cases)("%s", (_, one) => {
  const { diagnostics, plan } = compile(memoryHost(new Map([["main.fmap", one.text]])), ["main.fmap"], {
    emit: {},
  })
  test("gives these codes on these lines", () => {
    const found = diagnostics.map(({ code, labels }) => `${lineOf(one, labels[0].place.span.start)} ${code}`)
    expect(found, `${one.text}\n${diagnostics.map(d => d.message).join("\n")}`).toEqual(one.expected)
  })
  if (one.codes === null) return
  test("can end with these codes", () => {
    const codes = plan?.maps[0]?.codes.filter(({ origin }) => origin !== "payload") ?? []
    expect(codes.map(({ code, verb }) => (verb === "reject" ? code : `${verb} ${code}`))).toEqual(one.codes)
  })
})

function lineOf({ text }: CheckCase, offset: number): number {
  return text.slice(0, offset).split("\n").length
}
