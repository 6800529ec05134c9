import { registerKeys } from '../kit/keys/key-tables.ts'

export const DOCTOR_KEYS = registerKeys({
  title: 'In the label doctor',
  isChangeable: true,
  actions: {
    'next finding': { keys: ['ArrowDown', 'J'], does: 'next finding' },
    'finding before': { keys: ['ArrowUp', 'K'], does: 'finding before it' },
    'hear finding': { keys: ['H'], does: 'hear it, or stop' },
    mend: { keys: ['M'], does: 'do what it proposes' },
    'dismiss finding': { keys: ['X'], does: 'dismiss it for good' },
    'undo step': { keys: ['Mod+Z'], does: 'take back what was done last' },
  },
})
