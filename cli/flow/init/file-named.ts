// A file or folder for a name of the project. Flows in: any name. Flows out: a name that leads nowhere else.
export function fileNamed(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_.-]+/gu, "-").replace(/^[.-]+|[.-]+$/gu, "")
  return plain === "" ? "system" : plain
}
