// How the Plan tells two declarations of one name apart. Flows in: a name and the file that declares it. Flows out: an id,
// different for every pair of them, that does not depend on the order of files.

/** `Account` where only one file declares it, else `contracts/netsuite#Account`. A name with `#` is always qualified: it could pass for an id. */
export function declaredId(name: string, path: string, isUnique: boolean): string {
  return isUnique && !name.includes("#") ? name : `${qualifier(path)}${name}`
}

/** The id as it is told apart inside its own file: `Account@NetSuite` of `contracts/netsuite#Account@NetSuite`. */
export function idInFile(id: string, declared: { readonly name: string }, path: string): string {
  const prefix = qualifier(path)
  return id.startsWith(`${prefix}${declared.name}`) ? id.slice(prefix.length) : id
}

/** Ends at the first `#` of an id: one in the path is escaped. */
function qualifier(path: string): string {
  const base = path.replace(/\.fmap$/, "")
  return `${base.replaceAll("%", "%25").replaceAll("#", "%23")}#`
}
