import { actionOf, registerKeys } from '../kit/keys/key-tables.ts'
import { nameOfKey, type Pressed } from '../kit/keys/name-of-key.ts'

/** Everything the keyboard does in the graph. */
export const GRAPH_KEYS = registerKeys({
  title: 'In the graph',
  isChangeable: false,
  actions: {
    forward: { keys: ['ArrowRight'], does: 'go on to the track it leads into' },
    back: { keys: ['ArrowLeft'], does: 'go back' },
    'next way': { keys: ['ArrowDown'], does: 'the next way out of the track' },
    'way before': { keys: ['ArrowUp'], does: 'the way out before it' },
    add: { keys: ['Enter'], does: 'add the track to your path' },
    'take back': { keys: ['Backspace'], does: 'take the last track of your path back' },
    hear: { keys: ['H', 'Space'], does: 'hear the track' },
    compare: { keys: ['C'], does: 'mark the track, to compare it with another' },
    'zoom in': { keys: ['+', '='], does: 'zoom in' },
    'zoom out': { keys: ['-'], does: 'zoom out' },
    all: { keys: ['0'], does: 'show the whole graph' },
    clear: { keys: ['Escape'], does: 'select nothing' },
  },
})

export type GraphAction = keyof typeof GRAPH_KEYS.actions

/** @param areSingleKeysOn false: letters, digits and signs alone mean nothing */
export const graphActionOf = (pressed: Pressed, areSingleKeysOn: boolean): GraphAction | null => {
  const isSingle = /^(?:Shift\+)?[A-Z0-9+=-]$/.test(nameOfKey(pressed))
  return isSingle && !areSingleKeysOn ? null : actionOf(GRAPH_KEYS, pressed)
}
