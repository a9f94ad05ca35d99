// The TextMate grammar of fmap. Flows in: the word table of @fmap/grammar. Flows out: plain JSON that editors and documentation
// sites colour with (`editor/fmap.tmLanguage.json`). It colours; it does not judge: the parser does.
import { type Keyword, keywords } from "@fmap/grammar"

interface Rule {
  readonly name?: string
  readonly match?: string
  readonly begin?: string
  readonly end?: string
  readonly captures?: Readonly<Record<string, { readonly name: string }>>
  readonly patterns?: readonly Rule[]
  readonly include?: string
}

export interface TextMateGrammar {
  readonly name: string
  readonly scopeName: string
  readonly fileTypes: readonly string[]
  readonly patterns: readonly Rule[]
  readonly repository: Readonly<Record<string, Rule>>
}

const scopes: Readonly<Record<Keyword["role"], string>> = {
  declaration: "keyword.declaration.fmap",
  clause: "keyword.other.clause.fmap",
  member: "keyword.other.member.fmap",
  modifier: "storage.modifier.fmap",
  statement: "keyword.control.statement.fmap",
  expression: "keyword.control.expression.fmap",
  operator: "keyword.operator.word.fmap",
  exit: "keyword.control.exit.fmap",
  test: "keyword.other.test.fmap",
  literal: "constant.language.fmap",
  type: "storage.type.fmap",
}

export function textMateGrammar(): TextMateGrammar {
  return {
    name: "fmap",
    scopeName: "source.fmap",
    fileTypes: ["fmap"],
    patterns: [
      "docs",
      "comment",
      "pattern",
      "text",
      "quotedName",
      "time",
      "number",
      "enumMember",
      "fieldName",
      "words",
      "typeName",
      "operator",
    ].map(name => ({ include: `#${name}` })),
    repository: {
      docs: { name: "comment.line.documentation.fmap", match: "///.*$" },
      comment: { name: "comment.line.double-slash.fmap", match: "//.*$" },
      pattern: { name: "string.regexp.fmap", match: '\\bre"(?:[^"\\\\]|\\\\.)*"' },
      text: {
        name: "string.quoted.double.fmap",
        begin: '"',
        end: '"|$',
        patterns: [
          { name: "constant.character.escape.fmap", match: "\\\\(?:u\\{[0-9A-Fa-f]+\\}|.)|\\{\\{|\\}\\}" },
          { name: "meta.interpolation.fmap", match: '\\{[^{}"]*\\}' },
        ],
      },
      quotedName: { name: "variable.other.fmap", match: "`[^`]*`" },
      time: {
        name: "constant.numeric.time.fmap",
        match: "\\b\\d{4}-\\d{2}-\\d{2}(?:T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:Z|[+-]\\d{2}:\\d{2}))?\\b",
      },
      number: { name: "constant.numeric.fmap", match: "\\b\\d+(?:\\.\\d+){0,2}(?:%|(?:ms|s|min|h|d)\\b)?" },
      enumMember: { name: "constant.other.enum.fmap", match: "(?<![\\w)\\]`])\\.[\\p{L}_][\\p{L}\\p{N}_]*" },
      // A word before `:` or `=` is a name, whatever it is elsewhere.
      fieldName: {
        name: "variable.other.field.fmap",
        match: "[\\p{L}_][\\p{L}\\p{N}_]*(?=\\s*\\??\\s*(?::|=(?!=)))",
      },
      words: { patterns: wordRules() },
      typeName: { name: "entity.name.type.fmap", match: "\\b\\p{Lu}[\\p{L}\\p{N}_]*\\b" },
      operator: { name: "keyword.operator.fmap", match: "->|==|!=|<=|>=|\\.\\.|[=<>+*/?:|-]" },
    },
  }
}

/** One rule a role, longest words first; a word that follows a dot is a member. */
function wordRules(): readonly Rule[] {
  const byRole = new Map<Keyword["role"], Set<string>>()
  for (const { word, role } of keywords) {
    const words = byRole.get(role) ?? new Set()
    byRole.set(role, words.add(word))
  }
  return [...byRole].map(([role, words]) => ({
    name: scopes[role],
    match: `(?<!\\.)\\b(?:${[...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join("|")})\\b`,
  }))
}
