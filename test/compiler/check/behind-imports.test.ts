// One bad import is one mistake: what stands behind it is not known, and that is not said again where its names are used.
import { compile, memoryHost } from "@fmap/compiler"
import { describe, expect, test } from "vitest"

const crm = "system Crm { kind crm }\ncontract Deal of Crm version 1.0.0 reads {\n  id : text(18) key\n}\n"
const erp =
  "system Erp { kind erp }\ncontract Order of Erp version 1.0.0\n  writes\n  answers (number: text(20))\n{\n  dealId : text(18) key\n}\n"
const toOrder =
  'import { Deal } from "./crm.fmap"\nimport { Order } from "./erp.fmap"\nmap ToOrder version 1.0.0 from deal: Deal to order: Order {\n  dealId = deal.id\n}\n'
const flow = `
flow Orders version 1.0.0
  on deal: Deal changed
{
  send ToOrder(deal) to Erp.Order upsert

  on reject  queue "order-desk"
  on failure queue "order-desk"
}
`
const main = `import { Deal } from "./crm.fmap"
import { Order } from "./erp.fmap"
import { ToOrder } from "./maps.fmap"
${flow}`
const good = { "main.fmap": main, "crm.fmap": crm, "erp.fmap": erp, "maps.fmap": toOrder }

function told(files: Readonly<Record<string, string>>): readonly string[] {
  const { diagnostics } = compile(memoryHost(new Map(Object.entries(files))), ["main.fmap"], { emit: {} })
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, labels }) => `${code} ${labels[0].place.file}`)
}
const changed = (path: keyof typeof good, from: string, to: string) => {
  expect(good[path]).toContain(from)
  return { ...good, [path]: good[path].replaceAll(from, to) }
}

test("nothing is wrong with what the slips are made of", () => expect(told(good)).toEqual([]))

describe("one slip, one error", () => {
  test.each([
    ["a file that is not there", changed("main.fmap", "./erp.fmap", "./erq.fmap"), "FM7001 main.fmap"],
    ["a contract that is not declared there", changed("erp.fmap", "contract Order", "contract Ordre"), null],
    ["a contract by another name", changed("main.fmap", "import { Order }", "import { Ordre }"), null],
    ["a map of a file that is not there", changed("main.fmap", "./maps.fmap", "./map.fmap"), null],
    ["what the trigger is about", changed("main.fmap", "./crm.fmap", "./cmr.fmap"), null],
    ["a path that leaves the project", changed("main.fmap", "./erp.fmap", "../../erp.fmap"), null],
    ["the system of a contract", changed("erp.fmap", "of Erp", "of Erpp"), "FM2013 erp.fmap"],
    [
      "a file of which a part cannot be read",
      changed("erp.fmap", "contract Order of", "contract : of"),
      null,
    ],
  ] as const)("%s", (name, files, only) => {
    const found = told(files)
    const inMain = found.filter(one => one.endsWith(" main.fmap"))
    // Two files import what erp.fmap lacks: each import is told, and nothing else of either.
    if (name.startsWith("a contract that")) expect(found).toEqual(["FM2004 maps.fmap", "FM2004 main.fmap"])
    else if (name.startsWith("a file of which")) expect(inMain).toEqual([])
    else expect(found).toHaveLength(1)
    if (only !== null) expect(found).toEqual([only])
  })

  test("names of calendars, crosswalks, functions and enums of such a file", () => {
    const uses = `import { Rates, twice, Mood, Fiscal } from "./nothing.fmap"
import { Deal } from "./crm.fmap"
record Made {
  a : text(18)
  b : text(18)
  c : decimal(9,2)
  d : text(18)
}
map Make version 1.0.0 from deal: Deal to made: Made {
  a = Rates(deal.id) else hold NO_RATE
  b = match { Mood.Glad == Mood.Sad -> "a", otherwise -> "b" }
  c = twice(3)
  d = inverse(Rates, deal.id) else hold NO_RATE
}
`
    expect(told({ ...good, "main.fmap": uses })).toEqual(["FM7001 main.fmap"])
  })
})

describe("what nobody imported is still told", () => {
  test("beside an import that failed", () => {
    const files = changed("main.fmap", "./erp.fmap", "./erq.fmap")
    const wrong = files["main.fmap"].replace("ToOrder(deal)", "ToOrdre(deal)")
    expect(told({ ...files, "main.fmap": wrong })).toEqual(["FM7001 main.fmap", "FM2014 main.fmap"])
  })
  test("of another contract of the same system", () =>
    expect(told(changed("main.fmap", "Erp.Order", "Erp.Ordre"))).toEqual(["FM7106 main.fmap"]))
  test("of a file that says all it has", () =>
    expect(told(changed("maps.fmap", "map ToOrder", "map ToOrdre"))).toEqual(["FM2004 main.fmap"]))
  test("of another file than the one that failed", () => {
    const files = changed("crm.fmap", "contract Deal of Crm", "contract : of Crm")
    const wrong = files["main.fmap"].replace("import { Order }", "import { Ordre }")
    expect(told({ ...files, "main.fmap": wrong }).filter(one => one.endsWith(" main.fmap"))).toEqual([
      "FM2004 main.fmap",
    ])
  })
})
