/** What may be wrong with a label by itself, what matters most first. */
export const LABEL_FLAW_CODES = ['CONTRADICTS', 'DOUBTED_NAME', 'PERHAPS_TWO_TYPES', 'TOO_SHORT', 'OFF_BAR'] as const
export type LabelFlawCode = (typeof LABEL_FLAW_CODES)[number]

const [CONTRADICTS, ...OTHER_FLAWS] = LABEL_FLAW_CODES

/** All that the label doctor finds, what matters most first: grids before the labels that stand on them. */
export const FINDING_CODES = [
  'GRID_DOUBT',
  'PHRASE_OFF',
  'PHRASE_SHIFTS',
  'SAME_RECORDING',
  CONTRADICTS,
  'WRONG_KIND',
  'EDGE_MOVED',
  ...OTHER_FLAWS,
] as const
export type FindingCode = (typeof FINDING_CODES)[number]
