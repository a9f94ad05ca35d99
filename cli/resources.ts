// Where the files are that the program reads at run time: pages of codes, scaffolds, and templates of `fmap docs`. Flows out: folder URLs. Bundled, they lie
// beside the program in dist/; in a checkout they are read where they are written.

/** Set by the bundler; does not exist when the sources run in place. */
declare const FMAP_BUNDLED: true | undefined
const bundled = typeof FMAP_BUNDLED !== "undefined"

export const pagesFolder = new URL(bundled ? "./diagnostics/" : "../specs/diagnostics/", import.meta.url)
export const scaffoldFolder = new URL("./scaffold/", import.meta.url)
export const docsFolder = new URL(bundled ? "./docs/" : "./docs/templates/", import.meta.url)
