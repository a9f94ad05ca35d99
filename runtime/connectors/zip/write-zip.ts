// Files as one archive. Flows in: names and bytes. Flows out: the bytes of a zip, the same for the same files: it holds no times. Deflate and checksum are Node's; the two tables around them are written here.
import { crc32, deflateRawSync } from "node:zlib"

export interface ZipFile {
  /** Without a folder. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** 1980-01-01, the first day the format knows. */
const firstDay = 0x21

/** Throws a RangeError: more than the format without its extensions holds. */
export function writeZip(files: readonly ZipFile[]): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  for (const { name, bytes } of files) {
    const title = Buffer.from(name, "utf8")
    const packed = deflateRawSync(bytes)
    if (bytes.length > 0xffff_fffe || at > 0xffff_fffe || files.length > 0xfffe)
      throw new RangeError("These files are too large for one archive.")
    // version 2.0, names in UTF-8, deflate
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt16LE(firstDay, 8)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(title.length, 22)
    const head = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), common, title])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000", "latin1"), common, tail, title]))
    parts.push(head, packed)
    at += head.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write("PK\u0005\u0006", 0, "latin1")
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, listed, end])
}
