/** What names of cues say of who set them. */

export type CueName = {
  readonly name: string | null
  readonly isAutomatic: boolean
  readonly isEnd: boolean
}

/** Written by programs where a person gave no name. */
const PLACEHOLDER = /^(?:n\.n\.|unnamed|unbenannt|(?:hot ?cue|cue|memory(?: cue)?|(?:saved )?loop|marker)\s*\d*)$/i
/** Set by the analysis of Traktor, of rekordbox ("1.1Bars") and by converters. */
const AUTOMATIC = /^(?:AutoGrid|Beat Marker|CUE\(Auto\)|\d+(?:\.\d+)?\s*Bars|\[djdc\].*)$/i
/** In capitals only: "End" is also what a person calls an outro. */
const END = 'END'

export const readCueName = (text: string | undefined): CueName => {
  const name = text?.trim() ?? ''
  if (name === END) return { name: null, isAutomatic: true, isEnd: true }
  if (AUTOMATIC.test(name)) return { name: null, isAutomatic: true, isEnd: false }
  return { name: name === '' || PLACEHOLDER.test(name) ? null : name, isAutomatic: false, isEnd: false }
}
