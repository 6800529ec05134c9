/**
 * @file Columns of span rows and beat rows: names of the form `source: part`, and the group to which an explanation counts each.
 */
import type { ColumnGroup } from './column.ts'

/** The group of a part of a row that is not about the sound of its source. */
type PartGroup =
  | 'what came before'
  | 'what follows'
  | 'the change here'
  | 'the kind of music'
  | 'the length'
  | 'the place in the track'

export type RowColumn = { readonly name: string; readonly group: ColumnGroup | PartGroup }

/** A part without a group belongs to that of its source. */
export type RowPart = readonly [name: string, group?: PartGroup]

/** Every part of every source, source by source. */
export const rowColumns = (sources: readonly RowColumn[], parts: readonly RowPart[]): readonly RowColumn[] =>
  sources.flatMap((source) => parts.map(([part, group = source.group]) => ({ name: `${source.name}: ${part}`, group })))
