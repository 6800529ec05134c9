/**
 * @file A column of the feature matrix as a value: its name, what a listener would call it, and what it is used for.
 * Conventions: an extractor declares its columns; whoever uses columns asks the specification for those of a role (`columnsWithRole`).
 */

/** What a group of columns has in common, in the words of an explanation. */
export type ColumnGroup =
  | 'how full it sounds'
  | 'the bass'
  | 'the drums'
  | 'the voice'
  | 'the harmony'
  | 'the tone colour'
  | 'rising or falling noise'
  | 'repetition and change'

export type ColumnRole =
  /** Its level tells whether a layer sounds; rows follow it through the track. */
  | 'presence'
  /** Span rows compare the span with its surroundings. */
  | 'compared'
  /** Span rows hold its mean over the whole track, as it is. */
  | 'sound'
  /** Span rows hold it for the span alone: relative to the track, and as it is. */
  | 'voice'
  /** Beat rows hold its mean over the whole track, as it is. */
  | 'style'
  /** Beat rows are made of it. */
  | 'beat'
  /** Its mean and spread are part of the vector by which sounds are compared. */
  | 'vector'
  /** A strong change of it inside a label hints at two sections. */
  | 'change'

export type Column = {
  readonly name: string
  readonly group: ColumnGroup
  /** A column without a role takes part only where beats are compared by all their columns. */
  readonly roles: readonly ColumnRole[]
}

/** Columns that differ only in their names. */
export const columnsNamed = (names: readonly string[], shared: Omit<Column, 'name'>): readonly Column[] =>
  names.map((name) => ({ name, ...shared }))
