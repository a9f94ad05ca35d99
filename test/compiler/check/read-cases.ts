// The checker's cases as data. Flows in: cases/*.txt. Flows out: per case one project and where which code is expected.
//
//   # title                        then lines of declarations, if any
//   in   a?: text(9), b: int       the source `i`, a record of these fields
//   out  x: text(9)                the target `o`
//   x = i.a // FM3102              the map's body; a comment names the codes its line gives, no comment none
//   map  FM4109                    optional: codes that stand at the map's name
//   codes  hold LATE, OUT_OF_RANGE  optional: Law 5 of the map, without what the door says of the payload
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

export interface CheckCase {
  readonly title: string
  readonly text: string
  /** `17 FM3102`, in order. */
  readonly expected: readonly string[]
  readonly codes: readonly string[] | null
}

const folder = join(import.meta.dirname, "cases")

export function readCheckCases(): readonly CheckCase[] {
  return readdirSync(folder)
    .sort()
    .flatMap(file =>
      readFileSync(join(folder, file), "utf8")
        .split(/^# /mu)
        .slice(1)
        .map(block => readCase(file.replace(".txt", ""), block)),
    )
}

function readCase(file: string, block: string): CheckCase {
  const [title = "", ...lines] = block.trimEnd().split("\n")
  const before: string[] = []
  const body: string[] = []
  const record = (name: string) =>
    lines
      .find(line => line.startsWith(`${name} `))
      ?.slice(name.length)
      .trim() ?? ""
  const start = lines.findIndex(line => line.startsWith("out "))
  for (const [i, line] of lines.entries()) {
    if (/^(in|out|map|codes)( |$)/u.test(line)) continue
    ;(i < start ? before : body).push(line)
  }
  const text = [
    `record In { ${record("in")} }`,
    `record Out { ${record("out")} }`,
    ...before,
    `map M version 1.0.0 from i: In to o: Out { // ${record("map")}`,
    ...body,
    "}",
    "",
  ].join("\n")
  const codes = lines.find(line => /^codes( |$)/u.test(line))
  return {
    title: `${file}: ${title}`,
    text,
    expected: text
      .split("\n")
      .flatMap((line, i) =>
        [...(/\/\/ (FM.*)$/u.exec(line)?.[1] ?? "").matchAll(/FM\d{4}/gu)].map(
          ([code]) => `${i + 1} ${code}`,
        ),
      ),
    codes:
      codes === undefined
        ? null
        : codes
            .slice(6)
            .split(",")
            .map(code => code.trim())
            .filter(code => code !== ""),
  }
}
