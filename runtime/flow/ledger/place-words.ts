// Where something is wrong, for people. Flows in: an issue. Flows out: its place in its document, and which row it is about where there are many.
import type { Issue, RowOfMany } from "../../results/issue.ts"

export function placeWords({ root, pointer, row }: Pick<Issue, "root" | "pointer" | "row">): string {
  return `${root}${pointer}${row === undefined ? "" : ` of ${rowWords(row)}`}`
}

export function rowWords({ number, key }: RowOfMany): string {
  return `row ${number}${key === undefined ? "" : `, key ${key}`}`
}

/** Questions of flows are named by flow and step; maps have no point in their names. What they answer is no document of anybody. */
export function isQuestion(map: string): boolean {
  return map.includes(".")
}
