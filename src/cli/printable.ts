import { MISLEADING_CHARACTERS } from '../core/support/misleading-characters.ts'

/**
 * Escapes control characters, line separators and direction overrides in a name, so that a file name can neither move
 * the cursor, colour the terminal nor forge a line.
 */
export const printable = (text: string): string =>
  text.replace(MISLEADING_CHARACTERS, (character) => {
    const code = character.codePointAt(0)!
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
