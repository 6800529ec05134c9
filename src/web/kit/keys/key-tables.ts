import { nameOfKey, type Pressed } from './name-of-key.ts'

/** Several keys may do the same. */
export type KeyLine = { readonly keys: readonly string[]; readonly does: string }

/** What the keyboard does in one place, in the order of its help. */
export type KeyTable<Action extends string = string> = {
  /** Stands above the keys in the help. */
  readonly title: string
  /** Changeable tables share one store of preferences: no two of them have an action of the same name. */
  readonly isChangeable: boolean
  readonly actions: Readonly<Record<Action, KeyLine>>
}

/** Keys by action, for the actions that do not have those of their table. */
export type ChosenKeys = Readonly<Record<string, readonly string[]>>

const tables = new Map<string, KeyTable>()

/** Each screen registers its own table where it declares it. */
export const registerKeys = <Action extends string>(table: KeyTable<Action>): KeyTable<Action> => {
  tables.set(table.title, table)
  return table
}

/** The tables in the order in which they were registered. */
export const keyTables = (): readonly KeyTable[] => [...tables.values()]

export const actionsOf = <Action extends string>({ actions }: KeyTable<Action>): readonly Action[] =>
  Object.keys(actions) as Action[]

export const keysOf = <Action extends string>(
  table: KeyTable<Action>,
  action: Action,
  chosen: ChosenKeys = {},
): readonly string[] => (table.isChangeable ? chosen[action] : undefined) ?? table.actions[action].keys

/** The lines of a table with the keys as they are set now. */
export const linesOf = (table: KeyTable, chosen: ChosenKeys): readonly KeyLine[] =>
  actionsOf(table).map((action) => ({ keys: keysOf(table, action, chosen), does: table.actions[action]!.does }))

/** @returns what a key press asks for, null where it means nothing in this place */
export const actionOf = <Action extends string>(
  table: KeyTable<Action>,
  pressed: Pressed,
  chosen?: ChosenKeys,
): Action | null => {
  const name = nameOfKey(pressed)
  return actionsOf(table).find((action) => keysOf(table, action, chosen).includes(name)) ?? null
}
