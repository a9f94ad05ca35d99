// A released map that is there under another name only: it is missed as before, and who misses it hears where what it made is made now.
import { expect, test } from "vitest"
import { checked, released } from "./releases.ts"

const project = (name: string, value = "deal.net"): string => `contract Deal version 1.0.0 {
  id  : text(20)  key
  net : decimal(12,2)
}

contract Order version 1.0.0 {
  id    : text(20)  key
  total : decimal(14,2)
}

map ${name} version 1.0.0
  from deal: Deal
  to   order: Order
{
  key id = deal.id
  total  = ${value}
}
`
const gone = (sources: string): readonly (readonly [string, string | null])[] =>
  checked(sources, released(project("Book")))
    .changes.filter(({ finding }) => finding.rule === "V003")
    .map(({ finding }) => [finding.message, finding.fix])

test("the map that makes what it made is named", () => {
  expect(gone(project("BookOrder"))).toEqual([
    [
      "map Book is gone, and its version 1.0.0 is still supported; BookOrder makes what it made, under another name.",
      "Bring it back beside BookOrder, or retire it first: fmap release retire Book@1.0.0",
    ],
  ])
})
test("one that makes something else is not", () => {
  expect(gone(project("BookOrder", "deal.net * 2"))).toEqual([
    [
      "map Book is gone, and its version 1.0.0 is still supported.",
      "Bring it back, or retire it first: fmap release retire Book@1.0.0",
    ],
  ])
})
