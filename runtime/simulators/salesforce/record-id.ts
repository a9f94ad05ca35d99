// Ids of records. Flows in: the prefix of an object and a number. Flows out: 18 characters, the last three a checksum of which letters are capitals, so that the
// id survives systems that do not tell them apart.

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
const checks = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"

export function recordId(prefix: string, count: number): string {
  let left = count
  let serial = ""
  for (let i = 0; i < 7; i++) {
    serial = (letters[left % letters.length] ?? "0") + serial
    left = Math.floor(left / letters.length)
  }
  return withChecksum(`${prefix}Sm${"0".repeat(15 - prefix.length - 2 - serial.length)}${serial}`)
}

/** Of an id of 15 characters. */
export function withChecksum(id: string): string {
  let suffix = ""
  for (let part = 0; part < 3; part++) {
    let bits = 0
    for (let i = 0; i < 5; i++) if (/[A-Z]/.test(id[part * 5 + i] ?? "")) bits |= 1 << i
    suffix += checks[bits] ?? ""
  }
  return id + suffix
}
