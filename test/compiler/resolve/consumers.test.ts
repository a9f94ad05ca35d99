// Consumers from text to Plan: what they read, and what is refused.
import { analyse, memoryHost } from "@fmap/compiler"
import { expect, test } from "vitest"
import { planOf } from "../release/project.ts"

const shop = `record Line {
  sku    : text(20)
  amount : decimal(12,2)
}

contract Order version 1.0.0 {
  id    : text(20)  key
  buyer : { name : text(40), city? : text(40) }
  lines : Line[]
  total : decimal(12,2)
}

contract Booking version 1.0.0 {
  id    : text(20)  key
  total : decimal(12,2)
}

map Book version 1.0.0
  from order: Order
  to   booking: Booking
{
  key id = order.id
  total = order.total
  ignore order.buyer because "-"
  ignore order.lines because "-"
}
`
  .replace("{ name : text(40), city? : text(40) }", "Buyer")
  .replace("record Line", "record Buyer {\n  name  : text(40)\n  city? : text(40)\n}\n\nrecord Line")

const codes = (consumer: string) =>
  analyse(memoryHost(new Map([["a.fmap", `${shop}\n${consumer}\n`]])), ["a.fmap"]).diagnostics.map(
    ({ code, message }) => `${code} ${message}`,
  )

test("a consumer says who it is and what it reads, of contracts and of what maps make", () => {
  const plan = planOf({
    "a.fmap": shop,
    "readers.fmap": `import { Order, Book } from "./a.fmap"

/// The weekly figures.
consumer RevenueBi
  owner   "Revenue BI"
  contact "bi@example.com"
{
  reads Order { total, lines.amount, buyer.name }
  reads Book
}

consumer Archive {
  reads Order
}
`,
  })
  expect(
    plan.consumers?.map(({ at: _, reads, ...rest }) => ({
      ...rest,
      reads: reads.map(({ of, fields }) => ({ of, fields })),
    })),
  ).toEqual([
    {
      name: "RevenueBi",
      file: 1,
      docs: "The weekly figures.",
      owner: "Revenue BI",
      contact: "bi@example.com",
      reads: [
        {
          of: { kind: "contract", shape: "Order" },
          fields: [["total"], ["lines", "amount"], ["buyer", "name"]],
        },
        { of: { kind: "map", map: "Book" }, fields: null },
      ],
    },
    {
      name: "Archive",
      file: 1,
      docs: "",
      owner: null,
      contact: null,
      reads: [{ of: { kind: "contract", shape: "Order" }, fields: null }],
    },
  ])
})

test("a Plan without consumers says nothing of them", () =>
  expect(planOf({ "a.fmap": shop })).not.toHaveProperty("consumers"))

test.each([
  ["nothing", "consumer A {\n}", ['FM6608 The consumer "A" does not say what it reads.']],
  [
    "a field that is not there",
    "consumer A {\n  reads Order { totl }\n}",
    ['FM6611 A consumer reads "totl" of Order, which has no such field.'],
  ],
  [
    "a field of a record in a list",
    "consumer A {\n  reads Order { lines.net }\n}",
    ['FM6611 A consumer reads "net" of Line, which has no such field.'],
  ],
  [
    "a field of a figure",
    "consumer A {\n  reads Order { total.net }\n}",
    ['FM6611 A consumer reads "net" of total, which has no such field.'],
  ],
  [
    "a field of what a map does not make",
    "consumer A {\n  reads Book { lines }\n}",
    ['FM6611 A consumer reads "lines" of Booking, which has no such field.'],
  ],
  [
    "what is not there",
    "consumer A {\n  reads Ordr\n}",
    ['FM6610 There is no contract or map named "Ordr" in this file.'],
  ],
  [
    "a record",
    "consumer A {\n  reads Line\n}",
    ['FM2008 "Line" is a record; here stands a contract or a map.'],
  ],
  [
    "one contract twice",
    "consumer A {\n  reads Order\n  reads Order { total }\n}",
    ['FM6609 "Order" stands twice in what this consumer reads.'],
  ],
  [
    "one field twice",
    "consumer A {\n  reads Order { total, total }\n}",
    ['FM6609 "total" stands twice in what is read of Order.'],
  ],
] as const)("%s is refused", (_, consumer, expected) => expect(codes(consumer)).toEqual(expected))

test("two consumers of one name are refused, in two files too", () => {
  const files = new Map([
    ["a.fmap", `${shop}\nconsumer A {\n  reads Order\n}\n`],
    ["b.fmap", `import { Order } from "./a.fmap"\n\nconsumer A {\n  reads Order\n}\n`],
  ])
  expect(analyse(memoryHost(files), ["a.fmap", "b.fmap"]).diagnostics.map(({ code }) => code)).toEqual([
    "FM2003",
  ])
})
