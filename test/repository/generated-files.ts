// Files that are made from source and committed: each with its path and what it must hold. `npm run generate` writes them, a
// test compares them.

import { ruleFamilies, rulePage } from "@fmap/compiler"
import { textMateGrammar } from "@fmap/editor"
import { keywords } from "@fmap/grammar"
import { functionSpecs } from "@fmap/runtime/functions"
import { openApiDocument } from "@fmap/runtime/http"
import { configJsonSchema } from "../../cli/config/schema.ts"
import { flowConfigJsonSchema } from "../../cli/flow/flow-config.ts"
import { problemPages } from "../../runtime/problems/catalogue.ts"

export interface GeneratedFile {
  readonly path: string
  readonly text: string
}

export function generatedFiles(): readonly GeneratedFile[] {
  return [
    { path: "specs/schemas/fmap.schema.json", text: `${JSON.stringify(configJsonSchema(), null, 2)}\n` },
    {
      path: "specs/schemas/fmap.flows.schema.json",
      text: `${JSON.stringify(flowConfigJsonSchema(), null, 2)}\n`,
    },
    { path: "specs/schemas/fmap.api.json", text: `${JSON.stringify(openApiDocument(), null, 2)}\n` },
    { path: "editor/fmap.tmLanguage.json", text: `${JSON.stringify(textMateGrammar(), null, 2)}\n` },
    { path: "specs/reference/functions.md", text: functionPage() },
    { path: "specs/reference/words.md", text: wordPage() },
    ...ruleFamilies
      .flatMap(({ rules }) => Object.keys(rules))
      .map(id => ({ path: `specs/rules/${id}.md`, text: rulePage(id) ?? "" })),
    ...[...problemPages()].map(([code, text]) => ({ path: `specs/diagnostics/${code}.md`, text })),
  ]
}

function functionPage(): string {
  const parts = [...functionSpecs.values()].map(spec => {
    const signature = `${spec.name}(${spec.params.map(p => `${p.name}: ${p.type}`).join(", ")}) -> ${spec.returns}`
    const rows = spec.params.map(p => `- \`${p.name}\`: ${p.docs}`)
    const fails =
      spec.fallible === null ? "Never fails." : `Missing when ${spec.fallible}; a call needs an \`else\`.`
    const examples = spec.examples.map(e => `| \`${cell(e.call)}\` | \`${cell(e.gives)}\` |`)
    return [
      `## ${spec.name}`,
      "",
      "```text",
      signature,
      "```",
      "",
      `${spec.summary} ${fails}`,
      "",
      ...rows,
      "",
      "| call | gives |",
      "|---|---|",
      ...examples,
      "",
    ].join("\n")
  })
  const intro =
    "# Built-in functions\n\nMade from `runtime/functions/*/spec.ts` by `npm run generate`; every example runs as a test. `round`, `money`, `amount_in`,\n`quantity`, `quantity_in`, `key` and the aggregates have rules of their own: see [expressions.md](expressions.md) and [money.md](money.md).\n"
  return `${intro}\n${parts.join("\n")}`
}

function wordPage(): string {
  const rows = keywords.map(k => `| \`${k.word}\` | ${k.role} | ${cell(k.docs)} |`)
  return `# Words\n\nMade from \`grammar/tokens/keywords.ts\` by \`npm run generate\`. No word is reserved: each is a keyword only where the grammar asks\nfor it; a field may be called \`type\`, \`map\` or \`from\`.\n\n| word | role | meaning |\n|---|---|---|\n${rows.join("\n")}\n`
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|")
}
