// Refuses file systems of other machines: their locks and syncs do not hold what SQLite needs. Flows in: a folder. Flows out: the name of
// the network file system it is on, where it is on one.
import { statfsSync } from "node:fs"

/** Magic numbers of Linux's `statfs`. */
const networkFileSystems: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff53_4d42, "CIFS"],
  [0xfe53_4d42, "SMB"],
  [0x5346_414f, "AFS"],
  [0x00c3_6400, "Ceph"],
  [0x0102_1997, "9P"],
  [0x4750_4653, "GPFS"],
  [0x0bd0_0bd0, "Lustre"],
  [0x564c, "NCP"],
])

export function networkFileSystem(
  folder: string,
  typeOf: (folder: string) => number = statfsType,
): string | undefined {
  return networkFileSystems.get(typeOf(folder))
}

function statfsType(folder: string): number {
  return statfsSync(folder).type >>> 0
}
