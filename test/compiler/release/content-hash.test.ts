// What a release is known by: everything that others notice changes the hash, nothing else does.
import { type Manifest, manifestsOf, releaseSubjects } from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { planOf, shop } from "./project.ts"

function hashes(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const plan = planOf(files)
  const manifestOf = manifestsOf(plan)
  return Object.fromEntries(
    releaseSubjects(plan).map(subject => {
      const { content }: Manifest = manifestOf(subject)
      return [subject.name, content]
    }),
  )
}

const before = hashes({ "shop.fmap": shop })
const changed = (edit: (text: string) => string): readonly string[] => {
  const text = edit(shop)
  expect(text).not.toBe(shop)
  const after = hashes({ "shop.fmap": text })
  return Object.keys(before).filter(name => before[name] !== after[name])
}

describe("nothing that others notice", () => {
  test.each<readonly [string, (text: string) => string]>([
    ["blank lines and comments", text => `// Our shop.\n\n\n${text}`],
    ["documentation", text => text.replace("What was bought.", "What a customer bought.")],
    ["an owner", text => text.replace("lifecycle active", 'owner "Sales"\n  lifecycle active')],
    ["the lifecycle", text => text.replace("lifecycle active", "lifecycle deprecated")],
    ["the version itself", text => text.replace("Shop version 1.0.0", "Shop version 1.4.0")],
    [
      "the order of fields",
      text =>
        text.replace(
          "  currency : currency\n  region   : text(4)\n",
          "  region   : text(4)\n  currency : currency\n",
        ),
    ],
    [
      "the order of rows",
      text =>
        text.replace(
          `  "EMEA" -> "Europe"\n  "AMER" -> "America"\n`,
          `  "AMER" -> "America"\n  "EMEA" -> "Europe"\n`,
        ),
    ],
    [
      "the name of a local",
      text => text.replaceAll("let name", "let called").replace("region = name", "region = called"),
    ],
    ["another reason to ignore", text => text.replace("the total is enough", "nobody reads lines")],
  ])("%s", (_words, edit) => expect(changed(edit)).toEqual([]))

  test("the file it stands in", () => {
    const [contracts = "", map = ""] = shop.split(/(?=map Book)/u)
    const after = hashes({
      "a/contracts.fmap": contracts,
      "b.fmap": `import { Order, Booking, RegionName } from "./a/contracts.fmap"\n${map}`,
    })
    expect(after).toEqual(before)
  })
})

test("another declaration of the same name, in another file, changes nothing", () => {
  const other = `contract Booking version 9.0.0 {
  id : text(9)
}

crosswalk RegionName(code: text(2)) -> text(9) version 1.0.0 {
  "A" -> "B"
}
`
  const after = planOf({ "shop.fmap": shop, "other.fmap": other })
  const manifestOf = manifestsOf(after)
  const same = releaseSubjects(after).filter(({ at }) => at.startsWith("shop.fmap"))
  expect(same.map(({ declared }) => declared).toSorted()).toEqual(Object.keys(before).toSorted())
  for (const subject of same) expect(manifestOf(subject).content, subject.name).toBe(before[subject.declared])
})

test("the order of fields counts where a value has no other name", () => {
  const rows = (fields: string) =>
    hashes({
      "a.fmap": `system Files {
  kind file
  wire csv(delimiter: ";", header: no)
}

contract Row of Files version 1.0.0 {
${fields}}
`,
    })
  const [a, b] = ["  a : text(4)\n", "  b : text(4)\n"]
  expect(rows(`${a}${b}`)).not.toEqual(rows(`${b}${a}`))
})

describe("what others notice changes what it is about, and that alone", () => {
  test.each<readonly [string, (text: string) => string, readonly string[]]>([
    [
      "a length",
      text =>
        text
          .replace("region   : text(4)", "region   : text(8)")
          .replace("(region: text(4))", "(region: text(8))"),
      ["Order", "RegionName"],
    ],
    [
      "a new field",
      text =>
        text
          .replace("  lines    :", "  note?    : text(80)\n  lines    :")
          .replace("ignore order.lines", 'ignore order.note because "-"\n  ignore order.lines'),
      ["Order"],
    ],
    ["a field of a record inside", text => text.replace("sku    : text(20)", "sku    : text(30)"), ["Order"]],
    [
      "a field that may be missing, and so need not be made",
      text => text.replace("  region : text(30)", "  region? : text(30)"),
      ["Book", "Booking"],
    ],
    ["a row", text => text.replace(`"Europe"`, `"Europe and Africa"`), ["RegionName"]],
    ["an expression", text => text.replace("total  = order.total", "total  = -order.total"), ["Book"]],
    ["a code", text => text.replaceAll("UNKNOWN_REGION", "NO_REGION"), ["Book"]],
    [
      "the name of a source, which callers use",
      text => text.replaceAll("order.", "bought.").replace("from order:", "from bought:"),
      ["Book"],
    ],
    ["what a replay does", text => text.replace("changed reject", "changed hold"), ["Book"]],
  ])("%s", (_words, edit, names) => expect(changed(edit).toSorted()).toEqual(names.toSorted()))
})

test("a row's value counts whole, whatever its members are called", () => {
  const text = (at: string) => `record Place {
  at      : text(10)
  owner   : text(10)
}

crosswalk Places(code: text(4)) -> Place version 1.0.0 {
  "A" -> { at = "${at}", owner = "us" }
}
`
  expect(hashes({ "a.fmap": text("here") })).not.toEqual(hashes({ "a.fmap": text("there") }))
})
