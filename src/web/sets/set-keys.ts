import { registerKeys } from '../kit/keys/key-tables.ts'

export const SET_KEYS = registerKeys({
  title: 'In the Set Builder',
  isChangeable: true,
  actions: {
    undo: { keys: ['Mod+Z'], does: 'take the last change of the set back' },
    redo: { keys: ['Shift+Mod+Z', 'Mod+Y'], does: 'do it again' },
  },
})
