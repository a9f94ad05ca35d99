// Calls of Adaptive Planning as XML, and their answers. Flows in: a method, credentials, rows. Flows out: text; what an answer says. Answers come with status 200 whatever they say, so
// only `success` counts. No DTD is read, and nothing deeper than the API's own documents.

import { readXml } from "../../formats/xml/read-xml.ts"
import { attributeOf, childElements, textOf, type XmlElement } from "../../formats/xml/xml-tree.ts"

export interface AdaptiveCredentials {
  readonly login: string
  readonly password: string
  readonly instanceCode: string | undefined
}

export interface AdaptiveImport {
  readonly method: "importStandardData" | "importCubeData"
  /** Undefined: the instance's own. */
  readonly version: string | undefined
  readonly sheet: string | undefined
  readonly planOrActuals: "Plan" | "Actuals"
  readonly movesCompletedValues: boolean
}

export function importCall(
  credentials: AdaptiveCredentials,
  what: AdaptiveImport,
  header: string,
  rows: readonly string[],
): string {
  const version =
    what.version === undefined
      ? '<version isDefault="true"/>'
      : `<version name="${escaped(what.version)}" isDefault="false"/>`
  const sheet =
    what.sheet === undefined ? "" : `<sheet name="${escaped(what.sheet)}" isUserAssigned="false"/>`
  return callXml(what.method, credentials, [
    `<importDataOptions planOrActuals="${what.planOrActuals}" allowParallel="false" moveBPtr="${what.movesCompletedValues}"/>`,
    version,
    sheet,
    `<rowData><header>${escaped(header)}</header><rows>`,
    ...rows.map(row => `<row>${escaped(row)}</row>`),
    "</rows></rowData>",
  ])
}

export function callXml(method: string, credentials: AdaptiveCredentials, inside: readonly string[]): string {
  const { login, password, instanceCode } = credentials
  const instance = instanceCode === undefined ? "" : ` instanceCode="${escaped(instanceCode)}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<call method="${method}" callerName="fmap">`,
    `<credentials login="${escaped(login)}" password="${escaped(password)}"${instance}/>`,
    ...inside,
    "</call>",
  ].join("")
}

/** Control characters have no form in XML; texts with them are refused before. */
export function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\n": "&#10;",
    "\r": "&#13;",
    "\t": "&#9;",
  }
  return text.replace(/[&<>"\n\r\t]/g, found => entities[found] ?? found)
}

export interface AdaptiveMessage {
  readonly key: string
  readonly type: string
  readonly text: string
}

export type AdaptiveAnswer =
  | {
      readonly kind: "answer"
      readonly success: boolean
      readonly messages: readonly AdaptiveMessage[]
      readonly output: XmlElement | undefined
    }
  | { readonly kind: "none"; readonly problem: string }

const depth = 20

export function readCallAnswer(text: string): AdaptiveAnswer {
  const read = readXml(text, { depth })
  if ("problem" in read) return { kind: "none", problem: read.problem.message }
  const root = read.ok
  const success = root.local === "response" ? attributeOf(root, "success") : null
  if (success !== "true" && success !== "false")
    return { kind: "none", problem: "The document is no response." }
  const named = (name: string) => childElements(root).find(child => child.local === name)
  const messages = childElements(named("messages") ?? root).filter(child => child.local === "message")
  return {
    kind: "answer",
    success: success === "true",
    messages: messages.map(message => ({
      key: attributeOf(message, "key") ?? "",
      type: attributeOf(message, "type") ?? "",
      text: textOf(message),
    })),
    output: named("output"),
  }
}
