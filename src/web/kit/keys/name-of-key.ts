export type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey' | 'code'>

/** A key press as key tables write it: modifiers in the order Shift, Mod (Ctrl or Cmd), Alt, then the key. */
export const nameOfKey = ({ key, code, shiftKey, altKey, ctrlKey, metaKey }: Pressed): string => {
  const isLetter = /^[a-z]$/i.test(key)
  // Alt changes what a key types on a Mac, so there the key itself counts.
  const bracket = code === 'BracketLeft' ? '[' : code === 'BracketRight' ? ']' : null
  const name = key === ' ' ? 'Space' : altKey && bracket ? bracket : isLetter ? key.toUpperCase() : key
  const isShiftNamed = shiftKey && (isLetter || name.length > 1 || (altKey && bracket !== null))
  return [isShiftNamed && 'Shift', (ctrlKey || metaKey) && 'Mod', altKey && 'Alt', name].filter(Boolean).join('+')
}
