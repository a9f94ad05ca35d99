// A spec sheet as a table of texts, for spreadsheets. Flows in: the page of a map. Flows out: rows, the header first.
import { type MapPage, plainWords } from "@fmap/compiler"

export function sheetTable({ lines }: MapPage): readonly (readonly string[])[] {
  return [
    [
      "Target field",
      "Type",
      "State",
      "Rule",
      "Source fields (value)",
      "Source fields (decide)",
      "Rounding and cuts",
      "Without a value",
      "Reason",
      "Place",
      "Source",
    ],
    ...lines.map(line => [
      line.path,
      line.type,
      stateText(line.state),
      line.rules.map(ruleText).join("\n"),
      line.values.join("\n"),
      line.decides.join("\n"),
      line.losses.map(plainWords).join("\n"),
      line.waysOut.map(wayOutText).join("\n"),
      line.because,
      line.place,
      line.source,
    ]),
  ]
}

function stateText(state: MapPage["lines"][number]["state"]): string {
  return { set: "set", whole: "made of the fields below", left: "left", computed: "filled by the target" }[
    state
  ]
}

function ruleText({ words, cases }: MapPage["lines"][number]["rules"][number]): string {
  const told = cases.map(({ when, then }) => `${plainWords(when)}: ${plainWords(then)}`)
  return [plainWords(words), ...told].join("\n")
}

function wayOutText({ verb, code, message, when }: MapPage["lines"][number]["waysOut"][number]): string {
  return `${verb} ${code} when ${plainWords(when)}${message === "" ? "" : `: ${message}`}`
}
