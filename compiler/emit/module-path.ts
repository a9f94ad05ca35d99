// Where the files of a `.fmap` file stand in the output. Flows in: its project path. Flows out: the same without its ending;
// files of packages stand under `packages`, because tools pass over every other folder called `node_modules`.

export function modulePath(path: string): string {
  return path.replace(/\.fmap$/, "").replaceAll(/(^|\/)node_modules\//g, "$1packages/")
}
