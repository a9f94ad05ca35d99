// One hostile document, read in a process of its own: what it is called comes as an argument, what became of it is printed. Run with a small heap, so that a document that fills it ends the process.

import { argv } from "node:process"
import { readJson } from "@fmap/runtime"
import { readXml } from "@fmap/runtime/formats/xml"

const names = (count: number, name: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => name(at)).join("")
const entities = names(30, at => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`)

const documents = {
  "an entity bomb": () => `<!DOCTYPE a [<!ENTITY a0 "lol">${entities}]><a>&a30;</a>`,
  "a long entity, many times": () =>
    `<!DOCTYPE a [<!ENTITY x "${"x".repeat(100_000)}">]><a>${"&x;".repeat(100_000)}</a>`,
  "a million levels of elements": () => "<a>".repeat(1_000_000),
  "a name of ten million characters": () => `<${"a".repeat(10_000_000)}/>`,
  "a name of an attribute as long": () => `<a ${"a".repeat(10_000_000)}="1"/>`,
  "300,000 attributes": () => `<a ${names(300_000, at => ` x${at}=""`)}/>`,
  "100,000 namespaces": () => `<a ${names(100_000, at => ` xmlns:x${at}="u"`)}/>`,
  "a comment without end": () => `<a><!--${"a".repeat(10_000_000)}`,
  "a million levels of lists": () => "[".repeat(1_000_000),
  "a member ten thousand times": () => `{${names(10_000, () => '"a":1,')}"a":1}`,
} satisfies Readonly<Record<string, () => string>>

const [name] = argv.slice(2)
const found = Object.entries(documents).find(([one]) => one === name)
if (found !== undefined) console.log(outcome(found[1]()))

function outcome(text: string): string {
  if (text.startsWith("<")) {
    const read = readXml(text)
    return "problem" in read ? read.problem.code : "read"
  }
  const read = readJson(text)
  return "refused" in read ? read.refused.code : "read"
}
