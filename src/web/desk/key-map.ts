/** Everything the desk can do, in the order of its help; several keys may do the same. */
export const DESK_KEYS = {
  'label intro': { keys: ['1'], does: 'intro: label the selection, or start a section at the playhead' },
  'label build': { keys: ['2'], does: 'build' },
  'label drop': { keys: ['3'], does: 'drop' },
  'label break': { keys: ['4'], does: 'break' },
  'label outro': { keys: ['5'], does: 'outro' },
  'label verse': { keys: ['6'], does: 'verse' },
  'label chorus': { keys: ['7'], does: 'chorus' },
  play: { keys: ['Space'], does: 'play or pause' },
  'play section': { keys: ['Shift+Space'], does: 'play the selected section in a loop' },
  back: { keys: ['ArrowLeft'], does: 'playhead one beat back' },
  forward: { keys: ['ArrowRight'], does: 'playhead one beat forward' },
  'bar back': { keys: ['Shift+ArrowLeft'], does: 'one bar back' },
  'bar forward': { keys: ['Shift+ArrowRight'], does: 'one bar forward' },
  'phrase back': { keys: ['Mod+ArrowLeft'], does: 'eight bars back' },
  'phrase forward': { keys: ['Mod+ArrowRight'], does: 'eight bars forward' },
  'leap back': { keys: ['Alt+ArrowLeft'], does: 'sixteen bars back' },
  'leap forward': { keys: ['Alt+ArrowRight'], does: 'sixteen bars forward' },
  'set start': { keys: ['['], does: 'start of the section to the playhead' },
  'set end': { keys: [']'], does: 'end of the section to the playhead' },
  'start earlier': { keys: ['Alt+['], does: 'start one beat earlier' },
  'start later': { keys: ['Shift+Alt+['], does: 'start one beat later' },
  'end later': { keys: ['Alt+]'], does: 'end one beat later' },
  'end earlier': { keys: ['Shift+Alt+]'], does: 'end one beat earlier' },
  'next section': { keys: ['Tab'], does: 'next section or suggestion' },
  'previous section': { keys: ['Shift+Tab'], does: 'the one before' },
  split: { keys: ['S'], does: 'split at the playhead' },
  merge: { keys: ['M'], does: 'merge with the next section' },
  repeat: { keys: ['D'], does: 'copy the label to where the section is heard again' },
  why: { keys: ['W'], does: 'why the model calls the section what it does' },
  loop: { keys: ['L'], does: 'loop the section, on or off' },
  accept: { keys: ['Y'], does: 'accept the suggestion' },
  'accept all': { keys: ['Shift+Y'], does: 'accept all suggestions shown' },
  reject: { keys: ['N'], does: 'reject the suggestion' },
  delete: { keys: ['Delete', 'Backspace'], does: 'delete the label, or reject the suggestion' },
  confirm: { keys: ['Enter'], does: 'close the section at the playhead, or accept the suggestion' },
  cancel: { keys: ['Escape'], does: 'let go of the selection' },
  undo: { keys: ['Mod+Z'], does: 'undo' },
  redo: { keys: ['Shift+Mod+Z', 'Mod+Y'], does: 'redo' },
  'zoom in': { keys: ['+', '='], does: 'zoom in' },
  'zoom out': { keys: ['-'], does: 'zoom out' },
  'whole track': { keys: ['0'], does: 'the whole track' },
  'zoom to section': { keys: ['Z'], does: 'zoom to the section' },
  snap: { keys: ['.'], does: 'snap to bars, to beats' },
  'bar later': { keys: ['B'], does: 'grid: first beat of the bar one beat later' },
  'bar earlier': { keys: ['Shift+B'], does: 'grid: first beat of the bar one beat earlier' },
  'next track': { keys: ['J'], does: 'next track to review' },
  'previous track': { keys: ['K'], does: 'back to the track before' },
} as const satisfies Record<string, { readonly keys: readonly string[]; readonly does: string }>

export type DeskAction = keyof typeof DESK_KEYS
export type KeyMap = Readonly<Record<DeskAction, readonly string[]>>

export const DESK_ACTIONS = Object.keys(DESK_KEYS) as DeskAction[]
export const USUAL_KEYS: KeyMap = Object.fromEntries(
  DESK_ACTIONS.map((action) => [action, DESK_KEYS[action].keys]),
) as unknown as KeyMap

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey' | 'code'>

/** As `DESK_KEYS` writes it: modifiers in the order Shift, Mod (Ctrl or Cmd), Alt, then the key. */
export const nameOfKey = ({ key, code, shiftKey, altKey, ctrlKey, metaKey }: Pressed): string => {
  const isLetter = /^[a-z]$/i.test(key)
  // Alt changes what a key types on a Mac, so there the key itself counts.
  const bracket = code === 'BracketLeft' ? '[' : code === 'BracketRight' ? ']' : null
  const name = key === ' ' ? 'Space' : altKey && bracket ? bracket : isLetter ? key.toUpperCase() : key
  const isShiftNamed = shiftKey && (isLetter || name.length > 1 || (altKey && bracket !== null))
  return [isShiftNamed && 'Shift', (ctrlKey || metaKey) && 'Mod', altKey && 'Alt', name].filter(Boolean).join('+')
}

/** What a key press asks for, null where it means nothing here. */
export const actionOf = (pressed: Pressed, map: KeyMap = USUAL_KEYS): DeskAction | null => {
  const name = nameOfKey(pressed)
  return DESK_ACTIONS.find((action) => map[action].includes(name)) ?? null
}
