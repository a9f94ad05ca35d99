// What a change of a map or crosswalk deserves, as data: each case edits the project below. Flows out: the project and the cases.
import type { Bump } from "@fmap/compiler"

export const invoices = `contract Invoice version 1.0.0 {
  number   : text(20)  key
  currency : currency
  region   : text(4)
  note?    : text(40)
  net      : decimal(12,2)
  tax      : decimal(12,2)
}

contract Posting version 1.0.0 {
  document : text(20)  key
  ccy      : currency
  area     : text(30)
  memo?    : text(40)
  amount   : money(14,2) in ccy
}

crosswalk Area(region: text(4)) -> text(30) version 1.0.0 {
  "EMEA" -> "Europe"
  "AMER" -> "America"
}

map Post version 1.0.0
  from invoice: Invoice
  to   posting: Posting
{
  check invoice.net > 0 else reject NOT_POSITIVE
  key document = invoice.number
  ccy    = invoice.currency
  area   = Area(invoice.region) else hold UNKNOWN_REGION "no area for {invoice.region}"
  amount = money(invoice.net + invoice.tax, invoice.currency)
  leave memo because "nobody asked for it"
  ignore invoice.note because "nobody asked for it"
}
`

type Edit = readonly [from: string, to: string]

export interface VersionCase {
  readonly title: string
  readonly edits: readonly Edit[]
  /** The contract of which nobody reads a field any more. */
  readonly idle?: string
  readonly subject: "Post" | "Area"
  /** The version it says after the change. */
  readonly version: string
  readonly deserves: Bump
  readonly enough: boolean
  /** Of what the findings about it say. */
  readonly rules: readonly string[]
  /** What stands in the way of a release. */
  readonly stops: readonly string[]
}

const map = (to: string): Edit => ["map Post version 1.0.0", `map Post version ${to}`]
const crosswalk = (to: string): Edit => ["text(30) version 1.0.0", `text(30) version ${to}`]
const termsTurned: Edit = ["invoice.net + invoice.tax", "invoice.tax + invoice.net"]
export const netOnly: Edit = [
  "amount = money(invoice.net + invoice.tax, invoice.currency)",
  'amount = money(invoice.net, invoice.currency)\n  ignore invoice.tax because "booked elsewhere"',
]
const memoFilled: Edit = [
  'leave memo because "nobody asked for it"\n  ignore invoice.note because "nobody asked for it"',
  "memo = invoice.note",
]
const rowAdded: Edit = ['"AMER" -> "America"', '"AMER" -> "America"\n  "APAC" -> "Asia"']
const rowChanged: Edit = ['-> "Europe"', '-> "Europe and Africa"']
const otherWords: Edit = ["no area for {invoice.region}", "nobody knows the area of {invoice.region}"]

export const versionCases: readonly VersionCase[] = [
  {
    title: "a refactoring is a patch",
    edits: [termsTurned, map("1.0.1")],
    subject: "Post",
    version: "1.0.1",
    deserves: "patch",
    enough: true,
    rules: ["M001"],
    stops: [],
  },
  {
    title: "a refactoring under the version that was released is refused",
    edits: [termsTurned],
    subject: "Post",
    version: "1.0.0",
    deserves: "patch",
    enough: false,
    rules: ["M001"],
    stops: ["V004"],
  },
  {
    title: "a refactoring may call itself more than it is",
    edits: [termsTurned, map("2.0.0")],
    subject: "Post",
    version: "2.0.0",
    deserves: "patch",
    enough: true,
    rules: ["M001"],
    stops: [],
  },
  {
    title: "other words for people are a patch that no rule has to explain",
    edits: [otherWords, map("1.0.1")],
    subject: "Post",
    version: "1.0.1",
    deserves: "patch",
    enough: true,
    rules: [],
    stops: [],
  },
  {
    title: "an optional field that is filled now is minor",
    edits: [memoFilled, map("1.1.0")],
    subject: "Post",
    version: "1.1.0",
    deserves: "minor",
    enough: true,
    rules: ["L005", "M028"],
    stops: [],
  },
  {
    title: "a patch is too low for an optional field that is filled now",
    edits: [memoFilled, map("1.0.1")],
    subject: "Post",
    version: "1.0.1",
    deserves: "minor",
    enough: false,
    rules: ["L005", "M028"],
    stops: ["V001"],
  },
  {
    title: "another amount is major",
    edits: [netOnly, map("2.0.0")],
    subject: "Post",
    idle: "Invoice",
    version: "2.0.0",
    deserves: "major",
    enough: true,
    rules: ["M007"],
    stops: [],
  },
  {
    title: "a minor version is too low for another amount",
    edits: [netOnly, map("1.1.0")],
    subject: "Post",
    idle: "Invoice",
    version: "1.1.0",
    deserves: "major",
    enough: false,
    rules: ["M007"],
    stops: ["M007", "V001"],
  },
  {
    title: "what is most of several changes decides",
    edits: [netOnly, memoFilled, map("2.0.0")],
    subject: "Post",
    idle: "Invoice",
    version: "2.0.0",
    deserves: "major",
    enough: true,
    rules: ["L005", "M007", "M028"],
    stops: [],
  },
  {
    title: "a code that is mapped now is minor",
    edits: [rowAdded, crosswalk("1.1.0")],
    subject: "Area",
    version: "1.1.0",
    deserves: "minor",
    enough: true,
    rules: ["M017"],
    stops: [],
  },
  {
    title: "a patch is too low for a code that is mapped now",
    edits: [rowAdded, crosswalk("1.0.1")],
    subject: "Area",
    version: "1.0.1",
    deserves: "minor",
    enough: false,
    rules: ["M017"],
    stops: ["V001"],
  },
  {
    title: "a code that means something else is major",
    edits: [rowChanged, crosswalk("2.0.0")],
    subject: "Area",
    version: "2.0.0",
    deserves: "major",
    enough: true,
    rules: ["M015"],
    stops: [],
  },
  {
    title: "a code that means something else under the version that was released is refused",
    edits: [rowChanged],
    subject: "Area",
    version: "1.0.0",
    deserves: "major",
    enough: false,
    rules: ["M015"],
    stops: ["M015", "V004"],
  },
  {
    title: "a new code may call itself major",
    edits: [rowAdded, crosswalk("2.0.0")],
    subject: "Area",
    version: "2.0.0",
    deserves: "minor",
    enough: true,
    rules: ["M017"],
    stops: [],
  },
]
