import { resolvePath } from "@fmap/compiler"
import { describe, expect, it } from "vitest"

describe("a path an author wrote, beside the file it stands in", () => {
  it.each([
    ["maps/a.fmap", "./b.fmap", "maps/b.fmap"],
    ["maps/a.fmap", "../contracts/b.fmap", "contracts/b.fmap"],
    ["maps/deep/a.fmap", "../../b.fmap", "b.fmap"],
    ["a.fmap", "b/./c//d.fmap", "b/c/d.fmap"],
    ["", "maps/a.fmap", "maps/a.fmap"],
    ["a.fmap", "..hidden.fmap", "..hidden.fmap"],
    ["a.fmap", "__proto__.fmap", "__proto__.fmap"],
    ["node_modules/@a/b/lists/x.fmap", "../y.fmap", "node_modules/@a/b/y.fmap"],
  ])("%s says %s: %s", (from, written, path) =>
    expect(resolvePath(from, written)).toEqual({ kind: "path", path }),
  )

  it.each([
    ["a.fmap", "../b.fmap", "outside"],
    ["node_modules/@a/b/x.fmap", "../c/y.fmap", "outside"],
    ["node_modules/a/node_modules/b/x.fmap", "../../y.fmap", "outside"],
    ["node_modules/a/x.fmap", "../../main.fmap", "outside"],
    ["maps/a.fmap", "../../b.fmap", "outside"],
    ["maps/a.fmap", "x/../../../b.fmap", "outside"],
    ["a.fmap", "/etc/passwd", "absolute"],
    ["a.fmap", "\\\\server\\share", "absolute"],
    ["a.fmap", "C:\\temp\\b.fmap", "absolute"],
    ["a.fmap", "c:/temp/b.fmap", "absolute"],
    ["a.fmap", "file:///etc/passwd", "absolute"],
    ["a.fmap", "https://example.com/b.fmap", "absolute"],
    ["a.fmap", "", "malformed"],
    ["a.fmap", "./", "malformed"],
    ["a.fmap", "b/..", "malformed"],
    ["a.fmap", "b\0.fmap", "malformed"],
  ])("%s says %s: %s", (from, written, kind) => expect(resolvePath(from, written)).toEqual({ kind }))
})
