/** Out of what, and into what; a cut is a bar long. */
export const MIX_STYLES = ['outro to intro', 'break to intro', 'drop to drop', 'quick cut'] as const
export type MixStyle = (typeof MIX_STYLES)[number]

/** How much of its score a transition of the style keeps: a cut leaves no time to put anything right. Set by judgement. */
export const STYLE_WORTH: Readonly<Record<MixStyle, number>> = {
  'outro to intro': 1,
  'break to intro': 0.95,
  'drop to drop': 0.9,
  'quick cut': 0.8,
}

export const byStyle = <Value>(of: (style: MixStyle, at: number) => Value): Readonly<Record<MixStyle, Value>> =>
  Object.fromEntries(MIX_STYLES.map((style, at) => [style, of(style, at)])) as Record<MixStyle, Value>

/** Whether the ends of both stretches meet, rather than their beginnings. */
export const meetsAtEnds = (style: MixStyle): boolean => style === 'drop to drop' || style === 'quick cut'
