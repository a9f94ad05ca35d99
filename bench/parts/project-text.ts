// A big generated project, in fmap and in TypeSpec. Flows in: how many files; flows out: their texts by path. Every file has an
// enum, records, a contract that reads and one that writes; in fmap also a map between them, which TypeSpec cannot say.
export function fmapProject(count: number): ReadonlyMap<string, string> {
  return new Map(numbers(count).map(k => [`f${k}.fmap`, fmapFile(k)]))
}

export function typespecProject(count: number): ReadonlyMap<string, string> {
  const files = numbers(count).map((k): [string, string] => [`f${k}.tsp`, typespecFile(k)])
  const imports = files.map(([path]) => `import "./${path}";\n`).join("")
  return new Map([["main.tsp", imports], ...files])
}

export function lineCount(project: ReadonlyMap<string, string>): number {
  return [...project.values()].reduce((sum, text) => sum + text.split("\n").length - 1, 0)
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)
const lines = (count: number, line: (index: number) => string) =>
  numbers(count)
    .map(i => `${line(i)}\n`)
    .join("")

function fmapFile(k: number): string {
  return `enum Kind${k} { A, B, C }

/// A line as it comes.
record Line${k}(ccy: currency) {
${lines(12, i => `  f${i} : text(40)`)}  quantity : decimal(12,2)
  price    : money(18,2) in ccy
}

/// What comes.
contract In${k} version 1.0.0
  reads
{
  id   : text(18)  key
  ccy  : currency
  kind : Kind${k}
${lines(30, i => `  g${i} : text(40)`)}  lines : Line${k}(ccy)[1..]
}

record OutLine${k}(ccy: currency) {
${lines(12, i => `  f${i} : text(40)`)}  amount : money(18,2) in ccy
}

/// What goes.
contract Out${k} version 1.0.0
  writes
{
  id    : text(18)  key
  ccy   : currency
  kind  : text(20)
  total : money(20,2) in ccy
${lines(30, i => `  h${i} : text(80)`)}  lines : OutLine${k}(ccy)[1..]
}

map M${k} version 1.0.0
  from i: In${k}
  to   o: Out${k}
{
  key id = i.id
  ccy    = i.ccy
  kind   = match i.kind { A -> "a", B -> "b", C -> "c" }
${lines(30, i => `  h${i} = ${i % 3 === 0 ? `"{i.g${i}} x"` : `i.g${i}`}`)}
  lines = each i.lines as line {
${lines(12, i => `    f${i} = line.f${i}`)}    amount = round(line.quantity * line.price, minor, half_even)
  }
  total = sum(lines.amount)
}
`
}

function typespecFile(k: number): string {
  const text = (name: string, length: number) => `  @maxLength(${length}) ${name}: string;`
  return `import "@typespec/json-schema";

using TypeSpec.JsonSchema;

@jsonSchema
namespace P${k} {

enum Kind${k} { A, B, C }

/** A line as it comes. */
model Line${k} {
${lines(12, i => text(`f${i}`, 40))}  quantity: decimal;
  price: decimal;
}

/** What comes. */
model In${k} {
${text("id", 18)}
  @pattern("^[A-Z]{3}$") ccy: string;
  kind: Kind${k};
${lines(30, i => text(`g${i}`, 40))}  @minItems(1) lines: Line${k}[];
}

model OutLine${k} {
${lines(12, i => text(`f${i}`, 40))}  amount: decimal;
}

/** What goes. */
model Out${k} {
${text("id", 18)}
  @pattern("^[A-Z]{3}$") ccy: string;
${text("kind", 20)}
  total: decimal;
${lines(30, i => text(`h${i}`, 80))}  @minItems(1) lines: OutLine${k}[];
}

}
`
}
