// Errors of SQLite that speak of the file or its disk and not of one statement. Flows in: whatever was thrown. Flows out: whether it is one; for a file that cannot be opened or
// read, a sentence that says what is wrong with it and what helps.
import type { ProblemCode } from "../../../problems/catalogue.ts"
import { NotPossible } from "../../port/failures.ts"

/** Primary result codes of SQLite that speak of the disk, memory, locks or file. */
const codes = {
  busy: 5,
  locked: 6,
  memory: 7,
  readOnly: 8,
  interrupted: 9,
  disk: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  protocol: 15,
  notADatabase: 26,
} as const

const ofStore: ReadonlySet<number> = new Set(Object.values(codes))

/** Result codes that speak of the store. Others speak of one statement, and fail its operation alone. */
export function isOfStore(error: unknown): error is Error {
  const code = resultCode(error)
  return code !== undefined && ofStore.has(code)
}

/** `work` on the file at `path`. Throws NotPossible where the file is damaged, foreign or not to be had; what else is thrown goes on. */
export function withFile<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!isOfStore(error) && !isOfFileSystem(error)) throw error
    const [code, sentence] = unusable(path, error)
    throw new NotPossible(code, sentence, { cause: error })
  }
}

function unusable(path: string, error: Error): readonly [ProblemCode, string] {
  switch (resultCode(error)) {
    case codes.corrupt:
      return [
        "FM8405",
        `The ledger ${path} is damaged (${error.message}): put a backup in its place, and keep the damaged file to look into`,
      ]
    case codes.notADatabase:
      return ["FM8405", `${path} is no ledger: it is no file of SQLite (${error.message})`]
    case codes.readOnly:
      return [
        "FM8407",
        `The ledger ${path} cannot be written (${error.message}): whoever runs fmap needs to write the file and its folder`,
      ]
    case codes.busy:
    case codes.locked:
      return [
        "FM8403",
        `Another process keeps the ledger ${path} to itself (${error.message}): try again when it has ended`,
      ]
    case codes.full:
      return ["FM8406", `There is no space left where the ledger ${path} is (${error.message})`]
    default:
      return ["FM8405", `The ledger ${path} cannot be opened (${error.message})`]
  }
}

function resultCode(error: unknown): number | undefined {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number"
    ? error.errcode & 0xff
    : undefined
}

/** Such as a folder nobody may write to. */
function isOfFileSystem(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error
}
