// The files of an archive that somebody else made. Flows in: bytes, how much may come out of them. Flows out: names and bytes, or why it is none. Sizes in it are believed of nobody: what unpacks to more than
// the limit is stopped on the way. Names are names, and never become paths here.
import { crc32, inflateRawSync } from "node:zlib"
import { decodeUtf8 } from "../../formats/json/utf8.ts"
import type { ZipFile } from "./write-zip.ts"

export type ZipRead = { readonly files: readonly ZipFile[] } | { readonly problem: string }

/** `longest`: bytes of all files together. */
export function readZip(bytes: Uint8Array, longest: number): ZipRead {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  // behind the end there may be a comment of up to 64 KiB
  const end = all.lastIndexOf(Buffer.from("PK\u0005\u0006", "latin1"))
  if (end < 0 || end + 22 > all.length) return { problem: "It is no archive." }
  const count = all.readUInt16LE(end + 10)
  const files: ZipFile[] = []
  let at = all.readUInt32LE(end + 16)
  let left = longest
  for (let i = 0; i < count; i++) {
    const file = fileAt(all, at, left)
    if ("problem" in file) return file
    left -= file.bytes.length
    files.push({ name: file.name, bytes: file.bytes })
    at = file.next
  }
  return { files }
}

/** One line of the directory, and what it leads to. */
function fileAt(
  all: Buffer,
  at: number,
  left: number,
): (ZipFile & { readonly next: number }) | { readonly problem: string } {
  if (at + 46 > all.length || all.toString("latin1", at, at + 4) !== "PK\u0001\u0002")
    return { problem: "Its directory is broken." }
  const [flags, method] = [all.readUInt16LE(at + 8), all.readUInt16LE(at + 10)]
  const [sum, packed] = [all.readUInt32LE(at + 16), all.readUInt32LE(at + 20)]
  const lengths = [28, 30, 32].map(place => all.readUInt16LE(at + place))
  const [titleLength = 0, extra = 0, comment = 0] = lengths
  const local = all.readUInt32LE(at + 42)
  const name = decodeUtf8(all.subarray(at + 46, at + 46 + titleLength))
  if (typeof name !== "string") return { problem: "A name in it is not UTF-8." }
  if ((flags & 1) !== 0) return { problem: `${name} is encrypted.` }
  if (local + 30 > all.length || all.toString("latin1", local, local + 4) !== "PK\u0003\u0004")
    return { problem: `${name} is not where the directory says.` }
  const start = local + 30 + all.readUInt16LE(local + 26) + all.readUInt16LE(local + 28)
  if (start + packed > all.length) return { problem: `${name} is cut off.` }
  const bytes = unpacked(all.subarray(start, start + packed), method, left)
  if (bytes === undefined) return { problem: `${name} cannot be unpacked into ${left} bytes.` }
  if (crc32(bytes) !== sum) return { problem: `${name} has another checksum.` }
  return { name, bytes, next: at + 46 + titleLength + extra + comment }
}

function unpacked(packed: Uint8Array, method: number, left: number): Uint8Array | undefined {
  if (method === 0) return packed.length > left ? undefined : packed
  if (method !== 8 || left < 1) return undefined
  try {
    return inflateRawSync(packed, { maxOutputLength: left })
  } catch {
    // broken, or longer than it may be
    return undefined
  }
}
