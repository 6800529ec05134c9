import { actionOf, registerKeys } from '../kit/keys/key-tables.ts'
import { nameOfKey, type Pressed } from '../kit/keys/name-of-key.ts'

/** Everything the keyboard does in the table of tracks. */
export const TABLE_KEYS = registerKeys({
  title: 'In the table',
  isChangeable: false,
  actions: {
    down: { keys: ['ArrowDown', 'J'], does: 'next track' },
    up: { keys: ['ArrowUp', 'K'], does: 'previous track' },
    'page down': { keys: ['PageDown'], does: 'a page down' },
    'page up': { keys: ['PageUp'], does: 'a page up' },
    first: { keys: ['Home'], does: 'first track' },
    last: { keys: ['End'], does: 'last track' },
    play: { keys: ['Space', 'P'], does: 'play the track, or pause' },
    open: { keys: ['Enter'], does: 'open the track on the desk' },
    select: { keys: ['X', 'Mod+Space', 'Shift+Space'], does: 'select or deselect the track' },
    'extend down': { keys: ['Shift+ArrowDown', 'Shift+J'], does: 'select down to the next track' },
    'extend up': { keys: ['Shift+ArrowUp', 'Shift+K'], does: 'select up to the previous track' },
    'extend to first': { keys: ['Shift+Home'], does: 'select up to the first track' },
    'extend to last': { keys: ['Shift+End'], does: 'select down to the last track' },
    'select all': { keys: ['Mod+A'], does: 'select all tracks that are listed' },
    clear: { keys: ['Escape'], does: 'select nothing' },
    rate: {
      keys: ['0', '1', '2', '3', '4', '5'],
      does: 'rate the track or the selected ones; 0 removes the rating',
    },
    note: { keys: ['E'], does: 'rating, colour, comment and tags of the track or the selected ones' },
    'add to playlist': { keys: ['A'], does: 'add the track or the selected ones to a playlist' },
    'move up': { keys: ['Alt+ArrowUp'], does: 'in a playlist: move the track or the selected ones up' },
    'move down': { keys: ['Alt+ArrowDown'], does: 'in a playlist: move the track or the selected ones down' },
    'take out': { keys: ['Delete'], does: 'in a playlist: take the track or the selected ones out' },
    undo: { keys: ['Mod+Z'], does: 'undo the last change of ratings, colours, comments, tags or playlists' },
    redo: { keys: ['Shift+Mod+Z', 'Mod+Y'], does: 'redo what was undone' },
  },
})

/** The keys of the library beside those of its table; browsers open the menu of a row by themselves. */
export const LIBRARY_KEYS = registerKeys({
  title: 'In the library',
  isChangeable: false,
  actions: {
    search: { keys: ['/'], does: 'search' },
    menu: { keys: ['Shift+F10'], does: 'the menu of the track' },
  },
})

export type TableAction = keyof typeof TABLE_KEYS.actions

/** @param areSingleKeysOn false: letters and digits alone mean nothing */
export const tableActionOf = (pressed: Pressed, areSingleKeysOn: boolean): TableAction | null => {
  const isSingle = /^(?:Shift\+)?[A-Z0-9]$/.test(nameOfKey(pressed))
  return isSingle && !areSingleKeysOn ? null : actionOf(TABLE_KEYS, pressed)
}

const STEPS: Readonly<Partial<Record<TableAction, (page: number) => number>>> = {
  down: () => 1,
  'extend down': () => 1,
  up: () => -1,
  'extend up': () => -1,
  'page down': (page) => page,
  'page up': (page) => -page,
  first: () => Number.NEGATIVE_INFINITY,
  'extend to first': () => Number.NEGATIVE_INFINITY,
  last: () => Number.POSITIVE_INFINITY,
  'extend to last': () => Number.POSITIVE_INFINITY,
}

type Place = { readonly current: number; readonly total: number; readonly pageRows: number }

/** The row that an action leads to, null where it does not move. */
export const rowAfter = (action: TableAction, { current, total, pageRows }: Place): number | null => {
  const step = STEPS[action]
  return step === undefined ? null : Math.max(0, Math.min(total - 1, current + step(pageRows)))
}

export const isExtending = (action: TableAction): boolean => action.startsWith('extend')
