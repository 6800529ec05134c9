import { countText } from '../../units/count-text.ts'

/** What of the cues of matched tracks becomes no section, for people. @returns a line for each reason */
export const leftOutWords = (outside: number, tooShort: number): readonly string[] => [
  ...(outside === 0
    ? []
    : [`${countText(outside, 'cue')} outside ${outside === 1 ? 'its track' : 'their tracks'} left out`]),
  ...(tooShort === 0 ? [] : [`${countText(tooShort, 'section')} shorter than two bars left out`]),
]
