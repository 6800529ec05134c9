const WORDS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page up',
  PageDown: 'Page down',
  Escape: 'Esc',
}

/** A key as a person reads it: "Shift ↓", "Ctrl K", on a Mac "⌘ K". */
export const keyText = (key: string, isMac: boolean = navigator.platform.startsWith('Mac')): string =>
  key
    .split(/\+(?=.)/)
    .map((part) => (part === 'Mod' ? (isMac ? '⌘' : 'Ctrl') : part === 'Alt' && isMac ? '⌥' : (WORDS[part] ?? part)))
    .join(' ')
