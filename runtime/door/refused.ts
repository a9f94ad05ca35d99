// What a reader answers when a value may not come in. Flows in: a code and one sentence; flows out: a value no payload can
// forge (an instance, not a shape). Sentences never repeat the payload's value: it may be personal.
import type { IssueCode } from "../results/issue-code.ts"

/** A value that was turned away. `message` is one sentence without the value itself. */
export class Refused {
  readonly refused: IssueCode
  readonly message: string

  constructor(refused: IssueCode, message: string) {
    this.refused = refused
    this.message = message
  }
}

export function refuse(code: IssueCode, message: string): Refused {
  return new Refused(code, message)
}

export function isRefused(value: unknown): value is Refused {
  return value instanceof Refused
}
