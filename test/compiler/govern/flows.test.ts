// Labels do not end where a flow hands a value to a map: what it gives beside records is followed like what a map reads.
import { analyse, lint, memoryHost } from "@fmap/compiler"
import { expect, test } from "vitest"

const text = (given: string, cleared: string): string => `
policy Privacy version 1.0.0 { pii reaches only systems cleared for pii }

system Crm { kind crm  cleared for pii }
system Mailer { kind marketing${cleared} }

contract Account of Crm version 1.0.0 reads {
  id   : text(18)  key
  name : text(80)  pii
  size : int
}
contract Letter of Mailer version 1.0.0 writes {
  id  : text(18)  key
  for : text(200)
}
map ToLetter version 1.0.0 from account: Account given name: text(200) to letter: Letter {
  id  = account.id
  for = name
  ignore account.name, account.size because "a letter has what it is given"
}

flow Letters version 1.0.0
  on account: Account changed
{
  let line = ${given}
  send ToLetter(account, line) to Mailer.Letter upsert

  on reject  queue "desk"
  on failure queue "desk"
}
`

function found(given: string, cleared = ""): readonly string[] {
  const host = memoryHost(new Map([["main.fmap", text(given, cleared)]]))
  const { plan, diagnostics } = analyse(host, ["main.fmap"])
  if (plan === null) throw new Error(diagnostics.map(one => one.message).join("\n"))
  const answer = lint(plan, { today: "2026-06-30", policy: null })
  if (answer.kind !== "judged") throw new Error("no bundle")
  return answer.findings.filter(({ rule }) => rule === "G044").map(({ message }) => message)
}

test("a personal field that a flow gives a map reaches the map's system", () => {
  expect(found('"for {account.name}"')).toEqual([
    'Personal data (Letters: account.name) comes to stand in "for" of Mailer, which is not cleared for it.',
  ])
})
test("a system that is cleared may have it", () => {
  expect(found('"for {account.name}"', "  cleared for pii")).toEqual([])
})
test("what is not personal, or only hidden, reaches no one", () => {
  expect(found('"of {account.id}"')).toEqual([])
  expect(found("masked(account.name, 2)")).toEqual([])
})
