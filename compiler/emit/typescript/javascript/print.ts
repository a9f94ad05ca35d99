// Nodes in, text out, in one pass: indentation, parentheses, escaping and positions are decided here and nowhere else.
// The TypeScript and the JavaScript are written together: what is only a type becomes blanks, so both have the same
// lines and columns and share one source map.
import type { At } from "../../../plan/index.ts"
import { commentText, isIdentifier, stringLiteral } from "./escape.ts"
import type {
  BinaryOperator,
  Js,
  JsCase,
  JsDeclaration,
  JsMember,
  JsStatement,
  TsMember,
  TsType,
} from "./nodes.ts"
import type { Mapping } from "./source-map.ts"

export interface Printed {
  readonly typescript: string
  readonly javascript: string
  readonly mappings: readonly Mapping[]
}

const PRECEDENCE: Readonly<Record<BinaryOperator, number>> = {
  "||": 1,
  "&&": 2,
  "===": 3,
  "!==": 3,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
}
const UNARY = 7
const LINE_WIDTH = 110

export function printModule(
  header: readonly string[],
  declarations: readonly JsDeclaration[],
  footer: string,
  form: Form = "module",
): Printed {
  const printer = createPrinter()
  for (const line of header) printer.text(`// ${commentText(line)}\n`)
  for (const declaration of declarations) printDeclaration(printer, declaration, form)
  printer.text(footer)
  return printer.done()
}

/** `declarations`: signatures only, for `.d.ts`. */
type Form = "module" | "declarations"

interface Printer {
  readonly text: (piece: string) => void
  readonly types: (write: () => void) => void
  readonly mark: (at: At | null) => void
  readonly line: () => void
  readonly indent: (write: () => void) => void
  readonly done: () => Printed
}

function createPrinter(): Printer {
  const typescript: string[] = []
  const javascript: string[] = []
  // Blanks not yet written: at the end of a line they never are.
  let pending = 0
  const mappings: Mapping[] = []
  let blanks = 0
  let depth = 0
  let line = 0
  let column = 0
  const plain = (piece: string): void => {
    const code = piece.includes(" \n") ? piece.replace(/ +\n/g, "\n") : piece
    let end = code.length
    while (end > 0 && code.charCodeAt(end - 1) === 32) end--
    if (end > 0) {
      if (pending > 0 && code.charCodeAt(0) !== 10) javascript.push(" ".repeat(pending))
      javascript.push(end === code.length ? code : code.slice(0, end))
      pending = 0
    }
    pending += code.length - end
  }
  const text = (piece: string): void => {
    typescript.push(piece)
    const last = piece.lastIndexOf("\n")
    plain(blanks > 0 ? blanked(piece, last) : piece)
    if (last < 0) column += piece.length
    else {
      for (let index = 0; index < piece.length; index++) if (piece.charCodeAt(index) === 10) line++
      column = piece.length - last - 1
    }
  }
  return {
    text,
    types: write => {
      blanks++
      write()
      blanks--
    },
    mark: at => {
      if (at === null) return
      const last = mappings.at(-1)
      if (last !== undefined && last.line === line && last.column === column) return
      mappings.push({ line, column, source: at[0], sourceLine: at[1] - 1, sourceColumn: at[2] - 1 })
    },
    line: () => text(`\n${"  ".repeat(depth)}`),
    indent: write => {
      depth++
      write()
      depth--
    },
    done: () => ({ typescript: typescript.join(""), javascript: javascript.join(""), mappings }),
  }
}

/** A type's lines, as blanks. `last`: its last newline. */
function blanked(piece: string, last: number): string {
  return last < 0 ? " ".repeat(piece.length) : piece.replace(/[^\n]/g, " ")
}

function printDocs(printer: Printer, docs: string): void {
  const lines = docs.split(/\r\n|[\n\r]/).map(line => commentText(line).trimEnd())
  if (docs === "") return
  if (lines.length === 1) {
    printer.text(`/** ${lines.join("")} */`)
  } else {
    printer.text("/**")
    for (const line of lines) {
      printer.line()
      printer.text(line === "" ? " *" : ` * ${line}`)
    }
    printer.line()
    printer.text(" */")
  }
  printer.line()
}

function printDeclaration(printer: Printer, declaration: JsDeclaration, form: Form): void {
  const exported = form === "declarations" ? "export declare " : "export "
  switch (declaration.kind) {
    case "heading":
      printer.text(`\n// ${commentText(declaration.text)}\n`)
      return
    case "import": {
      const write = (): void => {
        const names = declaration.names.map(entry =>
          entry.name === entry.as ? safe(entry.name) : `${safe(entry.name)} as ${safe(entry.as)}`,
        )
        const word = declaration.typeOnly ? "import type" : "import"
        const flat = `${word} { ${names.join(", ")} } from ${stringLiteral(declaration.from)};\n`
        printer.text(
          flat.length <= LINE_WIDTH
            ? flat
            : `${word} {\n${names.map(entry => `  ${entry},\n`).join("")}} from ${stringLiteral(declaration.from)};\n`,
        )
      }
      if (declaration.typeOnly) printer.types(write)
      else write()
      return
    }
    case "interface":
      printer.text("\n")
      printDocs(printer, declaration.docs)
      printer.types(() => {
        printer.mark(declaration.at)
        printer.text(`${declaration.exported ? "export " : ""}interface ${safe(declaration.name)} `)
        printMembers(printer, declaration.members)
        printer.text("\n")
      })
      return
    case "function":
      printer.text("\n")
      printDocs(printer, declaration.docs)
      printer.mark(declaration.at)
      printer.text(`${declaration.exported ? exported : ""}function ${safe(declaration.name)}(`)
      declaration.parameters.forEach((parameter, position) => {
        if (position > 0) printer.text(", ")
        printer.text(safe(parameter.name))
        printer.types(() => {
          printer.text(": ")
          printType(printer, parameter.type)
        })
      })
      printer.text(")")
      printer.types(() => {
        printer.text(": ")
        printType(printer, declaration.returns)
      })
      if (form === "declarations") printer.text(";\n")
      else {
        printer.text(" ")
        printBody(printer, declaration.body)
        printer.text("\n")
      }
      return
    case "value":
      if (declaration.docs !== "") printer.text("\n")
      printDocs(printer, declaration.docs)
      printer.mark(declaration.at)
      printer.text(`${declaration.exported ? exported : ""}const ${safe(declaration.name)}`)
      printAnnotation(printer, declaration.type)
      if (form === "module") {
        printer.text(" = ")
        printExpression(printer, declaration.value, 0)
      }
      printer.text(";\n")
      return
  }
}

function printAnnotation(printer: Printer, type: TsType | null): void {
  if (type === null) return
  printer.types(() => {
    printer.text(": ")
    printType(printer, type)
  })
}

function printBody(printer: Printer, body: readonly JsStatement[]): void {
  printer.text("{")
  printer.indent(() => {
    for (const statement of body) {
      printer.line()
      printStatement(printer, statement)
    }
  })
  printer.line()
  printer.text("}")
}

function printStatement(printer: Printer, statement: JsStatement): void {
  switch (statement.kind) {
    case "comment":
      printer.text(`// ${commentText(statement.text)}`)
      return
    case "const":
    case "let":
      printer.mark(statement.at)
      printer.text(`${statement.kind} ${safe(statement.name)}`)
      printAnnotation(printer, statement.type)
      if (statement.value !== null) {
        printer.text(" = ")
        printExpression(printer, statement.value, 0)
      }
      printer.text(";")
      return
    case "assign":
      printer.mark(statement.at)
      printExpression(printer, statement.target, UNARY)
      printer.text(` ${statement.operator} `)
      printExpression(printer, statement.value, 0)
      printer.text(";")
      return
    case "run":
      printer.mark(statement.at)
      printExpression(printer, statement.value, 0)
      printer.text(";")
      return
    case "if": {
      printer.mark(statement.at)
      printer.text("if (")
      printExpression(printer, statement.test, 0)
      printer.text(") ")
      const [only] = statement.then
      if (
        only !== undefined &&
        statement.then.length === 1 &&
        statement.otherwise.length === 0 &&
        isShort(only)
      ) {
        printStatement(printer, only)
        return
      }
      printBody(printer, statement.then)
      if (statement.otherwise.length === 0) return
      printer.text(" else ")
      const [next] = statement.otherwise
      if (next !== undefined && next.kind === "if" && statement.otherwise.length === 1)
        printStatement(printer, next)
      else printBody(printer, statement.otherwise)
      return
    }
    case "loop": {
      const at = safe(statement.index)
      printer.mark(statement.at)
      if (statement.label !== null) printer.text(`${safe(statement.label)}: `)
      printer.text(`for (let ${at} = 0; ${at} < `)
      printExpression(printer, statement.limit, 5)
      printer.text(`; ${at}++) `)
      printBody(printer, statement.body)
      return
    }
    case "block":
      printer.mark(statement.at)
      printer.text(`${safe(statement.label)}: `)
      printBody(printer, statement.body)
      return
    case "switch":
      printer.mark(statement.at)
      printer.text("switch (")
      printExpression(printer, statement.subject, 0)
      printer.text(") {")
      printer.indent(() => {
        for (const entry of statement.cases) printCase(printer, entry)
      })
      printer.line()
      printer.text("}")
      return
    case "break":
    case "continue":
      printer.text(
        statement.label === null ? `${statement.kind};` : `${statement.kind} ${safe(statement.label)};`,
      )
      return
    case "return":
      printer.mark(statement.at)
      printer.text("return")
      if (statement.value !== null) {
        printer.text(" ")
        printExpression(printer, statement.value, 0)
      }
      printer.text(";")
      return
  }
}

function isShort(statement: JsStatement): boolean {
  return (
    statement.kind === "break" ||
    statement.kind === "continue" ||
    (statement.kind === "return" && statement.value?.kind !== "object")
  )
}

function printCase(printer: Printer, entry: JsCase): void {
  if (entry.tests.length === 0) {
    printer.line()
    printer.text("default: ")
  }
  entry.tests.forEach((test, position) => {
    printer.line()
    printer.text("case ")
    printExpression(printer, test, 0)
    printer.text(position === entry.tests.length - 1 ? ": " : ":")
  })
  const last = entry.body.at(-1)
  const [only] = entry.body
  if (entry.body.length === 0 || (only !== undefined && entry.body.length === 1 && isShort(only))) {
    printStatement(printer, only ?? { kind: "break", label: null })
    return
  }
  const ends =
    last !== undefined && (last.kind === "return" || last.kind === "break" || last.kind === "continue")
  printBody(printer, ends ? entry.body : [...entry.body, { kind: "break", label: null }])
}

function printExpression(printer: Printer, node: Js, around: number): void {
  switch (node.kind) {
    case "name":
      printer.text(safe(node.name))
      return
    case "string":
      printer.text(stringLiteral(node.value))
      return
    case "number":
      printer.text(node.value < 0 && around >= UNARY ? `(${node.value})` : String(node.value))
      return
    case "bigint":
      printer.text(node.value < 0n && around >= UNARY ? `(${node.value}n)` : `${node.value}n`)
      return
    case "word":
      printer.text(node.word)
      return
    case "member":
      printExpression(printer, node.of, UNARY + 1)
      printer.text(isIdentifier(node.key) ? `.${node.key}` : `[${stringLiteral(node.key)}]`)
      return
    case "index":
      printExpression(printer, node.of, UNARY + 1)
      printer.text("[")
      printExpression(printer, node.index, 0)
      printer.text("]")
      return
    case "call":
      printExpression(printer, node.callee, UNARY + 1)
      printer.text("(")
      node.arguments.forEach((argument, position) => {
        if (position > 0) printer.text(", ")
        printExpression(printer, argument, 0)
      })
      printer.text(")")
      return
    case "binary": {
      const own = PRECEDENCE[node.operator]
      // && and || never mix without brackets: the reader should not have to know.
      const open = around > own || (around > 0 && around < 3 && own < 3 && around !== own)
      if (open) printer.text("(")
      printExpression(printer, node.left, own)
      printer.text(` ${node.operator} `)
      printExpression(printer, node.right, own + 1)
      if (open) printer.text(")")
      return
    }
    case "unary":
      printer.text(node.operator === "typeof" ? "typeof " : node.operator)
      printExpression(printer, node.of, UNARY)
      return
    case "conditional":
      if (around > 0) printer.text("(")
      printExpression(printer, node.test, 1)
      printer.text(" ? ")
      printExpression(printer, node.then, 1)
      printer.text(" : ")
      printExpression(printer, node.otherwise, 1)
      if (around > 0) printer.text(")")
      return
    case "object":
      printObject(printer, node.members, node.lines)
      return
    case "array":
      printer.text("[")
      node.items.forEach((item, position) => {
        if (position > 0) printer.text(", ")
        printExpression(printer, item, 0)
      })
      printer.text("]")
      return
    case "cast":
      if (around > 0) printer.text("(")
      printExpression(printer, node.of, UNARY)
      printer.types(() => {
        printer.text(" as ")
        printType(printer, node.type)
      })
      if (around > 0) printer.text(")")
      return
  }
}

function printObject(printer: Printer, members: readonly JsMember[], lines: boolean): void {
  if (members.length === 0) {
    printer.text("{}")
    return
  }
  printer.text(lines ? "{" : "{ ")
  printer.indent(() => {
    members.forEach((entry, position) => {
      if (lines) printer.line()
      else if (position > 0) printer.text(", ")
      printer.mark(entry.at)
      // `__proto__: v` would set the prototype; as a computed key it is a property like any other
      const key =
        entry.key === "__proto__"
          ? '["__proto__"]'
          : isIdentifier(entry.key)
            ? entry.key
            : stringLiteral(entry.key)
      if (entry.value.kind === "name" && entry.value.name === key) printer.text(key)
      else {
        printer.text(`${key}: `)
        printExpression(printer, entry.value, 0)
      }
      if (lines) printer.text(",")
    })
  })
  if (lines) printer.line()
  printer.text(lines ? "}" : " }")
}

function printType(printer: Printer, type: TsType, inUnion = false): void {
  switch (type.kind) {
    case "named":
      printer.text(safe(type.name))
      if (type.arguments.length === 0) return
      printer.text("<")
      type.arguments.forEach((argument, position) => {
        if (position > 0) printer.text(", ")
        printType(printer, argument)
      })
      printer.text(">")
      return
    case "literal":
      printer.text(stringLiteral(type.value))
      return
    case "typeof":
      printer.text(`typeof ${safe(type.name)}`)
      return
    case "union":
      if (inUnion) printer.text("(")
      type.of.forEach((part, position) => {
        if (position > 0) printer.text(" | ")
        printType(printer, part)
      })
      if (inUnion) printer.text(")")
      return
    case "list":
      if (type.readonly && inUnion) printer.text("(")
      if (type.readonly) printer.text("readonly ")
      printType(printer, type.of, true)
      printer.text("[]")
      if (type.readonly && inUnion) printer.text(")")
      return
    case "dictionary":
      printer.text("{ readonly [key: string]: ")
      printType(printer, type.of)
      printer.text(" }")
      return
    case "shape":
      if (type.members.length === 0) printer.text("object")
      else if (type.members.some(entry => entry.docs !== "")) printMembers(printer, type.members)
      else {
        printer.text("{ ")
        type.members.forEach((entry, position) => {
          if (position > 0) printer.text("; ")
          printMember(printer, entry)
        })
        printer.text(" }")
      }
      return
  }
}

function printMembers(printer: Printer, members: readonly TsMember[]): void {
  printer.text("{")
  printer.indent(() => {
    for (const entry of members) {
      printer.line()
      printDocs(printer, entry.docs)
      printer.mark(entry.at)
      printMember(printer, entry)
      printer.text(";")
    }
  })
  printer.line()
  printer.text("}")
}

function printMember(printer: Printer, entry: TsMember): void {
  const key =
    entry.key === "__proto__"
      ? '["__proto__"]'
      : isIdentifier(entry.key)
        ? entry.key
        : stringLiteral(entry.key)
  printer.text(`readonly ${key}${entry.optional ? "?" : ""}: `)
  printType(printer, entry.type)
}

/** Names are made by names.ts; anything else here is a bug that must not become code. */
function safe(id: string): string {
  if (!isIdentifier(id)) throw new TypeError(`Not an identifier: ${JSON.stringify(id)}`)
  return id
}
