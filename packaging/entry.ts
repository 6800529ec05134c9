import { readFileSync, statSync } from 'node:fs'

/** A file as it will lie in an archive. */
export type PackedFile = {
  /** With slashes, from the top of the archive. */
  readonly path: string
  readonly mode: 0o644 | 0o755
  readonly read: () => Buffer
}
export type PackedLink = { readonly path: string; readonly target: string }
export type Entry = PackedFile | PackedLink

/** The time of every file of a package, so that the same sources give the same bytes: 1 January 2026, in seconds since 1970. */
export const PACKED_AT_S = Number(process.env.SOURCE_DATE_EPOCH ?? Date.UTC(2026, 0, 1) / 1000)

export const isLink = (entry: Entry): entry is PackedLink => 'target' in entry

export const textFile = (path: string, text: string, mode: PackedFile['mode'] = 0o644): PackedFile => ({
  path,
  mode,
  read: () => Buffer.from(text),
})

export const diskFile = (path: string, source: string): PackedFile => ({
  path,
  mode: statSync(source).mode & 0o111 ? 0o755 : 0o644,
  read: () => readFileSync(source),
})

export const under = <Kind extends Entry>(folder: string, entries: readonly Kind[]): Kind[] =>
  entries.map((entry) => ({ ...entry, path: `${folder}/${entry.path}` }))

/** By bytes of the path, which no locale changes. */
export const sorted = <Kind extends { readonly path: string }>(entries: readonly Kind[]): Kind[] =>
  entries.toSorted((a, b) => (a.path < b.path ? -1 : 1))
