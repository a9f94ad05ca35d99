// Nodes in, text out, in one pass: indentation, parentheses, escaping and positions are decided here and nowhere else.
import { commentText, isIdentifier, stringLiteral } from "./escape.ts"
import type {
  BinaryOperator,
  Js,
  JsCase,
  JsDeclaration,
  JsMember,
  JsParameter,
  JsStatement,
  TsType,
} from "./nodes.ts"
import { printDocs, printMembers, printType, safe } from "./print-types.ts"
import {
  beginType,
  createWriter,
  endType,
  finish,
  indent,
  line,
  mark,
  outdent,
  put,
  type Writer,
  type Written,
} from "./writer.ts"

/** `texts`: each declaration's TypeScript. */
export interface Printed extends Written {
  readonly texts: readonly string[]
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
): Printed {
  const writer = createWriter()
  for (const text of header) put(writer, `// ${commentText(text)}\n`)
  const starts = declarations.map(declaration => {
    const start = writer.text.length
    printDeclaration(writer, declaration, "module")
    return start
  })
  const end = writer.text.length
  put(writer, footer)
  const written = finish(writer)
  const texts = starts.map((start, index) => written.typescript.slice(start, starts[index + 1] ?? end))
  return { ...written, texts }
}

/** Only the signature of a function or constant, for `.d.ts`. */
export function printSignature(declaration: JsDeclaration): string {
  const writer = createWriter()
  printDeclaration(writer, declaration, "declarations")
  return writer.text
}

type Form = "module" | "declarations"

function printDeclaration(writer: Writer, declaration: JsDeclaration, form: Form): void {
  const exported = form === "declarations" ? "export declare " : "export "
  switch (declaration.kind) {
    case "heading":
      put(writer, `\n// ${commentText(declaration.text)}\n`)
      return
    case "import": {
      const write = (): void => {
        const names = declaration.names.map(entry =>
          entry.name === entry.as ? safe(entry.name) : `${safe(entry.name)} as ${safe(entry.as)}`,
        )
        const word = declaration.typeOnly ? "import type" : "import"
        const flat = `${word} { ${names.join(", ")} } from ${stringLiteral(declaration.from)};\n`
        put(
          writer,
          flat.length <= LINE_WIDTH
            ? flat
            : `${word} {\n${names.map(entry => `  ${entry},\n`).join("")}} from ${stringLiteral(declaration.from)};\n`,
        )
      }
      if (declaration.typeOnly) beginType(writer)
      write()
      if (declaration.typeOnly) endType(writer)
      return
    }
    case "interface":
      put(writer, "\n")
      printDocs(writer, declaration.docs)
      beginType(writer)
      mark(writer, declaration.at)
      put(writer, `${declaration.exported ? "export " : ""}interface ${safe(declaration.name)} `)
      printMembers(writer, declaration.members)
      put(writer, "\n")
      endType(writer)
      return
    case "alias":
      put(writer, "\n")
      printDocs(writer, declaration.docs)
      beginType(writer)
      mark(writer, declaration.at)
      put(writer, `${declaration.exported ? "export " : ""}type ${safe(declaration.name)} = `)
      printType(writer, declaration.type)
      put(writer, ";\n")
      endType(writer)
      return
    case "function":
      put(writer, "\n")
      printDocs(writer, declaration.docs)
      mark(writer, declaration.at)
      put(writer, `${declaration.exported ? exported : ""}function ${safe(declaration.name)}(`)
      printSignatureOf(writer, declaration)
      if (form === "declarations") put(writer, ";\n")
      else {
        put(writer, " ")
        printBody(writer, declaration.body)
        put(writer, "\n")
      }
      return
    case "value":
      if (declaration.docs !== "") put(writer, "\n")
      printDocs(writer, declaration.docs)
      mark(writer, declaration.at)
      put(writer, `${declaration.exported ? exported : ""}const ${safe(declaration.name)}`)
      printAnnotation(writer, declaration.type)
      if (form === "module") {
        put(writer, " = ")
        printExpression(writer, declaration.value, 0)
      }
      put(writer, ";\n")
      return
  }
}

/** After the opening bracket. */
function printSignatureOf(
  writer: Writer,
  head: { readonly parameters: readonly JsParameter[]; readonly returns: TsType },
): void {
  head.parameters.forEach((parameter, position) => {
    if (position > 0) put(writer, ", ")
    put(writer, safe(parameter.name))
    beginType(writer)
    put(writer, ": ")
    printType(writer, parameter.type)
    endType(writer)
  })
  put(writer, ")")
  beginType(writer)
  put(writer, ": ")
  printType(writer, head.returns)
  endType(writer)
}

function printAnnotation(writer: Writer, type: TsType | null): void {
  if (type === null) return
  beginType(writer)
  put(writer, ": ")
  printType(writer, type)
  endType(writer)
}

function printBody(writer: Writer, body: readonly JsStatement[]): void {
  put(writer, "{")
  indent(writer)
  for (const statement of body) {
    line(writer)
    printStatement(writer, statement)
  }
  outdent(writer)
  line(writer)
  put(writer, "}")
}

function printStatement(writer: Writer, statement: JsStatement): void {
  switch (statement.kind) {
    case "comment":
      put(writer, `// ${commentText(statement.text)}`)
      return
    case "inner":
      mark(writer, statement.at)
      put(writer, `const ${safe(statement.name)} = (`)
      printSignatureOf(writer, statement)
      put(writer, " => ")
      printBody(writer, statement.body)
      put(writer, ";")
      return
    case "const":
    case "let":
      mark(writer, statement.at)
      put(writer, `${statement.kind} ${safe(statement.name)}`)
      printAnnotation(writer, statement.type)
      if (statement.value !== null) {
        put(writer, " = ")
        printExpression(writer, statement.value, 0)
      }
      put(writer, ";")
      return
    case "assign":
      mark(writer, statement.at)
      printExpression(writer, statement.target, UNARY)
      put(writer, ` ${statement.operator} `)
      printExpression(writer, statement.value, 0)
      put(writer, ";")
      return
    case "run":
      mark(writer, statement.at)
      printExpression(writer, statement.value, 0)
      put(writer, ";")
      return
    case "if": {
      mark(writer, statement.at)
      put(writer, "if (")
      printExpression(writer, statement.test, 0)
      put(writer, ") ")
      const [only] = statement.then
      if (
        only !== undefined &&
        statement.then.length === 1 &&
        statement.otherwise.length === 0 &&
        isShort(only)
      ) {
        printStatement(writer, only)
        return
      }
      printBody(writer, statement.then)
      if (statement.otherwise.length === 0) return
      put(writer, " else ")
      const [next] = statement.otherwise
      if (next !== undefined && next.kind === "if" && statement.otherwise.length === 1)
        printStatement(writer, next)
      else printBody(writer, statement.otherwise)
      return
    }
    case "loop": {
      const at = safe(statement.index)
      mark(writer, statement.at)
      if (statement.label !== null) put(writer, `${safe(statement.label)}: `)
      put(writer, `for (let ${at} = 0; ${at} < `)
      printExpression(writer, statement.limit, 5)
      put(writer, `; ${at}++) `)
      printBody(writer, statement.body)
      return
    }
    case "block":
      mark(writer, statement.at)
      put(writer, `${safe(statement.label)}: `)
      printBody(writer, statement.body)
      return
    case "switch":
      mark(writer, statement.at)
      put(writer, "switch (")
      printExpression(writer, statement.subject, 0)
      put(writer, ") {")
      indent(writer)
      for (const entry of statement.cases) printCase(writer, entry)
      outdent(writer)
      line(writer)
      put(writer, "}")
      return
    case "break":
    case "continue":
      put(
        writer,
        statement.label === null ? `${statement.kind};` : `${statement.kind} ${safe(statement.label)};`,
      )
      return
    case "return":
      mark(writer, statement.at)
      put(writer, "return")
      if (statement.value !== null) {
        put(writer, " ")
        printExpression(writer, statement.value, 0)
      }
      put(writer, ";")
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

function printCase(writer: Writer, entry: JsCase): void {
  if (entry.tests.length === 0) {
    line(writer)
    put(writer, "default: ")
  }
  entry.tests.forEach((test, position) => {
    line(writer)
    put(writer, "case ")
    printExpression(writer, test, 0)
    put(writer, position === entry.tests.length - 1 ? ": " : ":")
  })
  const last = entry.body.at(-1)
  const [only] = entry.body
  if (entry.body.length === 0 || (only !== undefined && entry.body.length === 1 && isShort(only))) {
    printStatement(writer, only ?? { kind: "break", label: null })
    return
  }
  const ends =
    last !== undefined && (last.kind === "return" || last.kind === "break" || last.kind === "continue")
  printBody(writer, ends ? entry.body : [...entry.body, { kind: "break", label: null }])
}

function printExpression(writer: Writer, node: Js, around: number): void {
  switch (node.kind) {
    case "name":
      put(writer, safe(node.name))
      return
    case "string":
      put(writer, stringLiteral(node.value))
      return
    case "number":
      put(writer, node.value < 0 && around >= UNARY ? `(${node.value})` : String(node.value))
      return
    case "bigint":
      put(writer, node.value < 0n && around >= UNARY ? `(${node.value}n)` : `${node.value}n`)
      return
    case "word":
      put(writer, node.word)
      return
    case "member":
      printExpression(writer, node.of, UNARY + 1)
      put(writer, isIdentifier(node.key) ? `.${node.key}` : `[${stringLiteral(node.key)}]`)
      return
    case "index":
      printExpression(writer, node.of, UNARY + 1)
      put(writer, "[")
      printExpression(writer, node.index, 0)
      put(writer, "]")
      return
    case "call":
      printExpression(writer, node.callee, UNARY + 1)
      put(writer, "(")
      for (let position = 0; position < node.arguments.length; position++) {
        const argument = node.arguments[position]
        if (argument === undefined) continue
        if (position > 0) put(writer, ", ")
        printExpression(writer, argument, 0)
      }
      put(writer, ")")
      return
    case "binary": {
      const own = PRECEDENCE[node.operator]
      // && and || never mix without brackets: the reader should not have to know.
      const open = around > own || (around > 0 && around < 3 && own < 3 && around !== own)
      if (open) put(writer, "(")
      printExpression(writer, node.left, own)
      put(writer, ` ${node.operator} `)
      printExpression(writer, node.right, own + 1)
      if (open) put(writer, ")")
      return
    }
    case "unary":
      put(writer, node.operator === "typeof" ? "typeof " : node.operator)
      printExpression(writer, node.of, UNARY)
      return
    case "conditional":
      if (around > 0) put(writer, "(")
      printExpression(writer, node.test, 1)
      put(writer, " ? ")
      printExpression(writer, node.then, 1)
      put(writer, " : ")
      printExpression(writer, node.otherwise, 1)
      if (around > 0) put(writer, ")")
      return
    case "object":
      printObject(writer, node.members, node.lines)
      return
    case "array":
      put(writer, "[")
      node.items.forEach((item, position) => {
        if (position > 0) put(writer, ", ")
        printExpression(writer, item, 0)
      })
      put(writer, "]")
      return
    case "cast":
      if (around > 0) put(writer, "(")
      printExpression(writer, node.of, UNARY)
      beginType(writer)
      put(writer, " as ")
      printType(writer, node.type)
      endType(writer)
      if (around > 0) put(writer, ")")
      return
  }
}

function printObject(writer: Writer, members: readonly JsMember[], lines: boolean): void {
  if (members.length === 0) {
    put(writer, "{}")
    return
  }
  put(writer, lines ? "{" : "{ ")
  indent(writer)
  members.forEach((entry, position) => {
    if (lines) line(writer)
    else if (position > 0) put(writer, ", ")
    mark(writer, entry.at)
    // `__proto__: v` would set the prototype; as a computed key it is a property like any other
    const key =
      entry.key === "__proto__"
        ? '["__proto__"]'
        : isIdentifier(entry.key)
          ? entry.key
          : stringLiteral(entry.key)
    if (entry.value.kind === "name" && entry.value.name === key) put(writer, key)
    else {
      put(writer, `${key}: `)
      printExpression(writer, entry.value, 0)
    }
    if (lines) put(writer, ",")
  })
  outdent(writer)
  if (lines) line(writer)
  put(writer, lines ? "}" : " }")
}
