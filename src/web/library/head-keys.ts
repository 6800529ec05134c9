import { registerKeys } from '../kit/keys/key-tables.ts'

/** What the keyboard does while a heading has the focus; Enter and the space bar sort. */
export const HEAD_KEYS = registerKeys({
  title: 'In the headings of the table',
  isChangeable: false,
  actions: {
    next: { keys: ['ArrowRight'], does: 'next heading' },
    before: { keys: ['ArrowLeft'], does: 'previous heading' },
    wider: { keys: ['Shift+ArrowRight'], does: 'make the column wider' },
    narrower: { keys: ['Shift+ArrowLeft'], does: 'make the column narrower' },
    fit: { keys: ['F'], does: 'make the column as wide as its content' },
    right: { keys: ['Mod+ArrowRight'], does: 'move the column right' },
    left: { keys: ['Mod+ArrowLeft'], does: 'move the column left' },
  },
})
